//! The passwords that are handed to a command.

use crate::config::secret_in_file;
use crate::demo::welcome::readable_password;
use std::io::{self, BufRead, IsTerminal, Read};

/// From `ADMIN_PASSWORD` or the file of `ADMIN_PASSWORD_FILE`, else the first line of standard input.
pub(super) fn admin_password() -> Result<String, String> {
    let [set, file] = ["ADMIN_PASSWORD", "ADMIN_PASSWORD_FILE"].map(|name| std::env::var(name).ok());
    let password = match secret_in_file("ADMIN_PASSWORD", &set, &file)? {
        Some(password) => password,
        None => {
            let stdin = io::stdin().lock();
            if stdin.is_terminal() {
                eprint!("Password, 12 to 200 characters (it shows as you type): ");
            }
            let mut line = String::new();
            // Far more than 200 characters, far less than a file named by mistake.
            stdin
                .take(4096)
                .read_line(&mut line)
                .map_err(|error| format!("ADMIN_PASSWORD: cannot read one from standard input: {error}."))?;
            line.trim_end_matches(['\n', '\r']).to_owned()
        }
    };
    fitting("ADMIN_PASSWORD", password)
}

/// From `DEMO_PASSWORD` or its file, else made anew.
pub(super) fn demo_password(set: &Option<String>, file: &Option<String>) -> Result<String, String> {
    match secret_in_file("DEMO_PASSWORD", set, file)? {
        Some(password) => fitting("DEMO_PASSWORD", password),
        None => readable_password(),
    }
}

fn fitting(name: &str, password: String) -> Result<String, String> {
    match password.chars().count() {
        12..=200 => Ok(password),
        0 => Err(format!("{name}: expected a password of 12 to 200 characters, there or on standard input.")),
        count => Err(format!("{name}: expected a password of 12 to 200 characters, not {count}.")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_has_bounds_in_characters() {
        assert!(fitting("P", "é".repeat(12)).is_ok() && fitting("P", "é".repeat(200)).is_ok());
        assert!(fitting("P", "é".repeat(11)).is_err() && fitting("P", "é".repeat(201)).is_err());
        let fault = demo_password(&Some("hunter2".into()), &None).expect_err("too short");
        assert!(fault.starts_with("DEMO_PASSWORD: expected") && !fault.contains("hunter2"));
    }
}
