use kratos_axum::hooks::{
    AfterLogin, AfterRecovery, AfterRegistration, AfterSettings, AfterVerification, AnswersHook, BeforeLogin,
    BeforeRecovery, BeforeRegistration, BeforeSettings, BeforeVerification, HookAnswer, HookAuth, HookConfig,
    HookReceipt, HookVerdict, WebHook,
};

/// The key of every hook.
pub const KEY: &str = "insecure-lab-hook-key-0123456789";

pub(super) fn auth() -> HookAuth {
    HookAuth::api_key_header("X-Hook-Key", KEY).unwrap()
}

/// Returns the configuration of Kratos that fits the application at this URL.
///
/// # Panics
/// If it is not a URL.
pub fn config(url: &str) -> HookConfig {
    let mut config =
        HookConfig::new(url, &auth()).unwrap().with_password_migration("migrate").with_courier("mail");
    macro_rules! event {
        ($event:ty, $flow:literal, $time:literal, $methods:expr) => {
            for method in $methods {
                for hook in [
                    hook::<HookAnswer<$event>>(concat!($flow, "/", $time, "/parse"), method),
                    hook::<HookVerdict<$event>>(concat!($flow, "/", $time, "/status"), method),
                    hook::<HookReceipt<$event>>(concat!($flow, "/", $time, "/ignore"), method),
                ] {
                    config = config.with_web_hook(hook);
                }
            }
        };
    }
    event!(BeforeRegistration, "registration", "before", [""]);
    event!(AfterRegistration, "registration", "after", ["password"]);
    event!(BeforeLogin, "login", "before", [""]);
    event!(AfterLogin, "login", "after", ["password"]);
    event!(BeforeSettings, "settings", "before", [""]);
    event!(AfterSettings, "settings", "after", ["profile", "password"]);
    event!(BeforeRecovery, "recovery", "before", [""]);
    event!(AfterRecovery, "recovery", "after", [""]);
    event!(BeforeVerification, "verification", "before", [""]);
    event!(AfterVerification, "verification", "after", [""]);
    config
}

fn hook<A: AnswersHook>(path: &str, method: &str) -> WebHook {
    let hook = WebHook::answered_by::<A>(path);
    if method.is_empty() { hook } else { hook.with_method(method) }
}
