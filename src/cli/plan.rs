//! An import's plan as the shell shows it, and as JSON.

use super::out::Out;
use super::stop::Stop;
use super::table::Table;
use crate::domain::batch::{Ask, Difference, Passed, Plan, RowFault, Whom};
use crate::domain::id::PupilId;
use crate::store::Store;
use serde::Serialize;
use std::collections::HashMap;

/// The keys down to `dry_run` are a promise to users' scripts.
#[derive(Serialize)]
struct PlanJson<'a> {
    file: &'a str,
    kind: &'a str,
    rows: usize,
    added: usize,
    changed: usize,
    unchanged: usize,
    already_listed: usize,
    asked: Vec<AskJson<'a>>,
    left: usize,
    returned: usize,
    rejected: Vec<FaultJson<'a>>,
    flagged: Vec<FaultJson<'a>>,
    passed_over: Vec<PassedJson<'a>>,
    mapping: Vec<MappingJson<'a>>,
    differences: Vec<DifferenceJson<'a>>,
    dry_run: bool,
    office_to_mend: Vec<MendJson<'a>>,
    changes: Vec<ChangeJson<'a>>,
    encoding: &'a str,
    delimiter: &'a str,
    header_row: usize,
    notes: &'a [String],
}

#[derive(Serialize)]
struct FaultJson<'a> {
    row: usize,
    column: &'a str,
    value: &'a str,
    reason: &'a str,
}

#[derive(Serialize)]
struct MappingJson<'a> {
    heading: &'a str,
    field: Option<String>,
}

#[derive(Serialize)]
struct MendJson<'a> {
    id: String,
    row: usize,
    field: &'a str,
    ours: &'a str,
    theirs: &'a str,
}

#[derive(Serialize)]
struct AskJson<'a> {
    row: usize,
    reason: &'a str,
    candidates: Vec<String>,
    /// An id, or `new`.
    chosen: Option<String>,
}

#[derive(Serialize)]
struct PassedJson<'a> {
    row: usize,
    text: &'a str,
}

#[derive(Serialize)]
struct DifferenceJson<'a> {
    row: usize,
    column: &'a str,
    kept: &'a str,
    other: &'a str,
}

#[derive(Serialize)]
struct ChangeJson<'a> {
    id: String,
    field: &'a str,
    old: &'a str,
    new: &'a str,
}

/// Prints the plan: it is the answer, whether it is applied or not.
pub(super) fn print(store: &Store, plan: &Plan, dry_run: bool, out: &mut Out) -> Result<(), Stop> {
    if out.json {
        out.value(&json(plan, dry_run));
        return Ok(());
    }
    print_shape(plan, out);
    print_counts(plan, out);
    let names = names(store, plan)?;
    print_changes(plan, &names, out);
    print_faults("Not taken", plan, &plan.rejected, out);
    print_faults("To be mended", plan, &plan.flagged, out);
    print_twice(plan, out);
    print_differences(plan, &names, out);
    Ok(())
}

fn json(plan: &Plan, dry_run: bool) -> PlanJson<'_> {
    let shape = &plan.shape;
    PlanJson {
        file: &shape.file,
        kind: shape.kind,
        rows: plan.rows,
        added: plan.added.len(),
        changed: plan.changed.len(),
        unchanged: plan.unchanged,
        already_listed: plan.already_listed,
        asked: plan.asks.iter().map(ask_json).collect(),
        left: plan.left.len(),
        returned: plan.returned.len(),
        rejected: plan.rejected.iter().map(fault_json).collect(),
        flagged: plan.flagged.iter().map(fault_json).collect(),
        passed_over: plan.passed_over.iter().map(passed_json).collect(),
        differences: plan.differences.iter().map(difference_json).collect(),
        mapping: shape
            .mapping
            .iter()
            .map(|mapping| MappingJson {
                heading: &mapping.heading,
                field: mapping.target.map(crate::domain::batch::Target::name),
            })
            .collect(),
        dry_run,
        office_to_mend: plan
            .office_to_mend
            .iter()
            .map(|mend| MendJson {
                id: mend.pupil.to_string(),
                row: mend.row,
                field: mend.field,
                ours: &mend.ours,
                theirs: &mend.theirs,
            })
            .collect(),
        changes: plan
            .changed
            .iter()
            .flat_map(|change| {
                change.fields.iter().map(|field| ChangeJson {
                    id: change.pupil.to_string(),
                    field: field.field,
                    old: &field.old,
                    new: &field.new,
                })
            })
            .collect(),
        encoding: &shape.encoding,
        delimiter: shape.delimiter,
        header_row: shape.header_row,
        notes: &shape.notes,
    }
}

