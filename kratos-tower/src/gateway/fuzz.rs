//! The gateway's readers and cleaners of headers, for the fuzz targets.

use std::net::IpAddr;

use http::HeaderMap;

use super::{ClientAddress, address::Found, headers};

/// Removes what does not pass to Kratos.
pub fn clean_request(sent: &mut HeaderMap) {
    headers::clean_request(sent);
}

/// Removes what does not pass to the client.
pub fn clean_response(sent: &mut HeaderMap) {
    headers::clean_response(sent);
}

/// Finds the address of a client.
#[must_use]
pub fn client_address(source: ClientAddress, sent: &HeaderMap, peer: Option<IpAddr>) -> Option<IpAddr> {
    match source.find(sent, peer) {
        Found::Address(address) | Found::OnlyPeer(address) => Some(address),
        Found::Nothing => None,
    }
}
