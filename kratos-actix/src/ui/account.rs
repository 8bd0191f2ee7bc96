//! The pages about the user's account: sessions and devices, and deleting it.

use std::time::SystemTime;

use actix_web::{
    HttpRequest, HttpResponse, Resource,
    http::{StatusCode, header::LOCATION},
    web,
};
use kratos_core::pages::AccountDeleter;
use kratos_ui::{PageRenderer, UserSessions};

use super::{read, respond};
use crate::{KratosRequest, SessionError, error};

/// The user's sessions, and by POST, revoking them.
pub(super) fn sessions(renderer: PageRenderer<HttpRequest>, path: String) -> Resource {
    let at = path.clone();
    let show = read().to(move |request: KratosRequest, http: HttpRequest| {
        let renderer = renderer.clone();
        async move {
            let session = request.session().await?;
            let others = request.other_sessions().await?;
            let sessions = UserSessions::new(&session, &others).with_now(SystemTime::now());
            Ok::<_, SessionError>(respond(renderer.sessions_page(&sessions, &http)))
        }
    });
    let revoke = web::post().to(move |request: KratosRequest| {
        let path = path.clone();
        async move {
            match request.query("revoke").as_deref() {
                Some("others") => request.revoke_other_sessions().await?,
                Some(id) => match id.parse() {
                    Ok(id) => request.revoke_session(id).await?,
                    Err(_) => return Ok(HttpResponse::NotFound().finish()),
                },
                None => return Ok(HttpResponse::NotFound().finish()),
            }
            Ok::<_, SessionError>(HttpResponse::SeeOther().insert_header((LOCATION, path)).finish())
        }
    });
    web::resource(at).route(show).route(revoke)
}

/// The page that deletes the user's account, by POST.
pub(super) fn deletion(
    renderer: PageRenderer<HttpRequest>,
    deleter: AccountDeleter,
    path: String,
) -> Resource {
    let failed = renderer.clone();
    let show = read().to(move |request: KratosRequest, http: HttpRequest| {
        let renderer = renderer.clone();
        async move {
            request.require(&AccountDeleter::requirement()).await?;
            Ok::<_, SessionError>(respond(renderer.deletion_page(false, &http)))
        }
    });
    let delete = web::post().to(move |request: KratosRequest, http: HttpRequest| {
        let (renderer, deleter) = (failed.clone(), deleter.clone());
        async move {
            match request.delete_account(&deleter).await? {
                Some(response) => Ok::<_, SessionError>(error::respond(&response)),
                None => {
                    let mut page = respond(renderer.deletion_page(true, &http));
                    *page.status_mut() = StatusCode::SERVICE_UNAVAILABLE;
                    Ok(page)
                }
            }
        }
    });
    web::resource(path).route(show).route(delete)
}
