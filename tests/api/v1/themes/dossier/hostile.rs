//! Texts that mean harm, or only look as if they did, on the page, in the feeds and in the newsletter draft.

use pulldown_cmark::{Event, Parser, Tag};
use serde_json::json;

use super::feeds::check_atom;
use super::theme;
use crate::support::{Request, both};

const TITLE: &str = "</title><script>alert('t')</script> & \u{FFFE}]]> <b>";
const TEXT: &str = "<script>alert(1)</script>

<img src=x onerror=alert(2)> en <a href=\"javascript:alert(3)\" style=\"color:red\">klik</a>

[klik](javascript:alert(4)) [daar](JAVA&#10;SCRIPT:alert(5)) [goed](https://example.org/?a=1&b=<2> \"\\\"><script>\")

![spoor](https://tracker.example/pixel.png)

<style>body { display: none }</style>

Een teken dat er niet mag zijn: &#1;&#xFFFE;\u{FFFF} ]]> <?xml version=\"1.0\"?> <!-- commentaar -->

# Een kop <iframe src=\"https://example.org\"></iframe>

```html
<script>alert(6)</script>
```

`````html
````
<script>alert(7)</script>
````
`````

<div><script>alert(8)</script></div>
";

/// The tags of a page: a `<` that is text is written as a reference.
fn tags(html: &str) -> Vec<String> {
    html.split('<').skip(1).map(|rest| rest.split('>').next().unwrap_or_default().to_lowercase()).collect()
}

fn check_html(html: &str) {
    for tag in tags(html) {
        let name = tag.split(|c: char| c.is_whitespace()).next().unwrap_or_default();
        assert!(!["script", "img", "iframe", "b", "?xml", "!--"].contains(&name), "<{tag}> in {html}");
        for part in ["javascript", "style=", "onerror", "alert", "tracker.example"] {
            assert!(!tag.contains(part), "<{tag}> in {html}");
        }
    }
    assert!(!html.contains('\u{1}') && !html.contains('\u{FFFE}') && !html.contains('\u{FFFF}'), "{html}");
    assert!(html.contains("&lt;script&gt;alert(1)&lt;/script&gt;"), "it is shown as it was typed: {html}");
    assert!(html.contains("href=\"https://example.org/?a=1&amp;b="), "a good link stays: {html}");
}

#[test]
fn a_hostile_text_is_text_everywhere() {
    both(|api| {
        let team = api.team();
        let name = json!({"name": "Team <script>alert('n')</script> & co", "locality": "Nij<b>megen"});
        team.coordinator().patch(format!("/v1/networks/{}", team.id), 1, name).expect(200);
        let theme = theme(api, json!({"title": "Thema </h1><script>alert('h')</script> ]]> & co"}));
        team.cycle().publish(&theme, json!({"title": TITLE, "text": TEXT}));
        let nobody = api.anonymous();
        let path = format!("/v1/themes/{theme}/dossier");

        let page = nobody.get(format!("{path}?lang=nl")).expect(200).text;
        check_html(&page);
        assert_eq!(page.matches("<style").count(), 1, "ours alone: {page}");

        let json = nobody.send(Request::new("GET", &path).header("Accept", "application/json")).expect(200);
        check_html(json.items()[0]["html"].as_str().expect("html"));

        let atom = nobody.get(format!("{path}/atom")).expect(200).text;
        check_atom(&atom);
        let feeds = [atom, nobody.get(format!("{path}/json-feed")).expect(200).text];
        for text in feeds {
            let feed = feed_rs::parser::parse(text.as_bytes()).expect("a feed");
            let title = &feed.entries[0].title.as_ref().expect("a title").content;
            assert_eq!(title, "</title><script>alert('t')</script> & ]]> <b>");
            let content = feed.entries[0].content.as_ref().and_then(|content| content.body.as_deref());
            check_html(content.expect("its text"));
        }

        let draft = format!("/v1/newsletter-draft?themeId={theme}&lang=nl");
        let html =
            team.reader().send(Request::new("GET", &draft).header("Accept", "text/html")).expect(200).text;
        check_html(&html);
        let markdown = team.reader().get(&draft).expect(200).text;
        for event in Parser::new(&markdown) {
            match event {
                Event::Html(html) | Event::InlineHtml(html) => panic!("HTML in Markdown: {html}\n{markdown}"),
                Event::Start(Tag::Image { dest_url, .. }) => panic!("a picture: {dest_url}"),
                Event::Start(Tag::Link { dest_url, .. }) => {
                    assert!(dest_url.starts_with("http"), "{dest_url}")
                }
                _ => {}
            }
        }
    });
}
