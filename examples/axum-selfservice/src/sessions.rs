//! The user's sessions, and revoking them.

use axum::http::request::Parts;
use axum::{
    Extension,
    extract::{Path, State},
    response::{Redirect, Response},
};
use kratos_axum::{Session, SessionContext, SessionRejection, ui::respond};
use kratos_core::client::{BrowserCookies, Error};
use uuid::Uuid;

use crate::{app::App, views};

/// Lists this session and the others.
pub async fn list(
    State(app): State<App>,
    session: Session,
    Extension(context): Extension<SessionContext>,
    parts: Parts,
) -> Result<Response, SessionRejection> {
    let cookies = BrowserCookies::from_headers(&parts.headers);
    let others = async { app.kratos.browser(&cookies).list_my_sessions()?.next_page().await };
    let others = others.await.map_err(|error| failed(&error, &context, &parts))?;
    Ok(respond(views::sessions(&app.theme, &session, others.map_or_else(Vec::new, |page| page.items))))
}

/// Revokes one of the others.
pub async fn revoke(
    State(app): State<App>,
    _: Session,
    Path(id): Path<Uuid>,
    Extension(context): Extension<SessionContext>,
    parts: Parts,
) -> Result<Redirect, SessionRejection> {
    let cookies = BrowserCookies::from_headers(&parts.headers);
    let answer = app.kratos.browser(&cookies).disable_my_session(id).await;
    answer.map_err(|error| failed(&error, &context, &parts))?.drop_cookies();
    Ok(Redirect::to("/sessions"))
}

/// Revokes all of the others.
pub async fn revoke_others(
    State(app): State<App>,
    _: Session,
    Extension(context): Extension<SessionContext>,
    parts: Parts,
) -> Result<Redirect, SessionRejection> {
    let cookies = BrowserCookies::from_headers(&parts.headers);
    let answer = app.kratos.browser(&cookies).disable_my_other_sessions().await;
    answer.map_err(|error| failed(&error, &context, &parts))?.drop_cookies();
    Ok(Redirect::to("/sessions"))
}

/// Answers a failed call as a guard does: Kratos is unreachable, or the session has ended.
fn failed(error: &Error, context: &SessionContext, parts: &Parts) -> SessionRejection {
    context.session(&parts.headers).call_failed(error, &context.view(parts)).into()
}
