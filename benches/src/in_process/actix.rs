//! actix-web handlers: unguarded, and guarded.

use actix_web::{
    App as ActixApp, Error,
    body::MessageBody,
    dev::{Service, ServiceResponse},
    http::header::{HeaderName, HeaderValue},
    test::{TestRequest, init_service},
    web::get,
};
use futures_util::FutureExt as _;
use kratos_actix::{KratosMiddleware, Require, Session};

use super::App;
use crate::fixture::{self, HELLO};

pub const UNGUARDED: &str = "actix, unguarded";
pub const GUARDED: &str = "actix, extractor";

pub fn apps() -> Vec<App> {
    let system = actix_web::rt::System::new();
    let middleware = || KratosMiddleware::new(fixture::cached());
    let hello = || get().to(async || HELLO);
    system.block_on(async {
        vec![
            app(UNGUARDED, init_service(ActixApp::new().route("/account", hello())).await),
            app(
                GUARDED,
                init_service(
                    ActixApp::new().route("/account", get().to(async |_: Session| HELLO)).wrap(middleware()),
                )
                .await,
            ),
            app(
                "actix, `Require`",
                init_service(
                    ActixApp::new()
                        .service(
                            actix_web::web::resource("/account")
                                .wrap(Require::signed_in())
                                .get(async || HELLO),
                        )
                        .wrap(middleware()),
                )
                .await,
            ),
        ]
    })
}

fn app<B: MessageBody + 'static>(
    name: &'static str,
    service: impl Service<actix_http::Request, Response = ServiceResponse<B>, Error = Error> + 'static,
) -> App {
    let headers: Vec<(HeaderName, HeaderValue)> = fixture::with_cookie()
        .iter()
        .map(|(name, value)| {
            let name = HeaderName::from_bytes(name.as_str().as_bytes()).unwrap();
            (name, HeaderValue::from_bytes(value.as_bytes()).unwrap())
        })
        .collect();
    let make = move || {
        let request = TestRequest::with_uri("/account");
        headers.iter().fold(request, |request, header| request.insert_header(header.clone())).to_request()
    };
    let call = move |request| {
        let answered = service.call(request).now_or_never();
        let response = answered.expect("a cached response is ready at once").unwrap();
        assert_eq!(response.status(), 200, "{name}");
    };
    App::new(name, make, call)
}
