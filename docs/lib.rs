//! Compiles the programs of the guide and of the top-level README as doctests. `mdbook serve docs` renders the guide in `docs/src`.

macro_rules! pages {
    ($($page:ident: $file:literal;)+) => {
        $(
            #[doc = include_str!(concat!("src/", $file, ".md"))]
            pub mod $page {}
        )+

        /// The compiled pages, by path without `.md`.
        pub const PAGES: &[&str] = &[$($file),+];
    };
}

pages! {
    introduction: "introduction";
    axum: "quickstart/axum";
    actix: "quickstart/actix";
    tower: "quickstart/tower";
    tonic: "quickstart/tonic";
    application_axum: "application/axum";
    application_actix: "application/actix";
    real_kratos: "real-kratos";
    recipes: "recipes";
    cookies: "cookies";
    second_factor: "second-factor";
    privileged: "privileged";
    native: "native";
    tokens: "tokens";
    caching: "caching";
    trace_events: "trace-events";
    fleet: "fleet";
    fleet_arithmetic: "fleet-arithmetic";
    outcomes: "outcomes";
    oauth2: "oauth2";
    hooks: "hooks";
    password_migration: "password-migration";
    mail: "mail";
    pages: "pages";
    testing: "testing";
    proxy: "proxy";
    network: "network";
    troubleshooting: "troubleshooting";
    from_ory_kratos_client: "moving/ory-kratos-client";
    from_axum_login: "moving/axum-login";
    from_hand_written: "moving/hand-written";
    glossary: "glossary";
    releases: "releases";
    comparison: "comparison";
}

/// The programs of the top-level README.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
pub mod readme {}
