//! A connection to a server, or to the nodes of a cluster.

#[cfg(feature = "cluster")]
use crate::cluster;

use redis::{
    Cmd, Pipeline, RedisFuture, Value,
    aio::{ConnectionLike, MultiplexedConnection},
};

#[derive(Clone)]
pub(crate) enum Link {
    Server(MultiplexedConnection),
    /// Sends each command to the master of its key's slot, and a pipeline whole to the master of its keys' slot.
    #[cfg(feature = "cluster")]
    Cluster(redis::cluster_async::ClusterConnection),
}

impl ConnectionLike for Link {
    fn req_packed_command<'a>(&'a mut self, command: &'a Cmd) -> RedisFuture<'a, Value> {
        match self {
            Self::Server(server) => server.req_packed_command(command),
            #[cfg(feature = "cluster")]
            Self::Cluster(nodes) => cluster::limited(nodes.req_packed_command(command)),
        }
    }

    fn req_packed_commands<'a>(
        &'a mut self,
        commands: &'a Pipeline,
        offset: usize,
        count: usize,
    ) -> RedisFuture<'a, Vec<Value>> {
        match self {
            Self::Server(server) => server.req_packed_commands(commands, offset, count),
            #[cfg(feature = "cluster")]
            Self::Cluster(nodes) => cluster::limited(nodes.req_packed_commands(commands, offset, count)),
        }
    }

    fn get_db(&self) -> i64 {
        match self {
            Self::Server(server) => server.get_db(),
            #[cfg(feature = "cluster")]
            Self::Cluster(nodes) => nodes.get_db(),
        }
    }
}
