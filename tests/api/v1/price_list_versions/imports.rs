//! Prices from a file: as a whole, or not at all.

use serde_json::{Value, json};

use crate::support::prices::{price, price_file};
use crate::support::{Client, Part, Request, both};

const HEADER: &str = "code;label;unit;amount;priceYear;payer;low;high;source\r\n";

fn line(code: &str, amount: &str) -> String {
    format!("{code};Opvang;day;{amount};2025;municipality;;;Voorbeeldprijs, verzonnen\r\n")
}

fn prices(client: &Client, id: &str) -> Value {
    client.get(format!("/v1/price-list-versions/{id}")).expect(200)["prices"].clone()
}

fn amounts(prices: &Value) -> Vec<(&str, &str)> {
    prices
        .as_array()
        .expect("prices")
        .iter()
        .filter_map(|price| Some((price["code"].as_str()?, price["amount"].as_str()?)))
        .collect()
}

#[test]
fn a_file_takes_the_place_of_what_the_draft_had() {
    both(|api| {
        let founder = api.founder();
        let kept = price("A", json!({"label": "Opvang", "priceYear": 2025, "amount": "12.50"}));
        let id = api.draft_prices(&[kept, price("B", json!({})), price("C", json!({}))]);
        let file = format!("{HEADER}{}{}{}", line("A", "12,50"), line("B", "1234,5"), line("D", "0.125"));

        let rehearsed = founder.send(price_file(&id, 1, "?dryRun=true", &file)).expect(200);
        let counts = json!({
            "dryRun": true, "lines": 3, "added": 1, "changed": 1, "unchanged": 1, "removed": 1, "version": 1,
        });
        assert_eq!(rehearsed.body, counts);
        assert_eq!(amounts(&prices(&founder, &id)).len(), 3);
        assert_eq!(amounts(&prices(&founder, &id))[1], ("B", "100.00"), "nothing was written");

        let imported = founder.send(price_file(&id, 1, "", &file)).expect(200);
        assert_eq!((&imported["dryRun"], imported.version()), (&json!(false), 2));
        assert_eq!(amounts(&prices(&founder, &id)), [("A", "12.50"), ("B", "1234.5"), ("D", "0.125")]);
        let again = founder.send(price_file(&id, 2, "", &file)).expect(200);
        assert_eq!((&again["unchanged"], &again["changed"]), (&json!(3), &json!(0)));
        founder.send(price_file(&id, 2, "", &file)).refused(412, "version_mismatch");
        let mut without = price_file(&id, 3, "", &file);
        without.headers.retain(|(name, _)| name != "If-Match");
        founder.send(without).refused(428, "precondition_required");
    });
}

#[test]
fn every_bad_line_is_told_with_its_column_and_then_nothing_is_taken() {
    both(|api| {
        let founder = api.founder();
        let id = api.draft_prices(&[price("A", json!({}))]);
        let before = prices(&founder, &id);
        let file = [
            "Code;Naam;Eenheid;Bedrag;Jaar;Betaler;Onder;Boven;Bron\r\n",
            "A;Opvang;day;1.234;2025;municipality;;;Verzonnen\r\n",
            "B;Opvang;day;1.234,56;2025;municipality;;;Verzonnen\r\n",
            "C;Opvang;day;98,50;2025;municipality;99;110;Verzonnen\r\n",
            "D;Opvang;dag;98,50;vorig jaar;municipality;;;\r\n",
            "E;Opvang;day;98,50;2025;municipality;;;Verzonnen\r\n",
            "E;Nog eens;day;98,50;2025;municipality;;;Verzonnen\r\n",
            "F;te kort\r\n",
            "G;Opvang;day;-5;2025;municipality;;;Verzonnen\r\n",
        ]
        .concat();
        let columns = "%7B%22Code%22:%22code%22,%22Naam%22:%22label%22,%22Eenheid%22:%22unit%22,\
                       %22Bedrag%22:%22amount%22,%22Jaar%22:%22priceYear%22,%22Betaler%22:%22payer%22,\
                       %22Onder%22:%22low%22,%22Boven%22:%22high%22,%22Bron%22:%22source%22%7D";
        for dry_run in ["true", "false"] {
            let query = format!("?dryRun={dry_run}&columns={columns}");
            let refused = founder.send(price_file(&id, 1, &query, &file));
            let refused = refused.errors(&[
                ("/lines/2/amount", "ambiguous"),
                ("/lines/3/amount", "bad_format"),
                ("/lines/4/low", "inconsistent"),
                ("/lines/5/priceYear", "wrong_type"),
                ("/lines/5/source", "required"),
                ("/lines/5/unit", "not_in_enum"),
                ("/lines/7/code", "duplicate"),
                ("/lines/8", "ragged"),
                ("/lines/9/amount", "bad_format"),
            ]);
            assert!(refused.text.contains("Line 2, column Bedrag: May be meant"), "{}", refused.text);
            assert_eq!(prices(&founder, &id), before);
        }
    });
}

#[test]
fn a_file_is_csv_with_lines_and_goes_into_a_draft() {
    both(|api| {
        let founder = api.founder();
        let id = api.draft_prices(&[]);
        let path = format!("/v1/price-list-versions/{id}/imports");
        let file = format!("{HEADER}{}", line("A", "1,00"));
        founder
            .send(Request::new("POST", &path).if_match(1).raw("application/jsonl", "{}"))
            .refused(415, "unsupported_media_type");
        founder.send(price_file(&id, 1, "", HEADER)).errors(&[("/lines", "too_few")]);
        founder.send(price_file(&id, 1, "", "code;price\r\nA;1\r\n")).refused(400, "invalid_columns");
        let many: String = (0..501).map(|at| line(&format!("P{at}"), "1,00")).collect();
        founder.send(price_file(&id, 1, "", &format!("{HEADER}{many}"))).errors(&[("/lines", "too_many")]);
        let large = "x".repeat(1024 * 1024 + 1);
        founder.send(price_file(&id, 1, "", &large)).refused(413, "payload_too_large");
        api.client(Part::Reader).send(price_file(&id, 1, "", &file)).refused(404, "not_found");
        founder.send(price_file(&id, 1, "", &file)).expect(200);
        let published = api.published_prices(&[price("A", json!({}))]);
        api.client(Part::Reader).send(price_file(&published, 2, "", &file)).refused(403, "forbidden");
        founder.send(price_file(&published, 2, "", &file)).refused(409, "published");
        founder.send(price_file(&published, 2, "?dryRun=true", &file)).refused(409, "published");
    });
}