fn ask_json(ask: &Ask) -> AskJson<'_> {
    AskJson {
        row: ask.incoming.row,
        reason: &ask.reason,
        candidates: ask.candidates.iter().map(PupilId::to_string).collect(),
        chosen: ask.choice.map(|whom| match whom {
            Whom::Pupil(id) => id.to_string(),
            Whom::New => "new".to_owned(),
        }),
    }
}

fn passed_json(passed: &Passed) -> PassedJson<'_> {
    PassedJson {
        row: passed.row,
        text: &passed.text,
    }
}

fn difference_json(difference: &Difference) -> DifferenceJson<'_> {
    DifferenceJson {
        row: difference.row,
        column: &difference.column,
        kept: &difference.kept,
        other: &difference.other,
    }
}

fn fault_json(fault: &RowFault) -> FaultJson<'_> {
    FaultJson {
        row: fault.row,
        column: &fault.column,
        value: &fault.value,
        reason: &fault.reason,
    }
}

/// Names of everybody the plan speaks of: to the user's own screen, as the answer.
fn names(store: &Store, plan: &Plan) -> Result<HashMap<PupilId, String>, Stop> {
    let mut ids: Vec<PupilId> = plan.changed.iter().map(|change| change.pupil).collect();
    ids.extend(plan.office_to_mend.iter().map(|mend| mend.pupil));
    ids.extend(plan.left.iter().map(|leaver| leaver.pupil));
    ids.extend(plan.returned.iter().map(|returner| returner.pupil));
    ids.extend(
        plan.asks
            .iter()
            .flat_map(|ask| ask.candidates.iter().copied()),
    );
    ids.sort_unstable();
    ids.dedup();
    let lines = store.lines(&ids)?;
    Ok(lines
        .into_iter()
        .map(|line| (line.pupil.id, line.pupil.listed_name()))
        .collect())
}

fn print_shape(plan: &Plan, out: &mut Out) {
    let shape = &plan.shape;
    out.line(&format!(
        "{}: {}, {}, {} between cells, headings on line {}",
        shape.file,
        shape.kind.to_uppercase(),
        shape.encoding,
        shape.delimiter,
        shape.header_row
    ));
    let mut table = Table::new(&["  heading", "taken for"]);
    for mapping in &shape.mapping {
        let target = mapping.target.map(crate::domain::batch::Target::name);
        table.push(vec![
            format!("  {}", mapping.heading),
            target.unwrap_or_else(|| "(not taken)".to_owned()),
        ]);
    }
    out.table(&table);
    for note in &shape.notes {
        out.line(&format!("  {note}"));
    }
}

/// The rows as a sum, then what else there is.
fn print_counts(plan: &Plan, out: &mut Out) {
    let sum: Vec<String> = plan
        .sum()
        .iter()
        .enumerate()
        .filter(|(place, (count, _))| *place < 3 || *count > 0)
        .map(|(_, (count, what))| format!("{count} {what}"))
        .collect();
    out.line(&format!("{} rows: {}", plan.rows, sum.join(" + ")));
    let left = plan.left.iter().filter(|leaver| leaver.take).count();
    let back = plan.returned.iter().filter(|one| one.take).count();
    let more = [
        (plan.flagged.len(), "to be mended"),
        (plan.differences.len(), "cells said otherwise later"),
        (plan.passed_over.len(), "lines passed over"),
        (plan.office_to_mend.len(), "office to mend"),
        (plan.left.len(), "not in the file"),
        (left, "marked as having left"),
        (plan.returned.len(), "left and in the file again"),
        (back, "marked as back on roll"),
    ];
    let told: Vec<String> = more
        .iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, what)| format!("{count} {what}"))
        .collect();
    if !told.is_empty() {
        out.line(&told.join(", "));
    }
}

