//! `backup` and `restore`: self-contained encrypted copies of a school's file, and the way back.

use super::access::{self, Access};
use super::args::{BackupArgs, RestoreArgs};
use super::out::Out;
use super::stop::Stop;
use crate::domain::date;
use crate::domain::school::OWN;
use crate::domain::step::Step;
use crate::store::{BackedUp, Desk, Error, OwnCopy, Rehearsal, Thinned};
use crate::sys;
use chrono::{DateTime, Utc};
use serde::Serialize;
use std::path::{Path, PathBuf};

#[derive(Serialize)]
struct BackupJson {
    school: String,
    file: PathBuf,
    made_at: String,
    /// The newest step it holds; null of the user's own tasks.
    steps: Option<i64>,
    removed: usize,
    /// Backups named from the future, which are kept.
    ahead: usize,
    /// Backups that hold what the school's own file does not, and are kept.
    beyond: usize,
}

#[derive(Serialize)]
struct RestoreJson {
    school: String,
    made_at: String,
    /// Steps of the present file that the backup does not hold; null where the file could not be read. Of the user's own
    /// tasks, how many are not as the backup has them.
    lost_steps: Option<usize>,
    /// Steps of the backup that the present file does not hold.
    gained_steps: usize,
    drafts: usize,
    /// Where the present file was put, when there was one.
    aside: Option<PathBuf>,
}

/// Makes a backup of the school meant, or of all.
pub(super) fn run(access: &Access, verb: &BackupArgs, out: &mut Out) -> Result<(), Stop> {
    let desk = access.desk()?;
    let codes = if access.globals.all {
        if verb.out.is_some() {
            return Err(Stop::usage(
                "--out names one file: leave it out with --all, or name one school.",
            ));
        }
        let schools = desk.schools()?;
        schools.into_iter().map(|entry| entry.school.code).collect()
    } else if access.is_own() {
        Vec::new()
    } else {
        vec![access::meant(&desk, access.globals.school.as_deref())?]
    };
    let mut made = Vec::new();
    let mut failed = Vec::new();
    for code in codes {
        let told = match desk.back_up(&code, verb.out.as_deref()) {
            Ok(told) => told,
            // The others are backed up all the same.
            Err(error) if access.globals.all => {
                failed.push(format!("{code} was not backed up: {error}"));
                continue;
            }
            Err(error) => return Err(error.into()),
        };
        if !out.json {
            out.line(&told.path.display().to_string());
            out.say(&sentence(&code, told.thinned));
        }
        made.push(json(code, told));
    }
    if access.is_own() || (access.globals.all && !desk.is_own_backed_up().unwrap_or_default()) {
        match back_up_own(&desk, verb, out) {
            Ok(told) => made.push(told),
            // The schools are backed up all the same.
            Err(error) if access.globals.all => {
                failed.push(format!("Your own tasks were not backed up: {error}"));
            }
            Err(error) => return Err(error.into()),
        }
    }
    match (out.json, access.globals.all) {
        (true, true) => out.value(&made),
        (true, false) => out.value(&made.first()),
        _ => {}
    }
    if failed.is_empty() {
        Ok(())
    } else {
        Err(Stop::failed(failed.join("\n")))
    }
}

fn back_up_own(desk: &Desk, verb: &BackupArgs, out: &mut Out) -> Result<BackupJson, Error> {
    let (file, thinned) = desk.back_up_own(verb.out.as_deref())?;
    if !out.json {
        out.line(&file.display().to_string());
        out.say(&sentence(OWN, thinned));
    }
    Ok(BackupJson {
        school: OWN.to_owned(),
        file,
        made_at: sys::clock::utc_now().to_rfc3339(),
        steps: None,
        removed: thinned.removed,
        ahead: thinned.ahead,
        beyond: thinned.beyond,
    })
}

fn sentence(code: &str, thinned: Thinned) -> String {
    let old = match thinned.removed {
        0 => String::new(),
        1 => " One older backup was removed.".to_owned(),
        many => format!(" {many} older backups were removed."),
    };
    let ahead = match from_the_future(thinned.ahead) {
        None => String::new(),
        Some(ahead) => format!(" {ahead}: check this machine's date and time."),
    };
    let beyond = match thinned.beyond {
        0 => String::new(),
        1 => " 1 backup holds what this file does not, and is kept: sendesk doctor tells more."
            .to_owned(),
        many => format!(
            " {many} backups hold what this file does not, and are kept: sendesk doctor tells more."
        ),
    };
    format!(
        "{code}: backed up, opened again and compared. It opens with the backup phrase.{old}{ahead}{beyond}"
    )
}

