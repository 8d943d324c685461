//! Numbers as each language writes them: 1.234,5 in Dutch, 1,234.5 in English.

use crate::people::types::Locale;

/// Digits, in threes: 12.345.
pub fn count(language: Locale, count: u64) -> String {
    grouped(language, &count.to_string())
}

/// With as many decimals as it needs, `places` at most: 4,5 and 12.
pub fn decimal(language: Locale, value: f64, places: usize) -> String {
    let text = format!("{:.places$}", value.abs());
    let (whole, decimals) = text.split_once('.').unwrap_or((&text, ""));
    let decimals = decimals.trim_end_matches('0');
    let mut written = grouped(language, whole);
    if !decimals.is_empty() {
        written.push(if language == Locale::Nl { ',' } else { '.' });
        written.push_str(decimals);
    }
    if value < 0.0 && written != "0" { format!("\u{2212}{written}") } else { written }
}

/// A share of a whole in per cent: 43%. What is next to nothing or nearly all gets a decimal, and is never rounded to them.
pub fn share(language: Locale, share: f64) -> String {
    let percent = share * 100.0;
    let edge = (0.0 < percent && percent < 1.0) || (99.0 < percent && percent < 100.0);
    let percent = if edge { percent.clamp(0.1, 99.9) } else { percent };
    format!("{}%", decimal(language, percent, usize::from(edge)))
}

fn grouped(language: Locale, digits: &str) -> String {
    let separator = if language == Locale::Nl { '.' } else { ',' };
    let mut written = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            written.push(separator);
        }
        written.push(digit);
    }
    written
}

#[cfg(test)]
mod tests {
    use super::*;
    use Locale::{En, Nl};

    #[test]
    fn numbers_as_each_language_writes_them() {
        assert_eq!((count(Nl, 0).as_str(), count(Nl, 999).as_str()), ("0", "999"));
        assert_eq!((count(Nl, 1_234_567).as_str(), count(En, 12_345).as_str()), ("1.234.567", "12,345"));
        assert_eq!(
            (decimal(Nl, 1234.54, 1).as_str(), decimal(En, 1234.54, 1).as_str()),
            ("1.234,5", "1,234.5")
        );
        assert_eq!((decimal(Nl, 12.04, 1).as_str(), decimal(Nl, -0.04, 1).as_str()), ("12", "0"));
        assert_eq!(decimal(En, -2.5, 1), "\u{2212}2.5");
    }

    #[test]
    fn a_share_says_nothing_and_all_only_of_nothing_and_all() {
        let written = [0.0, 0.000_1, 0.004, 0.43, 0.9999, 1.0].map(|part| share(Nl, part));
        assert_eq!(written, ["0%", "0,1%", "0,4%", "43%", "99,9%", "100%"]);
        assert_eq!(share(En, 0.004), "0.4%");
    }
}
