//! What the demo says once it listens, and the password that it makes where none was given.

use super::Demo;
use crate::db::dialect;

/// Easy to read out in a room: eight syllables, 48 random bits.
pub fn readable_password() -> Result<String, String> {
    let mut bytes = [0; 8];
    getrandom::fill(&mut bytes).map_err(|error| format!("The system gives no random numbers: {error}."))?;
    let mut password = String::new();
    for (place, byte) in bytes.into_iter().enumerate() {
        if place > 0 && place % 2 == 0 {
            password.push('-');
        }
        password.push(char::from(b"bdfghklmnprstvwz"[usize::from(byte % 16)]));
        password.push(char::from(b"aeio"[usize::from(byte / 16 % 4)]));
    }
    Ok(password)
}

/// Who can sign in, and what they can do.
pub const SIGN_INS: [(&str, &str); 6] = [
    ("admin@demo.example", "manages people, organisations and themes"),
    ("coordinator@demo.example", "runs a network: members, invitations, cycles, reports"),
    ("facilitator@demo.example", "guides cycles and tells citizens what became of it"),
    ("practitioner@demo.example", "logs observations, reflects, acts"),
    ("expert@demo.example", "the same, from experience of their own"),
    ("reader@demo.example", "reads"),
];

/// What the demo prints once it listens: where the app and the documentation are, who can sign in, and lines to paste. `database` is its
/// address as it may be shown, and `watchable` says whether webhooks may lead to this machine.
pub fn welcome(base: &str, password: &str, demo: &Demo, database: &str, watchable: bool) -> String {
    let sign_ins: String = SIGN_INS.iter().map(|(email, what)| format!("  {email:<27} {what}\n")).collect();
    format!(
        "\nThe app:\n  {base}/app/\n\nThe API's documentation:\n  {base}/docs/\n\n\
         Sign in with the password {password} as:\n{sign_ins}\n\
         Paste these into another terminal, in this order:\n\n{}\n\n\
         To see what becomes of what tells who somebody is, paste these as well: a text that is refused, one that is confirmed, a dry run \
         of what is kept too long, all about a pseudonym, its erasure, and whether the logs are as they were:\n\n{}\n{}",
        curl_lines(base, password, demo).join("\n"),
        privacy_lines(base, demo, database).join("\n"),
        if watchable { watch_lines(base, demo) } else { String::new() }
    )
}

