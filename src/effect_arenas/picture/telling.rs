//! The picture in sentences, for who does not see it.

use super::Shown;
use super::boxes::Maker;
use super::text::line;
use super::words::Words;
use crate::effect_arenas::balance::{ArenaPosition, parties};
use crate::label::Key;

/// Who invests in what, what that leads to, who reaps it, and where payer and collector differ.
pub fn telling(shown: &Shown, words: &'static Words) -> String {
    let (maker, content, parties) = (Maker { shown, words }, &shown.content, parties(&shown.content));
    let activities = |keys: &[Key]| -> String {
        let named = content.activities.iter().filter(|one| keys.contains(&one.key));
        named.map(|one| &*one.name).collect::<Vec<_>>().join(", ")
    };
    let mut sentences = Vec::new();
    let mut tell = |subject: &str, verb: &str, object: &str| {
        if !object.is_empty() {
            sentences.push(format!("{subject} {verb}: {object}."));
        }
    };
    for party in &parties {
        let entries = content.investors.iter().filter(|one| party.investor_keys.contains(&one.key));
        let keys: Vec<Key> =
            entries.flat_map(|one| one.activity_keys.iter().flat_map(|keys| keys.iter())).cloned().collect();
        tell(maker.name(party), words.invests_in, &activities(&keys));
    }
    for effect in content.effects.iter() {
        let causes = activities(effect.activity_keys.as_deref().unwrap_or_default());
        if !causes.is_empty() {
            tell(&causes, words.leads_to, &effect.name);
        }
        let entries = content.collectors.iter().filter(|one| one.effect_key == effect.key);
        let keys: Vec<&Key> = entries.map(|one| &one.key).collect();
        let reaping =
            parties.iter().filter(|party| party.collector_keys.iter().any(|key| keys.contains(&key)));
        let names: Vec<&str> = reaping.map(|party| maker.name(party)).collect();
        tell(&effect.name, words.is_reaped_by, &names.join(", "));
    }
    for position in [ArenaPosition::PaysOnly, ArenaPosition::ReapsOnly, ArenaPosition::PaysAndReaps] {
        let there = parties.iter().filter(|party| party.position == position);
        let names: Vec<&str> = there.map(|party| maker.name(party)).collect();
        if !names.is_empty() {
            sentences.push(format!("{}: {}.", words.heading(position), names.join(", ")));
        }
    }
    line(&sentences.join(" "))
}
