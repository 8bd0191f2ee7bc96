//! The fleet of a [`Kratos`].

use super::Kratos;
use crate::{
    fleet::{Fleet, FleetMember},
    transport::ConfigError,
};

impl Kratos {
    /// Shares cached sessions with the other processes of the application, and revocations with all of them. Every `forget`
    /// of this value then reaches every process within the fleet's bound.
    ///
    /// Set [`Kratos::with_secret`] and [`Kratos::with_cache`] first: the same secret in every process. Processes with the same
    /// store and secret are one fleet. The log of revocations is read by a task of the runtime that serves the first request,
    /// or [`FleetMember::ready`].
    ///
    /// # Errors
    /// Without a secret or a cache.
    pub fn with_fleet(self, fleet: Fleet) -> Result<Self, ConfigError> {
        if !self.0.config.has_secret {
            return Err(ConfigError::new(
                "a fleet (Kratos::with_fleet) needs the secret that all its processes have: call with_secret first",
            ));
        }
        if self.0.config.cache.ttl.is_none() {
            return Err(ConfigError::new(
                "a fleet (Kratos::with_fleet) needs a cache: call with_cache first",
            ));
        }
        Ok(self.with(|config| config.cache.fleet = Some(fleet)))
    }

    /// Returns this process as a member of its fleet; `None` without [`Kratos::with_fleet`].
    #[must_use]
    pub fn fleet(&self) -> Option<FleetMember> {
        self.0.parts.cache.as_ref()?.fleet()
    }
}
