//! Detection of a server's era.

use kratos_core::client::{AdminClient, Client, Era};
use kratos_tests::lab::Server;

use crate::context::Context;

pub(crate) async fn detected(server: &'static Server) {
    let it = Context::new(server);
    if server.testkit.is_some() {
        // The testkit does not serve all routes that the detection requests.
        return;
    }
    let public = Client::new(&server.public_url).unwrap();
    assert_eq!(Era::detect(&public).await.unwrap(), it.era);
    let admin = AdminClient::new(&server.admin_url).unwrap();
    assert_eq!(Era::detect_admin(&admin).await.unwrap(), it.era);
}
