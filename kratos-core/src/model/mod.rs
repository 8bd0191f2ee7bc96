//! What Kratos knows of a person and of a sign-in: the same types for every release from 0.6.3 to 26.2.0.

mod assurance;
mod credentials;
mod error;
mod identity;
mod session;

pub use assurance::{Aal, Method};
pub use credentials::IdentityCredentials;
pub use error::{ErrorBody, ErrorEnvelope, ErrorId};
pub use identity::{AddressStatus, Identity, IdentityState, RecoveryAddress, VerifiableAddress};
pub use session::{AuthenticationMethod, Device, Session};
