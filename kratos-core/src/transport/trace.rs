//! The client span of a call, by OpenTelemetry's semantic conventions for HTTP (1.37, docs/http/http-spans.md).
//!
//! `url.full` and `url.path` are left out: paths and queries hold ids of users and one-time codes.

use http::Method;
use tracing::{Span, field::Empty};

use super::{BaseUrl, Reply, TransportFailure};

/// The path of a call with `{id}` in place of its parameters, in two parts that are joined.
pub(crate) type Template = (&'static str, &'static str);

/// The span of one attempt. Without a subscriber that wants it, nothing is computed.
#[derive(Clone, Debug)]
pub(crate) struct CallSpan(Span);

impl CallSpan {
    /// Starts a span. `resent` counts the attempts before this one.
    pub(crate) fn start(method: &Method, template: Option<Template>, base: &BaseUrl, resent: u32) -> Self {
        let span = tracing::info_span!(
            target: "kratos", "kratos_http", otel.kind = "client", otel.name = Empty, otel.status_code = Empty,
            http.request.method = %method, http.request.resend_count = Empty, http.response.status_code = Empty,
            url.scheme = Empty, url.template = Empty, server.address = Empty, server.port = Empty, "error.type" = Empty,
        );
        if !span.is_disabled() {
            let template = template.map(|(prefix, path)| format!("{prefix}{}", path.replace("{}", "{id}")));
            match &template {
                Some(template) => {
                    span.record("otel.name", format!("{method} {template}"));
                    span.record("url.template", template.as_str());
                }
                None => {
                    span.record("otel.name", method.as_str());
                }
            }
            let url = base.url();
            span.record("url.scheme", url.scheme());
            span.record("server.address", url.host_str().unwrap_or_default());
            span.record("server.port", url.port_or_known_default().unwrap_or_default());
            if resent > 0 {
                span.record("http.request.resend_count", resent);
            }
        }
        Self(span)
    }

    /// Returns the span.
    pub(crate) fn span(&self) -> Span {
        self.0.clone()
    }

    /// Records what came of the attempt. Every status from 400 on is an error, as the conventions have it for clients.
    pub(crate) fn end(&self, outcome: &Result<Reply, TransportFailure>) {
        if self.0.is_disabled() {
            return;
        }
        let failed = match outcome {
            Ok(reply) => {
                let status = reply.status;
                self.0.record("http.response.status_code", status.as_u16());
                (status.as_u16() >= 400).then(|| status.as_str().to_owned())
            }
            Err(failure) => Some(failure.label().to_owned()),
        };
        if let Some(kind) = failed {
            self.0.record("error.type", kind.as_str());
            self.0.record("otel.status_code", "ERROR");
        }
    }

    /// Adds `traceparent` and `tracestate` of the span, if its trace is sampled (feature `opentelemetry`).
    ///
    /// An unsampled one would make Kratos drop its own trace of the call, and the events in it (26.2.0, oryx/otelx/otlp.go:
    /// `ParentBased`).
    #[cfg(feature = "opentelemetry")]
    pub(crate) fn propagate(&self, request: reqwest::RequestBuilder) -> reqwest::RequestBuilder {
        use opentelemetry::trace::TraceContextExt as _;
        use tracing_opentelemetry::OpenTelemetrySpanExt as _;

        let context = self.0.context();
        if !context.span().span_context().is_sampled() {
            return request;
        }
        let mut headers = TraceHeaders::default();
        opentelemetry::global::get_text_map_propagator(|propagator| {
            propagator.inject_context(&context, &mut headers);
        });
        request.headers(headers.0)
    }

    #[cfg(not(feature = "opentelemetry"))]
    #[allow(clippy::unused_self, reason = "the same signature")]
    pub(crate) fn propagate(&self, request: reqwest::RequestBuilder) -> reqwest::RequestBuilder {
        request
    }
}

/// Takes the W3C headers of a trace, and leaves the baggage here: it may hold anything.
#[cfg(feature = "opentelemetry")]
#[derive(Default)]
struct TraceHeaders(http::HeaderMap);

#[cfg(feature = "opentelemetry")]
impl opentelemetry::propagation::Injector for TraceHeaders {
    fn set(&mut self, key: &str, value: String) {
        let name = match key {
            "traceparent" => http::HeaderName::from_static("traceparent"),
            "tracestate" if !value.is_empty() => http::HeaderName::from_static("tracestate"),
            _ => return,
        };
        if let Ok(value) = http::HeaderValue::try_from(value) {
            self.0.insert(name, value);
        }
    }
}

#[cfg(feature = "opentelemetry")]
#[cfg(test)]
mod tests;
