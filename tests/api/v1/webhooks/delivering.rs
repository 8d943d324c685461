//! What is sent, signed, and to whom.

use serde_json::{Value, json};

use super::sending;
use crate::support::receiver::{Receiver, kinds};

#[test]
fn a_change_arrives_signed_and_as_a_cloud_event() {
    sending(|api| {
        let (team, receiver) = (api.team(), Receiver::start());
        let hook = team.hook(&receiver, json!({"kinds": ["observation.created"]}));
        let cycle = team.cycle();
        let id = cycle.observe(json!({"body": "Buiten stond koffie."}));
        let received = receiver.wait_for(1).remove(0);
        received.verify(&hook.secret).expect("the signature is right");
        assert_eq!(received.line, "POST /hook HTTP/1.1");
        assert_eq!(received.header("content-type"), "application/cloudevents+json; charset=utf-8");
        let event = received.event();
        assert_eq!(event["specversion"], "1.0");
        assert_eq!(event["id"], received.id());
        assert_eq!(event["type"], "observation.created");
        assert_eq!(event["source"], format!("/v1/networks/{}", team.id));
        assert_eq!(event["subject"], id.as_str());
        assert_eq!(event["datacontenttype"], "application/json");
        let data = &event["data"];
        assert_eq!((&data["kind"], &data["tombstone"]), (&event["type"], &Value::Null));
        assert_eq!((&data["subjectVersion"], &data["cycleId"]), (&json!(1), &json!(cycle.id)));
        let record = team.reader().get(format!("/v1/observations/{id}")).expect(200).body;
        assert_eq!((&data["record"], &data["changedAt"]), (&record, &event["time"]));
        assert_eq!(kinds(&receiver.all()), ["observation.created"], "and nothing else");
    });
}
