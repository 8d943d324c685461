//! How many changes there are, for those who follow them: search, live streams, and what is sent outside.

use super::written;
use crate::access::Access;
use std::time::Duration;
use tokio::sync::watch;
use tokio::time::{sleep, timeout};

/// The number of all changes, as it was when last looked at. What waits on it is woken when there are more.
pub type Pulse = watch::Receiver<i64>;

/// Between two looks at least, however much is written.
const SPACING: Duration = Duration::from_millis(50);
/// Between two looks at most: a command on the same file rings no bell here, and a notice may be lost.
const REST: Duration = Duration::from_secs(2);

/// Looks for changes when the database's bell rings, until `closing` is gone.
pub fn begin(access: Access, mut closing: watch::Receiver<()>) -> Pulse {
    let (sender, pulse) = watch::channel(0);
    actix_web::rt::spawn(async move {
        let mut bell = access.bell();
        while closing.has_changed().is_ok() {
            bell.mark_unchanged();
            // Where the database does not answer, the next look tells.
            if let Ok(written) = access.survey(|tx| Ok(written(tx)?)).await {
                sender.send_if_modified(|known| std::mem::replace(known, written) != written);
            }
            sleep(SPACING).await;
            tokio::select! {
                _ = timeout(REST, bell.changed()) => {}
                _ = closing.changed() => {}
            }
        }
    });
    pulse
}