fn print_changes(plan: &Plan, names: &HashMap<PupilId, String>, out: &mut Out) {
    if plan.changed.is_empty() {
        return;
    }
    out.line("Changed");
    let mut table = Table::new(&["  id", "name", "field", "old -> new"]);
    for change in &plan.changed {
        for field in &change.fields {
            let old = if field.old.is_empty() {
                "(empty)"
            } else {
                &field.old
            };
            table.push(vec![
                format!("  {}", change.pupil),
                names.get(&change.pupil).cloned().unwrap_or_default(),
                field.field.to_owned(),
                format!("{old} -> {}", field.new),
            ]);
        }
    }
    out.table(&table);
}

fn print_faults(title: &str, plan: &Plan, faults: &[RowFault], out: &mut Out) {
    if faults.is_empty() {
        return;
    }
    out.line(title);
    for fault in faults {
        let column = if fault.column.is_empty() {
            "row"
        } else {
            &fault.column
        };
        let value = if fault.value.is_empty() {
            String::new()
        } else {
            format!(" \"{}\"", fault.value)
        };
        out.line(&format!(
            "  {}:{}:{column}{value}: {}",
            plan.shape.file, fault.row, fault.reason
        ));
    }
}

/// What later rows about a child say otherwise, and which lines are no rows.
fn print_twice(plan: &Plan, out: &mut Out) {
    if !plan.differences.is_empty() {
        out.line("A later row about the same child says otherwise, and is not taken");
    }
    for difference in &plan.differences {
        out.line(&format!(
            "  {}:{}:{} \"{}\": taken is \"{}\"",
            plan.shape.file, difference.row, difference.column, difference.other, difference.kept
        ));
    }
    if !plan.passed_over.is_empty() {
        out.line("Passed over: titles, headings, totals, keys");
    }
    for passed in &plan.passed_over {
        out.line(&format!(
            "  {}:{}: {}",
            plan.shape.file, passed.row, passed.text
        ));
    }
}

fn print_differences(plan: &Plan, names: &HashMap<PupilId, String>, out: &mut Out) {
    let told = |id: PupilId| {
        let name = names.get(&id).map(String::as_str).unwrap_or_default();
        format!("{id} {name}")
    };
    if !plan.office_to_mend.is_empty() {
        out.line("The office says otherwise; ours stays");
    }
    for mend in &plan.office_to_mend {
        let theirs = if mend.theirs.is_empty() {
            "nothing"
        } else {
            &mend.theirs
        };
        out.line(&format!(
            "  {}: {}: ours {}, row {} {theirs}",
            told(mend.pupil),
            mend.field,
            mend.ours,
            mend.row
        ));
    }
    if !plan.asks.is_empty() {
        out.line("Not certain who it is: left out unless one was chosen");
    }
    for ask in &plan.asks {
        let candidates: Vec<String> = ask.candidates.iter().map(|id| told(*id)).collect();
        let chosen = ask.choice.map(|whom| match whom {
            Whom::Pupil(id) => format!("; chosen {id}"),
            Whom::New => "; taken for another child".to_owned(),
        });
        out.line(&format!(
            "  row {}: {}: {}{}",
            ask.incoming.row,
            ask.reason,
            candidates.join("; "),
            chosen.unwrap_or_default()
        ));
    }
    if !plan.left.is_empty() {
        let ticked = plan.left.iter().any(|leaver| leaver.take);
        out.line(if ticked {
            "On roll and not in the file: marked as having left"
        } else {
            "On roll and not in the file (--leavers marks them as having left)"
        });
    }
    for leaver in &plan.left {
        out.line(&format!("  {}", told(leaver.pupil)));
    }
    if !plan.returned.is_empty() {
        let ticked = plan.returned.iter().any(|returner| returner.take);
        out.line(if ticked {
            "Left and in the file again: marked as back on roll"
        } else {
            "Left and in the file again (--returners marks them as back on roll)"
        });
    }
    for returner in &plan.returned {
        out.line(&format!("  row {}: {}", returner.row, told(returner.pupil)));
    }
}
