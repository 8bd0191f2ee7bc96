//! Structs that decode the JSON of every Kratos release and encode it unchanged.

/// Declares a model: a `#[non_exhaustive]` struct with public fields, a constructor, and serde implementations that keep
/// unknown fields and the spelling of blank ones. The constructor is `new(required fields)`, or `Default` if no field is
/// required.
///
/// The trait implementations carry `#[automatically_derived]`, as those of a derive macro do.
///
/// Decoding fails if a required field is missing or `null`, so require only what every use needs.
/// `#[serde(flatten)]` would buffer every value and double the decoding time.
macro_rules! wire_struct {
    (
        $(#[$meta:meta])*
        $vis:vis struct $name:ident {
            required { $( $(#[$required_meta:meta])* $required:ident : $required_type:ty = $required_wire:literal, )* }
            optional { $( $(#[$optional_meta:meta])* $optional:ident : $optional_type:ty = $optional_wire:literal, )* }
        }
    ) => {
        $(#[$meta])*
        #[derive(Clone, PartialEq)]
        #[non_exhaustive]
        $vis struct $name {
            $( $(#[$required_meta])* $vis $required: $required_type, )*
            $( $(#[$optional_meta])* $vis $optional: $optional_type, )*
            /// The unknown fields, as Kratos sent them.
            $vis extra: $crate::wire::Extra,
            spelling: $crate::wire::Spelling<
                { $crate::wire::spelling_words(&[$( $required_wire, )* $( $optional_wire, )*]) }
            >,
        }

        $crate::wire::wire_struct! {
            @constructor $vis $name { $( $required: $required_type, )* } { $( $optional )* }
        }

        #[automatically_derived]
        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                let mut output = f.debug_struct(stringify!($name));
                $( output.field(stringify!($required), &self.$required); )*
                $(
                    if $crate::wire::is_quiet($optional_wire) && !$crate::wire::Blank::is_blank(&self.$optional) {
                        output.field(stringify!($optional), &format_args!("[hidden]"));
                    } else {
                        output.field(stringify!($optional), &self.$optional);
                    }
                )*
                output.field("extra", &self.extra).finish_non_exhaustive()
            }
        }

        const _: () = {
            use serde::{de, ser};
            use $crate::wire::{Blank, Extra, Place, Spelling};

            #[allow(non_camel_case_types, dead_code)]
            #[derive(Clone, Copy)]
            enum Index { $( $required, )* $( $optional, )* }

            #[allow(non_camel_case_types)]
            enum Key { $( $required, )* $( $optional, )* Unknown(String) }

            struct KeyVisitor;
            impl de::Visitor<'_> for KeyVisitor {
                type Value = Key;
                fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                    f.write_str("a field name")
                }
                fn visit_str<E: de::Error>(self, key: &str) -> Result<Key, E> {
                    Ok(match key {
                        $( $required_wire => Key::$required, )*
                        $( $optional_wire => Key::$optional, )*
                        other => Key::Unknown(other.to_owned()),
                    })
                }
            }
            impl<'de> de::Deserialize<'de> for Key {
                fn deserialize<D: de::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                    deserializer.deserialize_identifier(KeyVisitor)
                }
            }

            struct Visitor;
            impl<'de> de::Visitor<'de> for Visitor {
                type Value = $name;
                fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                    f.write_str(concat!("an object for ", stringify!($name)))
                }
                fn visit_map<A: de::MapAccess<'de>>(self, mut map: A) -> Result<$name, A::Error> {
                    $( let mut $required: Option<$required_type> = None; )*
                    $( let mut $optional: $optional_type = Default::default(); )*
                    let mut extra = Extra::default();
                    #[allow(unused_mut)]
                    let mut spelling = Spelling::default();
                    while let Some(key) = map.next_key::<Key>()? {
                        match key {
                            $( Key::$required => $required = Some(map.next_value()?), )*
                            $( Key::$optional => {
                                if map.next_value_seed(Place(&mut $optional))? {
                                    spelling.saw_value(Index::$optional as usize);
                                } else {
                                    spelling.saw_null(Index::$optional as usize);
                                    $optional = Default::default();
                                }
                            }, )*
                            Key::Unknown(name) => { extra.insert(name, map.next_value()?); }
                        }
                    }
                    Ok($name {
                        $( $required: $required.ok_or_else(|| de::Error::missing_field($required_wire))?, )*
                        $( $optional, )*
                        extra,
                        spelling,
                    })
                }
            }

            #[automatically_derived]
            impl<'de> de::Deserialize<'de> for $name {
                fn deserialize<D: de::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                    const FIELDS: &[&str] = &[$( $required_wire, )* $( $optional_wire, )*];
                    deserializer.deserialize_struct(stringify!($name), FIELDS, Visitor)
                }
            }

            $crate::wire::optional_fields!($name);

            #[automatically_derived]
            impl ser::Serialize for $name {
                fn serialize<S: ser::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                    use ser::SerializeMap as _;
                    let mut map = serializer.serialize_map(None)?;
                    $( map.serialize_entry($required_wire, &self.$required)?; )*
                    $(
                        let index = Index::$optional as usize;
                        if !self.$optional.is_blank() || self.spelling.is_written(index) {
                            map.serialize_entry($optional_wire, &self.$optional)?;
                        } else if self.spelling.is_null(index) {
                            map.serialize_entry($optional_wire, &())?;
                        }
                    )*
                    for (name, value) in self.extra.iter() {
                        map.serialize_entry(name, value)?;
                    }
                    map.end()
                }
            }
        };
    };

    (@constructor $vis:vis $name:ident { } { $( $optional:ident )* }) => {
        #[automatically_derived]
        impl Default for $name {
            fn default() -> Self {
                Self {
                    $( $optional: Default::default(), )*
                    extra: Default::default(),
                    spelling: Default::default(),
                }
            }
        }
    };

    (@constructor $vis:vis $name:ident { $( $required:ident : $required_type:ty, )+ } { $( $optional:ident )* }) => {
        impl $name {
            /// Creates a value with all other fields blank.
            #[must_use]
            #[allow(dead_code)]
            $vis fn new($( $required: $required_type ),+) -> Self {
                Self {
                    $( $required, )+
                    $( $optional: Default::default(), )*
                    extra: Default::default(),
                    spelling: Default::default(),
                }
            }
        }
    };
}

pub(crate) use wire_struct;
