//! What all submit bodies are made of.

use serde_json::{Map, Value};

use crate::flow::Flow;

/// A body that can be submitted to a flow `F`. Only this crate implements it; [`Raw`] is for everything else.
pub trait SubmitBody<F: Flow>: sealed::IntoBody {}

pub(crate) mod sealed {
    pub trait IntoBody {
        fn into_body(self) -> super::Body;
    }
}

/// The fields of a submit. `Debug` shows their names alone.
#[derive(Clone, Default)]
pub struct Body {
    fields: Map<String, Value>,
    query: Vec<(&'static str, String)>,
}

impl Body {
    pub(crate) fn of(method: &str) -> Self {
        let mut body = Self::default();
        body.set("method", method);
        body
    }

    pub(crate) fn set(&mut self, name: impl Into<String>, value: impl Into<Value>) {
        self.fields.insert(name.into(), value.into());
    }

    /// Sets a field that 0.6 and 0.7 read from the query alone (api-map D, oidc); all releases take both.
    pub(crate) fn set_in_query(&mut self, name: &'static str, value: impl Into<String>) {
        let value = value.into();
        self.set(name, value.clone());
        self.query.push((name, value));
    }

    pub(crate) fn set_default(&mut self, name: &str, value: &str) {
        self.fields.entry(name).or_insert_with(|| value.into());
    }

    pub(crate) fn into_parts(self) -> (Map<String, Value>, Vec<(&'static str, String)>) {
        (self.fields, self.query)
    }
}

impl std::fmt::Debug for Body {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_set().entries(self.fields.keys()).finish()
    }
}

/// Any fields, for any flow.
#[derive(Clone, Debug)]
pub struct Raw(Body);

impl Raw {
    /// The fields as an object, with `method` among them.
    #[must_use]
    pub fn new(fields: Map<String, Value>) -> Self {
        Self(Body { fields, query: Vec::new() })
    }
}

impl sealed::IntoBody for Raw {
    fn into_body(self) -> Body {
        self.0
    }
}

impl<F: Flow> SubmitBody<F> for Raw {}

/// Declares the body of a method: what it must have, and what it may have. A field is `kind name = "wire", …`,
/// where the kind says what Rust type it has and how it is spelled; more than one wire name spells it so often.
macro_rules! submit_body {
    (
        $(#[$meta:meta])*
        $name:ident = $method:literal for $flow:ident
        { $( $(#[$required_meta:meta])* $required_kind:ident $required:ident = $($required_wire:literal)|+ ),* $(,)? }
        { $( $(#[$optional_meta:meta])* $optional_kind:ident $with:ident = $optional_wire:literal ),* $(,)? }
    ) => {
        $(#[$meta])*
        #[derive(Clone, Debug)]
        pub struct $name($crate::client::submit::Body);

        impl $name {
            /// What the method cannot do without.
            #[must_use]
            #[allow(clippy::new_without_default, unused_mut)]
            pub fn new($( $required: $crate::client::submit::body::submit_body!(@type $required_kind) ),*) -> Self {
                let mut body = $crate::client::submit::Body::of($method);
                $( $crate::client::submit::body::submit_body!(@set $required_kind body $required [$($required_wire)+]); )*
                Self(body)
            }

            $(
                $(#[$optional_meta])*
                #[must_use]
                pub fn $with(mut self, value: $crate::client::submit::body::submit_body!(@type $optional_kind)) -> Self {
                    let body = &mut self.0;
                    $crate::client::submit::body::submit_body!(@set $optional_kind body value [$optional_wire]);
                    self
                }
            )*

            /// Data for the application's web hooks (1.2 and later; registration 0.13).
            #[must_use]
            pub fn with_transient_payload(mut self, payload: serde_json::Value) -> Self {
                self.0.set("transient_payload", payload);
                self
            }

            /// The CSRF token, where the submit is told only the flow's id. Browsers need it, native apps do not.
            #[must_use]
            pub fn with_csrf_token(mut self, token: &str) -> Self {
                self.0.set("csrf_token", token);
                self
            }

            /// Any other field.
            #[must_use]
            pub fn with_field(mut self, name: &str, value: impl Into<serde_json::Value>) -> Self {
                self.0.set(name, value);
                self
            }
        }

        impl $crate::client::submit::body::sealed::IntoBody for $name {
            fn into_body(self) -> $crate::client::submit::Body {
                self.0
            }
        }
        impl $crate::client::submit::SubmitBody<$crate::flow::$flow> for $name {}
    };
    (@type text) => { &str };
    (@type query) => { &str };
    (@type json) => { serde_json::Value };
    (@type flag) => { bool };
    (@set query $body:ident $value:ident [$wire:literal]) => { $body.set_in_query($wire, $value) };
    (@set $kind:ident $body:ident $value:ident [$wire:literal]) => { $body.set($wire, $value) };
    (@set $kind:ident $body:ident $value:ident [$wire:literal $($more:literal)+]) => {
        $body.set($wire, $value);
        $( $body.set($more, $value); )+
    };
}

pub(crate) use submit_body;
