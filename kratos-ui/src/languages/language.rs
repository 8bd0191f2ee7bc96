//! The languages of the catalogues.

use std::sync::OnceLock;

use super::catalogue::Catalogue;

macro_rules! languages {
    ($( $name:ident = $tag:literal, $dir:literal, $own:literal; )+) => {
        /// A language that this crate has a catalogue of: every message of Kratos from 0.6 on, and every phrase of the pages.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum Language {
            $( #[doc = concat!("`", $tag, "`: ", $own)] $name, )+
        }

        impl Language {
            /// All languages.
            pub const ALL: &'static [Self] = &[$( Self::$name, )+];

            /// Returns the language tag, as in `<html lang>`.
            #[must_use]
            pub fn tag(self) -> &'static str {
                match self { $( Self::$name => $tag, )+ }
            }

            /// Returns the writing direction, as in `<html dir>`.
            #[must_use]
            pub fn dir(self) -> &'static str {
                match self { $( Self::$name => $dir, )+ }
            }

            /// Returns the language's name in the language itself, for a menu of languages.
            #[must_use]
            pub fn own_name(self) -> &'static str {
                match self { $( Self::$name => $own, )+ }
            }

            /// Returns the catalogue. The first call parses it.
            pub(super) fn catalogue(self) -> &'static Catalogue {
                match self { $( Self::$name => {
                    static CATALOGUE: OnceLock<Catalogue> = OnceLock::new();
                    CATALOGUE.get_or_init(|| {
                        Catalogue::new(self, include_str!(concat!("../../languages/", $tag, ".ftl")))
                    })
                } )+ }
            }
        }
    };
}

languages! {
    English = "en", "ltr", "English";
    German = "de", "ltr", "Deutsch";
    French = "fr", "ltr", "français";
    Spanish = "es", "ltr", "español";
    Italian = "it", "ltr", "italiano";
    BrazilianPortuguese = "pt-BR", "ltr", "português (Brasil)";
    Dutch = "nl", "ltr", "Nederlands";
    Polish = "pl", "ltr", "polski";
    Swedish = "sv", "ltr", "svenska";
    Japanese = "ja", "ltr", "日本語";
    SimplifiedChinese = "zh-Hans", "ltr", "简体中文";
    Arabic = "ar", "rtl", "العربية";
}
