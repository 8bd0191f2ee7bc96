//! The generations of Kratos, and how they differ, as data.

/// A generation of Kratos. Releases within one differ only in ways that need no setting.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
#[non_exhaustive]
pub enum Era {
    /// 0.6 (2021): browsers are always redirected, logout has paths of its own.
    V0_6,
    /// 0.7 (2021): JSON for browsers, the logout paths of today.
    V0_7,
    /// 0.8 (2021): error ids, second factors, `GET /schemas`.
    V0_8,
    /// 0.9 and 0.10 (2022): the admin API moved below `/admin`.
    V0_9,
    /// 0.11 to 25.3 (2022 to 2025): lists by page token, recovery codes, the admin's session list.
    V0_11,
    /// 25.4, 26 and the Ory Network.
    #[default]
    V26,
}

/// What differs between eras beyond which operations there are (those are in [`super::operations`]).
#[derive(Clone, Copy, Debug)]
pub(super) struct Facts {
    era: Era,
    /// What stands before the paths of the admin port.
    pub(super) admin_prefix: &'static str,
    /// How lists go on.
    pub(super) paging: Paging,
}

/// How the next page of a list is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Paging {
    /// By the number of the page. The first, which needs no number, is also page 0, and on 0.6 and 0.7 page 1 too
    /// (observed): `next` is the number after it.
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
    /// Every era, oldest first.
    pub const ALL: &[Self] = &[Self::V0_6, Self::V0_7, Self::V0_8, Self::V0_9, Self::V0_11, Self::V26];

    pub(super) fn facts(self) -> Facts {
        FACTS.iter().copied().find(|facts| facts.era == self).unwrap_or(LATEST)
    }

    /// The era of a release, for example of what [`super::AdminClient::get_version`] tells: `v26.2.0`,
    /// `v0.7.6-alpha.1`, `1.3.1`. `None` for `master` and other texts without numbers.
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
