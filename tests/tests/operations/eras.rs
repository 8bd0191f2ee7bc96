//! Detection of a server's era.

use kratos_core::client::{AdminClient, Client, Era};
use kratos_tests::lab::Server;

use crate::context::Context;

pub(crate) async fn detected(server: &'static Server) {
    let it = Context::new(server);
    if server.testkit.is_some() || server.gateway.is_some() {
        // The testkit does not serve all routes that the detection requests, and a gateway hides those below `/admin`.
        return;
    }
    let public = Client::new(&server.public_url).unwrap();
    // 0.9 and 0.10 have the same public API; 0.13 and 1.0, and 1.1 to 1.3, have the same admin API.
    let wanted = if it.era == Era::V0_10 { Era::V0_9 } else { it.era };
    assert_eq!(Era::detect(&public).await.unwrap(), wanted);
    let admin = AdminClient::new(&server.admin_url).unwrap();
    let wanted = match it.era {
        Era::V1_0 => Era::V0_13,
        Era::V1_3 => Era::V1_1,
        era => era,
    };
    assert_eq!(Era::detect_admin(&admin).await.unwrap(), wanted);
}
