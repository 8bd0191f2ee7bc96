//! What Kratos does, asked of the testkit and of every server of `KRATOS_LAB` by somebody who knows their addresses and
//! reads a mailbox. Then the testkit's answers are compared with those of 26.2.0, one by one.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "a test that cannot go on has failed"
)]

mod admin;
mod csrf;
mod differential;
mod login;
mod recovery;
mod registration;
mod return_to;
mod second_factor;
mod sessions;
mod settings;
mod transcript;
mod visitor;

use kratos_tests::driver::Feature;
use kratos_tests::lab::servers;
use kratos_tests::suite::{Scenario, run};
use std::process::ExitCode;

macro_rules! scenarios {
    ($($function:path: $name:literal, [$($need:ident),*];)+) => {
        &[$(Scenario {
            name: $name,
            needs: &[$(Feature::$need),*],
            run: |server| Box::pin(async move {
                transcript::begin($name, server);
                $function(server).await;
            }),
        }),+]
    };
}

#[rustfmt::skip]
const SCENARIOS: &[Scenario] = scenarios![
    sessions::nobody: "whoami without a credential is 401", [];
    sessions::token: "a session token opens the session", [];
    sessions::bearer: "a bearer token opens the session, whatever the case of the scheme", [];
    sessions::foreign_tokens: "foreign credentials open nothing", [];
    sessions::bad_token_beats_good_cookie: "a bad token beside a good cookie is 401", [Ajax];
    sessions::cookie_beats_bearer: "a cookie wins over a bearer token", [Ajax];
    sessions::unreadable_cookie_beside_token: "an unreadable cookie beside a good token is 500", [Modern];
    sessions::escaped_cookie: "a percent-encoded cookie is 401", [Ajax];
    sessions::any_method: "whoami answers any method", [Modern];
    sessions::no_csrf_cookie: "whoami hands out no cookie to strangers", [Modern];
    sessions::list_others: "a person sees their other sessions", [Modern];
    sessions::revoke_others: "a person ends all their other sessions", [Modern];
    sessions::revoke_one: "a person ends one other session", [Modern];
    sessions::not_the_current: "the current session cannot be ended like that", [Modern];
    sessions::extended: "an extended session brings its new cookie once", [Modern];
    sessions::extend_unknown: "extending what is not there", [Modern];
    sessions::admin_revokes: "an operator ends a session", [Modern];
    sessions::admin_reads: "an operator reads a session", [Modern];
    sessions::admin_lists_of_person: "an operator lists a person's sessions", [Modern];
    sessions::admin_deletes_of_person: "an operator deletes a person's sessions", [Modern];
    sessions::tokenised: "a session as a JWT", [Tokenize];
    sessions::unknown_template: "an unknown token template is 400", [Tokenize];
    sessions::deleted_person: "the session of a deleted person is over", [];
    sessions::disabled_person: "a disabled person cannot sign in", [Modern];
    sessions::native_logout: "a native program signs out", [];
    sessions::native_logout_nonsense: "signing out with nonsense", [Modern];
    sessions::browser_logout: "a script signs out", [Modern];
    sessions::page_logout: "a page signs out and is led on", [Ajax];
    sessions::logout_with_return: "signing out leads to return_to", [Modern];
    sessions::logout_of_nobody: "nobody cannot sign out", [Modern];
    sessions::logout_wrong_token: "a wrong logout token changes nothing", [Modern];
    login::script_form: "the form for a script", [Modern, Unified];
    login::native_form: "the form for a native program", [];
    login::page_form: "a browser is led to the login page", [];
    login::native: "a native program signs in", [];
    login::script: "a script signs in", [Ajax];
    login::goes_on: "a script is told where to go on", [Newest];
    login::page: "a page signs in", [];
    login::new_csrf_cookie: "signing in renews the CSRF cookie", [Modern];
    login::wrong_password: "a wrong password", [];
    login::wrong_password_keeps_identifier: "after a wrong password the identifier is kept", [Modern, Unified];
    login::unknown_person: "an unknown identifier looks like a wrong password", [];
    login::any_case: "identifiers match in any case", [Modern];
    login::missing_fields: "missing fields are told", [Modern];
    login::no_method: "a method nobody knows", [Modern, Unified];
    login::identifier_first_takes_all: "identifier first: a method nobody knows", [IdentifierFirst];
    login::unreadable: "a body that cannot be read", [Modern];
    login::unknown_flow: "a flow that is not there", [Modern];
    login::unknown_flow_page: "a page with a flow that is not there", [Modern];
    login::already: "who is signed in cannot sign in", [Modern];
    login::already_native: "a native program that is signed in cannot sign in", [Modern];
    login::already_page_returns: "a page that is signed in is led to return_to", [Modern];
    login::submitted_when_signed_in: "a login submitted twice", [Modern];
    login::strange_aal: "an unknown assurance level is 400", [Modern];
    login::native_with_cookies: "a native login with cookies or origin is refused", [Modern];
    login::cloudflare_cookie: "a Cloudflare cookie is tolerated", [Modern];
    login::read_again: "a flow can be read again", [Modern];
    login::expired: "an expired login is replaced", [ShortLogin];
    login::expired_page: "an expired login leads a page to a new one", [ShortLogin];
    login::identifier_first: "identifier first, then the password", [IdentifierFirst];
    login::identifier_unknown: "identifier first: nobody is there", [IdentifierFirst];
    login::identifier_then_wrong_password: "identifier first, then a wrong password", [IdentifierFirst];
    login::by_code: "signing in by code", [PasswordlessCode];
    login::by_wrong_code: "a wrong login code", [PasswordlessCode];
    login::code_for_nobody: "a login code for nobody", [PasswordlessCode];
    login::code_is_off: "signing in by code is off", [Modern, Unified];
    csrf::reading_needs_the_cookie: "a flow is shown to its browser alone", [Modern];
    csrf::submitting_needs_the_token: "submitting needs the token", [Modern];
    csrf::wrong_token: "a wrong token is refused", [Modern];
    csrf::submitting_needs_the_cookie: "submitting needs the cookie", [Modern];
    csrf::page_goes_to_error: "a page without token is led to the error", [Modern];
    csrf::token_in_header: "a token in a header alone does not count", [Modern];
    csrf::every_fetch_masks_anew: "every form masks the token anew", [Modern];
    csrf::errors: "what the error page can ask for", [Modern];
    csrf::health: "the server is well", [];
    csrf::unknown_path: "an unknown path is 404", [];
    csrf::schemas: "identity schemas are listed", [Modern];
    return_to::allowed: "return_to within the application", [Modern];
    return_to::relative: "a path as return_to", [Newest];
    return_to::forbidden: "return_to elsewhere is refused", [Modern];
    return_to::suffix_of_host: "a longer host is another host", [Modern];
    return_to::forbidden_page: "a page with a forbidden return_to is led to the error", [Modern];
    return_to::followed_by_page: "a page is led to return_to", [Modern];
    return_to::followed_by_script: "a script is told return_to", [Newest];
    return_to::kept_by_each_kind: "every kind of flow keeps return_to", [Modern];
    return_to::forbidden_for_each_kind: "every kind of flow checks return_to", [Modern];
    registration::form: "the form has the schema's fields in order", [Modern];
    registration::two_steps_form: "two steps begin with the traits", [TwoSteps];
    registration::one_step_form: "one step has everything", [OneStep];
    registration::native: "a native program signs up", [];
    registration::native_goes_on: "a native program is told its token", [Newest];
    registration::script: "a script signs up", [Modern];
    registration::page: "a page signs up", [Modern];
    registration::page_mistake: "a page is led back with its mistake", [Modern];
    registration::mails_a_code: "signing up mails a verification code", [Modern];
    registration::taken: "an address that is taken", [Modern];
    registration::bad_address: "an address that is none", [Modern];
    registration::missing_trait: "a missing trait", [Modern];
    registration::wrong_type: "a trait of the wrong type", [Modern];
    registration::short_password: "a short password", [Modern];
    registration::password_like_identifier: "a password like the identifier", [Modern];
    registration::no_password: "no password", [Modern];
    registration::already: "who is signed in cannot sign up", [Modern];
    registration::two_steps: "two steps: traits, then a credential", [TwoSteps];
    registration::two_steps_mistake: "two steps: a mistake in the first", [TwoSteps];
    registration::back_to_first: "two steps: back to the first", [TwoSteps, Newest];
    registration::two_steps_page: "two steps of a page", [TwoSteps];
    registration::by_code: "signing up by code", [PasswordlessCode];
    registration::by_wrong_code: "a wrong sign-up code", [PasswordlessCode];
    registration::code_again: "another sign-up code", [PasswordlessCode];
    second_factor::enrolling_steps_up: "enrolling an authenticator app gives AAL2", [SecondFactor, Modern];
    second_factor::wrong_code_to_enrol: "enrolling needs a right code", [Modern, LongPrivilege];
    second_factor::weak_session: "a session without the second factor is 403", [Modern];
    second_factor::script_must_go_on: "a script must go on to the second factor", [Modern];
    second_factor::page_goes_on: "a page is led to the second factor with return_to", [Modern];
    second_factor::steps_up_script: "a script steps up by TOTP", [Modern];
    second_factor::steps_up_native: "a native program steps up by TOTP", [Modern];
    second_factor::steps_up_page: "a page steps up by TOTP", [Modern];
    second_factor::wrong_totp: "a wrong TOTP code", [Modern];
    second_factor::no_second_factor: "stepping up without a second factor has nothing to fill in", [Modern];
    second_factor::no_session: "stepping up needs a session", [Modern];
    second_factor::settings_are_shut: "settings need the second factor too", [Modern];
    second_factor::given_up: "an authenticator app is given up", [Modern, LongPrivilege];
    second_factor::admin_takes_away: "an operator takes the second factor away", [Modern];
    second_factor::backup_codes: "a backup code works once", [Modern, LongPrivilege];
    second_factor::wrong_backup_code: "a wrong backup code", [Modern, LongPrivilege];
    second_factor::codes_shown_and_given_up: "backup codes are shown and given up", [Modern, LongPrivilege];
    second_factor::refresh_form: "confirming a session asks for the password", [Modern];
    second_factor::refresh_knows_who: "confirming a session knows who it is", [Newest, Unified];
    second_factor::refresh_renews: "confirming renews the same session", [Modern];
    second_factor::refresh_script_returns: "confirming leads to return_to", [Newest];
    second_factor::refresh_wrong_password: "confirming with a wrong password", [Modern];
    second_factor::refresh_of_nobody: "confirming nobody is a plain login", [Modern];
    settings::form: "the form shows the account", [Modern];
    settings::nobody: "settings need a session", [Modern];
    settings::nobody_page: "a page without session is led to login", [Modern];
    settings::traits_native: "traits change natively", [Modern];
    settings::traits_page: "traits change by a form", [Modern];
    settings::traits_script_goes_on: "traits change by a script, which is told where to go on", [Newest];
    settings::wrong_traits: "wrong traits are told", [Modern];
    settings::new_password: "a new password", [Modern, LongPrivilege];
    settings::weak_password: "a weak new password", [Modern, LongPrivilege];
    settings::no_method: "settings with a method nobody knows", [Modern];
    settings::new_address: "a new address is mailed and signs in", [Modern, LongPrivilege];
    settings::taken_address: "an address that is taken cannot be had", [Modern, LongPrivilege];
    settings::another_persons_flow: "another person's settings are shut", [Modern];
    settings::read_without_session: "settings are shown to their person alone", [Modern];
    settings::unprivileged_script: "an old session must be confirmed, and the change is kept", [ShortPrivilege];
    settings::unprivileged_native: "an old native session must be confirmed", [ShortPrivilege];
    settings::unprivileged_but_harmless: "an old session may change harmless traits", [ShortPrivilege];
    settings::continuity: "a pending change is made after the login", [ShortPrivilege];
    recovery::form: "the recovery form", [Modern];
    recovery::by_code: "recovery by code, as a script", [Modern];
    recovery::by_code_page: "recovery by code, as a page", [Modern];
    recovery::wrong_code: "a wrong recovery code", [Modern];
    recovery::nobody_is_told_who_is_there: "recovery does not tell who is there", [Modern];
    recovery::missing_address: "recovery without address", [Modern];
    recovery::bad_address: "recovery of no address", [Newest];
    recovery::no_method: "recovery with a method nobody knows", [Modern];
    recovery::signed_in: "who is signed in needs no recovery", [Modern];
    recovery::resend: "another recovery code replaces the first", [Modern];
    recovery::by_link: "recovery by link", [Modern];
    recovery::admin_link: "an operator makes a recovery link that works once", [Modern];
    recovery::admin_code: "an operator makes a recovery code", [Modern];
    recovery::admin_for_nobody: "an operator cannot recover nobody", [Modern];
    recovery::verification_form: "the verification form", [Modern];
    recovery::verified_by_script: "an address is verified by a script", [Modern];
    recovery::verified_natively: "an address is verified natively", [Modern];
    recovery::verified_by_page: "an address is verified by a page", [Modern];
    recovery::link_fills_the_code_in: "the mailed link fills the code in", [Modern];
    recovery::wrong_verification_code: "a wrong verification code", [Modern];
    recovery::verification_of_nobody: "verification does not tell who is there", [Modern];
    recovery::verification_done_twice: "a verification that is done is replaced", [Modern];
    recovery::no_verification_method: "verification with a method nobody knows", [Modern];
    recovery::recovery_proves_the_address: "recovery proves the address", [Modern];
    admin::creates: "an operator creates a person", [Modern];
    admin::metadata_is_shown: "public metadata is shown to the person, admin metadata is not", [Modern];
    admin::verified_import: "a verified address is imported", [Modern];
    admin::hashed_import: "a hashed password is imported", [Modern];
    admin::conflict: "two people cannot have one address", [Modern];
    admin::mistakes: "people that cannot be created", [Modern];
    admin::reads: "an operator reads a person", [Modern];
    admin::finds: "an operator finds a person by identifier", [Modern];
    admin::finds_by_ids: "an operator finds people by ids", [Modern];
    admin::replaces: "an operator replaces a person's data", [Modern];
    admin::patches: "an operator patches a person", [Modern];
    admin::patches_nobody: "nobody cannot be patched", [Modern];
    admin::batch: "many people at once", [Modern];
    admin::batch_with_mistakes: "many people at once, one of them wrong", [Newest];
    admin::deletes: "an operator deletes a person", [Modern];
    admin::last_credential: "the last credential stays", [Newest, Unified];
    admin::external_id: "a person is found by an external id", [Newest];
    admin::pages_of_people: "people come in pages", [Modern];
    admin::pages_of_sessions: "sessions come in pages", [Modern];
    admin::courier: "an operator reads the mail", [Modern];
    admin::courier_mistakes: "mail that is not there", [Modern];
];

fn main() -> ExitCode {
    let ran = run(servers(), SCENARIOS);
    let compared = differential::compare(servers());
    if ran == ExitCode::SUCCESS { compared } else { ran }
}
