//! Rings when something was committed, by this process or, on PostgreSQL, by another one. It says that it is worth looking
//! and not what there is to see: a ring may come for nothing, and one may be missed.

use super::notices;
use crossbeam_channel::{Sender, bounded};
use tokio::sync::watch;

/// What those who follow the database wait for.
pub type Bell = watch::Receiver<()>;

/// The one who commits rings.
#[derive(Clone)]
pub struct Ringer {
    here: watch::Sender<()>,
    /// To the other instances. One ring waits at most: it tells as much as many.
    elsewhere: Sender<()>,
}

impl Ringer {
    pub fn ring(&self) {
        self.here.send_replace(());
        let _ = self.elsewhere.try_send(());
    }
}

/// A bell for the database that `url` names.
pub fn hang(url: &str) -> Result<(Ringer, Bell), String> {
    let (here, bell) = watch::channel(());
    let (elsewhere, told) = bounded(1);
    notices::exchange(url, told, here.clone())?;
    Ok((Ringer { here, elsewhere }, bell))
}
