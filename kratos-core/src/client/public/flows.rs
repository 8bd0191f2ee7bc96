//! The methods of [`Browser`] and [`Native`] that create, read and submit flows.
//!
//! One table lists the five flows. The macro generates both implementations from it.

use uuid::Uuid;

use super::{Browser, Native};
use crate::{
    client::{Error, FlowRef, NewFlow, Submitted, WithCookies, submit::SubmitBody},
    flow::{LoginFlow, RecoveryFlow, RegistrationFlow, SettingsFlow, VerificationFlow},
};

/// Generates the methods of each flow. The string literals are its name, what it is for, why it is not created, and the
/// names of its operations in today's OpenAPI and in the reference of 2021, by which the documentation search finds the
/// methods.
macro_rules! flow_methods {
    ($(
        $Flow:ident ($name:literal) for $purpose:literal, refused with $refusals:literal:
            $create:ident ($browser:literal $browser_2021:literal, $native:literal $native_2021:literal),
            $get:ident ($get_today:literal $get_2021:literal),
            $submit:ident ($submit_today:literal $($submit_2021:literal)+);
    )+) => {
        impl Browser<'_> { $(
            #[doc = concat!("Creates a ", $name, " flow: ", $purpose, ".")]
            ///
            /// # Errors
            #[doc = concat!($refusals, ".")]
            #[doc(alias = $browser)]
            #[doc(alias = $browser_2021)]
            pub async fn $create(&self, options: &NewFlow) -> Result<WithCookies<$Flow>, Error> {
                self.connection.create_browser(&self.cookies, options).await
            }

            #[doc = concat!("Returns the ", $name, " flow with this id.")]
            ///
            /// # Errors
            /// [`Error::is_csrf`] without the flow's CSRF cookie, [`Error::is_not_found`], [`Error::is_expired`].
            #[doc(alias = $get_today)]
            #[doc(alias = $get_2021)]
            pub async fn $get(&self, id: Uuid) -> Result<WithCookies<$Flow>, Error> {
                self.connection.get_flow(id, &self.creds()).await
            }

            #[doc = concat!("Submits a ", $name, " flow.")]
            ///
            /// A flow passed by reference supplies its CSRF token. With an id,
            /// [`SubmitBody::with_csrf_token`] must set it.
            ///
            /// # Errors
            /// [`Error::is_csrf`], [`Error::is_not_found`], [`Error::is_unavailable`].
            #[doc(alias = $submit_today)]
            $( #[doc(alias = $submit_2021)] )+
            pub async fn $submit(
                &self,
                flow: impl Into<FlowRef>,
                body: SubmitBody<$Flow>,
            ) -> Result<WithCookies<Submitted<$Flow>>, Error> {
                self.connection.submit(flow.into(), &self.creds(), body).await
            }
        )+ }

        impl Native<'_> { $(
            #[doc = concat!("Creates a ", $name, " flow: ", $purpose, ".")]
            ///
            /// # Errors
            #[doc = concat!($refusals, ".")]
            #[doc(alias = $native)]
            #[doc(alias = $native_2021)]
            pub async fn $create(&self, options: &NewFlow) -> Result<$Flow, Error> {
                self.connection.create_native(&self.creds, options).await
            }

            #[doc = concat!("Returns the ", $name, " flow with this id.")]
            ///
            /// # Errors
            /// [`Error::is_not_found`], [`Error::is_expired`].
            #[doc(alias = $get_today)]
            #[doc(alias = $get_2021)]
            pub async fn $get(&self, id: Uuid) -> Result<$Flow, Error> {
                self.connection.get_flow(id, &self.creds).await.map(WithCookies::drop_cookies)
            }

            #[doc = concat!("Submits a ", $name, " flow.")]
            ///
            /// # Errors
            /// [`Error::is_not_found`], [`Error::is_unavailable`].
            #[doc(alias = $submit_today)]
            $( #[doc(alias = $submit_2021)] )+
            pub async fn $submit(
                &self,
                flow: impl Into<FlowRef>,
                body: SubmitBody<$Flow>,
            ) -> Result<Submitted<$Flow>, Error> {
                self.connection.submit(flow.into(), &self.creds, body).await.map(WithCookies::drop_cookies)
            }
        )+ }
    };
}

flow_methods! {
    LoginFlow ("login") for "sign in, refresh or step up", refused with
        "[`Error::is_already_signed_in`] without a refresh; [`Error::is_unauthenticated`] for AAL2 without a session":
        create_login_flow (
            "createBrowserLoginFlow" "initialize_self_service_login_for_browsers",
            "createNativeLoginFlow" "initialize_self_service_login_without_browser"
        ),
        get_login_flow ("getLoginFlow" "get_self_service_login_flow"),
        submit_login_flow ("updateLoginFlow" "submit_self_service_login_flow");

    RegistrationFlow ("registration") for "sign up", refused with
        "[`Error::is_already_signed_in`]; [`Error::is_invalid`] if registration is disabled":
        create_registration_flow (
            "createBrowserRegistrationFlow" "initialize_self_service_registration_for_browsers",
            "createNativeRegistrationFlow" "initialize_self_service_registration_without_browser"
        ),
        get_registration_flow ("getRegistrationFlow" "get_self_service_registration_flow"),
        submit_registration_flow ("updateRegistrationFlow" "submit_self_service_registration_flow");

    SettingsFlow ("settings") for "change profile or credentials", refused with
        "[`Error::is_unauthenticated`]; [`Error::needs_aal2`]":
        create_settings_flow (
            "createBrowserSettingsFlow" "initialize_self_service_settings_for_browsers",
            "createNativeSettingsFlow" "initialize_self_service_settings_for_native_apps"
        ),
        get_settings_flow ("getSettingsFlow" "get_self_service_settings_flow"),
        submit_settings_flow ("updateSettingsFlow" "submit_self_service_settings_flow");

    RecoveryFlow ("recovery") for "regain access to an account", refused with
        "[`Error::is_already_signed_in`]; [`Error::is_invalid`] if recovery is disabled":
        create_recovery_flow (
            "createBrowserRecoveryFlow" "initialize_self_service_recovery_for_browsers",
            "createNativeRecoveryFlow" "initialize_self_service_recovery_for_native_apps"
        ),
        get_recovery_flow ("getRecoveryFlow" "get_self_service_recovery_flow"),
        submit_recovery_flow (
            "updateRecoveryFlow"
            "submit_self_service_recovery_flow" "submit_self_service_recovery_flow_with_link_method"
        );

    VerificationFlow ("verification") for "verify an address", refused with
        "[`Error::is_invalid`] if verification is disabled":
        create_verification_flow (
            "createBrowserVerificationFlow" "initialize_self_service_verification_for_browsers",
            "createNativeVerificationFlow" "initialize_self_service_verification_for_native_apps"
        ),
        get_verification_flow ("getVerificationFlow" "get_self_service_verification_flow"),
        submit_verification_flow ("updateVerificationFlow" "submit_self_service_verification_flow");
}
