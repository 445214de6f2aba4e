//! `fields`: what can be filled in for a kind of record.

use super::args::FieldsArgs;
use super::out::Out;
use super::stop::Stop;
use super::table::Table;
use crate::domain::form::{Field, Kind};
use serde::Serialize;

#[derive(Serialize)]
struct FieldJson {
    name: &'static str,
    label: &'static str,
    help: &'static str,
    required: bool,
    default: Option<&'static str>,
    choices: Vec<ChoiceJson>,
}

#[derive(Serialize)]
struct ChoiceJson {
    value: &'static str,
    label: &'static str,
}

/// Prints the fields. Needs no desk.
pub(super) fn run(verb: &FieldsArgs, out: &mut Out) -> Result<(), Stop> {
    let kind = kind(&verb.kind)?;
    if out.json {
        let fields: Vec<_> = kind.def().fields.iter().map(json).collect();
        out.value(&fields);
        return Ok(());
    }
    let mut table = Table::new(&["field", "", "what it takes"]);
    for field in kind.def().fields {
        let need = if field.required { "needed" } else { "" };
        table.push(vec![
            field.name.to_owned(),
            need.to_owned(),
            field.help.to_owned(),
        ]);
    }
    out.table(&table);
    if out.plain {
        return Ok(());
    }
    for field in kind.def().fields {
        let offers = field.offers();
        if offers.is_empty() {
            continue;
        }
        out.line("");
        out.line(&format!("{}:", field.name));
        for offer in offers {
            out.line(&format!("  {:<6}{}", offer.value, offer.label));
        }
    }
    Ok(())
}

/// The kind a word names; clap has let no other through.
pub(super) fn kind(name: &str) -> Result<Kind, Stop> {
    Kind::from_name(name).ok_or_else(|| Stop::usage(format!("There is no kind \"{name}\".")))
}

fn json(field: &Field) -> FieldJson {
    FieldJson {
        name: field.name,
        label: field.label,
        help: field.help,
        required: field.required,
        default: field.default_text(),
        choices: field
            .offers()
            .into_iter()
            .map(|offer| ChoiceJson {
                value: offer.value,
                label: offer.label,
            })
            .collect(),
    }
}
