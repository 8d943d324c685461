//! The learning record store that is told what happens.

use super::Settings;
use super::values::given;
use crate::http::public_url::PublicUrl;
use crate::xapi::lrs::Endpoint;

/// The store, if one is named, or in words what is wrong with it. Never quotes the address: it may hold a password.
pub fn lrs(settings: &Settings) -> Result<Option<Endpoint>, String> {
    let username = given(&settings.xapi_lrs_username);
    let password = given(&settings.xapi_lrs_password);
    let Some(url) = given(&settings.xapi_lrs_url) else {
        if username.is_some() || password.is_some() {
            return Err(
                "XAPI_LRS_URL: expected an address beside XAPI_LRS_USERNAME or XAPI_LRS_PASSWORD.".into()
            );
        }
        return Ok(None);
    };
    let url = PublicUrl::check(url).ok_or_else(|| {
        "XAPI_LRS_URL: expected an address such as https://lrs.example.org/xapi, without a query; who we are there \
         belongs in XAPI_LRS_USERNAME and XAPI_LRS_PASSWORD."
            .to_owned()
    })?;
    if given(&settings.public_url).is_none() {
        return Err(
            "XAPI_LRS_URL: expected PUBLIC_URL beside it: statements name records by their addresses.".into(),
        );
    }
    let credentials = match (username, password) {
        (None, None) => None,
        (Some(name), Some(password)) if !name.contains(':') => Some((name.to_owned(), password.to_owned())),
        (Some(_), Some(_)) => {
            return Err("XAPI_LRS_USERNAME: expected a name without a colon (RFC 7617).".into());
        }
        _ => return Err("XAPI_LRS_USERNAME: expected a name and XAPI_LRS_PASSWORD, or neither.".into()),
    };
    Ok(Some(Endpoint { url, credentials }))
}

#[cfg(test)]
mod tests {
    use super::super::tests::{set, settings};
    use super::*;

    fn read(
        url: Option<&str>,
        name: Option<&str>,
        password: Option<&str>,
    ) -> Result<Option<Endpoint>, String> {
        lrs(&Settings {
            public_url: set("https://leren.example.org"),
            xapi_lrs_url: url.map(Into::into),
            xapi_lrs_username: name.map(Into::into),
            xapi_lrs_password: password.map(Into::into),
            ..settings("sqlite://a.sqlite")
        })
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
        let nowhere =
            Settings { public_url: None, xapi_lrs_url: url.map(Into::into), ..settings("sqlite://a.sqlite") };
        assert!(lrs(&nowhere).err().is_some_and(|fault| fault.contains("PUBLIC_URL")));
    }
}
