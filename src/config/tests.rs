//! The settings as a whole.

use super::connections::ConnectionSettings;
use super::rates::RateSettings;
use super::*;

pub const SECRET: &str = "0123456789abcdef0123456789abcdef";

pub fn set(value: impl Into<String>) -> Option<String> {
    Some(value.into())
}

pub fn settings(database_url: &str) -> Settings {
    Settings {
        database: DatabaseSetting { database_url: set(database_url), ..DatabaseSetting::default() },
        jwt_secret: set(SECRET),
        ..Settings::default()
    }
}

pub fn faults(settings: &Settings) -> Vec<String> {
    Config::resolve(settings).err().unwrap_or_default()
}

#[test]
fn every_bad_setting_is_told_at_once_and_no_secret_with_it() {
    let bad = Settings {
        database: DatabaseSetting {
            database_url: set("mysql://root:hunter2@localhost/"),
            ..DatabaseSetting::default()
        },
        listen: BindSetting { bind: set("8080") },
        jwt_secret: set("hunter2"),
        jwt_secret_file: None,
        keep_secret: set("perhaps"),
        log_format: set("xml"),
        log_filter: set("feedbacklus=loud"),
        public_url: set("leren.example.org"),
        workers: set("0"),
        database_threads: set("many"),
        trust_forwarded: set("2"),
        journal: JournalSetting { erasure_journal: set("/no/such/folder/journal") },
        gate: GateSettings {
            connections: ConnectionSettings {
                max_connections: set("0"),
                header_timeout: set("soon"),
                body_timeout: set("-1"),
                keep_alive: set("0.5"),
            },
            tls: TlsSettings { tls_certificate: set("/no/such/file"), tls_key: None },
            rates: RateSettings {
                rate_limit_credential: set("many"),
                rate_limit_address: set("-1"),
                rate_limit_sign_in: set("1.5"),
            },
            cors_origins: set("*"),
            security_contact: set("security@example.org"),
            security_policy: None,
        },
        leave_jobs: set("some"),
        webhooks: WebhookSettings {
            webhook_allowed_networks: set("localhost"),
            ..WebhookSettings::default()
        },
        xapi: XapiSettings {
            xapi_lrs_url: set("https://us:hunter2@lrs.example.org/"),
            xapi_free_text: set("some"),
            ..XapiSettings::default()
        },
        oidc: OidcSettings { oidc_issuer: set("http://inloggen.example.org"), ..OidcSettings::default() },
    };
    let faults = faults(&bad);
    let named: Vec<&str> = faults.iter().filter_map(|fault| fault.split(':').next()).collect();
    let all = [
        "DATABASE_URL",
        "BIND",
        "KEEP_SECRET",
        "JWT_SECRET",
        "LOG_FORMAT",
        "RUST_LOG",
        "PUBLIC_URL",
        "WORKERS",
        "DATABASE_THREADS",
        "TRUST_FORWARDED",
        "LEAVE_JOBS",
        "ERASURE_JOURNAL",
        "MAX_CONNECTIONS",
        "HEADER_TIMEOUT",
        "BODY_TIMEOUT",
        "KEEP_ALIVE",
        "TLS_KEY",
        "RATE_LIMIT_CREDENTIAL",
        "RATE_LIMIT_ADDRESS",
        "RATE_LIMIT_SIGN_IN",
        "CORS_ORIGINS",
        "SECURITY_CONTACT",
        "WEBHOOK_ALLOWED_NETWORKS",
        "XAPI_LRS_URL",
        "XAPI_FREE_TEXT",
        "OIDC_ISSUER",
        "OIDC_ISSUER",
    ];
    assert_eq!(named, all);
    assert!(faults.iter().all(|fault| fault.contains("expected") && !fault.contains('\n')), "{faults:#?}");
    assert!(faults.iter().all(|fault| !fault.contains("hunter2")), "{faults:#?}");
}

#[test]
fn a_secret_may_lie_in_a_file_and_is_not_shown() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = |name: &str, text: &str| {
        let path = folder.path().join(name);
        std::fs::write(&path, text).expect("our file");
        set(path.display().to_string())
    };
    let url = file("url", "postgres://u:hunter2@db.example/d\n");
    let secret = file("secret", &format!("{SECRET}\n"));
    let filed = Settings {
        database: DatabaseSetting { database_url: None, database_url_file: url.clone() },
        jwt_secret: None,
        jwt_secret_file: secret.clone(),
        ..Settings::default()
    };
    let config = Config::resolve(&filed).expect("good settings");
    assert_eq!(config.database_url, "postgres://u:hunter2@db.example/d");
    assert_eq!(config.jwt_secret, SECRET.as_bytes());
    let report = Config::report(&filed).expect("good settings");
    let of = |name: &str| report.iter().find(|(each, _)| *each == name).map(|(_, value)| value.clone());
    let from = |file: &Option<String>| file.clone().unwrap_or_default();
    assert_eq!(of("JWT_SECRET"), Some(format!("set (from {})", from(&secret))));
    assert_eq!(of("DATABASE_URL"), Some(format!("postgres://u:***@db.example/d (from {})", from(&url))));
    assert!(report.iter().all(|(_, value)| !value.contains("hunter2") && !value.contains(SECRET)));
    let both = Settings { jwt_secret: set(SECRET), ..filed };
    assert_eq!(faults(&both), ["JWT_SECRET: expected it or JWT_SECRET_FILE, not both."]);
}

#[test]
fn what_is_empty_is_not_set() {
    let empty = Settings {
        listen: BindSetting { bind: set("") },
        log_format: set(" "),
        public_url: set(""),
        workers: set(""),
        trust_forwarded: set(""),
        ..settings("")
    };
    let config = Config::resolve(&empty).expect("defaults");
    assert_eq!(
        (config.database_url.as_str(), config.bind.to_string().as_str()),
        ("sqlite://feedbacklus.sqlite", BIND)
    );
    assert_eq!(
        (config.log_format, config.database_threads, config.trust_forwarded, config.public_url.0),
        (LogFormat::Text, 2, false, None)
    );
    assert!(config.workers > 0);
    let empty = Settings { jwt_secret: set(""), ..Settings::default() };
    assert!(faults(&empty)[0].starts_with("JWT_SECRET: "));
}

#[test]
fn the_number_of_database_threads_goes_by_the_database() {
    let config = Config::resolve(&settings("postgres://u:p@db.example/d")).expect("good settings");
    assert_eq!(config.database_threads, 8);
}

#[test]
fn a_name_and_port_zero_are_addresses() {
    for bind in ["127.0.0.1:0", "[::1]:8080", "localhost:8080", " 0.0.0.0:80 "] {
        assert!(BindSetting { bind: set(bind) }.resolve().is_ok(), "{bind}");
    }
    for bind in ["nowhere", "127.0.0.1", "127.0.0.1:99999", ":"] {
        assert!(BindSetting { bind: set(bind) }.resolve().is_err(), "{bind}");
    }
}

#[test]
fn a_report_shows_what_is_in_effect_but_no_secret() {
    let report = Config::report(&settings("postgres://u:hunter2@db.example/d")).expect("good settings");
    let of = |name: &str| report.iter().find(|(each, _)| *each == name).map(|(_, value)| value.as_str());
    assert_eq!(of("DATABASE_URL"), Some("postgres://u:***@db.example/d"));
    assert_eq!(of("JWT_SECRET"), Some("set"));
    assert_eq!(of("KEEP_SECRET"), Some("false"));
    assert_eq!(of("BIND"), Some(BIND));
    assert!(report.iter().all(|(_, value)| !value.contains("hunter2") && !value.contains(SECRET)));
}
