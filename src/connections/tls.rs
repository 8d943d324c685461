//! TLS by rustls: version 1.2 or 1.3, with the certificate of two files. One that was renewed is taken up while the server
//! runs; where the new one cannot be used, the old one stays and the log says why.

use rustls::ServerConfig;
use rustls::crypto::{CryptoProvider, aws_lc_rs};
use rustls::pki_types::pem::{self, PemObject};
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::server::{ClientHello, ResolvesServerCert};
use rustls::sign::CertifiedKey;
use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;
use tokio::time::{MissedTickBehavior, interval};

/// Where the certificate is, and its key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Files {
    /// The server's certificate and those that it was issued by, in PEM.
    pub certificate: PathBuf,
    /// Its private key, in PEM.
    pub key: PathBuf,
}

/// What the server shows who it is by.
#[derive(Clone)]
pub struct Tls {
    pub files: Files,
    shown: Arc<Shown>,
    /// What the files held when it was opened.
    held: Arc<Held>,
    config: ServerConfig,
}

/// What the two files held.
#[derive(PartialEq, Eq)]
struct Held {
    certificate: Vec<u8>,
    key: Vec<u8>,
}

struct Shown(RwLock<Arc<CertifiedKey>>);

impl Tls {
    /// In words, what is wrong with the files.
    pub fn open(files: Files) -> Result<Tls, String> {
        let provider = Arc::new(aws_lc_rs::default_provider());
        let held = read(&files)?;
        let key = certified(&held, &files, &provider)?;
        let shown = Arc::new(Shown(RwLock::new(Arc::new(key))));
        let mut config = ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .map_err(|error| format!("TLS_CERTIFICATE: TLS cannot be set up: {error}."))?
            .with_no_client_auth()
            .with_cert_resolver(shown.clone());
        config.alpn_protocols = vec![b"http/1.1".to_vec()];
        Ok(Tls { files, shown, held: Arc::new(held), config })
    }

    pub(super) fn server_config(&self) -> ServerConfig {
        self.config.clone()
    }

    /// Looks at the files every so often, for as long as the server runs. They are read whole: that a file was changed
    /// cannot be told from its times alone, and these are small.
    pub async fn renew(self, every: Duration) {
        let mut seen = Some(self.held.clone());
        let mut ticks = interval(every);
        ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            ticks.tick().await;
            let held = match read(&self.files) {
                Ok(held) if seen.as_deref() == Some(&held) => continue,
                Ok(held) => held,
                // Told once, until they can be read again.
                Err(_) if seen.is_none() => continue,
                Err(error) => {
                    log::error!("the certificate in use stays: {error}");
                    seen = None;
                    continue;
                }
            };
            let provider = self.config.crypto_provider();
            match certified(&held, &self.files, provider) {
                Ok(key) => {
                    self.shown.replace(key);
                    log::info!("the certificate in {} is in use now", self.files.certificate.display());
                }
                Err(error) => log::error!("the certificate in use stays: {error}"),
            }
            seen = Some(Arc::new(held));
        }
    }
}

impl Shown {
    fn replace(&self, key: CertifiedKey) {
        *self.0.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(key);
    }
}

impl ResolvesServerCert for Shown {
    fn resolve(&self, _: ClientHello<'_>) -> Option<Arc<CertifiedKey>> {
        Some(self.0.read().unwrap_or_else(PoisonError::into_inner).clone())
    }
}

impl fmt::Debug for Shown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("(a certificate)")
    }
}

fn read(files: &Files) -> Result<Held, String> {
    let of = |name: &str, file: &Path| {
        fs::read(file).map_err(|error| format!("{name}: cannot read {}: {error}.", file.display()))
    };
    Ok(Held { certificate: of("TLS_CERTIFICATE", &files.certificate)?, key: of("TLS_KEY", &files.key)? })
}

/// The certificate with its key, which goes with it. Nothing of the key is told.
fn certified(held: &Held, files: &Files, provider: &CryptoProvider) -> Result<CertifiedKey, String> {
    let (certificate, key) = (files.certificate.display(), files.key.display());
    let chain: Result<Vec<CertificateDer<'static>>, pem::Error> =
        CertificateDer::pem_slice_iter(&held.certificate).collect();
    let chain = chain.ok().filter(|chain| !chain.is_empty()).ok_or_else(|| {
        format!("TLS_CERTIFICATE: expected a certificate in PEM, and those that it was issued by, in {certificate}.")
    })?;
    let private = PrivateKeyDer::from_pem_slice(&held.key)
        .map_err(|_| format!("TLS_KEY: expected a private key in PEM, without a password, in {key}."))?;
    CertifiedKey::from_der(chain, private, provider).map_err(|error| match error {
        rustls::Error::InconsistentKeys(_) => {
            format!(
                "TLS_KEY: expected the key of the certificate in {certificate}; that in {key} is another."
            )
        }
        error => format!("TLS_CERTIFICATE: {certificate} and {key} cannot be used: {error}."),
    })
}
