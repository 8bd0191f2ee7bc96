//! The consent page.

use kratos_model::{Identity, oauth2::ConsentRequest};
use kratos_ui::{
    FormPage, Phrase, Theme,
    view::{ButtonStyle, PageKind, Severity},
};

use super::{
    DECISION,
    settings::{RememberConsent, Settings},
};

/// The scope that cannot be refused: without it there is no ID token.
const OPENID: &str = "openid";

/// The name of the checkbox of a scope.
pub(super) fn choice(scope: &str) -> String {
    format!("scope.{scope}")
}

/// Returns whether the user decides on a scope.
pub(super) fn is_choice(scope: &str) -> bool {
    scope != OPENID
}

impl Settings {
    /// Builds the question to the user.
    pub(super) fn prompt(&self, theme: &Theme, asked: &ConsentRequest, identity: &Identity) -> FormPage {
        let name = client_name(theme, asked);
        let mut page = self.page(theme, asked, &name);
        if let Some(account) = self.mapping.account(identity) {
            page = page.with_identifier(account);
        }
        let mut scopes: Vec<&str> = Vec::new();
        for scope in &asked.requested_scope {
            if !scopes.contains(&scope.as_str()) {
                scopes.push(scope);
            }
        }
        if !scopes.is_empty() {
            page = page.with_text(theme.phrase(Phrase::ConsentScopes));
        }
        for scope in scopes {
            page = page.with_choice(&choice(scope), self.scope_text(theme, scope), true, !is_choice(scope));
        }
        if matches!(self.remember, RememberConsent::Ask(_)) {
            page = page.with_choice("remember", theme.phrase(Phrase::ConsentRemember), false, false);
        }
        page.with_button(DECISION, "accept", theme.phrase(Phrase::ConsentAccept), ButtonStyle::Primary)
            .with_button(DECISION, "reject", theme.phrase(Phrase::ConsentReject), ButtonStyle::Secondary)
    }

    /// Builds the page for a user who is not the one that the request is for.
    pub(super) fn other_account(
        &self,
        theme: &Theme,
        asked: &ConsentRequest,
        identity: &Identity,
    ) -> FormPage {
        let mut page = self
            .page(theme, asked, &client_name(theme, asked))
            .with_message(Severity::Error, theme.phrase(Phrase::ConsentOther));
        if let Some(account) = self.mapping.account(identity) {
            page = page.with_identifier(account);
        }
        page.with_button(DECISION, "anew", theme.phrase(Phrase::ConsentAnew), ButtonStyle::Primary)
            .with_button(DECISION, "reject", theme.phrase(Phrase::ConsentReject), ButtonStyle::Secondary)
    }

    fn page(&self, theme: &Theme, asked: &ConsentRequest, name: &str) -> FormPage {
        let title = theme.phrase(Phrase::ConsentTitle).replace("{client}", name);
        let mut page = FormPage::new(PageKind::Consent, title, self.routes.consent())
            .with_hidden("consent_challenge", asked.challenge.clone());
        if let Some(client) = &asked.client {
            page = page
                .with_logo(&client.logo_uri, "")
                .with_document(&client.tos_uri, theme.phrase(Phrase::ConsentTerms))
                .with_document(&client.policy_uri, theme.phrase(Phrase::ConsentPolicy));
            // A registered URI that the client did not ask for now is its own as well.
            page = client.redirect_uris.iter().cloned().fold(page, FormPage::with_form_target);
        }
        asked.request_url.iter().cloned().fold(page, FormPage::with_form_target)
    }

    fn scope_text(&self, theme: &Theme, scope: &str) -> String {
        let own = || self.scopes.iter().rev().find(|(name, _)| name == scope).map(|(_, text)| text.clone());
        let standard = || {
            Some(theme.phrase(match scope {
                OPENID => Phrase::ScopeOpenid,
                "profile" => Phrase::ScopeProfile,
                "email" => Phrase::ScopeEmail,
                "phone" => Phrase::ScopePhone,
                "address" => Phrase::ScopeAddress,
                "offline_access" | "offline" => Phrase::ScopeOffline,
                _ => return None,
            }))
        };
        let text = theme.label(&choice(scope)).or_else(own).or_else(standard);
        text.unwrap_or_else(|| theme.phrase(Phrase::ScopeUnknown).replace("{scope}", scope))
    }
}

/// The name that the client chose, without what could disguise it: control and bidirectional characters.
pub(super) fn client_name(theme: &Theme, asked: &ConsentRequest) -> String {
    let name = asked.client.as_ref().map_or("", |client| match client.client_name.trim() {
        "" => &client.client_id,
        name => name,
    });
    shown(name, LONGEST_NAME).unwrap_or_else(|| theme.phrase(Phrase::ConsentUnnamed))
}

/// The longest name of a client that is shown, in characters.
pub(super) const LONGEST_NAME: usize = 100;

/// A text of a stranger, on one line and at most this long; `None` if nothing is left.
pub(super) fn shown(text: &str, longest: usize) -> Option<String> {
    let is_disguise = |it: char| {
        it.is_control()
            || matches!(it, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
    };
    let text: String = text.chars().filter(|it| !is_disguise(*it)).take(longest).collect();
    let text = text.trim();
    (!text.is_empty()).then(|| text.to_owned())
}
