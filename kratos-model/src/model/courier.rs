//! Messages in Kratos' courier queue.

use uuid::Uuid;

use crate::wire::{QuietText, RawJson, Timestamp, open_enum, wire_struct};

wire_struct! {
    /// A message of the courier (0.11 and later).
    pub struct CourierMessage {
        required {
            /// The message's id.
            id: Uuid = "id",
        }
        optional {
            /// The delivery status.
            status: Option<MessageStatus> = "status",
            /// The kind of message: e-mail or SMS.
            kind: Option<MessageKind> = "type",
            /// The recipient's address.
            recipient: QuietText = "recipient",
            /// The text. It may hold a code; Kratos redacts it outside development mode.
            body: QuietText = "body",
            /// The subject.
            subject: QuietText = "subject",
            /// The template.
            template_type: Option<TemplateType> = "template_type",
            /// The channel (1.1 and later); may be empty.
            channel: Option<String> = "channel",
            /// The number of attempts to send the message.
            send_count: Option<i64> = "send_count",
            /// The attempts. Kratos sends them for a single message, not in lists.
            dispatches: Vec<Dispatch> = "dispatches",
            /// The time of creation.
            created_at: Option<Timestamp> = "created_at",
            /// The time of the last change.
            updated_at: Option<Timestamp> = "updated_at",
        }
    }
}

wire_struct! {
    /// An attempt to send a message.
    pub struct Dispatch {
        required {}
        optional {
            /// The attempt's id.
            id: Option<Uuid> = "id",
            /// The message's id.
            message_id: Option<Uuid> = "message_id",
            /// The outcome.
            status: Option<DispatchStatus> = "status",
            /// The error of a failed attempt.
            error: Option<RawJson> = "error",
            /// The time of creation.
            created_at: Option<Timestamp> = "created_at",
            /// The time of the last change.
            updated_at: Option<Timestamp> = "updated_at",
        }
    }
}

open_enum! {
    /// The delivery status of a message.
    pub enum MessageStatus {
        /// Waiting to be sent.
        Queued = "queued",
        /// Handed to the mail or SMS server.
        Sent = "sent",
        /// Being sent.
        Processing = "processing",
        /// Abandoned after too many failures.
        Abandoned = "abandoned",
    }
}

open_enum! {
    /// The kind of a message.
    pub enum MessageKind {
        /// E-mail.
        Email = "email",
        /// SMS (1.1 and later).
        Sms = "sms",
        /// SMS in 0.11 to 1.0. The API specification of later releases still lists it.
        Phone = "phone",
    }
}

open_enum! {
    /// The outcome of an attempt to send a message.
    pub enum DispatchStatus {
        /// The attempt failed.
        Failed = "failed",
        /// The attempt succeeded.
        Success = "success",
    }
}

open_enum! {
    /// The template of a message.
    pub enum TemplateType {
        /// A recovery was requested for an unknown address.
        RecoveryInvalid = "recovery_invalid",
        /// A recovery link.
        RecoveryValid = "recovery_valid",
        /// A recovery code was requested for an unknown address.
        RecoveryCodeInvalid = "recovery_code_invalid",
        /// A recovery code.
        RecoveryCodeValid = "recovery_code_valid",
        /// A verification was requested for an unknown address.
        VerificationInvalid = "verification_invalid",
        /// A verification link.
        VerificationValid = "verification_valid",
        /// A verification code was requested for an unknown address.
        VerificationCodeInvalid = "verification_code_invalid",
        /// A verification code.
        VerificationCodeValid = "verification_code_valid",
        /// A one-time password (0.11 to 1.0).
        Otp = "otp",
        /// A login code (1.1 and later).
        LoginCodeValid = "login_code_valid",
        /// A registration code (1.1 and later).
        RegistrationCodeValid = "registration_code_valid",
        /// A verifiable address was changed (HEAD of July 2026).
        VerifiableAddressChanged = "verifiable_address_changed",
        /// A way to sign in was added (HEAD of July 2026).
        AuthenticatorKeyAdded = "authenticator_key_added",
        /// A text for tests.
        Stub = "stub",
    }
}
