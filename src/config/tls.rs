//! The settings of TLS.

use super::values::given;
use crate::connections::tls::{Files, Tls};
use clap::Args;

/// As they were written.
#[derive(Args, Clone, Default)]
pub struct TlsSettings {
    /// The server's certificate and those that it was issued by, in PEM: then it speaks TLS itself [default: none]
    ///
    /// One that was renewed is taken up within seconds, without a restart.
    #[arg(long, env = "TLS_CERTIFICATE", value_name = "FILE")]
    pub tls_certificate: Option<String>,

    /// The certificate's private key, in PEM and without a password [default: none]
    #[arg(long, env = "TLS_KEY", value_name = "FILE")]
    pub tls_key: Option<String>,
}

impl TlsSettings {
    /// What the server shows who it is by, read from both files; none where neither is set.
    pub fn resolve(&self) -> Result<Option<Tls>, String> {
        match (given(&self.tls_certificate), given(&self.tls_key)) {
            (None, None) => Ok(None),
            (Some(certificate), Some(key)) => {
                Tls::open(Files { certificate: certificate.into(), key: key.into() }).map(Some)
            }
            (Some(_), None) => Err("TLS_KEY: expected the private key of TLS_CERTIFICATE.".into()),
            (None, Some(_)) => Err("TLS_CERTIFICATE: expected the certificate of TLS_KEY.".into()),
        }
    }

    /// Whether the server speaks TLS, whatever is in the files.
    pub fn is_set(&self) -> bool {
        given(&self.tls_certificate).is_some()
    }

    /// What is in effect, to be read by people.
    pub(super) fn report(tls: &Option<Tls>) -> [(&'static str, String); 2] {
        let files = tls.as_ref().map(|tls| &tls.files);
        let shown = |file: Option<&std::path::PathBuf>| {
            file.map_or_else(|| "not set".to_owned(), |file| file.display().to_string())
        };
        [
            ("TLS_CERTIFICATE", shown(files.map(|files| &files.certificate))),
            ("TLS_KEY", shown(files.map(|files| &files.key))),
        ]
    }
}
