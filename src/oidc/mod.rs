//! OpenID Connect: the tokens of an issuer outside, as the organisation has one already, beside those that are made here.
//!
//! The issuer's keys are fetched when they are first needed, and again every five minutes; and at once when a token names
//! one that is not known, but not more often than every ten seconds, whoever sends what.

pub mod keys;
pub mod provider;
pub mod token;

use crate::clock::{self, Stopwatch};
use crate::error::{Error, Result};
use keys::PublishedKey;
use provider::Provider;
use quick_cache::sync::Cache;
use sha2::{Digest, Sha256};
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;
use token::{Demands, LEEWAY, Refusal, SignedBy};
use tokio::sync::Mutex;

/// How long the keys are taken for those that the issuer publishes: one that was taken back is good as long.
const FRESH: Duration = Duration::from_secs(5 * 60);
/// How long they are made do with where the issuer cannot be reached.
const GOOD: Duration = Duration::from_secs(60 * 60);
/// The issuer is not asked more often, however many tokens name a key that is not known.
const THROTTLE: Duration = Duration::from_secs(10);
/// Tokens to remember at most.
const REMEMBERED: usize = 1024;

/// Somebody, as the issuer knows them: the subject is never given to anybody else there.
#[derive(Debug, PartialEq, Eq)]
pub struct Subject {
    pub issuer: Arc<str>,
    pub subject: String,
}

impl Subject {
    /// Who it is, in 32 bytes. An issuer's name holds no zero.
    pub fn digest(&self) -> [u8; 32] {
        let named = Sha256::new().chain_update(self.issuer.as_bytes()).chain_update([0]);
        named.chain_update(&self.subject).finalize().into()
    }
}

/// The issuer whose tokens are good here.
pub struct Issuer {
    name: Arc<str>,
    demands: Demands,
    provider: Provider,
    held: RwLock<Arc<Held>>,
    /// When the issuer was asked last; locked while it is.
    asked: Mutex<Option<Stopwatch>>,
    checked: Cache<String, Checked>,
}

/// The keys as they were fetched last.
#[derive(Default)]
struct Held {
    keys: Vec<PublishedKey>,
    document: Vec<u8>,
    fetched: Option<Stopwatch>,
    /// Goes up when the keys are others than before.
    generation: u64,
}

/// A token that was checked before, with keys that are the issuer's still.
#[derive(Clone)]
struct Checked {
    subject: Arc<Subject>,
    expires: i64,
    generation: u64,
}

impl Held {
    fn is_younger_than(&self, age: Duration) -> bool {
        self.fetched.is_some_and(|fetched| fetched.elapsed() < age)
    }

    fn find(&self, signed_by: &SignedBy) -> Option<&PublishedKey> {
        self.is_younger_than(GOOD).then(|| keys::find(&self.keys, signed_by)).flatten()
    }
}

impl Issuer {
    /// Fails where the system offers no TLS.
    pub fn new(demands: Demands) -> reqwest::Result<Issuer> {
        Ok(Issuer {
            name: demands.issuer.as_str().into(),
            provider: Provider::new(&demands.issuer)?,
            demands,
            held: RwLock::default(),
            asked: Mutex::default(),
            checked: Cache::new(REMEMBERED),
        })
    }

    pub fn name(&self) -> &Arc<str> {
        &self.name
    }

    /// Fetches the keys ahead, so that the log tells at the start where something is wrong.
    pub async fn prepare(&self) {
        let held = self.renewed(&self.held()).await;
        if held.fetched.is_some() {
            log::info!(issuer = &*self.name, keys = held.keys.len(); "tokens of the issuer are accepted");
        }
    }

    /// Who it is and until when, in seconds of the Unix epoch, by a token that was checked before.
    pub fn remembered(&self, token: &str) -> Option<(Arc<Subject>, i64)> {
        let held = self.held();
        let checked = self.checked.get(token)?;
        let good = held.is_younger_than(FRESH)
            && checked.generation == held.generation
            && seconds() <= checked.expires + LEEWAY;
        good.then_some((checked.subject, checked.expires))
    }

    /// The same by a token that may be anything. 401 where it is not good, 503 where the issuer's keys cannot be had.
    pub async fn verify(&self, token: &str) -> Result<(Arc<Subject>, i64)> {
        let unknown = || Error::Unauthenticated("unauthenticated");
        let signed_by = self.demands.signed_by(token).ok_or_else(unknown)?;
        let held = self.holding(&signed_by).await;
        let Some(key) = held.find(&signed_by) else {
            return Err(match held.is_younger_than(GOOD) {
                true => unknown(),
                false => Error::Busy("the issuer of access tokens cannot be reached"),
            });
        };
        let told =
            self.demands.check(token, &signed_by, key, seconds()).map_err(|refusal| match refusal {
                Refusal::Expired => Error::Unauthenticated("token_expired"),
                Refusal::Invalid => unknown(),
            })?;
        let subject = Arc::new(Subject { issuer: self.name.clone(), subject: told.subject });
        let checked =
            Checked { subject: subject.clone(), expires: told.expires, generation: held.generation };
        self.checked.insert(token.to_owned(), checked);
        Ok((subject, told.expires))
    }

    /// The keys that the issuer publishes, as far as is known, with the one that is looked for if it is among them.
    async fn holding(&self, signed_by: &SignedBy) -> Arc<Held> {
        let held = self.held();
        if held.find(signed_by).is_none() {
            return self.renewed(&held).await;
        }
        if held.is_younger_than(FRESH) {
            return held;
        }
        // One asks; the others go on with what there is.
        match self.asked.try_lock() {
            Ok(mut asked) => self.ask(&mut asked).await,
            Err(_) => held,
        }
    }

    /// The keys after those that are known, where there are any.
    async fn renewed(&self, known: &Arc<Held>) -> Arc<Held> {
        let mut asked = self.asked.lock().await;
        let held = self.held();
        // Somebody else has asked meanwhile.
        if !Arc::ptr_eq(&held, known) {
            return held;
        }
        self.ask(&mut asked).await
    }

    async fn ask(&self, asked: &mut Option<Stopwatch>) -> Arc<Held> {
        let former = self.held();
        if asked.is_some_and(|asked| asked.elapsed() < THROTTLE) {
            return former;
        }
        *asked = Some(Stopwatch::start());
        let fetched = match self.provider.key_set().await {
            Ok(document) => keys::read(&document)
                .map(|keys| (keys, document))
                .map_err(|error| format!("its set of keys is none: {error}")),
            Err(reason) => Err(reason),
        };
        let (keys, document) = match fetched {
            Ok(fetched) => fetched,
            Err(reason) => {
                log::warn!(issuer = &*self.name; "the issuer's keys could not be fetched: {reason}");
                return former;
            }
        };
        let generation = former.generation + u64::from(document != former.document);
        let held = Arc::new(Held { keys, document, fetched: Some(Stopwatch::start()), generation });
        *self.held.write().unwrap_or_else(PoisonError::into_inner) = held.clone();
        held
    }

    fn held(&self) -> Arc<Held> {
        self.held.read().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

fn seconds() -> i64 {
    clock::now().to_chrono().timestamp()
}
