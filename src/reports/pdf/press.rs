//! Typst as a library: one template, our own fonts, and files that are in memory alone. Nothing is read from disk or network.

use super::sheet::Picture;
use crate::error::{Error, Result};
use std::collections::HashMap;
use std::fmt;
use std::sync::LazyLock;
use typst::diag::{FileError, FileResult, SourceDiagnostic};
use typst::foundations::{Bytes, Datetime};
use typst::layout::PagedDocument;
use typst::syntax::{FileId, Source, VirtualPath};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Feature, Library, LibraryExt, World, comemo};
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};

const TEMPLATE: &str = include_str!("../../../templates/report.typ");
const DATA: &str = "report.json";

/// In the order in which the template asks for them; the last one has letters that the others have not.
const FONTS: [&[u8]; 4] = [
    include_bytes!("../../../templates/fonts/SourceSans3-Regular.ttf"),
    include_bytes!("../../../templates/fonts/SourceSans3-SemiBold.ttf"),
    include_bytes!("../../../templates/fonts/SourceSerif4-SemiBold.ttf"),
    include_bytes!("../../../templates/fonts/DejaVuSans.ttf"),
];

/// Deep enough for the layout of boxes in boxes; untouched memory takes none.
const STACK: usize = 8 << 20;

/// What all reports are set with: made for the first of them, since a server at rest has no room for it.
struct Press {
    library: LazyHash<Library>,
    book: LazyHash<FontBook>,
    fonts: Vec<Font>,
    template: Source,
}

static PRESS: LazyLock<Press> = LazyLock::new(|| {
    let fonts: Vec<Font> = FONTS.iter().filter_map(|bytes| Font::new(Bytes::new(*bytes), 0)).collect();
    Press {
        // Heads of rows, and what a table is about.
        library: LazyHash::new(
            Library::builder().with_features([Feature::A11yExtras].into_iter().collect()).build(),
        ),
        book: LazyHash::new(FontBook::from_fonts(&fonts)),
        fonts,
        template: Source::new(id_of("report.typ"), TEMPLATE.to_owned()),
    }
});

pub fn fonts() -> &'static [Font] {
    &PRESS.fonts
}

/// The PDF of the template with this data. Takes a thread of its own, and one core.
pub fn print(data: Vec<u8>, pictures: Vec<Picture>) -> Result<Vec<u8>> {
    let mut files = HashMap::from([(id_of(DATA), Bytes::new(data))]);
    files.extend(pictures.into_iter().map(|(name, markup)| (id_of(&name), Bytes::from_string(markup))));
    let desk = Desk { press: &PRESS, files };
    // Left alone, it takes as many threads as there are cores, and keeps them.
    let pool = rayon::ThreadPoolBuilder::new().num_threads(1).stack_size(STACK).build();
    let printed = pool.map_err(Error::internal)?.install(|| set(&desk));
    // What it remembers for a next run of the same text is of no use.
    comemo::evict(0);
    printed
}

fn set(desk: &Desk) -> Result<Vec<u8>> {
    let document: PagedDocument = typst::compile(desk).output.map_err(fault)?;
    let standards = PdfStandards::new(&[PdfStandard::Ua_1]).map_err(Error::internal)?;
    let accessible = PdfOptions { standards, ..PdfOptions::default() };
    typst_pdf::pdf(&document, &accessible).or_else(|errors| {
        // Rather a report that is tagged and does not claim the standard than none.
        log::warn!("a report could not be made as PDF/UA-1: {}", Faults(&errors));
        typst_pdf::pdf(&document, &PdfOptions::default()).map_err(fault)
    })
}

fn fault(errors: impl AsRef<[SourceDiagnostic]>) -> Error {
    Error::internal(format_args!("setting a report: {}", Faults(errors.as_ref())))
}

struct Faults<'a>(&'a [SourceDiagnostic]);

impl fmt::Display for Faults<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, fault) in self.0.iter().enumerate() {
            f.write_str(if at == 0 { "" } else { "; " })?;
            f.write_str(&fault.message)?;
        }
        Ok(())
    }
}

fn id_of(name: &str) -> FileId {
    FileId::new(None, VirtualPath::new(name))
}

/// All that one run of the compiler can see.
struct Desk {
    press: &'static Press,
    files: HashMap<FileId, Bytes>,
}

impl World for Desk {
    fn library(&self) -> &LazyHash<Library> {
        &self.press.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &self.press.book
    }

    fn main(&self) -> FileId {
        self.press.template.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        if id == self.main() { Ok(self.press.template.clone()) } else { Err(absent(id)) }
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        self.files.get(&id).cloned().ok_or_else(|| absent(id))
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.press.fonts.get(index).cloned()
    }

    /// The template has no clock: a report bears the day it was counted.
    fn today(&self, _offset: Option<i64>) -> Option<Datetime> {
        None
    }
}

fn absent(id: FileId) -> FileError {
    FileError::NotFound(id.vpath().as_rootless_path().into())
}
