//! Standard input, read whole and no further than it makes sense.

use super::stop::Stop;
use std::io::Read;

/// Most that is read, in bytes.
const MOST: u64 = 1024 * 1024;

/// All of standard input as text, without a byte order mark; `None` when there is more than 1 MiB of it.
pub(super) fn whole() -> Result<Option<String>, Stop> {
    let mut typed = Vec::new();
    let unread =
        |why: String| Stop::failed(format!("Standard input could not be read as text ({why})."));
    let input = std::io::stdin().lock();
    let read = input
        .take(MOST + 1)
        .read_to_end(&mut typed)
        .map_err(|fault| unread(fault.to_string()))?;
    if read as u64 > MOST {
        return Ok(None);
    }
    let text = String::from_utf8(typed).map_err(|fault| unread(fault.utf8_error().to_string()))?;
    Ok(Some(text.trim_start_matches('\u{feff}').to_owned()))
}

/// One line of standard input, no longer than that; `None` at its end.
pub(super) fn line() -> Result<Option<String>, Stop> {
    use std::io::BufRead;
    let mut typed = String::new();
    match std::io::stdin().lock().take(MOST).read_line(&mut typed) {
        Ok(0) => Ok(None),
        Ok(_) => Ok(Some(typed)),
        Err(fault) => Err(Stop::failed(format!(
            "What was typed could not be read as text ({fault})."
        ))),
    }
}
