//! Pages that are kept for the next who asks. A list of one network's records that all who may see it see alike stands
//! until the network's stream of changes moves: then the number of its last change is its validator (`ETag`), and a page
//! that was rendered at this number is sent again instead of being read anew. The number is read in the request's own
//! transaction and after the guard, so that a kept page is never out of date and is shown to nobody who may not see it.

use super::export::Form;
use super::page::{Page, Rendered};
use crate::access::{Guard, Locate, Op, Seen, Tx};
use crate::change_log;
use crate::clock::Instant;
use crate::error::{Error, Result};
use crate::ids::Id;
use actix_web::HttpResponse;
use actix_web::http::header;
use actix_web::web::Bytes;
use quick_cache::Weighter;
use quick_cache::sync::Cache;
use schemars::JsonSchema;
use serde::Serialize;

/// Bytes of pages that are kept at most: some 800 of 50 observations.
const CAPACITY: u64 = 24 * 1024 * 1024;
/// Pages that are expected to be kept; more may be, as long as they are small.
const EXPECTED: usize = 1024;

/// The pages last asked for, by the path and query that asked.
pub struct KeptPages(Cache<String, Kept, Size>);

/// A page, and the number of the network's last change when it was read.
#[derive(Clone)]
struct Kept {
    number: i64,
    page: Rendered,
}

#[derive(Clone)]
struct Size;

impl Weighter<String, Kept> for Size {
    fn weight(&self, target: &String, kept: &Kept) -> u64 {
        (target.len() + kept.page.body.len() + 200) as u64
    }
}

impl Default for KeptPages {
    fn default() -> KeptPages {
        KeptPages(Cache::with_weighter(EXPECTED, CAPACITY, Size))
    }
}

impl KeptPages {
    fn at(&self, target: &str, number: i64) -> Option<Rendered> {
        self.0.get(target).filter(|kept| kept.number == number).map(|kept| kept.page)
    }

    /// Lets go of all pages: one that is out of date is never sent, but is there until its room is needed.
    pub fn forget(&self) {
        self.0.clear();
    }

    fn keep(&self, target: String, number: i64, mut page: Rendered) {
        // As long as it is, without the room that it was made in.
        page.body = Bytes::copy_from_slice(&page.body);
        self.0.insert(target, Kept { number, page });
    }
}

/// The page as it is now, with its validator; without it, where the caller has it.
struct Current {
    etag: String,
    page: Option<Rendered>,
}

impl From<Current> for HttpResponse {
    fn from(Current { etag, page }: Current) -> HttpResponse {
        match page {
            Some(page) => page.answer(Some(etag)),
            None => HttpResponse::NotModified()
                .insert_header((header::ETAG, etag))
                .insert_header((header::VARY, "Accept"))
                .finish(),
        }
    }
}

fn etag(number: i64) -> String {
    format!("W/\"{number}\"")
}

/// The number of the last change of the network that a list is of.
fn last_number<F>(tx: &mut Tx<'_>, seen: &Seen<F>) -> Result<i64> {
    let network_id = seen.place.network_id.ok_or_else(|| Error::internal("a list of no network"))?;
    Ok(change_log::last_number(tx.conn(), network_id)?)
}

impl Page {
    /// Answers with a page of the records of one network, or 304 where the caller has it; or with all of them, where that
    /// is asked for. `load` must tell nothing that depends on the caller, on the time or on another network.
    pub async fn of_network<L, R, F>(
        self,
        guard: &Guard,
        op: Op,
        at: L,
        load: F,
        key: fn(&R) -> (Instant, Id),
    ) -> Result<HttpResponse>
    where
        L: Locate,
        R: Serialize + JsonSchema + Send + 'static,
        F: Fn(&mut Tx<'_>, &Seen<L::Found>, &Page) -> Result<Vec<R>> + Send + Sync + 'static,
    {
        if self.form != Form::Page {
            return self.whole(guard, op, at, load, key).await;
        }
        let kept = guard.read_at_once(op, &at, |tx, seen| self.known_at(last_number(tx, seen)?)).await?;
        if let Some(answer) = kept {
            return Ok(answer.into());
        }
        let answer = guard.read(op, at, move |tx, seen| {
            let number = last_number(tx, &seen)?;
            if let Some(answer) = self.known_at(number)? {
                return Ok(answer);
            }
            let page = self.render(&load(tx, &seen, &self)?, key)?;
            self.kept.keep(self.target.clone(), number, page.clone());
            Ok(Current { etag: etag(number), page: Some(page) })
        });
        Ok(answer.await?.into())
    }

    /// What can be answered without reading the page, where the network's last change has this number: that the caller has it,
    /// or the page that is kept.
    fn known_at(&self, number: i64) -> Result<Option<Current>> {
        let etag = etag(number);
        if self.known.names(&etag) {
            return Ok(Some(Current { etag, page: None }));
        }
        Ok(self.kept.at(&self.target, number).map(|page| Current { etag, page: Some(page) }))
    }

    /// The same for a list that each caller has their own of: no page of it is kept.
    pub async fn of_caller<L, R, F>(
        self,
        guard: &Guard,
        op: Op,
        at: L,
        load: F,
        key: fn(&R) -> (Instant, Id),
    ) -> Result<HttpResponse>
    where
        L: Locate,
        R: Serialize + JsonSchema + Send + 'static,
        F: Fn(&mut Tx<'_>, &Seen<L::Found>, &Page) -> Result<Vec<R>> + Send + Sync + 'static,
    {
        if self.form != Form::Page {
            return self.whole(guard, op, at, load, key).await;
        }
        let window = self.clone();
        let rows = guard.read(op, at, move |tx, seen| load(tx, &seen, &window)).await?;
        self.answer(&rows, key)
    }
}
