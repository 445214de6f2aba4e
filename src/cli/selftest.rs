//! `selftest`: what the fault scripts drive. `ack ID ...` is printed only once a record is kept, or was read; what stands
//! behind the id is its content and its step, by digests.

use super::access::{self, Access};
use super::args::{ImportArgs, SelftestVerb};
use super::import;
use super::out::Out;
use super::stop::Stop;
use crate::domain::form::{Kind, Value, Values};
use crate::domain::id::PupilId;
use crate::domain::moment::Moment;
use crate::domain::pupil::Line;
use crate::domain::school::School;
use crate::store::{Desk, Store};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

/// The surname of every pupil written here, or what it begins with.
const MARK: &str = "Selftest";

/// What stands in the class of an imported pupil between the number of its list and how many rows that has.
const OF: &str = " of ";

/// Runs one verb.
pub(super) fn run(access: &Access, verb: &SelftestVerb, out: &mut Out) -> Result<(), Stop> {
    match verb {
        SelftestVerb::Make { shape } => make(access, shape.as_deref()),
        SelftestVerb::OldDesk => Ok(access.desk()?.take_back_shape()?),
        SelftestVerb::Write { count } => write(&mut access.store()?, *count, access, out),
        SelftestVerb::Hold => hold(access, out),
        SelftestVerb::Import { rows } => import_list(access, *rows, out),
        SelftestVerb::Open => list(&access.store()?, "ack", out),
        SelftestVerb::Check { code_file } => check(access, code_file.as_deref(), out),
        SelftestVerb::Spoil { how, number } => {
            let desk = access.desk()?;
            let code = access::meant(&desk, access.globals.school.as_deref())?;
            Ok(desk.spoil(&code, *how, *number)?)
        }
        SelftestVerb::Panic => crate::tui::desk::show_panic(&access.paths.crash_dir())
            .map(|_| ())
            .map_err(|error| Stop::failed(error.to_string())),
    }
}

/// A desk without a passphrase, so that no script waits for a key to be derived.
fn make(access: &Access, shape: Option<&Path>) -> Result<(), Stop> {
    let mut desk = Desk::create_demo(&access.places(), MARK)?;
    let school = School {
        name: "Oakfield Primary School".to_owned(),
        code: "OAK".to_owned(),
        ..School::default()
    };
    desk.add_school(&school)?;
    if let Some(path) = shape {
        let sql = crate::sys::read::text(path, u64::from(u32::MAX))
            .map_err(|fault| Stop::unreadable(path, &fault))?;
        desk.put_shape(&school.code, &sql)?;
    }
    Ok(())
}

/// An acknowledgement that is not seen is none.
fn ack(store: &Store, kind: Kind, id: i64, out: &mut Out) -> Result<(), Stop> {
    out.line(&format!("ack {}", store.known_by(kind, id)?));
    out.finish()
}

/// By turns a pupil and an entry about the pupil, a step each.
fn write(store: &mut Store, count: u64, access: &Access, out: &mut Out) -> Result<(), Stop> {
    let at = Moment {
        day: access.today,
        time: None,
    };
    for number in 1..=count {
        let mut values = Values::new();
        values.insert("surname", Some(Value::Text(format!("{MARK} {number}"))));
        let pupil = store.step("Selftest", |writer| writer.add(Kind::Pupil, &values))?;
        ack(store, Kind::Pupil, pupil, out)?;
        let values: Values = [
            ("pupils", Some(Value::Pupils(vec![PupilId(pupil)]))),
            ("at", Some(Value::Moment(at))),
            ("text", Some(Value::Text(format!("Entry {number}")))),
        ]
        .into();
        let entry = store.step("Selftest", |writer| writer.add(Kind::Contact, &values))?;
        ack(store, Kind::Contact, entry, out)?;
    }
    Ok(())
}

/// Opens the school, says so, waits for a line, and only then writes: a session that was left open.
fn hold(access: &Access, out: &mut Out) -> Result<(), Stop> {
    let mut store = access.store()?;
    out.line("held");
    out.finish()?;
    let mut line = String::new();
    // The end of the input lets go as well.
    let _ = std::io::stdin().read_line(&mut line);
    write(&mut store, 1, access, out)
}

