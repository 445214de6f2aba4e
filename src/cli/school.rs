//! `school`: add, list, choose, hand over, take back, adopt, detach, attach.

mod detach;
mod kept;

use super::access::{self, Access};
use super::args::{AdoptArgs, HandoverArgs, SchoolAddArgs, SchoolVerb};
use super::out::Out;
use super::passphrase::new_passphrase;
use super::stop::Stop;
use super::table::Table;
use crate::domain::date;
use crate::domain::school::{self, School};
use crate::store::{Desk, Draft};
use serde::Serialize;

#[derive(Serialize)]
struct SchoolJson {
    code: String,
    name: String,
    urn: Option<String>,
    laestab: Option<String>,
    phase: Option<String>,
    current: bool,
}

/// Adds, lists or chooses.
pub(super) fn run(access: &Access, verb: &SchoolVerb, out: &mut Out) -> Result<(), Stop> {
    match verb {
        SchoolVerb::Add(verb) => add(access, verb, out),
        SchoolVerb::List => list(&access.desk()?, out),
        SchoolVerb::Use { code } => choose(access, code, out),
        SchoolVerb::RecordsFrom { day, elsewhere } => {
            kept::run(access, day.as_deref(), elsewhere.as_deref(), out)
        }
        SchoolVerb::Handover(verb) => hand_over(access, verb, out),
        SchoolVerb::TakeBack { code } => take_back(access, code, out),
        SchoolVerb::Adopt(verb) => adopt(access, verb, out),
        SchoolVerb::Detach(verb) => detach::detach(access, verb, out),
        SchoolVerb::Attach { code } => detach::attach(access, code, out),
    }
}

fn add(access: &Access, verb: &SchoolAddArgs, out: &mut Out) -> Result<(), Stop> {
    let school = School::read(
        &verb.name,
        &verb.code,
        verb.urn.as_deref(),
        verb.laestab.as_deref(),
        verb.phase.as_deref(),
    )
    .map_err(|fault| Stop::usage(fault.to_string()))?;
    let mut desk = access.desk()?;
    let known = desk.schools()?;
    let known: Vec<&str> = known
        .iter()
        .map(|entry| entry.school.code.as_str())
        .collect();
    let mut alike = known.clone();
    alike.retain(|code| school::looks_like(code, &school.code));
    // The very same code is refused below.
    if !alike.is_empty() && !known.contains(&school.code.as_str()) {
        let told = format!(
            "{} looks like {}: entries may go to the wrong school.",
            school.code,
            alike.join(" and ")
        );
        out.say(&told);
        if access::can_ask() && !access::agrees(out, "Add it all the same? [y/N] ") {
            return Err(Stop::failed("No school was added. Choose another code."));
        }
    }
    desk.add_school(&school)?;
    if out.json {
        out.value(&json(&school, is_current(&desk, &school.code)?));
    } else {
        out.line(&school.code);
    }
    out.say(&format!("{}: added {}.", school.code, school.name));
    Ok(())
}

fn choose(access: &Access, code: &str, out: &mut Out) -> Result<(), Stop> {
    let code = school::read_code(code).map_err(|fault| Stop::usage(fault.to_string()))?;
    let desk = access.desk()?;
    desk.use_school(&code)?;
    if out.json {
        if let Some(entry) = desk.current()? {
            out.value(&json(&entry.school, true));
        }
    } else {
        out.line(&code);
    }
    out.say(&format!("{code} is the current school now."));
    Ok(())
}

fn hand_over(access: &Access, verb: &HandoverArgs, out: &mut Out) -> Result<(), Stop> {
    let code = school::read_code(&verb.code).map_err(|fault| Stop::usage(fault.to_string()))?;
    let desk = access.desk()?;
    leave_begun(&desk, &code, verb, out)?;
    let words = new_passphrase(verb.new_passphrase_file.as_deref(), out)?;
    let given = desk.hand_over(&code, &verb.out, &words)?;
    out.line(&verb.out.display().to_string());
    out.say(&format!(
        "{code}: handed over with all {} steps of its history, opened again and compared. Give the passphrase by \
         another way than the file. The copy here can only be read from now on; sendesk school take-back {code} \
         undoes that.",
        given.manifest.head.0
    ));
    if given.open_elsewhere {
        out.say(&format!(
            "Another sendesk has {code} open: from now on it can only read it there as well."
        ));
    }
    Ok(())
}

