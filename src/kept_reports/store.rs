//! Kept reports in the database.

use super::types::{KeptReport, KeptReportEntry, KeptReportFilter};
use crate::access::{Locate, Place, Tx};
use crate::db::schema::kept_reports;
use crate::error::Result;
use crate::http::page::Page;
use crate::ids::Id;
use crate::{newest_first, on_days};
use diesel::prelude::*;

/// A kept report by its id.
#[derive(Clone)]
pub struct OneKeptReport(pub Id);

impl Locate for OneKeptReport {
    type Found = KeptReport;

    fn locate(&self, tx: &mut Tx<'_>) -> Result<Option<(KeptReport, Place)>> {
        Ok(find(tx, self.0)?.map(|kept| {
            let place = Place::network(kept.network_id);
            (kept, place)
        }))
    }
}

pub fn find(tx: &mut Tx<'_>, id: Id) -> QueryResult<Option<KeptReport>> {
    kept_reports::table.filter(kept_reports::id.eq(id)).get_result(tx.conn()).optional()
}

pub fn insert(tx: &mut Tx<'_>, kept: &KeptReport) -> QueryResult<()> {
    diesel::insert_into(kept_reports::table).values(kept).execute(tx.conn()).map(drop)
}

pub fn delete(tx: &mut Tx<'_>, kept: &KeptReport) -> QueryResult<()> {
    let row = kept_reports::table
        .filter(kept_reports::network_id.eq(kept.network_id))
        .filter(kept_reports::id.eq(kept.id));
    diesel::delete(row).execute(tx.conn()).map(drop)
}

pub fn list(
    tx: &mut Tx<'_>,
    network_id: Id,
    filter: &KeptReportFilter,
    page: &Page,
) -> QueryResult<Vec<KeptReportEntry>> {
    let query = newest_first!(
        kept_reports::table
            .select(KeptReportEntry::as_select())
            .filter(kept_reports::network_id.eq(network_id)),
        page,
        kept_reports::created_at,
        kept_reports::id
    );
    let mut query = on_days!(query, filter.days(), kept_reports::created_at);
    if let Some(schedule_id) = filter.report_schedule_id {
        query = query.filter(kept_reports::report_schedule_id.eq(schedule_id));
    }
    query.load(tx.conn())
}
