//! What a server tells of itself.

use crate::wire::wire_struct;

wire_struct! {
    /// Whether a server is up.
    pub struct HealthStatus {
        required {}
        optional {
            /// `ok`.
            status: String = "status",
        }
    }
}

wire_struct! {
    /// Which release a server is.
    pub struct Version {
        required {}
        optional {
            /// For example `v26.2.0`; builds from source say `master`.
            version: String = "version",
        }
    }
}

wire_struct! {
    /// How many sessions were ended.
    pub struct DeletedSessions {
        required {}
        optional {
            /// How many.
            count: i64 = "count",
        }
    }
}
