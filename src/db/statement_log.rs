//! The log of statements, for whoever wants to know what is asked of the database: `RUST_LOG=feedbacklus::statements=trace`.
//! Each is written as it begins; what it binds never is, since that is what people wrote.

use super::AnyConnection;
use diesel::connection::{Connection, InstrumentationEvent};
use log::Level;

const TARGET: &str = "feedbacklus::statements";
/// What Diesel writes between a statement and what it binds.
const BINDS: &str = " -- binds: ";

/// Has the statements of a connection logged, where that is asked for.
pub fn follow(connection: &mut AnyConnection) {
    if !log::log_enabled!(target: TARGET, Level::Trace) {
        return;
    }
    connection.set_instrumentation(|event: InstrumentationEvent<'_>| {
        if let InstrumentationEvent::StartQuery { query, .. } = event {
            let query = query.to_string();
            let statement = query.split_once(BINDS).map_or(query.as_str(), |(statement, _)| statement);
            log::trace!(target: TARGET, "{statement}");
        }
    });
}
