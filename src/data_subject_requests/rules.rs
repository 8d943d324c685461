//! By when a request is decided, and how. Pure.

use super::types::{
    DataSubjectRequest, DataSubjectRequestTransition, RequestKind, RequestMove, RequestState,
};
use crate::clock;
use crate::db::types::Json;
use crate::error::{Error, Result};
use crate::http::body::HappenedAt;
use crate::transitions::not_allowed;
use chrono::{Months, NaiveDate};

/// A month, and two more where it is extended (GDPR, article 12(3)).
const MONTH: Months = Months::new(1);
const EXTENDED: Months = Months::new(3);

/// The last day on which a request is decided: the same day of the next month, or the last one of a month that is shorter.
/// That day may be a Sunday or a holiday. A rule of the Union on periods (Regulation 1182/71) would then allow the next working
/// day; who is a day early is never late.
pub fn due_on(received_on: NaiveDate) -> NaiveDate {
    received_on.checked_add_months(MONTH).unwrap_or(NaiveDate::MAX)
}

fn extended_due_on(received_on: NaiveDate) -> NaiveDate {
    received_on.checked_add_months(EXTENDED).unwrap_or(NaiveDate::MAX)
}

/// Moves a request, and answers the state that it had.
pub fn decide(request: &mut DataSubjectRequest, body: &DataSubjectRequestTransition) -> Result<&'static str> {
    use RequestState::{Extended, Granted, PartlyGranted, Received, Refused};
    let (from, to) = (request.state, RequestState::from(body.to));
    let possible: &[RequestState] = match from {
        Received => &[Extended, Granted, PartlyGranted, Refused],
        Extended => &[Granted, PartlyGranted, Refused],
        Granted | PartlyGranted | Refused => &[],
    };
    if !possible.contains(&to) {
        return Err(not_allowed(from.into(), to.into(), possible));
    }
    let reason = body.reason.as_deref().map(Into::into);
    let at = HappenedAt::or_now(body.happened_at, clock::now());
    if body.to == RequestMove::Extended {
        // The citizen is told of it within the month.
        if at.day() > request.due_on {
            let detail = "The month is over: a request is extended within it. Decide it now.";
            return Err(Error::conflict("extension_too_late", detail));
        }
        request.due_on = extended_due_on(request.received_on);
        request.extension_reason = reason;
    } else {
        let corrects = request.kind == RequestKind::Correct && to != Refused;
        if corrects && body.records().is_empty() {
            let detail = "Correct the records first, and name them in recordIds.";
            return Err(Error::conflict("records_required", detail));
        }
        request.record_ids = Json(body.records().to_vec());
        request.state_reason = reason;
        request.decided_at = Some(at);
    }
    request.state = to;
    Ok(from.into())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::Id;
    use serde_json::json;

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a day")
    }

    fn request(kind: RequestKind, received_on: NaiveDate) -> DataSubjectRequest {
        let now = clock::now();
        DataSubjectRequest {
            id: Id::new(),
            network_id: Id::NIL,
            pseudonym_id: Id::NIL,
            kind,
            text: None,
            received_on,
            due_on: due_on(received_on),
            extension_reason: None,
            state: RequestState::Received,
            state_reason: None,
            record_ids: Json(Vec::new()),
            recorded_by: None,
            decided_by: None,
            decided_at: None,
            created_at: now,
            updated_at: now,
            version: 1,
            digest: Vec::new(),
        }
    }

    fn body(body: serde_json::Value) -> DataSubjectRequestTransition {
        serde_json::from_value(body).expect("a body")
    }

    #[test]
    fn a_month_is_one_of_the_calendar() {
        for (received, due, extended) in [
            ("2026-03-03", "2026-04-03", "2026-06-03"),
            ("2026-01-31", "2026-02-28", "2026-04-30"),
            ("2028-01-31", "2028-02-29", "2028-04-30"),
            ("2026-11-30", "2026-12-30", "2027-02-28"),
        ] {
            assert_eq!(due_on(day(received)), day(due));
            assert_eq!(extended_due_on(day(received)), day(extended));
        }
    }

    #[test]
    fn it_is_extended_once_and_within_the_month() {
        let today = clock::now().day();
        let mut asked = request(RequestKind::Object, today);
        let longer = body(json!({"to": "extended", "reason": "De stukken liggen bij drie teams."}));
        assert_eq!(decide(&mut asked, &longer).ok(), Some("received"));
        assert_eq!((asked.due_on, asked.state), (extended_due_on(today), RequestState::Extended));
        assert!(asked.decided_at.is_none() && asked.state.is_open());
        assert!(decide(&mut asked, &longer).is_err());
        let mut late = request(RequestKind::Object, today - chrono::Duration::days(40));
        assert!(decide(&mut late, &longer).is_err());
        assert!(decide(&mut late, &body(json!({"to": "granted"}))).is_ok(), "late is better than never");
    }

    #[test]
    fn a_correction_that_is_granted_names_what_was_corrected() {
        let today = clock::now().day();
        for to in ["granted", "partly_granted"] {
            let mut asked = request(RequestKind::Correct, today);
            assert!(decide(&mut asked, &body(json!({"to": to, "reason": "Klopt."}))).is_err());
            let record = Id::new();
            let named = body(json!({"to": to, "reason": "Klopt.", "recordIds": [record]}));
            assert!(decide(&mut asked, &named).is_ok());
            assert_eq!(*asked.record_ids, [record]);
        }
        let refused = body(json!({"to": "refused", "reason": "Zo is het gezegd."}));
        let mut asked = request(RequestKind::Correct, today);
        assert!(decide(&mut asked, &refused).is_ok() && !asked.state.is_open());
        assert!(decide(&mut asked, &refused).is_err(), "what is decided stands");
    }
}
