//! Pictures of small and large boards: well formed whatever is written on them, and each text within its box.

use super::sheet::{BODY, HEADING, KICKER, LABEL, MARK, NAME, NOTE};
use super::text::{Face, width};
use super::*;
use crate::clock;
use crate::effect_arenas::views::types::ArenaViewKind;
use serde_json::{Value, json};

fn shown(
    title: &str,
    state: ArenaState,
    content: Value,
    names: &[(Id, &str)],
    views: Vec<KeptArenaView>,
) -> Shown {
    Shown {
        title: title.into(),
        subject: Subject::Initiative,
        network: "Leernetwerk Samen minder alleen".into(),
        state,
        number: 1,
        day: NaiveDate::from_ymd_opt(2026, 11, 26).expect("a day"),
        content: serde_json::from_value(content).expect("a board"),
        views,
        names: names.iter().map(|(id, name)| (*id, (*name).to_owned())).collect(),
    }
}

fn view(part_key: Option<&str>, kind: ArenaViewKind, text: &str) -> KeptArenaView {
    KeptArenaView {
        id: Id::new(),
        part_key: part_key.map(Into::into),
        kind,
        text: text.into(),
        held_by_id: None,
        author_id: Id::new(),
        created_at: clock::now(),
    }
}

fn tables() -> Shown {
    let (welfare, town) = (Id::new(), Id::new());
    let content = json!({
        "activities": [
            {"key": "tafels", "name": "Drie kleine tafels van vier, bij bewoners thuis", "organisationIds": [welfare],
                "output": {"expected": "Twee keer per maand, een halfjaar lang.", "seen": "Zesendertig keer; één tafel viel in de zomer stil."},
                "outcome": {"expected": "Wie de grote eettafel mijdt, eet toch met anderen."}},
            {"key": "koken", "name": "Gasten koken om de beurt mee"},
        ],
        "effects": [
            {"key": "contact", "name": "Gasten hebben iemand om te bellen", "activityKeys": ["tafels", "koken"],
                "expected": "Minstens zes van de twaalf.", "seen": "Tien van de twaalf; twee tafels spreken zelf af.",
                "evidence": {"observationIds": [Id::new(), Id::new()], "evaluationIds": [Id::new()]}},
            {"key": "zorg", "name": "Minder lichte hulp bij het huishouden", "activityKeys": ["koken"],
                "expected": "Drie gasten doen het met minder uren."},
        ],
        "investors": [
            {"key": "in1", "organisationId": welfare, "activityKeys": ["tafels"],
                "expected": {"text": "Een sociaal werker, vier uur per week", "hours": "104", "euros": "6240"},
                "seen": {"text": "Het werden er vijf", "hours": "130", "euros": "7800"}},
            {"key": "in2", "name": "Bewoners die hun huis openstellen", "activityKeys": ["tafels", "koken"],
                "expected": {"text": "Hun avond, hun keuken en de tweede boodschappen"}},
        ],
        "collectors": [
            {"key": "uit1", "organisationId": town, "effectKey": "zorg",
                "expected": {"text": "Minder maatwerk huishouden", "euros": "4200"}},
            {"key": "uit2", "name": "bewoners die hun huis openstellen", "effectKey": "contact",
                "expected": {"text": "Aanloop, en iemand die mist als je er niet bent"}},
            {"key": "uit3", "name": "De gasten", "effectKey": "contact", "seen": {"text": "Een vaste avond"}},
        ],
    });
    let names =
        [(welfare, "Welzijn De Verbinding (voorbeeld)"), (town, "Gemeenteloket Samen Verder (voorbeeld)")];
    let views = vec![
        view(
            Some("zorg"),
            ArenaViewKind::Dissent,
            "Dit rekenen we onszelf rijk: wie minder huishoudelijke hulp kreeg, kreeg een nieuwe indicatie. Dat kwam niet door de tafels.",
        ),
        view(None, ArenaViewKind::Reading, "Voor ons is het geen investering. Wij koken toch al."),
    ];
    shown("Kleine tafels", ArenaState::Evaluated, content, &names, views)
}

/// A board with as much on it as a long afternoon brings.
fn large(word: &str) -> Shown {
    let partners: Vec<Id> = (0..7).map(|_| Id::new()).collect();
    let names = [
        "Gemeente Voorbeeldstad",
        "Woningstichting Het Warme Dak",
        "Thuiszorg De Zorgkring",
        "Huisartsengroep Rond de Kerk",
        "Wijkteam Zuid",
        "Praktijkcollege De Leerlijn",
        "Zorgverzekeraar Over en Weer",
    ];
    let names: Vec<(Id, &str)> = partners.iter().copied().zip(names).collect();
    let activities: Vec<Value> = (0..8)
        .map(|at| json!({"key": format!("a{at}"), "name": format!("Activiteit {at}: {word} in de wijk, met wie er is"),
            "output": {"expected": format!("{} {word} per maand", at + 2)}, "organisationIds": [partners[at % 7]]}))
        .collect();
    let effects: Vec<Value> = (0..7)
        .map(|at| json!({"key": format!("e{at}"), "name": format!("Effect {at}: minder {word}"),
            "activityKeys": [format!("a{at}"), format!("a{}", (at * 3 + 1) % 8)], "expected": "Een derde minder dan vorig jaar."}))
        .collect();
    let investors: Vec<Value> = (0..9)
        .map(|at| json!({"key": format!("i{at}"), "organisationId": partners[(at * 2) % 5], "activityKeys": [format!("a{}", at % 8), format!("a{}", (at * 5 + 2) % 8)],
            "expected": {"text": format!("Uren van {word}"), "hours": "1250.5", "euros": "75030.75"}}))
        .collect();
    let collectors: Vec<Value> = (0..9)
        .map(|at| json!({"key": format!("c{at}"), "organisationId": partners[6 - (at * 2) % 5], "effectKey": format!("e{}", at % 7),
            "expected": {"text": "Minder kosten", "euros": format!("{}", 9000 + at * 731)}}))
        .collect();
    let content = json!({"activities": activities, "effects": effects, "investors": investors, "collectors": collectors});
    let views = (0..5)
        .map(|at| view(Some(&format!("e{}", at / 2)), ArenaViewKind::Dissent, "Zo zien wij dat niet."))
        .collect();
    shown("Samen langer thuis in Zuid", ArenaState::Agreed, content, &names, views)
}

