//! `new` and `set`: the form of a kind without the screen, from the same definition.

use super::access::Access;
use super::args::{NewArgs, SetArgs};
use super::out::Out;
use super::show::split_id;
use super::stop::Stop;
use super::{doubt, field, input, near, pupil};
use crate::domain::contact::ContactKind;
use crate::domain::form::{self, Context, Entry, FieldFault, Kind, Value, Values};
use crate::domain::id::{ContactId, ProvisionTypeId, PupilId};
use crate::domain::{person, step, text};
use crate::store::{Error, Store};
use serde::Serialize;
use std::collections::BTreeMap;

type Texts = BTreeMap<&'static str, String>;

#[derive(Serialize)]
struct IdJson {
    id: String,
}

/// Adds a record.
pub(super) fn new(access: &Access, verb: &NewArgs, out: &mut Out) -> Result<(), Stop> {
    let kind = field::kind(&verb.kind)?;
    let mut texts = texts(kind, &verb.values)?;
    read_early(access, kind, &texts, true, out)?;
    let mut store = access.store()?;
    name_pupils(access, &store, kind, &mut texts, out)?;
    let context = context(access, &store, &texts, &Values::new())?;
    preset(kind, &mut texts);
    let mut values = read(kind, &texts, true, &context, out)?;
    name_with(&mut values, &context);
    if kind == Kind::Pupil && !verb.anyway {
        refuse_second(access, &store, &values, out)?;
    }
    let pupils = concerned(&values);
    let label = match values.get("contact") {
        Some(Some(Value::Whole(contact))) => step::corrected(kind, ContactId(*contact)),
        _ => step::added(kind, pupils.first().copied(), pupils.len()),
    };
    let doubts = store.doubts(kind, None, &values)?;
    doubt::ask(&doubts.asks, verb.anyway, out)?;
    let number = store.step(&label, |writer| writer.add(kind, &values))?;
    let id = format!("{}{number}", kind.def().letter);
    warn(kind, &texts, &context, out);
    doubts.told.iter().for_each(|told| out.say(told));
    if let (Kind::Provision, Some(Some(Value::Whole(of))), None | Some(None)) =
        (kind, values.get("type"), values.get("run_name"))
    {
        let beside = store.runs_beside(ProvisionTypeId(*of))?;
        if let Some(other) = beside.iter().find(|run| run.provision.id.0 != number) {
            out.say(&format!(
                "Another run is there: {} {}. sendesk set {id} run_name=... tells this one apart.",
                other.provision.id,
                other.told_apart(access.today)
            ));
        }
    }
    let early = store.told_before_birth(kind, number)?;
    done(
        &store,
        &id,
        &format!("added {} {id}{early}", kind.noun()),
        out,
    );
    Ok(())
}

/// A child who may be on file already is no second record by accident: those who may be meant are printed as choices.
fn refuse_second(
    access: &Access,
    store: &Store,
    values: &Values,
    out: &mut Out,
) -> Result<(), Stop> {
    let found = store.namesakes(values, access.today)?;
    if found.is_empty() {
        return Ok(());
    }
    pupil::print_choices(&store.lines(&found)?, out);
    let ids: Vec<String> = found.iter().map(ToString::to_string).collect();
    Err(Stop::Choice(format!(
        "A pupil of this name is on file ({}), born on the same day or with a date of birth not known; nothing was \
         stored. Change that record with set, or add another child with --anyway.",
        ids.join(", ")
    )))
}

/// Changes fields of a record; those not named stay.
pub(super) fn set(access: &Access, verb: &SetArgs, out: &mut Out) -> Result<(), Stop> {
    let split = split_id(&verb.id);
    let kind = split.map_or(Kind::Pupil, |(kind, _)| kind);
    let mut texts = texts(kind, &verb.values)?;
    read_early(access, kind, &texts, false, out)?;
    let mut store = access.store()?;
    let number = match split {
        Some((_, number)) => number,
        None => pupil::meant(&store, &verb.id, access.today, out)?.0,
    };
    let id = format!("{}{number}", kind.def().letter);
    let Some(before) = store.values(kind, number)? else {
        return Err(Error::NoSuchRecord { id }.into());
    };
    name_pupils(access, &store, kind, &mut texts, out)?;
    let context = context(access, &store, &texts, &before)?;
    let read = form::read_change(kind, &texts, &before, &context);
    let mut values = read.map_err(|faults| tell(&faults, out))?;
    name_with(&mut values, &context);
    let names: Vec<&str> = texts.keys().copied().collect();
    let label = step::changed(kind, number, names.iter().copied());
    let doubts = store.doubts(kind, Some(number), &differing(&values, &before))?;
    doubt::ask(&doubts.asks, verb.anyway, out)?;
    store
        .step(&label, |writer| writer.amend(kind, number, &values, None))
        .map_err(|error| told(error, &id))?;
    warn(kind, &texts, &context, out);
    doubts.told.iter().for_each(|told| out.say(told));
    if store.values(kind, number)? == Some(before) {
        done(
            &store,
            &id,
            &format!("{id} says that already; nothing changed"),
            out,
        );
    } else {
        let early = store.told_before_birth(kind, number)?;
        let what = format!("changed {id}: {}{early}", names.join(", "));
        done(&store, &id, &what, out);
    }
    Ok(())
}

/// The values that are not on file so.
fn differing(values: &Values, before: &Values) -> Values {
    let mut values = values.clone();
    values.retain(|name, value| before.get(name) != Some(value));
    values
}

