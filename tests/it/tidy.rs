//! The rules of `src/README.md`, held: layers, sizes, module pages, registries.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// A module and what it may name: our modules, then libraries that only some may name.
const LAYERS: &[(&str, &[&str], &[&str])] = &[
    ("main", &["cli", "sys"], &[]),
    (
        "cli",
        &[
            "tui", "script", "app", "demo", "import", "store", "domain", "config", "sys", "ui",
        ],
        &["clap"],
    ),
    (
        "tui",
        &["ui", "app", "config", "sys"],
        &["crossterm", "ratatui"],
    ),
    (
        "script",
        &["ui", "app", "demo", "store", "domain"],
        &["ratatui"],
    ),
    ("ui", &["app", "domain"], &["ratatui"]),
    (
        "app",
        &["store", "import", "domain", "config"],
        &["ratatui::layout"],
    ),
    ("store", &["domain", "sys"], &["rusqlite"]),
    ("demo", &["domain"], &[]),
    ("import", &["domain"], &[]),
    ("config", &[], &[]),
    ("sys", &[], &[]),
    ("domain", &[], &[]),
];

/// Libraries only the modules that list them may name.
const GUARDED: &[&str] = &["rusqlite", "crossterm", "ratatui", "clap"];

/// Words banned in some modules, and why.
const BANNED: &[(&[&str], &[&str], &str)] = &[
    (
        &["domain", "import", "demo", "ui"],
        &["std::fs", "std::env", "::now(", "println!"],
        "pure: files, environment and clock are handed in",
    ),
    (
        &[
            "main", "cli", "script", "ui", "app", "store", "demo", "import", "config", "domain",
            "tui",
        ],
        &["Local::now", "Utc::now", "SystemTime::now"],
        "the clock is asked in sys::clock only",
    ),
];

const LINES_MOST: usize = 500;
const FUNCTION_LINES_MOST: usize = 70;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
        let path = entry.path();
        if path.is_dir() {
            found.extend(rust_files(&path));
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            found.push(path);
        }
    }
    found.sort();
    found
}

/// Whether a file is a test module of its own, `tests.rs` or in `tests/`: a test may read a folder or a clock.
fn is_test(path: &Path) -> bool {
    path.iter()
        .any(|part| part == "tests" || part == "tests.rs")
}

/// Code without comments and test modules; line breaks inside `use` groups taken out.
fn code(text: &str) -> String {
    let shipped = text
        .split("#[cfg(test)]\nmod tests {")
        .next()
        .unwrap_or_default();
    shipped
        .lines()
        .filter(|line| !line.trim_start().starts_with("//"))
        .collect::<Vec<_>>()
        .join("\n")
}

/// The first names behind `crate::`, groups such as `use crate::{a, b::C}` included.
fn crate_names(code: &str) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for (at, _) in code.match_indices("crate::") {
        let before = code[..at].chars().next_back();
        if before.is_some_and(|c| c.is_alphanumeric() || c == '_' || c == ':') {
            continue;
        }
        let rest = &code[at + "crate::".len()..];
        if let Some(group) = rest.strip_prefix('{') {
            let mut depth = 0_i32;
            let mut part = String::new();
            for c in group.chars() {
                match c {
                    '{' => depth += 1,
                    '}' if depth == 0 => break,
                    '}' => depth -= 1,
                    ',' if depth == 0 => {
                        names.extend(first_name(&std::mem::take(&mut part)));
                        continue;
                    }
                    _ => {}
                }
                part.push(c);
            }
            names.extend(first_name(&part));
        } else {
            names.extend(first_name(rest));
        }
    }
    names
}

fn first_name(path: &str) -> Option<String> {
    let name: String = path
        .trim_start()
        .chars()
        .take_while(|c| c.is_alphanumeric() || *c == '_')
        .collect();
    (!name.is_empty()).then_some(name)
}

/// What a file of a module breaks.
fn broken_layers(module: &str, label: &str, text: &str) -> Vec<String> {
    let Some((_, may, libraries)) = LAYERS.iter().find(|(name, _, _)| *name == module) else {
        return vec![format!(
            "{label}: {module} is in no layer; add it to LAYERS and to src/README.md"
        )];
    };
    let code = code(text);
    let mut faults = Vec::new();
    for name in crate_names(&code) {
        let ours = LAYERS.iter().any(|(layer, _, _)| *layer == name);
        if ours && name != module && !may.contains(&name.as_str()) {
            faults.push(format!("{label}: {module} may not name {name}"));
        }
    }
    for library in GUARDED {
        let named = code.match_indices(&format!("{library}::")).any(|(at, _)| {
            let before = code[..at].chars().next_back();
            let free = !before.is_some_and(|c| c.is_alphanumeric() || c == '_');
            free && !libraries
                .iter()
                .any(|allowed| code[at..].starts_with(allowed))
        });
        if named {
            faults.push(format!("{label}: {module} may not name {library}"));
        }
    }
    for (modules, words, why) in BANNED {
        for word in words
            .iter()
            .filter(|word| modules.contains(&module) && code.contains(**word))
        {
            faults.push(format!("{label}: {word} in {module}: {why}"));
        }
    }
    if code.contains(concat!("super::", "super")) {
        faults.push(format!(
            "{label}: write the path from crate, not up two levels"
        ));
    }
    let re_exports = code
        .lines()
        .filter(|line| line.trim_start().starts_with("pub use crate::"));
    faults.extend(
        re_exports.map(|line| format!("{label}: {} re-exports another layer", line.trim())),
    );
    faults
}

