//! What the demo sets where nobody did, so that it runs with nothing set.

use super::Settings;
use super::values::{given, switch};
use crate::access::tokens;
use crate::db::dialect::Backend;

const DATABASE_URL: &str = "sqlite://feedbacklus-demo.sqlite";
/// Where a receiver of webhooks can be tried out. Only while the demo listens there too: whoever reaches it then is on this
/// machine already.
const LOOPBACK: &str = "127.0.0.0/8,::1";

impl Settings {
    /// The settings with what `demo` fills in, so that it runs with none: a file of its own, and a secret that is kept
    /// beside it or, where there is no file, lasts as long as the program.
    pub fn for_demo(&self) -> Result<Settings, String> {
        let mut settings = self.clone();
        if given(&self.database.database_url).or(given(&self.database.database_url_file)).is_none() {
            settings.database.database_url = Some(DATABASE_URL.to_owned());
        }
        // What cannot be resolved is told when all settings are.
        let url = settings.database.resolve().unwrap_or_default();
        let here = self.listen.resolve().is_ok_and(|address| address.ip().is_loopback());
        if here && given(&self.webhooks.webhook_allowed_networks).is_none() {
            settings.webhooks.webhook_allowed_networks = Some(LOOPBACK.to_owned());
        }
        if given(&self.jwt_secret).or(given(&self.jwt_secret_file)).is_some() {
            return Ok(settings);
        }
        let unset = given(&self.keep_secret).is_none();
        let keep = unset || switch("KEEP_SECRET", &self.keep_secret).unwrap_or(true);
        if keep && Backend::of(&url) != Some(Backend::Postgres) {
            if unset {
                settings.keep_secret = Some("true".into());
            }
        } else {
            settings.jwt_secret = Some(tokens::random().map_err(|error| error.to_string())?);
        }
        Ok(settings)
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{set, settings};
    use super::super::{BindSetting, Config};
    use super::*;

    #[test]
    fn the_demo_runs_with_nothing_set() {
        let demo = Settings::default().for_demo().expect("random bytes");
        assert_eq!(given(&demo.database.database_url), Some(DATABASE_URL));
        assert_eq!((given(&demo.keep_secret), given(&demo.jwt_secret)), (Some("true"), None));

        let postgres = Settings { jwt_secret: None, ..settings("postgres://u@db.example/d") };
        let config =
            Config::resolve(&postgres.for_demo().expect("random bytes")).expect("a secret of its own");
        assert!(config.jwt_secret.len() >= 32);

        let unkept =
            Settings { keep_secret: set("false"), ..Settings::default() }.for_demo().expect("random bytes");
        assert!(given(&unkept.jwt_secret).is_some());
    }

    #[test]
    fn the_demo_sends_to_this_machine_only_while_it_listens_there_alone() {
        let allowed = |bind: Option<&str>| {
            let listen = BindSetting { bind: bind.map(Into::into) };
            let demo = Settings { listen, ..Settings::default() }.for_demo().expect("random bytes");
            demo.webhooks.webhook_allowed_networks
        };
        assert_eq!(allowed(None).as_deref(), Some(LOOPBACK));
        assert_eq!(allowed(Some("[::1]:8080")).as_deref(), Some(LOOPBACK));
        assert_eq!(allowed(Some("0.0.0.0:8080")), None);
    }
}
