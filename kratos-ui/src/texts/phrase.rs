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
    SectionLookupSecret = "section.lookup_secret", "Backup codes";
    SectionOther = "section.other", "More";
    Or = "or", "or";
    Submit = "submit", "Submit";
    NoChoice = "no_choice", "None";
    NeedsScript = "needs_script", "This requires JavaScript and a browser that supports passkeys or security keys.";
    NothingToDo = "nothing_to_do", "There is nothing to do here.";
    NoSecondFactor = "no_second_factor", "You have not set up a second factor yet. You can do that in your account settings.";
    Unusable = "unusable", "This form cannot be used: its target is not a web address.";
    ForgotPassword = "link.recovery", "Forgot your password?";
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
}
