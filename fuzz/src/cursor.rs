//! A list's query, and the cursor in it.

use actix_web::FromRequest as _;
use actix_web::dev::Payload;
use actix_web::http::Uri;
use actix_web::test::TestRequest;
use actix_web::web::Data;
use feedbacklus::clock::Instant;
use feedbacklus::error::Result;
use feedbacklus::http::kept_pages::KeptPages;
use feedbacklus::http::page::{List, MAX_LIMIT};
use feedbacklus::ids::Id;
use feedbacklus::observations::types::ObservationFilter;
use std::sync::LazyLock;
use uuid::Uuid;

/// By the first byte: the rest is a query, a cursor, or a place with changes to the cursor that is made of it.
pub fn holds(data: &[u8]) {
    let (which, rest) = super::choice(data);
    match which % 3 {
        0 => query(rest),
        1 => text(rest),
        _ => place(rest),
    }
}

/// Whatever is asked, a page is within its bounds, and what refuses it says where.
fn query(query: &[u8]) {
    let Ok(query) = std::str::from_utf8(query) else { return };
    if format!("/v1/observations?{query}").parse::<Uri>().is_err() {
        return;
    }
    match ask(query) {
        Ok(list) => assert!((1..=MAX_LIMIT).contains(&list.page.limit)),
        Err(error) => super::is_told(&error),
    }
}

/// A text is refused, or it is letter by letter the cursor that the list gives out for that place.
fn text(cursor: &[u8]) {
    match ask(&format!("limit=1&cursor={}", escaped(cursor))) {
        Err(error) => super::is_told(&error),
        Ok(list) => {
            let (instant, id) = list.page.after.expect("a cursor was given");
            assert_eq!(given_out("limit=1", instant, id).as_bytes(), cursor, "two texts for one place");
        }
    }
}

/// What the list gives out is read as what it was made of; with anything changed it is refused, and so it is by a list with
/// another filter.
fn place(data: &[u8]) {
    let Some((place, changes)) = data.split_at_checked(24) else { return };
    let micros = i64::from_be_bytes(place[..8].try_into().expect("eight bytes"));
    let Some(instant) = Instant::from_micros(micros) else { return };
    let id = Id(Uuid::from_slice(&place[8..]).expect("sixteen bytes"));
    let cursor = given_out("limit=1", instant, id);
    let list = ask(&format!("cursor={cursor}")).expect("its own cursor");
    assert_eq!(list.page.after, Some((instant, id)));
    assert!(ask(&format!("state=closed&cursor={cursor}")).is_err(), "another list's cursor");
    let mut changed = cursor.clone().into_bytes();
    for change in changes.chunks_exact(2) {
        let at = usize::from(change[0]) % changed.len();
        changed[at] = change[1];
    }
    if changed != cursor.as_bytes() {
        assert!(ask(&format!("cursor={}", escaped(&changed))).is_err(), "{changed:?} is no cursor");
    }
}

/// The cursor behind a record at this place.
fn given_out(query: &str, instant: Instant, id: Id) -> String {
    let list = ask(query).expect("a page of one");
    list.page.cut(&[(), ()], |()| (instant, id)).1.expect("another page follows")
}

fn ask(query: &str) -> Result<List<ObservationFilter>> {
    static KEPT: LazyLock<Data<KeptPages>> = LazyLock::new(|| Data::new(KeptPages::default()));
    let request = TestRequest::with_uri(&format!("/v1/observations?{query}")).app_data(KEPT.clone());
    List::from_request(&request.to_http_request(), &mut Payload::None).into_inner()
}

fn escaped(text: &[u8]) -> String {
    text.iter().map(|byte| format!("%{byte:02X}")).collect()
}
