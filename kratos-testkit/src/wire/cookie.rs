//! `Set-Cookie` lines as the Go server writes them.

use time::macros::format_description;
use time::{Duration, OffsetDateTime};

/// One cookie to set. Kratos' cookies are all `HttpOnly`, and `SameSite=Lax` over plain HTTP.
#[derive(Debug)]
pub(crate) struct SetCookie<'a> {
    pub(crate) name: &'a str,
    pub(crate) value: &'a str,
    pub(crate) max_age: Option<Duration>,
    /// Go's session cookies carry `Expires` beside `Max-Age`, the CSRF cookie does not.
    pub(crate) expires_from: Option<OffsetDateTime>,
}

impl SetCookie<'_> {
    pub(crate) fn line(&self) -> String {
        let mut line = format!("{}={}; Path=/", self.name, self.value);
        if let (Some(now), Some(age)) = (self.expires_from, self.max_age) {
            // Go expires a removed cookie in the first second of 1970
            let at =
                if age <= Duration::ZERO { OffsetDateTime::UNIX_EPOCH + Duration::SECOND } else { now + age };
            line += &format!("; Expires={}", http_date(at));
        }
        if let Some(age) = self.max_age {
            line += &format!("; Max-Age={}", age.whole_seconds().max(0));
        }
        line + "; HttpOnly; SameSite=Lax"
    }
}

pub(crate) fn http_date(at: OffsetDateTime) -> String {
    let format = format_description!(
        "[weekday repr:short], [day] [month repr:short] [year] [hour]:[minute]:[second] GMT"
    );
    at.to_offset(time::UtcOffset::UTC).format(&format).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_session_cookie_reads_as_the_go_servers() {
        let from = OffsetDateTime::from_unix_timestamp(1_795_413_450).expect("a time");
        let cookie = SetCookie {
            name: "ory_kratos_session",
            value: "v",
            max_age: Some(Duration::seconds(3599)),
            expires_from: Some(from),
        };
        let expected = "ory_kratos_session=v; Path=/; Expires=Mon, 23 Nov 2026 06:57:29 GMT; Max-Age=3599; \
                        HttpOnly; SameSite=Lax";
        assert_eq!(cookie.line(), expected);
    }
}
