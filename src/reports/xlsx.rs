//! The report as a workbook (Office Open XML): a sheet a section, with numbers that can be counted with and dates that are
//! dates. Text is text, whatever it begins with.

use super::document::{Cell, Column, Document, Kind, Section};
use super::words::Words;
use crate::clock::Instant;
use crate::error::{Error, Result};
use crate::people::types::Locale;
use rust_xlsxwriter::{
    Color, DocProperties, Format, FormatAlign, FormatBorder, Url, Workbook, Worksheet, XlsxError,
};

pub use crate::http::xlsx::MEDIA_TYPE as CONTENT_TYPE;

/// Widths of columns, in characters.
const LABEL: f64 = 38.0;
const TEXT: f64 = 26.0;
const FRONT: f64 = 106.0;
const NUMBER: f64 = 17.0;
const DAY_SECONDS: f64 = 86_400.0;
/// Of A4, in Excel's count of papers.
const A4: u8 = 9;
/// How wide an address may stand; a longer one goes on over what is beside it.
const ADDRESS: f64 = 60.0;
/// How high a line of plain letters is, and of those of a title, in points.
const LINE: f64 = 15.0;
const TITLE_LINE: f64 = 22.0;
/// How many letters of a title go into the width of one of plain ones.
const TITLE_LETTER: f64 = 1.6;
/// Rows are no higher.
const HIGHEST: f64 = 409.0;
/// Green, of the page and the charts.
const ACCENT: Color = Color::RGB(0x0000_594F);
/// Of what explains.
const SOFT: Color = Color::RGB(0x0050_4D46);

/// The workbook; `base` is what the links to records begin with.
pub fn workbook(base: &str, document: &Document) -> Result<Vec<u8>> {
    write(base, document).map_err(Error::internal)
}

fn write(base: &str, document: &Document) -> std::result::Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    let properties = DocProperties::new()
        .set_title(format!("{}: {}", document.kind, document.title))
        .set_creation_datetime(&document.made_at.to_chrono());
    workbook.set_properties(&properties);
    let styles = Styles::of(document.language);
    front(workbook.add_worksheet(), document, &styles)?;
    for section in &document.sections {
        sheet(workbook.add_worksheet(), base, document.language, section, &styles)?;
    }
    workbook.save_to_buffer()
}

/// The first sheet: what the report is of, and how to read it.
fn front(sheet: &mut Worksheet, document: &Document, styles: &Styles) -> std::result::Result<(), XlsxError> {
    let words = Words::of(document.language);
    sheet.set_name(words.front_tab())?.set_column_width(0, TEXT)?.set_column_width(1, FRONT - TEXT)?;
    printed(sheet);
    sheet.write_string_with_format(0, 0, &document.kind, &styles.kicker)?;
    paragraph(sheet, 1, 1, FRONT / TITLE_LETTER, &document.title, (&styles.title, TITLE_LINE))?;
    let mut row = 3;
    for fact in &document.about {
        sheet.write_string_with_format(row, 0, &fact.label, &styles.soft)?;
        styles.cell(sheet, row, 1, &fact.value, false)?;
        row += 1;
    }
    row += 1;
    sheet.write_string_with_format(row, 0, words.contents(), &styles.head)?;
    for section in &document.sections {
        row += 1;
        let to = Url::new(format!("internal:'{}'!A1", section.short_title.replace('\'', "''")));
        sheet.write_url(row, 0, to.set_text(section.short_title.as_str()))?;
        sheet.write_string(row, 1, &section.title)?;
    }
    row += 2;
    sheet.write_string_with_format(row, 0, words.notes(), &styles.head)?;
    for note in &document.notes {
        row += 1;
        paragraph(sheet, row, 1, FRONT, note, (&styles.text_wrapped, LINE))?;
    }
    Ok(())
}

fn sheet(
    sheet: &mut Worksheet,
    base: &str,
    language: Locale,
    section: &Section,
    styles: &Styles,
) -> std::result::Result<(), XlsxError> {
    sheet.set_name(section.short_title.as_str())?;
    printed(sheet);
    let columns = &section.table.columns;
    let last = u16::try_from(columns.len().saturating_sub(1)).unwrap_or(u16::MAX);
    let whole: f64 = (0u16..).zip(columns).map(|(at, column)| width_of(at, column)).sum();
    paragraph(sheet, 0, last, whole / TITLE_LETTER, &section.title, (&styles.title, TITLE_LINE))?;
    let mut row = 1;
    for text in &section.explanation {
        paragraph(sheet, row, last, whole, text, (&styles.soft_wrapped, LINE))?;
        row += 1;
    }
    row += 1;
    let head = row;
    for (at, column) in (0u16..).zip(columns) {
        let style = if column.kind.is_number() { &styles.head_of_numbers } else { &styles.head };
        sheet.set_column_width(at, width_of(at, column))?;
        sheet.write_string_with_format(head, at, head_of(column, language), style)?;
    }
    sheet.set_freeze_panes(head + 1, 0)?;
    sheet.set_repeat_rows(head, head)?;
    for line in &section.table.rows {
        row += 1;
        for (column, cell) in (0u16..).zip(&line.cells) {
            styles.cell(sheet, row, column, cell, line.total)?;
        }
        if let Some(from) = &line.from {
            sheet.write_url(row, last + 1, Url::new(format!("{base}{from}")))?;
        }
    }
    if section.table.rows.iter().any(|line| line.from.is_some()) {
        sheet.set_column_width(last + 1, ADDRESS)?;
        let title = Words::of(language).column_from();
        sheet.write_string_with_format(head, last + 1, title, &styles.head)?;
        // On paper an address leads nowhere.
        sheet.set_print_area(0, 0, row, last)?;
    }
    Ok(())
}

