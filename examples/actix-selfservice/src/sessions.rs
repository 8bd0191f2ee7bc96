//! The user's sessions, and revoking them.

use actix_web::{
    HttpResponse,
    web::{Data, Path, Redirect},
};
use kratos_actix::{KratosRequest, Session, SessionError, ui::respond};
use uuid::Uuid;

use crate::{app::Shared, views};

/// Lists this session and the others.
pub async fn list(
    app: Data<Shared>,
    session: Session,
    request: KratosRequest,
) -> Result<HttpResponse, SessionError> {
    let mut pager = request.browser()?.list_my_sessions().map_err(|error| request.call_failed(&error))?;
    let others = pager.next_page().await.map_err(|error| request.call_failed(&error))?;
    Ok(respond(views::sessions(&app.theme, &session, others.map_or_else(Vec::new, |page| page.items))))
}

/// Revokes one of the others.
pub async fn revoke(_: Session, id: Path<Uuid>, request: KratosRequest) -> Result<Redirect, SessionError> {
    let revoked = request.browser()?.disable_my_session(*id).await;
    revoked.map_err(|error| request.call_failed(&error))?.drop_cookies();
    Ok(Redirect::to("/sessions").see_other())
}

/// Revokes all of the others.
pub async fn revoke_others(_: Session, request: KratosRequest) -> Result<Redirect, SessionError> {
    let revoked = request.browser()?.disable_my_other_sessions().await;
    revoked.map_err(|error| request.call_failed(&error))?.drop_cookies();
    Ok(Redirect::to("/sessions").see_other())
}
