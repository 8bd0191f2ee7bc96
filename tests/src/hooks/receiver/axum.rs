use axum::{
    Router,
    body::{Body, to_bytes},
    extract::{Request, State},
    http::StatusCode,
    middleware::{Next, from_fn_with_state},
    response::{IntoResponse, Response},
    routing::post,
};
use kratos_axum::hooks::{
    AfterLogin, AfterRecovery, AfterRegistration, AfterSettings, AfterVerification, BeforeLogin,
    BeforeRecovery, BeforeRegistration, BeforeSettings, BeforeVerification, ChangesIdentity, Courier,
    CourierReceipt, Hook, HookAnswer, HookEvent, HookIdentity, HookLayer, HookReceipt, HookVerdict,
    Idempotence, Migration, MigrationAnswer, Reply,
};

use super::TIMEOUT;
use crate::hooks::{
    Plans,
    answers::{self, Failure, Person},
    config::auth,
};

pub(super) fn serve(listener: std::net::TcpListener, plans: Plans) -> tokio::task::JoinHandle<()> {
    listener.set_nonblocking(true).unwrap();
    let listener = tokio::net::TcpListener::from_std(listener).unwrap();
    let layer = HookLayer::new(auth()).with_timeout(TIMEOUT).with_idempotence(Idempotence::new());
    let app = routes().layer(layer).layer(from_fn_with_state(plans.clone(), note_cookies)).with_state(plans);
    tokio::spawn(async move { axum::serve(listener, app).await.unwrap() })
}

fn routes() -> Router<Plans> {
    let mut router = Router::new().route("/migrate", post(migrate)).route("/mail", post(mail));
    macro_rules! event {
        ($event:ty, $path:literal, $parse:ident) => {
            router = router
                .route(concat!("/", $path, "/parse"), post($parse::<$event>))
                .route(concat!("/", $path, "/status"), post(status::<$event>))
                .route(concat!("/", $path, "/ignore"), post(ignore::<$event>));
        };
    }
    event!(BeforeRegistration, "registration/before", parse);
    event!(AfterRegistration, "registration/after", changing);
    event!(BeforeLogin, "login/before", parse);
    event!(AfterLogin, "login/after", parse);
    event!(BeforeSettings, "settings/before", parse);
    event!(AfterSettings, "settings/after", changing);
    event!(BeforeRecovery, "recovery/before", parse);
    event!(AfterRecovery, "recovery/after", parse);
    event!(BeforeVerification, "verification/before", parse);
    event!(AfterVerification, "verification/after", parse);
    router
}

/// Notes a body that holds the user's cookies, which the Jsonnet leaves out.
async fn note_cookies(State(plans): State<Plans>, request: Request, next: Next) -> Response {
    let (head, body) = request.into_parts();
    let body = to_bytes(body, 1 << 20).await.unwrap();
    let text = String::from_utf8_lossy(&body);
    if text.contains("request_cookies") || text.contains("ory_kratos_session") {
        plans.note_cookies(head.uri.path());
    }
    next.run(Request::from_parts(head, Body::from(body))).await
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        (StatusCode::from_u16(self.0).unwrap(), self.1).into_response()
    }
}

type Answered<A> = Result<Reply<A>, Failure>;

async fn parse<E: HookEvent>(State(plans): State<Plans>, hook: Hook<E, Person>) -> Answered<HookAnswer<E>>
where
    E::Identity<Person>: Send + Sync,
{
    answers::parse(&plans, &hook).await.map(Reply)
}

async fn changing<E: ChangesIdentity<Identity<Person> = HookIdentity<Person>>>(
    State(plans): State<Plans>,
    hook: Hook<E, Person>,
) -> Answered<HookAnswer<E>>
where
    E::Identity<Person>: Send + Sync,
{
    answers::changing(&plans, &hook).await.map(Reply)
}

async fn status<E: HookEvent>(State(plans): State<Plans>, hook: Hook<E, Person>) -> Answered<HookVerdict<E>>
where
    E::Identity<Person>: Send + Sync,
{
    answers::status(&plans, &hook).await.map(Reply)
}

async fn ignore<E: HookEvent>(State(plans): State<Plans>, hook: Hook<E, Person>) -> Answered<HookReceipt<E>>
where
    E::Identity<Person>: Send + Sync,
{
    answers::ignore(&plans, &hook).await.map(Reply)
}

async fn migrate(State(plans): State<Plans>, call: Migration) -> Answered<MigrationAnswer> {
    answers::migrate(&plans, &call).await.map(Reply)
}

async fn mail(State(plans): State<Plans>, message: Courier) -> Reply<CourierReceipt> {
    answers::mail(&plans, &message);
    Reply(CourierReceipt::Sent)
}
