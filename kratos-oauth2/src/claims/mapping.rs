use std::collections::BTreeMap;

/// A standard claim that is read from traits (OpenID Connect Core §5.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum StandardClaim {
    /// `name`, of the scope `profile`. Without a trait, joined from given and family name.
    Name,
    /// `given_name`, of `profile`.
    GivenName,
    /// `family_name`, of `profile`.
    FamilyName,
    /// `middle_name`, of `profile`.
    MiddleName,
    /// `nickname`, of `profile`.
    Nickname,
    /// `preferred_username`, of `profile`.
    PreferredUsername,
    /// `profile`, the URL of the user's page, of `profile`.
    Profile,
    /// `picture`, of `profile`.
    Picture,
    /// `website`, of `profile`.
    Website,
    /// `gender`, of `profile`.
    Gender,
    /// `birthdate`, of `profile`.
    Birthdate,
    /// `zoneinfo`, of `profile`.
    Zoneinfo,
    /// `locale`, of `profile`.
    Locale,
    /// `email`, of `email`. `email_verified` says whether Kratos verified this address.
    Email,
    /// `phone_number`, of `phone`. `phone_number_verified` says whether Kratos verified this number.
    PhoneNumber,
    /// `address`, of `address`: an object with the standard's members, or a text, which becomes `formatted`.
    Address,
}

impl StandardClaim {
    /// The claims of the scope `profile`.
    pub(super) const PROFILE: [Self; 13] = [
        Self::Name,
        Self::GivenName,
        Self::FamilyName,
        Self::MiddleName,
        Self::Nickname,
        Self::PreferredUsername,
        Self::Profile,
        Self::Picture,
        Self::Website,
        Self::Gender,
        Self::Birthdate,
        Self::Zoneinfo,
        Self::Locale,
    ];

    /// Returns the claim's name.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::GivenName => "given_name",
            Self::FamilyName => "family_name",
            Self::MiddleName => "middle_name",
            Self::Nickname => "nickname",
            Self::PreferredUsername => "preferred_username",
            Self::Profile => "profile",
            Self::Picture => "picture",
            Self::Website => "website",
            Self::Gender => "gender",
            Self::Birthdate => "birthdate",
            Self::Zoneinfo => "zoneinfo",
            Self::Locale => "locale",
            Self::Email => "email",
            Self::PhoneNumber => "phone_number",
            Self::Address => "address",
        }
    }

    /// The traits that hold the claim by default: the first that is there.
    fn defaults(self) -> &'static [&'static str] {
        match self {
            Self::Name => &["/name", "/full_name"],
            Self::GivenName => &["/given_name", "/name/first", "/first_name"],
            Self::FamilyName => &["/family_name", "/name/last", "/last_name"],
            Self::MiddleName => &["/middle_name", "/name/middle"],
            Self::Nickname => &["/nickname"],
            Self::PreferredUsername => &["/preferred_username", "/username"],
            Self::Profile => &["/profile"],
            Self::Picture => &["/picture"],
            Self::Website => &["/website"],
            Self::Gender => &["/gender"],
            Self::Birthdate => &["/birthdate"],
            Self::Zoneinfo => &["/zoneinfo"],
            Self::Locale => &["/locale"],
            Self::Email => &["/email"],
            Self::PhoneNumber => &["/phone_number", "/phone"],
            Self::Address => &["/address"],
        }
    }
}

/// Which traits the standard claims are read from, by JSON pointer (RFC 6901).
///
/// The default fits identity schemas with the traits `email`, `phone`, `username`, `name` (a text, or `first` and `last`)
/// and those named as the claims.
///
/// ```
/// use kratos_oauth2::{ClaimMapping, StandardClaim};
///
/// let mapping = ClaimMapping::new()
///     .with(StandardClaim::Email, "/contact/email")
///     .without(StandardClaim::Birthdate);
/// ```
#[derive(Clone, Debug, Default)]
#[must_use]
pub struct ClaimMapping(BTreeMap<StandardClaim, Option<String>>);

impl ClaimMapping {
    /// Uses the default traits.
    pub fn new() -> Self {
        Self::default()
    }

    /// Reads a claim from this trait.
    pub fn with(mut self, claim: StandardClaim, pointer: impl Into<String>) -> Self {
        self.0.insert(claim, Some(pointer.into()));
        self
    }

    /// Issues no such claim.
    pub fn without(mut self, claim: StandardClaim) -> Self {
        self.0.insert(claim, None);
        self
    }

    /// Returns the traits to read a claim from.
    pub(super) fn pointers(&self, claim: StandardClaim) -> Vec<&str> {
        match self.0.get(&claim) {
            Some(own) => own.iter().map(String::as_str).collect(),
            None => claim.defaults().to_vec(),
        }
    }

    pub(super) fn is_off(&self, claim: StandardClaim) -> bool {
        matches!(self.0.get(&claim), Some(None))
    }
}
