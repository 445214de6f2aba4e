//! Reads configuration files warily: a size limit, nobody else's pen, faults told with their line.

use super::ThemeText;
use std::fs;
use std::io::{ErrorKind, Read};
use std::path::Path;

/// Largest file that is read, in bytes.
const MOST: u64 = 1024 * 1024;

/// The text of a file; none when there is none or it is not to be trusted, which is told.
pub(super) fn read(path: &Path, warnings: &mut Vec<String>) -> Option<String> {
    let mut warn = |text: &str| {
        warnings.push(format!("{} is ignored: {text}", path.display()));
        None
    };
    let cannot = |fault: &std::io::Error| format!("it cannot be read ({fault}).");
    let file = match open(path) {
        Ok(file) => file,
        Err(fault) if fault.kind() == ErrorKind::NotFound => return None,
        Err(_) if fs::metadata(path).is_ok_and(|about| !about.is_file()) => {
            return warn("it is no file.");
        }
        Err(fault) => return warn(&cannot(&fault)),
    };
    let about = match file.metadata() {
        Ok(about) if about.is_file() => about,
        Ok(_) => return warn("it is no file."),
        Err(fault) => return warn(&cannot(&fault)),
    };
    if others_can_write(&about) {
        return warn(
            "every user of this machine may change it. Take that right away with chmod o-w.",
        );
    }
    let mut bytes = Vec::new();
    match file.take(MOST + 1).read_to_end(&mut bytes) {
        Err(fault) => return warn(&cannot(&fault)),
        Ok(_) if bytes.len() as u64 > MOST => return warn("it is larger than 1 MiB."),
        Ok(_) => {}
    }
    match String::from_utf8(bytes) {
        Ok(text) => Some(text.trim_start_matches('\u{feff}').to_owned()),
        Err(_) => warn("it is not UTF-8 text."),
    }
}

/// Opens a file without waiting: a pipe in its place would hold the program up for ever.
fn open(path: &Path) -> std::io::Result<fs::File> {
    let mut options = fs::File::options();
    options.read(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.custom_flags(rustix::fs::OFlags::NONBLOCK.bits().cast_signed());
    }
    options.open(path)
}

#[cfg(unix)]
fn others_can_write(about: &fs::Metadata) -> bool {
    use std::os::unix::fs::MetadataExt;
    about.mode() & 0o002 != 0
}

#[cfg(not(unix))]
fn others_can_write(_: &fs::Metadata) -> bool {
    false
}

/// The user's theme files, by name.
pub(super) fn read_themes(folder: &Path, warnings: &mut Vec<String>) -> Vec<ThemeText> {
    let Ok(entries) = fs::read_dir(folder) else {
        return Vec::new();
    };
    let mut themes: Vec<ThemeText> = entries
        .filter_map(|entry| entry.ok().map(|entry| entry.path()))
        .filter(|path| path.extension().is_some_and(|ending| ending == "toml"))
        .filter_map(|path| {
            let name = path.file_stem()?.to_str()?.to_owned();
            read(&path, warnings).map(|text| ThemeText { name, text })
        })
        .collect();
    themes.sort_by(|one, other| one.name.cmp(&other.name));
    themes
}

/// The line, counted from 1, that a byte of the text is on.
pub(super) fn line_of(text: &str, at: usize) -> usize {
    let before = text.as_bytes().get(..at).unwrap_or(text.as_bytes());
    before.split(|byte| *byte == b'\n').count()
}

/// A file that is not TOML, with the line where reading stopped.
pub(super) fn not_toml(path: &Path, text: &str, fault: &toml::de::Error) -> String {
    let line = fault.span().map_or(1, |span| line_of(text, span.start));
    let why = fault.message().replace('\n', ", ");
    format!(
        "{}, line {line}: this is not TOML ({why}); the whole file is ignored.",
        path.display()
    )
}
