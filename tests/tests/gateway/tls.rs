//! An upstream behind TLS.

use std::process::Command;
use std::sync::Arc;

use base64::Engine as _;
use http::Request;
use kratos_axum::gateway;
use kratos_testkit::call;
use rcgen::CertifiedKey;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;
use tokio_rustls::{
    TlsAcceptor,
    rustls::{ServerConfig, crypto::aws_lc_rs, pki_types::PrivateKeyDer},
};

use crate::apps::kratos;
use crate::upstream::OK;

/// The file of a certificate that the child process trusts.
const TRUSTED: &str = "SSL_CERT_FILE";

/// Answers each request, and returns the URL and the certificate. `tell` has every byte that came through TLS.
async fn serve(tell: tokio::sync::mpsc::UnboundedSender<Vec<u8>>) -> (String, String) {
    let CertifiedKey { cert, signing_key } =
        rcgen::generate_simple_self_signed(["localhost".to_owned()]).unwrap();
    let key = PrivateKeyDer::try_from(signing_key.serialize_der()).unwrap();
    let config = ServerConfig::builder_with_provider(Arc::new(aws_lc_rs::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![cert.der().clone()], key)
        .unwrap();
    let acceptor = TlsAcceptor::from(Arc::new(config));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("https://localhost:{}", listener.local_addr().unwrap().port());
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let Ok(mut stream) = acceptor.accept(stream).await else { continue };
            let mut read = vec![0; 16 * 1024];
            while let Ok(length @ 1..) = stream.read(&mut read).await {
                tell.send(read[..length].to_vec()).unwrap();
                stream.write_all(OK.as_bytes()).await.unwrap();
            }
        }
    });
    let encoded = base64::engine::general_purpose::STANDARD.encode(cert.der());
    (url, format!("-----BEGIN CERTIFICATE-----\n{encoded}\n-----END CERTIFICATE-----\n"))
}

async fn get(url: &str) -> (u16, String) {
    let app = gateway::service(&kratos(url)).unwrap();
    let request = Request::get("/.ory/kratos/sessions/whoami").header("cookie", "ory_kratos_session=s3cret");
    let response = call(&app, request).await;
    (response.status.as_u16(), response.text())
}

#[tokio::test]
async fn nothing_passes_to_a_server_whose_certificate_is_not_trusted() {
    let (tell, mut told) = tokio::sync::mpsc::unbounded_channel();
    let (url, certificate) = serve(tell).await;
    let (status, body) = get(&url).await;
    assert_eq!(status, 502, "{body}");
    assert!(!body.contains("certificate"), "{body}");
    assert!(told.try_recv().is_err(), "not a byte");
    // The same server, in a process that trusts it.
    let file = std::env::temp_dir().join(format!("kratos-gateway-{}.pem", uuid::Uuid::new_v4()));
    std::fs::write(&file, certificate).unwrap();
    let mut child = Command::new(std::env::current_exe().unwrap());
    child.args(["--ignored", "--exact", "tls::a_trusted_server_is_asked"]);
    child.env(TRUSTED, &file).env("GATEWAY_TLS_URL", url);
    let ran = tokio::task::spawn_blocking(move || child.output().unwrap()).await.unwrap();
    std::fs::remove_file(file).unwrap();
    let said = String::from_utf8_lossy(&ran.stdout).into_owned();
    assert!(ran.status.success() && said.contains("1 passed"), "{said}");
    let received = told.try_recv().unwrap();
    assert!(received.starts_with(b"GET /sessions/whoami HTTP/1.1\r\n"));
}

#[tokio::test]
#[ignore = "the test above runs it, in a process that trusts the certificate"]
async fn a_trusted_server_is_asked() {
    let Ok(url) = std::env::var("GATEWAY_TLS_URL") else { return };
    assert_eq!(get(&url).await, (200, "ok".to_owned()));
}
