//! A user with one session at a time, and the truth about it.

use std::{
    sync::Mutex,
    time::{Duration, Instant},
};

use kratos_core::client::AdminClient;
use kratos_testkit::{TestIdentity, TestKratos, TestSession};
use uuid::Uuid;

use crate::{
    GRACE, STALE, TTL, World,
    app::{Header, Reply},
    chance::Chance,
    count,
};

pub(crate) struct User {
    identity: TestIdentity,
    state: Mutex<State>,
    /// Held by whatever changes the session.
    changing: tokio::sync::Mutex<()>,
}

#[derive(Clone)]
struct State {
    session: Uuid,
    /// The re-issued ones after the first.
    cookies: Vec<String>,
    token: String,
    truth: Truth,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Truth {
    Active,
    /// The application signed it out, and said so.
    SignedOut,
    /// Revoked elsewhere, since then.
    Revoked(Instant),
    /// A logout was cut off, or failed.
    Unknown,
}

impl State {
    fn of(session: &TestSession) -> Self {
        Self {
            session: session.id(),
            cookies: vec![session.cookie().to_owned()],
            token: session.session_token().to_owned(),
            truth: Truth::Active,
        }
    }

    fn cookie(&self, chance: &mut Chance) -> Header {
        ("cookie", self.cookies[chance.below(self.cookies.len() as u64) as usize].clone())
    }

    fn credential(&self, chance: &mut Chance) -> Header {
        match chance.below(4) {
            0 => ("x-session-token", self.token.clone()),
            1 => ("authorization", format!("Bearer {}", self.token)),
            _ => self.cookie(chance),
        }
    }
}

impl User {
    pub(crate) fn new(kratos: &TestKratos, number: usize) -> Self {
        let identity = kratos.identity(&format!("user-{number}@example.org")).create();
        let state = Mutex::new(State::of(&kratos.session(&identity).create()));
        Self { identity, state, changing: tokio::sync::Mutex::default() }
    }

    fn state(&self) -> State {
        self.state.lock().unwrap().clone()
    }

    fn set(&self, truth: Truth) {
        self.state.lock().unwrap().truth = truth;
    }

    /// Asks for a page and judges the response.
    pub(crate) async fn visit(&self, world: &World, chance: &mut Chance, live: bool) {
        let before = self.state();
        let credential = before.credential(chance);
        let started = Instant::now();
        count(&world.tally.requests);
        let reply = world.app.ask("GET", if live { "/live" } else { "/" }, vec![credential]).await;
        let after = self.state();
        match reply.status {
            200 => self.served(world, &before, started, live, &reply),
            401 => {
                count(&world.tally.refused);
                let stood = before.truth == Truth::Active
                    && after.truth == Truth::Active
                    && before.session == after.session;
                if stood {
                    world.failed(&world.tally.false_logouts, "an active session was refused");
                }
            }
            429 | 503 => count(&world.tally.unavailable),
            status => world.failed(&world.tally.crossed, &format!("{status}: {}", reply.body)),
        }
        if let Some(cookie) = reply.session_cookie {
            count(&world.tally.reissues);
            let mut state = self.state.lock().unwrap();
            if state.session == before.session && !state.cookies.contains(&cookie) {
                state.cookies.push(cookie);
            }
        }
    }

    fn served(&self, world: &World, before: &State, started: Instant, live: bool, reply: &Reply) {
        count(&world.tally.served);
        if reply.body != self.identity.id.to_string() {
            world.failed(&world.tally.crossed, &format!("the identity of another user: {}", reply.body));
        }
        let is_within = |confirmed: Instant| started <= confirmed + TTL + STALE + GRACE;
        let is_right = match before.truth {
            Truth::Active | Truth::Unknown => true,
            Truth::SignedOut => false,
            Truth::Revoked(_) if live => false,
            Truth::Revoked(_) => world.app.confirmed(before.session).is_some_and(is_within),
        };
        if !is_right {
            let what = format!("served {:?} after {:?}", before.truth, started.elapsed());
            world.failed(&world.tally.past_the_bound, &what);
        }
    }

    /// Sends a request and hangs up at some point.
    pub(crate) async fn hang_up(&self, world: &World, chance: &mut Chance) {
        let state = self.state();
        let (credential, patience) = (state.credential(chance), Duration::from_micros(chance.below(3000)));
        count(&world.tally.requests);
        let asked = world.app.ask("GET", "/", vec![credential]);
        if tokio::time::timeout(patience, asked).await.is_err() {
            count(&world.tally.cancelled);
        }
    }

    /// Signs out with any of the session's cookies, alone or beside the session token, and sometimes hangs up.
    pub(crate) async fn sign_out(&self, world: &World, chance: &mut Chance) {
        let _turn = self.changing.lock().await;
        let state = self.state();
        if state.truth != Truth::Active {
            return;
        }
        let mut headers = vec![state.cookie(chance), ("sec-fetch-site", "same-origin".to_owned())];
        if chance.below(3) == 0 {
            headers.push(("x-session-token", state.token.clone()));
        }
        self.set(Truth::Unknown);
        count(&world.tally.requests);
        let asked = world.app.ask("POST", "/logout", headers);
        if chance.below(4) == 0 {
            let patience = Duration::from_micros(chance.below(3000));
            if tokio::time::timeout(patience, asked).await.is_err() {
                count(&world.tally.cancelled);
            }
            return;
        }
        match asked.await.status {
            303 => {
                self.set(Truth::SignedOut);
                count(&world.tally.logouts);
            }
            429 | 503 => {}
            status => world.failed(&world.tally.crossed, &format!("{status} for a logout")),
        }
    }

    /// Kratos' operator revokes the session.
    pub(crate) async fn revoke(&self, world: &World) {
        let _turn = self.changing.lock().await;
        let state = self.state();
        if state.truth == Truth::Active {
            self.set(Truth::Unknown);
            world.kratos.revoke(state.session);
            self.set(Truth::Revoked(Instant::now()));
            count(&world.tally.revocations);
        }
    }

    /// Kratos extends the session: the next whoami re-issues its cookie.
    pub(crate) async fn extend(&self, world: &World) {
        let _turn = self.changing.lock().await;
        let state = self.state();
        if state.truth == Truth::Active {
            let admin = AdminClient::new(world.kratos.admin_url()).unwrap();
            // It fails in an outage.
            let _ = admin.extend_session(state.session).await;
        }
    }

    /// Signs in again, unless the session stands.
    pub(crate) async fn sign_in_again(&self, world: &World) {
        let _turn = self.changing.lock().await;
        if self.state().truth != Truth::Active {
            *self.state.lock().unwrap() = State::of(&world.kratos.session(&self.identity).create());
        }
    }
}
