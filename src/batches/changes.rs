//! Changes of one kind of record, which are a step of a batch.

use super::outcome::ItemResult;
use super::steps::{Changing, Results, Screenings, Showing, Step, put, refused};
use crate::access::{Judge, Spot};
use crate::edits::Edit;
use crate::error::{Error, Result};
use crate::http::precondition::IfMatch;
use crate::ids::Id;
use crate::record::Record;
use crate::run;
use crate::screening::{self, Answered, Unscreened};
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::collections::HashMap;
use std::marker::PhantomData;

/// Changes of one kind, each of a record.
pub struct Changes<K, B> {
    pub items: Vec<Change<B>>,
    pub kind: PhantomData<fn(K)>,
}

pub struct Change<B> {
    /// The place of its item in the batch.
    pub index: usize,
    pub id: Id,
    pub if_match: IfMatch,
    pub body: Unscreened<B>,
}

/// What came of each change, in the order of the changes.
type Changed<K> = Screenings<<K as Showing>::Record>;

impl<K: Changing<B>, B: Serialize + DeserializeOwned + Send + 'static> Changes<K, B> {
    fn change(judge: &mut Judge<'_, '_>, items: &[Change<B>]) -> Result<Result<Changed<K>>> {
        let these: Vec<K::At> = items.iter().map(|item| K::at(item.id)).collect();
        judge.at_all(<K as Changing<B>>::OP, &these, |tx, seen| {
            // Whoever acts is the same everywhere.
            let Some(person_id) = seen.first().map(|seen| seen.standing.person_id) else {
                return Ok(Vec::new());
            };
            let by_id: HashMap<Id, &Change<B>> = items.iter().map(|item| (item.id, item)).collect();
            let mut asked = Vec::with_capacity(seen.len());
            for seen in seen {
                let item = by_id.get(&seen.found.id());
                let item =
                    item.ok_or_else(|| Error::internal("a record was found that nothing is asked of"))?;
                asked.push((seen, *item));
            }
            let sent: Vec<_> = asked.iter().map(|(seen, item)| (seen.place.network_id, &item.body)).collect();
            screening::run(tx, sent, |tx, bodies| {
                let mut bodies = bodies.into_iter().peekable();
                let edits = asked.into_iter().enumerate().filter_map(|(at, (seen, item))| {
                    let (_, body) = bodies.next_if(|(fit, _)| *fit == at)?;
                    Some(Edit { record: seen.found, if_match: &item.if_match, body })
                });
                K::change_all(tx, person_id, edits.collect())
            })
        })
    }
}

impl<K: Changing<B> + 'static, B: Serialize + DeserializeOwned + Send + 'static> Step for Changes<K, B> {
    fn spot(&self) -> Spot {
        let ids: Vec<Id> = self.items.iter().map(|item| item.id).collect();
        let these = ids.iter().map(|id| K::at(*id)).collect();
        Spot::new(<K as Changing<B>>::OP, ids, these)
    }

    fn take(&self, judge: &mut Judge<'_, '_>, results: &mut Results) -> Result<()> {
        let keys = |item: &Change<B>| [item.id].into_iter().chain(item.body.ahead(K::id_of)).collect();
        for items in run::stretches(&self.items, keys) {
            match Self::change(judge, items)? {
                Ok(outcomes) => tell_changed(items, outcomes, results),
                // What stood in the way of some took all with it: each is now tried by itself.
                Err(_) => {
                    for alone in items.chunks(1) {
                        let outcomes =
                            Self::change(judge, alone)?.unwrap_or_else(|refusal| vec![Err(refusal)]);
                        tell_changed(alone, outcomes, results);
                    }
                }
            }
        }
        Ok(())
    }
}

fn tell_changed<B, R: Record>(items: &[Change<B>], outcomes: Screenings<R>, results: &mut Results) {
    for (item, outcome) in items.iter().zip(outcomes) {
        let result = match outcome {
            Ok(Answered { value: record, warnings }) => {
                ItemResult { warnings, ..ItemResult::done(200, record.id(), record.version()) }
            }
            Err(refusal) => refused(refusal, item.index, Some(item.id)),
        };
        put(results, item.index, result);
    }
}
