//! The paths of Kratos' public API.

/// A path that does not pass the gateway. It is answered with 404, as every path is that does not exist.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the path is not one of Kratos' public API")]
#[non_exhaustive]
pub struct PathRefused;

/// Returns the path below Kratos' public URL that a request's path stands for.
///
/// `path` is the raw path of the request line, with or without the path `mount` at which the gateway is mounted: some
/// routers strip it. `health` also admits `/health/alive` and `/health/ready`.
///
/// Only paths in normal form pass: nothing here decodes, and nothing that Kratos or a proxy may decode to something else
/// passes (`.`, `..`, empty segments, `;`, `\`, encoded slashes, dots and letters). So a path that passes means the same
/// to every server on the way.
///
/// # Errors
/// For every other path, `/admin` among them.
pub fn public_path<'a>(path: &'a str, mount: &str, health: bool) -> Result<&'a str, PathRefused> {
    let inside = below(path, mount).unwrap_or(path);
    if is_normal(inside) && is_public(inside, health) { Ok(inside) } else { Err(PathRefused) }
}

/// Removes `mount` from the front of a path.
fn below<'a>(path: &'a str, mount: &str) -> Option<&'a str> {
    let mount = mount.trim_end_matches('/');
    path.strip_prefix(mount).filter(|rest| !mount.is_empty() && rest.starts_with('/'))
}

fn is_public(path: &str, health: bool) -> bool {
    let is_below = |folder: &str| path.strip_prefix(folder).is_some_and(|rest| !rest.is_empty());
    match path {
        "/sessions" | "/schemas" | "/.well-known/change-password" => true,
        "/health/alive" | "/health/ready" => health,
        _ => ["/self-service/", "/sessions/", "/schemas/", "/.well-known/ory/"].into_iter().any(is_below),
    }
}

/// Whether every server reads the path alike.
fn is_normal(path: &str) -> bool {
    let mut segments = path.strip_prefix('/').into_iter().flat_map(|rest| rest.split('/')).peekable();
    segments.peek().is_some() && segments.all(|segment| !segment.is_empty() && is_normal_segment(segment))
}

fn is_normal_segment(segment: &str) -> bool {
    if segment == "." || segment.contains("..") {
        return false;
    }
    let (mut rest, mut meant) = (segment.as_bytes(), Vec::new());
    while let Some((first, after)) = rest.split_first() {
        rest = match first {
            b'%' => match after.split_first_chunk::<2>() {
                Some((digits, after)) => {
                    let Some(byte) = decoded(*digits).filter(|byte| needs_encoding(*byte)) else {
                        return false;
                    };
                    meant.push(byte);
                    after
                }
                None => return false,
            },
            byte if is_plain(*byte) => {
                // Encoded bytes that follow each other are read together.
                if !meant.is_empty() {
                    meant.push(*byte);
                }
                after
            }
            _ => return false,
        };
    }
    // An overlong form of a dot or slash is not UTF-8.
    std::str::from_utf8(&meant).is_ok()
}

/// Bytes that stand for themselves in a segment (RFC 3986 §3.3), without `;`, at which some servers cut segments off.
fn is_plain(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"-._~!$&'()*+,=:@".contains(&byte)
}

/// Bytes that can only be sent encoded, and that no server takes for structure.
fn needs_encoding(byte: u8) -> bool {
    !byte.is_ascii() || b" \"<>^`{|}".contains(&byte)
}

fn decoded([high, low]: [u8; 2]) -> Option<u8> {
    let digit = |byte: u8| char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
    Some(digit(high)? << 4 | digit(low)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    const MOUNT: &str = "/.ory/kratos";

    #[test]
    fn the_public_api_passes_with_and_without_the_mount_path() {
        for path in [
            "/self-service/login/browser",
            "/self-service/login/flows",
            "/self-service/logout",
            "/self-service/browser/flows/logout",
            "/self-service/methods/oidc/callback/google",
            "/self-service/methods/oidc/callback/my%20provider",
            "/self-service/methods/oidc/callback/caf%C3%A9",
            "/self-service/methods/saml/acs/acme",
            "/sessions",
            "/sessions/whoami",
            "/sessions/6f7a1a8e-6c4b-4f4f-8f3a-0c4b8f0f2a11",
            "/schemas",
            "/schemas/cGVyc29u",
            "/.well-known/ory/webauthn.js",
            "/.well-known/change-password",
        ] {
            assert_eq!(public_path(path, MOUNT, false), Ok(path), "{path}");
            assert_eq!(public_path(&format!("{MOUNT}{path}"), MOUNT, false), Ok(path), "mounted {path}");
            assert_eq!(public_path(&format!("{MOUNT}{path}"), "/.ory/kratos/", false), Ok(path), "{path}");
        }
        for path in ["/health/alive", "/health/ready"] {
            assert_eq!(public_path(path, MOUNT, true), Ok(path));
            assert!(public_path(path, MOUNT, false).is_err());
        }
    }

    #[test]
    fn no_other_path_passes() {
        for path in [
            "",
            "/",
            "*",
            "/admin",
            "/admin/identities",
            "/admin/sessions",
            "/identities",
            "/version",
            "/admin/self-service/login",
            "/metrics/prometheus",
            "/health",
            "/health/",
            "/health/alive/",
            "/.well-known/jwks.json",
            "/.well-known/ory",
            "/.well-known/ory/",
            "/self-service",
            "/self-service/",
            "/sessions/",
            "/schemas/",
            "/sessionsX",
            "/schemas%2fx",
            "self-service/login",
            "//self-service/login",
            "/self-service//login",
            "/self-service/login/",
            "/SELF-SERVICE/login",
            "/Sessions/whoami",
            "/self-service/../admin/identities",
            "/self-service/..",
            "/self-service/.",
            "/self-service/./login",
            "/self-service/%2e%2e/admin/identities",
            "/self-service/%2E./admin",
            "/self-service/..%2fadmin",
            "/self-service/%2fadmin",
            "/self-service%2f..%2fadmin",
            "/self-service/%5cadmin",
            "/self-service/\\admin",
            "/self-service/..\\admin",
            "/self-service/login;/../../admin",
            "/self-service/..;/admin/identities",
            "/self-service/login%3b",
            "/self-service/login%00",
            "/self-service/login\0",
            "/self-service/%252e%252e/admin",
            "/self-service/%61dmin",
            "/self-service/%c0%ae%c0%ae/admin",
            "/self-service/%e0%80%af",
            "/self-service/%ff",
            "/self-service/%c3a",
            "/self-service/%",
            "/self-service/%2",
            "/self-service/%zz",
            "/self-service/%+1",
            "/self-service/a%0d%0ab",
            "/self-service/a\tb",
            "/self-service/a b",
            "/self-service/é",
            "/sessions/a..b",
            "/sessions/#",
            "/sessions/?",
            "/.ory/kratos",
            "/.ory/kratos/",
            "/.ory/kratos/admin",
            "/.ory/kratos/../admin",
            "/.ory/kratos/.ory/kratos/sessions",
            "/.ory/kratossessions",
            "/.ory/Kratos/sessions",
        ] {
            assert_eq!(public_path(path, MOUNT, true), Err(PathRefused), "{path}");
        }
    }
}