fn width_of(at: u16, column: &Column) -> f64 {
    match column.kind {
        _ if at == 0 => LABEL,
        Kind::Text => TEXT,
        _ => NUMBER,
    }
}

/// Text over all columns up to the last, which take `letters` of it, over as many lines as it needs.
fn paragraph(
    sheet: &mut Worksheet,
    row: u32,
    last: u16,
    letters: f64,
    text: &str,
    (format, line): (&Format, f64),
) -> std::result::Result<(), XlsxError> {
    if last == 0 {
        sheet.write_string_with_format(row, 0, text, format)?;
    } else {
        sheet.merge_range(row, 0, row, last, text, format)?;
    }
    let lines: f64 = text.lines().map(|line| (line.chars().count() as f64 / letters).ceil().max(1.0)).sum();
    sheet.set_row_height(row, (line * lines.max(1.0)).min(HIGHEST))?;
    Ok(())
}

/// The title of a column, with the unit of its numbers.
fn head_of(column: &Column, language: Locale) -> String {
    match column.kind {
        Kind::Duration => Words::of(language).column_in_days(column.title.clone()),
        _ => column.title.clone(),
    }
}

/// On A4, as wide as the paper.
fn printed(sheet: &mut Worksheet) {
    sheet.set_paper_size(A4).set_print_fit_to_pages(1, 0).set_footer("&R&P / &N");
}

/// How things look, and in what format they are.
struct Styles {
    language: Locale,
    kicker: Format,
    title: Format,
    soft: Format,
    soft_wrapped: Format,
    head: Format,
    head_of_numbers: Format,
    text: Format,
    text_wrapped: Format,
    count: Format,
    share: Format,
    days: Format,
    day: Format,
    moment: Format,
    right: Format,
}

impl Styles {
    fn of(language: Locale) -> Styles {
        let head = Format::new().set_bold().set_border_bottom(FormatBorder::Medium).set_text_wrap();
        // The names of months are those of the report, whatever the program's own language is.
        let tag = match language {
            Locale::Nl => "[$-413]",
            Locale::En => "[$-809]",
        };
        let wrapped = || Format::new().set_text_wrap().set_align(FormatAlign::Top);
        let left = || Format::new().set_align(FormatAlign::Left);
        Styles {
            language,
            kicker: Format::new().set_bold().set_font_color(ACCENT),
            title: wrapped().set_bold().set_font_size(16.0),
            soft: Format::new().set_font_color(SOFT),
            soft_wrapped: wrapped().set_font_color(SOFT),
            head_of_numbers: head.clone().set_align(FormatAlign::Right),
            head,
            text: Format::new(),
            text_wrapped: wrapped(),
            count: Format::new().set_num_format("#,##0"),
            share: Format::new().set_num_format("0.0%"),
            days: Format::new().set_num_format("#,##0.0"),
            day: left().set_num_format(format!("{tag}d mmmm yyyy")),
            moment: left().set_num_format(format!("{tag}d mmmm yyyy hh:mm")),
            right: Format::new().set_align(FormatAlign::Right).set_font_color(SOFT),
        }
    }

    fn cell(
        &self,
        sheet: &mut Worksheet,
        row: u32,
        column: u16,
        cell: &Cell,
        total: bool,
    ) -> std::result::Result<(), XlsxError> {
        let of = |format: &Format| {
            if total { format.clone().set_bold().set_border_top(FormatBorder::Thin) } else { format.clone() }
        };
        match cell {
            Cell::Text(text) => sheet.write_string_with_format(row, column, text, &of(&self.text))?,
            Cell::Count(count) => {
                sheet.write_number_with_format(row, column, *count as f64, &of(&self.count))?
            }
            Cell::Share(share) => sheet.write_number_with_format(row, column, *share, &of(&self.share))?,
            Cell::Duration(seconds) => {
                sheet.write_number_with_format(row, column, seconds / DAY_SECONDS, &of(&self.days))?
            }
            Cell::Day(day) => sheet.write_datetime_with_format(row, column, day, &of(&self.day))?,
            Cell::Instant(instant) => {
                sheet.write_datetime_with_format(row, column, local(*instant), &of(&self.moment))?
            }
            // A number that is not there is an empty cell: nothing that would break a sum.
            Cell::Nothing => sheet.write_blank(row, column, &of(&self.text))?,
            Cell::Withheld => {
                sheet.write_string_with_format(row, column, cell.written(self.language), &of(&self.right))?
            }
        };
        Ok(())
    }
}

/// A workbook knows no time zones: it shows the clocks of the Netherlands.
fn local(instant: Instant) -> chrono::NaiveDateTime {
    use chrono::SubsecRound;
    instant.to_chrono().with_timezone(&chrono_tz::Europe::Amsterdam).naive_local().trunc_subsecs(0)
}
