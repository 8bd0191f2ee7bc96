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

impl Links<'_> {
    /// Returns the links of a page. `stuck`: the page has no visible form. `unverified`: login requires a verified
    /// address. `identified`: the page does not ask for the identifier.
    pub(super) fn of(&self, kind: PageKind, stuck: bool, unverified: bool, identified: bool) -> Vec<Link> {
        let kinds: &[LinkKind] = match kind {
            PageKind::Login if identified => &[LinkKind::OtherAccount, LinkKind::Recovery],
            PageKind::Login => &[LinkKind::Recovery, LinkKind::Registration],
            PageKind::SecondFactor if stuck => &[LinkKind::Settings, LinkKind::Logout],
            PageKind::Refresh | PageKind::SecondFactor => &[LinkKind::Logout],
            PageKind::Registration | PageKind::Recovery | PageKind::Verification => &[LinkKind::Login],
            PageKind::Settings => &[LinkKind::Home, LinkKind::Logout],
            PageKind::Error => &[LinkKind::Home, LinkKind::Login],
            PageKind::Custom => &[],
        };
        let verify = Some(LinkKind::Verification).filter(|_| unverified);
        let home = Some(LinkKind::Home).filter(|_| stuck && !kinds.contains(&LinkKind::Home));
        let kinds = verify.into_iter().chain(kinds.iter().copied()).chain(home);
        kinds.filter_map(|to| self.link(kind, to)).collect()
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
            LinkKind::Home => (Phrase::Home, None, "home-link"),
            // Not links of `Routes`: the refusal brings their URLs.
            LinkKind::NextStep | LinkKind::Back => return None,
        };
        let kept: Vec<_> = self.kept.iter().filter(|(name, _)| keeps(from, to, name)).cloned().collect();
        Some(Link {
            kind: to,
            href: self.routes.href(to, &kept)?,
            text: self.words.phrase(phrase),
            before: before.map(|before| self.words.phrase(before)),
            test_id,
        })
    }
}

/// Returns whether a page uses a parameter.
fn keeps(from: PageKind, to: LinkKind, name: &str) -> bool {
    match to {
        // An OAuth 2 login goes on as another user.
        LinkKind::Logout => {
            matches!(from, PageKind::Refresh | PageKind::SecondFactor) && name == "login_challenge"
        }
        LinkKind::Login | LinkKind::OtherAccount | LinkKind::Registration => true,
        LinkKind::Recovery | LinkKind::Verification => name != "identity_schema",
        LinkKind::Settings => name == "return_to",
        LinkKind::Home | LinkKind::NextStep | LinkKind::Back => false,
    }
}
