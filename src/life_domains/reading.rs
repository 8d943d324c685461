//! What a network's records speak of, read by a framework: counts a domain, each with what it is counted from. A record
//! that speaks of two domains counts for both, hence the domains add up to nothing, and nothing adds them up.

use super::built_in::BuiltIn;
use super::rules;
use super::types::FrameworkDomain;
use crate::clock::Instant;
use crate::ids::Id;
use crate::label::Label;
use schemars::JsonSchema;
use serde::Serialize;
use std::collections::{BTreeMap, HashMap, HashSet};

/// The most words that fit no domain and are listed.
pub const MOST_WORDS: usize = 200;

/// The framework that is looked through.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Lens {
    pub built_in: Option<BuiltIn>,
    pub framework_id: Option<Id>,
    pub version: i32,
    pub name: Label,
    /// Of a built-in one: whose it is.
    pub source: Option<String>,
    #[serde(skip)]
    #[schemars(skip)]
    pub domains: Vec<FrameworkDomain>,
}

/// Current questions, or current observations, of the period.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Spoken {
    /// All of them: what each count is counted from.
    pub records: i64,
    /// Those that name a life domain.
    pub naming: i64,
    /// Those that name one that fits a domain of the framework.
    pub fitting: i64,
}

/// How many records name a word.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct WordCount {
    pub word: String,
    pub questions: i64,
    pub observations: i64,
}

/// How many records speak of a domain, and by what words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct DomainCount {
    pub key: String,
    pub label: Label,
    pub questions: i64,
    pub observations: i64,
    /// The most used first.
    pub words: Vec<WordCount>,
}

/// The life domains that a network's records speak of.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct LifeDomainReading {
    /// Null where the network has chosen none and none was asked for: then all words fit no domain.
    pub framework: Option<Lens>,
    /// The period, by `happenedAt`: from this instant on.
    pub since: Option<Instant>,
    /// Up to and without this instant.
    pub until: Option<Instant>,
    pub questions: Spoken,
    pub observations: Spoken,
    pub domains: Vec<DomainCount>,
    /// Words that fit no domain, the most used first, 200 at most.
    pub unmatched: Vec<WordCount>,
    pub unmatched_total: usize,
}

/// Records that name the same life domains, and how many they are.
pub type Named = (Vec<String>, i64);

/// Counts by word and by domain, of questions and of observations alike.
struct Counting<'d> {
    domains: &'d [FrameworkDomain],
    index: HashMap<String, usize>,
    of_domain: Vec<[i64; 2]>,
    /// By the folded word: how it is written, and how many name it.
    words: BTreeMap<String, (String, [i64; 2])>,
}

impl Counting<'_> {
    /// `kind` is 0 for questions and 1 for observations.
    fn add(&mut self, kind: usize, records: &[Named]) -> Spoken {
        let mut spoken = Spoken::default();
        for (named, count) in records {
            let (mut words, mut spoken_of) = (HashSet::new(), HashSet::<usize>::new());
            for word in named {
                let folded = rules::folded(word);
                spoken_of.extend(self.index.get(&folded));
                if words.insert(folded.clone()) {
                    let entry = self.words.entry(folded).or_insert_with(|| (word.clone(), [0; 2]));
                    // Of several ways to write it, always the same one is shown.
                    if *word < entry.0 {
                        entry.0.clone_from(word);
                    }
                    entry.1[kind] += count;
                }
            }
            for domain in &spoken_of {
                self.of_domain[*domain][kind] += count;
            }
            spoken.records += count;
            spoken.naming += if named.is_empty() { 0 } else { *count };
            spoken.fitting += if spoken_of.is_empty() { 0 } else { *count };
        }
        spoken
    }

    /// The words of a domain, or with none those that fit no domain.
    fn words_of(&self, domain: Option<usize>) -> Vec<WordCount> {
        let own = self.words.iter().filter(|(folded, _)| self.index.get(*folded).copied() == domain);
        let mut words: Vec<WordCount> = own
            .map(|(_, (word, [questions, observations]))| WordCount {
                word: word.clone(),
                questions: *questions,
                observations: *observations,
            })
            .collect();
        words.sort_by(|a, b| {
            let used = |word: &WordCount| word.questions + word.observations;
            used(b).cmp(&used(a)).then_with(|| a.word.cmp(&b.word))
        });
        words
    }

    fn domain_counts(&self) -> Vec<DomainCount> {
        let counted = self.domains.iter().zip(&self.of_domain).enumerate();
        counted
            .map(|(place, (domain, [questions, observations]))| DomainCount {
                key: domain.key.clone(),
                label: domain.label.clone(),
                questions: *questions,
                observations: *observations,
                words: self.words_of(Some(place)),
            })
            .collect()
    }
}

