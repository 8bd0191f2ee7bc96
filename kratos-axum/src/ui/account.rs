//! The pages about the user's account: sessions and devices, and deleting it.

use std::time::SystemTime;

use axum::routing::{MethodRouter, get};
use axum_core::response::{IntoResponse as _, Response};
use http::{StatusCode, header::LOCATION, request::Parts};
use kratos_core::pages::AccountDeleter;
use kratos_ui::{PageRenderer, UserSessions};

use super::respond;
use crate::{KratosRequest, SessionRejection, rejection};

/// The user's sessions, and by POST, revoking them.
pub(super) fn sessions<S: Clone + Send + Sync + 'static>(
    renderer: PageRenderer<Parts>,
    path: String,
) -> MethodRouter<S> {
    let show = async move |request: KratosRequest, parts: Parts| -> Result<Response, SessionRejection> {
        let session = request.session().await?;
        let others = request.other_sessions().await?;
        let sessions = UserSessions::new(&session, &others).with_now(SystemTime::now());
        Ok(respond(renderer.sessions_page(&sessions, &parts)))
    };
    get(show).post(async move |request: KratosRequest| -> Result<Response, SessionRejection> {
        match request.query("revoke").as_deref() {
            Some("others") => request.revoke_other_sessions().await?,
            Some(id) => match id.parse() {
                Ok(id) => request.revoke_session(id).await?,
                Err(_) => return Ok(StatusCode::NOT_FOUND.into_response()),
            },
            None => return Ok(StatusCode::NOT_FOUND.into_response()),
        }
        Ok((StatusCode::SEE_OTHER, [(LOCATION, path.as_str())]).into_response())
    })
}

/// The page that deletes the user's account, by POST.
pub(super) fn deletion<S: Clone + Send + Sync + 'static>(
    renderer: PageRenderer<Parts>,
    deleter: AccountDeleter,
) -> MethodRouter<S> {
    let failed = renderer.clone();
    let show = async move |request: KratosRequest, parts: Parts| -> Result<Response, SessionRejection> {
        request.require(&AccountDeleter::requirement()).await?;
        Ok(respond(renderer.deletion_page(false, &parts)))
    };
    get(show).post(async move |request: KratosRequest, parts: Parts| -> Result<Response, SessionRejection> {
        match request.delete_account(&deleter).await? {
            Some(response) => Ok(rejection::respond(response)),
            None => {
                let page = respond(failed.deletion_page(true, &parts));
                Ok((StatusCode::SERVICE_UNAVAILABLE, page).into_response())
            }
        }
    })
}
