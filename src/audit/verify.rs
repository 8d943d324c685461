//! Goes along the chains and holds each row against its digest: what was changed, removed or put in is named. Nothing is
//! written. Each look is one moment of the database, so it can go on beside running servers.

use super::rules::{self, Entry};
use super::salts;
use super::seal::STRETCH;
use super::store;
use super::types::{Chain, Log, Seal};
use crate::access::{Access, Tx};
use crate::error::Result;
use crate::ids::Id;
use std::collections::BTreeMap;
use std::fmt;
use strum::IntoEnumIterator;

/// Stretches that are looked at in one moment.
const TOGETHER: i64 = 4;
/// Faults of one log that are named; where there are more, that is told.
const MOST_FAULTS: usize = 50;

/// The newest hash of a chain, as it is written down elsewhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Head {
    pub network_id: Id,
    pub log: Log,
    /// The last row that it is over.
    pub number: i64,
    /// In hexadecimal digits.
    pub hash: String,
}

impl Head {
    pub(super) fn of(network_id: Id, log: Log, chain: &Chain) -> Head {
        Head { network_id, log, number: chain.sealed_to, hash: rules::hexadecimal(&chain.hash) }
    }

    /// The head that a line tells of; none where it tells of none.
    pub fn read(line: &str) -> Option<Head> {
        let [network_id, log, number, hash] = line.split_whitespace().collect::<Vec<_>>().try_into().ok()?;
        Some(Head {
            network_id: network_id.parse().ok()?,
            log: log.parse().ok()?,
            number: number.parse().ok()?,
            hash: (hash.len() == 64).then(|| hash.to_lowercase())?,
        })
    }
}

impl fmt::Display for Head {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {} {} {}", self.network_id, self.log, self.number, self.hash)
    }
}

/// What was found of one log.
#[derive(Debug)]
pub struct Finding {
    pub network_id: Id,
    pub log: Log,
    /// Rows that are as they were.
    pub sound: i64,
    /// Ids that were erased from them.
    pub erased: i64,
    /// Rows that were added and are not sealed yet.
    pub unsealed: i64,
    /// What was done to it, in words: each names a row or a stretch.
    pub faults: Vec<String>,
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "network {} {}: {} as they were", self.network_id, self.log, self.sound)?;
        for (count, what) in [(self.unsealed, "not sealed yet"), (self.erased, "ids erased")] {
            if count > 0 {
                write!(f, ", {count} {what}")?;
            }
        }
        match self.faults.len() {
            0 => Ok(()),
            count => write!(f, ", {count} FAULTS"),
        }
    }
}

/// Verifies both logs of all networks, or of one; `tell` is told of each log when it is done.
pub async fn verify(
    access: &Access,
    only: Option<Id>,
    heads: &[Head],
    mut tell: impl FnMut(&Finding),
) -> Result<Vec<Finding>> {
    let mut networks = access.survey(|tx| Ok(store::networks(tx)?)).await?;
    // One that was written down is missed where it is gone altogether.
    networks.extend(heads.iter().map(|head| head.network_id));
    networks.sort_unstable();
    networks.dedup();
    let mut findings = Vec::new();
    for network_id in networks.into_iter().filter(|id| only.is_none_or(|only| only == *id)) {
        for log in Log::iter() {
            let noted: BTreeMap<i64, String> = heads
                .iter()
                .filter(|head| head.network_id == network_id && head.log == log)
                .map(|head| (head.number, head.hash.clone()))
                .collect();
            let finding = Walk::new(network_id, log, noted).follow(access).await?;
            tell(&finding);
            findings.push(finding);
        }
    }
    Ok(findings)
}

/// How far a chain was followed.
#[derive(Clone)]
struct Walk {
    network_id: Id,
    log: Log,
    /// The last number that was reached, and the hash there; none before the beginning.
    reached: Option<(i64, Vec<u8>)>,
    /// Heads that were written down and not met yet.
    noted: BTreeMap<i64, String>,
    sound: i64,
    faults: Vec<String>,
}

impl Walk {
    fn new(network_id: Id, log: Log, noted: BTreeMap<i64, String>) -> Walk {
        Walk { network_id, log, reached: None, noted, sound: 0, faults: Vec::new() }
    }

    async fn follow(mut self, access: &Access) -> Result<Finding> {
        loop {
            let here = self.clone();
            let (walk, ended) = access.survey(move |tx| here.clone().go_on(tx)).await?;
            self = walk;
            if let Some((unsealed, erased)) = ended {
                if self.faults.len() > MOST_FAULTS {
                    let more = self.faults.len() - MOST_FAULTS;
                    self.faults.truncate(MOST_FAULTS);
                    self.faults.push(format!("… and {more} more"));
                }
                let Walk { network_id, log, sound, faults, .. } = self;
                return Ok(Finding { network_id, log, sound, erased, unsealed, faults });
            }
        }
    }

