//! The list of queries that must find the same records in the same order on both databases, and what is refused.

use std::collections::BTreeMap;

use serde_json::json;

use super::{encoded, finds, found, search, shown};
use crate::support::team::{observation, with};
use crate::support::{Api, both, on_each};

/// What is written, by a short name.
const TEXTS: [(&str, &str); 24] = [
    ("koffie", "Mevrouw durfde pas te komen toen de koffie buiten stond, op het plein."),
    ("buren", "De buren helpen elkaar met boodschappen; de buurman rijdt."),
    ("buurt", "In deze buurt wonen veel ouderen die zich eenzaam voelen."),
    ("eenzaamheid", "Eenzaamheid is geen ziekte. Eenzaamheid is een vraag aan de wijk."),
    ("coördinator", "De coördinator belde met Zoë over het café en de crèche."),
    ("vrijwilliger", "Vrijwilligers werken samen: één vrijwilliger werkte gisteren alleen."),
    ("hulp", "Zij kreeg hulp van de buren, en gaf hulp aan haar moeder."),
    ("loneliness", "The volunteers were running a community kitchen against loneliness."),
    ("studies", "Her studies helped: one study showed neighbours caring for families."),
    ("e-mail", "Hij stuurde een e-mail naar info@buurthuis.example.org, zonder antwoord."),
    ("foto", "Ze liet foto's zien van 's avonds in 's-Hertogenbosch."),
    ("nummers", "In 2024 kwamen er 1.250 mensen, 65+ en ouder, voor de Wmo2015 op nummer 12b."),
    ("emoji", "Fijn 😀 dat u er was! 👩‍👩‍👧 Tot morgen ❤️"),
    ("straße", "Aan de Straße staat een Ærøhuis; ijsvrij met de ĳsbaan."),
    ("keukentafel", "Het keukentafelgesprek ging over sociaal-culturele activiteiten."),
    ("tweetalig", "We noemen het outreach: eropaf gaan, reaching out naar mensen."),
    ("been", "Haar been is gebroken en zij kan de trap niet op."),
    ("html", "Zij schreef <b>vet</b> & <script>alert('x')</script> in het formulier."),
    ("operator", "Koffie NEAR thee OR melk AND suiker NOT cacao, kolom:waarde."),
    ("werkwoorden", "Hij fietst graag, zij fietste vroeger, wij fietsen samen en hebben gefietst."),
    ("kinderen", "Het kind speelt, de kinderen spelen op straat; één kinderopvang sluit."),
    ("herhaling", "Thee. Thee! Thee? Meer thee, want thee helpt."),
    ("accenten", "Vóór één uur is de bus te duur, zegt cliënt; naïef, hè?"),
    ("taal", "日本語 en русский язык en العربية worden hier ook gesproken."),
];

