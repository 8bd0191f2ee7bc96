//! Messages that Kratos sent or will send.

use uuid::Uuid;

use crate::wire::{QuietText, RawJson, Timestamp, open_enum, wire_struct};

wire_struct! {
    /// A message of the courier (0.11 and later).
    pub struct CourierMessage {
        required {
            /// Its id.
            id: Uuid = "id",
        }
        optional {
            /// How far it is.
            status: Option<MessageStatus> = "status",
            /// What it travels by.
            kind: Option<MessageKind> = "type",
            /// To whom.
            recipient: QuietText = "recipient",
            /// Its text; it may hold a code, and is redacted unless Kratos runs in development mode.
            body: QuietText = "body",
            /// Its subject.
            subject: QuietText = "subject",
            /// Which text it is.
            template_type: Option<TemplateType> = "template_type",
            /// The channel (1.1 and later); may be empty.
            channel: Option<String> = "channel",
            /// How often sending was tried.
            send_count: Option<i64> = "send_count",
            /// The tries; only the single message tells them.
            dispatches: Vec<Dispatch> = "dispatches",
            /// When it was made.
            created_at: Option<Timestamp> = "created_at",
            /// When it last changed.
            updated_at: Option<Timestamp> = "updated_at",
        }
    }
}

wire_struct! {
    /// One try to send a message.
    pub struct Dispatch {
        required {}
        optional {
            /// Its id.
            id: Option<Uuid> = "id",
            /// Of which message.
            message_id: Option<Uuid> = "message_id",
            /// Whether it worked.
            status: Option<DispatchStatus> = "status",
            /// Why not.
            error: Option<RawJson> = "error",
            /// When it was made.
            created_at: Option<Timestamp> = "created_at",
            /// When it last changed.
            updated_at: Option<Timestamp> = "updated_at",
        }
    }
}

open_enum! {
    /// How far a message is.
    pub enum MessageStatus {
        /// It waits.
        Queued = "queued",
        /// It was handed over.
        Sent = "sent",
        /// It is being sent.
        Processing = "processing",
        /// It was given up.
        Abandoned = "abandoned",
    }
}

open_enum! {
    /// What a message travels by.
    pub enum MessageKind {
        /// E-mail.
        Email = "email",
        /// SMS (1.1 and later).
        Sms = "sms",
        /// SMS, in 0.11 to 1.0. The specification of later releases still says so.
        Phone = "phone",
    }
}

open_enum! {
    /// Whether a try worked.
    pub enum DispatchStatus {
        /// It did not.
        Failed = "failed",
        /// It did.
        Success = "success",
    }
}

open_enum! {
    /// Which text a message is.
    pub enum TemplateType {
        /// A recovery was asked for an unknown address.
        RecoveryInvalid = "recovery_invalid",
        /// A recovery link.
        RecoveryValid = "recovery_valid",
        /// A recovery code was asked for an unknown address.
        RecoveryCodeInvalid = "recovery_code_invalid",
        /// A recovery code.
        RecoveryCodeValid = "recovery_code_valid",
        /// A verification was asked for an unknown address.
        VerificationInvalid = "verification_invalid",
        /// A verification link.
        VerificationValid = "verification_valid",
        /// A verification code was asked for an unknown address.
        VerificationCodeInvalid = "verification_code_invalid",
        /// A verification code.
        VerificationCodeValid = "verification_code_valid",
        /// A one-time password (0.11 to 1.0).
        Otp = "otp",
        /// A code to sign in (1.1 and later).
        LoginCodeValid = "login_code_valid",
        /// A code to sign up (1.1 and later).
        RegistrationCodeValid = "registration_code_valid",
        /// A text for tests.
        Stub = "stub",
    }
}
