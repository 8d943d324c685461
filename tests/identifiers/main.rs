//! Identifiers in free text, tried on labelled sentences and on texts made at random. No server and no database.

mod corpus;
mod properties;
mod sentences;
