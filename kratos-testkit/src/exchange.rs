//! One request and its response: the context of a handler, and the headers of every response.

use std::sync::{Arc, Mutex, PoisonError};

use axum::body::Body;
use axum::extract::State;
use axum::routing::{MethodFilter, MethodRouter, any, on};
use http::{Method, Response};

use crate::wire::{Answer, Call, Reply};
use crate::world::World;
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
}

/// A request being handled, with exclusive access to the state.
pub(crate) struct Exchange<'a> {
    pub(crate) world: &'a mut World,
    pub(crate) call: &'a Call,
    /// Set on the response, also on an error.
    pub(crate) cookies: Vec<String>,
    pub(crate) headers: Vec<(&'static str, String)>,
    csrf: csrf::Secret,
}

pub(crate) type Handler = fn(&mut Exchange<'_>) -> Answer;

/// Routes these methods to the handler; an empty slice means any method.
pub(crate) fn route(methods: &[Method], handler: Handler) -> MethodRouter<Shared> {
    let endpoint =
        move |State(shared): State<Shared>, call: Call| async move { shared.answer(&call, handler) };
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
    pub(crate) fn answer(&self, call: &Call, handler: Handler) -> Response<Body> {
        let mut world = self.world.lock().unwrap_or_else(PoisonError::into_inner);
        let csrf = csrf::Secret::of(call, &csrf::cookie_name(&world.public_url));
        let mut exchange =
            Exchange { world: &mut world, call, cookies: Vec::new(), headers: Vec::new(), csrf };
        let answer = handler(&mut exchange);
        let path = call.uri.path();
        let watched = self.port == Port::Public && !csrf::is_off(path);
        if watched && !csrf::is_ignored(path) && !exchange.csrf.known {
            exchange.renew_csrf();
        }
        let Exchange { cookies, headers, .. } = exchange;

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
    pub(crate) fn new(world: &'a mut World, call: &'a Call) -> Self {
        let csrf = csrf::Secret::of(call, &csrf::cookie_name(&world.public_url));
        Self { world, call, cookies: Vec::new(), headers: Vec::new(), csrf }
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