/// Lines to paste after the others: notes about people. The pseudonym is one of their own, so that they can be pasted again.
fn privacy_lines(base: &str, demo: &Demo, database: &str) -> [String; 7] {
    let (cycle, network) =
        (format!("{base}/v1/cycles/{}", demo.cycle_id), format!("{base}/v1/networks/{}", demo.network_id));
    let refused =
        serde_json::json!({"body": format!("Haar BSN is {TEST_BSN}."), "perspective": "practitioner"});
    // The shell puts the pseudonym in.
    let confirmed = r#"{\"body\": \"Bij het bankje op Sprookjesplein 31 blijft nu iedereen even staan.\", \"perspective\": \"practitioner\", \"aboutPseudonymIds\": [\"$PSEUDONYM\"]}"#;
    let erasure = r#"{\"pseudonymId\": \"$PSEUDONYM\", \"cause\": \"consent_withdrawn\"}"#;
    let shown = r"curl -sS -w '\n'";
    [
        format!("{shown} '{cycle}/observations' {TOKEN} {JSON} -d {}", quoted(&refused.to_string())),
        format!(
            r#"PSEUDONYM=$(curl -sS '{network}/pseudonyms' {TOKEN} {JSON} -d '{{}}' | sed -n 's/.*"id":"\([^"]*\)".*/\1/p')"#
        ),
        format!(
            r#"{shown} '{cycle}/observations' {TOKEN} {JSON} -H 'Confirm-Warnings: true' -d "{confirmed}""#
        ),
        format!(r#"{shown} '{network}/retention-runs' {TOKEN} {JSON} -d '{{"dryRun": true}}'"#),
        format!(r#"curl -sS "{base}/v1/pseudonyms/$PSEUDONYM/export" {TOKEN} -o pseudonym.zip"#),
        format!(r#"{shown} '{network}/erasures' {TOKEN} {JSON} -d "{erasure}""#),
        format!(
            "{} audit verify --database-url {}",
            quoted(&this_program()),
            quoted(&from_anywhere(database))
        ),
    ]
}

/// A citizen service number that passes the eleven-test and was given to nobody: those that begin with 9999 are for tests.
const TEST_BSN: &str = "999993653";

fn this_program() -> String {
    std::env::current_exe().map_or_else(|_| "feedbacklus".into(), |path| path.display().to_string())
}

/// The address of a database for a terminal in any folder.
fn from_anywhere(database: &str) -> String {
    let file = dialect::sqlite_path(database).and_then(|path| std::path::absolute(path).ok());
    file.map_or_else(|| database.to_owned(), |path| format!("sqlite://{}", path.display()))
}

/// Lines to paste after the others, to see what other systems are told.
fn watch_lines(base: &str, demo: &Demo) -> String {
    let webhook = serde_json::json!({"url": "http://127.0.0.1:9000/", "kinds": ["*"]});
    format!(
        "\nTo see what a webhook is told, paste these as well, and then the line with the observation again:\n\n\
         SECRET=$(curl -sS '{base}/v1/networks/{}/webhooks' {TOKEN} {JSON} -d {} | sed -n 's/.*\"secret\":\"\\([^\"]*\\)\".*/\\1/p')\n\
         WEBHOOK_SECRET=$SECRET {} webhooks listen &\n",
        demo.network_id,
        quoted(&webhook.to_string()),
        quoted(&this_program())
    )
}

/// What each line says besides.
const JSON: &str = "-H 'Content-Type: application/json'";
const TOKEN: &str = r#"-H "Authorization: Bearer $TOKEN""#;

/// A sign-in and what can be done with it, for any POSIX shell with curl and sed.
fn curl_lines(base: &str, password: &str, demo: &Demo) -> [String; 5] {
    let cycle = format!("{base}/v1/cycles/{}", demo.cycle_id);
    let credentials = serde_json::json!({"email": SIGN_INS[1].0, "password": password});
    let observation = serde_json::json!({
        "body": "Mevrouw vertelt dat ze sinds vorige week elke dinsdag bij de buren aan tafel schuift.",
        "perspective": "citizen",
        "voice": "retold",
    });
    // The addresses are quoted for their ? and, where the host is an IPv6 address, their brackets.
    [
        format!(
            r#"TOKEN=$(curl -sS '{base}/v1/auth/tokens' {JSON} -d {} | sed -n 's/.*"accessToken":"\([^"]*\)".*/\1/p')"#,
            quoted(&credentials.to_string())
        ),
        format!(r"curl -sS -w '\n' '{base}/v1/me' {TOKEN}"),
        format!(r"curl -sS -w '\n' '{cycle}/observations?limit=3' {TOKEN}"),
        format!(
            r"curl -sS -w '\n' '{cycle}/observations' {TOKEN} {JSON} -d {}",
            quoted(&observation.to_string())
        ),
        format!("curl -sS '{cycle}/report' {TOKEN} -H 'Accept: text/csv'"),
    ]
}

/// As one word of a POSIX shell.
fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', r"'\''"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::Id;

    #[test]
    fn made_passwords_are_long_enough_and_differ() {
        let (one, two) =
            (readable_password().expect("random bytes"), readable_password().expect("random bytes"));
        assert!((12..=200).contains(&one.chars().count()), "{one}");
        assert_ne!(one, two);
    }

    #[test]
    fn any_password_survives_the_shell() {
        let password = r#"it's "a" $HOME \ `one` !"#;
        let demo = Demo { fresh: true, cycle_id: Id::NIL, network_id: Id::NIL, kept_password: false };
        let [sign_in, ..] = curl_lines("http://127.0.0.1:8080", password, &demo);
        let words =
            sign_in.replace("TOKEN=$(curl", "printf '%s\\n'").replace(" | sed", "; : ").replace("p')", "p'");
        let output = std::process::Command::new("sh").args(["-c", &words]).output().expect("a shell");
        let printed = String::from_utf8(output.stdout).expect("UTF-8");
        let body = printed.lines().last().expect("the body comes last");
        let body: serde_json::Value = serde_json::from_str(body).expect("JSON");
        assert_eq!(body["password"], password);
    }
}
