//! The plan of an import as lines to read and tick, before anything is written.

use crate::app::list::List;
use crate::domain::batch::{Ask, Plan, Whom};
use crate::domain::id::PupilId;
use std::collections::HashMap;

/// A line of the plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Line {
    /// A heading of a part.
    Head(String),
    /// Something to read.
    Text(String),
    /// Something to read that wants care.
    Warn(String),
    /// A pupil who is not in the file: ticked, marked as having left.
    Leaver(usize, String),
    /// A pupil who left and is in the file again: ticked, marked as back on roll.
    Returner(usize, String),
    /// A status or need that differs: ticked, the office's is taken.
    Mend(usize, String),
    /// A row of which it is not certain whom it is about: one of these, another child, or left out.
    Ask(usize, String),
}

/// The plan as the screen shows it.
#[derive(Debug)]
pub struct View {
    /// What would be done.
    pub plan: Plan,
    /// Its lines.
    pub lines: Vec<Line>,
    /// Cursor and page.
    pub list: List,
    /// True while it is being applied.
    pub applying: bool,
    names: HashMap<PupilId, String>,
}

impl View {
    /// Opens a plan; `names` are the pupils it speaks of, by id.
    pub fn open(plan: Plan, names: HashMap<PupilId, String>) -> Self {
        let mut view = Self {
            plan,
            lines: Vec::new(),
            list: List::default(),
            applying: false,
            names,
        };
        view.arrange();
        view
    }

    /// Pupils on file a plan speaks of.
    pub fn pupils(plan: &Plan) -> Vec<PupilId> {
        let changed = plan.changed.iter().map(|change| change.pupil);
        let left = plan.left.iter().map(|leaver| leaver.pupil);
        let mend = plan.office_to_mend.iter().map(|mend| mend.pupil);
        let asked = plan
            .asks
            .iter()
            .flat_map(|ask| ask.candidates.iter().copied());
        let returned = plan.returned.iter().map(|returner| returner.pupil);
        let known = changed.chain(left).chain(mend);
        let mut all: Vec<PupilId> = known.chain(asked).chain(returned).collect();
        all.sort_unstable();
        all.dedup();
        all
    }

    fn name(&self, id: PupilId) -> String {
        self.names
            .get(&id)
            .cloned()
            .unwrap_or_else(|| id.to_string())
    }

    /// Writes the lines anew, after a tick.
    pub fn arrange(&mut self) {
        let mut lines = Vec::new();
        self.shape_lines(&mut lines);
        self.row_lines(&mut lines);
        self.choice_lines(&mut lines);
        self.passed_lines(&mut lines);
        self.lines = lines;
        let height = self.list.page().len().max(1);
        self.list.fit(self.lines.len(), height);
    }

    fn shape_lines(&self, lines: &mut Vec<Line>) {
        let shape = &self.plan.shape;
        lines.push(Line::Head(format!(
            "What was understood: {} between cells, {}, headings on line {}",
            shape.delimiter, shape.encoding, shape.header_row
        )));
        for mapping in &shape.mapping {
            lines.push(Line::Text(match mapping.target {
                Some(target) => format!("{} \u{2192} {}", mapping.heading, target.name()),
                None => format!("{} \u{2192} not taken", mapping.heading),
            }));
        }
        if shape.mapping.iter().any(|mapping| mapping.target.is_none()) {
            let how = "To take a heading otherwise, from the shell: sendesk import FILE --map \"Heading=field\"";
            lines.push(Line::Text(how.to_owned()));
        }
        lines.extend(shape.notes.iter().cloned().map(Line::Text));
    }

    fn row_lines(&self, lines: &mut Vec<Line>) {
        let plan = &self.plan;
        let part = |lines: &mut Vec<Line>, count: usize, title: &str| {
            if count > 0 {
                lines.push(Line::Head(format!("{title} ({count})")));
            }
        };
        part(lines, plan.rejected.len(), "Not taken");
        for fault in &plan.rejected {
            lines.push(Line::Warn(fault_text(fault)));
        }
        part(lines, plan.flagged.len(), "To be mended");
        for fault in &plan.flagged {
            lines.push(Line::Text(fault_text(fault)));
        }
        let title = "A later row about the same child says otherwise, and is not taken";
        part(lines, plan.differences.len(), title);
        for difference in &plan.differences {
            lines.push(Line::Text(format!(
                "line {}, {} \"{}\": taken is \"{}\"",
                difference.row, difference.column, difference.other, difference.kept
            )));
        }
        part(lines, plan.changed.len(), "Changed");
        for change in &plan.changed {
            for field in &change.fields {
                let old = if field.old.is_empty() {
                    "nothing"
                } else {
                    &field.old
                };
                lines.push(Line::Text(format!(
                    "{}: {} {old} \u{2192} {}",
                    self.name(change.pupil),
                    field.field,
                    field.new
                )));
            }
        }
        part(lines, plan.added.len(), "Added");
        for pupil in &plan.added {
            let known = pupil
                .preferred_forename
                .as_deref()
                .or(pupil.forename.as_deref())
                .unwrap_or_default();
            let name = crate::domain::pupil::listed_name(
                pupil.surname.as_deref().unwrap_or_default(),
                known,
            );
            let class = pupil.class.as_deref().unwrap_or_default();
            lines.push(Line::Text(format!("{name} {class}").trim_end().to_owned()));
        }
    }

