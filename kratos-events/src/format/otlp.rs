//! The few messages of OTLP that hold events and what a request was (opentelemetry-proto 1.7, opentelemetry/proto/trace/v1/trace.proto and
//! common/v1/common.proto). Fields that are not listed here are skipped.

use std::collections::HashMap;

use bytes::Bytes;
use prost::Message;

use super::{Found, Undecodable};
use crate::{
    request::Served,
    revocation::{Revocation, revokes},
};

/// `SPAN_KIND_SERVER`.
const SERVER: i32 = 2;
/// The event of a request whose session was found: its attributes name the caller of a request whose path names none.
const CHECKED: &str = "SessionChecked";

#[derive(Clone, PartialEq, Message)]
struct ExportTraceServiceRequest {
    #[prost(message, repeated, tag = "1")]
    resource_spans: Vec<ResourceSpans>,
}

#[derive(Clone, PartialEq, Message)]
struct ResourceSpans {
    #[prost(message, repeated, tag = "2")]
    scope_spans: Vec<ScopeSpans>,
}

#[derive(Clone, PartialEq, Message)]
struct ScopeSpans {
    #[prost(message, repeated, tag = "2")]
    spans: Vec<Span>,
}

#[derive(Clone, PartialEq, Message)]
struct Span {
    #[prost(bytes = "bytes", tag = "1")]
    trace: Bytes,
    #[prost(int32, tag = "6")]
    kind: i32,
    /// Undecoded, as those of an event.
    #[prost(bytes = "bytes", repeated, tag = "9")]
    attributes: Vec<Bytes>,
    #[prost(message, repeated, tag = "11")]
    events: Vec<SpanEvent>,
}

/// Its attributes stay undecoded until its name is one that matters: slices of the body.
#[derive(Clone, PartialEq, Message)]
struct SpanEvent {
    #[prost(string, tag = "2")]
    name: String,
    #[prost(bytes = "bytes", repeated, tag = "3")]
    attributes: Vec<Bytes>,
}

#[derive(Clone, PartialEq, Message)]
struct KeyValue {
    #[prost(string, tag = "1")]
    key: String,
    #[prost(message, optional, tag = "2")]
    value: Option<AnyValue>,
}

#[derive(Clone, PartialEq, Message)]
struct AnyValue {
    #[prost(string, optional, tag = "1")]
    string: Option<String>,
    #[prost(int64, optional, tag = "3")]
    int: Option<i64>,
}

/// `google.rpc.Status`, the body of a refusal (OTLP 1.7, "Failures").
#[derive(Clone, PartialEq, Message)]
pub(crate) struct Status {
    #[prost(int32, tag = "1")]
    pub(crate) code: i32,
    #[prost(string, tag = "2")]
    pub(crate) message: String,
}

pub(super) fn read(body: Bytes) -> Result<Found, Undecodable> {
    let request = ExportTraceServiceRequest::decode(body).map_err(|_| Undecodable)?;
    let scopes = request.resource_spans.iter().flat_map(|resource| &resource.scope_spans);
    let spans: Vec<&Span> = scopes.flat_map(|scope| &scope.spans).collect();
    // By trace: the event that names the caller of its request.
    let mut callers = HashMap::new();
    for span in &spans {
        for event in span.events.iter().filter(|event| event.name == CHECKED) {
            callers.entry(&span.trace).or_insert(event);
        }
    }
    let Found { mut revocations, mut ignored } = Found::default();
    for span in &spans {
        for event in &span.events {
            match revokes(&event.name) {
                true => revocations.extend(of_event(event)?),
                false => ignored = ignored.saturating_add(1),
            }
        }
        if span.kind == SERVER {
            revocations.extend(match served(span)?.revocation() {
                Some(Revocation::Caller) => Some(caller(callers.get(&span.trace).copied())?),
                other => other,
            });
        }
    }
    Ok(Found { revocations, ignored })
}

fn of_event(event: &SpanEvent) -> Result<Option<Revocation>, Undecodable> {
    Ok(Revocation::of(&event.name, texts(&decoded(&event.attributes)?)))
}

/// The sessions of the identity that made a request, by the event that its session was found. The span that found it ends before
/// that of the request, so only a batch that ends between the two lacks it.
fn caller(checked: Option<&SpanEvent>) -> Result<Revocation, Undecodable> {
    let Some(checked) = checked else { return Ok(Revocation::All) };
    Ok(Revocation::of_identity(texts(&decoded(&checked.attributes)?)))
}

