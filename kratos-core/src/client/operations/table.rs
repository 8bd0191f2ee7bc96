//! The table itself.

super::operations! {
    /// Whose session is it: [`Client::to_session`](crate::client::Client::to_session).
    ToSession = "toSession" ["to_session"] in "0.6" { V0_6..=V26 GET Public "/sessions/whoami" }
    /// One's other sessions: [`Browser::list_my_sessions`](crate::client::Browser::list_my_sessions), [`Native::list_my_sessions`](crate::client::Native::list_my_sessions).
    ListMySessions = "listMySessions" [] in "0.8.3" { V0_8..=V26 GET Public "/sessions" }
    /// Ends one's other sessions: `disable_my_other_sessions`.
    DisableMyOtherSessions = "disableMyOtherSessions" [] in "0.8.3" { V0_8..=V26 DELETE Public "/sessions" }
    /// Ends one of one's other sessions: `disable_my_session`.
    DisableMySession = "disableMySession" [] in "0.8.3" { V0_8..=V26 DELETE Public "/sessions/{}" }
    /// A native app's two codes become a session: [`Native::exchange_session_token`](crate::client::Native::exchange_session_token).
    ExchangeSessionToken = "exchangeSessionToken" [] in "1.0" { V0_11..=V26 GET Public "/sessions/token-exchange" }
    /// Starts a login flow for a browser: [`Browser::create_login_flow`](crate::client::Browser::create_login_flow).
    CreateBrowserLoginFlow = "createBrowserLoginFlow" ["initialize_self_service_login_for_browsers"] in "0.6" { V0_6..=V26 GET Public "/self-service/login/browser" }
    /// Starts a login flow for a native app: [`Native::create_login_flow`](crate::client::Native::create_login_flow).
    CreateNativeLoginFlow = "createNativeLoginFlow" ["initialize_self_service_login_without_browser"] in "0.6" { V0_6..=V26 GET Public "/self-service/login/api" }
    /// Reads a login flow: `get_login_flow` of [`Browser`](crate::client::Browser::get_login_flow) and [`Native`](crate::client::Native::get_login_flow).
    GetLoginFlow = "getLoginFlow" ["get_self_service_login_flow"] in "0.6" { V0_6..=V26 GET Public "/self-service/login/flows" }
    /// Submits a login flow: `submit_login_flow` of [`Browser`](crate::client::Browser::submit_login_flow) and [`Native`](crate::client::Native::submit_login_flow).
    UpdateLoginFlow = "updateLoginFlow" ["submit_self_service_login_flow"] in "0.6" { V0_6..=V26 POST Public "/self-service/login" }
    /// Goes on with a login flow by a link (single sign-on): [`Browser::follow_login`](crate::client::Browser::follow_login). In no specification.
    FollowLoginFlow = "followLoginFlow" [] in "0.6" { V0_6..=V26 GET Public "/self-service/login" }
    /// Starts a registration flow for a browser: [`Browser::create_registration_flow`](crate::client::Browser::create_registration_flow).
    CreateBrowserRegistrationFlow = "createBrowserRegistrationFlow" ["initialize_self_service_registration_for_browsers"] in "0.6" { V0_6..=V26 GET Public "/self-service/registration/browser" }
    /// Starts a registration flow for a native app: [`Native::create_registration_flow`](crate::client::Native::create_registration_flow).
    CreateNativeRegistrationFlow = "createNativeRegistrationFlow" ["initialize_self_service_registration_without_browser"] in "0.6" { V0_6..=V26 GET Public "/self-service/registration/api" }
    /// Reads a registration flow: `get_registration_flow` of [`Browser`](crate::client::Browser::get_registration_flow) and [`Native`](crate::client::Native::get_registration_flow).
    GetRegistrationFlow = "getRegistrationFlow" ["get_self_service_registration_flow"] in "0.6" { V0_6..=V26 GET Public "/self-service/registration/flows" }
    /// Submits a registration flow: `submit_registration_flow` of [`Browser`](crate::client::Browser::submit_registration_flow) and [`Native`](crate::client::Native::submit_registration_flow).
    UpdateRegistrationFlow = "updateRegistrationFlow" ["submit_self_service_registration_flow"] in "0.6" { V0_6..=V26 POST Public "/self-service/registration" }
    /// Goes on with a registration flow by a link (single sign-on): [`Browser::follow_registration`](crate::client::Browser::follow_registration). In no specification.
    FollowRegistrationFlow = "followRegistrationFlow" [] in "0.6" { V0_6..=V26 GET Public "/self-service/registration" }
    /// Starts a settings flow for a browser: [`Browser::create_settings_flow`](crate::client::Browser::create_settings_flow).
    CreateBrowserSettingsFlow = "createBrowserSettingsFlow" ["initialize_self_service_settings_for_browsers"] in "0.6" { V0_6..=V26 GET Public "/self-service/settings/browser" }
    /// Starts a settings flow for a native app: [`Native::create_settings_flow`](crate::client::Native::create_settings_flow).
    CreateNativeSettingsFlow = "createNativeSettingsFlow" ["initialize_self_service_settings_for_native_apps"] in "0.6" { V0_6..=V26 GET Public "/self-service/settings/api" }
    /// Reads a settings flow: `get_settings_flow` of [`Browser`](crate::client::Browser::get_settings_flow) and [`Native`](crate::client::Native::get_settings_flow).
    GetSettingsFlow = "getSettingsFlow" ["get_self_service_settings_flow"] in "0.6" { V0_6..=V26 GET Public "/self-service/settings/flows" }
    /// Submits a settings flow: `submit_settings_flow` of [`Browser`](crate::client::Browser::submit_settings_flow) and [`Native`](crate::client::Native::submit_settings_flow).
    UpdateSettingsFlow = "updateSettingsFlow" ["submit_self_service_settings_flow"] in "0.6" { V0_6..=V26 POST Public "/self-service/settings" }
    /// Takes up a settings change that waited for a refresh: [`Browser::follow_settings`](crate::client::Browser::follow_settings). In no specification.
    FollowSettingsFlow = "followSettingsFlow" [] in "0.6" { V0_6..=V26 GET Public "/self-service/settings" }
    /// Starts a recovery flow for a browser: [`Browser::create_recovery_flow`](crate::client::Browser::create_recovery_flow).
    CreateBrowserRecoveryFlow = "createBrowserRecoveryFlow" ["initialize_self_service_recovery_for_browsers"] in "0.6" { V0_6..=V26 GET Public "/self-service/recovery/browser" }
    /// Starts a recovery flow for a native app: [`Native::create_recovery_flow`](crate::client::Native::create_recovery_flow).
    CreateNativeRecoveryFlow = "createNativeRecoveryFlow" ["initialize_self_service_recovery_for_native_apps"] in "0.6" { V0_6..=V26 GET Public "/self-service/recovery/api" }
    /// Reads a recovery flow: `get_recovery_flow` of [`Browser`](crate::client::Browser::get_recovery_flow) and [`Native`](crate::client::Native::get_recovery_flow).
    GetRecoveryFlow = "getRecoveryFlow" ["get_self_service_recovery_flow"] in "0.6" { V0_6..=V26 GET Public "/self-service/recovery/flows" }
    /// Submits a recovery flow: `submit_recovery_flow` of [`Browser`](crate::client::Browser::submit_recovery_flow) and [`Native`](crate::client::Native::submit_recovery_flow).
    UpdateRecoveryFlow = "updateRecoveryFlow" ["submit_self_service_recovery_flow", "submit_self_service_recovery_flow_with_link_method"] in "0.6" { V0_6..=V26 POST Public "/self-service/recovery" }
    /// Follows a recovery link: [`Browser::follow_recovery`](crate::client::Browser::follow_recovery). In no specification.
    FollowRecoveryFlow = "followRecoveryFlow" [] in "0.6" { V0_6..=V26 GET Public "/self-service/recovery" }
    /// Starts a verification flow for a browser: [`Browser::create_verification_flow`](crate::client::Browser::create_verification_flow).
    CreateBrowserVerificationFlow = "createBrowserVerificationFlow" ["initialize_self_service_verification_for_browsers"] in "0.6" { V0_6..=V26 GET Public "/self-service/verification/browser" }
    /// Starts a verification flow for a native app: [`Native::create_verification_flow`](crate::client::Native::create_verification_flow).
    CreateNativeVerificationFlow = "createNativeVerificationFlow" ["initialize_self_service_verification_for_native_apps"] in "0.6" { V0_6..=V26 GET Public "/self-service/verification/api" }
    /// Reads a verification flow: `get_verification_flow` of [`Browser`](crate::client::Browser::get_verification_flow) and [`Native`](crate::client::Native::get_verification_flow).
    GetVerificationFlow = "getVerificationFlow" ["get_self_service_verification_flow"] in "0.6" { V0_6..=V26 GET Public "/self-service/verification/flows" }
    /// Submits a verification flow: `submit_verification_flow` of [`Browser`](crate::client::Browser::submit_verification_flow) and [`Native`](crate::client::Native::submit_verification_flow).
    UpdateVerificationFlow = "updateVerificationFlow" ["submit_self_service_verification_flow"] in "0.6" { V0_6..=V26 POST Public "/self-service/verification" }
    /// Follows a verification link: [`Browser::follow_verification`](crate::client::Browser::follow_verification). In no specification.
    FollowVerificationFlow = "followVerificationFlow" [] in "0.6" { V0_6..=V26 GET Public "/self-service/verification" }
    /// The single sign-on provider sends the browser back: [`Browser::oidc_callback`](crate::client::Browser::oidc_callback). In no specification.
    OidcCallback = "oidcCallback" [] in "0.6" { V0_6..=V26 GET Public "/self-service/methods/oidc/callback/{}" }
    /// The same by a form post (Apple): [`Browser::oidc_callback_by_post`](crate::client::Browser::oidc_callback_by_post). In no specification.
    OidcCallbackByPost = "oidcCallbackByPost" [] in "0.8" { V0_8..=V26 POST Public "/self-service/methods/oidc/callback/{}" }
    /// The same without the provider's name: [`Browser::oidc_callback_of_any`](crate::client::Browser::oidc_callback_of_any). In no specification.
    OidcCallbackOfAny = "oidcCallbackOfAny" [] in "1.3" { V0_11..=V26 GET Public "/self-service/methods/oidc/callback" }
    /// The link that signs a browser out: [`Browser::create_logout_flow`](crate::client::Browser::create_logout_flow).
    CreateBrowserLogoutFlow = "createBrowserLogoutFlow" [] in "0.7" { V0_7..=V26 GET Public "/self-service/logout/browser" }
    /// Signs a browser out: [`Browser::submit_logout_flow`](crate::client::Browser::submit_logout_flow).
    UpdateLogoutFlow = "updateLogoutFlow" [] in "0.7" { V0_7..=V26 GET Public "/self-service/logout" }
    /// Signs a browser out, in 0.6: [`Browser::logout`](crate::client::Browser::logout).
    InitializeBrowserLogout = "initializeSelfServiceBrowserLogoutFlow" ["initialize_self_service_browser_logout_flow"] in "0.6" { V0_6..=V0_6 GET Public "/self-service/browser/flows/logout" }
    /// Ends the session of a token: [`Native::logout`](crate::client::Native::logout). The path that 0.6 had for it ends *other* sessions today.
    PerformNativeLogout = "performNativeLogout" ["revoke_session"] in "0.6" { V0_6..=V0_6 DELETE Public "/sessions", V0_7..=V26 DELETE Public "/self-service/logout/api" }
    /// What went wrong: [`Client::get_flow_error`](crate::client::Client::get_flow_error).
    GetFlowError = "getFlowError" ["get_self_service_error"] in "0.6" { V0_6..=V26 GET Public "/self-service/errors" }
    /// The identity schemas: [`Client::list_identity_schemas`](crate::client::Client::list_identity_schemas).
    ListIdentitySchemas = "listIdentitySchemas" [] in "0.8" { V0_8..=V26 GET Public "/schemas" }
    /// One identity schema: [`Client::get_identity_schema`](crate::client::Client::get_identity_schema).
    GetIdentitySchema = "getIdentitySchema" ["get_schema"] in "0.6" { V0_6..=V26 GET Public "/schemas/{}" }
    /// The script of security keys and passkeys: [`Client::get_webauthn_javascript`](crate::client::Client::get_webauthn_javascript).
    GetWebAuthnJavaScript = "getWebAuthnJavaScript" [] in "0.8" { V0_8..=V26 GET Public "/.well-known/ory/webauthn.js" }
    /// Is the public port up: [`Client::is_alive`](crate::client::Client::is_alive).
    IsAlivePublic = "isAlivePublic" [] in "0.6" { V0_6..=V26 GET Public "/health/alive" }
    /// Can the public port work: [`Client::is_ready`](crate::client::Client::is_ready).
    IsReadyPublic = "isReadyPublic" [] in "0.6" { V0_6..=V26 GET Public "/health/ready" }
    /// Starts a FedCM flow: [`Browser::create_fedcm_flow`](crate::client::Browser::create_fedcm_flow). *Network*.
    CreateFedcmFlow = "createFedcmFlow" [] in "25.4" { V26..=V26 GET Public "/self-service/fed-cm/parameters" }
    /// Submits a FedCM token: [`Browser::submit_fedcm_flow`](crate::client::Browser::submit_fedcm_flow). *Network*.
    UpdateFedcmFlow = "updateFedcmFlow" [] in "25.4" { V26..=V26 POST Public "/self-service/fed-cm/token" }
    /// All identities: [`AdminClient::list_identities`](crate::client::AdminClient::list_identities).
    ListIdentities = "listIdentities" ["list_identities_admin"] in "0.6" { V0_6..=V26 GET Admin "/identities" }
    /// Makes an identity: [`AdminClient::create_identity`](crate::client::AdminClient::create_identity).
    CreateIdentity = "createIdentity" ["create_identity_admin"] in "0.6" { V0_6..=V26 POST Admin "/identities" }
    /// Makes many identities: [`AdminClient::batch_patch_identities`](crate::client::AdminClient::batch_patch_identities).
    BatchPatchIdentities = "batchPatchIdentities" [] in "0.13" { V0_11..=V26 PATCH Admin "/identities" }
    /// One identity: [`AdminClient::get_identity`](crate::client::AdminClient::get_identity).
    GetIdentity = "getIdentity" ["get_identity_admin"] in "0.6" { V0_6..=V26 GET Admin "/identities/{}" }
    /// One identity by your own id: [`AdminClient::get_identity_by_external_id`](crate::client::AdminClient::get_identity_by_external_id).
    GetIdentityByExternalId = "getIdentityByExternalID" [] in "25.4" { V26..=V26 GET Admin "/identities/by/external/{}" }
    /// Replaces an identity: [`AdminClient::update_identity`](crate::client::AdminClient::update_identity).
    UpdateIdentity = "updateIdentity" ["update_identity_admin"] in "0.6" { V0_6..=V26 PUT Admin "/identities/{}" }
    /// Changes parts of an identity: [`AdminClient::patch_identity`](crate::client::AdminClient::patch_identity).
    PatchIdentity = "patchIdentity" [] in "0.11" { V0_11..=V26 PATCH Admin "/identities/{}" }
    /// Deletes an identity: [`AdminClient::delete_identity`](crate::client::AdminClient::delete_identity).
    DeleteIdentity = "deleteIdentity" ["delete_identity_admin"] in "0.6" { V0_6..=V26 DELETE Admin "/identities/{}" }
    /// Deletes a credential: [`AdminClient::delete_identity_credentials`](crate::client::AdminClient::delete_identity_credentials).
    DeleteIdentityCredentials = "deleteIdentityCredentials" [] in "0.13" { V0_11..=V26 DELETE Admin "/identities/{}/credentials/{}" }
    /// The sessions of an identity: [`AdminClient::list_identity_sessions`](crate::client::AdminClient::list_identity_sessions).
    ListIdentitySessions = "listIdentitySessions" [] in "0.8.3" { V0_8..=V26 GET Admin "/identities/{}/sessions" }
    /// Ends all sessions of an identity: [`AdminClient::delete_identity_sessions`](crate::client::AdminClient::delete_identity_sessions).
    DeleteIdentitySessions = "deleteIdentitySessions" [] in "0.8" { V0_8..=V26 DELETE Admin "/identities/{}/sessions" }
    /// All sessions: [`AdminClient::list_sessions`](crate::client::AdminClient::list_sessions).
    ListSessions = "listSessions" [] in "0.11" { V0_11..=V26 GET Admin "/sessions" }
    /// One session: [`AdminClient::get_session`](crate::client::AdminClient::get_session).
    GetSession = "getSession" [] in "0.11" { V0_11..=V26 GET Admin "/sessions/{}" }
    /// Ends a session: [`AdminClient::disable_session`](crate::client::AdminClient::disable_session).
    DisableSession = "disableSession" [] in "0.11" { V0_11..=V26 DELETE Admin "/sessions/{}" }
    /// Lets a session live longer: [`AdminClient::extend_session`](crate::client::AdminClient::extend_session).
    ExtendSession = "extendSession" [] in "0.10" { V0_9..=V26 PATCH Admin "/sessions/{}/extend" }
    /// A code that lets into an account: [`AdminClient::create_recovery_code`](crate::client::AdminClient::create_recovery_code).
    CreateRecoveryCodeForIdentity = "createRecoveryCodeForIdentity" [] in "0.11" { V0_11..=V26 POST Admin "/recovery/code" }
    /// A link that lets into an account: [`AdminClient::create_recovery_link`](crate::client::AdminClient::create_recovery_link).
    CreateRecoveryLinkForIdentity = "createRecoveryLinkForIdentity" ["create_recovery_link_admin"] in "0.6" { V0_6..=V26 POST Admin "/recovery/link" }
    /// The messages that Kratos sent: [`AdminClient::list_courier_messages`](crate::client::AdminClient::list_courier_messages).
    ListCourierMessages = "listCourierMessages" [] in "0.11" { V0_11..=V26 GET Admin "/courier/messages" }
    /// One message: [`AdminClient::get_courier_message`](crate::client::AdminClient::get_courier_message).
    GetCourierMessage = "getCourierMessage" [] in "0.11.1" { V0_11..=V26 GET Admin "/courier/messages/{}" }
    /// Is the admin port up: [`AdminClient::is_alive`](crate::client::AdminClient::is_alive).
    IsAlive = "isAlive" ["is_alive_admin"] in "0.6" { V0_6..=V26 GET Admin "/health/alive" }
    /// Can the admin port work: [`AdminClient::is_ready`](crate::client::AdminClient::is_ready).
    IsReady = "isReady" ["is_ready_admin"] in "0.6" { V0_6..=V26 GET Admin "/health/ready" }
    /// Which release is it: [`AdminClient::get_version`](crate::client::AdminClient::get_version).
    GetVersion = "getVersion" ["get_version_admin"] in "0.6" { V0_6..=V26 GET Admin "/version" }
    /// Metrics: [`AdminClient::metrics`](crate::client::AdminClient::metrics).
    Prometheus = "prometheus" ["prometheus_admin"] in "0.6" { V0_6..=V26 GET Admin "/metrics/prometheus" }
    /// The hash of the configuration: [`AdminClient::config_hash`](crate::client::AdminClient::config_hash).
    ConfigHash = "configHash" [] in "0.9" { V0_9..=V26 GET Admin "/health/config" }
    /// Reads a login flow on the admin port, in 0.6. Later releases redirect to the public port, which wants the CSRF cookie: [`AdminClient::get_login_flow`](crate::client::AdminClient::get_login_flow).
    GetLoginFlowAsAdmin = "getLoginFlowAsAdmin" ["get_self_service_login_flow_admin"] in "0.6" { V0_6..=V0_6 GET Admin "/self-service/login/flows" }
    /// Reads a registration flow on the admin port, in 0.6. Later releases redirect to the public port, which wants the CSRF cookie: [`AdminClient::get_registration_flow`](crate::client::AdminClient::get_registration_flow).
    GetRegistrationFlowAsAdmin = "getRegistrationFlowAsAdmin" ["get_self_service_registration_flow_admin"] in "0.6" { V0_6..=V0_6 GET Admin "/self-service/registration/flows" }
    /// Reads a settings flow on the admin port, in 0.6. Later releases redirect to the public port, which wants the CSRF cookie: [`AdminClient::get_settings_flow`](crate::client::AdminClient::get_settings_flow).
    GetSettingsFlowAsAdmin = "getSettingsFlowAsAdmin" ["get_self_service_settings_flow_admin"] in "0.6" { V0_6..=V0_6 GET Admin "/self-service/settings/flows" }
    /// Reads a recovery flow on the admin port, in 0.6. Later releases redirect to the public port, which wants the CSRF cookie: [`AdminClient::get_recovery_flow`](crate::client::AdminClient::get_recovery_flow).
    GetRecoveryFlowAsAdmin = "getRecoveryFlowAsAdmin" ["get_self_service_recovery_flow_admin"] in "0.6" { V0_6..=V0_6 GET Admin "/self-service/recovery/flows" }
    /// Reads a verification flow on the admin port, in 0.6. Later releases redirect to the public port, which wants the CSRF cookie: [`AdminClient::get_verification_flow`](crate::client::AdminClient::get_verification_flow).
    GetVerificationFlowAsAdmin = "getVerificationFlowAsAdmin" ["get_self_service_verification_flow_admin"] in "0.6" { V0_6..=V0_6 GET Admin "/self-service/verification/flows" }
    /// Reads an error on the admin port, in 0.6. Use the public port later: [`AdminClient::get_flow_error`](crate::client::AdminClient::get_flow_error).
    GetFlowErrorAsAdmin = "getFlowErrorAsAdmin" ["get_self_service_error_admin"] in "0.6" { V0_6..=V0_6 GET Admin "/self-service/errors" }
    /// Reads an identity schema on the admin port, in 0.6. Use the public port later: [`AdminClient::get_identity_schema`](crate::client::AdminClient::get_identity_schema).
    GetIdentitySchemaAsAdmin = "getIdentitySchemaAsAdmin" ["get_schema_admin"] in "0.6" { V0_6..=V0_6 GET Admin "/schemas/{}" }
}
