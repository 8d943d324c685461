//! Making an end of what was deleted.

use super::dialect;
use super::worker::Db;
use std::time::Duration;

/// How often it is tried where others are in the way.
const ATTEMPTS: u32 = 4;

impl Db {
    /// See [`dialect::clean`]. On a connection of its own: it is no part of any transaction.
    pub async fn clean(&self, tables: &[&'static str]) {
        for attempt in 1..=ATTEMPTS {
            let (url, tables) = (self.url.clone(), tables.to_vec());
            let cleaned = tokio::task::spawn_blocking(move || dialect::clean(&url, &tables)).await;
            match cleaned.unwrap_or_else(|error| Err(error.to_string())) {
                Ok(true) => return,
                Ok(false) => tokio::time::sleep(Duration::from_millis(50 << attempt)).await,
                Err(error) => return log::warn!("what was deleted could not be cleared away: {error}"),
            }
        }
        log::warn!("what was deleted is cleared away later: others are in the way");
    }
}
