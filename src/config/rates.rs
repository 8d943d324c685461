//! The settings of how many requests are answered.

use super::values::number;
use crate::http::rate_limits::Rates;
use clap::Args;
use std::num::NonZeroU32;

/// As they were written.
#[derive(Args, Clone, Default)]
pub struct RateSettings {
    /// Requests a minute with one sign-in or API key; 0 for any number [default: 1200]
    ///
    /// These three are counted by each instance for itself.
    #[arg(long, env = "RATE_LIMIT_CREDENTIAL", value_name = "NUMBER")]
    pub rate_limit_credential: Option<String>,

    /// Requests a minute from one address, which many may share; 0 for any number [default: 6000]
    #[arg(long, env = "RATE_LIMIT_ADDRESS", value_name = "NUMBER")]
    pub rate_limit_address: Option<String>,

    /// Requests a minute from one address that change something without a sign-in, such as signing in; 0 for any number
    /// [default: 60]
    #[arg(long, env = "RATE_LIMIT_SIGN_IN", value_name = "NUMBER")]
    pub rate_limit_sign_in: Option<String>,
}

impl RateSettings {
    /// Tells each fault, and answers with none then.
    pub(super) fn resolve(&self, fault: &mut impl FnMut(String)) -> Option<Rates> {
        let mut read = |name, setting, default| {
            let number = number(name, setting, default, 0..=1_000_000).map_err(&mut *fault).ok();
            number.map(|number| u32::try_from(number).ok().and_then(NonZeroU32::new))
        };
        let credential = read("RATE_LIMIT_CREDENTIAL", &self.rate_limit_credential, 1_200);
        let address = read("RATE_LIMIT_ADDRESS", &self.rate_limit_address, 6_000);
        let sign_in = read("RATE_LIMIT_SIGN_IN", &self.rate_limit_sign_in, 60);
        Some(Rates { credential: credential?, address: address?, sign_in: sign_in? })
    }

    /// What is in effect, to be read by people.
    pub(super) fn report(rates: &Rates) -> [(&'static str, String); 3] {
        let shown = |rate: Option<NonZeroU32>| {
            rate.map_or_else(|| "0 (any number)".to_owned(), |rate| format!("{rate} a minute"))
        };
        [
            ("RATE_LIMIT_CREDENTIAL", shown(rates.credential)),
            ("RATE_LIMIT_ADDRESS", shown(rates.address)),
            ("RATE_LIMIT_SIGN_IN", shown(rates.sign_in)),
        ]
    }
}
