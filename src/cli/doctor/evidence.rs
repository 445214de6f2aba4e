//! What a data protection officer asks for: where the data is, how it is locked, who opened it when, and all that `doctor`
//! finds. No child is named.

use super::Finding;
use crate::cli::access::Access;
use crate::cli::backup::from_the_future;
use crate::cli::out::Out;
use crate::cli::stop::Stop;
use crate::domain::date;
use crate::domain::step::StepKind;
use crate::store::{Desk, Listed};
use crate::sys;

/// Steps of the history that are told one by one.
const TOLD: usize = 20;

/// Prints it, and every finding at its end; changes nothing.
pub(super) fn print(
    access: &Access,
    desk: &Desk,
    findings: &[Finding],
    out: &mut Out,
) -> Result<(), Stop> {
    let places = access.places();
    out.line("What is kept, and how");
    out.line(&format!("  Folder       {}", places.data.display()));
    out.line("  Files        one SQLCipher 4 file per school (AES-256, HMAC-SHA512 over every page), each under its own");
    out.line("               random 256-bit key; the keys lie in desk.db, which is encrypted the same way");
    out.line(&format!("  Passphrase   {}", desk.lock_told()?));
    out.line("  Network      none: the program has no network code");
    out.line(&format!(
        "  Locks itself after {} minutes without a key",
        crate::config::Config::load(&access.paths).idle_minutes
    ));
    for entry in desk.schools()? {
        out.line("");
        out.line(&format!("{} ({})", entry.school.name, entry.school.code));
        let code = &entry.school.code;
        let sound = !findings.iter().any(|one| one.is_fault_of(code));
        if let Err(stop) = school(desk, code, sound, out) {
            out.line(&format!(
                "  NOT READ     {}",
                stop.text().unwrap_or_default()
            ));
        }
    }
    for (school, day) in desk.detached_schools()? {
        out.line("");
        out.line(&format!(
            "{} ({}): taken off this desk on {}; its file lies here still",
            school.name,
            school.code,
            date::short(day)
        ));
    }
    out.line("");
    out.line("What was found");
    super::tell(findings, out);
    Ok(())
}

fn school(desk: &Desk, code: &str, sound: bool, out: &mut Out) -> Result<(), Stop> {
    let sound = if sound {
        "sound: shape, pages, references, indexes, every record against the history, journal"
    } else {
        "NOT SOUND: see what was found, below"
    };
    let store = desk.open_school(code)?;
    out.line(&format!("  Checked      {sound}"));
    out.line(&format!("  Pupils       {}", store.on_file()?.len()));
    out.line(&format!("  Entries      {}", store.diary(None)?.len()));
    let backups = desk.backups(code)?;
    let newest = Listed::newest(&backups).map(|one| one.made.format("%d/%m/%Y %H:%M").to_string());
    out.line(&format!(
        "  Backups      {}, the newest of {}",
        backups.len(),
        newest.unwrap_or_else(|| "never".to_owned())
    ));
    if let Some(ahead) = from_the_future(Listed::count_ahead(&backups)) {
        out.line(&format!("               {ahead}"));
    }
    let steps = store.history(None, usize::MAX >> 1)?;
    out.line(&format!(
        "  History      {} steps; opened, copied, restored or refused:",
        steps.len()
    ));
    let seen = steps.iter().filter(|step| step.kind == StepKind::Access);
    for step in seen.take(TOLD) {
        let at = sys::clock::local(step.at);
        out.line(&format!(
            "    {} {}  {}, {}",
            date::short(at.date()),
            at.format("%H:%M"),
            step.author,
            step.label
        ));
    }
    Ok(())
}
