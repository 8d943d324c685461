//! Secrets that lie in files, as Docker, Kubernetes and systemd hand them over: each has a setting of its name with `_FILE`
//! behind it, that names the file.

use super::values::given;
use std::fs;

/// Bytes of a file at most: more is no secret but another file.
const MOST_BYTES: u64 = 64 * 1024;

/// A secret as it is set, or as its file holds it without the newline at its end. In words, what is wrong with both; never
/// any of it.
pub fn secret(name: &str, setting: &Option<String>, file: &Option<String>) -> Result<Option<String>, String> {
    let Some(path) = given(file) else {
        return Ok(given(setting).and(setting.clone()));
    };
    if given(setting).is_some() {
        return Err(format!("{name}: expected it or {name}_FILE, not both."));
    }
    let about = |what: &str| format!("{name}_FILE: expected {what} in {path}.");
    let unreadable = |error: std::io::Error| {
        format!("{name}_FILE: expected a file that can be read; {path} cannot: {error}.")
    };
    let kept = fs::metadata(path).map_err(unreadable)?;
    if kept.is_file() && kept.len() > MOST_BYTES {
        return Err(about("a secret of at most 64 KiB"));
    }
    let text = String::from_utf8(fs::read(path).map_err(unreadable)?).map_err(|_| about("text in UTF-8"))?;
    let text = text.strip_suffix('\n').map_or(text.as_str(), |line| line.strip_suffix('\r').unwrap_or(line));
    if text.trim().is_empty() {
        return Err(about("a secret"));
    }
    Ok(Some(text.to_owned()))
}

/// What people are told of a secret.
pub fn shown(setting: &Option<String>, file: &Option<String>) -> String {
    match (given(setting), given(file)) {
        (_, Some(file)) => format!("set (from {file})"),
        (Some(_), None) => "set".to_owned(),
        (None, None) => "not set".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::set;
    use super::*;

    #[test]
    fn a_secret_is_set_or_lies_in_a_file() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("secret");
        let file = set(path.display().to_string());
        let read = |content: &[u8]| {
            fs::write(&path, content).expect("our file");
            secret("A", &None, &file)
        };
        for content in ["hunter2", "hunter2\n", "hunter2\r\n"] {
            assert_eq!(read(content.as_bytes()), Ok(set("hunter2")), "{content:?}");
        }
        assert_eq!(read(b" two\nlines \n\n"), Ok(set(" two\nlines \n")));
        for content in [&b""[..], b"\n", b"\xff\xfe", &[b'a'; MOST_BYTES as usize + 1]] {
            let fault = read(content).expect_err("a fault");
            assert!(fault.starts_with("A_FILE: expected ") && fault.contains("secret"), "{fault}");
        }
        let both = secret("A", &set("hunter2"), &file).expect_err("a fault");
        assert!(both.starts_with("A: expected") && !both.contains("hunter2"), "{both}");
        let nowhere = secret("A", &None, &set("/no/such/file")).expect_err("a fault");
        assert!(nowhere.starts_with("A_FILE: expected") && nowhere.contains("/no/such/file"), "{nowhere}");
        assert!(secret("A", &None, &set(folder.path().display().to_string())).is_err());
        assert_eq!(secret("A", &set("hunter2"), &set("")), Ok(set("hunter2")));
        assert_eq!(secret("A", &set(" "), &None), Ok(None));
    }
}
