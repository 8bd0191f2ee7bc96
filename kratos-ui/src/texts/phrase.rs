//! The texts of this crate.

macro_rules! phrases {
    ($( $(#[$meta:meta])* $name:ident = $key:literal, $english:literal; )+) => {
        /// A text of the pages that does not come from Kratos, with its key and its English form.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum Phrase {
            $( $(#[$meta])* #[doc = concat!("`", $key, "`: “", $english, "”")] $name, )+
        }

        impl Phrase {
            /// All phrases.
            pub const ALL: &'static [Self] = &[$( Self::$name, )+];

            /// Returns the key in a [`Catalog`](crate::Catalog), for example `login.title`.
            #[must_use]
            pub fn key(self) -> &'static str {
                match self { $( Self::$name => $key, )+ }
            }

            /// Returns the English text.
            #[must_use]
            pub fn english(self) -> &'static str {
                match self { $( Self::$name => $english, )+ }
            }
        }
    };
}

phrases! {
    LoginTitle = "login.title", "Sign in";
    RefreshTitle = "refresh.title", "Confirm that it is you";
    SecondFactorTitle = "second_factor.title", "Sign in";
    SecondFactorSubtitle = "second_factor.subtitle", "Second factor authentication";
    RegistrationTitle = "registration.title", "Create an account";
    RecoveryTitle = "recovery.title", "Recover your account";
    VerificationTitle = "verification.title", "Verify your address";
    SettingsTitle = "settings.title", "Account settings";
    SectionsTitle = "sections.title", "On this page";
    ErrorTitle = "error.title", "Something went wrong";
    ErrorUnknown = "error.unknown", "The error has no description.";
    ErrorDetails = "error.details", "Details";
    SectionProfile = "section.profile", "Profile";
    SectionPassword = "section.password", "Password";
    SectionOidc = "section.oidc", "Social sign-in";
    SectionSaml = "section.saml", "Company sign-in";
    SectionTotp = "section.totp", "Authenticator app";
    SectionPasskey = "section.passkey", "Passkeys";
    SectionWebauthn = "section.webauthn", "Security keys";
    SectionDeviceauthn = "section.deviceauthn", "Device keys";
    SectionLookupSecret = "section.lookup_secret", "Backup codes";
    SectionOther = "section.other", "More";
    Or = "or", "or";
    Submit = "submit", "Submit";
    NoChoice = "no_choice", "None";
    Optional = "field.optional", "optional";
    DateTimeHint = "field.date_time", "Date, time and time zone, for example 2026-11-28T09:30:00Z";
    ListAdd = "list.add", "Add an entry";
    ListRemove = "list.remove", "To remove an entry, clear its check mark.";
    NewPassword = "password.new", "New password";
    ShowPassword = "password.show", "Show password";
    CodeSentTo = "code.sent_to", "The code was sent to:";
    EnterCode = "code.enter", "Enter the code that we sent you. If it does not arrive, look in your spam folder or have it sent again.";
    EnterTotp = "totp.enter", "Open your authenticator app and enter the code that it shows.";
    EnterLookupSecret = "lookup_secret.enter", "Enter one of your backup codes. Each code works only once.";
    ConfirmLookupSecrets = "lookup_secret.confirm", "Keep these codes in a safe place, then confirm them. They do not work before.";
    NeedsScript = "needs_script", "This requires JavaScript and a browser that supports passkeys or security keys.";
    KeepNeedsScript = "needs_script.profile", "Changing this requires JavaScript: without it, other entries of your profile would be lost.";
    CaptchaNeedsScript = "needs_script.captcha", "This form requires JavaScript: it checks that you are not a robot.";
    NothingToDo = "nothing_to_do", "There is nothing to do here.";
    NoSecondFactor = "no_second_factor", "You have not set up a second factor yet. You can do that in your account settings.";
    Unusable = "unusable", "This form cannot be used: its target is not a web address.";
    ForgotPassword = "link.recovery", "Forgot your password?";
    TroubleSigningIn = "link.recovery_code", "Trouble signing in?";
    NoAccountYet = "link.registration.before", "No account yet?";
    SignUp = "link.registration", "Sign up";
    HaveAccount = "link.login.before", "Already have an account?";
    SignIn = "link.login", "Sign in";
    OtherAccount = "link.other_account", "Use another account";
    VerifyAddress = "link.verification", "Verify your address";
    Settings = "link.settings", "Account settings";
    SignOut = "link.logout", "Sign out";
    Home = "link.home", "Home";
    TryAgain = "link.try_again", "Try again";
    Confirm = "link.confirm", "Confirm that it is you";
    Continue = "link.continue", "Continue";
    Back = "link.back", "Back";
    ConsentTitle = "consent.title", "{client} wants to use your account";
    ConsentUnnamed = "consent.unnamed", "An application";
    ConsentScopes = "consent.scopes", "It asks for the following. You can refuse parts of it.";
    ConsentAccept = "consent.accept", "Allow";
    ConsentReject = "consent.reject", "Do not allow";
    ConsentRemember = "consent.remember", "Do not ask again for this application";
    ConsentTerms = "consent.terms", "Terms of service of the application";
    ConsentPolicy = "consent.policy", "Privacy policy of the application";
    ConsentOther = "consent.other_account", "The application waits for another account than the one that you are signed in with.";
    ConsentAnew = "consent.anew", "Sign in with the other account";
    ScopeOpenid = "scope.openid", "Confirm who you are";
    ScopeProfile = "scope.profile", "See your name and profile";
    ScopeEmail = "scope.email", "See your email address";
    ScopePhone = "scope.phone", "See your telephone number";
    ScopeAddress = "scope.address", "See your postal address";
    ScopeOffline = "scope.offline_access", "Stay connected while you are away";
    ScopeUnknown = "scope.unknown", "Use “{scope}”";
    LogoutQuestion = "logout.question", "Do you want to sign out?";
    LogoutClient = "logout.client", "{client} asks to sign you out here and in the applications that you opened from here.";
    LogoutStay = "logout.stay", "Stay signed in";
    DeviceTitle = "device.title", "Connect a device";
    DeviceQuestion = "device.question", "Enter the code that your device shows. Go on only if you started this on a device in front of you.";
    DeviceCode = "device.code", "Code";
    DeviceWrong = "device.wrong", "This code is wrong or has expired.";
    DeviceDone = "device.done", "Your device is connected. You can close this page.";
    ProviderExpired = "provider.expired", "This request has expired or was already answered. Please start again in the application.";
    ProviderUnavailable = "provider.unavailable", "This cannot be done right now. Please try again in a moment.";
    ProviderError = "provider.error", "The application cannot sign you in.";
    NotSignedIn = "refused.not_signed_in", "You are not signed in.";
    Forbidden = "refused.forbidden", "You do not have access to this page.";
    ConfirmFirst = "refused.confirm", "Please confirm that it is you, and try again.";
    SecondFactorRequired = "refused.second_factor", "This page requires a second factor.";
    VerifyFirst = "refused.verify", "Please verify your address first.";
    NoProgress = "refused.no_progress", "Signing in did not work. Please allow cookies, and try again.";
    FormExpired = "refused.no_flow", "This form has expired.";
    FromAnotherSite = "refused.cross_site", "Another site sent this request. Nothing was done.";
    TooManyRequests = "refused.rate_limited", "Too many requests. Please try again in a moment.";
    Unavailable = "refused.unavailable", "Your session cannot be checked right now. You have not been signed out; please try again in a moment.";
    CannotAnswer = "refused.other", "This request cannot be answered.";
    DevicesTitle = "devices.title", "Sessions and devices";
    ThisDevice = "devices.current", "This device";
    UnknownDevice = "devices.unknown", "Unknown device";
    DeviceName = "devices.name", "{browser} on {system}";
    SignedInOn = "devices.signed_in", "Signed in on {time}";
    TwoFactors = "devices.two_factors", "With two factors";
    SignedInFrom = "devices.from", "From {place}";
    SignOutDevice = "devices.revoke", "Sign out: {device}";
    SignOutOthers = "devices.revoke_others", "Sign out all other devices";
    NoOtherDevice = "devices.alone", "You are not signed in anywhere else.";
    DeleteTitle = "delete.title", "Delete your account";
    DeleteWarning = "delete.warning", "Your account and everything in it will be deleted. This cannot be undone.";
    DeleteConfirm = "delete.confirm", "I want to delete my account for good";
    DeleteButton = "delete.button", "Delete my account";
    DeleteFailed = "delete.failed", "Your account could not be deleted. Please try again later.";
}
