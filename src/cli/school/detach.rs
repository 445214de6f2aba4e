//! `school detach`, `school attach`: taking a school off the desk, and erasing what lies here of it with a record for the
//! school.

use crate::cli::access::{self, Access};
use crate::cli::args::DetachArgs;
use crate::cli::out::Out;
use crate::cli::stop::Stop;
use crate::domain::{date, school};
use crate::store::{Error, Remains, Remnant};
use crate::sys;
use serde::Serialize;
use std::path::PathBuf;

#[derive(Serialize)]
struct FileJson {
    file: PathBuf,
    bytes: u64,
}

#[derive(Serialize)]
struct DetachJson {
    school: String,
    name: String,
    erased: bool,
    at: String,
    by: String,
    handed_over: Option<String>,
    pupils: Option<usize>,
    steps: Option<i64>,
    files: Vec<FileJson>,
}

/// Takes a school off the desk; with `--erase` shows what lies here of it, asks, removes it and prints the record.
pub(super) fn detach(access: &Access, verb: &DetachArgs, out: &mut Out) -> Result<(), Stop> {
    let mut desk = access.desk()?;
    // A code that is none may be on a desk of before: it goes by what is typed.
    let remains = match (desk.remains(&verb.code), school::read_code(&verb.code)) {
        (Err(Error::NoSuchSchool { .. }), Err(fault)) => {
            return Err(Stop::usage(fault.to_string()));
        }
        (remains, _) => remains?,
    };
    let code = remains.school.code.clone();
    for line in outline(&remains, verb.erase) {
        out.say(&line);
    }
    if verb.dry_run {
        tell(out, &remains, desk.author(), false);
        return Ok(());
    }
    let (word, what) = if verb.erase {
        (format!("erase {code}"), "erase all of this for good")
    } else {
        (code.clone(), "take it off this desk")
    };
    if !verb.yes {
        if !access::can_ask() {
            return Err(Stop::failed(format!(
                "Nothing was changed. To {what} without a question, say --yes."
            )));
        }
        if !access::types(out, &format!("Type {word} to {what}: "), &word) {
            return Err(Stop::failed("Nothing was changed."));
        }
    }
    if verb.erase {
        let shown = (!verb.yes).then_some(&remains);
        let remains = desk.erase(&code, shown)?;
        tell(out, &remains, desk.author(), true);
        out.say(&format!(
            "{code}: erased. Give the record above to the school."
        ));
    } else {
        desk.detach(&code)?;
        if out.json {
            tell(out, &remains, desk.author(), false);
        } else {
            out.line(&code);
        }
        out.say(&format!(
            "{code} is off this desk; its file stays. sendesk school attach {code} brings it back; \
             sendesk school detach {code} --erase removes it."
        ));
    }
    Ok(())
}

/// Brings a school back.
pub(super) fn attach(access: &Access, code: &str, out: &mut Out) -> Result<(), Stop> {
    let code = school::read_code(code).map_err(|fault| Stop::usage(fault.to_string()))?;
    let school = access.desk()?.attach(&code)?;
    out.line(&school.code);
    out.say(&format!("{code}: {} is on this desk again.", school.name));
    Ok(())
}

/// What lies here, before anything is asked.
fn outline(remains: &Remains, erase: bool) -> Vec<String> {
    let school = &remains.school;
    let mut lines = vec![match &remains.held {
        Some((1, steps)) => format!("{}: 1 pupil, {steps} steps of history.", school.name),
        Some((pupils, steps)) => {
            format!(
                "{}: {pupils} pupils, {steps} steps of history.",
                school.name
            )
        }
        None => format!("{}: its file cannot be read.", school.name),
    }];
    lines.push(match remains.handed_over {
        Some(day) => format!("It was handed over on {}.", date::short(day)),
        None => "It was not handed over from here: nobody else may have it.".to_owned(),
    });
    if erase {
        lines.push("What lies on this desk of it:".to_owned());
        lines.extend(listed(remains));
        if remains.files.is_empty() {
            lines.push(
                "  no file that is its own for certain; its key and its place on the desk go"
                    .to_owned(),
            );
        }
    }
    lines
}

fn held_told((pupils, steps): (usize, i64)) -> String {
    let plural = if pupils == 1 { "" } else { "s" };
    format!("{pupils} pupil{plural} on file, {steps} steps of history")
}

fn listed(remains: &Remains) -> Vec<String> {
    let files = remains.files.iter();
    files
        .map(|one| {
            format!(
                "  {:>8} kB  {}",
                one.bytes.div_ceil(1024),
                one.path.display()
            )
        })
        .collect()
}

/// The record of an erasure, or as JSON what lies here.
fn tell(out: &mut Out, remains: &Remains, author: &str, erased: bool) {
    let now = sys::clock::utc_now();
    if out.json {
        let file = |one: &Remnant| FileJson {
            file: one.path.clone(),
            bytes: one.bytes,
        };
        out.value(&DetachJson {
            school: remains.school.code.clone(),
            name: remains.school.name.clone(),
            erased,
            at: now.to_rfc3339(),
            by: author.to_owned(),
            handed_over: remains.handed_over.map(date::iso),
            pupils: remains.held.map(|(pupils, _)| pupils),
            steps: remains.held.map(|(_, steps)| steps),
            files: remains.files.iter().map(file).collect(),
        });
        return;
    }
    if !erased {
        return out.line(&remains.school.code);
    }
    for line in record(remains, author, &told_now(now)) {
        out.line(&line);
    }
}

fn told_now(now: chrono::DateTime<chrono::Utc>) -> String {
    let local = sys::clock::local(now);
    format!("{} {}", date::short(local.date()), local.format("%H:%M"))
}

/// A page for the school. No child is named.
fn record(remains: &Remains, author: &str, at: &str) -> Vec<String> {
    let school = &remains.school;
    let urn = school.urn.as_ref();
    let urn = urn.map(|urn| format!(", URN {urn}")).unwrap_or_default();
    let mut lines = vec![
        "Record of erasure".to_owned(),
        String::new(),
        format!("School       {} ({}){urn}", school.name, school.code),
        format!(
            "Erased       {at}, by {author}, with sendesk {}",
            env!("CARGO_PKG_VERSION")
        ),
        match &remains.held {
            Some(held) => format!("It held      {}, drafts", held_told(*held)),
            None => "It held      not known: the file could not be read".to_owned(),
        },
    ];
    if let Some(day) = remains.handed_over {
        lines.push(format!("Handed over  {}", date::short(day)));
    }
    let files = match remains.files.len() {
        1 => "1 file".to_owned(),
        many => format!("{many} files"),
    };
    lines.push(format!(
        "Removed      {files}, and the key of the school's file:"
    ));
    lines.extend(listed(remains));
    lines.extend(
        [
            "",
            "The school's file was encrypted under a key of its own, which is gone from the desk: what the disk may",
            "still hold of it cannot be read. Backups were encrypted under the desk's backup phrase, which stays.",
            "",
            "Out of reach of this program: hand-over files, backups copied to other places, prints and exports.",
        ]
        .map(str::to_owned),
    );
    lines
}
