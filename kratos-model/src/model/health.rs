//! Health, version and counts.

use crate::wire::wire_struct;

wire_struct! {
    /// The health of a server.
    pub struct HealthStatus {
        required {}
        optional {
            /// `ok`.
            status: String = "status",
        }
    }
}

wire_struct! {
    /// The release of a server.
    pub struct Version {
        required {}
        optional {
            /// For example `v26.2.0`; `master` for builds from source.
            version: String = "version",
        }
    }
}

wire_struct! {
    /// The number of sessions that were revoked.
    pub struct DeletedSessions {
        required {}
        optional {
            /// The number.
            count: i64 = "count",
        }
    }
}

wire_struct! {
    /// The result of ending many sessions (after 26.2).
    pub struct ManagedSessions {
        required {}
        optional {
            /// The number of sessions that this call ended.
            processed: i64 = "processed",
            /// Whether sessions are left: call again.
            more: bool = "more",
        }
    }
}
