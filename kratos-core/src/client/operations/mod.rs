//! Every operation of Kratos' API from 0.6 to today: its names, and its route in each era.

mod table;

pub use table::Operation;

use super::Era;
use crate::diagnosis::ports::Port;

/// The route of an operation in a range of eras.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Route {
    pub(super) since: Era,
    pub(super) until: Era,
    pub(super) method: &'static str,
    pub(super) port: Port,
    /// The path without `/admin`. `{}` is a parameter.
    pub(super) path: &'static str,
}

impl Route {
    /// Returns the method.
    #[must_use]
    pub fn method(&self) -> &'static str {
        self.method
    }

    /// Returns the path without `/admin`; `{}` is a parameter.
    #[must_use]
    pub fn path(&self) -> &'static str {
        self.path
    }
}

impl Operation {
    /// Returns the route in an era; `None` if the era does not support the operation.
    #[must_use]
    pub fn route(self, era: Era) -> Option<&'static Route> {
        self.routes().iter().find(|route| (route.since..=route.until).contains(&era))
    }

    /// Returns whether repeating the call has no further effect. A `GET` that redeems a one-time code or token has one.
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
        $variant:ident = $name:literal since $release:literal
            $( 2021: $name_2021:literal )*
            $( $since:ident ..= $until:ident $method:ident $port:ident $path:literal )+ ;
    )+) => {
        /// An operation of Kratos.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Operation {
            $( #[doc = concat!("`", $name, "`, since Kratos ", $release, ".")] $variant, )+
        }

        impl Operation {
            /// All operations.
            pub const ALL: &[Self] = &[ $( Self::$variant, )+ ];

            /// Returns the name in today's OpenAPI, or an analogous name if it has none.
            #[must_use]
            pub fn name(self) -> &'static str {
                match self { $( Self::$variant => $name, )+ }
            }

            /// Returns the names in the 2021 reference.
            #[must_use]
            pub fn names_2021(self) -> &'static [&'static str] {
                match self { $( Self::$variant => &[ $( $name_2021 ),* ], )+ }
            }

            /// Returns the first release with this operation.
            #[must_use]
            pub fn release(self) -> &'static str {
                match self { $( Self::$variant => $release, )+ }
            }

            /// Returns the routes, oldest first.
            #[must_use]
            pub fn routes(self) -> &'static [$crate::client::operations::Route] {
                use $crate::{client::{Era, operations::Route}, diagnosis::ports::Port};
                match self { $( Self::$variant => &[ $( Route {
                    since: Era::$since,
                    until: Era::$until,
                    method: stringify!($method),
                    port: Port::$port,
                    path: $path,
                } ),+ ], )+ }
            }
        }
    };
}

use operations;
