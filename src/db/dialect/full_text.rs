//! Full-text search, which the two databases do each in a language of its own: FTS5 on SQLite, `tsvector` on PostgreSQL.
//! What is sought comes in words alone, letters and digits without accents and capitals, so that none of it can be read as
//! an operator.

use crate::db::schema::search_documents;
use crate::db::types::Uid;
use crate::ids::Id;
use diesel::backend::Backend;
use diesel::expression::{AppearsOnTable, Expression, SelectableExpression, ValidGrouping, is_aggregate};
use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::query_builder::{AstPass, QueryFragment, QueryId};
use diesel::serialize::ToSql;
use diesel::sql_types::{Bool, Double, HasSqlType, Text};
use diesel::sqlite::Sqlite;
use std::collections::BTreeSet;
use std::sync::Arc;

/// One thing that a document must hold. PostgreSQL takes words as they are and stems them; SQLite takes stems.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Term {
    /// Words that follow each other, less those that count for nothing in the language. Either language will do; one of
    /// the two may have no word left.
    Phrase { dutch: Vec<Word>, english: Vec<Word> },
    /// A word that begins so.
    Prefix(String),
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    pub plain: String,
    pub stem: String,
}

/// What is sought, in the words of both databases.
#[derive(Debug)]
pub struct Sought {
    /// For `MATCH`: the whole condition.
    fts5: String,
    /// For `search_rank`: the stems sought, each once; an asterisk after the beginning of a word.
    lexemes: String,
    /// For PostgreSQL: the condition on the place, empty where there is none.
    place: String,
    /// Each term, in Dutch and in English; a prefix is the same in both.
    terms: Vec<(String, String)>,
    /// Any of the words, in Dutch, in English, and as the beginnings of words.
    any: [String; 3],
}

impl Sought {
    /// Documents that hold all of `terms`, and in whose `place` stands one at least of each list in `within`.
    pub fn new(within: &[Vec<String>], terms: &[Term]) -> Arc<Sought> {
        let mut fts5: Vec<String> = within
            .iter()
            .map(|places| format!("place : ({})", joined(places, |p| format!("\"{p}\""), " OR ")))
            .collect();
        let mut lexemes = BTreeSet::new();
        let mut any = [const { Vec::new() }; 3];
        let mut each = Vec::new();
        for term in terms {
            match term {
                Term::Phrase { dutch, english } => {
                    let stems = [dutch, english].into_iter().filter(|words| !words.is_empty());
                    let either: Vec<String> = stems
                        .map(|words| format!("\"{}\"", joined(words, |w| w.stem.clone(), " ")))
                        .collect();
                    fts5.push(format!("{{dutch english}} : ({})", either.join(" OR ")));
                    lexemes.extend(dutch.iter().chain(english).map(|word| word.stem.clone()));
                    any[0].extend(dutch.iter().map(|word| word.plain.clone()));
                    any[1].extend(english.iter().map(|word| word.plain.clone()));
                    let plain = |words: &[Word]| joined(words, |word| word.plain.clone(), " ");
                    each.push((plain(dutch), plain(english)));
                }
                Term::Prefix(beginning) => {
                    fts5.push(format!("{{dutch english words}} : \"{beginning}\" *"));
                    lexemes.insert(format!("{beginning}*"));
                    any[2].push(format!("{beginning}:*"));
                    each.push((format!("{beginning}:*"), String::new()));
                }
            }
        }
        let places = |places: &Vec<String>| format!("({})", joined(places, |p| format!("'{p}'"), " | "));
        Arc::new(Sought {
            fts5: fts5.join(" AND "),
            lexemes: lexemes.into_iter().collect::<Vec<_>>().join(" "),
            place: joined(within, places, " & "),
            terms: each,
            any: any.map(|words| words.join(" | ")),
        })
    }
}

fn joined<T>(parts: &[T], written: impl Fn(&T) -> String, between: &str) -> String {
    parts.iter().map(written).collect::<Vec<_>>().join(between)
}

/// The condition of a query on `search_documents` that holds for what is sought.
#[derive(Clone, Debug)]
pub struct Matches(pub Arc<Sought>);

/// How well a document of `search_documents` answers: how often it holds the words sought, in the measure of PostgreSQL's
/// `ts_rank` (each further time counts less; divided by the logarithm of the length). It depends on the document alone:
/// what others hold, whom the asker may not see, does not show in it, and it stays the same from page to page.
#[derive(Clone, Debug)]
pub struct Score(pub Arc<Sought>);

/// The score among a query's results, and the order by that result: it is computed once for both.
#[derive(Clone, Debug)]
pub struct ScoreColumn(pub Score);
#[derive(Clone, Copy, Debug)]
pub struct ByScore;

/// Whether a document comes after the last one of a page, by its score and then by its record's id, the highest first. The
/// two are compared as one, so that the score is computed once.
#[derive(Clone, Debug)]
pub struct After(pub Score, pub (f64, Id));

/// Nodes of queries that read `search_documents`. A macro, since Rust lets no function implement traits for a type.
macro_rules! on_documents {
    ($($name:ident -> $type:ty),+) => {$(
        impl Expression for $name {
            type SqlType = $type;
        }
        impl<T> AppearsOnTable<T> for $name where search_documents::id: AppearsOnTable<T> {}
        impl<T> SelectableExpression<T> for $name where search_documents::id: SelectableExpression<T> {}
        impl<G> ValidGrouping<G> for $name {
            type IsAggregate = is_aggregate::Never;
        }
        impl QueryId for $name {
            type QueryId = ();
            const HAS_STATIC_QUERY_ID: bool = false;
        }
    )+};
}
on_documents!(Matches -> Bool, Score -> Double, ScoreColumn -> Double, ByScore -> Double, After -> Bool);

