//! The user's sessions, and revoking them.

use actix_web::{
    HttpRequest, HttpResponse,
    web::{Data, Path, Redirect},
};
use kratos_actix::{Session, SessionError, SessionExt as _, ui::respond};
use kratos_core::client::BrowserCookies;
use uuid::Uuid;

use crate::{app::Shared, views};

/// Lists this session and the others.
pub async fn list(
    app: Data<Shared>,
    session: Session,
    request: HttpRequest,
) -> Result<HttpResponse, SessionError> {
    let cookies = cookies(&request);
    let others = async { app.kratos.browser(&cookies).list_my_sessions()?.next_page().await };
    let others = others.await.map_err(|error| request.call_failed(&error))?;
    Ok(respond(views::sessions(&app.theme, &session, others.map_or_else(Vec::new, |page| page.items))))
}

/// Revokes one of the others.
pub async fn revoke(
    app: Data<Shared>,
    _: Session,
    id: Path<Uuid>,
    request: HttpRequest,
) -> Result<Redirect, SessionError> {
    let answer = app.kratos.browser(&cookies(&request)).disable_my_session(*id).await;
    answer.map_err(|error| request.call_failed(&error))?.drop_cookies();
    Ok(Redirect::to("/sessions").see_other())
}

/// Revokes all of the others.
pub async fn revoke_others(
    app: Data<Shared>,
    _: Session,
    request: HttpRequest,
) -> Result<Redirect, SessionError> {
    let answer = app.kratos.browser(&cookies(&request)).disable_my_other_sessions().await;
    answer.map_err(|error| request.call_failed(&error))?.drop_cookies();
    Ok(Redirect::to("/sessions").see_other())
}

/// Returns the browser's cookies, byte for byte.
fn cookies(request: &HttpRequest) -> BrowserCookies {
    let cookie = request.headers().get("cookie");
    cookie.map_or_else(BrowserCookies::none, |value| BrowserCookies::new(value.as_bytes()))
}
