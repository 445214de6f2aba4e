//! Which editor, and how it is told to keep nothing of what it edits.

use super::kept;
use std::ffi::{OsStr, OsString};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

/// An editor that is there.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Chosen {
    /// As the user called it, without folders: for sentences.
    pub(super) name: String,
    /// Where it is.
    pub(super) program: PathBuf,
    /// The user's arguments, then ours; the file's name comes behind.
    pub(super) arguments: Vec<String>,
    /// What it is really, links followed, without version and variant: `vi` is most often `vim`.
    kind: String,
}

impl Chosen {
    /// The editor of `$VISUAL`, else of `$EDITOR`; an empty one counts as not set.
    ///
    /// # Errors
    /// A sentence that says what to do.
    pub(super) fn from_environment(
        variable: impl Fn(&str) -> Option<OsString>,
    ) -> Result<Self, String> {
        let set = |name| {
            variable(name)
                .map(|text| text.to_string_lossy().into_owned())
                .filter(|text| !text.trim().is_empty())
                .map(|text| (name, text))
        };
        let Some((from, text)) = set("VISUAL").or_else(|| set("EDITOR")) else {
            return Err(kept(
                "No editor is set: leave sendesk, set EDITOR (for example: export EDITOR=nano) and start again.",
            ));
        };
        let path = variable("PATH").unwrap_or_default();
        Self::from_words(from, split(&text).unwrap_or_default(), &path)
    }

    /// `words` is empty where they could not be split.
    fn from_words(from: &str, words: Vec<String>, path: &OsStr) -> Result<Self, String> {
        let mut words = words.into_iter();
        let again = format!("mend {from} and start sendesk again.");
        let Some(first) = words.next() else {
            return Err(kept(&format!(
                "{from} has a quote without its end: {again}"
            )));
        };
        let name = stem(Path::new(&first), &[]);
        let Some(program) = find(&first, path) else {
            return Err(kept(&format!(
                "There is no program {name}, which {from} names: {again}"
            )));
        };
        let real = program.canonicalize().unwrap_or_else(|_| program.clone());
        let kinds = [&real, &program].map(|path| stem(path, &['.', '-']));
        if kinds.iter().any(|kind| keeps_copies(kind)) {
            return Err(kept(&format!(
                "{name} keeps copies of what it edits, so it is not used for notes. Set {from} to nano, vim, helix \
                 or emacs and start sendesk again."
            )));
        }
        let known = kinds.iter().find(|kind| !discretion(kind).is_empty());
        let kind = known.unwrap_or(&kinds[0]).clone();
        let ours = discretion(&kind).iter().map(ToString::to_string);
        Ok(Self {
            name,
            program,
            arguments: words.chain(ours).collect(),
            kind,
        })
    }

    /// A variable that keeps this editor's copies in the folder, where it has no option for it: nvi writes its
    /// recovery files to `/var/tmp` (its manual, `recdir` and `NEXINIT`).
    pub(super) fn variable(&self, folder: &Path) -> Option<(&'static str, OsString)> {
        let is_vi = self.kind == "vi" || self.kind == "nvi";
        is_vi.then(|| {
            let folder = folder.display();
            (
                "NEXINIT",
                format!("set recdir={folder} directory={folder}").into(),
            )
        })
    }
}

