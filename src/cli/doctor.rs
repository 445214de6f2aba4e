//! `doctor`: is everything sound? Each finding with what is wrong, what it means and what to do.

mod clock;
mod evidence;
mod finding;
pub(super) mod shared;

use super::access::Access;
use super::args::DoctorArgs;
use super::out::Out;
use super::stop::Stop;
use crate::config::Config;
use crate::domain::school::OWN;
use crate::store::{Desk, Error, Listed, Misshapen, PART, Store};
use crate::tui::ability::{self, Wish};
use crate::ui::theme::Depth;
use chrono::NaiveDate;
use finding::Finding;
use serde::Serialize;
use std::path::{Path, PathBuf};

/// How old the newest backup of a changed school may be before it is found, in days.
const OLD: i64 = 7;

/// Endings of what a restore set aside.
const ASIDE: &str = ".aside-";

#[derive(Serialize)]
struct DoctorJson<'a> {
    sound: bool,
    findings: &'a [Finding],
}

/// Looks at everything; repairs only what can lose nothing, and only when asked.
pub(super) fn run(access: &Access, verb: &DoctorArgs, out: &mut Out) -> Result<(), Stop> {
    let desk = access.desk()?;
    let findings = examine(access, &desk, verb.repair)?;
    let sound = findings.iter().all(|one| !one.is_open());
    if verb.evidence {
        evidence::print(access, &desk, &findings, out)?;
    } else if out.json {
        out.value(&DoctorJson {
            sound,
            findings: &findings,
        });
    } else {
        tell(&findings, out);
    }
    if sound { Ok(()) } else { Err(Stop::Told) }
}

/// Each finding; and where nothing has to be mended, that.
fn tell(findings: &[Finding], out: &mut Out) {
    for finding in findings {
        finding.print(out);
    }
    if findings.iter().all(|one| !one.is_open()) {
        out.line("Sound: every file opens, holds together, is what its history says and has its journal whole.");
    }
}

/// Everything there is to find: the one list that is told, also as evidence.
fn examine(access: &Access, desk: &Desk, repair: bool) -> Result<Vec<Finding>, Stop> {
    let mut findings = files(access, repair);
    findings.extend(unknown(desk)?);
    for entry in desk.schools()? {
        let code = &entry.school.code;
        let opened = desk.open_school(code).map_err(Stop::from);
        match opened.and_then(|mut store| school(desk, &mut store, repair)) {
            Ok(found) => findings.extend(found),
            Err(stop) => findings.push(
                Finding::fault(
                    stop.text().unwrap_or_default().to_owned(),
                    "This school cannot be worked on.",
                    "Put its newest backup back: sendesk restore FILE. The damaged file is kept.",
                )
                .of(code),
            ),
        }
    }
    let (own, detached) = (own(desk), desk.detached_schools());
    // Last of all: where a page is damaged nothing more is read by the same connection.
    let detached = if desk.is_whole() {
        findings.extend(own?.into_iter().map(|finding| finding.of(OWN)));
        findings.extend(desk.misshapen()?.iter().map(shape_of_desk));
        detached?
    } else {
        findings.push(Finding::fault(
            "desk.db, the desk's own file, is damaged.".to_owned(),
            "The list of schools, or your own settings and tasks, cannot be read whole.",
            "Keep the folder as it is. Make a desk in another one (SENDESK_HOME) and put the newest backup of each \
             school, and of your own tasks, back there: sendesk restore FILE --phrase-file PATH.",
        ));
        detached.unwrap_or_default()
    };
    for (school, day) in detached {
        let finding = Finding::note(
            format!(
                "It was taken off this desk on {}; its file lies here still.",
                crate::domain::date::short(day)
            ),
            "Nobody works on it here, and it is neither checked nor backed up.",
            "sendesk school attach CODE brings it back; sendesk school detach CODE --erase removes it.",
        );
        findings.push(finding.of(&school.code));
    }
    findings.extend(looks(access));
    Ok(findings)
}

/// Something in the desk's own file that no sendesk made.
fn shape_of_desk(odd: &Misshapen) -> Finding {
    Finding::fault(
        format!("desk.db, the desk's own file, is not built as sendesk builds it: {odd}."),
        "It was changed outside the program; what was added may change what is kept of schools and keys.",
        "Keep the folder as it is. Make a desk in another one (SENDESK_HOME) and put the newest backup of each school, and \
         of your own tasks, back there: sendesk restore FILE --phrase-file PATH.",
    )
}

