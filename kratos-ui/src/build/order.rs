//! The order of methods. Kratos' own order differs between releases and responses.

use kratos_model::flow::ui::NodeGroup::{self, *};

use crate::view::PageKind;

/// Returns the position of a group on a page. Groups that the theme names come first.
pub(super) fn rank(kind: PageKind, group: &NodeGroup, preferred: &[NodeGroup]) -> usize {
    if let Some(place) = preferred.iter().position(|known| known == group) {
        return place;
    }
    let usual: &[NodeGroup] = match kind {
        PageKind::Settings => {
            &[Default, Profile, Password, Oidc, Saml, Passkey, Webauthn, Totp, LookupSecret, Code]
        }
        _ => {
            &[Default, IdentifierFirst, Password, Totp, Code, Link, Webauthn, Passkey, Captcha, LookupSecret]
        }
    };
    let last: &[NodeGroup] = if kind == PageKind::Settings { &[] } else { &[Oidc, Saml, Profile] };
    let unknown = usual.len();
    let place = usual.iter().position(|known| known == group);
    let place = place.or_else(|| Some(unknown + 1 + last.iter().position(|known| known == group)?));
    preferred.len() + place.unwrap_or(unknown)
}

/// Returns whether all methods share the group's visible fields.
pub(super) fn is_shared(group: &NodeGroup) -> bool {
    matches!(group, Default | IdentifierFirst | Profile | Captcha)
}

/// Returns whether a method continues on another site.
pub(super) fn is_single_sign_on(group: &NodeGroup) -> bool {
    matches!(group, Oidc | Saml)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn preferred_groups_come_first_and_unknown_ones_before_single_sign_on() {
        let order = |preferred: &[NodeGroup]| {
            let mut groups =
                [Saml, Other("new".into()), Profile, Oidc, LookupSecret, Code, Password, IdentifierFirst];
            groups.sort_by_key(|group| rank(PageKind::Login, group, preferred));
            groups.iter().map(|group| group.as_str().to_owned()).collect::<Vec<_>>().join(" ")
        };
        assert_eq!(order(&[]), "identifier_first password code lookup_secret new oidc saml profile");
        assert_eq!(
            order(&[Oidc, Code]),
            "oidc code identifier_first password lookup_secret new saml profile"
        );
    }
}
