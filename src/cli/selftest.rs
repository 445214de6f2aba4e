//! `selftest`: what the fault scripts drive. `ack ID` is printed only once a pupil is kept.

use super::access::Access;
use super::args::SelftestVerb;
use super::out::Out;
use super::stop::Stop;
use crate::domain::form::{Kind, Value, Values};

/// What the surname of every pupil written here begins with.
const MARK: &str = "Selftest";

/// Writes pupils, or checks the file and lists them.
pub(super) fn run(access: &Access, verb: &SelftestVerb, out: &mut Out) -> Result<(), Stop> {
    match verb {
        SelftestVerb::Write { count } => write(access, *count, out),
        SelftestVerb::Check => check(access, out),
        SelftestVerb::Panic => crate::tui::desk::show_panic(&access.paths.crash_dir())
            .map(|_| ())
            .map_err(|error| Stop::failed(error.to_string())),
    }
}

fn write(access: &Access, count: u64, out: &mut Out) -> Result<(), Stop> {
    let mut store = access.store()?;
    for number in 1..=count {
        let mut values = Values::new();
        values.insert("surname", Some(Value::Text(format!("{MARK} {number}"))));
        let id = store.step("Selftest", |writer| writer.add(Kind::Pupil, &values))?;
        out.line(&format!("ack p{id}"));
        // An acknowledgement that is not seen is none.
        out.finish()?;
    }
    Ok(())
}

fn check(access: &Access, out: &mut Out) -> Result<(), Stop> {
    let store = access.store()?;
    if let Some(step) = store.verify()? {
        return Err(Stop::failed(format!(
            "The journal is not sound from {step} on."
        )));
    }
    for line in store.all_lines()? {
        out.line(&format!("row {}", line.pupil.id));
    }
    Ok(())
}
