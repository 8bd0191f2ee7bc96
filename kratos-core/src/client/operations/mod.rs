//! Every operation of Kratos' API from 2021 to today: its names, its route in each era, and our method.
//!
//! Look for any name here: those of the 2021 reference (`submit_self_service_login_flow_admin` and the like),
//! those of today's OpenAPI (`updateLoginFlow`), and ours. The search of these pages finds them too. Two of the
//! 2021 names were never served by any release (`submit_self_service_verification_flow` with its path, and
//! `submit_self_service_recovery_flow_with_link_method`); they stand with the route that works.
//!
//! What is marked *Network* is served by the Ory Network only. The port is the admin port where it says so;
//! from 0.9 on its paths begin with `/admin`.

mod table;

pub use table::Operation;

use super::Era;

/// Which of Kratos' two ports.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Port {
    /// The port for everybody.
    Public,
    /// The port for operators.
    Admin,
}

/// Where an operation is, in a range of eras.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Route {
    /// The first era that has it so.
    pub since: Era,
    /// The last era that has it so.
    pub until: Era,
    /// The HTTP method.
    pub method: &'static str,
    /// The port.
    pub port: Port,
    /// The path without `/admin`; `{}` stands for a value.
    pub path: &'static str,
}

impl Operation {
    /// Where the operation is in an era; `None` where it is not.
    #[must_use]
    pub fn route(self, era: Era) -> Option<&'static Route> {
        self.routes().iter().find(|route| (route.since..=route.until).contains(&era))
    }

    /// The first era that has the operation.
    #[must_use]
    pub fn since(self) -> Option<Era> {
        self.routes().iter().map(|route| route.since).min()
    }

    /// The operation of a name, be it of 2021 or of today.
    #[must_use]
    pub fn of_name(name: &str) -> Option<Self> {
        Self::ALL
            .iter()
            .copied()
            .find(|operation| operation.name() == name || operation.names_2021().contains(&name))
    }

    /// Whether asking twice does nothing that asking once does not. Codes and tokens that work once make a `GET`
    /// unsafe too.
    pub(super) fn is_repeatable(self) -> bool {
        let get = self.routes().iter().all(|route| route.method == "GET");
        get && !matches!(
            self,
            Self::ExchangeSessionToken
                | Self::UpdateLogoutFlow
                | Self::InitializeBrowserLogout
                | Self::FollowLoginFlow
                | Self::FollowRegistrationFlow
                | Self::FollowSettingsFlow
                | Self::FollowRecoveryFlow
                | Self::FollowVerificationFlow
                | Self::OidcCallback
                | Self::OidcCallbackOfAny
        )
    }
}

impl std::fmt::Display for Operation {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name())
    }
}

/// Declares the operations and their table.
macro_rules! operations {
    ($(
        $(#[$meta:meta])*
        $variant:ident = $name:literal [$($alias:literal),*] in $release:literal
            { $( $since:ident ..= $until:ident $method:ident $port:ident $path:literal ),+ $(,)? }
    )+) => {
        /// An operation of Kratos. Its name is that of today's OpenAPI, where it has one.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[non_exhaustive]
        pub enum Operation {
            $(
                $(#[$meta])*
                #[doc = concat!("\n\nName of today: `", $name, "`; first release: ", $release, ".")]
                $( #[doc = concat!("\n\nName of 2021: `", $alias, "`.")] #[doc(alias = $alias)] )*
                #[doc(alias = $name)]
                $( #[doc = concat!("\n\n", stringify!($since), " to ", stringify!($until), ": `", stringify!($method), " ", $path, "` on the ", stringify!($port), " port")] )+
                $variant,
            )+
        }

        impl Operation {
            /// Every operation.
            pub const ALL: &[Self] = &[ $( Self::$variant, )+ ];

            /// The name in today's OpenAPI, or one like it where that has none.
            #[must_use]
            pub fn name(self) -> &'static str {
                match self { $( Self::$variant => $name, )+ }
            }

            /// The names in the reference of 2021.
            #[must_use]
            pub fn names_2021(self) -> &'static [&'static str] {
                match self { $( Self::$variant => &[ $( $alias ),* ], )+ }
            }

            /// The first release that has it.
            #[must_use]
            pub fn release(self) -> &'static str {
                match self { $( Self::$variant => $release, )+ }
            }

            /// Where it is, by era, oldest first.
            #[must_use]
            pub fn routes(self) -> &'static [$crate::client::operations::Route] {
                use $crate::client::{Era, operations::{Port, Route}};
                match self { $( Self::$variant => &[ $( Route {
                    since: Era::$since, until: Era::$until,
                    method: stringify!($method), port: Port::$port, path: $path,
                } ),+ ], )+ }
            }
        }
    };
}

use operations;
