//! What people wrote, as Markdown events that can do no harm, and what is made of them: HTML or Markdown again.

use crate::error::{Error, Result};
use ammonia::{Builder, UrlRelative};
use pulldown_cmark::{
    CodeBlockKind, CowStr, Event, HeadingLevel, LinkType, Options, Parser, Tag, TagEnd, html,
};
use std::collections::{HashMap, HashSet};
use std::fmt;
use std::sync::LazyLock;

/// HTML that was sanitised here: a template may take it as it is.
#[derive(Clone, Debug, Default)]
pub struct Html(String);

impl fmt::Display for Html {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl askama::filters::HtmlSafe for Html {}

/// The events of a text (CommonMark) that stands under a heading of level `below`: its own, whatever level they begin at,
/// follow from there. HTML becomes the text that it was typed as, of a picture its description stays, and a link leads to
/// the web or nowhere.
pub fn events(text: &str, below: usize) -> Vec<Event<'_>> {
    let parsed: Vec<Event<'_>> = Parser::new_ext(text, Options::empty()).collect();
    let level = |event: &Event<'_>| match event {
        Event::Start(Tag::Heading { level, .. }) => Some(*level as usize),
        _ => None,
    };
    let highest = parsed.iter().filter_map(level).min().unwrap_or(1);
    let mut tamed = Tamed { below, highest, events: Vec::with_capacity(parsed.len()), links: Vec::new() };
    parsed.into_iter().for_each(|event| tamed.take(event));
    tamed.events
}

/// The text as HTML.
pub fn to_html<'a>(events: impl IntoIterator<Item = Event<'a>>) -> Html {
    let mut raw = String::new();
    html::push_html(&mut raw, events.into_iter());
    Html(SANITISER.clean(&raw).to_string())
}

/// The text as Markdown again.
pub fn to_markdown<'a>(events: &[Event<'a>]) -> Result<String> {
    let mut text = String::new();
    let numbered =
        pulldown_cmark_to_cmark::Options { increment_ordered_list_bullets: true, ..Default::default() };
    pulldown_cmark_to_cmark::cmark_with_options(events.iter(), &mut text, Options::empty(), numbered)
        .map_err(Error::internal)?;
    text.push('\n');
    Ok(text)
}

/// Text without what XML 1.0 cannot hold and nobody can see: control characters but newline and tab, and two that are no
/// characters. A reference such as `&#1;` can bring them in where the typed text has none.
pub fn visible(text: &str) -> String {
    let seen =
        |c: &char| matches!(c, '\n' | '\t') || !(c.is_control() || matches!(c, '\u{FFFE}' | '\u{FFFF}'));
    text.chars().filter(seen).collect()
}

/// A title in one line.
pub fn line(text: &str) -> String {
    visible(text).split_whitespace().collect::<Vec<_>>().join(" ")
}

struct Tamed<'a> {
    below: usize,
    /// The highest level of its own headings: 1 for the highest that there is.
    highest: usize,
    events: Vec<Event<'a>>,
    /// The links that are open here, and whether each was kept.
    links: Vec<bool>,
}

impl<'a> Tamed<'a> {
    fn take(&mut self, event: Event<'a>) {
        match event {
            Event::Start(tag) => self.open(tag),
            Event::End(tag) => self.close(tag),
            Event::Html(text) => {
                self.push(Event::Text(visible(text.trim_end_matches('\n')).into()));
                self.push(Event::SoftBreak);
            }
            Event::InlineHtml(text) | Event::Text(text) => self.push(Event::Text(visible(&text).into())),
            Event::Code(text) => self.push(Event::Code(visible(&text).into())),
            Event::SoftBreak | Event::HardBreak | Event::Rule => self.push(event),
            // Extensions of Markdown that are not switched on.
            Event::InlineMath(_)
            | Event::DisplayMath(_)
            | Event::FootnoteReference(_)
            | Event::TaskListMarker(_) => {}
        }
    }

    fn open(&mut self, tag: Tag<'a>) {
        match tag {
            Tag::HtmlBlock => self.push(Event::Start(Tag::Paragraph)),
            Tag::Image { .. } => {}
            Tag::Link { dest_url, .. } => {
                let kept = leads_to_the_web(&dest_url);
                self.links.push(kept);
                if kept {
                    self.push(Event::Start(link(visible(&dest_url))));
                }
            }
            Tag::Heading { level, .. } => self.push(Event::Start(heading(self.lower(level)))),
            Tag::CodeBlock(_) => {
                self.push(Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(CowStr::Borrowed("")))));
            }
            other => self.push(Event::Start(other)),
        }
    }

    fn close(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::HtmlBlock => {
                if self.events.last() == Some(&Event::SoftBreak) {
                    self.events.pop();
                }
                self.push(Event::End(TagEnd::Paragraph));
            }
            TagEnd::Image => {}
            TagEnd::Link => {
                if self.links.pop() == Some(true) {
                    self.push(Event::End(tag));
                }
            }
            TagEnd::Heading(level) => self.push(Event::End(TagEnd::Heading(self.lower(level)))),
            other => self.push(Event::End(other)),
        }
    }

    fn lower(&self, level: HeadingLevel) -> HeadingLevel {
        HeadingLevel::try_from(level as usize - self.highest + 1 + self.below).unwrap_or(HeadingLevel::H6)
    }

    fn push(&mut self, event: Event<'a>) {
        self.events.push(event);
    }
}

