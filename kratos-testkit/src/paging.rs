//! Pages of lists, by number and by token.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::Value;

use crate::wire::{Answer, Call, Problem, Reply};

/// The links of a list by number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Links {
    /// `page` and `per_page` alone.
    Number,
    /// Also a token, which may be sent instead.
    NumberAndToken,
}

/// Returns a page by number, with its links and the length of the whole list. Links count pages from 0. The rows of page 0
/// are those of page `first`: Kratos 26.2.0 counts schemas from 0 (schema/schema.go) and sessions from 1
/// (persistence/sql/persister_session.go), so that the next page of their links is the first again.
pub(crate) fn by_number(call: &Call, all: Vec<Value>, links_as: Links, first: usize) -> Reply {
    let number = |name: &str| call.query(name).and_then(|text| text.parse::<usize>().ok());
    // Beside one of them, Kratos ignores `page` and `per_page`.
    let with_tokens = call.query("page_token").is_some() || call.query("page_size").is_some();
    let size = if with_tokens { number("page_size") } else { number("per_page") };
    let size = size.unwrap_or(250).clamp(1, 1000);
    let total = all.len();
    // with tokens, Kratos 26.2.0 limits the page size to the number of rows
    let size = if links_as == Links::NumberAndToken && total > 0 { size.min(total) } else { size };
    let of_token = call.query("page_token").and_then(|token| offset(&token)).map(|offset| offset / size);
    let page = if with_tokens { of_token } else { number("page") }.unwrap_or(0);
    let numbered =
        |call: &Call, page: usize, size: usize, rel: &str| numbered(call, page, size, rel, links_as);
    let last = total.div_ceil(size).max(1) - 1;
    let mut links = vec![numbered(call, 0, size, "first")];
    if page < last {
        links.push(numbered(call, page + 1, size, "next"));
    }
    if page > 0 {
        links.push(numbered(call, page - 1, size, "prev"));
    }
    if last > 0 {
        links.push(numbered(call, last, size, "last"));
    }
    let rows = page.max(first).saturating_sub(first).saturating_mul(size);
    let shown: Vec<Value> = all.into_iter().skip(rows).take(size).collect();
    Reply::ok(&Value::Array(shown))
        .header("link", &links.join(","))
        .header("x-total-count", &total.to_string())
}

fn numbered(call: &Call, page: usize, size: usize, rel: &str, links_as: Links) -> String {
    let token = URL_SAFE_NO_PAD.encode(format!("{{\"offset\":\"{}\",\"v\":2}}", page * size));
    let (page, size) = (page.to_string(), size.to_string());
    let query = match links_as {
        Links::Number => with(call, &[("page", &page), ("per_page", &size)]),
        Links::NumberAndToken => {
            with(call, &[("page", &page), ("page_size", &size), ("page_token", &token), ("per_page", &size)])
        }
    };
    format!("<{}?{query}>; rel=\"{rel}\"", call.uri.path())
}

/// Returns the first row of a token of a list by number.
fn offset(token: &str) -> Option<usize> {
    let decoded: Value = serde_json::from_slice(&URL_SAFE_NO_PAD.decode(token).ok()?).ok()?;
    decoded.get("offset")?.as_str()?.parse().ok()
}

/// Returns the page after the row of a token, or 400 for an unknown token.
pub(crate) fn by_token(call: &Call, all: Vec<(String, Value)>) -> Answer {
    let size = call.query("page_size").or_else(|| call.query("per_page"));
    let size = size.and_then(|text| text.parse().ok()).unwrap_or(250_usize).clamp(1, 1000);
    let first = "00000000-0000-0000-0000-000000000000";
    let after = call.query("page_token").filter(|token| !token.is_empty() && token != first);
    let start = match &after {
        None => 0,
        Some(token) => all.iter().position(|(id, _)| id == token).ok_or_else(bad_token)? + 1,
    };
    let link = |token: &str, rel: &str| {
        let query = with(call, &[("page_size", &size.to_string()), ("page_token", token)]);
        format!("<{}?{query}>; rel=\"{rel}\"", call.uri.path())
    };
    let mut links = vec![link(first, "first")];
    let more = all.len() > start + size;
    let page: Vec<(String, Value)> = all.into_iter().skip(start).take(size).collect();
    if let (true, Some((last, _))) = (more, page.last()) {
        links.push(link(last, "next"));
    }
    let shown = page.into_iter().map(|(_, value)| value).collect();
    Ok(Reply::ok(&Value::Array(shown)).header("link", &links.join(",")))
}

fn bad_token() -> Problem {
    Problem::bad_request("The page token is invalid, do not craft your own page tokens")
}

/// Returns the request's query with these parameters replaced.
fn with(call: &Call, own: &[(&str, &str)]) -> String {
    let mut pairs: Vec<(String, String)> =
        url::form_urlencoded::parse(call.uri.query().unwrap_or_default().as_bytes())
            .filter(|(name, _)| !own.iter().any(|(known, _)| known == name))
            .map(|(name, value)| (name.into_owned(), value.into_owned()))
            .collect();
    pairs.extend(own.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
    pairs.sort();
    url::form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish()
}
