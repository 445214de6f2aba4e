//! `new` and `set`: the form of a kind without the screen, from the same definition.

use super::access::Access;
use super::args::{NewArgs, SetArgs};
use super::out::Out;
use super::show::split_id;
use super::stop::Stop;
use super::{field, near, pupil};
use crate::domain::form::{self, Context, Kind, Values};
use crate::domain::step;
use crate::store::{Error, Store};
use serde::Serialize;
use std::collections::BTreeMap;
use std::io::Read;

/// Most that is read from standard input, in bytes.
const MOST: u64 = 1024 * 1024;

type Texts = BTreeMap<&'static str, String>;

#[derive(Serialize)]
struct IdJson {
    id: String,
}

/// Adds a record.
pub(super) fn new(access: &Access, verb: &NewArgs, out: &mut Out) -> Result<(), Stop> {
    let kind = field::kind(&verb.kind)?;
    let texts = texts(kind, &verb.values)?;
    let values = read(access, kind, &texts, true, out)?;
    let mut store = access.store()?;
    let label = step::added(kind, Kind::owner(&values), 1);
    let number = store.step(&label, |writer| writer.add(kind, &values))?;
    let id = format!("{}{number}", kind.def().letter);
    warn(access, kind, &texts, out);
    done(&store, &id, &format!("added {} {id}", kind.def().name), out);
    Ok(())
}

/// Changes fields of a record; those not named stay.
pub(super) fn set(access: &Access, verb: &SetArgs, out: &mut Out) -> Result<(), Stop> {
    let split = split_id(&verb.id);
    // Fields are checked before anything is opened where the id says its kind.
    let kind = split.map_or(Kind::Pupil, |(kind, _)| kind);
    let texts = texts(kind, &verb.values)?;
    let values = read(access, kind, &texts, false, out)?;
    let mut store = access.store()?;
    let number = match split {
        Some((_, number)) => number,
        None => pupil::meant(&store, &verb.id, access.today, out)?.0,
    };
    let id = format!("{}{number}", kind.def().letter);
    let Some(before) = store.values(kind, number)? else {
        return Err(Error::NoSuchRecord { id }.into());
    };
    check_whole(kind, &before, &values, out)?;
    let names: Vec<&str> = texts.keys().copied().collect();
    let label = step::changed(kind, number, names.iter().copied());
    store.step(&label, |writer| writer.amend(kind, number, &values, None))?;
    warn(access, kind, &texts, out);
    if store.values(kind, number)? == Some(before) {
        done(
            &store,
            &id,
            &format!("{id} says that already; nothing changed"),
            out,
        );
    } else {
        done(
            &store,
            &id,
            &format!("changed {id}: {}", names.join(", ")),
            out,
        );
    }
    Ok(())
}

fn done(store: &Store, id: &str, what: &str, out: &mut Out) {
    if out.json {
        out.value(&IdJson { id: id.to_owned() });
    } else {
        out.line(id);
    }
    out.say(&format!("{}: {what}", store.code()));
}

/// The texts by field name, from the words of the command line or, for `-`, from standard input.
fn texts(kind: Kind, words: &[String]) -> Result<Texts, Stop> {
    let typed;
    let lines: Vec<&str> = if words == ["-"] {
        typed = read_input()?;
        typed
            .lines()
            .map(str::trim)
            .filter(|line| !line.is_empty())
            .collect()
    } else {
        words.iter().map(String::as_str).collect()
    };
    let mut texts = Texts::new();
    for line in lines {
        let Some((name, value)) = line.split_once('=') else {
            return Err(Stop::usage(format!(
                "A field is given as name=value; {}.",
                if line == "-" {
                    "- stands alone"
                } else {
                    "one of these has no ="
                }
            )));
        };
        let name = name.trim();
        let Some(known) = kind.def().field(name) else {
            return Err(Stop::usage(unknown(kind, name)));
        };
        if texts.insert(known.name, value.trim().to_owned()).is_some() {
            return Err(Stop::usage(format!("{name} is given twice.")));
        }
    }
    Ok(texts)
}

fn read_input() -> Result<String, Stop> {
    let mut typed = String::new();
    let input = std::io::stdin().lock();
    match input.take(MOST + 1).read_to_string(&mut typed) {
        Ok(read) if read as u64 <= MOST => Ok(typed.trim_start_matches('\u{feff}').to_owned()),
        Ok(_) => Err(Stop::failed(
            "Standard input has more than 1 MiB; that is no form.",
        )),
        Err(fault) => Err(Stop::failed(format!(
            "Standard input could not be read as text ({fault})."
        ))),
    }
}

fn unknown(kind: Kind, name: &str) -> String {
    let def = kind.def();
    let names: Vec<&str> = def.fields.iter().map(|field| field.name).collect();
    let elsewhere = Kind::ALL
        .into_iter()
        .filter(|other| *other != kind)
        .find(|other| other.def().name == name);
    if let (Kind::Pupil, Some(other)) = (kind, elsewhere) {
        return format!(
            "A {name} is a record of its own, with its date: sendesk new {} pupil=p12 code=…",
            other.def().name
        );
    }
    match near::nearest(name, names.iter().copied()) {
        Some(near) => format!(
            "A {} has no field \"{name}\". Did you mean {near}?",
            def.name
        ),
        None => format!(
            "A {} has no field \"{name}\". Its fields are {}.",
            def.name,
            names.join(", ")
        ),
    }
}

fn read(
    access: &Access,
    kind: Kind,
    texts: &Texts,
    new: bool,
    out: &mut Out,
) -> Result<Values, Stop> {
    let context = Context {
        today: access.today,
    };
    form::read(kind, texts, new, context).map_err(|faults| {
        for fault in faults {
            out.say(&format!("{}: {}", fault.field, fault.text));
        }
        Stop::Told
    })
}

/// The rules that span fields, on the record as it would be.
fn check_whole(kind: Kind, before: &Values, change: &Values, out: &mut Out) -> Result<(), Stop> {
    let mut whole = before.clone();
    whole.extend(change.clone());
    let faults = kind.def().check(&whole, false);
    for fault in &faults {
        out.say(&format!("{}: {}", fault.field, fault.text));
    }
    if faults.is_empty() {
        Ok(())
    } else {
        Err(Stop::Told)
    }
}

/// What was taken and is to be mended.
fn warn(access: &Access, kind: Kind, texts: &Texts, out: &mut Out) {
    let context = Context {
        today: access.today,
    };
    for (name, text) in texts {
        let reading = kind
            .def()
            .field(name)
            .map(|field| field.read(text, context));
        if let Some(Ok(form::Reading {
            warning: Some(warning),
            ..
        })) = reading
        {
            out.say(&format!("{name}: {warning}; it was kept as given."));
        }
    }
}