/// Said where backups are told of and some are named from the future.
pub(super) fn from_the_future(count: usize) -> Option<String> {
    match count {
        0 => None,
        1 => Some("1 backup is named from the future and is kept".to_owned()),
        many => Some(format!(
            "{many} backups are named from the future and are kept"
        )),
    }
}

fn json(school: String, made: BackedUp) -> BackupJson {
    BackupJson {
        school,
        file: made.path,
        made_at: made.manifest.made_at.to_rfc3339(),
        steps: Some(made.manifest.head.0),
        removed: made.thinned.removed,
        ahead: made.thinned.ahead,
        beyond: made.thinned.beyond,
    }
}

/// Shows what a restore would take away, asks, and puts the backup back.
pub(super) fn restore(access: &Access, verb: &RestoreArgs, out: &mut Out) -> Result<(), Stop> {
    let mut desk = access.desk()?;
    let rehearsal = match rehearse(&desk, verb)? {
        Opened::School(rehearsal) => rehearsal,
        Opened::Own(copy) => {
            refuse_other(access, OWN)?;
            return restore_own(&desk, verb, &copy, out);
        }
    };
    refuse_other(access, &rehearsal.copied.manifest.school.code)?;
    for line in outline(&rehearsal) {
        out.say(&line);
    }
    if verb.dry_run {
        told(out, &rehearsal, None);
        return Ok(());
    }
    agree(verb, out)?;
    let aside = desk.restore(&rehearsal)?;
    let code = &rehearsal.copied.manifest.school.code;
    out.say(&match &aside {
        Some(aside) => format!(
            "{code}: restored. The file as it was lies in {}.",
            aside.display()
        ),
        None => format!("{code}: restored."),
    });
    told(out, &rehearsal, aside);
    Ok(())
}

/// Refuses a backup of another school than the one named.
fn refuse_other(access: &Access, of: &str) -> Result<(), Stop> {
    match access.globals.school.as_deref() {
        Some(named) if named != of => Err(Stop::usage(format!(
            "The file is a backup of {of}, and --school names {named}. Nothing was changed: leave --school out, or name \
             the file of {named}."
        ))),
        _ => Ok(()),
    }
}

/// Goes on only where the user says so.
fn agree(verb: &RestoreArgs, out: &mut Out) -> Result<(), Stop> {
    if verb.yes {
        return Ok(());
    }
    if !access::can_ask() {
        return Err(Stop::failed(
            "Nothing was changed. To restore without a question, say --yes.",
        ));
    }
    if !access::types(out, "Type restore to put it back: ", "restore") {
        return Err(Stop::failed("Nothing was changed."));
    }
    Ok(())
}

/// Puts the user's own tasks back. It is a step that can be taken back, so nothing is set aside.
fn restore_own(desk: &Desk, verb: &RestoreArgs, copy: &OwnCopy, out: &mut Out) -> Result<(), Stop> {
    let made = sys::clock::local(copy.made_at);
    let own = desk.own();
    let lost = own.differing(copy)?;
    out.say(&format!(
        "{OWN}: a backup of {} {}, whole and of {}.",
        date::short(made.date()),
        made.format("%H:%M"),
        counted(copy.tasks())
    ));
    if let Some(told) = if_ahead(copy.made_at) {
        out.say(&told);
    }
    out.say(&match lost {
        0 => "Your own tasks are as it has them: nothing is lost.".to_owned(),
        _ => format!(
            "{} added, changed or removed since would be as the backup has it; sendesk undo --school {OWN} takes that \
             back.",
            counted(lost)
        ),
    });
    if !verb.dry_run {
        agree(verb, out)?;
        own.restore(copy)?;
        out.say(&format!("{OWN}: restored."));
    }
    if out.json {
        out.value(&RestoreJson {
            school: OWN.to_owned(),
            made_at: copy.made_at.to_rfc3339(),
            lost_steps: Some(lost),
            gained_steps: 0,
            drafts: 0,
            aside: None,
        });
    } else {
        out.line(OWN);
    }
    Ok(())
}

fn counted(tasks: usize) -> String {
    match tasks {
        1 => "1 task".to_owned(),
        many => format!("{many} tasks"),
    }
}

/// A backup that was opened: of a school, or of the user's own tasks.
enum Opened {
    School(Box<Rehearsal>),
    Own(OwnCopy),
}