/// A list of so many pupils through the command `import` itself. Their class says which list and how long it is, so that
/// one that is there in part is seen.
fn import_list(access: &Access, rows: u64, out: &mut Out) -> Result<(), Stop> {
    let store = access.store()?;
    let step = store.history(None, 1)?.first().map_or(0, |step| step.id.0);
    drop(store);
    let class = format!("{step}{OF}{rows}");
    let mut list = "Surname,Forename,DOB,Class,SEN status,SEN need\n".to_owned();
    for row in 1..=rows {
        let year = 2012 + row % 8;
        // Said twice: two names of one letter's difference would be asked about.
        let number = format!("{step}x{row}");
        let _ = writeln!(
            list,
            "{MARK},Child{number}y{number},{:02}/09/{year},{class},K,SLCN",
            1 + row % 28
        );
    }
    let failed = |fault| Stop::failed(format!("The list could not be made ({fault})."));
    let file = tempfile::Builder::new().suffix(".csv").tempfile();
    let file = file.map_err(failed)?.into_temp_path();
    fs::write(&file, list).map_err(failed)?;
    let verb = ImportArgs {
        file: file.to_path_buf(),
        dry_run: false,
        map: Vec::new(),
        yes: true,
        leavers: false,
        returners: false,
    };
    import::run(access, &verb, out)?;
    let store = access.store()?;
    for line in store.all_lines()? {
        if line.pupil.class.as_deref() == Some(&*class) {
            let known = store.known_by(Kind::Pupil, line.pupil.id.0)?;
            out.line(&format!("ack {known}"));
        }
    }
    Ok(())
}

fn list(store: &Store, word: &str, out: &mut Out) -> Result<(), Stop> {
    for known in store.all_known()? {
        out.line(&format!("{word} {known}"));
    }
    Ok(())
}

fn check(access: &Access, code_file: Option<&Path>, out: &mut Out) -> Result<(), Stop> {
    let store = match code_file {
        None => access.store()?,
        Some(path) => {
            let code = access::read_passphrase(path)?;
            let desk = Desk::unlock_with_recovery(&access.places(), &code)?;
            access::open(&desk, access.globals.school.as_deref())?
        }
    };
    let unsound = store.check()?;
    let mut faults: Vec<String> = unsound.iter().map(|one| format!("{one:?}")).collect();
    faults.extend(torn_lists(&store.all_lines()?));
    if !faults.is_empty() {
        return Err(Stop::failed(faults.join("\n")));
    }
    list(&store, "row", out)?;
    for step in store.all_steps()? {
        out.line(&format!("step {step}"));
    }
    for (table, digest) in store.contents()? {
        out.line(&format!("table {table} {digest}"));
    }
    Ok(())
}

/// An import is there whole, or not at all.
fn torn_lists(lines: &[Line]) -> Vec<String> {
    let mut found: BTreeMap<&str, usize> = BTreeMap::new();
    let imported = lines.iter().filter(|line| line.pupil.surname == MARK);
    for line in imported {
        let whole = line.status.as_deref() == Some("K") && line.needs.len() == 1;
        let class = line.pupil.class.as_deref().unwrap_or_default();
        *found.entry(class).or_default() += usize::from(whole);
    }
    let torn = |(class, count): (&str, usize)| {
        let rows = class.split_once(OF).map(|(_, rows)| rows);
        (rows != Some(&count.to_string()))
            .then(|| format!("Of the import \"{class}\" there are {count} pupils whole."))
    };
    found.into_iter().filter_map(torn).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::pupil::Pupil;

    #[test]
    fn an_import_that_is_there_in_part_is_seen() {
        let mut pupil = Pupil::blank(PupilId(1));
        (pupil.surname, pupil.class) = (MARK.to_owned(), Some("7 of 3".to_owned()));
        let line = Line {
            pupil,
            status: Some("K".to_owned()),
            status_since: None,
            needs: vec![("SLCN".to_owned(), 1)],
            left_out: Vec::new(),
        };
        let mut lines = vec![line.clone(), line.clone(), line];
        assert_eq!(torn_lists(&lines), Vec::<String>::new());
        lines[2].status = None;
        assert_eq!(torn_lists(&lines).len(), 1);
        lines.pop();
        assert_eq!(
            torn_lists(&lines),
            ["Of the import \"7 of 3\" there are 2 pupils whole."]
        );
    }
}
