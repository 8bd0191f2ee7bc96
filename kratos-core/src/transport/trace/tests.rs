//! Spans as OpenTelemetry exports them, and the headers that reach Kratos.

use opentelemetry::{
    KeyValue,
    baggage::BaggageExt as _,
    propagation::TextMapCompositePropagator,
    trace::{SpanKind, Status, TracerProvider as _},
};
use opentelemetry_sdk::{
    propagation::{BaggagePropagator, TraceContextPropagator},
    trace::{InMemorySpanExporter, Sampler, SdkTracerProvider, SpanData},
};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpListener,
};
use tracing::Instrument as _;
use tracing_subscriber::layer::SubscriberExt as _;

use crate::{
    client::Client,
    credential::CredentialReader,
    resolve::{Freshness, HttpResolver, SessionResolver as _},
};

/// Answers every request with this status line, and returns what it received.
async fn kratos(status: &'static str) -> (String, tokio::sync::mpsc::UnboundedReceiver<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let (sender, receiver) = tokio::sync::mpsc::unbounded_channel();
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let mut head = vec![0; 4096];
            let length = stream.read(&mut head).await.unwrap();
            sender.send(String::from_utf8_lossy(&head[..length]).into_owned()).unwrap();
            let body = r#"{"error":{"code":401}}"#;
            let answer = format!(
                "HTTP/1.1 {status}\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
                body.len()
            );
            stream.write_all(answer.as_bytes()).await.unwrap();
        }
    });
    (url, receiver)
}

/// Runs calls in a trace of the application. Returns the exported spans.
fn traced<F: Future<Output = ()>>(sampler: Sampler, calls: F) -> impl Future<Output = Vec<SpanData>> {
    opentelemetry::global::set_text_map_propagator(TextMapCompositePropagator::new(vec![
        Box::new(TraceContextPropagator::new()),
        Box::new(BaggagePropagator::new()),
    ]));
    let exporter = InMemorySpanExporter::default();
    let provider =
        SdkTracerProvider::builder().with_sampler(sampler).with_simple_exporter(exporter.clone()).build();
    let layer = tracing_opentelemetry::layer().with_tracer(provider.tracer("application"));
    let subscriber = tracing_subscriber::registry().with(layer);
    async move {
        let guard = tracing::subscriber::set_default(subscriber);
        tracing::callsite::rebuild_interest_cache();
        let secret = opentelemetry::Context::current_with_baggage([KeyValue::new("user", "s3cret")]);
        let attached = secret.attach();
        calls.instrument(tracing::info_span!("request")).await;
        drop((attached, guard));
        provider.force_flush().unwrap();
        exporter.get_finished_spans().unwrap()
    }
}

async fn whoami(url: &str) {
    let mut headers = http::HeaderMap::new();
    headers.insert("x-session-token", "ory_st_s3cret".parse().unwrap());
    let credential = CredentialReader::default().read(&headers).unwrap().unwrap();
    let _ = HttpResolver::new(url).unwrap().resolve(&credential, Freshness::Live).await;
}

async fn delete(url: &str) {
    let session = uuid::Uuid::from_u128(0x7a17_0000);
    let _ = Client::new(url).unwrap().native().disable_my_session(session).await;
}

fn field(span: &SpanData, name: &str) -> Option<String> {
    let found = span.attributes.iter().find(|attribute| attribute.key.as_str() == name);
    found.map(|attribute| attribute.value.as_str().into_owned())
}

#[tokio::test]
async fn a_call_is_a_client_span() {
    for (status, error) in [("401 Unauthorized", true), ("204 No Content", false)] {
        let (url, _received) = kratos(status).await;
        let spans = traced(Sampler::AlwaysOn, async {
            whoami(&url).await;
            delete(&url).await;
        })
        .await;
        let calls: Vec<_> = spans.iter().filter(|span| span.span_kind == SpanKind::Client).collect();
        let names: Vec<_> = calls.iter().map(|span| &*span.name).collect();
        assert_eq!(names, ["GET /sessions/whoami", "DELETE /sessions/{id}"]);
        let port = url.rsplit(':').next().unwrap();
        for (span, method, template) in
            [(calls[0], "GET", "/sessions/whoami"), (calls[1], "DELETE", "/sessions/{id}")]
        {
            let code = status.get(..3).unwrap();
            for (name, value) in [
                ("http.request.method", Some(method)),
                ("url.template", Some(template)),
                ("url.scheme", Some("http")),
                ("server.address", Some("127.0.0.1")),
                ("server.port", Some(port)),
                ("http.response.status_code", Some(code)),
                ("error.type", error.then_some(code)),
                ("http.request.resend_count", None),
            ] {
                assert_eq!(field(span, name).as_deref(), value, "{name}");
            }
            assert_eq!(matches!(span.status, Status::Error { .. }), error);
        }
        let shown = format!("{spans:?}");
        assert!(!shown.contains("s3cret") && !shown.contains("7a17"), "{shown}");
    }
}

#[tokio::test]
async fn a_call_without_an_answer_has_its_reason() {
    let spans = traced(Sampler::AlwaysOn, whoami("http://127.0.0.1:1")).await;
    let call = spans.iter().find(|span| span.span_kind == SpanKind::Client).unwrap();
    assert_eq!(field(call, "error.type").as_deref(), Some("unreachable"));
    assert_eq!(field(call, "http.response.status_code"), None);
}

#[tokio::test]
async fn kratos_learns_of_sampled_traces_alone() {
    for (sampler, sampled) in [(Sampler::AlwaysOn, true), (Sampler::AlwaysOff, false)] {
        let (url, mut received) = kratos("401 Unauthorized").await;
        let spans = traced(sampler, async {
            whoami(&url).await;
            delete(&url).await;
        })
        .await;
        for _ in 0..2 {
            let head = received.recv().await.unwrap().to_lowercase();
            let line = head.lines().find_map(|line| line.strip_prefix("traceparent: "));
            assert_eq!(line.is_some(), sampled, "{head}");
            if let Some(line) = line {
                assert!(line.ends_with("-01"), "{line}");
                let parent = line.split('-').nth(2).unwrap();
                assert!(spans.iter().any(|span| span.span_context.span_id().to_string() == parent));
            }
            assert!(!head.contains("baggage") && !head.contains("tracestate"), "{head}");
        }
    }
    // No subscriber, no trace.
    let (url, mut received) = kratos("401 Unauthorized").await;
    whoami(&url).await;
    assert!(!received.recv().await.unwrap().to_lowercase().contains("traceparent"));
}