/// What is asked, and what is found.
const QUERIES: [(&str, &[&str]); 72] = [
    // Dutch inflections: plurals, verbs, and what shares a stem.
    ("buren", &["buren", "hulp"]),
    ("vrijwilliger", &["vrijwilliger"]),
    ("vrijwilligers", &["vrijwilliger"]),
    ("werken", &["vrijwilliger"]),
    ("werkte", &["vrijwilliger"]),
    ("fietsen", &["werkwoorden"]),
    ("fietst", &["werkwoorden"]),
    ("kind", &["kinderen"]),
    ("kinderen", &["kinderen"]),
    ("eenzaamheid", &["buurt", "eenzaamheid"]),
    ("eenzame", &["buurt", "eenzaamheid"]),
    ("oudere", &["buurt", "nummers"]),
    ("mensen", &["nummers", "tweetalig"]),
    ("boodschappen", &["buren"]),
    // What Porter's Dutch does not see through, on either.
    ("mens", &[]),
    ("boodschap", &[]),
    ("keukentafelgesprekken", &["keukentafel"]),
    ("keukentafel", &[]),
    ("activiteit", &["keukentafel"]),
    // English inflections.
    ("volunteer", &["loneliness"]),
    ("run", &["loneliness"]),
    ("study", &["studies"]),
    ("families", &["studies"]),
    ("family", &["studies"]),
    ("neighbour", &["studies"]),
    ("reach", &["tweetalig"]),
    ("communities", &["loneliness"]),
    // All words, whatever lies between.
    ("koffie plein", &["koffie"]),
    ("plein koffie", &["koffie"]),
    ("koffie thee", &["operator"]),
    ("koffie volunteers", &[]),
    ("eenzaamheid in de wijk", &["eenzaamheid"]),
    ("het plein", &["koffie"]),
    // A word that counts for nothing in one language is passed over, unless it is all there is.
    ("haar been", &["been"]),
    ("been", &["been"]),
    ("koffie this", &["koffie", "operator"]),
    ("the kitchen", &["loneliness"]),
    // Accents and capitals.
    ("coordinator", &["coördinator"]),
    ("COÖRDINATOREN", &["coördinator"]),
    ("cafe creche", &["coördinator"]),
    ("zoë", &["coördinator"]),
    ("zoe\u{308}", &["coördinator"]),
    ("strasse", &["straße"]),
    ("aerohuis", &["straße"]),
    ("ijsbaan", &["straße"]),
    ("client", &["accenten"]),
    ("naief", &["accenten"]),
    // Phrases: the words follow each other, but for those that count for nothing.
    ("\"koffie buiten\"", &["koffie"]),
    ("\"buiten koffie\"", &[]),
    ("\"hulp van de buren\"", &["hulp"]),
    ("„hulp van de buren”", &["hulp"]),
    ("\"community kitchen\"", &["loneliness"]),
    ("\"kitchen community\"", &[]),
    ("\"koffie buiten\" plein", &["koffie"]),
    ("\"boodschappen de buurman\"", &["buren"]),
    // Beginnings.
    ("eenz*", &["buurt", "eenzaamheid"]),
    ("keukentaf*", &["keukentafel"]),
    ("vrijw* gist*", &["vrijwilliger"]),
    ("loneline*", &["loneliness"]),
    ("20*", &["nummers"]),
    ("cré*", &["coördinator"]),
    ("zzz*", &[]),
    // Hyphens, apostrophes, numbers, addresses, signs, other scripts.
    ("e-mail", &["e-mail"]),
    ("sociaal-cultureel", &["keukentafel"]),
    ("foto", &["foto"]),
    ("foto's", &["foto"]),
    ("1.250", &["nummers"]),
    ("12b wmo2015", &["nummers"]),
    ("info@buurthuis.example.org", &["e-mail"]),
    ("fijn 😀", &["emoji"]),
    ("日本語", &["taal"]),
    ("русский", &["taal"]),
];

fn fill(api: &Api) -> (crate::support::team::Team<'_>, BTreeMap<String, &'static str>) {
    let team = api.team();
    let cycle = team.cycle();
    let mut names = BTreeMap::new();
    for (index, (name, text)) in TEXTS.iter().enumerate() {
        // The same ids on both databases: they break ties.
        let id = format!("01900000-0000-7000-8000-5ea2c4{index:06}");
        let body = with(observation(), json!({"id": id, "body": text}));
        names.insert(team.practitioner().post(cycle.path("observations"), body).expect(201).id(), *name);
    }
    (team, names)
}

#[test]
fn both_databases_find_the_same_records_in_the_same_order() {
    let orders = std::cell::RefCell::new(Vec::new());
    on_each(|kind| {
        let api = Api::start(kind, &[]);
        let (team, names) = fill(&api);
        let reader = team.reader();
        // The last written is there: so are the others.
        finds(&reader, "русский", &[names.iter().find(|(_, name)| **name == "taal").expect("written").0]);
        let mut order = Vec::new();
        let mut faults = Vec::new();
        for (query, expected) in QUERIES {
            let got: Vec<&str> = found(&reader, query).iter().map(|id| names[id]).collect();
            let (mut sorted, mut wanted) = (got.clone(), expected.to_vec());
            sorted.sort_unstable();
            wanted.sort_unstable();
            if sorted != wanted {
                faults.push(format!("{query}: {got:?}, not {expected:?}"));
            }
            order.push((query, got));
        }
        assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults.join("\n"));
        orders.borrow_mut().push(order);
    });
    let orders = orders.into_inner();
    assert_eq!(orders[0], orders[1], "in the same order");
}

