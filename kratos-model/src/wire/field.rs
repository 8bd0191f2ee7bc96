//! Decoding of optional fields.
//!
//! A field is decoded into its place, and texts by one visitor. `Option<Option<String>>` would hand its value through
//! three visitors, and copy it each time.

use std::{collections::BTreeMap, fmt, sync::Arc};

use serde::{
    Deserialize, Deserializer,
    de::{DeserializeSeed, Error, SeqAccess, Visitor},
};
use uuid::Uuid;

use super::{Blank, QuietText, RawJson};

/// An optional field.
pub(crate) trait Field<'de>: Blank {
    /// Decodes a value into this field. Returns whether there was one: `null` changes nothing.
    fn decode<D: Deserializer<'de>>(&mut self, deserializer: D) -> Result<bool, D::Error>;
}

/// Decodes a field, the value of a map.
pub(crate) struct Place<'a, F>(pub(crate) &'a mut F);

impl<'de, F: Field<'de>> DeserializeSeed<'de> for Place<'_, F> {
    type Value = bool;

    #[inline]
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<bool, D::Error> {
        self.0.decode(deserializer)
    }
}

/// What is written as a text.
pub(crate) trait FromText: Sized {
    fn from_text<E: Error>(text: &str) -> Result<Self, E>;
}

impl FromText for String {
    #[inline]
    fn from_text<E: Error>(text: &str) -> Result<Self, E> {
        Ok(text.to_owned())
    }
}

impl FromText for Uuid {
    #[inline]
    fn from_text<E: Error>(text: &str) -> Result<Self, E> {
        Self::parse_str(text).map_err(|_| E::custom("not a UUID"))
    }
}

/// A place for a text.
trait TextPlace {
    fn set<E: Error>(&mut self, text: &str) -> Result<(), E>;
}

impl<T: FromText> TextPlace for Option<T> {
    #[inline]
    fn set<E: Error>(&mut self, text: &str) -> Result<(), E> {
        *self = Some(T::from_text(text)?);
        Ok(())
    }
}

struct TextVisitor<'a, P>(&'a mut P);

impl<'de, P: TextPlace> Visitor<'de> for TextVisitor<'_, P> {
    type Value = bool;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a text or null")
    }

    #[inline]
    fn visit_str<E: Error>(self, text: &str) -> Result<bool, E> {
        self.0.set(text)?;
        Ok(true)
    }

    #[inline]
    fn visit_unit<E: Error>(self) -> Result<bool, E> {
        Ok(false)
    }

    fn visit_none<E: Error>(self) -> Result<bool, E> {
        Ok(false)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<bool, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de, T: FromText> Field<'de> for Option<T> {
    #[inline]
    fn decode<D: Deserializer<'de>>(&mut self, deserializer: D) -> Result<bool, D::Error> {
        deserializer.deserialize_any(TextVisitor(self))
    }
}

macro_rules! texts {
    ($($text:ty),*) => {
        $(
            impl TextPlace for $text {
                #[inline]
                fn set<E: Error>(&mut self, text: &str) -> Result<(), E> {
                    *self = FromText::from_text(text)?;
                    Ok(())
                }
            }

            impl<'de> Field<'de> for $text {
                #[inline]
                fn decode<D: Deserializer<'de>>(&mut self, deserializer: D) -> Result<bool, D::Error> {
                    deserializer.deserialize_any(TextVisitor(self))
                }
            }
        )*
    };
}

texts!(String, QuietText);

/// Implements [`Field`] for what is not a text.
macro_rules! fields {
    ($($field:ty),*) => {
        $(
            impl<'de> $crate::wire::Field<'de> for $field {
                #[inline]
                fn decode<D: serde::Deserializer<'de>>(&mut self, deserializer: D) -> Result<bool, D::Error> {
                    $crate::wire::decode_value(deserializer, |value| *self = value)
                }
            }
        )*
    };
}

pub(crate) use fields;

/// Decodes a value unless it is `null`, and keeps it by `keep`.
#[inline]
pub(crate) fn decode_value<'de, T: Deserialize<'de>, D: Deserializer<'de>>(
    deserializer: D,
    keep: impl FnOnce(T),
) -> Result<bool, D::Error> {
    Ok(Option::<T>::deserialize(deserializer)?.map(keep).is_some())
}

fields!(bool, i64);

/// Implements [`Field`] for an optional value.
macro_rules! optional_fields {
    ($($value:ty),*) => {
        $(
            impl<'de> $crate::wire::Field<'de> for Option<$value> {
                #[inline]
                fn decode<D: serde::Deserializer<'de>>(&mut self, deserializer: D) -> Result<bool, D::Error> {
                    $crate::wire::decode_value(deserializer, |value| *self = Some(value))
                }
            }
        )*
    };
}

pub(crate) use optional_fields;

optional_fields!(bool, i64, RawJson, serde_json::Value);

/// serde would allocate the value twice: in a box, and in the `Arc`.
impl<'de, T: Deserialize<'de>> Field<'de> for Option<Arc<T>> {
    #[inline]
    fn decode<D: Deserializer<'de>>(&mut self, deserializer: D) -> Result<bool, D::Error> {
        decode_value(deserializer, |value| *self = Some(Arc::new(value)))
    }
}

impl<'de, K: Deserialize<'de> + Ord, V: Deserialize<'de>> Field<'de> for BTreeMap<K, V> {
    fn decode<D: Deserializer<'de>>(&mut self, deserializer: D) -> Result<bool, D::Error> {
        decode_value(deserializer, |value| *self = value)
    }
}

impl<'de, T: Deserialize<'de>> Field<'de> for Vec<T> {
    #[inline]
    fn decode<D: Deserializer<'de>>(&mut self, deserializer: D) -> Result<bool, D::Error> {
        deserializer.deserialize_any(ListVisitor(self))
    }
}

/// Decodes a list, which starts with room for one element. A `Vec` starts with room for four, and a session has one
/// device, one address of each kind and one or two methods.
struct ListVisitor<'a, T>(&'a mut Vec<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for ListVisitor<'_, T> {
    type Value = bool;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list or null")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut elements: A) -> Result<bool, A::Error> {
        let mut list = Vec::new();
        while let Some(element) = elements.next_element()? {
            if list.is_empty() {
                list.reserve_exact(1);
            }
            list.push(element);
        }
        *self.0 = list;
        Ok(true)
    }

    fn visit_unit<E: Error>(self) -> Result<bool, E> {
        Ok(false)
    }

    fn visit_none<E: Error>(self) -> Result<bool, E> {
        Ok(false)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<bool, D::Error> {
        deserializer.deserialize_any(self)
    }
}
