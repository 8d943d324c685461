//! What tells domains apart, and what makes a choice of a framework whole.

use super::built_in;
use super::types::{AddedWords, DomainBody, FrameworkDomain, LifeDomainChoiceCreate};
use crate::error::FieldError;
use crate::label::Label;
use crate::practice::texts;
use std::collections::HashMap;
use unicode_normalization::UnicodeNormalization;

/// The form in which two texts are compared: without white space around them, in small letters, in Unicode's form NFC. A
/// text is compared as a whole.
pub fn folded(text: &str) -> String {
    text.trim().to_lowercase().nfc().collect()
}

/// Domains as they are stored, of those that were sent.
pub fn domains(sent: &[DomainBody]) -> Vec<FrameworkDomain> {
    let stored = |domain: &DomainBody| FrameworkDomain {
        key: domain.key.to_string(),
        label: Label::from(&domain.label),
        words: texts(domain.words.as_deref().unwrap_or_default()),
    };
    sent.iter().map(stored).collect()
}

/// Everything a domain goes by, with where in the domain it stands.
fn names(domain: &FrameworkDomain) -> Vec<(String, &str)> {
    let mut names = vec![("/key".to_owned(), domain.key.as_str())];
    names.push(("/label/nl".to_owned(), &domain.label.nl));
    names.extend(domain.label.en.as_deref().map(|en| ("/label/en".to_owned(), en)));
    let words = domain.words.iter().enumerate();
    names.extend(words.map(|(index, word)| (format!("/words/{index}"), word.as_str())));
    names
}

/// Which domain each folded name stands for: the first of those that go by it.
pub fn index(domains: &[FrameworkDomain]) -> HashMap<String, usize> {
    let mut index = HashMap::new();
    for (place, domain) in domains.iter().enumerate() {
        for (_, name) in names(domain) {
            index.entry(folded(name)).or_insert(place);
        }
    }
    index
}

/// A fault for each name that stands for an earlier domain already: a record that named it would speak of two.
pub fn told_apart(domains: &[FrameworkDomain], faults: &mut Vec<FieldError>) {
    let index = index(domains);
    for (place, domain) in domains.iter().enumerate() {
        for (pointer, name) in names(domain) {
            if index.get(&folded(name)) != Some(&place) {
                faults.push(FieldError::new(
                    format!("/domains/{place}{pointer}"),
                    "duplicate",
                    format!("{name} stands for another domain already."),
                ));
            }
        }
    }
}

/// The words of a choice as they are stored.
pub fn added_words(body: &LifeDomainChoiceCreate) -> Vec<AddedWords> {
    let sent = body.words.as_deref().unwrap_or_default();
    sent.iter().map(|added| AddedWords { key: added.key.to_string(), words: texts(&added.words) }).collect()
}

/// What a choice's body alone shows: it names one framework, a version that is there, and words that fit it.
pub fn names_one_framework(body: &LifeDomainChoiceCreate, faults: &mut Vec<FieldError>) {
    let added = body.words.as_deref().unwrap_or_default();
    let built_in = match (body.built_in, body.framework_id) {
        (Some(built_in), None) => built_in,
        (None, Some(_)) => {
            if !added.is_empty() {
                let detail = "Words for a framework of one's own come by a new version of it.";
                faults.push(FieldError::new("/words", "inconsistent", detail));
            }
            return;
        }
        (None, None) => {
            let detail = "Name a built-in framework here, or one of the network's own by frameworkId.";
            return faults.push(FieldError::new("/builtIn", "required", detail));
        }
        (Some(_), Some(_)) => {
            let detail = "Name either builtIn or frameworkId.";
            return faults.push(FieldError::new("/frameworkId", "inconsistent", detail));
        }
    };
    let Some(framework) = built_in::find(built_in, body.framework_version) else {
        let detail = "The framework has no such version.";
        return faults.push(FieldError::new("/frameworkVersion", "out_of_range", detail));
    };
    // Grows by each word that is taken, so that a word given to two domains is told too.
    let mut taken = index(&framework.domains);
    for (place, added_words) in added.iter().enumerate() {
        let pointer = format!("/words/{place}");
        let Some(domain) = framework.domains.iter().position(|domain| domain.key == *added_words.key) else {
            let keys: Vec<&str> = framework.domains.iter().map(|domain| domain.key.as_str()).collect();
            let detail = format!("Must be one of: {}.", keys.join(", "));
            faults.push(FieldError::new(format!("{pointer}/key"), "not_in_enum", detail));
            continue;
        };
        if added[..place].iter().any(|earlier| earlier.key == added_words.key) {
            faults.push(FieldError::new(format!("{pointer}/key"), "duplicate", "Name each domain once."));
        }
        for (number, word) in added_words.words.iter().enumerate() {
            if *taken.entry(folded(word)).or_insert(domain) != domain {
                faults.push(FieldError::new(
                    format!("{pointer}/words/{number}"),
                    "duplicate",
                    format!("{} stands for another domain already.", &**word),
                ));
            }
        }
    }
}

/// A framework's domains with the words that a network added to them. Words of a domain that the version does not have
/// are left out.
pub fn with_words(domains: &[FrameworkDomain], added: &[AddedWords]) -> Vec<FrameworkDomain> {
    let mut domains = domains.to_vec();
    for domain in &mut domains {
        let own = added.iter().filter(|added| added.key == domain.key);
        domain.words.extend(own.flat_map(|added| added.words.iter().cloned()));
    }
    domains
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_compared_whole_and_without_regard_to_case_or_form() {
        assert_eq!(folded(" Financie\u{308}N "), folded("financi\u{eb}n"));
        assert_ne!(folded("sociale contacten"), folded("contacten"));
        assert_ne!(folded("werk"), folded("werken"));
    }
}
