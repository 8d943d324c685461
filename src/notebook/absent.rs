//! What stands at `/app/` where the program was built without the app.

use crate::dossier::page::{STYLE, Style};
use crate::error::{Error, Result};
use crate::http::document::{Document, policy};
use crate::http::language::{negotiated, tag};
use crate::http::precondition::IfNoneMatch;
use crate::people::types::Locale;
use actix_web::http::header;
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;

#[derive(Template)]
#[template(path = "notebook-absent.html")]
struct Page {
    lang: &'static str,
    words: &'static Words,
    style: Style,
}

struct Words {
    title: &'static str,
    why: &'static str,
    how: &'static str,
    then: &'static str,
    meanwhile: &'static str,
    documentation: &'static str,
}

static DUTCH: Words = Words {
    title: "De app zit niet in dit programma",
    why: "Dit programma is gebouwd zonder de app. De rest werkt gewoon.",
    how: "Zo komt de app erin. Je hebt Node.js nodig, versie 20 of later. Geef in de map van het project deze opdracht:",
    then: "Bouw en start het programma daarna opnieuw, bijvoorbeeld met:",
    meanwhile: "Programma's kunnen intussen terecht bij de API:",
    documentation: "de documentatie",
};

static ENGLISH: Words = Words {
    title: "This program does not carry the app",
    why: "This program was built without the app. Everything else works.",
    how: "To have it: with Node.js, version 20 or later, give this command in the folder of the project:",
    then: "Then build and start the program again, for instance with:",
    meanwhile: "Meanwhile programs find the API here:",
    documentation: "its documentation",
};

pub fn page(request: &HttpRequest) -> Result<HttpResponse> {
    let language = negotiated(None, request);
    let words = match language {
        Locale::Nl => &DUTCH,
        Locale::En => &ENGLISH,
    };
    let page = Page { lang: tag(language), words, style: Style };
    let document = Document {
        body: page.render().map_err(Error::internal)?,
        media_type: "text/html; charset=utf-8",
        language,
        vary: "Accept-Language",
        headers: vec![(header::CONTENT_SECURITY_POLICY, policy(STYLE))],
    };
    Ok(document.answer(&IfNoneMatch::of(request)?))
}