/// The attributes that are texts.
fn texts(attributes: &[KeyValue]) -> impl Iterator<Item = (&str, &str)> {
    attributes.iter().filter_map(|it| Some((it.key.as_str(), it.value.as_ref()?.string.as_deref()?)))
}

fn served(span: &Span) -> Result<Served, Undecodable> {
    let mut served = Served::default();
    for KeyValue { key, value } in decoded(&span.attributes)? {
        let Some(value) = value else { continue };
        // The names of the semantic conventions before and after 1.20: Kratos 1.3.1 sends the old ones.
        match (key.as_str(), value) {
            ("http.request.method" | "http.method", AnyValue { string: Some(text), .. }) => {
                served.method = text;
            }
            ("url.path" | "http.target", AnyValue { string: Some(text), .. }) => served.path = text,
            ("http.response.status_code" | "http.status_code", AnyValue { int: Some(code), .. }) => {
                served.status = code;
            }
            _ => {}
        }
    }
    Ok(served)
}

fn decoded(attributes: &[Bytes]) -> Result<Vec<KeyValue>, Undecodable> {
    let decode = |bytes: &Bytes| KeyValue::decode(Bytes::clone(bytes)).map_err(|_| Undecodable);
    attributes.iter().map(decode).collect()
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    fn revocations(body: Bytes) -> Result<Vec<Revocation>, Undecodable> {
        read(body).map(|found| found.revocations)
    }

    fn attribute(key: &str, string: Option<&str>, int: Option<i64>) -> Bytes {
        let value = AnyValue { string: string.map(str::to_owned), int };
        KeyValue { key: key.to_owned(), value: Some(value) }.encode_to_vec().into()
    }

    fn event(name: &str, attributes: &[(&str, Option<&str>)]) -> SpanEvent {
        let attributes = attributes.iter().map(|(key, value)| attribute(key, *value, None)).collect();
        SpanEvent { name: name.to_owned(), attributes }
    }

    fn request(events: Vec<SpanEvent>) -> Vec<u8> {
        export(vec![Span::default(), Span { events, ..Span::default() }])
    }

    fn export(spans: Vec<Span>) -> Vec<u8> {
        let scope_spans = vec![ScopeSpans { spans }];
        ExportTraceServiceRequest { resource_spans: vec![ResourceSpans { scope_spans }] }.encode_to_vec()
    }

    #[test]
    fn events_of_every_span_count_and_others_do_not() {
        let id = Uuid::from_u128(1).to_string();
        let body = request(vec![
            event("SessionChecked", &[("SessionID", Some(&id))]),
            event("SessionRevoked", &[("New", None), ("SessionID", Some(&id))]),
            event("exception", &[]),
            event("IdentityDeleted", &[("IdentityID", None)]),
        ]);
        let expected = [Revocation::Session(Uuid::from_u128(1)), Revocation::All];
        assert_eq!(revocations(body.clone().into()).unwrap(), expected);
        assert_eq!(read(body.clone().into()).unwrap().ignored, 2);
        assert_eq!(revocations(Bytes::new()).unwrap(), []);
        // A prefix is refused, or is a smaller request; none panics.
        for end in 0..body.len() {
            let _ = revocations(Bytes::copy_from_slice(body.get(..end).unwrap()));
        }
        assert!(revocations(Bytes::from_static(b"{\"resourceSpans\":[]}")).is_err());
    }

    #[test]
    fn a_request_to_end_the_others_ends_those_of_its_caller() {
        let identity = Uuid::from_u128(2);
        let checked = event(CHECKED, &[("IdentityID", Some(&identity.to_string()))]);
        let trace = Bytes::from_static(&[1; 16]);
        let inner =
            |trace: &Bytes| Span { trace: trace.clone(), events: vec![checked.clone()], ..Span::default() };
        let server = |status| Span {
            trace: trace.clone(),
            kind: SERVER,
            attributes: vec![
                attribute("http.request.method", Some("DELETE"), None),
                attribute("url.path", Some("/sessions"), None),
                attribute("http.response.status_code", None, Some(status)),
            ],
            ..Span::default()
        };
        let revoked = |spans| revocations(export(spans).into()).unwrap();
        assert_eq!(revoked(vec![inner(&trace), server(200)]), [Revocation::Identity(identity)]);
        assert_eq!(revoked(vec![inner(&Bytes::from_static(&[2; 16])), server(200)]), [Revocation::All]);
        assert_eq!(revoked(vec![server(200)]), [Revocation::All]);
        assert_eq!(revoked(vec![server(401)]), []);
        let client = Span { kind: 3, ..server(200) };
        assert_eq!(revoked(vec![client]), []);
    }
}
