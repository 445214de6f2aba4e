//! `recost`: reckons the planned cost of a run anew, at the rate that is on file for its first day by now.

use super::access::Access;
use super::args::RecostArgs;
use super::out::Out;
use super::show::split_id;
use super::stop::Stop;
use crate::domain::form::Kind;
use crate::domain::id::ProvisionId;
use crate::domain::provision::cost::planned;
use crate::domain::step;
use serde::Serialize;

#[derive(Serialize)]
struct RecostJson {
    id: String,
    was_pence_hour: Option<i64>,
    pence_hour: Option<i64>,
    was_planned_pence: Option<i64>,
    planned_pence: Option<i64>,
}

/// Does it as one step, and prints the difference.
pub(super) fn run(access: &Access, verb: &RecostArgs, out: &mut Out) -> Result<(), Stop> {
    let id = match split_id(&verb.id) {
        Some((Kind::Provision, id)) => ProvisionId(id),
        _ => return Err(Stop::usage("A run is named by its id, such as v8.")),
    };
    let mut store = access.store()?;
    let done = store.step(&step::recosted(&[id]), |writer| writer.recost(id))?;
    if out.json {
        out.value(&RecostJson {
            id: id.to_string(),
            was_pence_hour: done.was.planned_rate,
            pence_hour: done.now.planned_rate,
            was_planned_pence: planned(&done.was).ok(),
            planned_pence: planned(&done.now).ok(),
        });
    } else {
        out.line(&format!("{id}  {}", done.told()));
    }
    if done.is_same() {
        out.say(&format!(
            "{}: {id} is planned at that rate already; nothing changed",
            store.code()
        ));
    } else {
        out.say(&format!("{}: costed {id} anew", store.code()));
    }
    Ok(())
}