const FACES: [Face; 8] = [KICKER, TITLE, HEADING, NAME, LABEL, BODY, NOTE, MARK];

fn texts<'d>(document: &'d roxmltree::Document<'_>) -> Vec<roxmltree::Node<'d, 'd>> {
    document.descendants().filter(|node| node.has_tag_name("text")).collect()
}

/// Every text lies within the picture and, where it begins in a box of the board, within the box.
#[track_caller]
fn lies_well(picture: &str) {
    let document = roxmltree::Document::parse(picture).expect("well formed");
    let number = |node: roxmltree::Node<'_, '_>, name: &str| {
        node.attribute(name).and_then(|value| value.parse::<i32>().ok()).unwrap_or_default()
    };
    let (breadth, height) =
        (number(document.root_element(), "width"), number(document.root_element(), "height"));
    let boxes: Vec<[i32; 4]> = document
        .descendants()
        .filter(|node| node.attribute("class").is_some_and(|class| class.starts_with("box")))
        .map(|node| ["x", "y", "width", "height"].map(|name| number(node, name)))
        .collect();
    for node in texts(&document) {
        let (x, y) = (number(node, "x"), number(node, "y"));
        let Some(face) = FACES.into_iter().find(|face| node.attribute("class") == Some(face.class)) else {
            continue;
        };
        let end = x + width(node.text().unwrap_or_default(), face);
        assert!(x >= MARGIN && end <= breadth - MARGIN + 1 && y < height - MARGIN / 2, "{:?}", node.text());
        let around = boxes.iter().find(|[left, top, wide, tall]| {
            (*left..left + wide).contains(&x) && (*top..top + tall).contains(&y)
        });
        if let Some([left, _, wide, _]) = around {
            assert!(end <= left + wide, "{:?} leaves its box", node.text());
        }
    }
}

#[test]
fn small_large_and_empty_boards_are_drawn_in_both_languages() {
    let long = "Meervoudigeproblematiekcoördinatieoverlegstructuurafspraken".repeat(2);
    let empty = shown("Nog niets", ArenaState::Draft, json!({}), &[], vec![]);
    for shown in [tables(), large("ontmoeting"), large(&long), empty] {
        let (dutch, english) =
            (svg(&shown, Locale::Nl).expect("a picture"), svg(&shown, Locale::En).expect("a picture"));
        lies_well(&dutch);
        lies_well(&english);
        assert!(dutch.contains("Wie verzilvert") && english.contains("Who collects"));
    }
}

#[test]
fn who_pays_without_reaping_and_who_reaps_without_paying_is_marked_and_told() {
    let picture = svg(&tables(), Locale::Nl).expect("a picture");
    let document = roxmltree::Document::parse(&picture).expect("well formed");
    let marks: Vec<&str> = texts(&document)
        .iter()
        .filter(|node| node.attribute("class") == Some("mark"))
        .filter_map(|node| node.text())
        .collect();
    let on_board = [
        "betaalt, verzilvert niet",
        "betaalt en verzilvert",
        "betaalt en verzilvert",
        "verzilvert, betaalt niet",
        "verzilvert, betaalt niet",
    ];
    assert_eq!(marks[..5], on_board);
    let told = document
        .descendants()
        .find(|node| node.has_tag_name("desc"))
        .and_then(|node| node.text())
        .expect("told");
    assert!(told.contains("Welzijn De Verbinding (voorbeeld) investeert in: Drie kleine tafels van vier, bij bewoners thuis."), "{told}");
    assert!(told.contains("Betaalt, verzilvert niet: Welzijn De Verbinding (voorbeeld)."), "{told}");
    assert!(
        told.contains("Verzilvert, betaalt niet: Gemeenteloket Samen Verder (voorbeeld), De gasten."),
        "{told}"
    );
    let paths = |class: &str| {
        document
            .descendants()
            .filter(|node| node.has_tag_name("path") && node.attribute("class") == Some(class))
            .count()
    };
    assert_eq!((paths("flow-pays"), paths("flow"), paths("flow-reaps")), (1, 6, 2));
}

#[test]
fn what_is_written_on_a_board_stays_text() {
    let nasty = "</text><script>alert('x')</script>&amp;]]><!-- \u{FFFE}\u{202E}\" onload=\"x";
    let mut shown = large(nasty);
    shown.title = nasty.into();
    shown.network = nasty.into();
    shown.names.values_mut().for_each(|name| *name = nasty.into());
    shown.views.push(view(Some("</gone>"), ArenaViewKind::Reading, nasty));
    let picture = svg(&shown, Locale::En).expect("a picture");
    lies_well(&picture);
    let document = roxmltree::Document::parse(&picture).expect("well formed");
    assert!(
        !document.descendants().any(|node| node.has_tag_name("script") || node.attribute("onload").is_some())
    );
    assert!(texts(&document).iter().any(|node| node.text().is_some_and(|text| text.contains("<script>"))));
}
