//! The walks: the steps of a user, the same at every place.

mod application;
mod keys;
mod leaving;
mod links;
mod login;
mod recovery;
mod registration;
mod second_factor;
mod settings;
mod sign_on;
mod verification;

use std::future::Future;
use std::pin::Pin;

use kratos_tests::driver::Feature;

use crate::visit::Visit;

/// A walk, with and without JavaScript unless it says otherwise.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Walk {
    /// The behaviour that it asserts, as a sentence without a full stop.
    pub(crate) name: &'static str,
    /// The features that the server must offer.
    pub(crate) needs: &'static [Feature],
    /// Its other requirement.
    pub(crate) takes: Takes,
    /// The steps. A panic is a failure.
    pub(crate) run: for<'a> fn(&'a Visit<'a>) -> Pin<Box<dyn Future<Output = ()> + 'a>>,
}

/// A requirement that not every browser meets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Takes {
    /// Nothing.
    Nothing,
    /// JavaScript, for passkeys and security keys.
    Scripts,
}

macro_rules! walks {
    ($($function:path: $name:literal, [$($need:ident),*], $takes:ident;)+) => {
        &[$(Walk {
            name: $name,
            needs: &[$(Feature::$need),*],
            takes: Takes::$takes,
            run: |visit| Box::pin($function(visit)),
        }),+]
    };
}

/// All of them.
pub(crate) const WALKS: &[Walk] = walks![
    registration::two_steps: "register in two steps", [TwoSteps], Nothing;
    registration::one_step: "register in one step", [OneStep], Nothing;
    login::unified: "a wrong password, then the right one", [Unified], Nothing;
    login::identifier_first: "log in, the identifier first", [IdentifierFirst], Nothing;
    login::by_code: "log in by code", [PasswordlessCode], Nothing;
    recovery::by_code: "recover by code, and set a new password", [LongPrivilege], Nothing;
    verification::by_code: "verify an address by code", [TwoSteps], Nothing;
    settings::profile: "change the profile", [LongPrivilege], Nothing;
    settings::password_after_refresh: "change the password after a refresh", [ShortPrivilege], Nothing;
    second_factor::totp: "enrol TOTP and log in with it", [LongPrivilege], Nothing;
    second_factor::lookup_secret: "create backup codes and log in with one", [LongPrivilege], Nothing;
    links::return_to: "return_to is kept from page to page", [Unified], Nothing;
    links::expired: "an expired flow is replaced, and return_to is kept", [ShortLogin], Nothing;
    leaving::logout: "log out, and the back button shows no private page", [Unified], Nothing;
    leaving::back: "the back button between flows", [Unified], Nothing;
    application::guarded: "the application's own pages and their guards", [Unified], Nothing;
    application::sessions: "list the sessions and revoke them", [Unified], Nothing;
    application::deleted: "delete the account", [Unified], Nothing;
    application::error: "the error page", [Unified], Nothing;
    keys::passkey: "register with a passkey and log in with it", [LongPrivilege], Scripts;
    keys::passkey_added: "add a passkey, and let the browser offer it", [LongPrivilege], Scripts;
    keys::security_key: "a security key as second factor", [LongPrivilege], Scripts;
    sign_on::register_and_log_in: "register and log in by single sign-on", [Unified], Nothing;
    sign_on::link: "link an account by single sign-on", [Unified], Nothing;
];