fn opened(desk: &Desk, file: &Path, phrase: Option<&str>) -> Result<Opened, Error> {
    match desk.rehearse(file, phrase) {
        Err(Error::NotADesk { .. }) => desk.open_own_backup(file, phrase).map(Opened::Own),
        rehearsal => rehearsal.map(|rehearsal| Opened::School(Box::new(rehearsal))),
    }
}

/// With the phrase of a file, the desk's own, or one typed where that one does not open it.
fn rehearse(desk: &Desk, verb: &RestoreArgs) -> Result<Opened, Stop> {
    if let Some(path) = &verb.phrase_file {
        let phrase = access::read_passphrase(path)?;
        return Ok(opened(desk, &verb.file, Some(&phrase))?);
    }
    match opened(desk, &verb.file, None) {
        Err(Error::WrongPhrase { .. }) if access::can_ask() => {
            let phrase = access::ask_passphrase("Its backup phrase: ")?;
            Ok(opened(desk, &verb.file, Some(&phrase))?)
        }
        opened => Ok(opened?),
    }
}

/// What stands to be lost. No step's label names a child.
fn outline(rehearsal: &Rehearsal) -> Vec<String> {
    let manifest = &rehearsal.copied.manifest;
    let made = sys::clock::local(manifest.made_at);
    let mut lines = vec![format!(
        "{}: a backup of {} {}, whole and of {} steps.",
        manifest.school.code,
        date::short(made.date()),
        made.format("%H:%M"),
        manifest.head.0
    )];
    lines.extend(if_ahead(manifest.made_at));
    match &rehearsal.lost {
        None if rehearsal.known => lines.push(
            "The present file cannot be read, so what it holds beyond the backup cannot be told."
                .to_owned(),
        ),
        None => lines.push("This school is not on this desk yet: it is added.".to_owned()),
        Some(lost) if lost.is_empty() && rehearsal.gained == 0 => {
            lines.push(match rehearsal.drafts {
                0 => "Nothing was changed since: nothing is lost.".to_owned(),
                _ => "No record was changed since.".to_owned(),
            });
        }
        Some(lost) if lost.is_empty() => lines.push(format!(
            "The present file is older: it holds nothing that the backup does not, and {} would come back.",
            changes(rehearsal.gained)
        )),
        Some(lost) => {
            if rehearsal.gained > 0 {
                lines.push(format!(
                    "The two went different ways: the backup holds {} that the present file does not.",
                    changes(rehearsal.gained)
                ));
            }
            lines.extend(beyond(lost));
        }
    }
    lines.extend(drafts(rehearsal.drafts));
    lines
}

/// Words begun and not saved lie in the file alone.
fn drafts(count: usize) -> Option<String> {
    let (forms, they) = match count {
        0 => return None,
        1 => ("1 form begun and not saved".to_owned(), "it stays"),
        many => (format!("{many} forms begun and not saved"), "they stay"),
    };
    Some(format!(
        "{forms} would not come back: {they} in the present file, which is kept under another name."
    ))
}

/// Said of a backup that the clock now on the wall has not come to.
fn if_ahead(made_at: DateTime<Utc>) -> Option<String> {
    (made_at > sys::clock::utc_now()).then(|| {
        "That lies in the future: the clock was ahead when it was made, or is behind now. Others may be newer."
            .to_owned()
    })
}

fn changes(count: usize) -> String {
    match count {
        1 => "1 change".to_owned(),
        many => format!("{many} changes"),
    }
}

/// How many steps are told one by one.
const TOLD: usize = 10;

fn beyond(lost: &[Step]) -> Vec<String> {
    let steps = match lost.len() {
        1 => "1 step made since would be lost".to_owned(),
        many => format!("{many} steps made since would be lost"),
    };
    let mut lines = vec![format!(
        "{steps}; the present file is kept under another name. The last of them:"
    )];
    let newest = lost.iter().take(TOLD);
    lines.extend(newest.map(|step| format!("  {}  {}", step.id, step.label)));
    if lost.len() > TOLD {
        lines.push(format!("  and {} more", lost.len() - TOLD));
    }
    lines
}

fn told(out: &mut Out, rehearsal: &Rehearsal, aside: Option<PathBuf>) {
    let manifest = &rehearsal.copied.manifest;
    if out.json {
        out.value(&RestoreJson {
            school: manifest.school.code.clone(),
            made_at: manifest.made_at.to_rfc3339(),
            lost_steps: rehearsal.lost.as_ref().map(Vec::len),
            gained_steps: rehearsal.gained,
            drafts: rehearsal.drafts,
            aside,
        });
    } else {
        out.line(&manifest.school.code);
    }
}
