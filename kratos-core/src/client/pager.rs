//! Paginated lists.

use std::{collections::BTreeSet, marker::PhantomData};

use bytes::Bytes;
use futures_util::{Stream, stream};
use http::{HeaderMap, header};
use serde::de::DeserializeOwned;
use url::Url;

use super::{
    Error,
    call::Call,
    connection::{Connection, decode},
    era::Paging,
    with_cookies::RelayRule,
};

/// A list that is fetched page by page, in every era: by page number up to 0.10, by page token since 0.11.
///
/// Ends with an empty page, a page that names no next one, or a page token that occurred before: some lists of Kratos name
/// a next page forever.
#[derive(Clone)]
#[must_use]
pub struct Pager<T> {
    connection: Connection,
    call: Call,
    size: Option<u32>,
    next: Next,
    seen: BTreeSet<String>,
    /// The body of the first page.
    first: Bytes,
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
    /// The token of the next page (0.11 and later).
    Token(String),
    /// The number of the next page (up to 0.10).
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
    pub(super) fn new(connection: &Connection, call: Call) -> Self {
        Self {
            connection: connection.clone(),
            call,
            size: None,
            next: Next::Page(None),
            seen: BTreeSet::new(),
            first: Bytes::new(),
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
        loop {
            let Next::Page(place) = self.next.clone() else { return Ok(None) };
            let call = self.call_for(place.as_ref());
            let what = call.what.clone();
            let (reply, _) = self.connection.succeed(call, &RelayRule::None).await?;
            let items: Vec<T> = decode(&what, &reply)?;
            let next = self.next_after(place.as_ref(), items.len(), &reply.headers);
            self.next = match &next {
                Some(token) => Next::Page(Some(token.clone())),
                None => Next::End,
            };
            match &place {
                // 0.8 to 0.10: page 1 is the first or the second page, depending on the list.
                Some(PageToken::Number(1)) if self.first == reply.body => continue,
                Some(_) if items.is_empty() => return Ok(None),
                Some(_) => {}
                None => self.first = reply.body.clone(),
            }
            let total =
                reply.headers.get("x-total-count").and_then(|value| value.to_str().ok()?.parse().ok());
            return Ok(Some(Page { items, next, total }));
        }
    }

    fn call_for(&self, place: Option<&PageToken>) -> Call {
        let mut call = self.call.clone();
        if let Some(size) = self.size {
            // `per_page` up to 0.10, `page_size` since 0.11. Kratos ignores the other.
            call = call.query("page_size", size.to_string()).query("per_page", size.to_string());
        }
        match place {
            Some(PageToken::Token(token)) => call.query("page_token", token.as_str()),
            Some(PageToken::Number(number)) => call.query("page", number.to_string()),
            None => call,
        }
    }

    fn next_after(
        &mut self,
        place: Option<&PageToken>,
        items: usize,
        headers: &HeaderMap,
    ) -> Option<PageToken> {
        // A page that is not full is the last.
        let short = self.size.is_some_and(|size| items < size as usize);
        let next = match self.connection.era.facts().paging {
            _ if items == 0 => return None,
            Paging::Numbers { .. } if short => return None,
            Paging::Tokens => {
                let url = next_link(headers)?;
                PageToken::Token(url.query_pairs().find(|(name, _)| name == "page_token")?.1.into_owned())
            }
            // `Link` is not used: that of 0.6 and 0.7 names the first page again.
            Paging::Numbers { next } => match place {
                Some(PageToken::Number(number)) => PageToken::Number(number.saturating_add(1)),
                _ => PageToken::Number(next),
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
    pub async fn collect(mut self) -> Result<Vec<T>, Error> {
        let mut all = Vec::new();
        while let Some(page) = self.next_page().await? {
            all.extend(page.items);
        }
        Ok(all)
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