/// The folder, who may read what is in it, and what unfinished work left there.
fn files(access: &Access, repair: bool) -> Vec<Finding> {
    let places = access.places();
    let mut found = Vec::new();
    if let Some(why) = places.away() {
        found.push(Finding::fault(
            format!("The desk lies in {why}."),
            "A database in use does not survive that, and the files leave this machine.",
            "Close sendesk, move the folder to this machine, and name it in SENDESK_HOME.",
        ));
    }
    found.extend(places.shared().iter().map(shared::finding));
    for path in below(&places.data) {
        let shown = path.display();
        if crate::sys::file::others_can_read(&path).unwrap_or_default() {
            let mended = repair && crate::sys::file::make_private(&path).is_ok();
            let finding = Finding::fault(
                format!("{shown} can be read by other users of this machine."),
                "It is encrypted all the same; but nobody else needs it.",
                "sendesk doctor --repair takes that right away.",
            );
            found.push(finding.repaired(mended));
        }
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let unfinished = [".new", ".half", PART]
            .iter()
            .find_map(|end| name.split_once(end));
        if let Some((real, _)) = unfinished
            && (!name.contains(".new") || path.with_file_name(real).exists())
        {
            let mended = repair && remove_unfinished(access, real, &path);
            let finding = Finding::note(
                format!("{shown} was left when something was made and did not end."),
                "What it was to become is there; this is of no use.",
                "sendesk doctor --repair removes it.",
            );
            found.push(finding.repaired(mended));
        } else if name.ends_with(".kept") {
            found.push(Finding::note(
                format!("{shown} holds words that were being typed when a school's file was gone."),
                "They are sealed, and come back as drafts when that school is opened; these could not be taken in yet.",
                "Open the school. If this stays, its file is not the one the words were typed for: put that one back.",
            ));
        } else if name.contains(ASIDE) {
            found.push(Finding::note(
                format!("{shown} was set aside by a restore."),
                "It holds children's data, encrypted, as it was before.",
                "Remove it once you are sure that nothing in it is missed.",
            ));
        }
    }
    found
}

/// Removes what unfinished work left. Keys that another is writing just now are waited for.
fn remove_unfinished(access: &Access, real: &str, path: &Path) -> bool {
    if matches!(real, "desk.keys" | "desk.tries") {
        return Desk::remove_unfinished_keys(&access.places()).is_ok() && !path.exists();
    }
    // A school's file that is being made just now is somebody's work.
    let is_school = path
        .parent()
        .is_some_and(|folder| folder.ends_with("schools"));
    let _alone = if is_school {
        let lock = path.with_file_name(real).with_extension("lock");
        match crate::sys::lock::alone(&lock, std::time::Duration::ZERO) {
            Ok(Some(held)) => Some(held),
            _ => return false,
        }
    } else {
        None
    };
    std::fs::remove_file(path).is_ok()
}

/// Every file and folder of the desk.
fn below(folder: &Path) -> Vec<PathBuf> {
    let mut found = vec![folder.to_owned()];
    let mut at = 0;
    while let Some(path) = found.get(at).cloned() {
        at += 1;
        if let Ok(entries) = std::fs::read_dir(&path) {
            found.extend(entries.filter_map(|entry| Some(entry.ok()?.path())));
        }
    }
    found.sort();
    found
}

/// One school: its file against itself, and its backups.
fn school(desk: &Desk, store: &mut Store, repair: bool) -> Result<Vec<Finding>, Stop> {
    let code = store.code().to_owned();
    let mut found = Vec::new();
    for unsound in store.check()? {
        let (finding, mends) = Finding::unsound(&unsound);
        let mended = repair && mends && store.index_words_anew().is_ok();
        found.push(finding.of(&code).repaired(mended));
    }
    if let Some(day) = desk.handed_over(&code)? {
        let finding = Finding::note(
            format!("It was handed over on {}.", crate::domain::date::short(day)),
            "Another desk works on it; here it can only be read.",
            "If that is not so: sendesk school take-back CODE.",
        );
        found.push(finding.of(&code));
    } else if store.is_read_only() {
        let finding = Finding::note(
            "The file can only be read.".to_owned(),
            "Nothing can be entered.",
            "Check the rights of the file and of its folder, and the room on its disk.",
        );
        found.push(finding.of(&code));
    }
    found.extend(clock::history(store)?.map(|finding| finding.of(&code)));
    found.extend(heads(desk, store)?.map(|finding| finding.of(&code)));
    if !desk.is_demo_desk() {
        found.extend(backups(desk, store)?.map(|finding| finding.of(&code)));
        let ahead = clock::backups(&desk.backups(&code)?);
        found.extend(ahead.map(|finding| finding.of(&code)));
    }
    Ok(found)
}

