//! The name of a device, by its user agent.

use super::Config;
use crate::texts::Phrase;

/// Returns the name of the device that sends a user agent, such as “Firefox on Linux”.
pub(super) fn name(config: &Config<'_>, user_agent: Option<&str>) -> String {
    let words = config.words;
    match user_agent.map(parse).unwrap_or_default() {
        (Some(browser), Some(system)) => {
            words.phrase(Phrase::DeviceName).replace("{browser}", browser).replace("{system}", system)
        }
        (Some(one), None) | (None, Some(one)) => one.to_owned(),
        (None, None) => words.phrase(Phrase::UnknownDevice),
    }
}

#[cfg(not(feature = "devices"))]
fn parse(_: &str) -> (Option<&'static str>, Option<&'static str>) {
    (None, None)
}

/// The bytes of a user agent that are read: the patterns look at a few words.
#[cfg(feature = "devices")]
const READ: usize = 512;

/// Returns the browser and the system.
#[cfg(feature = "devices")]
fn parse(user_agent: &str) -> (Option<&str>, Option<&str>) {
    let read = (0..=READ.min(user_agent.len())).rev().find_map(|end| user_agent.get(..end));
    let Some(found) = read.and_then(|read| woothee::parser::Parser::new().parse(read)) else {
        return (None, None);
    };
    fn known(name: &str) -> Option<&str> {
        Some(name).filter(|name| !matches!(*name, "" | "UNKNOWN"))
    }
    let system = known(found.os).map(|system| match system {
        // Windows 11 sends the version of Windows 10.
        system if system.starts_with("Windows") && system != "Windows Phone OS" => "Windows",
        "Mac OSX" => "macOS",
        other => other,
    });
    let browser = known(found.name).map(|browser| match browser {
        "SamsungBrowser" => "Samsung Internet",
        other => other,
    });
    (browser, system)
}