/// Options that keep an editor from writing the text elsewhere: swap, backup, undo, history and auto-save files.
///
/// * vim, nvim (`:help -n`, `-i`, `--cmd`, `-c`): no swap file, no viminfo or shada; no undo or backup file, no
///   commands out of the text (modelines). Set before the user's own settings are read and again after, because
///   these may turn them on.
/// * gvim, mvim: the same, and they are waited for.
/// * emacs: no backup, auto-save or lock file, no saved undo history.
/// * nano: its settings are not read, because only they turn backups and histories on. Not on macOS, whose nano is
///   pico and does not know the option.
/// * micro: no backup, saved undo, cursor or history (on by itself: backups in `~/.config/micro`).
/// * helix, kakoune, joe, busybox vi and all others: none needed, or none known.
pub(super) fn discretion(kind: &str) -> &'static [&'static str] {
    const SET: &str = "set noundofile nobackup nowritebackup noswapfile nomodeline";
    const VIM: &[&str] = &["-n", "-i", "NONE", "--cmd", SET, "-c", SET];
    const WINDOWED_VIM: &[&str] = &["-f", "-n", "-i", "NONE", "--cmd", SET, "-c", SET];
    const EMACS: &[&str] = &[
        "--eval",
        "(setq make-backup-files nil auto-save-default nil create-lockfiles nil undo-tree-auto-save-history nil)",
    ];
    const MICRO: &[&str] = &[
        "-backup",
        "false",
        "-saveundo",
        "false",
        "-savecursor",
        "false",
        "-savehistory",
        "false",
    ];
    match kind {
        "vim" | "rvim" | "nvim" => VIM,
        "gvim" | "mvim" => WINDOWED_VIM,
        "emacs" => EMACS,
        "nano" | "rnano" if !cfg!(target_os = "macos") => &["--ignorercfiles"],
        "micro" => MICRO,
        _ => &[],
    }
}

/// Editors that keep what they edit in a history or a store of their own, whatever they are told: words about a
/// child would stay on the disk.
fn keeps_copies(kind: &str) -> bool {
    [
        "code", "codium", "vscodium", "cursor", "windsurf", "zed", "zeditor", "subl", "idea",
    ]
    .contains(&kind)
}

/// A program's name without folders, and up to the first of these characters.
fn stem(path: &Path, ends: &[char]) -> String {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    name.split(ends).next().unwrap_or_default().to_owned()
}

/// Where a program is: as a shell would look, but always an absolute path.
fn find(program: &str, path: &OsStr) -> Option<PathBuf> {
    let can_run = |path: &PathBuf| {
        path.metadata()
            .is_ok_and(|found| found.is_file() && found.permissions().mode() & 0o111 != 0)
    };
    if program.contains('/') {
        return std::path::absolute(program).ok().filter(can_run);
    }
    std::env::split_paths(path)
        .filter_map(|folder| std::path::absolute(folder.join(program)).ok())
        .find(can_run)
}

