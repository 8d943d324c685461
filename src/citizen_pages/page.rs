//! The page for a citizen as they read it: on a phone, or on paper. Nothing is loaded, run or sent.

use super::types::{CitizenAction, CitizenChapter, CitizenEvaluation, CitizenPage, CitizenReturn};
use super::words::Words;
use crate::actions::types::ActionState;
use crate::clock::Instant;
use crate::error::{Error, Result};
use crate::evaluations::types::Verdict;
use crate::http::accept::chosen;
use crate::http::document::policy;
use crate::http::language::tag;
use crate::observations::types::Voice;
use crate::people::types::Locale;
use crate::questions::types::Recognised;
use crate::research_consents::types::ConsentState;
use crate::wording::units;
use actix_web::HttpRequest;
use askama::Template;
use std::fmt;
use std::sync::LazyLock;

pub const CONTENT_TYPE: &str = "text/html; charset=utf-8";
/// The media types that a coordinator can have the page in; JSON where a client has no wish.
pub const PRODUCES: &[&str] = &["application/json", "text/html"];

/// The style sheet that is a part of the page.
const STYLE: &str = include_str!("../../templates/citizen-page.css");

/// The `Content-Security-Policy` of the page.
pub static POLICY: LazyLock<String> = LazyLock::new(|| policy(STYLE));

/// What the page is sent as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Face {
    Json,
    Html,
}

impl Face {
    /// The one that the client likes best.
    pub fn of(request: &HttpRequest) -> Face {
        match chosen(request, PRODUCES) {
            "text/html" => Face::Html,
            _ => Face::Json,
        }
    }
}

#[derive(Template)]
#[template(path = "citizen-page.html")]
struct Page<'a> {
    words: Words,
    lang: &'static str,
    style: Markup,
    page: &'a CitizenPage,
    title: String,
    made: String,
    expires: Option<(Instant, String)>,
    chapters: Vec<Chapter<'a>>,
    also_kept: Vec<String>,
    left_out: Vec<String>,
}

/// A chapter, with what it is headed by.
struct Chapter<'a> {
    key: String,
    title: String,
    chapter: &'a CitizenChapter,
}

#[derive(Template)]
#[template(path = "citizen-link-gone.html")]
struct Gone {
    words: Words,
    lang: &'static str,
    style: Markup,
}

/// Markup that was made here, for the template to take as it is.
struct Markup(&'static str);

impl fmt::Display for Markup {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

impl askama::filters::HtmlSafe for Markup {}

/// The page; `expires_at` is until when the link works under which it is read.
pub fn html(page: &CitizenPage, expires_at: Option<Instant>, language: Locale) -> Result<String> {
    let words = Words::of(language);
    let page = Page {
        words,
        lang: tag(language),
        style: Markup(STYLE),
        page,
        title: if page.chapters.iter().any(|chapter| chapter.question.is_some()) {
            words.title()
        } else {
            words.title_unasked()
        },
        made: units::moment(language, page.made_at),
        expires: expires_at.map(|at| (at, units::moment(language, at))),
        chapters: chapters(words, &page.chapters),
        also_kept: also_kept(words, page),
        left_out: left_out(words, page),
    };
    page.render().map_err(Error::internal)
}

/// What is read where a link does not work.
pub fn gone(language: Locale) -> Result<String> {
    let page = Gone { words: Words::of(language), lang: tag(language), style: Markup(STYLE) };
    page.render().map_err(Error::internal)
}

fn chapters(words: Words, chapters: &[CitizenChapter]) -> Vec<Chapter<'_>> {
    let asked = chapters.iter().filter(|chapter| chapter.question.is_some()).count();
    let title = |index: usize, chapter: &CitizenChapter| match (&chapter.question, asked) {
        (None, 0) => words.only_title(),
        (None, _) => words.other_title(),
        (Some(_), 1) => words.question(),
        (Some(_), _) => words.question_numbered(index as u64 + 1),
    };
    let headed = |(index, chapter)| Chapter {
        key: format!("chapter-{}", index + 1),
        title: title(index, chapter),
        chapter,
    };
    chapters.iter().enumerate().map(headed).collect()
}

fn also_kept(words: Words, page: &CitizenPage) -> Vec<String> {
    let calculations = page.effect_calculations.iter().map(|made| words.calculation(made.title.clone()));
    let consents = page.research_consents.iter().map(|given| {
        let (day, protocol) = (units::day(words.language(), given.given_on), given.protocol.clone());
        match given.state {
            ConsentState::Given => words.consent_given(day, protocol),
            ConsentState::Withdrawn => words.consent_withdrawn(day, protocol),
        }
    });
    calculations.chain(consents).collect()
}

fn left_out(words: Words, page: &CitizenPage) -> Vec<String> {
    let counts = page.left_out;
    let others = (counts.about_others > 0).then(|| words.left_out_others(counts.about_others.into()));
    let naming = (counts.naming_somebody > 0).then(|| words.left_out_naming(counts.naming_somebody.into()));
    others.into_iter().chain(naming).chain([words.left_out_always()]).collect()
}

impl Words {
    fn day_of(self, at: &Instant) -> String {
        units::day(self.language(), at.day())
    }

    fn state(self, action: &CitizenAction) -> String {
        match action.state {
            ActionState::Planned => self.planned(),
            ActionState::Doing => self.doing(),
            ActionState::Done => self.done(),
            ActionState::Dropped | ActionState::Withdrawn => self.dropped(),
        }
    }

    /// When it is to be done, while it is not.
    fn due_day(self, action: &CitizenAction) -> Option<String> {
        let open = matches!(action.state, ActionState::Planned | ActionState::Doing);
        let due_on = action.due_on.filter(|_| open)?;
        Some(self.due(units::day(self.language(), due_on)))
    }

    fn verdict(self, judged: &CitizenEvaluation) -> String {
        match judged.verdict {
            Verdict::Worked => self.worked(),
            Verdict::Partly => self.partly(),
            Verdict::DidNotWork => self.did_not_work(),
        }
    }

    fn recognised(self, told: &CitizenReturn) -> Option<String> {
        Some(match told.recognised? {
            Recognised::Yes => self.recognised_yes(),
            Recognised::Partly => self.recognised_partly(),
            Recognised::No => self.recognised_no(),
        })
    }

    fn said(self, voice: &Option<Voice>) -> Option<String> {
        matches!(voice, Some(Voice::OwnWords | Voice::Quoted)).then(|| self.in_own_words())
    }
}

impl CitizenAction {
    /// What its state is called in the style sheet.
    fn state_class(&self) -> &'static str {
        match self.state {
            ActionState::Planned | ActionState::Doing => "open",
            ActionState::Done => "good",
            ActionState::Dropped | ActionState::Withdrawn => "off",
        }
    }

    /// Whether it is over and nobody said yet whether it helped.
    fn waits(&self) -> bool {
        self.state == ActionState::Done && self.evaluations.is_empty()
    }
}

impl CitizenEvaluation {
    fn verdict_class(&self) -> &'static str {
        match self.verdict {
            Verdict::Worked => "good",
            Verdict::Partly => "open",
            Verdict::DidNotWork => "off",
        }
    }
}
