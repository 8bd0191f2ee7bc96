//! The programs of the guide, compiled as doctests. The book itself is `docs/src`, read with `mdbook serve docs`.

macro_rules! pages {
    ($($page:ident: $file:literal;)+) => {
        $(
            #[doc = include_str!(concat!("src/", $file, ".md"))]
            pub mod $page {}
        )+

        /// Every page that is compiled, by its path without `.md`.
        pub const PAGES: &[&str] = &[$($file),+];
    };
}

pages! {
    introduction: "introduction";
    axum: "quickstart/axum";
    actix: "quickstart/actix";
    tower: "quickstart/tower";
    tonic: "quickstart/tonic";
    real_kratos: "real-kratos";
    cookies: "cookies";
    second_factor: "second-factor";
    privileged: "privileged";
    native: "native";
    tokens: "tokens";
    caching: "caching";
    outcomes: "outcomes";
    pages: "pages";
    testing: "testing";
    proxy: "proxy";
    network: "network";
    troubleshooting: "troubleshooting";
    from_ory_kratos_client: "moving/ory-kratos-client";
    from_axum_login: "moving/axum-login";
    from_hand_written: "moving/hand-written";
}