#[test]
fn no_query_is_an_error_of_the_database() {
    both(|api| {
        let reader = api.team().reader();
        for query in [
            "koffie AND",
            "koffie OR thee NOT melk",
            "NEAR(koffie thee, 2)",
            "koffie & | ! thee",
            "(koffie",
            "koffie)",
            "koffie:*",
            "koffie <-> thee",
            "dutch : koffie",
            "{dutch english} : koffie",
            "^koffie",
            "koffie + thee",
            "'koffie",
            "''; DROP TABLE people; --",
            "\"koffie",
            "koffie\"",
            "\"koffie\" * *thee",
            "\\koffie",
            "koffie\\",
            "%koffie_",
            "koffie\nthee\tmelk",
            "@observation koffie",
            "|koffie|",
            "koffie-thee -melk",
            "2e3x 1e5 0x1f",
            "a* bb*",
            "* koffie",
            "k***",
            "koffie ::: ***",
            "ǅ ﬁets İstanbul ½ ² ㎏",
            "ⓐ ⅷ koffie",
        ] {
            search(&reader, query);
        }
        search(&reader, &"koffie thee ".repeat(16));
        search(&reader, &"x".repeat(200));
        search(&reader, &"\"a b\" ".repeat(33));
    });
}

#[test]
fn what_cannot_be_sought_is_refused_with_every_pointer() {
    both(|api| {
        let reader = api.team().reader();
        reader.get("/v1/search").errors(&[("/q", "required")]);
        reader.get("/v1/search?q=").errors(&[("/q", "too_short")]);
        for nothing in ["in", "is in", "\"in\"", "😀", "***", "\"\"", "'s"] {
            let nothing = format!("/v1/search?q={}", encoded(nothing));
            reader.get(nothing).refused(400, "invalid_query").pointers(&[("/q", "nothing_to_find")]);
        }
        reader.get(format!("/v1/search?q={}", "x".repeat(201))).errors(&[("/q", "too_long")]);
        reader
            .get("/v1/search?q=is&type=person&networkId=x&themeId=y&since=gisteren&until=2024-01-01&limit=0&colour=red")
            .errors(&[
                ("/q", "nothing_to_find"),
                ("/type", "not_in_enum"),
                ("/networkId", "bad_format"),
                ("/themeId", "bad_format"),
                ("/since", "bad_format"),
                ("/until", "bad_format"),
                ("/limit", "out_of_range"),
                ("/colour", "unknown_member"),
            ]);
        reader
            .get("/v1/search?q=koffie&since=2024-02-01T00:00:00Z&until=2024-02-01T00:00:00Z")
            .errors(&[("/until", "inconsistent")]);
        reader.get("/v1/search?q=koffie&q=thee").errors(&[("/q", "duplicate")]);
        api.anonymous().get("/v1/search?q=koffie").refused(401, "unauthenticated");
    });
}

#[test]
fn a_snippet_marks_the_hits_in_plain_text() {
    both(|api| {
        let team = api.team();
        let word = super::rare();
        let text = format!("Zij schreef <b>{word}</b> & zei: {}.", word.to_uppercase());
        let id = super::says(&team.cycle(), &text);
        finds(&team.reader(), &word, &[&id]);
        let answer = search(&team.reader(), &word);
        let upper = word.to_uppercase();
        assert_eq!(shown(&answer.items()[0]), format!("Zij schreef <b>[{word}]</b> & zei: [{upper}]."));
    });
}