    /// Lines of the file that are no rows: last, for they ask for nothing.
    fn passed_lines(&self, lines: &mut Vec<Line>) {
        let passed = &self.plan.passed_over;
        if !passed.is_empty() {
            let count = passed.len();
            lines.push(Line::Head(format!(
                "Passed over: titles, headings, totals, keys ({count})"
            )));
        }
        for passed in passed {
            lines.push(Line::Text(format!("line {}: {}", passed.row, passed.text)));
        }
    }

    /// One question: the reason, whom it may be, and what was chosen.
    fn ask_line(&self, ask: &Ask) -> String {
        let choice = match ask.choice {
            Some(Whom::Pupil(id)) => format!("is {} ({id})", self.name(id)),
            Some(Whom::New) => "another child, to be added".to_owned(),
            None => "left out".to_owned(),
        };
        let row = &ask.incoming;
        let name = crate::domain::pupil::listed_name(
            row.surname.as_deref().unwrap_or_default(),
            row.forename.as_deref().unwrap_or_default(),
        );
        let known: Vec<String> = ask.candidates.iter().map(|id| self.name(*id)).collect();
        format!(
            "line {} {name}: {}: {}; {choice}",
            row.row,
            ask.reason,
            known.join("; ")
        )
    }

    fn choice_lines(&self, lines: &mut Vec<Line>) {
        let plan = &self.plan;
        if !plan.asks.is_empty() {
            lines.push(Line::Head(format!(
                "Who is this? Space chooses ({})",
                plan.asks.len()
            )));
        }
        for (at, ask) in plan.asks.iter().enumerate() {
            lines.push(Line::Ask(at, self.ask_line(ask)));
        }
        if !plan.office_to_mend.is_empty() {
            let count = plan.office_to_mend.len();
            lines.push(Line::Head(format!(
                "Differs from the office: ours stays unless ticked with Space ({count})"
            )));
        }
        for (at, mend) in plan.office_to_mend.iter().enumerate() {
            let text = format!(
                "{}: {} is {}, the office has {}",
                self.name(mend.pupil),
                mend.field,
                mend.ours,
                mend.theirs
            );
            lines.push(Line::Mend(at, text));
        }
        if !plan.left.is_empty() {
            lines.push(Line::Head(format!(
                "Not in the file: Space marks as left, L all ({})",
                plan.left.len()
            )));
        }
        for (at, leaver) in plan.left.iter().enumerate() {
            lines.push(Line::Leaver(at, self.name(leaver.pupil)));
        }
        if !plan.returned.is_empty() {
            lines.push(Line::Head(format!(
                "Left and in the file again: Space marks as back on roll ({})",
                plan.returned.len()
            )));
        }
        for (at, returner) in plan.returned.iter().enumerate() {
            lines.push(Line::Returner(at, self.name(returner.pupil)));
        }
    }

    /// True when a line can be ticked or chosen.
    pub fn has_choices(&self) -> bool {
        let plan = &self.plan;
        !(plan.left.is_empty()
            && plan.office_to_mend.is_empty()
            && plan.asks.is_empty()
            && plan.returned.is_empty())
    }

    /// Ticks the line under the cursor, or takes the next choice.
    pub fn tick(&mut self) {
        let line = self
            .list
            .cursor()
            .and_then(|row| self.lines.get(row))
            .cloned();
        match line {
            Some(Line::Leaver(at, _)) => self.plan.left[at].take = !self.plan.left[at].take,
            Some(Line::Returner(at, _)) => {
                self.plan.returned[at].take = !self.plan.returned[at].take;
            }
            Some(Line::Mend(at, _)) => {
                self.plan.office_to_mend[at].take = !self.plan.office_to_mend[at].take;
            }
            Some(Line::Ask(at, _)) => {
                let ask = &mut self.plan.asks[at];
                let after = |id: PupilId| ask.candidates.iter().position(|other| *other == id);
                let next = match ask.choice {
                    None => Some(0),
                    Some(Whom::Pupil(id)) => after(id).map(|found| found + 1),
                    Some(Whom::New) => None,
                };
                ask.choice = next.map(|next| match ask.candidates.get(next) {
                    Some(id) => Whom::Pupil(*id),
                    None => Whom::New,
                });
            }
            _ => return,
        }
        self.arrange();
    }

    /// Ticks every leaver, or none when all are ticked.
    pub fn tick_leavers(&mut self) {
        let take = !self.plan.left.iter().all(|leaver| leaver.take);
        self.plan
            .left
            .iter_mut()
            .for_each(|leaver| leaver.take = take);
        self.arrange();
    }

    /// True when a line is ticked.
    pub fn is_ticked(&self, line: &Line) -> Option<bool> {
        match line {
            Line::Leaver(at, _) => self.plan.left.get(*at).map(|leaver| leaver.take),
            Line::Returner(at, _) => self.plan.returned.get(*at).map(|one| one.take),
            Line::Mend(at, _) => self.plan.office_to_mend.get(*at).map(|mend| mend.take),
            Line::Ask(at, _) => self.plan.asks.get(*at).map(|ask| ask.choice.is_some()),
            _ => None,
        }
    }
}

fn fault_text(fault: &crate::domain::batch::RowFault) -> String {
    match (fault.column.is_empty(), fault.value.is_empty()) {
        (true, _) => format!("line {}: {}", fault.row, fault.reason),
        (false, true) => format!("line {}, {}: {}", fault.row, fault.column, fault.reason),
        (false, false) => format!(
            "line {}, {} \"{}\": {}",
            fault.row, fault.column, fault.value, fault.reason
        ),
    }
}
