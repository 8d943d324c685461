//! The settings of xAPI statements, and of the learning record store that is told of them.

use super::files;
use super::values::{given, switch};
use crate::http::public_url::PublicUrl;
use crate::xapi::lrs::Endpoint;
use clap::Args;

/// As they were written.
#[derive(Args, Clone, Default)]
pub struct XapiSettings {
    /// A learning record store (xAPI 2.0) that is told what happens in the networks that want it [default: none]
    ///
    /// Needs PUBLIC_URL, since statements name records by their addresses.
    #[arg(long, env = "XAPI_LRS_URL", hide_env_values = true, value_name = "URL")]
    pub xapi_lrs_url: Option<String>,

    /// Who this server is at the learning record store (HTTP Basic) [default: none]
    #[arg(long, env = "XAPI_LRS_USERNAME", value_name = "NAME")]
    pub xapi_lrs_username: Option<String>,

    /// Its password there; better set in the environment [default: none]
    #[arg(long, env = "XAPI_LRS_PASSWORD", hide_env_values = true, value_name = "PASSWORD")]
    pub xapi_lrs_password: Option<String>,

    /// A file that holds it, instead [default: none]
    #[arg(long, env = "XAPI_LRS_PASSWORD_FILE", value_name = "FILE")]
    pub xapi_lrs_password_file: Option<String>,

    /// Tell in xAPI statements what people wrote, too [default: false]
    #[arg(long, env = "XAPI_FREE_TEXT", value_name = "true|false", num_args = 0..=1, require_equals = true,
        default_missing_value = "true")]
    pub xapi_free_text: Option<String>,
}

/// Checked.
pub struct Xapi {
    /// The store, if there is one.
    pub lrs: Option<Endpoint>,
    /// Whether statements tell what people wrote.
    pub free_text: bool,
}

impl XapiSettings {
    /// Tells each fault, and answers with none then.
    pub(super) fn resolve(
        &self,
        public_url: &Option<String>,
        fault: &mut impl FnMut(String),
    ) -> Option<Xapi> {
        let lrs = self.lrs(public_url).map_err(&mut *fault).ok();
        let free_text = switch("XAPI_FREE_TEXT", &self.xapi_free_text).map_err(fault).ok();
        Some(Xapi { lrs: lrs?, free_text: free_text? })
    }

    /// The settings in effect, to be read by people, without the password.
    pub(super) fn report(&self, checked: &Xapi) -> [(&'static str, String); 4] {
        let lrs = checked.lrs.as_ref();
        let password = files::shown(&self.xapi_lrs_password, &self.xapi_lrs_password_file);
        [
            ("XAPI_LRS_URL", lrs.map_or_else(|| "not set".to_owned(), |lrs| lrs.url.clone())),
            ("XAPI_LRS_USERNAME", given(&self.xapi_lrs_username).unwrap_or("not set").to_owned()),
            ("XAPI_LRS_PASSWORD", password),
            ("XAPI_FREE_TEXT", checked.free_text.to_string()),
        ]
    }

    /// The store, if one is named, or in words what is wrong with it. Never quotes the address: it may hold a password.
    fn lrs(&self, public_url: &Option<String>) -> Result<Option<Endpoint>, String> {
        let username = given(&self.xapi_lrs_username);
        let password =
            files::secret("XAPI_LRS_PASSWORD", &self.xapi_lrs_password, &self.xapi_lrs_password_file)?;
        let password = given(&password);
        let Some(url) = given(&self.xapi_lrs_url) else {
            if username.is_some() || password.is_some() {
                return Err(
                    "XAPI_LRS_URL: expected an address beside XAPI_LRS_USERNAME and XAPI_LRS_PASSWORD."
                        .into(),
                );
            }
            return Ok(None);
        };
        let url = PublicUrl::check(url).ok_or_else(|| {
            "XAPI_LRS_URL: expected an address such as https://lrs.example.org/xapi, without a query; a name and \
             password belong in XAPI_LRS_USERNAME and XAPI_LRS_PASSWORD."
                .to_owned()
        })?;
        if given(public_url).is_none() {
            return Err(
                "XAPI_LRS_URL: expected PUBLIC_URL beside it: statements name records by their addresses."
                    .into(),
            );
        }
        let credentials = match (username, password) {
            (None, None) => None,
            (Some(name), Some(password)) if !name.contains(':') => {
                Some((name.to_owned(), password.to_owned()))
            }
            (Some(_), Some(_)) => {
                return Err("XAPI_LRS_USERNAME: expected a name without a colon (RFC 7617).".into());
            }
            _ => return Err("XAPI_LRS_USERNAME: expected a name and XAPI_LRS_PASSWORD, or neither.".into()),
        };
        Ok(Some(Endpoint { url, credentials }))
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::set;
    use super::*;

    fn read(
        url: Option<&str>,
        name: Option<&str>,
        password: Option<&str>,
    ) -> Result<Option<Endpoint>, String> {
        let settings = XapiSettings {
            xapi_lrs_url: url.map(Into::into),
            xapi_lrs_username: name.map(Into::into),
            xapi_lrs_password: password.map(Into::into),
            ..XapiSettings::default()
        };
        settings.lrs(&set("https://leren.example.org"))
    }

    #[test]
    fn a_store_has_an_address_and_perhaps_a_name_for_us() {
        let url = Some("https://lrs.example.org/xapi/");
        let endpoint = read(url, Some("us"), Some("hunter2")).ok().flatten().expect("a store");
        assert_eq!(endpoint.url, "https://lrs.example.org/xapi");
        assert_eq!(endpoint.credentials, Some(("us".to_owned(), "hunter2".to_owned())));
        assert!(read(url, None, None).is_ok_and(|endpoint| endpoint.is_some()));
        assert!(read(None, None, None).is_ok_and(|endpoint| endpoint.is_none()));
        for (url, name, password) in [
            (None, Some("us"), None),
            (None, None, Some("hunter2")),
            (url, Some("us"), None),
            (url, None, Some("hunter2")),
            (url, Some("u:s"), Some("hunter2")),
            (Some("lrs.example.org"), None, None),
            (Some("https://us:hunter2@lrs.example.org"), None, None),
        ] {
            let fault = read(url, name, password).err().expect("a fault");
            assert!(fault.contains("expected") && !fault.contains("hunter2"), "{fault}");
        }
        let nowhere = XapiSettings { xapi_lrs_url: url.map(Into::into), ..XapiSettings::default() };
        assert!(nowhere.lrs(&None).err().is_some_and(|fault| fault.contains("PUBLIC_URL")));
    }

    #[test]
    fn a_password_is_not_in_a_report() {
        let settings = XapiSettings { xapi_lrs_password: set("hunter2"), ..XapiSettings::default() };
        let report = settings.report(&Xapi { lrs: None, free_text: false });
        assert!(report.contains(&("XAPI_LRS_PASSWORD", "set".to_owned())), "{report:?}");
        assert!(report.iter().all(|(_, value)| !value.contains("hunter2")));
    }
}