#[test]
fn no_layer_is_crossed() {
    let mut faults = Vec::new();
    let src = root().join("src");
    for path in rust_files(&src) {
        let label = path
            .strip_prefix(&src)
            .unwrap()
            .to_string_lossy()
            .into_owned();
        let module = label.split(['/', '.']).next().unwrap().to_owned();
        if module == "lib" || is_test(Path::new(&label)) {
            continue;
        }
        faults.extend(broken_layers(
            &module,
            &label,
            &fs::read_to_string(&path).unwrap(),
        ));
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn only_test_modules_are_left_out_of_the_layers() {
    for (path, test) in [
        ("import/tests.rs", true),
        ("ui/tests/sample.rs", true),
        ("cli/selftest.rs", false),
        ("domain/date.rs", false),
    ] {
        assert_eq!(is_test(Path::new(path)), test, "{path}");
    }
}

#[test]
fn a_crossed_layer_is_seen_through_groups() {
    let text = "use crate::{domain::id, store::{self, Store}};\nuse rusqlite::Connection;\n";
    assert_eq!(
        broken_layers("ui", "ui/mod.rs", text),
        [
            "ui/mod.rs: ui may not name store",
            "ui/mod.rs: ui may not name rusqlite"
        ]
    );
    assert_eq!(
        broken_layers("app", "app/x.rs", "use ratatui::layout::Rect;\n"),
        Vec::<String>::new()
    );
    assert_eq!(
        broken_layers("app", "app/x.rs", "use ratatui::style::Style;\n").len(),
        1
    );
    assert_eq!(
        broken_layers(
            "domain",
            "domain/x.rs",
            "fn f() { let _ = std::fs::read(\"x\"); }\n"
        )
        .len(),
        1
    );
}

#[test]
fn drawing_and_panes_never_name_the_app() {
    let src = root().join("src");
    for path in rust_files(&src.join("ui"))
        .into_iter()
        .chain(rust_files(&src.join("app/pane")))
    {
        let text = code(&fs::read_to_string(&path).unwrap());
        let named = text.match_indices("App").any(|(at, _)| {
            let after = text[at + 3..].chars().next();
            let before = text[..at].chars().next_back();
            !after.is_some_and(char::is_alphanumeric) && !before.is_some_and(char::is_alphanumeric)
        });
        assert!(!named, "{} names App", path.display());
    }
}

#[test]
fn files_are_short_and_open_with_what_they_are_for() {
    let mut faults = Vec::new();
    for folder in ["src", "tests"] {
        for path in rust_files(&root().join(folder)) {
            let text = fs::read_to_string(&path).unwrap();
            let lines = text.lines().count();
            if lines > LINES_MOST {
                faults.push(format!(
                    "{}: {lines} lines; which second noun hides in it?",
                    path.display()
                ));
            }
            let opens = text.lines().find(|line| !line.starts_with("#!["));
            let whole_page = text.contains("#![doc = include_str!");
            if !whole_page && !opens.is_some_and(|line| line.starts_with("//!")) {
                faults.push(format!(
                    "{}: no //! that says what it is for",
                    path.display()
                ));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// Functions of a file by rustfmt's layout: from a line that holds `fn ` to the closing brace at its indent.
fn long_functions(text: &str) -> Vec<(usize, usize)> {
    let lines: Vec<&str> = text.lines().collect();
    let mut found = Vec::new();
    for (start, line) in lines.iter().enumerate() {
        let trimmed = line.trim_start();
        let words: Vec<&str> = trimmed.split_whitespace().take(5).collect();
        if !words.contains(&"fn") || trimmed.starts_with("//") || trimmed.ends_with(';') {
            continue;
        }
        let close = format!("{}}}", &line[..line.len() - trimmed.len()]);
        if let Some(length) = lines[start..].iter().position(|line| *line == close)
            && length + 1 > FUNCTION_LINES_MOST
        {
            found.push((start + 1, length + 1));
        }
    }
    found
}

#[test]
fn functions_are_short() {
    let mut faults = Vec::new();
    for path in rust_files(&root().join("src")) {
        for (line, length) in long_functions(&fs::read_to_string(&path).unwrap()) {
            faults.push(format!(
                "{}:{line}: a function of {length} lines",
                path.display()
            ));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn nothing_is_left_to_be_done() {
    let words = [
        concat!("TO", "DO"),
        concat!("FIX", "ME"),
        concat!("unimplemented", "!("),
        concat!("todo", "!("),
    ];
    for path in rust_files(&root().join("src"))
        .into_iter()
        .chain(rust_files(&root().join("tests")))
    {
        let text = fs::read_to_string(&path).unwrap();
        for word in words {
            assert!(!text.contains(word), "{}: {word}", path.display());
        }
    }
}

#[test]
fn every_migration_on_disk_is_in_the_ladder_and_has_its_fixture() {
    let ladder = fs::read_to_string(root().join("src/store/schema.rs")).unwrap();
    let names: BTreeSet<String> = fs::read_dir(root().join("src/store/migrations"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .collect();
    // The school's file and the desk's own have a ladder each.
    let (desk, school): (Vec<_>, Vec<_>) = names.iter().partition(|name| name.starts_with("desk_"));
    for (kind, names) in [("", school), ("desk_", desk)] {
        assert!(!names.is_empty(), "no ladder of {kind}");
        for (index, name) in names.iter().enumerate() {
            let version = index + 1;
            assert!(
                name.starts_with(&format!("{kind}{version:04}_")),
                "{name} is out of order"
            );
            assert!(
                ladder.contains(&format!("\"migrations/{name}\"")),
                "{name} is not in the ladder"
            );
            let fixture = root().join(format!("tests/data/{kind}v{version}.sql"));
            assert!(fixture.exists(), "{} is missing", fixture.display());
        }
    }
}

#[test]
fn every_theme_is_embedded_and_every_importer_has_its_samples() {
    let shipped: BTreeSet<String> = sendesk::ui::theme::Theme::shipped()
        .iter()
        .map(|(name, _)| format!("{name}.toml"))
        .collect();
    let on_disk: BTreeSet<String> = fs::read_dir(root().join("themes"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .collect();
    assert_eq!(shipped, on_disk);
    for importer in sendesk::import::ALL {
        let ending = importer.kind();
        let samples = root().join("tests/data/import");
        let has = fs::read_dir(&samples).unwrap().any(|entry| {
            entry
                .unwrap()
                .path()
                .extension()
                .is_some_and(|found| found == ending)
        });
        assert!(has, "no sample of {ending} in {}", samples.display());
    }
}

/// Where a release is built neither debug assertions nor the feature are on, so what stands behind this is not there.
#[test]
fn no_release_has_the_selftest_verbs() {
    const GATES: [&str; 2] = [
        "#[cfg(any(debug_assertions, feature = \"selftest\"))]",
        // Tests are built for a release too, by `cargo bench`.
        "#[cfg(any(debug_assertions, test, feature = \"selftest\"))]",
    ];
    let mut gated = 0;
    for path in rust_files(&root().join("src")) {
        let text = fs::read_to_string(&path).unwrap();
        let lines: Vec<&str> = text.lines().map(str::trim).collect();
        for (at, line) in lines.iter().enumerate() {
            // The verbs, and keys that cost nothing.
            let opens = line.contains("mod selftest")
                || line.contains("wants_cheap_keys")
                || line.contains("Selftest(")
                || line.contains("enum Selftest");
            let before = &lines[at.saturating_sub(3)..at];
            assert!(
                !opens || before.iter().any(|line| GATES.contains(line)),
                "{}:{}",
                path.display(),
                at + 1
            );
            gated += usize::from(opens);
        }
    }
    assert!(gated >= 7, "only {gated} places were seen");
    let manifest = fs::read_to_string(root().join("Cargo.toml")).unwrap();
    assert!(!manifest.contains("debug-assertions") && !manifest.contains("default = ["));
}

/// Nothing leaves the machine: no source names a socket, and no dependency that speaks to a network is in the lock file.
#[test]
fn nothing_speaks_to_a_network() {
    const NAMES: [&str; 6] = [
        "std::net",
        "TcpStream",
        "TcpListener",
        "UdpSocket",
        "UnixStream",
        "ToSocketAddrs",
    ];
    const SPEAKERS: [&str; 12] = [
        "reqwest",
        "hyper",
        "ureq",
        "curl",
        "rustls",
        "native-tls",
        "openssl",
        "tokio",
        "socket2",
        "mio-net",
        "h2",
        "quinn",
    ];
    for path in rust_files(&root().join("src")) {
        let text = fs::read_to_string(&path).unwrap();
        for name in NAMES {
            assert!(!text.contains(name), "{}: {name}", path.display());
        }
    }
    let lock = fs::read_to_string(root().join("Cargo.lock")).unwrap();
    for name in SPEAKERS {
        assert!(!lock.contains(&format!("name = \"{name}\"\n")), "{name}");
    }
    assert!(lock.contains("name = \"rusqlite\"\n"));
}