pub fn heading<'a>(level: HeadingLevel) -> Tag<'a> {
    Tag::Heading { level, id: None, classes: Vec::new(), attrs: Vec::new() }
}

pub fn link<'a>(address: String) -> Tag<'a> {
    let (dest_url, title, id) = (address.into(), CowStr::Borrowed(""), CowStr::Borrowed(""));
    Tag::Link { link_type: LinkType::Inline, dest_url, title, id }
}

fn leads_to_the_web(address: &str) -> bool {
    let begins =
        |scheme: &str| address.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme));
    begins("https://") || begins("http://")
}

/// A second look at what was made of the events: no other tags than these, and no attributes but a link's address.
static SANITISER: LazyLock<Builder<'static>> = LazyLock::new(|| {
    let tags = [
        "a",
        "blockquote",
        "br",
        "code",
        "em",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "hr",
        "li",
        "ol",
        "p",
        "pre",
        "strong",
        "ul",
    ];
    let mut builder = Builder::empty();
    builder
        .tags(HashSet::from(tags))
        .tag_attributes(HashMap::from([("a", HashSet::from(["href"])), ("ol", HashSet::from(["start"]))]))
        .url_schemes(HashSet::from(["http", "https"]))
        .url_relative(UrlRelative::Deny)
        .link_rel(Some("nofollow noopener noreferrer"));
    builder
});

#[cfg(test)]
mod tests {
    use super::*;

    fn html(text: &str) -> String {
        to_html(events(text, 2)).to_string()
    }

    fn markdown(text: &str) -> String {
        to_markdown(&events(text, 2)).expect("it can be written")
    }

    #[test]
    fn html_is_shown_as_it_was_typed() {
        let text = "Een <b>dik</b> woord.\n\n<script>\nalert(1)\n</script>\n\n<div onclick=x>En & dan < 3.";
        assert_eq!(
            html(text).replace('\n', " ").trim(),
            "<p>Een &lt;b&gt;dik&lt;/b&gt; woord.</p> <p>&lt;script&gt; alert(1) &lt;/script&gt;</p> \
             <p>&lt;div onclick=x&gt;En &amp; dan &lt; 3.</p>"
        );
        let again = markdown(text);
        assert!(again.contains("\\<script>\nalert(1)\n\\</script>"), "{again}");
        assert_eq!(html(&again), html(text), "it is the same text, and no HTML in another reader either");
    }

    #[test]
    fn links_lead_to_the_web_or_nowhere() {
        for address in
            ["javascript:alert(1)", "JaVaScRiPt:alert(1)", "data:text/html,x", "/v1/me", "mailto:a@b.example"]
        {
            let text = format!("[hier]({address}) en [daar]( <{address}> )");
            assert_eq!(html(&text).trim(), "<p>hier en daar</p>", "{address}");
            assert_eq!(markdown(&text).trim(), "hier en daar", "{address}");
        }
        assert_eq!(
            html("[a](https://example.org/?a=1&b=\"2\" \"t\")").trim(),
            "<p><a href=\"https://example.org/?a=1&amp;b=%222%22\" rel=\"nofollow noopener noreferrer\">a</a></p>"
        );
        assert_eq!(html("![een *foto*](https://example.org/a.png)").trim(), "<p>een <em>foto</em></p>");
    }

    #[test]
    fn headings_lie_below_those_around_them() {
        assert_eq!(html("# A\n\n###### B").trim(), "<h3>A</h3>\n<h6>B</h6>");
        assert_eq!(html("### A\n\n#### B").trim(), "<h3>A</h3>\n<h4>B</h4>");
        assert_eq!(markdown("# A").trim(), "### A");
    }

    #[test]
    fn nothing_invisible_comes_in_by_reference() {
        assert_eq!(html("a&#1;b&#xFFFF;c `d&#1;e`").trim(), "<p>abc <code>d&amp;#1;e</code></p>");
        assert_eq!(line(" Twee\nregels\u{FFFE} "), "Twee regels");
    }
}
