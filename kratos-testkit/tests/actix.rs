//! Calls an actix-web application as a signed-in user.

#![cfg(feature = "actix")]

use actix_web::test::{TestRequest, call_and_read_body, init_service};
use actix_web::{App, HttpRequest, web};
use kratos_testkit::{AsUser, TestKratos};

async fn cookie(request: HttpRequest) -> String {
    let cookie = request.headers().get("cookie").and_then(|value| value.to_str().ok());
    cookie.unwrap_or("anonymous").to_owned()
}

#[actix_web::test]
async fn as_user() {
    let kratos = TestKratos::builder().build_without_sockets().unwrap();
    let app = init_service(App::new().route("/", web::get().to(cookie))).await;
    let ada = kratos.sign_in("ada@example.org");
    let body = call_and_read_body(&app, TestRequest::get().uri("/").as_user(&ada).to_request()).await;
    assert_eq!(body, ada.cookie());
}
