//! The report of a network over a period.

mod faces;

use serde_json::{Value, json};

use crate::support::jobs::{moment, uid};
use crate::support::stored::execute;
use crate::support::team::{Cycle, ago};
use crate::support::tracing::follow_every_figure;
use crate::support::{Api, Client, Request, both};
use crate::v1::cycles::report::pdf::{PDF, Printed};
use crate::v1::cycles::report::tracing::busy;

const DAY: i64 = 86_400;

fn day(seconds_ago: i64) -> String {
    ago(seconds_ago)[..10].to_owned()
}

#[test]
fn every_figure_of_a_network_leads_to_the_records_that_it_counts() {
    both(|api| {
        let team = api.team();
        let (first, second) = (team.cycle(), team.cycle());
        busy(&first);
        first.close();
        busy(&second);
        team.practitioner().post(team.path("observations"), crate::support::team::observation()).expect(201);
        let insight = second.share("commons");
        let other = api.team();
        let theirs = other.cycle().share("commons");
        let adoption = |insight: &str| json!({"insightId": insight, "decision": "adopted"});
        other.coordinator().post(other.path("adoptions"), adoption(&insight)).expect(201);
        team.coordinator().post(team.path("adoptions"), adoption(&theirs)).expect(201);

        let whole = team.reader().get(team.path("report")).expect(200);
        assert!(follow_every_figure(&team.reader(), &whole.body) > 120);
        assert_eq!(whole["counts"]["observations"], 2 * 13 + 1);
        assert_eq!((&whole["inbox"], &whole["cyclesByPhase"]["closed"]), (&json!(1), &json!(1)));
        assert_eq!(whole["insights"]["items"][0]["adoptions"]["adopted"], 1);
        assert_eq!(whole["insights"]["received"]["adopted"], 1);
        assert_eq!((&whole["earlier"], &whole["fromOn"]), (&json!([]), &Value::Null));

        let (from, to) = (day(40 * DAY), day(20 * DAY));
        let report = team.reader().get(team.path(&format!("report?from={from}&to={to}"))).expect(200);
        assert!(follow_every_figure(&team.reader(), &report.body) > 120);
        assert_eq!((&report["fromOn"], &report["toOn"]), (&json!(from), &json!(to)));
        // 31 and 29 days ago, in both cycles.
        assert_eq!(report["counts"]["observations"], 2 * 2);
        assert_eq!(report["inbox"], 0);
        let earlier = report["earlier"].as_array().expect("periods");
        assert_eq!(earlier.len(), 3);
        assert_eq!(
            (&earlier[0]["fromOn"], &earlier[0]["toOn"]),
            (&json!(day(61 * DAY)), &json!(day(41 * DAY)))
        );
        let before = format!("report?from={}&to={}", day(61 * DAY), day(41 * DAY));
        let before = team.reader().get(team.path(&before)).expect(200);
        assert_eq!(before["counts"]["observations"], earlier[0]["figures"]["observations"]);
        assert!(before["counts"]["observations"].as_u64() > Some(0));
    });
}

#[test]
fn a_period_begins_before_it_ends() {
    both(|api| {
        let team = api.team();
        let report = |query: &str| team.reader().get(team.path(&format!("report?{query}")));
        report("from=2026-02-01&to=2026-01-31").errors(&[("/to", "inconsistent")]);
        report("from=gisteren").errors(&[("/from", "bad_format")]);
        report("sinceOn=2026-01-01").errors(&[("/sinceOn", "unknown_member")]);
        report("from=2026-01-31&to=2026-01-31").expect(200);
        report("from=0001-01-01&to=9999-12-31").expect(200);
    });
}

#[test]
fn it_is_printed_with_each_section_under_a_heading() {
    both(|api| {
        let team = api.team();
        busy(&team.cycle());
        let request = Request::new("GET", team.path("report")).header("Accept", PDF);
        let printed = Printed::of(&team.reader().send(request).expect(200));
        assert!(printed.whole().contains("pagina1van"), "{}", printed.whole());
        let tables = printed.count("Table");
        assert!(tables > 5 && printed.count("Figure") > 3);
        assert_eq!((printed.count("H1"), printed.count("H2")), (1, tables + 2));
    });
}

#[test]
fn it_follows_what_others_make_of_its_insights() {
    both(|api| {
        let (team, other) = (api.team(), api.team());
        let insight = team.cycle().share("commons");
        let tag = || team.reader().get(team.path("report")).expect(200).header("etag").map(str::to_owned);
        let before = tag();
        assert_eq!(before, tag());
        let adoption = json!({"insightId": insight, "decision": "adopted"});
        let made = other.coordinator().post(other.path("adoptions"), adoption).expect(201);
        let adopted = tag();
        assert_ne!(adopted, before, "it is a change of the other network");
        let adoption = format!("/v1/adoptions/{}", made.id());
        other
            .coordinator()
            .patch(&adoption, made.version(), json!({"decision": "rejected", "reason": "Paste niet."}))
            .expect(200);
        assert_ne!(tag(), adopted);
    });
}

