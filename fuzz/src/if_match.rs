//! `If-Match`, in one header or more.

use actix_web::FromRequest as _;
use actix_web::dev::Payload;
use actix_web::http::header::{HeaderValue, IF_MATCH};
use actix_web::test::TestRequest;
use feedbacklus::error::Error;
use feedbacklus::http::precondition::{IfMatch, LONGEST, etag};

/// Each line is a header. A version passes if and only if its own validator stands among the tags, or `*` for all.
pub fn holds(data: &[u8]) {
    let lines: Vec<&[u8]> = data.split(|byte| *byte == b'\n').collect();
    let mut request = TestRequest::default();
    for line in &lines {
        let Ok(value) = HeaderValue::from_bytes(line) else { return };
        request = request.append_header((IF_MATCH, value));
    }
    let asked = IfMatch::from_request(&request.to_http_request(), &mut Payload::None).into_inner();
    let named: Option<Vec<Tag>> =
        lines.iter().map(|line| naive(line)).collect::<Option<Vec<_>>>().map(|lists| lists.concat());
    match asked {
        Err(error) => {
            super::is_told(&error);
            let short = lines.iter().all(|line| line.len() <= LONGEST);
            assert!(named.is_none() || !short, "refused, though it is a list of tags: {named:?}");
        }
        Ok(IfMatch::Absent) => panic!("it was sent"),
        Ok(IfMatch::Any) => assert!(lines.iter().any(|line| line.trim_ascii() == b"*")),
        Ok(versions @ IfMatch::Versions(_)) => {
            let named = named.expect("taken, though it is no list of tags");
            let IfMatch::Versions(taken) = &versions else { return };
            for stored in taken.iter().copied().chain([i32::MIN, -1, 0, 1, 7, i32::MAX]) {
                let passes = named.contains(&Tag::Strong(etag(stored).into_bytes()));
                match versions.demand(stored) {
                    Ok(()) => assert!(passes, "{stored} passes and is not named"),
                    Err(Error::VersionMismatch { stored: told }) => assert!(!passes && told == stored),
                    Err(other) => panic!("{other:?}"),
                }
            }
        }
    }
}

#[derive(Clone, Debug, PartialEq)]
enum Tag {
    Any,
    Strong(Vec<u8>),
    Weak,
}

/// The tags of a list, read byte by byte as RFC 9110 writes them down; none where it is no such list.
fn naive(list: &[u8]) -> Option<Vec<Tag>> {
    if list.trim_ascii() == b"*" {
        return Some(vec![Tag::Any]);
    }
    let (mut tags, mut tag, mut quoted) = (Vec::new(), Vec::new(), false);
    for byte in list.iter().chain(b",") {
        match byte {
            b'"' => {
                quoted = !quoted;
                tag.push(*byte);
            }
            b',' if !quoted => {
                let whole = std::mem::take(&mut tag);
                let whole = whole.trim_ascii();
                if !whole.is_empty() {
                    tags.push(entity_tag(whole)?);
                }
            }
            _ => tag.push(*byte),
        }
    }
    (!quoted && !tags.is_empty()).then_some(tags)
}

fn entity_tag(text: &[u8]) -> Option<Tag> {
    let (opaque, weak) = text.strip_prefix(b"W/").map_or((text, false), |rest| (rest, true));
    let inside = opaque.strip_prefix(b"\"")?.strip_suffix(b"\"")?;
    let fits = inside.iter().all(|byte| *byte > b' ' && *byte != b'"' && *byte != 0x7f);
    fits.then(|| if weak { Tag::Weak } else { Tag::Strong(opaque.to_vec()) })
}
