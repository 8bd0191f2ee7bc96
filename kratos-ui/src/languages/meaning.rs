//! What a message of Kratos means, where its id alone does not say it.

use kratos_model::flow::ui::UiText;

/// Returns the id of the catalogues' message. Early releases sent some texts under the ids of others.
pub(super) fn id(text: &UiText) -> i64 {
    let english = text.text.as_str();
    match text.id {
        // Kratos 0.10 to 1.0, text/message_login.go.
        1_010_001 if english == "Sign in with security key" => 1_010_008,
        // Kratos 0.8, text/message_settings.go.
        1_050_006 if english.starts_with("This is your authenticator app secret") => 1_050_017,
        1_050_012 if english.starts_with("Remove security key") => 1_050_018,
        // Kratos 0.8, text/message_validation.go.
        4_000_012 if english == "The backup recovery code is not valid." => 4_000_016,
        // Kratos 0.11, text/message_node.go.
        1_070_007 if english == "Resend code" => 1_070_008,
        // Kratos 26.2.0 has a message of its own; before, the format was part of the reason (schema/errors.go).
        4_000_001 | 4_000_004 if english.ends_with("is not valid \"email\"") => 4_000_040,
        4_000_001 | 4_000_004 if english.ends_with("is not valid \"tel\"") => 4_000_041,
        id => id,
    }
}

/// Returns the part of a message that only Kratos knows, in English.
pub(super) fn reason(text: &UiText) -> Option<String> {
    let english = text.text.as_str();
    let reason = match id(text) {
        4_000_001 | 5_000_001 => english,
        4_000_005 => {
            let inner = english.strip_prefix("The password can not be used because ");
            inner.map_or(english, |inner| inner.trim_end_matches('.'))
        }
        _ => return None,
    };
    (!reason.is_empty()).then(|| reason.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(id: i64, text: &str) -> UiText {
        serde_json::from_value(serde_json::json!({ "id": id, "text": text })).unwrap()
    }

    #[test]
    fn early_releases_sent_texts_under_the_ids_of_others() {
        for (sent, english, meant) in [
            (1_010_001, "Sign in", 1_010_001),
            (1_010_001, "Sign in with security key", 1_010_008),
            (
                1_050_006,
                "This is your authenticator app secret. Use it if you can not scan the QR code.",
                1_050_017,
            ),
            (1_050_012, "Add security key", 1_050_012),
            (1_050_012, "Remove security key \"a\"", 1_050_018),
            (4_000_012, "The backup recovery code is not valid.", 4_000_016),
            (1_070_007, "Resend code", 1_070_008),
            (1_070_007, "Email", 1_070_007),
            (4_000_001, "\"a\" is not valid \"email\"", 4_000_040),
        ] {
            assert_eq!(id(&text(sent, english)), meant, "{english}");
        }
    }

    #[test]
    fn the_reason_is_what_only_kratos_knows() {
        let password = text(4_000_005, "The password can not be used because it is too short.");
        assert_eq!(reason(&password).as_deref(), Some("it is too short"));
        assert_eq!(reason(&text(4_000_001, "not a colour")).as_deref(), Some("not a colour"));
        assert_eq!(reason(&text(4_000_006, "wrong")), None);
    }
}
