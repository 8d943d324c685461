//! Identifiers in free text, tried on labelled sentences, on the forms they take and on texts made at random. No server and
//! no database.

mod corpus;
mod forms;
mod properties;
mod sentences;
