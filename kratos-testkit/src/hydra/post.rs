//! What the provider posts to applications.

use bytes::Bytes;
use http::{Method, Request, header};
use http_body_util::{BodyExt as _, Full, Limited};
use hyper::client::conn::http1;
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;
use url::Url;

const TIMEOUT: std::time::Duration = std::time::Duration::from_secs(30);
const MOST_BYTES: usize = 5 << 20;

/// Posts once. Returns the status and the body; `None` without an answer.
pub(super) async fn post(
    url: &str,
    kind: &str,
    extra: Option<(&str, &str)>,
    body: String,
) -> Option<(u16, Bytes)> {
    tokio::time::timeout(TIMEOUT, exchange(url, kind, extra, body)).await.ok()?
}

async fn exchange(url: &str, kind: &str, extra: Option<(&str, &str)>, body: String) -> Option<(u16, Bytes)> {
    let url = Url::parse(url).ok().filter(|url| url.scheme() == "http")?;
    let (host, port) = (url.host_str()?, url.port_or_known_default()?);
    let mut request = Request::builder()
        .method(Method::POST)
        .uri(&url[url::Position::BeforePath..url::Position::AfterQuery])
        .header(header::HOST, format!("{host}:{port}"))
        .header(header::USER_AGENT, "Go-http-client/1.1")
        .header(header::CONTENT_TYPE, kind)
        .header(header::CONTENT_LENGTH, body.len());
    if let Some((name, value)) = extra {
        request = request.header(name, value);
    }
    let request = request.body(Full::new(Bytes::from(body))).ok()?;
    let stream = TcpStream::connect((host.trim_matches(['[', ']']), port)).await.ok()?;
    let (mut sender, connection) = http1::handshake(TokioIo::new(stream)).await.ok()?;
    let connection = tokio::spawn(connection);
    let answer = sender.send_request(request).await.ok()?;
    let status = answer.status().as_u16();
    let body = Limited::new(answer.into_body(), MOST_BYTES).collect().await.ok()?.to_bytes();
    connection.abort();
    Some((status, body))
}
