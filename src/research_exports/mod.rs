//! Research exports: the records of a network that may be used under a protocol, under numbers of that protocol alone. What
//! it does reduces the risk that somebody is recognised, and takes it away from nobody.

pub mod api;
mod codebook;
mod rows;
pub mod rules;
mod store;
pub mod types;
mod words;

use crate::access::Tx;
use crate::cells::{Cell, Side};
use crate::error::{Error, Result};
use crate::http::csv::Delimiter;
use crate::http::csv::columns;
use crate::http::csv::write::Rows;
use crate::http::zip::Zip;
use crate::ids::Id;
use crate::people::types::Locale;
use crate::record::Record;
use crate::research_consents;
use crate::research_consents::types::Protocol;
use codebook::Codebook;
use diesel::QueryResult;
use rows::Under;
use rules::Kept;
use schemars::JsonSchema;
use serde::Serialize;
use std::collections::HashSet;
use std::fs::File;
use std::io::Write;
use words::Words;

/// Writes the export of a network under a protocol, as both stand at the moment of this transaction.
pub fn write(tx: &mut Tx<'_>, network_id: Id, protocol: &Protocol, language: Locale) -> Result<File> {
    let consenting = research_consents::consenting(tx, network_id, protocol)?;
    let kept = Kept::of(&store::links(tx, network_id)?, &consenting);
    let under = Under { numbers: tx.research_numbers(protocol.as_str())?, consenting, kept };
    let mut export = Export {
        zip: Zip::new(tx.now)?,
        codebook: Codebook::new()?,
        left_out: Rows::new(Delimiter::Comma),
        network_id,
    };
    export.left_out.cells(["file", "left_out"])?;
    let introduction = introduction(tx, network_id, protocol, Words::of(language))?;
    export.zip.entry("README.txt", introduction.as_bytes())?;

    let questions = export.file(tx, "questions.csv", store::questions_after, |it| under.question(it))?;
    export.file(tx, "returns.csv", store::returns_after, |it| under.told(it, &questions))?;
    let seen = export
        .file(tx, "observations.csv", store::observations_after, |it| under.observation(it, &questions))?;
    let thought =
        export.file(tx, "reflections.csv", store::reflections_after, |it| under.reflection(it, &seen))?;
    let tried = export.file(tx, "actions.csv", store::actions_after, |it| under.action(it, &thought))?;
    export.file(tx, "evaluations.csv", store::evaluations_after, |it| under.evaluation(it, &tried))?;
    export.file(tx, "perceptions.csv", store::perceptions_after, |it| under.perception(it))?;
    export.finish()
}

/// What goes with the files, in words.
fn introduction(tx: &mut Tx<'_>, network_id: Id, protocol: &Protocol, words: Words) -> Result<String> {
    let lines = [
        words.title(protocol.as_str().to_owned()),
        words.network(store::network_name(tx, network_id)?),
        words.made(tx.now.day().to_string()),
        words.holds(),
        words.consent(),
        words.numbers(),
        words.days(),
        words.files(),
        words.left_out(),
        words.risk(),
        words.withdrawal(),
    ];
    Ok(lines.join("\n\n") + "\n")
}

/// An export that is being written.
struct Export {
    zip: Zip,
    codebook: Codebook,
    left_out: Rows,
    network_id: Id,
}

impl Export {
    /// Writes the file of a kind, piece by piece: a row of each record of which `row` makes one. Answers which these were.
    fn file<R, Row>(
        &mut self,
        tx: &mut Tx<'_>,
        name: &'static str,
        load: impl Fn(&mut Tx<'_>, Id, Id) -> QueryResult<Vec<R>>,
        row: impl Fn(R) -> Option<Row>,
    ) -> Result<HashSet<Id>>
    where
        R: Record,
        Row: Serialize + JsonSchema,
    {
        self.codebook.file::<Row>(name)?;
        let columns = columns::of_answer::<Row>();
        self.zip.begin(name)?;
        let mut rows = Rows::new(Delimiter::Comma);
        rows.header(&columns)?;
        let (mut exported, mut left_out, mut after) = (HashSet::new(), 0, Id::NIL);
        loop {
            let piece = load(tx, self.network_id, after)?;
            let last = piece.last().map(Record::id);
            for record in piece {
                let id = record.id();
                match row(record) {
                    Some(row) => {
                        rows.record(&columns, &serde_json::to_value(&row).map_err(Error::internal)?)?;
                        exported.insert(id);
                    }
                    None => left_out += 1,
                }
            }
            let written = std::mem::replace(&mut rows, Rows::new(Delimiter::Comma));
            self.zip.write_all(&written.into_bytes()?).map_err(Error::internal)?;
            match last {
                Some(last) => after = last,
                None => break,
            }
        }
        self.left_out.cells([name, &in_words(left_out)])?;
        Ok(exported)
    }

    fn finish(mut self) -> Result<File> {
        self.zip.entry("left-out.csv", &self.left_out.into_bytes()?)?;
        self.zip.entry("codebook.csv", &self.codebook.into_bytes()?)?;
        self.zip.finish()
    }
}

/// How many records were left out, as it may be told of few.
fn in_words(left_out: usize) -> String {
    match Cell::of_some(left_out, Side::Outside).told() {
        None => "fewer than 5".to_owned(),
        Some(0) => "0".to_owned(),
        Some(count) => format!("at least {count}"),
    }
}
