//! The calls that pages cause, before every fault: reading a flow and an error, signing out, and making a JWT of a session.

use std::{fmt, sync::Arc, time::Duration};

use actix_web::{
    App,
    body::to_bytes as actix_bytes,
    test::{TestRequest, call_service, init_service},
    web,
};
use axum::{
    Router,
    body::{Body, to_bytes},
    routing::{get, post},
};
use http::Request;
use kratos_core::{
    Kratos,
    client::Client,
    model::Session,
    resolve::{CircuitBreaker, StaticResolver},
};
use tower::{Layer as _, ServiceExt as _};

use super::{
    Ledger, caught,
    cell::{Framework, Must, READERS, Reader, Runs, Told},
    fault::{self, Fault, Said},
    reach::Upstream,
    resolvers::{APP, AUTH},
    server::Acts,
};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Page {
    Login,
    Error,
    Logout,
    Jwt,
}

struct Cell {
    page: Page,
    reader: Reader,
    framework: Framework,
}

impl fmt::Display for Cell {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { page, reader, framework } = self;
        write!(f, "{framework:?}, {page:?}, for a {reader:?}")
    }
}

impl Cell {
    fn all() -> Vec<Self> {
        let mut all = Vec::new();
        for framework in [Framework::Axum, Framework::Actix] {
            for page in [Page::Login, Page::Error, Page::Logout, Page::Jwt] {
                all.extend(READERS.map(|reader| Self { page, reader, framework }));
            }
        }
        all
    }

    fn request(&self) -> (&'static str, &'static str, Vec<(&'static str, &'static str)>) {
        let mut headers = vec![("cookie", "ory_kratos_session=MTcw-_="), ("sec-fetch-site", "same-origin")];
        if self.reader == Reader::Page {
            headers.push(("accept", "text/html"));
        }
        let (method, path) = match self.page {
            Page::Login => ("GET", "/login?flow=9f425a8d-7efc-4768-8f23-7647a74fdf15"),
            Page::Error => ("GET", "/error?id=9f425a8d-7efc-4768-8f23-7647a74fdf16"),
            Page::Logout => ("POST", "/logout"),
            Page::Jwt => ("GET", "/jwt"),
        };
        (method, path, headers)
    }

    fn must(&self, said: Said) -> Must {
        match said {
            // 0.6 answers 403 for an error that it does not know.
            Said::Unavailable if self.page == Page::Error => Must::NotRun,
            Said::Unavailable => Must::Refuse(503),
            Said::RateLimited(told) => Must::Limit(told.unwrap_or(5)),
            _ => Must::NotRun,
        }
    }
}

/// Runs one fault through all pages.
pub async fn run(fault: &Fault, ledger: &Ledger) {
    // A response of 200 is a session, which is neither a flow nor an error.
    if fault.name.starts_with("a session that is") {
        return;
    }
    let upstream = Upstream::reached(fault, |act| Acts { whoami: act.clone(), probe: act }).await;
    let client = Client::new(&upstream.url).unwrap().with_timeout(fault.patience);
    let client = upstream.client.iter().cloned().fold(client, Client::with_http_client);
    let session: Arc<Session> = Arc::new(serde_json::from_value(fault::whoami()).unwrap());
    let never = CircuitBreaker::new().with_max_in_flight(10_000).with_failure_threshold(u32::MAX);
    let kratos = Kratos::from_resolver(StaticResolver::active((*session).clone()))
        .with_breaker(never)
        .with_client(client)
        .with_app(APP)
        .unwrap()
        .with_browser_url(AUTH)
        .unwrap();
    for cell in Cell::all() {
        let bound = fault.patience + Duration::from_secs(20);
        let told = caught(tokio::time::timeout(bound, ask(&cell, kratos.clone()))).await;
        let outcome = match told {
            Err(_) => Err("A PANIC".to_owned()),
            Ok(Err(_)) => Err(format!("NO ANSWER within {bound:?}")),
            // Only Kratos itself says that the session has ended already.
            Ok(Ok(told))
                if cell.page == Page::Logout && told.status == 303 && fault.said != Said::Anonymous =>
            {
                Err(format!("A LOGOUT THAT NEVER WAS: {told:?}"))
            }
            // Any JSON object is an error to show: an error page lets nothing happen.
            Ok(Ok(told)) if cell.page == Page::Error && told.ran => Ok(()),
            Ok(Ok(told)) => told.check(cell.reader, cell.must(fault.said)),
        };
        ledger.note(&format!("{}: {cell}", fault.name), outcome);
    }
}

async fn ask(cell: &Cell, kratos: Kratos) -> Told {
    match cell.framework {
        Framework::Axum => axum(cell, kratos).await,
        Framework::Actix => actix(cell, kratos).await,
    }
}

async fn axum(cell: &Cell, kratos: Kratos) -> Told {
    use kratos_axum::{FlowError, KratosLayer, KratosRequest, LoginFlow, SessionRejection, logout};
    let runs = Runs::default();
    let (login, error, jwt) = (runs.clone(), runs.clone(), runs.clone());
    let pages = Router::new()
        .route("/login", get(async move |_: LoginFlow| login.count()))
        .route("/error", get(async move |_: FlowError| error.count()))
        .route("/logout", post(logout))
        .route(
            "/jwt",
            get(async move |request: KratosRequest| {
                request.jwt("template").await?;
                Ok::<_, SessionRejection>(jwt.count())
            }),
        );
    let (method, path, headers) = cell.request();
    let mut request = Request::builder().method(method).uri(path);
    for (name, value) in headers {
        request = request.header(name, value);
    }
    let response = KratosLayer::new(kratos).layer(pages).oneshot(request.body(Body::empty()).unwrap()).await;
    let (parts, body) = response.unwrap().into_parts();
    let body = to_bytes(Body::new(body), usize::MAX).await.unwrap();
    let headers = parts.headers.iter().map(|(name, value)| (name.to_string(), text(value.as_bytes())));
    Told { status: parts.status.as_u16(), headers: headers.collect(), body: text(&body), ran: runs.ran() }
}

async fn actix(cell: &Cell, kratos: Kratos) -> Told {
    use kratos_actix::{FlowError, KratosMiddleware, KratosRequest, LoginFlow, SessionError, logout};
    let runs = Runs::default();
    let (login, error, jwt) = (runs.clone(), runs.clone(), runs.clone());
    let count = |runs: &Runs| {
        let runs = runs.clone();
        async move { runs.count() }
    };
    let app = App::new()
        .route("/login", web::get().to(move |_: LoginFlow| count(&login)))
        .route("/error", web::get().to(move |_: FlowError| count(&error)))
        .route("/logout", web::post().to(logout))
        .route(
            "/jwt",
            web::get().to(move |request: KratosRequest| {
                let runs = jwt.clone();
                async move {
                    request.jwt("template").await?;
                    Ok::<_, SessionError>(runs.count())
                }
            }),
        )
        .wrap(KratosMiddleware::new(kratos));
    let app = init_service(app).await;
    let (method, path, headers) = cell.request();
    let mut request = TestRequest::with_uri(path).method(method.parse().unwrap());
    for header in headers {
        request = request.append_header(header);
    }
    let response = call_service(&app, request.to_request()).await;
    let status = response.status().as_u16();
    let headers = response.headers().iter().map(|(name, value)| (name.to_string(), text(value.as_bytes())));
    let headers = headers.collect();
    let body = actix_bytes(response.into_body()).await.unwrap();
    Told { status, headers, body: text(&body), ran: runs.ran() }
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}
