//! Holds the Fluent files of the languages to the declaration of their family, for its test.

use fluent_syntax::ast::{Entry, Expression, InlineExpression, Pattern, PatternElement};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

/// The ids of a file, each with the variables of its text.
type Texts = BTreeMap<String, BTreeSet<String>>;

/// Panics unless the file of every language has the declared keys and no others, each with all its variables and no others.
pub fn hold(file: &str, declared: &[(&str, &[&str])]) {
    let locales = Path::new(env!("CARGO_MANIFEST_DIR")).join("locales");
    let declared: Texts = declared
        .iter()
        .map(|(key, variables)| {
            (key.replace('_', "-"), variables.iter().map(|name| (*name).to_owned()).collect())
        })
        .collect();
    for language in ["nl", "en"] {
        let path = locales.join(language).join(file);
        let source = fs::read_to_string(&path).expect("a file for each language");
        assert_eq!(texts(&source), declared, "{language}/{file} (left) and what is declared (right)");
    }
}

fn texts(source: &str) -> Texts {
    let resource = fluent_syntax::parser::parse(source).unwrap_or_else(|(_, errors)| panic!("{errors:?}"));
    let mut texts = Texts::new();
    for entry in resource.body {
        match entry {
            Entry::Message(message) => {
                assert!(message.attributes.is_empty(), "{}: attributes are not used", message.id.name);
                let mut variables = BTreeSet::new();
                let value = message.value.expect("every key has a text");
                of_pattern(&value, &mut variables);
                let earlier = texts.insert(message.id.name.to_owned(), variables);
                assert!(earlier.is_none(), "{} is there twice", message.id.name);
            }
            Entry::Term(term) => panic!("-{}: terms are not used", term.id.name),
            Entry::Junk { content } => panic!("cannot be read: {content}"),
            Entry::Comment(_) | Entry::GroupComment(_) | Entry::ResourceComment(_) => {}
        }
    }
    texts
}

fn of_pattern(pattern: &Pattern<&str>, variables: &mut BTreeSet<String>) {
    for element in &pattern.elements {
        if let PatternElement::Placeable { expression } = element {
            of_expression(expression, variables);
        }
    }
}

fn of_expression(expression: &Expression<&str>, variables: &mut BTreeSet<String>) {
    match expression {
        Expression::Select { selector, variants } => {
            of_inline(selector, variables);
            variants.iter().for_each(|variant| of_pattern(&variant.value, variables));
        }
        Expression::Inline(inline) => of_inline(inline, variables),
    }
}

fn of_inline(inline: &InlineExpression<&str>, variables: &mut BTreeSet<String>) {
    match inline {
        InlineExpression::VariableReference { id } => {
            variables.insert(id.name.to_owned());
        }
        InlineExpression::Placeable { expression } => of_expression(expression, variables),
        InlineExpression::StringLiteral { .. } | InlineExpression::NumberLiteral { .. } => {}
        other => panic!("texts stand for themselves, without references or functions: {other:?}"),
    }
}
