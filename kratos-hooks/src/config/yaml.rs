//! Prints the fragment of `kratos.yml`.

use base64::Engine as _;
use serde_json::{Map, Value, json};

use super::{HookConfig, WebHook, jsonnet};
use crate::{answer::ResponseMode, auth::Place};

pub(super) fn print(config: &HookConfig, key: &str) -> String {
    let mut root = Map::new();
    for hook in &config.hooks {
        let mut path = vec!["selfservice", "flows", hook.flow, hook.time.as_str()];
        path.extend(hook.method.as_deref());
        path.push("hooks");
        if let Value::Array(list) = at(&mut root, &path, json!([])) {
            list.push(json!({"hook": "web_hook", "config": web_hook(config, hook, key)}));
        }
    }
    if let Some(path) = &config.migration {
        let hook = json!({"enabled": true, "config": {
            "url": config.url(path), "method": "POST", "auth": auth(config, key),
        }});
        at(&mut root, &["selfservice", "methods", "password", "config", "migrate_hook"], hook);
    }
    if let Some(path) = &config.courier {
        at(&mut root, &["courier", "delivery_strategy"], json!("http"));
        let request = json!({
            "url": config.url(path), "method": "POST", "headers": {"Content-Type": "application/json"},
            "body": encoded(jsonnet::COURIER), "auth": auth(config, key),
        });
        at(&mut root, &["courier", "http", "request_config"], request);
    }
    let mut text = String::new();
    write(&mut text, &Value::Object(root), 0);
    text
}

fn web_hook(config: &HookConfig, hook: &WebHook, key: &str) -> Value {
    let mut settings = json!({
        "url": config.url(&hook.path), "method": "POST", "body": encoded(&jsonnet::of(&hook.event)),
        "auth": auth(config, key),
    });
    if let Value::Object(settings) = &mut settings {
        // `id` would name the hook in Kratos' log; releases before 25.4 refuse it.
        match hook.mode {
            ResponseMode::Parse => drop(settings.insert("response".into(), json!({"parse": true}))),
            ResponseMode::Ignore => drop(settings.insert("response".into(), json!({"ignore": true}))),
            ResponseMode::Status => {}
        }
        if !hook.has_analytics {
            settings.insert("emit_analytics_event".into(), json!(false));
        }
    }
    settings
}

fn auth(config: &HookConfig, key: &str) -> Value {
    match config.auth.place() {
        Place::Header(name) => {
            json!({"type": "api_key", "config": {"in": "header", "name": name.as_str(), "value": key}})
        }
        Place::Cookie(name) => {
            json!({"type": "api_key", "config": {"in": "cookie", "name": name, "value": key}})
        }
        Place::Bearer => {
            let value = format!("Bearer {key}");
            json!({"type": "api_key", "config": {"in": "header", "name": "Authorization", "value": value}})
        }
        Place::Basic(user) => json!({"type": "basic_auth", "config": {"user": user, "password": key}}),
    }
}

fn encoded(jsonnet: &str) -> String {
    format!("base64://{}", base64::engine::general_purpose::STANDARD.encode(jsonnet))
}

/// Returns the value at a path, made with `initial` if there is none.
fn at<'a>(root: &'a mut Map<String, Value>, path: &[&str], initial: Value) -> &'a mut Value {
    match path {
        [] | [_] => root.entry(path.first().copied().unwrap_or_default()).or_insert(initial),
        [first, rest @ ..] => {
            let below = root.entry(*first).or_insert_with(|| Value::Object(Map::new()));
            if !below.is_object() {
                *below = Value::Object(Map::new());
            }
            match below {
                Value::Object(below) => at(below, rest, initial),
                other => other,
            }
        }
    }
}

/// Writes a value as a block of YAML. A scalar is its JSON form, which is YAML too.
fn write(text: &mut String, value: &Value, depth: usize) {
    let indent = "  ".repeat(depth);
    match value {
        Value::Object(map) => {
            for (name, value) in map {
                text.push_str(&indent);
                text.push_str(&key_of(name));
                text.push(':');
                write_below(text, value, depth + 1);
            }
        }
        Value::Array(list) => {
            for item in list {
                let mut block = String::new();
                write(&mut block, item, depth + 1);
                text.push_str(&indent);
                text.push_str("- ");
                text.push_str(block.trim_start());
            }
        }
        scalar => {
            text.push_str(&indent);
            text.push_str(&scalar.to_string());
            text.push('\n');
        }
    }
}

/// Returns a name as a key: quoted, if it has other characters than those of Kratos' keys.
fn key_of(name: &str) -> String {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-');
    if name.bytes().all(is_plain) { name.to_owned() } else { Value::from(name).to_string() }
}

fn write_below(text: &mut String, value: &Value, depth: usize) {
    if value.is_object() || value.is_array() {
        text.push('\n');
        write(text, value, depth);
    } else {
        text.push(' ');
        text.push_str(&value.to_string());
        text.push('\n');
    }
}

#[cfg(test)]
mod tests {
    use crate::*;

    #[test]
    fn the_fragment_fits_the_handlers() {
        let auth = HookAuth::api_key_header("X-Hook-Key", "sixteen-characters-or-more").unwrap();
        let config = HookConfig::new("http://app:8080/base/", &auth)
            .unwrap()
            .with_web_hook(
                WebHook::answered_by::<HookAnswer<AfterRegistration>>("/r").with_method("password"),
            )
            .with_web_hook(WebHook::answered_by::<HookReceipt<BeforeLogin>>("/l").without_analytics())
            .with_web_hook(
                WebHook::answered_by::<HookVerdict<AfterRegistration>>("s").with_method("password"),
            );
        let text = config.yaml();
        for line in [
            "        password:\n          hooks:\n            - ",
            "                url: \"http://app:8080/base/r\"\n",
            "                  parse: true\n",
            "                url: \"http://app:8080/base/s\"\n",
            "              url: \"http://app:8080/base/l\"\n",
            "                ignore: true\n",
            "              emit_analytics_event: false\n",
            "                  value: \"REPLACE_WITH_THE_HOOK_KEY\"\n",
            "hook: \"web_hook\"\n",
        ] {
            assert!(text.contains(line), "{line:?} is not in\n{text}");
        }
        assert!(!text.contains("sixteen"));
        assert!(config.yaml_with_key().expose_secret().contains("value: \"sixteen-characters-or-more\""));
    }

    #[test]
    fn a_method_cannot_add_keys() {
        let auth = HookAuth::basic("kratos", "sixteen-characters-or-more").unwrap();
        let hook = WebHook::answered_by::<HookAnswer<AfterLogin>>("/l").with_method("a:\n  b");
        let text = HookConfig::new("http://app", &auth).unwrap().with_web_hook(hook).yaml();
        assert!(text.contains("        \"a:\\n  b\":\n"), "{text}");
    }

    #[test]
    fn only_the_base_of_routes_is_a_url_of_hooks() {
        let auth = HookAuth::basic("kratos", "sixteen-characters-or-more").unwrap();
        for url in ["app", "ftp://app", "http://app?x=1", "http://app#x", "http://user:pw@app"] {
            assert!(HookConfig::new(url, &auth).is_err(), "{url}");
        }
    }
}
