//! What the texts of a network are held against. It is read once for each time that it changed: the network's row, which each
//! write takes anyway, names what holds now (`ChangeLog::text_guard`), and most rows name nothing.

use crate::access::Tx;
use crate::error::Result;
use crate::identifiers::Names;
use crate::ids::Id;
use crate::privacy_policies::types::PolicyRow;
use crate::{guarded_names, privacy_policies, privacy_warnings};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

/// What the texts of a network are held against.
#[derive(Clone, Debug)]
pub struct Watch {
    pub policy: PolicyRow,
    /// None where it keeps none.
    pub names: Option<Names>,
    /// Whether there may be warnings to resolve.
    pub has_warnings: bool,
}

/// What was read of networks, each by the name that it had.
type Known = HashMap<Id, (Id, Arc<Watch>)>;

/// What was read of networks, by the name that it had. A name is never given twice, so what a transaction read that came to
/// nothing is asked for by nobody.
#[derive(Clone, Default)]
pub struct Watches(Arc<Mutex<Known>>);

impl Watches {
    /// What a network's texts are held against; `name` is what its row calls it.
    pub fn of(&self, tx: &mut Tx<'_>, network_id: Id, name: Option<Id>) -> Result<Arc<Watch>> {
        let Some(name) = name else {
            let policy = PolicyRow::usual(network_id, tx.now);
            return Ok(Arc::new(Watch { policy, names: None, has_warnings: false }));
        };
        if let Some((known, watch)) = self.0.lock().unwrap_or_else(PoisonError::into_inner).get(&network_id)
            && *known == name
        {
            return Ok(watch.clone());
        }
        let watch = Arc::new(Watch {
            policy: privacy_policies::of_network(tx, network_id)?,
            names: guarded_names::of_network(tx, network_id)?,
            has_warnings: privacy_warnings::are_there(tx, network_id)?,
        });
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.insert(network_id, (name, watch.clone()));
        Ok(watch)
    }
}