/// A command's words as a shell splits them: at blanks; quotes and the backslash keep them together. Everything
/// else is plain text: no variables, no other commands. None where a quote or a backslash has nothing behind it.
pub(super) fn split(text: &str) -> Option<Vec<String>> {
    let mut words = Vec::new();
    let mut word: Option<String> = None;
    let mut quote = None;
    let mut rest = text.chars();
    while let Some(c) = rest.next() {
        match (c, quote) {
            (c, Some(q)) if c == q => quote = None,
            ('\\', None) => word.get_or_insert_default().push(rest.next()?),
            ('\\', Some('"')) => {
                let next = rest.next()?;
                let word = word.get_or_insert_default();
                if !['"', '\\', '$', '`'].contains(&next) {
                    word.push('\\');
                }
                word.push(next);
            }
            (c, None) if c.is_whitespace() => words.extend(word.take()),
            ('\'' | '"', None) => {
                quote = Some(c);
                word.get_or_insert_default();
            }
            (c, _) => word.get_or_insert_default().push(c),
        }
    }
    words.extend(word);
    quote.is_none().then_some(words)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    #[test]
    fn a_command_is_split_as_a_shell_would_and_nothing_in_it_is_run() {
        for (text, words) in [
            ("vim", &["vim"][..]),
            ("  emacs   -nw\t", &["emacs", "-nw"]),
            ("'/opt/my ed/ed' -x", &["/opt/my ed/ed", "-x"]),
            (r#""a b"'c d'e"#, &["a bc de"]),
            (r"a\ b \\", &["a b", r"\"]),
            (r#"ed "a\"b\n" ''"#, &["ed", r#"a"b\n"#, ""]),
            (
                "ed; rm -r x $(y) `z` $HOME | > *",
                &[
                    "ed;", "rm", "-r", "x", "$(y)", "`z`", "$HOME", "|", ">", "*",
                ],
            ),
        ] {
            assert_eq!(split(text).unwrap(), words, "{text}");
        }
        for broken in ["'vim", "vim \"x", "vim\\", "\"a\\"] {
            assert_eq!(split(broken), None, "{broken}");
        }
    }

    /// A folder with programs that do nothing, and a link.
    fn programs(names: &[&str]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        for name in names {
            let path = folder.path().join(name);
            fs::write(&path, "").unwrap();
            fs::set_permissions(&path, fs::Permissions::from_mode(0o700)).unwrap();
        }
        folder
    }

    fn choose(folder: &Path, visual: Option<&str>, editor: Option<&str>) -> Result<Chosen, String> {
        Chosen::from_environment(|name| match name {
            "VISUAL" => visual.map(OsString::from),
            "EDITOR" => editor.map(OsString::from),
            _ => Some(folder.as_os_str().to_owned()),
        })
    }

    #[test]
    fn visual_comes_before_editor_and_an_empty_one_counts_for_nothing() {
        let folder = programs(&["one", "two"]);
        let name = |visual, editor| {
            choose(folder.path(), visual, editor).map(|chosen| (chosen.name, chosen.arguments))
        };
        let one = |arguments: &[&str]| {
            Ok((
                "one".to_owned(),
                arguments.iter().map(ToString::to_string).collect(),
            ))
        };
        assert_eq!(name(Some("one -w"), Some("two")), one(&["-w"]));
        assert_eq!(name(Some(" "), Some("one")), one(&[]));
        let unset = name(None, Some("")).unwrap_err();
        assert!(unset.starts_with("No editor is set:"), "{unset}");
        let absent = name(Some("three"), None).unwrap_err();
        assert!(
            absent.contains("no program three, which VISUAL names"),
            "{absent}"
        );
        let quote = name(None, Some("'one")).unwrap_err();
        assert!(quote.starts_with("EDITOR has a quote"), "{quote}");
    }

    #[test]
    fn an_editor_is_known_by_what_it_is_behind_its_name() {
        let folder = programs(&[
            "vim.basic",
            "nvi",
            "emacs-29.1",
            "emacsclient",
            "code",
            "own",
            "own.sh",
        ]);
        let link = |from: &str, to: &str| {
            std::os::unix::fs::symlink(folder.path().join(to), folder.path().join(from)).unwrap();
        };
        link("vi", "vim.basic");
        link("ex", "nvi");
        link("nano", "own");
        link("emacs", "emacs-29.1");
        let kind = |name: &str| choose(folder.path(), None, Some(name)).map(|chosen| chosen.kind);
        for (name, expected) in [
            ("vi", "vim"),
            ("ex", "nvi"),
            ("nano", "nano"),
            ("emacs", "emacs"),
            ("emacsclient", "emacsclient"),
            ("own.sh", "own"),
        ] {
            assert_eq!(kind(name).as_deref(), Ok(expected), "{name}");
        }
        let refused = kind("code --wait").unwrap_err();
        assert!(refused.contains("code keeps copies"), "{refused}");
        let vi = choose(folder.path(), None, Some("vi -R")).unwrap();
        assert_eq!(vi.arguments[..4], ["-R", "-n", "-i", "NONE"]);
        assert_eq!(vi.variable(Path::new("/x")), None);
        let nvi = choose(folder.path(), None, Some("nvi")).unwrap();
        let (_, value) = nvi.variable(Path::new("/x")).unwrap();
        assert_eq!(value, "set recdir=/x directory=/x");
    }

    #[test]
    fn only_what_can_be_run_is_a_program() {
        let folder = programs(&["ed"]);
        fs::write(folder.path().join("plain"), "").unwrap();
        fs::create_dir(folder.path().join("dir")).unwrap();
        let path = folder.path().as_os_str();
        let ed = folder.path().join("ed");
        assert_eq!(find("ed", path), Some(ed.clone()));
        assert_eq!(find(&ed.to_string_lossy(), OsStr::new("")), Some(ed));
        assert_eq!(find("plain", path), None);
        assert_eq!(find("dir", path), None);
    }
}
