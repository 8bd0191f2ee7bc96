//! Builds the links to other pages.

use crate::{
    routes::Routes,
    texts::{Phrase, Words},
    view::{Link, LinkKind, PageKind},
};

pub(super) struct Links<'a> {
    pub(super) routes: &'a Routes,
    pub(super) words: Words<'a>,
    pub(super) kept: &'a [(&'static str, String)],
}

/// What the links of a page depend on.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Situation {
    /// The page has no visible form.
    pub(super) stuck: bool,
    /// Login requires a verified address.
    pub(super) unverified: bool,
    /// The page does not ask for the identifier.
    pub(super) identified: bool,
    /// The user has just signed up or changed an address.
    pub(super) signed_in: bool,
    /// The page may ask for a password.
    pub(super) by_password: bool,
}

impl Links<'_> {
    /// Returns the links of a page.
    pub(super) fn of(&self, kind: PageKind, situation: Situation) -> Vec<Link> {
        let Situation { stuck, unverified, identified, signed_in, by_password } = situation;
        let kinds: &[LinkKind] = match kind {
            PageKind::Login if identified => &[LinkKind::OtherAccount, LinkKind::Recovery],
            PageKind::Login => &[LinkKind::Recovery, LinkKind::Registration],
            PageKind::SecondFactor if stuck => &[LinkKind::Settings, LinkKind::Logout],
            PageKind::Refresh | PageKind::SecondFactor => &[LinkKind::Logout],
            PageKind::Verification if signed_in => &[LinkKind::Home],
            PageKind::Registration | PageKind::Recovery | PageKind::Verification => &[LinkKind::Login],
            PageKind::Settings => {
                &[LinkKind::Sessions, LinkKind::DeleteAccount, LinkKind::Home, LinkKind::Logout]
            }
            PageKind::Sessions => &[LinkKind::Settings, LinkKind::Home, LinkKind::Logout],
            PageKind::DeleteAccount => &[LinkKind::Settings, LinkKind::Home],
            PageKind::Error => &[LinkKind::Home, LinkKind::Login],
            PageKind::Consent | PageKind::Logout | PageKind::Device | PageKind::Custom => &[],
        };
        let verify = Some(LinkKind::Verification).filter(|_| unverified);
        let home = Some(LinkKind::Home).filter(|_| stuck && !kinds.contains(&LinkKind::Home));
        let kinds = verify.into_iter().chain(kinds.iter().copied()).chain(home);
        let mut links: Vec<Link> = kinds.filter_map(|to| self.link(kind, to)).collect();
        for link in &mut links {
            let phrase = match link.kind {
                LinkKind::Recovery if !by_password => Phrase::TroubleSigningIn,
                LinkKind::Home if kind == PageKind::Verification && signed_in => Phrase::Continue,
                _ => continue,
            };
            link.text = self.words.phrase(phrase);
        }
        links
    }

    /// Returns the link to the home page.
    pub(super) fn home(&self) -> Option<Link> {
        self.link(PageKind::Error, LinkKind::Home)
    }

    fn link(&self, from: PageKind, to: LinkKind) -> Option<Link> {
        let (phrase, before, test_id) = match to {
            LinkKind::Login if from == PageKind::Registration => {
                (Phrase::SignIn, Some(Phrase::HaveAccount), "cta-link")
            }
            LinkKind::Login => (Phrase::SignIn, None, "cta-link"),
            LinkKind::OtherAccount => (Phrase::OtherAccount, None, "cancel-link"),
            LinkKind::Registration => (Phrase::SignUp, Some(Phrase::NoAccountYet), "signup-link"),
            LinkKind::Recovery => (Phrase::ForgotPassword, None, "forgot-password-link"),
            LinkKind::Verification => (Phrase::VerifyAddress, None, "verification-link"),
            LinkKind::Settings => (Phrase::Settings, None, "settings-link"),
            LinkKind::Logout => (Phrase::SignOut, None, "logout-link"),
            LinkKind::Sessions => (Phrase::DevicesTitle, None, "sessions-link"),
            LinkKind::DeleteAccount => (Phrase::DeleteTitle, None, "delete-account-link"),
            LinkKind::Home => (Phrase::Home, None, "home-link"),
            // Not links of `Routes`: the refusal brings their URLs.
            LinkKind::NextStep | LinkKind::Back | LinkKind::Document => return None,
        };
        let kept: Vec<_> = self.kept.iter().filter(|(name, _)| keeps(from, to, name)).cloned().collect();
        let kept = if to == LinkKind::Logout { self.after_logout(kept) } else { kept };
        Some(Link {
            kind: to,
            href: self.routes.href(to, &kept)?,
            text: self.words.phrase(phrase),
            before: before.map(|before| self.words.phrase(before)),
            test_id,
        })
    }
}

impl Links<'_> {
    /// Leads from a logout in the middle of a login back to the login page, with where the user was going.
    fn after_logout(&self, kept: Vec<(&'static str, String)>) -> Vec<(&'static str, String)> {
        let goes_on = kept.iter().any(|(name, _)| *name == "login_challenge");
        if kept.is_empty() || goes_on {
            return kept;
        }
        let login = self.routes.href(LinkKind::Login, &kept);
        login.map(|login| ("return_to", login.as_str().to_owned())).into_iter().collect()
    }
}

/// Returns whether a page uses a parameter.
fn keeps(from: PageKind, to: LinkKind, name: &str) -> bool {
    match to {
        // A login goes on as another user.
        LinkKind::Logout => {
            matches!(from, PageKind::Refresh | PageKind::SecondFactor) && name != "identity_schema"
        }
        LinkKind::Login | LinkKind::OtherAccount | LinkKind::Registration => true,
        LinkKind::Recovery | LinkKind::Verification => name != "identity_schema",
        LinkKind::Settings => name == "return_to",
        LinkKind::Sessions
        | LinkKind::DeleteAccount
        | LinkKind::Home
        | LinkKind::NextStep
        | LinkKind::Back
        | LinkKind::Document => false,
    }
}
