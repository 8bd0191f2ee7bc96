use std::fmt;

use actix_web::{
    App, HttpResponse, HttpServer, ResponseError, dev::ServerHandle, http::StatusCode, web, web::Data,
};
use kratos_actix::hooks::{
    AfterLogin, AfterRecovery, AfterRegistration, AfterSettings, AfterVerification, BeforeLogin,
    BeforeRecovery, BeforeRegistration, BeforeSettings, BeforeVerification, ChangesIdentity, Courier,
    CourierReceipt, Hook, HookAnswer, HookEvent, HookIdentity, HookMiddleware, HookReceipt, HookVerdict,
    Idempotence, Migration, MigrationAnswer, Reply,
};

use super::TIMEOUT;
use crate::hooks::{
    Plans,
    answers::{self, Failure, Person},
    config::auth,
};

pub(super) fn serve(listener: std::net::TcpListener, plans: Plans) -> ServerHandle {
    let guard = HookMiddleware::new(auth()).with_timeout(TIMEOUT).with_idempotence(Idempotence::new());
    let plans = Data::new(plans);
    let app = move || App::new().app_data(plans.clone()).service(routes().wrap(guard.clone()));
    let server = HttpServer::new(app).workers(2).disable_signals().shutdown_timeout(0);
    let server = server.listen(listener).unwrap().run();
    let handle = server.handle();
    tokio::spawn(server);
    handle
}

fn routes() -> actix_web::Scope {
    let mut scope =
        web::scope("").route("/migrate", web::post().to(migrate)).route("/mail", web::post().to(mail));
    macro_rules! event {
        ($event:ty, $path:literal, $parse:ident) => {
            scope = scope
                .route(concat!("/", $path, "/parse"), web::post().to($parse::<$event>))
                .route(concat!("/", $path, "/status"), web::post().to(status::<$event>))
                .route(concat!("/", $path, "/ignore"), web::post().to(ignore::<$event>));
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
    scope
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.1)
    }
}

impl ResponseError for Failure {
    fn status_code(&self) -> StatusCode {
        StatusCode::from_u16(self.0).unwrap()
    }

    fn error_response(&self) -> HttpResponse {
        HttpResponse::build(self.status_code()).body(self.1)
    }
}

type Answered<A> = Result<Reply<A>, Failure>;

async fn parse<E: HookEvent>(plans: Data<Plans>, hook: Hook<E, Person>) -> Answered<HookAnswer<E>> {
    answers::parse(&plans, &hook).await.map(Reply)
}

async fn changing<E: ChangesIdentity<Identity<Person> = HookIdentity<Person>>>(
    plans: Data<Plans>,
    hook: Hook<E, Person>,
) -> Answered<HookAnswer<E>> {
    answers::changing(&plans, &hook).await.map(Reply)
}

async fn status<E: HookEvent>(plans: Data<Plans>, hook: Hook<E, Person>) -> Answered<HookVerdict<E>> {
    answers::status(&plans, &hook).await.map(Reply)
}

async fn ignore<E: HookEvent>(plans: Data<Plans>, hook: Hook<E, Person>) -> Answered<HookReceipt<E>> {
    answers::ignore(&plans, &hook).await.map(Reply)
}

async fn migrate(plans: Data<Plans>, call: Migration) -> Answered<MigrationAnswer> {
    answers::migrate(&plans, &call).await.map(Reply)
}

async fn mail(plans: Data<Plans>, message: Courier) -> Reply<CourierReceipt> {
    answers::mail(&plans, &message);
    Reply(CourierReceipt::Sent)
}