/// What the store says; of evidence also how it is amended from here.
fn told(error: Error, id: &str) -> Stop {
    match error {
        Error::Evidence { .. } => Stop::failed(format!(
            "{error} Amend it with: sendesk new amendment contact={id} text=…"
        )),
        other => other.into(),
    }
}

/// Fields are checked before anything is opened where neither calendar nor pupils have a say in it.
fn read_early(
    access: &Access,
    kind: Kind,
    texts: &Texts,
    new: bool,
    out: &mut Out,
) -> Result<(), Stop> {
    match kind {
        Kind::Pupil => read(kind, texts, new, &Context::on(access.today), out).map(drop),
        _ => Ok(()),
    }
}

/// Puts ids where letters name pupils, as the finder takes them.
fn name_pupils(
    access: &Access,
    store: &Store,
    kind: Kind,
    texts: &mut Texts,
    out: &mut Out,
) -> Result<(), Stop> {
    for (name, text) in texts {
        match kind.def().field(name).map(|field| field.entry) {
            Some(Entry::Pupil | Entry::Pupils) => {}
            _ => continue,
        }
        if text.trim() == form::NOBODY {
            continue;
        }
        let mut ids = Vec::new();
        for part in text
            .split(',')
            .map(str::trim)
            .filter(|part| !part.is_empty())
        {
            let id = pupil::meant(store, part, access.today, out)?;
            ids.push(id.to_string());
        }
        *text = ids.join(", ");
    }
    Ok(())
}

/// What the fields are read with: the school's calendar, and the people around the pupils named now or before.
fn context(
    access: &Access,
    store: &Store,
    texts: &Texts,
    before: &Values,
) -> Result<Context, Stop> {
    let named = texts.get("pupils").or_else(|| texts.get("pupil"));
    let pupils = match named {
        Some(text) => text.split(',').filter_map(|id| id.parse().ok()).collect(),
        None => concerned(before),
    };
    access.context(store, &pupils)
}

/// The pupils a record is about.
fn concerned(values: &Values) -> Vec<PupilId> {
    match values.get("pupils") {
        Some(Some(Value::Pupils(pupils))) => pupils.clone(),
        _ => Kind::owner(values).into_iter().collect(),
    }
}

/// What the form on screen starts with: a telephone call is one in which they spoke. Who may see it is the store's.
fn preset(kind: Kind, texts: &mut Texts) {
    if kind != Kind::Contact {
        return;
    }
    let how = texts.get("kind").map(|text| text::fold(text));
    let how = how.and_then(|word| ContactKind::from_word(&word));
    if let Some(outcome) = how.and_then(ContactKind::default_outcome) {
        texts.entry("outcome").or_insert_with(|| outcome.to_owned());
    }
}

/// `mum` is whoever on file that is: `Mrs Okafor (mum)`. Nobody on file stays as written.
fn name_with(values: &mut Values, context: &Context) {
    if let Some(Some(Value::Text(with))) = values.get_mut("with")
        && let Some(person) = person::meant(&context.people, with)
    {
        *with = person.spoken();
    }
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
        typed = input::whole()?
            .ok_or_else(|| Stop::failed("Standard input has more than 1 MiB; that is no form."))?;
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
    kind: Kind,
    texts: &Texts,
    new: bool,
    context: &Context,
    out: &mut Out,
) -> Result<Values, Stop> {
    form::read(kind, texts, new, context).map_err(|faults| tell(&faults, out))
}

fn tell(faults: &[FieldFault], out: &mut Out) -> Stop {
    for fault in faults {
        out.say(&format!("{}: {}", fault.field, fault.text));
    }
    Stop::Told
}

/// What was taken and is to be mended, or to be thought about.
fn warn(kind: Kind, texts: &Texts, context: &Context, out: &mut Out) {
    for (name, text) in texts {
        let field = kind.def().field(name);
        let Some(Ok(reading)) = field.map(|field| field.read(text, context)) else {
            continue;
        };
        if let Some(warning) = reading.warning {
            out.say(&format!("{name}: {warning}; it was kept as given."));
        }
        if let Some(advice) = reading.advice {
            out.say(&format!("{name}: {}: {advice}", reading.shown));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::Author;
    use chrono::TimeDelta;

    #[test]
    fn words_of_an_entry_that_is_evidence_are_amended_and_it_is_said_how() {
        let author = Author {
            name: "Sam Reed".to_owned(),
            login: "sam".to_owned(),
            working_date: None,
        };
        let mut store = Store::memory(author).unwrap();
        let text = |text: &str| Some(Value::Text(text.to_owned()));
        let now = Context::on(store.now().date_naive()).now();
        let pupil = Values::from([("surname", text("Okafor"))]);
        let said = Values::from([
            ("pupils", Some(Value::Pupils(vec![PupilId(1)]))),
            ("kind", text("note")),
            ("at", Some(Value::Moment(now))),
            ("text", text("said no")),
        ]);
        store
            .step("Add", |writer| {
                writer.add(Kind::Pupil, &pupil)?;
                writer.add(Kind::Contact, &said)
            })
            .unwrap();
        store.later(TimeDelta::minutes(16));
        let change = Values::from([("text", text("said yes"))]);
        let refused = store
            .step("Change", |writer| {
                writer.amend(Kind::Contact, 1, &change, None)
            })
            .unwrap_err();
        let Stop::Failed(told) = told(refused, "c1") else {
            panic!("another code than 1");
        };
        assert!(
            told.starts_with("c1 was entered more than 15 minutes ago"),
            "{told}"
        );
        assert!(
            told.ends_with("sendesk new amendment contact=c1 text=…"),
            "{told}"
        );
    }
}
