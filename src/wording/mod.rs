//! Texts in the language of their reader, from Fluent files under `locales/`, which are part of the program and parsed once.
//!
//! A family of texts is declared by [`texts!`](crate::texts): each key becomes a method with the variables of its text, so
//! that a key or a variable that is not there does not compile, and one that nobody uses is found by the compiler. A test
//! that comes with the declaration holds the files of all languages to it.

pub mod units;
mod writing;

#[cfg(test)]
pub mod files;

use crate::people::types::Locale;
use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
pub use writing::{count, decimal, share};

/// A family of texts in one language.
pub struct Wording {
    language: Locale,
    bundle: FluentBundle<FluentResource>,
}

impl Wording {
    /// Of a Fluent file. What is wrong with one is for the test of its family to find: here it is passed over.
    pub fn parse(language: Locale, file: &str) -> Wording {
        let tag: &str = language.into();
        let mut bundle = FluentBundle::new_concurrent(vec![tag.parse().unwrap_or_default()]);
        // The marks around a variable are for languages written from both sides.
        bundle.set_use_isolating(false);
        bundle.set_formatter(Some(match language {
            Locale::Nl => |value, _| number(Locale::Nl, value),
            Locale::En => |value, _| number(Locale::En, value),
        }));
        let resource = FluentResource::try_new(file.to_owned()).unwrap_or_else(|(parsed, _)| parsed);
        bundle.add_resource_overriding(resource);
        Wording { language, bundle }
    }

    pub fn language(&self) -> Locale {
        self.language
    }

    /// The text of a key, with its variables filled in. Underscores of the key are hyphens in the file.
    pub fn say(
        &self,
        key: &str,
        variables: impl IntoIterator<Item = (&'static str, FluentValue<'static>)>,
    ) -> String {
        let id = key.replace('_', "-");
        let mut args = FluentArgs::new();
        for (name, value) in variables {
            args.set(name, value);
        }
        match self.bundle.get_message(&id).and_then(|message| message.value()) {
            Some(pattern) => self.bundle.format_pattern(pattern, Some(&args), &mut Vec::new()).into_owned(),
            None => id,
        }
    }
}

fn number(language: Locale, value: &FluentValue<'_>) -> Option<String> {
    let FluentValue::Number(number) = value else { return None };
    Some(decimal(language, number.value, 1))
}

/// Declares a family of texts by the name of its file: `keys(variable: type)`, and nothing else may stand in the file. Types
/// are those that Fluent takes: `u64` and `f64` are numbers, with the plural forms of the language, `String` is text.
#[macro_export]
macro_rules! texts {
    (
        $(#[$meta:meta])*
        $vis:vis struct $name:ident from $file:literal {
            $( $key:ident ( $( $variable:ident : $kind:ty ),* ) ; )*
        }
    ) => {
        $(#[$meta])*
        #[derive(Clone, Copy)]
        $vis struct $name(&'static $crate::wording::Wording);

        impl $name {
            $vis fn of(language: $crate::people::types::Locale) -> $name {
                use std::sync::LazyLock;
                use $crate::people::types::Locale;
                use $crate::wording::Wording;
                static NL: LazyLock<Wording> = LazyLock::new(|| {
                    Wording::parse(Locale::Nl, include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/locales/nl/", $file)))
                });
                static EN: LazyLock<Wording> = LazyLock::new(|| {
                    Wording::parse(Locale::En, include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/locales/en/", $file)))
                });
                $name(match language {
                    Locale::Nl => &NL,
                    Locale::En => &EN,
                })
            }

            #[allow(dead_code)] // a family may have no use for it
            $vis fn language(self) -> $crate::people::types::Locale {
                self.0.language()
            }

            $(
                $vis fn $key(self $(, $variable: $kind)*) -> String {
                    self.0.say(stringify!($key), [$( (stringify!($variable), $variable.into()) ),*])
                }
            )*
        }

        #[cfg(test)]
        #[test]
        fn every_language_has_these_texts_and_no_others() {
            $crate::wording::files::hold($file, &[
                $( (stringify!($key), &[$( stringify!($variable) ),*]) ),*
            ]);
        }
    };
}
