//! Limits of the rate at which forms are submitted, which Kratos leaves to what is in front of it (kratos#3037).

mod cells;
mod device;

use std::{net::IpAddr, time::Duration};

use http::{HeaderMap, HeaderValue};
use kratos_core::gateway::GatewayUpstream;

use self::{cells::Cells, device::Device};

/// Limits of the rate at which forms are submitted through a [`Gateway`](super::Gateway): by the client's address, and by the
/// identifier that a login, recovery or verification form names. Beyond them the gateway answers 429 with `Retry-After`, and
/// Kratos is not called. Default: none.
///
/// A limit by identifier slows down those who guess a password from many addresses. It cannot lock the user out: a browser
/// that signed in before has a signed cookie (`kratos_device`), whose attempts are counted apart. The cookie names neither
/// user nor device. Its key is derived from [`Kratos::with_secret`](kratos_core::Kratos::with_secret): give the processes of
/// an application one secret.
///
/// Memory is bounded: 1 MiB for each limit, whatever comes. Identifiers are kept as keyed hashes and never logged. The
/// counters are those of the process.
///
/// ```
/// use std::time::Duration;
/// use kratos_tower::gateway::RateLimits;
///
/// let minute = Duration::from_secs(60);
/// let limits = RateLimits::new().with_per_address(60, minute).with_per_identifier(10, minute);
/// ```
#[derive(Clone, Copy, Debug, Default)]
#[must_use]
pub struct RateLimits {
    address: Option<Rate>,
    identifier: Option<Rate>,
}

/// So many in a period, all at once or spread over it.
#[derive(Clone, Copy, Debug)]
struct Rate {
    burst: u32,
    period: Duration,
}

impl RateLimits {
    /// Sets no limit yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Admits so many submitted forms of one client's address in a period; of IPv6, of one /64 network. Zero admits none. It
    /// needs the client's address: see [`Gateway::with_client_address`](super::Gateway::with_client_address).
    pub fn with_per_address(mut self, forms: u32, period: Duration) -> Self {
        self.address = Some(Rate { burst: forms, period });
        self
    }

    /// Admits so many login, recovery and verification forms that name one identifier in a period. Zero admits none.
    ///
    /// The body of such a form is read before it is passed on, at most 16 KiB: a larger one is answered with 413, and one that
    /// is neither JSON nor URL-encoded with 400, since its identifier could not be counted.
    pub fn with_per_identifier(mut self, forms: u32, period: Duration) -> Self {
        self.identifier = Some(Rate { burst: forms, period });
        self
    }
}

/// The counters of a gateway.
#[derive(Debug)]
pub(super) struct Limiter {
    address: Option<Cells>,
    identifier: Option<Cells>,
}

/// The login that a form attempts.
#[derive(Debug)]
pub(super) struct Attempt {
    devices: Vec<Device>,
}

impl Limiter {
    pub(super) fn new(limits: RateLimits) -> Self {
        let cells = |rate: Option<Rate>| rate.map(|rate| Cells::new(rate.burst, rate.period));
        Self { address: cells(limits.address), identifier: cells(limits.identifier) }
    }

    /// Counts a submitted form of an address, or returns when to try again.
    pub(super) fn count_address(&self, client: Option<IpAddr>) -> Result<(), Duration> {
        let (Some(cells), Some(client)) = (&self.address, client) else { return Ok(()) };
        cells.count(&network(client))
    }

    pub(super) fn reads_identifiers(&self) -> bool {
        self.identifier.is_some()
    }

    /// Counts an attempt at each of these identifiers, or returns when to try again.
    pub(super) fn count_identifiers(
        &self,
        upstream: &GatewayUpstream,
        identifiers: &[String],
        headers: &HeaderMap,
    ) -> Result<Attempt, Duration> {
        let mut attempt = Attempt { devices: Vec::new() };
        let Some(cells) = &self.identifier else { return Ok(attempt) };
        for identifier in identifiers {
            let device = Device::of(upstream, identifier, headers);
            cells.count(&device.counted_as())?;
            attempt.devices.push(device);
        }
        Ok(attempt)
    }
}

impl Attempt {
    /// The cookie by which a browser is known that has signed in.
    pub(super) fn cookie(&self, upstream: &GatewayUpstream, path: &str) -> Option<HeaderValue> {
        // Which of several identifiers signed in is not known.
        match &*self.devices {
            [device] => device.cookie(upstream, path),
            _ => None,
        }
    }
}

/// What counts as one client: an IPv4 address, or the network of an IPv6 one.
fn network(client: IpAddr) -> [u8; 16] {
    match client.to_canonical() {
        IpAddr::V4(address) => address.to_ipv6_mapped().octets(),
        IpAddr::V6(address) => (u128::from(address) & !u128::from(u64::MAX)).to_be_bytes(),
    }
}

#[cfg(test)]
mod tests;
