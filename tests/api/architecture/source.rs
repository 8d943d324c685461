//! Reads Rust source as far as it takes to know which paths a file names: `use` trees, and paths in the code, made
//! absolute. Comments, texts and unit tests are left out.

use std::collections::HashMap;
use std::path::{Path as FilePath, PathBuf};
use std::sync::OnceLock;

/// One file under `src/`.
pub struct File {
    /// From the project's root, such as `src/observations/rules.rs`.
    pub name: String,
    /// How many lines it has, unit tests included.
    pub lines: usize,
    /// What it imports.
    pub uses: Vec<Named>,
    /// What it names outside of its imports, such as `crate::clock::now`.
    pub mentions: Vec<Named>,
}

/// A path, and the line it is on. Paths in the project begin with `crate`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    pub line: usize,
    pub path: Vec<String>,
}

impl File {
    /// Everything it names.
    pub fn names(&self) -> impl Iterator<Item = &Named> {
        self.uses.iter().chain(&self.mentions)
    }

    /// The folder under `src/` it lies in; none for a file directly under it.
    pub fn folder(&self) -> Option<&str> {
        self.name.strip_prefix("src/")?.split_once('/').map(|(folder, _)| folder)
    }

    pub fn is(&self, names: &[&str]) -> bool {
        names.contains(&self.name.as_str())
    }
}

impl Named {
    pub fn starts_with(&self, path: &[&str]) -> bool {
        self.path.len() >= path.len() && self.path.iter().zip(path).all(|(own, wanted)| own == wanted)
    }

    /// Whether these two segments follow each other anywhere in it.
    pub fn has(&self, first: &str, second: &str) -> bool {
        self.path.windows(2).any(|pair| pair[0] == first && pair[1] == second)
    }
}

/// All files under `src/`, by name.
pub fn files() -> &'static [File] {
    static FILES: OnceLock<Vec<File>> = OnceLock::new();
    FILES.get_or_init(read_all)
}

fn read_all() -> Vec<File> {
    let root = FilePath::new(env!("CARGO_MANIFEST_DIR"));
    let mut found = Vec::new();
    collect(&root.join("src"), &mut found);
    found.sort();
    found
        .iter()
        .map(|path| {
            let name = path.strip_prefix(root).expect("it lies there").to_str().expect("plain names");
            read(name, &std::fs::read_to_string(path).expect("a source file"))
        })
        .collect()
}

fn collect(folder: &FilePath, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).expect("a folder of the source") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            collect(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}

/// Reads one file's text.
pub fn read(name: &str, text: &str) -> File {
    let tokens = tokens(&without_words(text));
    let mut reader =
        Reader { tokens: &tokens, at: 0, uses: Vec::new(), mentions: Vec::new(), children: Vec::new() };
    reader.run();
    let Reader { uses, mentions, children, .. } = reader;
    let module = module_of(name);
    let mut known: HashMap<String, Vec<String>> = HashMap::new();
    for child in children {
        known.insert(child.clone(), [module.clone(), vec![child]].concat());
    }
    for (alias, named) in &uses {
        known.insert(alias.clone(), named.path.clone());
    }
    let resolve = |named: &Named| Named { line: named.line, path: absolute(&named.path, &module, &known) };
    File {
        name: name.to_owned(),
        lines: text.lines().count(),
        uses: uses.iter().map(|(_, named)| resolve(named)).collect(),
        mentions: mentions.iter().map(resolve).collect(),
    }
}

/// `src/observations/rules.rs` is `crate::observations::rules`, and `mod.rs` its folder.
fn module_of(name: &str) -> Vec<String> {
    let path = name.trim_start_matches("src/").trim_end_matches(".rs");
    let mut module = vec!["crate".to_owned()];
    module.extend(path.split('/').filter(|part| !["mod", "lib", "main"].contains(part)).map(str::to_owned));
    module
}

fn absolute(path: &[String], module: &[String], known: &HashMap<String, Vec<String>>) -> Vec<String> {
    let mut path = path.to_vec();
    // An import may begin with another import; a few steps reach the end of any such chain.
    for _ in 0..4 {
        let first = path[0].as_str();
        let base = match first {
            "crate" => return path,
            "self" => module.to_vec(),
            "super" => module[..module.len() - 1].to_vec(),
            _ => match known.get(first) {
                Some(base) if *base != path => base.clone(),
                _ => return path,
            },
        };
        let mut rest = path.split_off(1);
        path = base;
        while rest.first().is_some_and(|segment| segment == "super") {
            path.pop();
            rest.remove(0);
        }
        path.extend(rest);
    }
    path
}

/// The text with comments and the inside of texts and characters blanked out, line by line as it was.
fn without_words(text: &str) -> String {
    let bytes: Vec<char> = text.chars().collect();
    let mut plain = String::with_capacity(text.len());
    let mut at = 0;
    let blank = |plain: &mut String, part: &[char]| {
        plain.extend(part.iter().map(|c| if *c == '\n' { '\n' } else { ' ' }));
    };
    while at < bytes.len() {
        let rest = &bytes[at..];
        let length = match rest {
            ['/', '/', ..] => rest.iter().position(|c| *c == '\n').unwrap_or(rest.len()),
            ['/', '*', ..] => {
                rest.windows(2).position(|pair| pair == ['*', '/']).map_or(rest.len(), |end| end + 2)
            }
            ['"', ..] => text_length(rest),
            ['r', '"' | '#', ..] if at == 0 || bytes[at - 1] == 'b' || !is_word(bytes[at - 1]) => {
                raw_length(rest)
            }
            ['\'', '\\', ..] => {
                2 + rest[2..].iter().skip(1).position(|c| *c == '\'').map_or(0, |end| end + 2)
            }
            ['\'', _, '\'', ..] => 3,
            _ => 0,
        };
        if length == 0 {
            plain.push(rest[0]);
            at += 1;
        } else {
            blank(&mut plain, &rest[..length]);
            at += length;
        }
    }
    plain
}

