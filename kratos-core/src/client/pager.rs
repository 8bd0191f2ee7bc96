//! Paginated lists.

use std::{collections::BTreeSet, marker::PhantomData};

use futures_util::{Stream, stream};
use http::{HeaderMap, header};
use serde::{Deserialize, de::DeserializeOwned};
use serde_json::Value;
use url::Url;

use super::{
    Error,
    call::Call,
    connection::{Connection, decode},
    era::Paging,
    operations::Operation,
    with_cookies::RelayRule,
};
use crate::transport::Reply;

/// A list that is fetched page by page, in every era: by page number or by page token, as the list requires.
///
/// Ends with an empty page, a page that is not full, a page that names no next one, or a page token that occurred before:
/// some lists of Kratos name a next page forever. By page number, a page may repeat or lack an item that was created or
/// deleted between two calls.
#[derive(Clone)]
#[must_use]
pub struct Pager<T> {
    connection: Connection,
    call: Call,
    paging: Paging,
    size: Option<u32>,
    next: Next,
    seen: BTreeSet<String>,
    items: PhantomData<fn() -> T>,
}

#[derive(Clone, Debug, PartialEq)]
enum Next {
    Page(Option<PageToken>),
    End,
}

/// The position of a page. Store it to resume a list later.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum PageToken {
    /// The token of the page.
    Token(String),
    /// The number of the page. That of the first is 0, whatever number Kratos gives it.
    Number(u64),
}

/// One page of a list.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Page<T> {
    /// The items.
    pub items: Vec<T>,
    /// The position of the next page, if any.
    pub next: Option<PageToken>,
    /// The number of all items, if Kratos sends it (`X-Total-Count`).
    pub total: Option<u64>,
}

impl<T: DeserializeOwned> Pager<T> {
    pub(super) fn new(connection: &Connection, list: Operation, call: Call) -> Self {
        Self {
            connection: connection.clone(),
            call,
            paging: connection.era.paging(list),
            size: None,
            next: Next::Page(None),
            seen: BTreeSet::new(),
            items: PhantomData,
        }
    }

    /// Sets the number of items of a page. Default: that of Kratos, 250 for most lists and 10 for courier messages. Kratos
    /// refuses or lowers a number above its limit (500 to 1000).
    pub fn with_page_size(mut self, items: u32) -> Self {
        self.size = Some(items);
        self
    }

    /// Starts at this page.
    pub fn with_page_token(mut self, token: PageToken) -> Self {
        self.next = Next::Page(Some(token));
        self
    }

    /// Returns the next page; `None` after the last. After an error, another call requests the same page again.
    ///
    /// # Errors
    /// Returns the error of the call.
    pub async fn next_page(&mut self) -> Result<Option<Page<T>>, Error> {
        let Next::Page(place) = self.next.clone() else { return Ok(None) };
        let reply = self.page_at(place.as_ref()).await?;
        // Go writes an empty list as `null` (`GET /schemas` of every release up to 1.3.1).
        let items = decode::<Option<Vec<T>>>(&self.call.what, &reply)?.unwrap_or_default();
        let next = self.next_after(place.as_ref(), items.len(), &reply);
        self.next = match &next {
            Some(token) => Next::Page(Some(token.clone())),
            None => Next::End,
        };
        if place.is_some() && items.is_empty() {
            return Ok(None);
        }
        let total = reply.headers.get("x-total-count").and_then(|value| value.to_str().ok()?.parse().ok());
        Ok(Some(Page { items, next, total }))
    }

    async fn page_at(&mut self, place: Option<&PageToken>) -> Result<Reply, Error> {
        match (place, self.paging) {
            (Some(PageToken::Number(number)), Paging::Numbers { first }) if *number > 0 => {
                let first = match first {
                    Some(first) => first,
                    None => self.ask_for_first().await?,
                };
                self.fetch(Some(("page", number.saturating_add(first).to_string()))).await
            }
            (Some(PageToken::Token(token)), _) => self.fetch(Some(("page_token", token.clone()))).await,
            _ => self.fetch(None).await,
        }
    }

