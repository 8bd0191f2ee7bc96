//! Lists, page by page.

use std::{collections::BTreeSet, marker::PhantomData};

use bytes::Bytes;
use futures_util::{Stream, stream};
use http::{HeaderMap, header};
use serde::de::DeserializeOwned;
use url::Url;

use super::{
    Error,
    answer::RelayRule,
    call::Call,
    connection::{Connection, decode},
    era::Paging,
};

/// A list that is fetched page by page, in every era: by page numbers up to 0.10, by page tokens later.
///
/// It ends with an empty page, with a page that names no next one, and with a token that came before: some lists
/// of Kratos name a next page for ever (api-map A4).
#[derive(Clone)]
#[must_use]
pub struct Pager<T> {
    connection: Connection,
    call: Call,
    size: Option<u32>,
    next: Next,
    seen: BTreeSet<String>,
    /// The first page as it came.
    first: Bytes,
    items: PhantomData<fn() -> T>,
}

#[derive(Clone, Debug, PartialEq)]
enum Next {
    Page(Option<PageToken>),
    End,
}

/// Where a list goes on. Keep it to go on later.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum PageToken {
    /// The token of the next page (0.11 and later).
    Token(String),
    /// The number of the next page (up to 0.10).
    Number(u64),
}

/// One page.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Page<T> {
    /// What is on it.
    pub items: Vec<T>,
    /// Where the list goes on, if it does.
    pub next: Option<PageToken>,
    /// How many there are in all, where Kratos tells it (`X-Total-Count`).
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

    /// How many items a page has. Default: Kratos' own, 250 for most lists and 10 for courier messages; it
    /// refuses or lowers what is above its limit (500 to 1000).
    pub fn with_page_size(mut self, items: u32) -> Self {
        self.size = Some(items);
        self
    }

    /// Goes on where another listing stopped.
    pub fn with_page_token(mut self, token: PageToken) -> Self {
        self.next = Next::Page(Some(token));
        self
    }

    /// The next page; `None` after the last. An error does not end the list: asking again asks for the same page.
    ///
    /// # Errors
    /// As for every call.
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
                // 0.8 to 0.10: whether page 1 is the first or the second depends on the list.
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
            // Up to 0.10 it is called the one, later the other; each ignores what it does not know.
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
        // A page that is not full is the last, and saves asking for an empty one.
        let short = self.size.is_some_and(|size| items < size as usize);
        let next = match self.connection.era.facts().paging {
            _ if items == 0 => return None,
            Paging::Numbers { .. } if short => return None,
            Paging::Tokens => {
                let url = next_link(headers)?;
                PageToken::Token(url.query_pairs().find(|(name, _)| name == "page_token")?.1.into_owned())
            }
            // `Link` is not read: that of 0.6 and 0.7 leads to the first page again and never to the last.
            Paging::Numbers { next } => match place {
                Some(PageToken::Number(number)) => PageToken::Number(number.saturating_add(1)),
                _ => PageToken::Number(next),
            },
        };
        self.seen.insert(format!("{next:?}")).then_some(next)
    }

    /// All items, as a stream that fetches pages as it goes. After an error it ends.
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

    /// All items in memory. For lists that are known to be short.
    ///
    /// # Errors
    /// The first error of any page.
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

/// The `next` of a `Link` header (RFC 8288). Only its query is used: releases write other hosts and paths into it
/// than the list has.
fn next_link(headers: &HeaderMap) -> Option<Url> {
    let anywhere = Url::parse("http://kratos.invalid/").ok()?;
    headers.get_all(header::LINK).into_iter().filter_map(|value| value.to_str().ok()).find_map(|line| {
        line.split('<').find_map(|link| {
            let (target, parameters) = link.split_once('>')?;
            let mut parameters = parameters.split([';', ',']).map(str::trim);
            let is_next = parameters.any(|it| matches!(it, "rel=\"next\"" | "rel=next"));
            if is_next { anywhere.join(target).ok() } else { None }
        })
    })
}
