//! `remove`: what was entered by mistake is taken out, or goes to the bin.

use super::access::Access;
use super::args::RemoveArgs;
use super::out::Out;
use super::show::split_id;
use super::stop::Stop;
use crate::domain::form::Kind;
use crate::domain::step;
use serde::Serialize;

#[derive(Serialize)]
struct RemovedJson {
    id: String,
    /// True where it lies in the bin of the desk; else undo alone brings it back.
    binned: bool,
}

/// Takes one record out.
pub(super) fn run(access: &Access, verb: &RemoveArgs, out: &mut Out) -> Result<(), Stop> {
    let Some((kind, number)) = split_id(&verb.id) else {
        return Err(Stop::usage(
            "Give the id of what is to be taken out: n7, s3, a2; sendesk show prints them.",
        ));
    };
    if kind == Kind::Pupil {
        return Err(Stop::failed(
            "A pupil is never taken out: set the day the child left with sendesk set p1 left_on=...",
        ));
    }
    let binned = matches!(
        kind,
        Kind::Contact | Kind::Task | Kind::Provision | Kind::Member
    );
    let label = if binned {
        step::binned(kind, &[number])
    } else {
        step::removed(kind, number)
    };
    let mut store = access.store()?;
    store.step(&label, |writer| {
        if binned {
            writer.bin(kind, number)
        } else {
            writer.remove(kind, number)
        }
    })?;
    let id = format!("{}{number}", kind.def().letter);
    if out.json {
        out.value(&RemovedJson {
            id: id.clone(),
            binned,
        });
    } else {
        out.line(&id);
    }
    let to = if binned { "to the bin" } else { "taken out" };
    out.say(&format!(
        "{}: {} {id} {to}; sendesk undo brings it back.",
        store.code(),
        kind.noun()
    ));
    Ok(())
}
