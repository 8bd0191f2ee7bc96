//! What a step may need in addition to Rust and curl.

use std::process::{Command, Stdio};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Need {
    Docker,
    Kratos,
    Network,
}

impl Need {
    pub(crate) const ALL: [Self; 3] = [Self::Docker, Self::Kratos, Self::Network];

    pub(crate) fn of_mark(mark: &str) -> Self {
        match mark {
            "docker" => Self::Docker,
            "kratos" => Self::Kratos,
            "network" => Self::Network,
            other => panic!("unknown need: {other}"),
        }
    }

    pub(crate) fn what(self) -> &'static str {
        match self {
            Self::Docker => "Docker",
            Self::Kratos => "a real Kratos",
            Self::Network => "an Ory Network project",
        }
    }

    /// Returns how to provide it.
    pub(crate) fn how(self) -> &'static str {
        match self {
            Self::Docker => "start a Docker engine",
            Self::Kratos => "set KRATOS_PROGRAM to the path of a kratos",
            Self::Network => "set ORY_PROJECT_URL and ORY_API_KEY to those of a project",
        }
    }

    pub(crate) fn is_there(self) -> bool {
        match self {
            Self::Docker => {
                let engine =
                    Command::new("docker").arg("info").stdout(Stdio::null()).stderr(Stdio::null()).status();
                engine.is_ok_and(|status| status.success())
            }
            Self::Kratos => std::env::var_os("KRATOS_PROGRAM").is_some(),
            Self::Network => {
                ["ORY_PROJECT_URL", "ORY_API_KEY"].iter().all(|name| std::env::var_os(name).is_some())
            }
        }
    }
}
