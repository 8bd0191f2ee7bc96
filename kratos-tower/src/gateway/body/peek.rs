//! The start of a request's body, read before it is passed on.

use std::time::Duration;

use bytes::{Bytes, BytesMut};
use http_body::Body as _;
use http_body_util::{BodyExt as _, Full};

use super::Erased;
use crate::gateway::GatewayRefusal;

/// The largest body that is read: of a login form, which has some kilobytes with a passkey, or of a native logout, which has
/// some hundred bytes.
const LARGEST: usize = 16 * 1024;

/// Reads a whole small body within a time.
pub(in crate::gateway) async fn peek(
    mut body: Erased,
    within: Duration,
) -> Result<(Bytes, Erased), GatewayRefusal> {
    if body.size_hint().lower() > u64::try_from(LARGEST).unwrap_or(u64::MAX) {
        return Err(GatewayRefusal::BodyTooLarge);
    }
    let reading = async {
        let mut read = BytesMut::new();
        while let Some(frame) = body.frame().await {
            // Trailers do not pass.
            let Ok(data) = frame.map_err(|_| GatewayRefusal::BodyBroken)?.into_data() else { continue };
            if read.len().saturating_add(data.len()) > LARGEST {
                return Err(GatewayRefusal::BodyTooLarge);
            }
            read.extend_from_slice(&data);
        }
        Ok(read.freeze())
    };
    let read = tokio::time::timeout(within, reading).await.unwrap_or(Err(GatewayRefusal::BodyTooSlow))?;
    Ok((read.clone(), Erased::new(Full::new(read))))
}
