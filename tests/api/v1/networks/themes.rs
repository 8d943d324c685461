//! Themes that a network works on, for a time, and whether it shares the figures.

use serde_json::{Value, json};

use crate::support::both;
use crate::support::people::Api;
use crate::support::team::new_id;

fn theme(api: &Api) -> String {
    api.founder().post("/v1/themes", json!({"title": api.unique("Eenzaamheid")})).expect(201).id()
}

fn day(days: i64) -> String {
    let today = chrono::Utc::now().with_timezone(&chrono_tz::Europe::Amsterdam).date_naive();
    (today + chrono::Duration::days(days)).to_string()
}

#[test]
fn it_begins_today_and_ends_but_stays_in_the_list() {
    both(|api| {
        let (team, theme) = (api.team(), theme(api));
        let body = json!({"themeId": theme, "sharesFigures": false});
        let made = team.facilitator().post(team.path("themes"), body.clone()).expect(201);
        assert_eq!((&made["startsOn"], &made["endsOn"]), (&json!(day(0)), &Value::Null));
        team.coordinator().post(team.path("themes"), body).refused(409, "already_on_theme");

        let path = format!("/v1/theme-networks/{}", made.id());
        let planned = team.coordinator().patch(&path, 1, json!({"endsOn": day(30)})).expect(200);
        assert_eq!(planned["endsOn"], json!(day(30)));
        let next = json!({"themeId": theme, "startsOn": day(31), "sharesFigures": true});
        let next = team.coordinator().post(team.path("themes"), next).expect(201);
        team.coordinator().patch(&path, 2, json!({"endsOn": null})).refused(409, "already_on_theme");
        team.coordinator()
            .patch(&path, 2, json!({"endsOn": day(-1)}))
            .refused(409, "inconsistent")
            .pointers(&[("/endsOn", "inconsistent")]);

        team.coordinator().delete(&path, 2).expect(204);
        let ended = team.reader().get(&path).expect(200);
        assert_eq!((&ended["endsOn"], ended.version()), (&json!(day(0)), 3), "today is its last day");
        // Called off before it began, it stands in nobody's way.
        team.coordinator().delete(format!("/v1/theme-networks/{}", next.id()), 1).expect(204);
        team.coordinator().patch(&path, 3, json!({"endsOn": null})).expect(200);
        let list = team.reader().get(team.path(&format!("themes?themeId={theme}"))).expect(200);
        assert_eq!(list.ids(), [next.id(), made.id()]);
        assert!(
            team.reader()
                .get(team.path(&format!("themes?themeId={}", new_id())))
                .expect(200)
                .items()
                .is_empty()
        );
    });
}

#[test]
fn what_has_ended_keeps_its_days_but_may_be_hidden() {
    both(|api| {
        let (team, theme) = (api.team(), theme(api));
        let past = json!({"themeId": theme, "startsOn": day(-90), "endsOn": day(-1), "sharesFigures": true});
        let made = team.facilitator().post(team.path("themes"), past).expect(201);
        let path = format!("/v1/theme-networks/{}", made.id());
        let coordinator = team.coordinator();
        coordinator.delete(&path, 1).refused(409, "ended");
        coordinator.patch(&path, 1, json!({"endsOn": null, "sharesFigures": false})).refused(409, "ended");
        coordinator.patch(&path, 1, json!({"startsOn": day(-100)})).refused(409, "ended");
        let hidden = coordinator.patch(&path, 1, json!({"sharesFigures": false})).expect(200);
        assert_eq!((&hidden["sharesFigures"], &hidden["endsOn"]), (&json!(false), &json!(day(-1))));
    });
}

#[test]
fn a_theme_is_one_that_is_known_and_sharing_is_said() {
    both(|api| {
        let team = api.team();
        let unknown = json!({"themeId": new_id(), "sharesFigures": true});
        team.facilitator()
            .post(team.path("themes"), unknown)
            .refused(409, "reference_not_found")
            .pointers(&[("/themeId", "not_found")]);
        let wrong = json!({"startsOn": "2026-02-01", "endsOn": "2026-01-01", "sharesFigures": "yes"});
        team.facilitator().post(team.path("themes"), wrong).errors(&[
            ("/themeId", "required"),
            ("/endsOn", "inconsistent"),
            ("/sharesFigures", "wrong_type"),
        ]);
        let ended_before_today = json!({"themeId": theme(api), "endsOn": day(-1), "sharesFigures": true});
        team.facilitator()
            .post(team.path("themes"), ended_before_today)
            .refused(409, "inconsistent")
            .pointers(&[("/endsOn", "inconsistent")]);
    });
}
