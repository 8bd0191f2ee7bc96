//! Identities, sessions, errors and the other records of Kratos.

mod assurance;
mod batch;
mod courier;
mod credentials;
mod error;
mod health;
mod identity;
mod recovery;
mod schema;
mod session;
mod traits;

pub use assurance::{Aal, Method};
pub use batch::{BatchAction, BatchResult, BatchResults};
pub use courier::{CourierMessage, Dispatch, DispatchStatus, MessageKind, MessageStatus, TemplateType};
pub use credentials::IdentityCredentials;
pub use error::{ErrorBody, ErrorEnvelope, ErrorId};
pub use health::{DeletedSessions, HealthStatus, ManagedSessions, Version};
pub use identity::{AddressStatus, Identity, IdentityState, RecoveryAddress, Region, VerifiableAddress};
pub use recovery::{RecoveryCode, RecoveryLink};
pub use schema::IdentitySchema;
pub use session::{AuthenticationMethod, Device, Session};
pub use traits::{UnsupportedReason, UnsupportedTrait};