impl QueryFragment<Sqlite> for Matches {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, Sqlite>) -> QueryResult<()> {
        out.push_sql(
            "search_documents.number IN (SELECT search_terms.rowid FROM search_terms WHERE search_terms MATCH ",
        );
        out.push_bind_param::<Text, _>(&self.0.fts5)?;
        out.push_sql(")");
        Ok(())
    }
}

impl QueryFragment<Pg> for Matches {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, Pg>) -> QueryResult<()> {
        out.push_sql("search_documents.terms @@ (");
        let mut first = true;
        if !self.0.place.is_empty() {
            out.push_bind_param::<Text, _>(&self.0.place)?;
            out.push_sql("::tsquery");
            first = false;
        }
        for (dutch, english) in &self.0.terms {
            out.push_sql(if first { "(" } else { " && (" });
            first = false;
            if dutch.ends_with(":*") {
                ask(&mut out, [("to_tsquery('simple', ", dutch)])?;
            } else {
                ask(
                    &mut out,
                    [("phraseto_tsquery('dutch', ", dutch), ("phraseto_tsquery('english', ", english)],
                )?;
            }
            out.push_sql(")");
        }
        out.push_sql(")");
        Ok(())
    }
}

impl QueryFragment<Sqlite> for Score {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, Sqlite>) -> QueryResult<()> {
        out.push_sql(
            "search_rank(search_documents.dutch, search_documents.english, search_documents.words, \
             search_documents.place, ",
        );
        out.push_bind_param::<Text, _>(&self.0.lexemes)?;
        out.push_sql(")");
        Ok(())
    }
}

impl QueryFragment<Pg> for Score {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, Pg>) -> QueryResult<()> {
        let [dutch, english, prefixes] = &self.0.any;
        out.push_sql("ts_rank(search_documents.terms, ");
        ask(
            &mut out,
            [
                ("to_tsquery('dutch', ", dutch),
                ("to_tsquery('english', ", english),
                ("to_tsquery('simple', ", prefixes),
            ],
        )?;
        // 1: divided by one plus the logarithm of the length.
        out.push_sql(", 1)::float8");
        Ok(())
    }
}

/// Any of some queries of PostgreSQL, without those that ask nothing.
fn ask<'b, const COUNT: usize>(
    out: &mut AstPass<'_, 'b, Pg>,
    queries: [(&'static str, &'b String); COUNT],
) -> QueryResult<()> {
    for (index, (function, words)) in queries.into_iter().filter(|(_, words)| !words.is_empty()).enumerate() {
        out.push_sql(if index == 0 { "" } else { " || " });
        out.push_sql(function);
        out.push_bind_param::<Text, _>(words)?;
        out.push_sql(")");
    }
    Ok(())
}

impl<DB: Backend> QueryFragment<DB> for ScoreColumn
where
    Score: QueryFragment<DB>,
{
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        self.0.walk_ast(out.reborrow())?;
        out.push_sql(" AS score");
        Ok(())
    }
}

impl<DB: Backend> QueryFragment<DB> for ByScore {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        out.push_sql("score");
        Ok(())
    }
}

impl<DB: Backend + HasSqlType<Uid>> QueryFragment<DB> for After
where
    Score: QueryFragment<DB>,
    f64: ToSql<Double, DB>,
    Id: ToSql<Uid, DB>,
{
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        let After(score, (last, id)) = self;
        out.push_sql("(");
        score.walk_ast(out.reborrow())?;
        out.push_sql(", search_documents.id) < (");
        out.push_bind_param::<Double, _>(last)?;
        out.push_sql(", ");
        out.push_bind_param::<Uid, _>(id)?;
        out.push_sql(")");
        Ok(())
    }
}

#[diesel::declare_sql_function]
extern "SQL" {
    /// [`rank`], which each connection to SQLite is given.
    fn search_rank(dutch: Text, english: Text, words: Text, place: Text, lexemes: Text) -> Double;
}

/// What PostgreSQL's `ts_rank` would say of a document, with the same weights and the same precision, so that both
/// databases answer in the same order.
pub fn rank(dutch: String, english: String, words: String, place: String, lexemes: String) -> f64 {
    /// PostgreSQL keeps so many places of a lexeme at most.
    const PLACES: u32 = 255;
    let sought: Vec<&str> = lexemes.split(' ').collect();
    let mut counts: Vec<Vec<(&str, u32)>> = vec![Vec::new(); sought.len()];
    let mut length = 2;
    for (text, placed) in [(&dutch, true), (&english, true), (&words, false), (&place, false)] {
        for token in text.split(' ').filter(|token| !token.is_empty()) {
            length += 1;
            for (lexeme, found) in sought.iter().zip(&mut counts) {
                let holds = match lexeme.strip_suffix('*') {
                    Some(beginning) => token.starts_with(beginning),
                    None => token == *lexeme,
                };
                if !holds {
                    continue;
                }
                match found.iter_mut().find(|(known, _)| *known == token) {
                    Some((_, times)) => *times += u32::from(placed),
                    None => found.push((token, 1)),
                }
            }
        }
    }
    let mut total = 0_f32;
    for (_, times) in counts.iter().flatten() {
        let mut sum = 0_f32;
        for place in 1..=(*times).min(PLACES) {
            sum += 0.1_f32 / (place * place) as f32;
        }
        let sum = 0.1_f32 + sum - 0.1_f32;
        total = (f64::from(total) + f64::from(sum) / 1.644_934_066_85) as f32;
    }
    total /= sought.len() as f32;
    (f64::from(total) / (f64::from(length + 1).ln() / 2_f64.ln())) as f32 as f64
}
