//! `passphrase` and `recover`: a new passphrase in place of the old one, or of one that is forgotten.

use super::access::{self, Access};
use super::args::{PassphraseArgs, RecoverArgs};
use super::init;
use super::out::Out;
use super::stop::Stop;
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
    let new = new_passphrase(verb.new_passphrase_file.as_deref())?;
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
    let new = new_passphrase(verb.new_passphrase_file.as_deref())?;
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
pub(super) fn new_passphrase(file: Option<&Path>) -> Result<Zeroizing<String>, Stop> {
    let Some(path) = file else {
        return init::ask_twice();
    };
    let new = access::read_passphrase(path)?;
    init::check(&new)?;
    Ok(new)
}