    /// Finds out the number of the first page: 1 if page 1 shares an item with it.
    async fn ask_for_first(&mut self) -> Result<u64, Error> {
        let (start, one) = (self.fetch(None).await?, self.fetch(Some(("page", "1".to_owned()))).await?);
        let (start, one) = (ids(&self.call.what, &start)?, ids(&self.call.what, &one)?);
        let first = u64::from(one.iter().any(|id| start.contains(id)));
        self.paging = Paging::Numbers { first: Some(first) };
        Ok(first)
    }

    async fn fetch(&self, place: Option<(&'static str, String)>) -> Result<Reply, Error> {
        let mut call = self.call.clone();
        if let Some(size) = self.size {
            let name = if matches!(self.paging, Paging::Numbers { .. }) { "per_page" } else { "page_size" };
            call = call.query(name, size.to_string());
        }
        if let Some((name, value)) = place {
            call = call.query(name, value);
        }
        self.connection.succeed(call, &RelayRule::None).await.map(|(reply, _)| reply)
    }

    fn next_after(&mut self, place: Option<&PageToken>, items: usize, reply: &Reply) -> Option<PageToken> {
        // A page that is not full is the last.
        let short = self.size.is_some_and(|size| items < size as usize);
        let next = match self.paging {
            _ if items == 0 => return None,
            Paging::Numbers { .. } | Paging::LastId if short => return None,
            Paging::Tokens => {
                let url = next_link(&reply.headers)?;
                PageToken::Token(url.query_pairs().find(|(name, _)| name == "page_token")?.1.into_owned())
            }
            Paging::LastId => PageToken::Token(ids(&self.call.what, reply).ok()?.pop()?),
            Paging::Numbers { .. } => match place {
                Some(PageToken::Number(number)) => PageToken::Number(number.saturating_add(1)),
                _ => PageToken::Number(1),
            },
        };
        self.seen.insert(format!("{next:?}")).then_some(next)
    }

    /// Returns all items as a stream, which fetches each page when it is needed. Ends after an error.
    pub fn into_stream(self) -> impl Stream<Item = Result<T, Error>> + Send
    where
        T: Send + 'static,
    {
        use futures_util::{StreamExt as _, TryStreamExt as _};
        let pages = stream::try_unfold(self, |mut pager| async move {
            Ok(pager.next_page().await?.map(|page| (page.items, pager)))
        });
        pages.map_ok(|items| stream::iter(items.into_iter().map(Ok))).try_flatten().boxed()
    }

    /// Fetches all pages and returns all items. Holds the whole list in memory.
    ///
    /// # Errors
    /// Returns the first error of a call.
    pub async fn collect(self) -> Result<Vec<T>, Error> {
        self.first(usize::MAX).await
    }

    /// Collects the first items: at most `most`, and no page after those that hold them.
    pub(crate) async fn first(mut self, most: usize) -> Result<Vec<T>, Error> {
        let mut items = Vec::new();
        while items.len() < most
            && let Some(page) = self.next_page().await?
        {
            items.extend(page.items);
        }
        items.truncate(most);
        Ok(items)
    }
}

impl<T> std::fmt::Debug for Pager<T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Pager")
            .field("call", &self.call.name)
            .field("next", &self.next)
            .finish_non_exhaustive()
    }
}

/// Returns the ids of a page's items.
fn ids(what: &str, reply: &Reply) -> Result<Vec<String>, Error> {
    #[derive(Deserialize)]
    struct Identified {
        id: Value,
    }
    let items: Option<Vec<Identified>> = decode(what, reply)?;
    let text = |item: Identified| match item.id {
        Value::String(id) => id,
        other => other.to_string(),
    };
    Ok(items.unwrap_or_default().into_iter().map(text).collect())
}

/// Returns the `next` link of the `Link` header (RFC 8288). Only its query is used: some releases write another host or
/// path than that of the list.
fn next_link(headers: &HeaderMap) -> Option<Url> {
    let base = Url::parse("http://kratos.invalid/").ok()?;
    headers.get_all(header::LINK).into_iter().filter_map(|value| value.to_str().ok()).find_map(|line| {
        line.split('<').find_map(|link| {
            let (target, parameters) = link.split_once('>')?;
            let mut parameters = parameters.split([';', ',']).map(str::trim);
            let is_next = parameters.any(|it| matches!(it, "rel=\"next\"" | "rel=next"));
            if is_next { base.join(target).ok() } else { None }
        })
    })
}