#[test]
fn coordinators_see_the_lineage_in_numbers_of_which_few_are_none() {
    both(|api| {
        let (above, team) = (api.quiet_team(), api.team());
        api.founder().post(team.path("moves"), json!({"parentId": above.id})).expect(200);
        team.cycle().observe(json!({}));
        let above_alone = api.learner("Regio");
        let coordinates = json!({"personId": above_alone.person.id, "role": "coordinator"});
        api.founder().post(above.path("members"), coordinates).expect(201);
        let query = format!("report?lineage=true&from={}&to={}", day(DAY), day(0));
        let told = |client: &Client| -> Value {
            let report = client.get(above.path(&query)).expect(200);
            assert_eq!(report.header("etag"), None, "it changes with the networks below");
            assert_eq!(report["counts"]["observations"], 0, "of its own it has none");
            let networks = report["lineage"]["networks"].as_array().expect("networks");
            assert_eq!(networks.len(), 2);
            networks.iter().find(|network| network["id"] == *team.id).expect("the one below").clone()
        };
        let below = told(&above_alone.client);
        assert_eq!((&below["figures"], &below["withheldCycles"]), (&Value::Null, &json!(1)));
        assert_eq!(told(&api.founder())["figures"]["observations"], 1, "members are told all");

        let page =
            Request::new("GET", above.path(&query)).header("Accept", "text/html, application/json;q=0.1");
        let page = above_alone.client.send(page.header("Accept-Language", "nl")).expect(200);
        assert!(page.text.contains("Dit netwerk en de netwerken eronder"), "{}", page.text);

        team.facilitator().get(team.path("report?lineage=true")).refused(403, "forbidden");
        let plain = team.facilitator().get(team.path("report?lineage=false")).expect(200);
        assert_eq!(plain["lineage"], Value::Null);
    });
}

#[test]
fn figures_of_a_lineage_lead_members_to_the_records_that_they_count() {
    both(|api| {
        let (above, team) = (api.quiet_team(), api.team());
        api.founder().post(team.path("moves"), json!({"parentId": above.id})).expect(200);
        let (first, second) = (team.cycle(), team.cycle());
        busy(&first);
        busy(&second);
        team.practitioner().post(team.path("observations"), crate::support::team::observation()).expect(201);
        began(api, &first.id, 40 * DAY);
        let whole = above.path("report?lineage=true");
        let (from, to) = (day(41 * DAY), day(39 * DAY));
        let then = above.path(&format!("report?lineage=true&from={from}&to={to}"));
        for (path, observations) in [(&whole, 2 * 13), (&then, 13)] {
            let report = api.founder().get(path).expect(200);
            let networks = report["lineage"]["networks"].as_array().expect("networks");
            let below = networks.iter().find(|network| network["id"] == *team.id).expect("the one below");
            assert_eq!(below["figures"]["observations"], observations);
            assert_eq!((&below["member"], &below["openItems"]["inbox"]["count"]), (&json!(true), &json!(1)));
            let lineage = json!({"lineage": report["lineage"], "from": report["from"]});
            // Of the one below 13 sums, 8 of what is open and 6 phases; of the one above, which is empty, 4 and 6.
            assert_eq!(follow_every_figure(&api.founder(), &lineage), 37);
            follow_every_figure(&api.founder(), &report.body);
        }

        let above_alone = api.learner("Regio");
        let coordinates = json!({"personId": above_alone.person.id, "role": "coordinator"});
        api.founder().post(above.path("members"), coordinates).expect(201);
        let report = above_alone.client.get(&whole).expect(200);
        let links = report["from"].as_object().expect("links");
        let theirs = format!("/v1/networks/{}/", team.id);
        assert!(!links.values().any(|list| list.as_str().is_some_and(|list| list.starts_with(&theirs))));

        let listed = |query: &str| team.reader().get(team.path(&format!("observations?{query}")));
        listed("cyclesFrom=2026-01-01").errors(&[("/cyclesFrom", "inconsistent")]);
        listed("cyclesTo=2026-01-01").errors(&[("/cyclesTo", "inconsistent")]);
        let of_cycle = |cycle: &Cycle<'_, '_>| {
            let query = format!("observations?figure=observed&cyclesFrom={from}&cyclesTo={to}");
            team.reader().get(cycle.path(&query)).expect(200).items().len()
        };
        assert_eq!((of_cycle(&first), of_cycle(&second)), (13, 0), "of a cycle it asks when that began");
    });
}

/// Sets back when a cycle began.
fn began(api: &Api, cycle: &str, seconds_ago: i64) {
    let sql = format!(
        "UPDATE cycles SET created_at = {} WHERE id = {}",
        moment(api.kind, -seconds_ago),
        uid(api.kind, cycle)
    );
    execute(api.kind, &api.server.database_url, &sql);
}
