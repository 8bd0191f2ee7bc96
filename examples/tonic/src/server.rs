//! The server: a service inside two layers.

use std::{error::Error, time::Duration};

use kratos_tower::{
    Kratos, KratosLayer, RejectedRequest, RequireLayer,
    credential::{CookieName, CredentialReader},
    policy::{GuardResponse, Requirement},
};
use tokio::net::TcpListener;
use tokio_stream::wrappers::TcpListenerStream;
use tonic::{
    Code, Status,
    codegen::{Bytes, http},
    transport::Server,
};

pub async fn serve(listener: TcpListener, kratos: &str) -> Result<(), Box<dyn Error>> {
    // Session tokens only: a browser also attaches cookies to the requests of other sites.
    let tokens = CredentialReader::default().with_cookies::<CookieName>([]);
    let kratos = Kratos::new(kratos)?
        .with_cache(Duration::from_secs(30))
        .with_credentials(tokens)
        .with_rejection_response(as_grpc);
    let (_reporter, health) = tonic_health::server::health_reporter();
    Server::builder()
        // The outer layer comes first: it finds the credential, the second requires a session.
        .layer(KratosLayer::new(kratos))
        .layer(RequireLayer::new(Requirement::signed_in().with_status_only()))
        .add_service(health)
        .serve_with_incoming(TcpListenerStream::new(listener))
        .await?;
    Ok(())
}

/// Turns a rejection into a gRPC response: status 200, the gRPC status in headers, no body.
fn as_grpc(response: &mut GuardResponse, _: &RejectedRequest<'_>) {
    let code = match response.status.as_u16() {
        400 => Code::InvalidArgument,
        401 => Code::Unauthenticated,
        403 => Code::PermissionDenied,
        429 | 503 => Code::Unavailable,
        _ => Code::Internal,
    };
    let status = Status::new(code, response.refusal.explanation());
    if status.add_header(&mut response.headers).is_ok() {
        response.headers.insert("content-type", http::HeaderValue::from_static("application/grpc"));
        response.status = http::StatusCode::OK;
        response.body = Bytes::new();
    }
}

#[cfg(test)]
mod tests {
    use kratos_testkit::{Fault, TestKratos};
    use tonic::{Request, transport::Channel};
    use tonic_health::pb::{HealthCheckRequest, health_client::HealthClient};

    use super::*;

    async fn call(client: &mut HealthClient<Channel>, token: Option<&str>) -> Result<i32, Code> {
        let mut request = Request::new(HealthCheckRequest { service: String::new() });
        if let Some(token) = token {
            request.metadata_mut().insert("x-session-token", token.parse().expect("visible text"));
        }
        client.check(request).await.map(|answer| answer.into_inner().status).map_err(|status| status.code())
    }

    #[tokio::test]
    async fn refusals_are_grpc_statuses() -> Result<(), Box<dyn Error>> {
        let kratos = TestKratos::start().await?;
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let address = format!("http://{}", listener.local_addr()?);
        let url = kratos.public_url().to_owned();
        tokio::spawn(async move { serve(listener, &url).await.map_err(|error| error.to_string()) });
        let mut client = HealthClient::new(Channel::from_shared(address)?.connect().await?);

        let (ada, bob) = (kratos.sign_in("ada@example.org"), kratos.sign_in("bob@example.org"));
        assert_eq!(call(&mut client, None).await, Err(Code::Unauthenticated));
        assert_eq!(call(&mut client, Some("ory_st_unknown")).await, Err(Code::Unauthenticated));
        let mut cookie = Request::new(HealthCheckRequest { service: String::new() });
        cookie.metadata_mut().insert("cookie", ada.cookie().parse()?);
        let refused = client.check(cookie).await.map_err(|status| status.code());
        assert_eq!(refused.err(), Some(Code::Unauthenticated), "cookies are ignored");
        assert_eq!(call(&mut client, Some(ada.session_token())).await, Ok(1), "SERVING");
        kratos.inject("/sessions/whoami", Fault::status(500));
        assert_eq!(call(&mut client, Some(bob.session_token())).await, Err(Code::Unavailable));
        assert_eq!(call(&mut client, Some(ada.session_token())).await, Ok(1), "cached");
        Ok(())
    }
}
