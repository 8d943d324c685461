//! What the file is called.

use super::letters::beginning;
use crate::reports::document::Document;
use actix_web::http::header::{
    Charset, ContentDisposition, DispositionParam, DispositionType, ExtendedValue,
};
use std::fmt::Display;

/// Letters of a name.
const LENGTH: usize = 100;

/// A PDF is handed on, so its name says what it is. Clients that do not know such names (RFC 6266) take `file`, which stands
/// without its end.
pub fn named(file: &dyn Display, document: &Document) -> ContentDisposition {
    of_words(file, &format!("{} {}", document.kind, document.title))
}

fn of_words(file: &dyn Display, text: &str) -> ContentDisposition {
    let mut parameters = vec![DispositionParam::Filename(format!("{file}.pdf"))];
    // Letters alone: a name goes to file systems of all kinds.
    let words: Vec<&str> = text
        .split(|letter: char| !letter.is_alphanumeric() && !matches!(letter, '-' | '\'' | '’'))
        .filter(|word| word.contains(char::is_alphanumeric))
        .collect();
    if !words.is_empty() {
        parameters.push(DispositionParam::FilenameExt(ExtendedValue {
            charset: Charset::Ext("UTF-8".to_owned()),
            language_tag: None,
            value: format!("{}.pdf", beginning(&words.join(" "), LENGTH)).into_bytes(),
        }));
    }
    ContentDisposition { disposition: DispositionType::Attachment, parameters }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_has_the_words_of_the_report_and_nothing_that_leads_elsewhere() {
        let of = |title: &str| of_words(&"cycle-1", title).to_string();
        let cases = [
            (
                "Hoe doorbreken we eenzaamheid?",
                "attachment; filename=\"cycle-1.pdf\"; filename*=UTF-8''Hoe%20doorbreken%20we%20eenzaamheid.pdf",
            ),
            (
                "../../etc/\r\nX: \"één\"",
                "attachment; filename=\"cycle-1.pdf\"; filename*=UTF-8''etc%20X%20%C3%A9%C3%A9n.pdf",
            ),
            ("…?!", "attachment; filename=\"cycle-1.pdf\""),
        ];
        for (title, header) in cases {
            assert_eq!(of(title), header);
        }
        assert!(of(&"lang ".repeat(100)).len() < 300);
    }
}
