//! Reading what a user named, and what others may have put in the place of a file of ours: a regular file, of no more than
//! a known size. Anything else would be waited for without end, or never ends.

use std::fs::{File, Metadata};
use std::io::{self, ErrorKind, Read};
use std::path::Path;

/// Opens a file to be read, without waiting for what is none.
///
/// # Errors
/// What the system refuses; `ErrorKind::IsADirectory` for a folder, and `ErrorKind::InvalidInput`, with what it is, for a
/// pipe, a device or a socket.
pub fn open_regular(path: &Path) -> io::Result<(File, Metadata)> {
    let mut options = File::options();
    options.read(true);
    #[cfg(unix)]
    {
        use rustix::fs::OFlags;
        use std::os::unix::fs::OpenOptionsExt;
        // A pipe opens at once, a terminal does not become ours.
        let flags = OFlags::NONBLOCK.union(OFlags::NOCTTY);
        options.custom_flags(flags.bits().cast_signed());
    }
    let opened = options.open(path);
    // What is open is asked, not the path: another file may stand there by now. A socket does not open at all.
    let about = match &opened {
        Ok(file) => file.metadata()?,
        Err(_) => match std::fs::metadata(path) {
            Ok(about) if !about.is_file() && !about.is_dir() => about,
            _ => return Err(opened.err().unwrap_or_else(|| ErrorKind::Other.into())),
        },
    };
    if about.is_file() {
        return opened.map(|file| (file, about));
    }
    let kind = if about.is_dir() {
        ErrorKind::IsADirectory
    } else {
        ErrorKind::InvalidInput
    };
    Err(io::Error::new(
        kind,
        format!("it is {}, not a file", what(&about)),
    ))
}

fn what(about: &Metadata) -> &'static str {
    if about.is_dir() {
        return "a folder";
    }
    #[cfg(unix)]
    {
        use std::os::unix::fs::FileTypeExt;
        let kind = about.file_type();
        if kind.is_fifo() {
            return "a pipe";
        }
        if kind.is_socket() {
            return "a socket";
        }
    }
    "a device"
}

/// All of a file, of at most that many bytes.
///
/// # Errors
/// As [`open_regular`]; `ErrorKind::FileTooLarge`, with the limit.
pub fn at_most(path: &Path, most: u64) -> io::Result<Vec<u8>> {
    let (file, _) = open_regular(path)?;
    let mut bytes = Vec::new();
    file.take(most + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > most {
        let text = format!("it is larger than {} kB", most / 1024);
        return Err(io::Error::new(ErrorKind::FileTooLarge, text));
    }
    Ok(bytes)
}

/// The same of text.
///
/// # Errors
/// As [`at_most`]; `ErrorKind::InvalidData` for what is not UTF-8.
pub fn text(path: &Path, most: u64) -> io::Result<String> {
    String::from_utf8(at_most(path, most)?)
        .map_err(|_| io::Error::new(ErrorKind::InvalidData, "it is not UTF-8 text"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_read_up_to_its_limit() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("list");
        std::fs::write(&path, "12345").unwrap();
        assert_eq!(at_most(&path, 5).unwrap(), b"12345");
        let error = at_most(&path, 4).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::FileTooLarge);
        assert_eq!(text(&path, 5).unwrap(), "12345");
        std::fs::write(&path, [0xff]).unwrap();
        assert_eq!(text(&path, 5).unwrap_err().kind(), ErrorKind::InvalidData);
        let absent = open_regular(&folder.path().join("absent")).unwrap_err();
        assert_eq!(absent.kind(), ErrorKind::NotFound);
    }

    #[cfg(unix)]
    #[test]
    fn what_is_no_file_is_told_by_what_it_is_and_never_waited_for() {
        let folder = tempfile::tempdir().unwrap();
        let pipe = folder.path().join("pipe");
        let mode = rustix::fs::Mode::RUSR;
        rustix::fs::mknodat(rustix::fs::CWD, &pipe, rustix::fs::FileType::Fifo, mode, 0).unwrap();
        let link = folder.path().join("link");
        std::os::unix::fs::symlink(&pipe, &link).unwrap();
        let socket = folder.path().join("socket");
        let _listening = std::os::unix::net::UnixListener::bind(&socket).unwrap();
        for (path, told) in [
            (pipe.as_path(), "it is a pipe, not a file"),
            (&link, "it is a pipe, not a file"),
            (&socket, "it is a socket, not a file"),
            (Path::new("/dev/zero"), "it is a device, not a file"),
            (folder.path(), "it is a folder, not a file"),
        ] {
            assert_eq!(open_regular(path).unwrap_err().to_string(), told);
        }
    }
}
