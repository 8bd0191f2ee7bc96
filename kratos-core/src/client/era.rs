//! The eras of Kratos and their differences.

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
    /// 0.9 and 0.10 (2022): the admin API is below `/admin`.
    V0_9,
    /// 0.11 to 25.3 (2022 to 2025): lists by page token, recovery codes, the admin's session list.
    V0_11,
    /// 25.4, 26 and the Ory Network.
    #[default]
    V26,
}

/// The differences between eras, except for the operations (see [`super::operations`]).
#[derive(Clone, Copy, Debug)]
pub(super) struct Facts {
    era: Era,
    /// The prefix of the admin port's paths.
    pub(super) admin_prefix: &'static str,
    /// How lists are paginated.
    pub(super) paging: Paging,
}

/// How the next page of a list is requested.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Paging {
    /// By page number. The first page is page 0, and in 0.6 and 0.7 also page 1. `next` is the number of the second page.
    Numbers { next: u64 },
    /// By the token in the `Link` header.
    Tokens,
}

const FACTS: &[Facts] = &[
    Facts { era: Era::V0_6, admin_prefix: "", paging: Paging::Numbers { next: 2 } },
    Facts { era: Era::V0_7, admin_prefix: "", paging: Paging::Numbers { next: 2 } },
    Facts { era: Era::V0_8, admin_prefix: "", paging: Paging::Numbers { next: 1 } },
    Facts { era: Era::V0_9, admin_prefix: "/admin", paging: Paging::Numbers { next: 1 } },
    Facts { era: Era::V0_11, admin_prefix: "/admin", paging: Paging::Tokens },
    Facts { era: Era::V26, admin_prefix: "/admin", paging: Paging::Tokens },
];

const LATEST: Facts = Facts { era: Era::V26, admin_prefix: "/admin", paging: Paging::Tokens };

impl Era {
    /// All eras, oldest first.
    pub const ALL: &[Self] = &[Self::V0_6, Self::V0_7, Self::V0_8, Self::V0_9, Self::V0_11, Self::V26];

    pub(super) fn facts(self) -> Facts {
        FACTS.iter().copied().find(|facts| facts.era == self).unwrap_or(LATEST)
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
            (0, 9..=10) => Self::V0_9,
            (0..25, _) | (25, 0..=3) => Self::V0_11,
            _ => Self::V26,
        })
    }
}

impl std::fmt::Display for Era {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::V0_6 => "0.6",
            Self::V0_7 => "0.7",
            Self::V0_8 => "0.8",
            Self::V0_9 => "0.9 to 0.10",
            Self::V0_11 => "0.11 to 25.3",
            Self::V26 => "25.4 and later",
        })
    }
}