    /// Looks at the next stretches. At the end, tells how many rows are not sealed yet, and how many ids were erased.
    fn go_on(mut self, tx: &mut Tx<'_>) -> Result<(Walk, Option<(i64, i64)>)> {
        let (network_id, log) = (self.network_id, self.log);
        let chain = store::chain(tx, network_id, log)?.unwrap_or_else(unbegun);
        // What was cut off meanwhile is passed over.
        let reached = self.reached.take().filter(|(number, _)| *number > chain.anchor_to);
        let (mut number, mut hash) = reached.unwrap_or_else(|| {
            self.meet(chain.anchor_to, &chain.anchor_hash);
            (chain.anchor_to, chain.anchor_hash.clone())
        });
        // Heads of what is not there any more say nothing.
        self.noted.retain(|noted, _| *noted > chain.anchor_to);
        let seals = store::seals(tx, network_id, log, number, TOGETHER)?;
        for seal in &seals {
            self.hold(tx, &chain, seal, number, &hash)?;
            (number, hash) = (seal.last, seal.hash.clone());
            self.meet(number, &hash);
        }
        let ended = match seals.len() as i64 == TOGETHER {
            true => None,
            false => Some(self.end(tx, &chain, number, &hash)?),
        };
        self.reached = Some((number, hash));
        Ok((self, ended))
    }

    /// Holds a hash against the one that was written down for this place.
    fn meet(&mut self, number: i64, hash: &[u8]) {
        if let Some(noted) = self.noted.remove(&number)
            && noted != rules::hexadecimal(hash)
        {
            self.fault(format!(
                "the hash at number {number} is not the one that was noted: the chain was made anew"
            ));
        }
    }

    /// Holds a stretch against its rows, and against the stretch before.
    fn hold(&mut self, tx: &mut Tx<'_>, chain: &Chain, seal: &Seal, number: i64, hash: &[u8]) -> Result<()> {
        let (network_id, log) = (self.network_id, self.log);
        let Seal { first, last, .. } = *seal;
        if first != number + 1 {
            self.fault(format!("the seal of numbers {} to {} was removed", number + 1, first - 1));
        }
        if rules::stretch(hash, network_id, log, first, last, &seal.digests) != *seal.hash {
            self.fault(format!("the seal of numbers {first} to {last} was changed, or one before it"));
        }
        let (digests, rest) = seal.digests.as_chunks::<32>();
        if !rest.is_empty() || digests.len() as i64 != last - first + 1 {
            self.fault(format!("the seal of numbers {first} to {last} is of other rows"));
            return Ok(());
        }
        let entries = store::entries(tx, network_id, log, (first - 1, last), STRETCH)?;
        let known = salts::known(tx, network_id, log, &entries)?;
        let rows: BTreeMap<i64, &Entry> = entries.iter().map(|entry| (entry.number, entry)).collect();
        for (number, digest) in (first..).zip(digests).filter(|(number, _)| *number >= chain.kept_from) {
            match rows.get(&number) {
                None => self.fault(format!("number {number} was removed")),
                Some(entry) if entry.digest(network_id, log, &known) != *digest => {
                    self.fault(format!("number {number} was changed"));
                }
                Some(_) => self.sound += 1,
            }
        }
        Ok(())
    }

    /// What stands behind the last stretch, and what stands where nothing should.
    fn end(&mut self, tx: &mut Tx<'_>, chain: &Chain, number: i64, hash: &[u8]) -> Result<(i64, i64)> {
        let (network_id, log) = (self.network_id, self.log);
        if (chain.sealed_to, chain.hash.as_slice()) != (number, hash) {
            self.fault(format!("the seals behind number {number} were removed"));
        }
        for noted in std::mem::take(&mut self.noted).into_keys() {
            self.fault(format!(
                "the chain does not come by number {noted}, which was noted: it was made anew"
            ));
        }
        let last = store::last_number(tx, network_id, log)?;
        let mut unsealed = 0;
        let mut after = chain.sealed_to;
        while after < last {
            let rows = store::entries(tx, network_id, log, (after, last), STRETCH)?;
            let up_to = rows.last().filter(|_| rows.len() as i64 == STRETCH).map_or(last, |row| row.number);
            let there: Vec<i64> = rows.iter().map(|row| row.number).collect();
            for gone in (after + 1..=up_to).filter(|number| there.binary_search(number).is_err()) {
                self.fault(format!("number {gone} was removed before it was sealed"));
            }
            unsealed += there.len() as i64;
            after = up_to;
        }
        let bounds = (chain.kept_from, last);
        for other in store::out_of_place(tx, network_id, log, bounds, MOST_FAULTS as i64)? {
            self.fault(format!("number {other} was put in"));
        }
        Ok((unsealed, salts::erased(tx, network_id, log)?))
    }

    fn fault(&mut self, what: String) {
        self.faults.push(what);
    }
}

/// The chain over a log of which nothing was sealed yet.
fn unbegun() -> Chain {
    let hash = rules::BEGINNING.to_vec();
    Chain { sealed_to: 0, hash: hash.clone(), kept_from: 1, anchor_to: 0, anchor_hash: hash }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_head_is_read_as_it_was_written() {
        let head = Head { network_id: Id::NIL, log: Log::Accesses, number: 12, hash: "0f".repeat(32) };
        assert_eq!(Head::read(&head.to_string()), Some(head));
        for line in ["", "a b c d", &format!("{} changes 1 00", Id::NIL)] {
            assert_eq!(Head::read(line), None, "{line}");
        }
    }
}
