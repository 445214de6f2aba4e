//! `passphrase` and `recover`: a new passphrase in place of the old one, or of one that is forgotten.

use super::access::{self, Access};
use super::args::{PassphraseArgs, RecoverArgs};
use super::out::Out;
use super::stop::Stop;
use crate::domain::passphrase;
use crate::store::{Desk, Error};
use std::path::Path;
use zeroize::Zeroizing;

/// A new passphrase for who knows the old one.
pub(super) fn run(access: &Access, verb: &PassphraseArgs, out: &mut Out) -> Result<(), Stop> {
    let places = access.places();
    refuse_demo(access)?;
    let old = match access.passphrase_from_file()? {
        Some(passphrase) => passphrase,
        None => access::ask_passphrase("Passphrase now: ")?,
    };
    let new = new_passphrase(verb.new_passphrase_file.as_deref(), out)?;
    Desk::change_passphrase(&places, &old, &new)?;
    out.say("The new passphrase holds from now on. The recovery code and the backup phrase stay as printed.");
    Ok(())
}

/// A new passphrase for who has the printed recovery code.
pub(super) fn recover(access: &Access, verb: &RecoverArgs, out: &mut Out) -> Result<(), Stop> {
    let places = access.places();
    refuse_demo(access)?;
    let code = match &verb.code_file {
        Some(path) => access::read_passphrase(path)?,
        None => access::ask_passphrase("Recovery code: ")?,
    };
    let new = new_passphrase(verb.new_passphrase_file.as_deref(), out)?;
    Desk::recover(&places, &code, &new)?;
    out.say(
        "The new passphrase holds from now on. The recovery code stays good: keep it where it was.",
    );
    Ok(())
}

/// Told before anything is asked.
fn refuse_demo(access: &Access) -> Result<(), Stop> {
    if Desk::is_demo(&access.places())? {
        return Err(Error::NoPassphrase.into());
    }
    Ok(())
}

/// A new passphrase from a file, or typed twice.
pub(super) fn new_passphrase(
    file: Option<&Path>,
    out: &mut Out,
) -> Result<Zeroizing<String>, Stop> {
    let new = match file {
        Some(path) => from_file(path, out)?,
        None => typed_twice()?,
    };
    settle_blanks(&new, file, out)?;
    Ok(new)
}

fn from_file(path: &Path, out: &mut Out) -> Result<Zeroizing<String>, Stop> {
    let line = access::read_line(path)?;
    if line.cut {
        return Err(Stop::failed(passphrase::Unfit::Long.to_string()));
    }
    check(&line.text)?;
    if line.more {
        let path = path.display();
        out.say(&format!(
            "{path} goes on behind its first line: that line alone is the passphrase."
        ));
    }
    Ok(line.text)
}

fn typed_twice() -> Result<Zeroizing<String>, Stop> {
    let first = access::ask_passphrase("New passphrase: ")?;
    check(&first)?;
    let again = access::ask_passphrase("The same again: ")?;
    if passphrase::made(&first) == passphrase::made(&again) {
        Ok(first)
    } else {
        Err(Stop::failed(
            "The two are not the same; nothing was done. Start again.",
        ))
    }
}

/// Refuses one that is too short to hold, or that could not be typed.
fn check(new: &str) -> Result<(), Stop> {
    passphrase::check(new).map_err(|unfit| Stop::failed(unfit.to_string()))
}

/// A blank at an end is asked about, or told where nobody can be asked: it is a part of the passphrase and nobody sees it.
fn settle_blanks(new: &str, file: Option<&Path>, out: &mut Out) -> Result<(), Stop> {
    const SEEN: &str = "The new passphrase begins or ends with a blank, which is a part of it";
    if !passphrase::has_blank_ends(new) {
        return Ok(());
    }
    if !access::can_ask() {
        out.say(&format!(
            "{SEEN}: typed without the blank it opens nothing."
        ));
        return Ok(());
    }
    if access::agrees(out, &format!("{SEEN}. Keep the blank? (y/N) ")) {
        return Ok(());
    }
    Err(Stop::failed(match file {
        Some(path) => format!(
            "Nothing was done. Take the blank out of {}, then start again.",
            path.display()
        ),
        None => "Nothing was done. Start again, and type it without the blank.".to_owned(),
    }))
}