fn text_length(rest: &[char]) -> usize {
    let mut at = 1;
    while at < rest.len() && rest[at] != '"' {
        at += if rest[at] == '\\' { 2 } else { 1 };
    }
    (at + 1).min(rest.len())
}

/// Of `r"…"` and `r#"…"#`; 0 for `r#word`.
fn raw_length(rest: &[char]) -> usize {
    let hashes = rest[1..].iter().take_while(|c| **c == '#').count();
    if rest.get(1 + hashes) != Some(&'"') {
        return 0;
    }
    let end: Vec<char> = std::iter::once('"').chain(std::iter::repeat_n('#', hashes)).collect();
    let start = 2 + hashes;
    rest[start..]
        .windows(end.len())
        .position(|part| part == end)
        .map_or(rest.len(), |at| start + at + end.len())
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

struct Token {
    line: usize,
    text: String,
}

/// Words, `::`, and every other sign by itself.
fn tokens(text: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    for (index, line) in text.lines().enumerate() {
        let mut rest = line.trim_start();
        while let Some(first) = rest.chars().next() {
            let length = match first {
                c if is_word(c) => rest.find(|c| !is_word(c)).unwrap_or(rest.len()),
                ':' if rest.starts_with("::") => 2,
                c => c.len_utf8(),
            };
            tokens.push(Token { line: index + 1, text: rest[..length].to_owned() });
            rest = rest[length..].trim_start();
        }
    }
    tokens
}

struct Reader<'t> {
    tokens: &'t [Token],
    at: usize,
    /// By the name that they go by in the file.
    uses: Vec<(String, Named)>,
    mentions: Vec<Named>,
    /// Modules that the file declares.
    children: Vec<String>,
}

impl Reader<'_> {
    fn peek(&self, ahead: usize) -> &str {
        self.tokens.get(self.at + ahead).map_or("", |token| token.text.as_str())
    }

    fn is_name(&self, ahead: usize) -> bool {
        self.peek(ahead).starts_with(|c: char| c.is_alphabetic() || c == '_')
    }

    fn run(&mut self) {
        while self.at < self.tokens.len() {
            let test = ["#", "[", "cfg", "(", "test", ")", "]", "mod"];
            if test.iter().enumerate().all(|(ahead, text)| self.peek(ahead) == *text) {
                self.skip_block();
            } else if self.peek(0) == "use" {
                self.at += 1;
                self.tree(Vec::new());
            } else if self.peek(0) == "mod" && self.is_name(1) {
                self.children.push(self.peek(1).to_owned());
                self.at += 2;
            } else if self.is_name(0) {
                let named = self.path();
                if named.path.len() > 1 {
                    self.mentions.push(named);
                }
            } else {
                self.at += 1;
            }
        }
    }

    /// Over the next block in braces.
    fn skip_block(&mut self) {
        let mut depth = 0;
        while self.at < self.tokens.len() {
            match self.peek(0) {
                "{" => depth += 1,
                "}" if depth == 1 => {
                    self.at += 1;
                    return;
                }
                "}" => depth -= 1,
                _ => {}
            }
            self.at += 1;
        }
    }

    /// Names joined by `::`. Stops before `::{`, `::<` and `::*`.
    fn path(&mut self) -> Named {
        let mut named = Named { line: self.tokens[self.at].line, path: vec![self.peek(0).to_owned()] };
        self.at += 1;
        while self.peek(0) == "::" && self.is_name(1) {
            named.path.push(self.peek(1).to_owned());
            self.at += 2;
        }
        named
    }

    /// One branch of a `use`, up to and without the sign that ends it.
    fn tree(&mut self, prefix: Vec<String>) {
        if self.peek(0) == "::" {
            self.at += 1;
        }
        let line = self.tokens.get(self.at).map_or(0, |token| token.line);
        let mut path = prefix;
        if self.is_name(0) {
            path.extend(self.path().path);
            if self.peek(0) == "::" {
                self.at += 1;
            }
        }
        match self.peek(0) {
            "{" => {
                self.at += 1;
                while self.peek(0) != "}" && self.at < self.tokens.len() {
                    self.tree(path.clone());
                    if self.peek(0) == "," {
                        self.at += 1;
                    }
                }
                self.at += 1;
            }
            "*" => {
                self.at += 1;
                self.uses.push(("*".into(), Named { line, path: [path, vec!["*".into()]].concat() }));
            }
            _ => {
                // `{self}` stands for the path before it.
                if path.len() > 1 && path.last().is_some_and(|last| last == "self") {
                    path.pop();
                }
                let mut alias = path.last().cloned().unwrap_or_default();
                if self.peek(0) == "as" {
                    alias = self.peek(1).to_owned();
                    self.at += 2;
                }
                if !path.is_empty() {
                    self.uses.push((alias, Named { line, path }));
                } else {
                    self.at += 1;
                }
            }
        }
    }
}
