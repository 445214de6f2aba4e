//! What lies in memory once the desk is locked: the real binary on a terminal, its memory read from outside.

use super::pty::{SENDESK, Terminal};
use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use memchr::memmem;
use portable_pty::CommandBuilder;
use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::{FileExt, PermissionsExt};
use std::path::Path;
use std::process::Command;
use std::time::Duration;

const PASSPHRASE: &str = "zebra quince harbour lantern";
/// Typed in forms: one saved, one left as a draft, one struck out again.
const WORDS: [&str; 3] = ["Quixwortham", "brindlemarrow", "tolvaddonish"];

/// What must not be found, each by its name.
type Secrets = Vec<(String, Vec<u8>)>;

/// How often each was found, by the part of the memory it lay in.
type Found = BTreeMap<(String, String), usize>;

fn unhex(text: &str) -> Vec<u8> {
    let digit = |at: usize| u8::from_str_radix(&text[at..at + 2], 16).unwrap();
    (0..text.len()).step_by(2).map(digit).collect()
}

fn hex(bytes: &[u8]) -> String {
    bytes
        .iter()
        .fold(String::new(), |text, byte| text + &format!("{byte:02x}"))
}

/// A key as it is, and as text in small and capital letters.
fn forms_of(secrets: &mut Secrets, name: &str, key: &[u8]) {
    secrets.push((format!("{name}, bytes"), key.to_vec()));
    secrets.push((format!("{name}, hex"), hex(key).into_bytes()));
    let capitals = hex(key).to_uppercase();
    secrets.push((format!("{name}, HEX"), capitals.into_bytes()));
}

/// The passphrase, and every key that hangs on it: derived here once more, from the files alone.
fn secrets(home: &Path) -> Secrets {
    let file = fs::read(home.join("desk.keys")).unwrap();
    let file: serde_json::Value = serde_json::from_slice(&file).unwrap();
    let slot = &file["passphrase"];
    let number = |name: &str| u32::try_from(slot[name].as_u64().unwrap()).unwrap();
    let text = |name: &str| slot[name].as_str().unwrap();
    let (memory, passes, lanes) = (number("memory_kib"), number("passes"), number("lanes"));
    let mut under = [0; 32];
    let params = argon2::Params::new(memory, passes, lanes, Some(32)).unwrap();
    argon2::Argon2::new(argon2::Algorithm::Argon2id, argon2::Version::V0x13, params)
        .hash_password_into(PASSPHRASE.as_bytes(), &unhex(text("salt")), &mut under)
        .unwrap();
    let header = format!(
        "sendesk keys {} {} passphrase {memory} {passes} {lanes}",
        file["format"],
        file["desk"].as_str().unwrap()
    );
    let nonce: [u8; 24] = unhex(text("nonce")).try_into().unwrap();
    let payload = Payload {
        msg: &unhex(text("sealed")),
        aad: header.as_bytes(),
    };
    let key = XChaCha20Poly1305::new(&under.into())
        .decrypt(&XNonce::from(nonce), payload)
        .unwrap();

    let mut secrets = vec![("passphrase".to_owned(), PASSPHRASE.as_bytes().to_vec())];
    forms_of(&mut secrets, "key under the passphrase", &under);
    forms_of(&mut secrets, "desk key", &key);
    let (phrase, school, journal) = of_desk(home, &key);
    secrets.push(("backup phrase".to_owned(), phrase.into_bytes()));
    let school = unhex(&school);
    forms_of(&mut secrets, "school key", &school);
    forms_of(&mut secrets, "journal key", &unhex(&journal));
    secrets
}

/// The backup phrase, the school's key and that of its journal, as the desk's own file has them.
#[expect(
    clippy::disallowed_methods,
    reason = "read beside the program, not by it"
)]
fn of_desk(home: &Path, key: &[u8]) -> (String, String, String) {
    let conn = rusqlite::Connection::open(home.join("desk.db")).unwrap();
    conn.execute_batch(&format!("PRAGMA key = \"x'{}'\"", hex(key)))
        .unwrap();
    let sql = "SELECT backup_phrase, raw_key, journal_key FROM desk, school";
    conn.query_row(sql, [], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
        .unwrap()
}

/// Counts them in all that a process has in memory.
fn count(process: u32, secrets: &Secrets) -> Found {
    let maps = fs::read_to_string(format!("/proc/{process}/maps")).unwrap();
    let memory = fs::File::open(format!("/proc/{process}/mem")).unwrap();
    let mut found = Found::new();
    let mut read = 0;
    for line in maps.lines() {
        let parts: Vec<&str> = line.split_whitespace().collect();
        let (from, to) = parts[0].split_once('-').unwrap();
        let address = |text| u64::from_str_radix(text, 16).unwrap();
        let (from, to) = (address(from), address(to));
        if !parts[1].starts_with('r') || parts.get(5).is_some_and(|name| name.starts_with("[v")) {
            continue;
        }
        let mut bytes = vec![0; usize::try_from(to - from).unwrap()];
        if memory.read_exact_at(&mut bytes, from).is_err() {
            continue;
        }
        read += bytes.len();
        for (name, secret) in secrets {
            for _ in memmem::find_iter(&bytes, secret) {
                let part = parts
                    .get(5)
                    .map_or_else(|| parts[0].to_owned(), |name| (*name).to_owned());
                *found.entry((name.clone(), part)).or_default() += 1;
            }
        }
    }
    assert!(read > 1 << 20, "only {read} bytes could be read");
    found
}

/// A desk with a school, made by the shell.
fn desk() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let pass = folder.path().join("pass");
    fs::write(&pass, PASSPHRASE).unwrap();
    fs::set_permissions(&pass, fs::Permissions::from_mode(0o600)).unwrap();
    let shell = |words: &[&str]| {
        let out = Command::new(SENDESK)
            .args(words)
            .env("SENDESK_HOME", folder.path().join("home"))
            .env("SENDESK_PASSPHRASE_FILE", &pass)
            .output()
            .unwrap();
        assert!(out.status.success(), "{words:?}: {out:?}");
    };
    shell(&["init"]);
    shell(&["school", "add", "--name", "Oakfield", "--code", "OAK"]);
    fs::remove_file(pass).unwrap();
    folder
}

