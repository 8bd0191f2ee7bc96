use crate::wire::{QuietText, RawJson, Timestamp, wire_struct};

wire_struct! {
    /// An OAuth2 client, as the provider's pages show it. Its settings for the token endpoint are in `extra`.
    pub struct OAuth2Client {
        required {}
        optional {
            /// The id.
            client_id: String = "client_id",
            /// The name for users; empty if it has none. The client chose it.
            client_name: String = "client_name",
            /// The URLs to which users return. They may be of a native app.
            redirect_uris: Vec<QuietText> = "redirect_uris",
            /// The URLs to which users return after a logout.
            post_logout_redirect_uris: Vec<QuietText> = "post_logout_redirect_uris",
            /// The scopes that it may request, separated by spaces.
            scope: String = "scope",
            /// The audiences that it may request.
            audience: Vec<String> = "audience",
            /// Its home page; empty if it has none.
            client_uri: String = "client_uri",
            /// Its logo; empty if it has none.
            logo_uri: String = "logo_uri",
            /// Its privacy policy; empty if it has none.
            policy_uri: String = "policy_uri",
            /// Its terms of service; empty if it has none.
            tos_uri: String = "tos_uri",
            /// The owner that the operator set.
            owner: String = "owner",
            /// `public` or `pairwise`.
            subject_type: String = "subject_type",
            /// Data of the operator.
            metadata: Option<RawJson> = "metadata",
            /// Whether users are not asked for consent (2.0 and later).
            skip_consent: bool = "skip_consent",
            /// Whether users are not asked to confirm a logout (2.3 and later).
            skip_logout_consent: Option<bool> = "skip_logout_consent",
            /// Where the provider posts logout tokens.
            backchannel_logout_uri: Option<String> = "backchannel_logout_uri",
            /// The time of creation.
            created_at: Option<Timestamp> = "created_at",
            /// The time of the last change.
            updated_at: Option<Timestamp> = "updated_at",
        }
    }
}
