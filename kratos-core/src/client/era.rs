//! The eras of Kratos and their differences.

use super::operations::Operation;

/// A range of Kratos' releases with the same API, except for differences that need no setting.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
#[non_exhaustive]
pub enum Era {
    /// 0.6 (2021): browsers are always redirected, other logout paths.
    V0_6,
    /// 0.7 (2021): JSON for browsers, today's logout paths.
    V0_7,
    /// 0.8 (2021): error ids, second factors, `GET /schemas`.
    V0_8,
    /// 0.9 (2022): the admin API is below `/admin`; a user's own sessions.
    V0_9,
    /// 0.10 (2022): `PATCH /admin/sessions/{id}/extend`.
    V0_10,
    /// 0.11 (2022): recovery codes, messages and sessions of all users. The last with session tokens without `ory_st_`.
    V0_11,
    /// 0.13 (2023): batches of identities, deletion of credentials.
    V0_13,
    /// 1.0 (2023): `GET /sessions/token-exchange`.
    V1_0,
    /// 1.1 and 1.2 (2023 to 2024): filters of identities, JWTs.
    V1_1,
    /// 1.3 to 25.3 (2024 to 2025): deletion of any credential, single sign-on callbacks without the provider's name.
    V1_3,
    /// 25.4 to 26.2 (2025 to 2026): identities by external id.
    V26,
    /// After 26.2 (the sources of 2026-07-29), and the Ory Network.
    #[default]
    Latest,
}

/// The differences between eras, except for the operations (see [`super::operations`]).
#[derive(Clone, Copy, Debug)]
pub(super) struct Facts {
    /// The prefix of the admin port's paths.
    pub(super) admin_prefix: &'static str,
}

/// How the next page of a list is requested.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Paging {
    /// By `page`, where this is the number of the first page. `None`: the server is asked which of 0 and 1 it is. Kratos
    /// ignores `page` beside `page_size` or `page_token`, so the size is sent as `per_page`.
    Numbers { first: Option<u64> },
    /// By the token in the `Link` header.
    Tokens,
    /// By the id of the last item as `page_token`: the `Link` header names no next page.
    LastId,
}

impl Era {
    /// All eras, oldest first.
    pub const ALL: &[Self] = &[
        Self::V0_6,
        Self::V0_7,
        Self::V0_8,
        Self::V0_9,
        Self::V0_10,
        Self::V0_11,
        Self::V0_13,
        Self::V1_0,
        Self::V1_1,
        Self::V1_3,
        Self::V26,
        Self::Latest,
    ];

    pub(super) fn facts(self) -> Facts {
        Facts { admin_prefix: if self < Self::V0_9 { "" } else { "/admin" } }
    }

    /// Returns how a list of this era is paginated. Observed on 0.6.3, 0.7.6, 0.8.2, 0.9.0, 0.10.1, 0.11.1, 0.13.0, 1.0.0,
    /// 1.1.0, 1.2.0, 1.3.1, 25.4.0, 26.2.0 and the sources of 2026-07-29.
    pub(super) fn paging(self, list: Operation) -> Paging {
        match list {
            // schema/schema.go counts pages from 0.
            Operation::ListIdentitySchemas => Paging::Numbers { first: Some(0) },
            // persistence/sql/persister_session.go counts pages from 1, while `Link` counts them from 0: its next page is
            // the first again, and the last page has none. Whether a newer Kratos still does is asked.
            Operation::ListMySessions | Operation::ListIdentitySessions => {
                Paging::Numbers { first: (self < Self::Latest).then_some(1) }
            }
            // Until 0.13 as above. 1.0 counts from 0, and its admin API cannot be distinguished from that of 0.13.
            Operation::ListIdentities if self < Self::V0_13 => Paging::Numbers { first: Some(1) },
            Operation::ListIdentities if self < Self::V1_1 => Paging::Numbers { first: None },
            Operation::ListSessions if self < Self::V1_1 => Paging::LastId,
            _ => Paging::Tokens,
        }
    }

    /// Returns whether Kratos reads the first session cookie of one name and no other.
    pub(crate) fn reads_the_first_cookie_alone(self) -> bool {
        self <= Self::V0_8
    }

    /// Returns whether Kratos issued session tokens of 32 letters and digits, without `ory_st_`.
    pub(crate) fn has_legacy_session_tokens(self) -> bool {
        self <= Self::V0_11
    }

    /// Returns the era of a release such as `v26.2.0`, `v0.7.6-alpha.1` or `1.3.1`, as
    /// [`super::AdminClient::get_version`] returns it. `None` for `master` and other text without a number.
    #[must_use]
    pub fn of_release(version: &str) -> Option<Self> {
        let mut numbers =
            version.trim().trim_start_matches('v').split(['.', '-', '+']).map(str::parse::<u32>);
        let major = numbers.next()?.ok()?;
        let minor = numbers.next().and_then(Result::ok).unwrap_or_default();
        Some(match (major, minor) {
            (0, 0..=6) => Self::V0_6,
            (0, 7) => Self::V0_7,
            (0, 8) => Self::V0_8,
            (0, 9) => Self::V0_9,
            (0, 10) => Self::V0_10,
            (0, 11..=12) => Self::V0_11,
            (0, _) => Self::V0_13,
            (1, 0) => Self::V1_0,
            (1, 1..=2) => Self::V1_1,
            (1..25, _) | (25, 0..=3) => Self::V1_3,
            (25, _) | (26, 0..=2) => Self::V26,
            _ => Self::Latest,
        })
    }
}

impl std::fmt::Display for Era {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::V0_6 => "0.6",
            Self::V0_7 => "0.7",
            Self::V0_8 => "0.8",
            Self::V0_9 => "0.9",
            Self::V0_10 => "0.10",
            Self::V0_11 => "0.11",
            Self::V0_13 => "0.13",
            Self::V1_0 => "1.0",
            Self::V1_1 => "1.1 to 1.2",
            Self::V1_3 => "1.3 to 25.3",
            Self::V26 => "25.4 to 26.2",
            Self::Latest => "after 26.2",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_release_has_an_era() {
        for (release, era) in [
            ("v0.6.3-alpha.1", Era::V0_6),
            ("v0.7.6-alpha.1", Era::V0_7),
            ("v0.8.2-alpha.1", Era::V0_8),
            ("v0.9.0-alpha.3", Era::V0_9),
            ("v0.10.1", Era::V0_10),
            ("v0.11.1", Era::V0_11),
            ("0.13.0", Era::V0_13),
            ("v1.0.0", Era::V1_0),
            ("v1.1.0", Era::V1_1),
            ("v1.2.0", Era::V1_1),
            ("1.3.1", Era::V1_3),
            ("v25.3.0", Era::V1_3),
            ("v25.4.0", Era::V26),
            ("v26.2.0", Era::V26),
            ("v26.3.0", Era::Latest),
            ("v27.1.0", Era::Latest),
        ] {
            assert_eq!(Era::of_release(release), Some(era), "{release}");
        }
        assert_eq!(Era::of_release("master"), None);
        assert_eq!(Era::default(), Era::Latest);
        assert!(Era::ALL.is_sorted() && Era::ALL.last() == Some(&Era::Latest));
    }
}
