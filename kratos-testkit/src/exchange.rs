//! One request and its response: the context of a handler, and the headers of every response.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::State;
use axum::routing::{MethodFilter, MethodRouter, any, on};
use http::{Method, Response};
use parking_lot::{Mutex, MutexGuard};

use crate::hooks::{self, Courier, Delivered, Errand};
use crate::wire::{Answer, Call, Reply};
use crate::world::World;
use crate::world::identity::Identity;
use crate::{cors, csrf};

/// One of the two ports.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Port {
    /// The API for browsers and applications.
    Public,
    /// The API for operators.
    Admin,
}

/// The state shared by all handlers.
#[derive(Clone, Debug)]
pub(crate) struct Shared {
    pub(crate) world: Arc<Mutex<World>>,
    pub(crate) port: Port,
    pub(crate) courier: Courier,
}

/// A request being handled, with exclusive access to the state.
pub(crate) struct Exchange<'a> {
    pub(crate) world: MutexGuard<'a, World>,
    pub(crate) call: &'a Call,
    /// Set on the response, also on an error.
    pub(crate) cookies: Vec<String>,
    pub(crate) headers: Vec<(&'static str, String)>,
    csrf: csrf::Secret,
    /// Sends the requests of hooks; not for a fixture.
    pub(crate) courier: Option<&'a Courier>,
    /// The identity before a settings change.
    pub(crate) unchanged: Option<Identity>,
}

pub(crate) type Handler = fn(&mut Exchange<'_>) -> Answer;

/// Routes these methods to the handler; an empty slice means any method.
pub(crate) fn route(methods: &[Method], handler: Handler) -> MethodRouter<Shared> {
    let endpoint = move |State(shared): State<Shared>, call: Call| shared.respond(call, handler);
    let filters = methods.iter().filter_map(|method| MethodFilter::try_from(method.clone()).ok());
    match filters.reduce(MethodFilter::or) {
        Some(filter) => on(filter, endpoint),
        None => any(endpoint),
    }
}

/// Responds to an unknown path.
pub(crate) fn not_found(_: &mut Exchange<'_>) -> Answer {
    let page = Reply::text(404, "text/plain; charset=utf-8", "404 page not found\n");
    Ok(page.header("x-content-type-options", "nosniff"))
}

/// Responds to a method that the path does not support.
pub(crate) fn method_not_allowed(_: &mut Exchange<'_>) -> Answer {
    let page = Reply::text(405, "text/plain; charset=utf-8", "Method Not Allowed\n");
    Ok(page.header("x-content-type-options", "nosniff"))
}

impl Shared {
    /// Handles a request; on a thread of its own if it may wait for hooks.
    async fn respond(self, call: Call, handler: Handler) -> Response<Body> {
        if self.world.lock().config.hooks.is_empty() {
            return self.answer(&call, handler);
        }
        let answer = tokio::task::spawn_blocking(move || self.answer(&call, handler));
        answer.await.unwrap_or_else(|_| Reply::empty(500).into_response())
    }

    pub(crate) fn answer(&self, call: &Call, handler: Handler) -> Response<Body> {
        let mut exchange = Exchange::new(self.world.lock(), call);
        exchange.courier = Some(&self.courier);
        let messages = exchange.world.messages.len();
        let answer = handler(&mut exchange);
        hooks::post_mail(&exchange.world, &self.courier, call, messages);
        let path = call.uri.path();
        let watched = self.port == Port::Public && !csrf::is_off(path);
        if watched && !csrf::is_ignored(path) && !exchange.csrf.known {
            exchange.renew_csrf();
        }
        let Exchange { cookies, headers, world, .. } = exchange;

        let mut reply = answer.unwrap_or_else(|problem| Reply::problem(&problem)).cookies(cookies);
        for (name, value) in headers {
            reply = reply.header(name, &value);
        }
        if call.method == Method::GET {
            reply = reply.header("cache-control", "private, no-cache, no-store, must-revalidate");
        }
        if self.port == Port::Public {
            reply = cors::mark(&world.config.cors_origins, call, reply);
        }
        if watched {
            reply = reply.add("vary", "Cookie");
        }
        reply.into_response()
    }
}

impl<'a> Exchange<'a> {
    pub(crate) fn new(world: MutexGuard<'a, World>, call: &'a Call) -> Self {
        let csrf = csrf::Secret::of(call, &csrf::cookie_name(&world.public_url));
        Self { world, call, cookies: Vec::new(), headers: Vec::new(), csrf, courier: None, unchanged: None }
    }

    /// Sends the request of a hook and waits for its answer, without the lock: a hook may call the server.
    pub(crate) fn send(&mut self, errand: Errand) -> Delivered {
        let Some(courier) = self.courier else { return Delivered::GaveUp { url: errand.hook.url } };
        MutexGuard::unlocked(&mut self.world, || courier.send(errand))
    }

    /// Returns the value of a form's `csrf_token`, masked anew each time. Sets the cookie if the browser has
    /// none.
    pub(crate) fn csrf_token(&mut self) -> String {
        if !self.csrf.known {
            self.renew_csrf();
        }
        self.csrf.masked()
    }

    /// Returns true if a form's CSRF token matches the browser's cookie.
    pub(crate) fn csrf_fits(&self, token: &str) -> bool {
        self.has_csrf_cookie() && self.csrf.fits(token)
    }

    pub(crate) fn has_csrf_cookie(&self) -> bool {
        !self.call.cookies(&csrf::cookie_name(&self.world.public_url)).is_empty()
    }

    /// Sets a new CSRF cookie.
    pub(crate) fn renew_csrf(&mut self) {
        self.csrf = csrf::Secret::new();
        let name = csrf::cookie_name(&self.world.public_url);
        self.cookies.push(self.csrf.set_cookie(&name));
    }
}