/// Reads records by a framework.
pub fn read(
    lens: Option<Lens>,
    period: (Option<Instant>, Option<Instant>),
    questions: &[Named],
    observations: &[Named],
) -> LifeDomainReading {
    let domains = lens.as_ref().map(|lens| lens.domains.as_slice()).unwrap_or_default();
    let mut counting = Counting {
        domains,
        index: rules::index(domains),
        of_domain: vec![[0; 2]; domains.len()],
        words: BTreeMap::new(),
    };
    let (questions, observations) = (counting.add(0, questions), counting.add(1, observations));
    let (counts, mut unmatched) = (counting.domain_counts(), counting.words_of(None));
    let unmatched_total = unmatched.len();
    unmatched.truncate(MOST_WORDS);
    LifeDomainReading {
        framework: lens,
        since: period.0,
        until: period.1,
        questions,
        observations,
        domains: counts,
        unmatched,
        unmatched_total,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(words: &[&str], count: i64) -> Named {
        (words.iter().map(|word| (*word).to_owned()).collect(), count)
    }

    fn domain(key: &str, words: &[&str]) -> FrameworkDomain {
        let words = words.iter().map(|word| (*word).to_owned()).collect();
        FrameworkDomain { key: key.into(), label: Label::new(key, key), words }
    }

    fn lens(domains: Vec<FrameworkDomain>) -> Option<Lens> {
        let name = Label::new("Eigen", "Own");
        Some(Lens { built_in: None, framework_id: Some(Id::NIL), version: 1, name, source: None, domains })
    }

    #[test]
    fn a_record_counts_once_for_each_domain_it_speaks_of() {
        let domains = vec![domain("home", &["wonen", "thuis"]), domain("work", &["werk"])];
        let observations = [
            named(&["Wonen", "thuis", "wonen"], 2),
            named(&["werk", "THUIS"], 3),
            named(&["buurt"], 1),
            named(&[], 4),
        ];
        let reading = read(lens(domains), (None, None), &[named(&["Werk"], 1)], &observations);
        let counts: Vec<_> = reading
            .domains
            .iter()
            .map(|domain| (&*domain.key, domain.questions, domain.observations))
            .collect();
        assert_eq!(counts, [("home", 0, 5), ("work", 1, 3)]);
        assert_eq!(reading.observations, Spoken { records: 10, naming: 6, fitting: 5 });
        let words: Vec<_> =
            reading.domains[0].words.iter().map(|word| (&*word.word, word.observations)).collect();
        assert_eq!(words, [("THUIS", 5), ("Wonen", 2)]);
        let unmatched = WordCount { word: "buurt".into(), questions: 0, observations: 1 };
        assert_eq!((reading.unmatched, reading.unmatched_total), (vec![unmatched], 1));
    }

    #[test]
    fn without_a_framework_no_word_fits() {
        let reading = read(None, (None, None), &[], &[named(&["wonen"], 2)]);
        assert!(reading.framework.is_none() && reading.domains.is_empty());
        assert_eq!((reading.unmatched_total, reading.observations.fitting), (1, 0));
    }
}