/// Types as a person does: one key at a time, for what comes at once is read at once.
fn type_out(terminal: &mut Terminal, text: &str) {
    for c in text.chars() {
        terminal.send(&c.to_string());
        std::thread::sleep(Duration::from_millis(8));
    }
}

fn unlock(terminal: &mut Terminal) {
    terminal.wait_for("Locked");
    type_out(terminal, PASSPHRASE);
    terminal.send("\r");
    wait_open(terminal);
}

fn wait_open(terminal: &Terminal) {
    terminal.wait("an open desk", |terminal| {
        let screen = terminal.screen();
        ["NAV", "TYPE"].iter().any(|mode| screen.contains(mode))
    });
}

/// Locks, and waits for what is done after the lock is drawn: a key at the lock is answered when it is over.
fn lock(terminal: &mut Terminal) {
    terminal.send("\x0c");
    terminal.wait_for("Locked");
    terminal.send("\r");
    terminal.wait_for("Type the passphrase");
}

#[test]
fn after_the_lock_no_key_and_no_word_lies_in_memory() {
    let folder = desk();
    let mut secrets = secrets(&folder.path().join("home"));
    let keys = secrets.len();
    for word in WORDS {
        secrets.push((word.to_owned(), word.as_bytes().to_vec()));
    }
    let mut terminal = Terminal::spawn(folder, CommandBuilder::new(SENDESK));

    // The search finds what is there: a passphrase that is being typed.
    terminal.wait_for("Locked");
    type_out(&mut terminal, PASSPHRASE);
    terminal.wait("all of it", |terminal| {
        terminal.screen().matches(['•', '●', '*']).count() >= PASSPHRASE.len()
    });
    let typed = count(terminal.id(), &secrets);
    assert!(
        typed.keys().any(|(name, _)| name == "passphrase"),
        "{typed:?}"
    );
    terminal.send("\x15");
    for round in 1..=3 {
        unlock(&mut terminal);
        if round == 1 {
            terminal.send("n");
            terminal.wait_for("Surname");
            type_out(&mut terminal, &format!("{}\tAisha\r", WORDS[0]));
            terminal.wait_for(&format!("{}, Aisha", WORDS[0]));
            terminal.send("a");
            type_out(&mut terminal, &format!("note: {}\x15", WORDS[2]));
            type_out(&mut terminal, &format!("note: {}", WORDS[1]));
            terminal.wait_for(WORDS[1]);
        }
        // The search finds what is there: the desk's file is open, with its page of schools, and so is the record.
        let open = count(terminal.id(), &secrets);
        let found = |what: &str| open.keys().any(|(name, _)| name == what);
        assert!(
            found("school key, hex") && found("backup phrase"),
            "{open:?}"
        );
        assert!(found(WORDS[0]) && found(WORDS[1]), "{open:?}");
        lock(&mut terminal);
        let left = count(terminal.id(), &secrets);
        let (kept, words): (Found, Found) = left
            .into_iter()
            .partition(|((name, _), _)| secrets[..keys].iter().any(|(key, _)| key == name));
        assert!(kept.is_empty(), "keys after lock {round}: {kept:?}");
        assert!(words.is_empty(), "words after lock {round}: {words:?}");
    }
    // What is pasted stays where the library that reads the terminal had it, as README says: its two buffers.
    terminal.send(&format!("\x15\x1b[200~{PASSPHRASE}\x1b[201~\r"));
    wait_open(&terminal);
    lock(&mut terminal);
    let left = count(terminal.id(), &secrets);
    let pasted: usize = left.values().sum();
    let alone = left.keys().all(|(name, _)| name == "passphrase");
    assert!(alone && pasted <= 2, "after a paste: {left:?}");
}
