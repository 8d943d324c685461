//! What the server does beside answering: tasks that follow what was written. Each does its work in transactions, and goes on
//! at the next start from where it was cut short.

use actix_web::rt::task::JoinHandle;
use std::future::Future;
use std::time::Duration;
use tokio::sync::watch;
use tokio::time::timeout;

/// What a task gets to end its last step, once the server has answered what it was asked.
const LAST_STEP: Duration = Duration::from_secs(2);

/// Tasks that run until they are told to end.
#[derive(Default)]
pub struct Followers {
    /// Its receivers see it gone.
    stop: watch::Sender<()>,
    tasks: Vec<(&'static str, JoinHandle<()>)>,
}

impl Followers {
    /// Begins a task; `what` says in the log what it is about.
    pub fn begin<F>(&mut self, what: &'static str, task: impl FnOnce(watch::Receiver<()>) -> F)
    where
        F: Future<Output = ()> + 'static,
    {
        self.tasks.push((what, actix_web::rt::spawn(task(self.stop.subscribe()))));
    }

    /// Tells all of them to end, and waits for them a little.
    pub async fn end(self) {
        drop(self.stop);
        for (what, task) in self.tasks {
            if timeout(LAST_STEP, task).await.is_err() {
                log::warn!("{what}: stopped in the middle of a step, which the next start does again");
            }
        }
    }
}
