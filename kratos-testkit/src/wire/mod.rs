//! Kratos' HTTP: reading requests and writing responses.

pub(crate) mod call;
pub(crate) mod cookie;
pub(crate) mod form;
pub(crate) mod id;
pub(crate) mod problem;
pub(crate) mod reply;

pub(crate) use call::Call;
pub(crate) use id::parse_id;
pub(crate) use problem::Problem;
pub(crate) use reply::{Answer, Crashed, Reply};