/// The file held against what the desk remembers of it.
fn heads(desk: &Desk, store: &Store) -> Result<Option<Finding>, Stop> {
    if let Some(behind) = store.behind() {
        return Ok(Some(Finding::fault(
            behind.told(),
            "What was entered between the two is not in this file.",
            "Restore the newest backup, or leave the desk with q once this is the file you mean.",
        )));
    }
    Ok(desk.unseen_backup(store)?.map(|step| {
        Finding::note(
            format!("A backup was made at step {step}, of which the desk's own file knows nothing."),
            "desk.db is older than this school's file, or was cut off while the backup was made: schools, days and own \
             tasks may be missing.",
            "If desk.db was put back, put the newer one in its place; else make a backup, and this ends.",
        )
    }))
}

/// What lies among the schools' files and belongs to none on the list.
fn unknown(desk: &Desk) -> Result<Vec<Finding>, Stop> {
    let names = desk.unknown_schools()?.into_iter();
    let told = names.map(|name| {
        Finding::fault(
            format!("{name} lies among the schools' files and is no school of this desk."),
            "Its key is in another desk.db, a newer one most likely: without that nobody opens it.",
            "Put the newer desk.db back, or restore the school from a backup; remove the file if it is nobody's.",
        )
    });
    Ok(told.collect())
}

/// What helps where backups are missing.
const MAKE: &str = "Make one: sendesk backup --all, or leave the desk with q.";

fn none(all: &[Listed]) -> Finding {
    let but = match all {
        [] => "",
        _ => " but those named from the future",
    };
    Finding::fault(
        format!("There is no backup{but}."),
        "If this machine is lost, so is everything.",
        MAKE,
    )
}

fn not_to_be_put_back(error: &Error) -> Finding {
    Finding::fault(
        format!("The newest backup cannot be put back: {error}"),
        "It would be found out when it is needed.",
        MAKE,
    )
}

/// A newest backup of this day, where something was changed since.
fn old(made: NaiveDate, is_changed: bool) -> Option<Finding> {
    let days = (crate::sys::clock::today() - made).num_days();
    (days > OLD && is_changed).then(|| {
        Finding::fault(
            format!("The newest backup is {days} days old, and something was changed since."),
            "That much would be lost with this machine.",
            MAKE,
        )
    })
}

/// The backups of the user's own tasks, where there are any tasks.
fn own(desk: &Desk) -> Result<Vec<Finding>, Stop> {
    if desk.is_demo_desk() {
        return Ok(Vec::new());
    }
    let is_changed = !desk.is_own_backed_up()?;
    let is_needed = desk.own().has_tasks()?;
    let all = desk.own_backups()?;
    let found = match Listed::newest(&all) {
        None => is_needed.then(|| none(&all)),
        Some(newest) => match desk.open_own_backup(&newest.path, None) {
            Err(error) => Some(not_to_be_put_back(&error)),
            Ok(_) => old(newest.made.date(), is_changed),
        },
    };
    Ok(found.into_iter().chain(clock::backups(&all)).collect())
}

fn backups(desk: &Desk, store: &Store) -> Result<Option<Finding>, Stop> {
    let all = desk.backups(store.code())?;
    let Some(newest) = Listed::newest(&all) else {
        return Ok(Some(none(&all)));
    };
    let manifest = match desk.open_backup(&newest.path, None) {
        Ok((copied, _)) => copied.manifest,
        Err(error) => return Ok(Some(not_to_be_put_back(&error))),
    };
    if store.hash_of(manifest.head)?.as_ref() != Some(&manifest.head_hash) {
        return Ok(Some(Finding::fault(
            format!(
                "The history is not the one the newest backup holds: step {} is another, or gone.",
                manifest.head
            ),
            "It was cut short or written anew outside the program since that backup.",
            "Keep the file as it is, tell your data protection officer, and put the backup back.",
        )));
    }
    Ok(old(newest.made.date(), !desk.is_backed_up(store)?))
}

/// The terminal and the user's own settings.
fn looks(access: &Access) -> Vec<Finding> {
    let config = Config::load(&access.paths);
    let variable = |name: &str| std::env::var(name).ok();
    let (_, told) = super::theme::named(&config, &super::theme::settled(&config.theme, &variable));
    let faults = config.warnings.iter().cloned();
    let mut found: Vec<Finding> = faults
        .chain(told.iter().map(ToString::to_string))
        .map(|text| Finding::note(text, "The rest of it works.", "Mend the line it names."))
        .collect();
    if config.idle_minutes == 0 {
        found.push(Finding::note(
            "The desk does not lock by itself.".to_owned(),
            "Who finds the machine unattended reads everything.",
            "Set idle_minutes = 5 in config.toml.",
        ));
    }
    if ability::depth(Wish::Auto, &variable) == Depth::Mono {
        found.push(Finding::note(
            "The terminal shows no colour.".to_owned(),
            "Every sign has its word as well: nothing is missing.",
            "Set TERM to what the terminal is, as xterm-256color, or unset NO_COLOR.",
        ));
    }
    found
}
