//! Methods of a verification flow.

use super::body::submit_body;

submit_body! {
    /// A link to this address.
    Link = "link" for VerificationFlow
    {
        text email = "email",
    }
    {
    }
}

submit_body! {
    /// A code that is sent (0.11 and later): first the address, then the code that came.
    Code = "code" for VerificationFlow
    {
    }
    {
        /// The address.
        text with_email = "email",
        /// The code that came.
        text with_code = "code",
    }
}