/// Tells what was begun and not saved, since that stays here; who is asked for the passphrase may save it first.
fn leave_begun(desk: &Desk, code: &str, verb: &HandoverArgs, out: &mut Out) -> Result<(), Stop> {
    if desk.handed_over(code)?.is_some() {
        return Ok(());
    }
    let begun = desk.open_school(code)?.begun()?;
    let stay = match begun.len() {
        0 => return Ok(()),
        1 => "1 form begun and not saved stays here".to_owned(),
        many => format!("{many} forms begun and not saved stay here"),
    };
    let titles: Vec<String> = begun.iter().map(Draft::title).collect();
    out.say(&format!(
        "{code}: {stay}: {}. To hand over what is in them, save them first: open the desk at {code}, where :drafts lists \
         them.",
        titles.join("; ")
    ));
    let asked = verb.new_passphrase_file.is_none() && access::can_ask();
    if asked && !access::agrees(out, "Hand the school over without them? [y/N] ") {
        return Err(Stop::failed("Nothing was handed over."));
    }
    Ok(())
}

fn take_back(access: &Access, code: &str, out: &mut Out) -> Result<(), Stop> {
    let code = school::read_code(code).map_err(|fault| Stop::usage(fault.to_string()))?;
    access.desk()?.take_back(&code)?;
    out.line(&code);
    out.say(&format!(
        "{code} can be worked on here again. What was entered elsewhere since the hand-over is not in it."
    ));
    Ok(())
}

fn adopt(access: &Access, verb: &AdoptArgs, out: &mut Out) -> Result<(), Stop> {
    let mut desk = access.desk()?;
    let words = match &verb.phrase_file {
        Some(path) => access::read_passphrase(path)?,
        None => access::ask_passphrase("Passphrase of the hand-over: ")?,
    };
    let manifest = desk.adopt(&verb.file, &words)?;
    let school = &manifest.school;
    if out.json {
        out.value(&json(school, is_current(&desk, &school.code)?));
    } else {
        out.line(&school.code);
    }
    out.say(&format!(
        "{}: took over {} with all {} steps of its history, under a new key: what the last keeper holds opens no file \
         written from now on. Undo does not reach past this.",
        school.code, school.name, manifest.head.0
    ));
    Ok(())
}

fn list(desk: &Desk, out: &mut Out) -> Result<(), Stop> {
    let schools = desk.schools()?;
    let current = desk.current()?.map(|entry| entry.school.code);
    let is_current = |school: &School| current.as_deref() == Some(school.code.as_str());
    if out.json {
        let schools: Vec<_> = schools
            .iter()
            .map(|entry| json(&entry.school, is_current(&entry.school)))
            .collect();
        out.value(&schools);
        return Ok(());
    }
    let mut table = Table::new(&["code", "", "name", "URN", "LAESTAB", "phase"]);
    for entry in &schools {
        let school = &entry.school;
        table.push(vec![
            school.code.clone(),
            if is_current(school) { "current" } else { "" }.to_owned(),
            school.name.clone(),
            school.urn.clone().unwrap_or_default(),
            school.laestab.clone().unwrap_or_default(),
            school.phase.clone().unwrap_or_default(),
        ]);
    }
    out.table(&table);
    for (school, day) in desk.detached_schools()? {
        out.say(&format!(
            "{} was taken off this desk on {}; its file lies here still.",
            school.code,
            date::short(day)
        ));
    }
    if schools.is_empty() {
        out.say("No school yet. Add one with: sendesk school add --name NAME --code ABC");
    }
    Ok(())
}

fn is_current(desk: &Desk, code: &str) -> Result<bool, Stop> {
    Ok(desk
        .current()?
        .is_some_and(|entry| entry.school.code == code))
}

fn json(school: &School, current: bool) -> SchoolJson {
    SchoolJson {
        code: school.code.clone(),
        name: school.name.clone(),
        urn: school.urn.clone(),
        laestab: school.laestab.clone(),
        phase: school.phase.clone(),
        current,
    }
}
