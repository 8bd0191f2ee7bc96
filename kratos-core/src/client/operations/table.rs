//! The table of operations.
//!
//! An entry is: variant, name in today's OpenAPI (or an analogous name), first release, names in the 2021
//! reference, and a route for each range of eras. `{}` is a path parameter. Paths of the admin port omit
//! `/admin`. The operations `follow…` and `oidcCallback…` are in no specification of Kratos.

super::operations! {
    // Sessions
    ToSession = "toSession" since "0.6"
        2021: "to_session"
        V0_6..=Latest  GET    Public "/sessions/whoami";
    ListMySessions = "listMySessions" since "0.9"
        V0_9..=Latest  GET    Public "/sessions";
    DisableMyOtherSessions = "disableMyOtherSessions" since "0.9"
        V0_9..=Latest  DELETE Public "/sessions";
    DisableMySession = "disableMySession" since "0.9"
        V0_9..=Latest  DELETE Public "/sessions/{}";
    ExchangeSessionToken = "exchangeSessionToken" since "1.0"
        V1_0..=Latest GET    Public "/sessions/token-exchange";

    // Login
    DeleteTestLoginFlow = "deleteTestLoginFlow" since "a release after 26.2"
        Latest..=Latest DELETE Public "/self-service/login/test";
    CreateBrowserLoginFlow = "createBrowserLoginFlow" since "0.6"
        2021: "initialize_self_service_login_for_browsers"
        V0_6..=Latest  GET    Public "/self-service/login/browser";
    CreateNativeLoginFlow = "createNativeLoginFlow" since "0.6"
        2021: "initialize_self_service_login_without_browser"
        V0_6..=Latest  GET    Public "/self-service/login/api";
    GetLoginFlow = "getLoginFlow" since "0.6"
        2021: "get_self_service_login_flow"
        V0_6..=Latest  GET    Public "/self-service/login/flows";
    UpdateLoginFlow = "updateLoginFlow" since "0.6"
        2021: "submit_self_service_login_flow"
        V0_6..=Latest  POST   Public "/self-service/login";
    FollowLoginFlow = "followLoginFlow" since "0.6"
        V0_6..=Latest  GET    Public "/self-service/login";

    // Registration
    CreateBrowserRegistrationFlow = "createBrowserRegistrationFlow" since "0.6"
        2021: "initialize_self_service_registration_for_browsers"
        V0_6..=Latest  GET    Public "/self-service/registration/browser";
    CreateNativeRegistrationFlow = "createNativeRegistrationFlow" since "0.6"
        2021: "initialize_self_service_registration_without_browser"
        V0_6..=Latest  GET    Public "/self-service/registration/api";
    GetRegistrationFlow = "getRegistrationFlow" since "0.6"
        2021: "get_self_service_registration_flow"
        V0_6..=Latest  GET    Public "/self-service/registration/flows";
    UpdateRegistrationFlow = "updateRegistrationFlow" since "0.6"
        2021: "submit_self_service_registration_flow"
        V0_6..=Latest  POST   Public "/self-service/registration";
    FollowRegistrationFlow = "followRegistrationFlow" since "0.6"
        V0_6..=Latest  GET    Public "/self-service/registration";

    // Settings
    CreateBrowserSettingsFlow = "createBrowserSettingsFlow" since "0.6"
        2021: "initialize_self_service_settings_for_browsers"
        V0_6..=Latest  GET    Public "/self-service/settings/browser";
    CreateNativeSettingsFlow = "createNativeSettingsFlow" since "0.6"
        2021: "initialize_self_service_settings_for_native_apps"
        V0_6..=Latest  GET    Public "/self-service/settings/api";
    GetSettingsFlow = "getSettingsFlow" since "0.6"
        2021: "get_self_service_settings_flow"
        V0_6..=Latest  GET    Public "/self-service/settings/flows";
    UpdateSettingsFlow = "updateSettingsFlow" since "0.6"
        2021: "submit_self_service_settings_flow"
        V0_6..=Latest  POST   Public "/self-service/settings";
    FollowSettingsFlow = "followSettingsFlow" since "0.6"
        V0_6..=Latest  GET    Public "/self-service/settings";

    // Recovery
    CreateBrowserRecoveryFlow = "createBrowserRecoveryFlow" since "0.6"
        2021: "initialize_self_service_recovery_for_browsers"
        V0_6..=Latest  GET    Public "/self-service/recovery/browser";
    CreateNativeRecoveryFlow = "createNativeRecoveryFlow" since "0.6"
        2021: "initialize_self_service_recovery_for_native_apps"
        V0_6..=Latest  GET    Public "/self-service/recovery/api";
    GetRecoveryFlow = "getRecoveryFlow" since "0.6"
        2021: "get_self_service_recovery_flow"
        V0_6..=Latest  GET    Public "/self-service/recovery/flows";
    UpdateRecoveryFlow = "updateRecoveryFlow" since "0.6"
        2021: "submit_self_service_recovery_flow"
        2021: "submit_self_service_recovery_flow_with_link_method"
        V0_6..=Latest  POST   Public "/self-service/recovery";
    FollowRecoveryFlow = "followRecoveryFlow" since "0.6"
        V0_6..=Latest  GET    Public "/self-service/recovery";

    // Verification
    CreateBrowserVerificationFlow = "createBrowserVerificationFlow" since "0.6"
        2021: "initialize_self_service_verification_for_browsers"
        V0_6..=Latest  GET    Public "/self-service/verification/browser";
    CreateNativeVerificationFlow = "createNativeVerificationFlow" since "0.6"
        2021: "initialize_self_service_verification_for_native_apps"
        V0_6..=Latest  GET    Public "/self-service/verification/api";
    GetVerificationFlow = "getVerificationFlow" since "0.6"
        2021: "get_self_service_verification_flow"
        V0_6..=Latest  GET    Public "/self-service/verification/flows";
    UpdateVerificationFlow = "updateVerificationFlow" since "0.6"
        2021: "submit_self_service_verification_flow"
        V0_6..=Latest  POST   Public "/self-service/verification";
    FollowVerificationFlow = "followVerificationFlow" since "0.6"
        V0_6..=Latest  GET    Public "/self-service/verification";

    // Single sign-on
    OidcCallback = "oidcCallback" since "0.6"
        V0_6..=Latest  GET    Public "/self-service/methods/oidc/callback/{}";
    OidcCallbackByPost = "oidcCallbackByPost" since "0.8"
        V0_8..=Latest  POST   Public "/self-service/methods/oidc/callback/{}";
    OidcCallbackOfAny = "oidcCallbackOfAny" since "1.3"
        V1_3..=Latest GET    Public "/self-service/methods/oidc/callback";

    // Logout
    CreateBrowserLogoutFlow = "createBrowserLogoutFlow" since "0.7"
        V0_7..=Latest  GET    Public "/self-service/logout/browser";
    UpdateLogoutFlow = "updateLogoutFlow" since "0.7"
        V0_7..=Latest  GET    Public "/self-service/logout";
    InitializeBrowserLogout = "initializeSelfServiceBrowserLogoutFlow" since "0.6"
        2021: "initialize_self_service_browser_logout_flow"
        V0_6..=V0_6  GET    Public "/self-service/browser/flows/logout";
    // `DELETE /sessions` ends the *other* sessions since 0.7.
    PerformNativeLogout = "performNativeLogout" since "0.6"
        2021: "revoke_session"
        V0_6..=V0_6  DELETE Public "/sessions"
        V0_7..=Latest  DELETE Public "/self-service/logout/api";

    // Errors, schemas, scripts and health
    GetFlowError = "getFlowError" since "0.6"
        2021: "get_self_service_error"
        V0_6..=Latest  GET    Public "/self-service/errors";
    ListIdentitySchemas = "listIdentitySchemas" since "0.8"
        V0_8..=Latest  GET    Public "/schemas";
    GetIdentitySchema = "getIdentitySchema" since "0.6"
        2021: "get_schema"
        V0_6..=Latest  GET    Public "/schemas/{}";
    GetWebAuthnJavaScript = "getWebAuthnJavaScript" since "0.8"
        V0_8..=Latest  GET    Public "/.well-known/ory/webauthn.js";
    GetChangePasswordUrl = "getWellKnownChangePassword" since "a release after 26.2"
        Latest..=Latest GET    Public "/.well-known/change-password";
    IsAlivePublic = "isAlivePublic" since "0.6"
        V0_6..=Latest  GET    Public "/health/alive";
    IsReadyPublic = "isReadyPublic" since "0.6"
        V0_6..=Latest  GET    Public "/health/ready";

    // FedCM (Ory Network)
    CreateFedcmFlow = "createFedcmFlow" since "25.4"
        V26..=Latest   GET    Public "/self-service/fed-cm/parameters";
    UpdateFedcmFlow = "updateFedcmFlow" since "25.4"
        V26..=Latest   POST   Public "/self-service/fed-cm/token";

    // Identities (admin)
    ListIdentities = "listIdentities" since "0.6"
        2021: "list_identities_admin"
        V0_6..=Latest  GET    Admin  "/identities";
    CreateIdentity = "createIdentity" since "0.6"
        2021: "create_identity_admin"
        V0_6..=Latest  POST   Admin  "/identities";
    BatchPatchIdentities = "batchPatchIdentities" since "0.13"
        V0_13..=Latest PATCH  Admin  "/identities";
    GetIdentity = "getIdentity" since "0.6"
        2021: "get_identity_admin"
        V0_6..=Latest  GET    Admin  "/identities/{}";
    GetIdentityByExternalId = "getIdentityByExternalID" since "25.4"
        V26..=Latest   GET    Admin  "/identities/by/external/{}";
    UpdateIdentity = "updateIdentity" since "0.6"
        2021: "update_identity_admin"
        V0_6..=Latest  PUT    Admin  "/identities/{}";
    PatchIdentity = "patchIdentity" since "0.11"
        V0_11..=Latest PATCH  Admin  "/identities/{}";
    DeleteIdentity = "deleteIdentity" since "0.6"
        2021: "delete_identity_admin"
        V0_6..=Latest  DELETE Admin  "/identities/{}";
    DeleteIdentityCredentials = "deleteIdentityCredentials" since "0.13"
        V0_13..=Latest DELETE Admin  "/identities/{}/credentials/{}";

    // Sessions (admin)
    ListIdentitySessions = "listIdentitySessions" since "0.9"
        V0_9..=Latest  GET    Admin  "/identities/{}/sessions";
    DeleteIdentitySessions = "deleteIdentitySessions" since "0.8"
        V0_8..=Latest  DELETE Admin  "/identities/{}/sessions";
    ListSessions = "listSessions" since "0.11"
        V0_11..=Latest GET    Admin  "/sessions";
    GetSession = "getSession" since "0.11"
        V0_11..=Latest GET    Admin  "/sessions/{}";
    DisableSession = "disableSession" since "0.11"
        V0_11..=Latest DELETE Admin  "/sessions/{}";
    ExtendSession = "extendSession" since "0.10"
        V0_10..=Latest  PATCH  Admin  "/sessions/{}/extend";

    ManageSessions = "manageSessions" since "a release after 26.2"
        Latest..=Latest POST   Admin  "/sessions";

    // Tests of single sign-on (admin)
    CreateTestLoginFlow = "createTestLoginFlow" since "a release after 26.2"
        Latest..=Latest POST   Admin  "/test-login-flows";

    // Recovery (admin)
    CreateRecoveryCodeForIdentity = "createRecoveryCodeForIdentity" since "0.11"
        V0_11..=Latest POST   Admin  "/recovery/code";
    CreateRecoveryLinkForIdentity = "createRecoveryLinkForIdentity" since "0.6"
        2021: "create_recovery_link_admin"
        V0_6..=Latest  POST   Admin  "/recovery/link";

    // Courier (admin)
    ListCourierMessages = "listCourierMessages" since "0.11"
        V0_11..=Latest GET    Admin  "/courier/messages";
    GetCourierMessage = "getCourierMessage" since "0.11.1"
        V0_11..=Latest GET    Admin  "/courier/messages/{}";

    // Health and version (admin)
    IsAlive = "isAlive" since "0.6"
        2021: "is_alive_admin"
        V0_6..=Latest  GET    Admin  "/health/alive";
    IsReady = "isReady" since "0.6"
        2021: "is_ready_admin"
        V0_6..=Latest  GET    Admin  "/health/ready";
    GetVersion = "getVersion" since "0.6"
        2021: "get_version_admin"
        V0_6..=Latest  GET    Admin  "/version";
    Prometheus = "prometheus" since "0.6"
        2021: "prometheus_admin"
        V0_6..=Latest  GET    Admin  "/metrics/prometheus";
    ConfigHash = "configHash" since "0.9"
        V0_9..=Latest  GET    Admin  "/health/config";

    // Reads on the admin port of 0.6. Later releases redirect them to the public port
    GetLoginFlowAsAdmin = "getLoginFlowAsAdmin" since "0.6"
        2021: "get_self_service_login_flow_admin"
        V0_6..=V0_6  GET    Admin  "/self-service/login/flows";
    GetRegistrationFlowAsAdmin = "getRegistrationFlowAsAdmin" since "0.6"
        2021: "get_self_service_registration_flow_admin"
        V0_6..=V0_6  GET    Admin  "/self-service/registration/flows";
    GetSettingsFlowAsAdmin = "getSettingsFlowAsAdmin" since "0.6"
        2021: "get_self_service_settings_flow_admin"
        V0_6..=V0_6  GET    Admin  "/self-service/settings/flows";
    GetRecoveryFlowAsAdmin = "getRecoveryFlowAsAdmin" since "0.6"
        2021: "get_self_service_recovery_flow_admin"
        V0_6..=V0_6  GET    Admin  "/self-service/recovery/flows";
    GetVerificationFlowAsAdmin = "getVerificationFlowAsAdmin" since "0.6"
        2021: "get_self_service_verification_flow_admin"
        V0_6..=V0_6  GET    Admin  "/self-service/verification/flows";
    GetFlowErrorAsAdmin = "getFlowErrorAsAdmin" since "0.6"
        2021: "get_self_service_error_admin"
        V0_6..=V0_6  GET    Admin  "/self-service/errors";
    GetIdentitySchemaAsAdmin = "getIdentitySchemaAsAdmin" since "0.6"
        2021: "get_schema_admin"
        V0_6..=V0_6  GET    Admin  "/schemas/{}";
}
