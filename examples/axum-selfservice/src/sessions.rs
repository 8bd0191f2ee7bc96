//! The user's sessions, and revoking them.

use axum::{
    extract::{Path, State},
    response::{Redirect, Response},
};
use kratos_axum::{KratosRequest, Session, SessionRejection, ui::respond};
use uuid::Uuid;

use crate::{app::App, views};

/// Lists this session and the others.
pub async fn list(
    State(app): State<App>,
    session: Session,
    request: KratosRequest,
) -> Result<Response, SessionRejection> {
    let mut pager = request.browser()?.list_my_sessions().map_err(|error| request.call_failed(&error))?;
    let others = pager.next_page().await.map_err(|error| request.call_failed(&error))?;
    Ok(respond(views::sessions(&app.theme, &session, others.map_or_else(Vec::new, |page| page.items))))
}

/// Revokes one of the others.
pub async fn revoke(
    _: Session,
    Path(id): Path<Uuid>,
    request: KratosRequest,
) -> Result<Redirect, SessionRejection> {
    let revoked = request.browser()?.disable_my_session(id).await;
    revoked.map_err(|error| request.call_failed(&error))?.drop_cookies();
    Ok(Redirect::to("/sessions"))
}

/// Revokes all of the others.
pub async fn revoke_others(_: Session, request: KratosRequest) -> Result<Redirect, SessionRejection> {
    let revoked = request.browser()?.disable_my_other_sessions().await;
    revoked.map_err(|error| request.call_failed(&error))?.drop_cookies();
    Ok(Redirect::to("/sessions"))
}
