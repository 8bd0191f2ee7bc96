/// How Kratos reads a web hook's answer: `response` in its configuration.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ResponseMode {
    /// `parse: true` (0.13 and later): the answer may change the identity or carry messages. After a registration or a
    /// settings change Kratos calls the hook before it stores the identity.
    Parse,
    /// Neither: 400 and above stop the flow with 502. After a registration or a settings change Kratos calls the hook after
    /// it stored the identity.
    Status,
    /// `ignore: true`: Kratos calls the hook beside the flow, and nothing stops it.
    Ignore,
}
