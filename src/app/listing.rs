//! Lists to take from: bin, undo list, history of a record, drafts, term dates, hours.

use super::action::Listing as Act;
use super::form::{About, Opening};
use super::list::List;
use super::overlay::Overlay;
use super::overlay::listing::{Listing, Purpose, Row, Take};
use super::state::Tone;
use super::{App, Error};
use crate::domain::contact::Involved;
use crate::domain::date;
use crate::domain::form::Kind;
use crate::domain::hours;
use crate::domain::id::PupilId;
use crate::domain::provision::{Member, Run};
use crate::domain::step::{self, StepKind};
use crate::store::{Draft, Store};
use chrono::{DateTime, NaiveDateTime, Utc};

/// What the clock on the wall showed at a moment.
type Wall = fn(DateTime<Utc>) -> NaiveDateTime;

/// How many steps the undo list shows.
const STEPS: usize = 500;

impl App {
    /// Opens a list.
    pub(super) fn list_of(&mut self, purpose: Purpose) -> Result<(), Error> {
        let rows = self.rows_of(purpose)?;
        let school = &self.state.school.name;
        let title = match purpose {
            Purpose::Bin => format!("Bin at {school}"),
            Purpose::Steps => format!("What was done at {school}"),
            Purpose::Drafts => format!("Drafts at {school}"),
            Purpose::Calendar => format!("Term dates and closures at {school}"),
            Purpose::Hours => format!("Hours at {school}"),
            Purpose::Places(run) => {
                let store = self.store.as_ref().ok_or(Error::NoSchool)?;
                let run = store.run(run)?;
                let run = run.map_or_else(String::new, |run| run.provision.title());
                format!("On {run} at {school}")
            }
            Purpose::History => return Ok(()),
        };
        self.open_listing(purpose, title, rows);
        Ok(())
    }

    fn open_listing(&mut self, purpose: Purpose, title: String, rows: Vec<Row>) {
        let mut list = List::default();
        list.fit(rows.len(), 1);
        self.state.overlays.push(Overlay::Listing(Listing {
            purpose,
            title,
            rows,
            list,
        }));
    }

    /// The history of the record under the cursor.
    pub(super) fn show_history(&mut self) -> Result<(), Error> {
        if self.refuses_several("shows the history of") {
            return Ok(());
        }
        let Some((kind, id)) = self.targets().first().copied() else {
            self.needs_row();
            return Ok(());
        };
        let store = self.store.as_ref().ok_or(Error::NoSchool)?;
        let steps = store.history_of(kind, id)?;
        let rows = steps
            .iter()
            .map(|step| self.step_row(step, Take::Nothing))
            .collect::<Result<_, Error>>()?;
        let title = format!("History of {} {}{id}", kind.noun(), kind.def().letter);
        self.open_listing(Purpose::History, title, rows);
        Ok(())
    }

    fn rows_of(&self, purpose: Purpose) -> Result<Vec<Row>, Error> {
        let store = self.store.as_ref().ok_or(Error::NoSchool)?;
        Ok(match purpose {
            Purpose::Bin => store
                .bin()?
                .into_iter()
                .map(|binned| Row {
                    when: date::day_month((self.state.local)(binned.binned_at).date()),
                    what: format!("{}: {}", binned.kind.noun(), binned.title),
                    more: children(&binned.pupils),
                    off: false,
                    coded: None,
                    take: Take::Record(binned.kind, binned.id),
                })
                .collect(),
            Purpose::Steps => {
                let mut rows = Vec::new();
                for step in &store.history(None, STEPS)? {
                    let own = step.kind == StepKind::Change && step.in_effect;
                    let take = if own {
                        Take::Step(step.id)
                    } else {
                        Take::Nothing
                    };
                    rows.push(self.step_row(step, take)?);
                }
                rows
            }
            Purpose::Drafts => {
                let mut rows = Vec::new();
                for draft in store.drafts()? {
                    rows.push(draft_row(store, draft, self.state.local)?);
                }
                rows
            }
            Purpose::Calendar => calendar_rows(store, self.state.today)?,
            Purpose::Hours => store.hours()?.into_iter().map(hours_row).collect(),
            Purpose::Places(run) => match store.run(run)? {
                Some(run) => place_rows(&run, self.state.today),
                None => Vec::new(),
            },
            Purpose::History => Vec::new(),
        })
    }

    /// Reads an open list again after something was saved.
    pub(super) fn reload_listing(&mut self) -> Result<(), Error> {
        let Some(purpose) = self
            .state
            .overlays
            .iter()
            .find_map(|overlay| match overlay {
                Overlay::Listing(listing) => Some(listing.purpose),
                _ => None,
            })
        else {
            return Ok(());
        };
        if purpose == Purpose::History {
            return Ok(());
        }
        let rows = self.rows_of(purpose)?;
        for overlay in &mut self.state.overlays {
            if let Overlay::Listing(listing) = overlay {
                let height = listing.list.page().len().max(1);
                let cursor = listing.list.cursor();
                let under = cursor
                    .and_then(|at| listing.rows.get(at))
                    .map(|row| row.take.clone());
                listing.list.fit(rows.len(), height);
                listing.rows.clone_from(&rows);
                // What Enter takes is what it was on, not what another session's save moved there.
                if let Some(take) = under.filter(|take| *take != Take::Nothing)
                    && let Some(at) = rows.iter().position(|row| row.take == take)
                {
                    listing.list.go(at);
                }
            }
        }
        Ok(())
    }

    /// Enter: takes the row under the cursor.
    pub(super) fn take_listed(&mut self) -> Result<(), Error> {
        let Some(Overlay::Listing(listing)) = self.state.overlays.last() else {
            return Ok(());
        };
        let purpose = listing.purpose;
        let row = listing.list.cursor().and_then(|row| listing.rows.get(row));
        let Some(take) = row.map(|row| row.take.clone()) else {
            return Ok(());
        };
        match take {
            Take::Nothing if purpose == Purpose::Steps => {
                self.say(
                    Tone::Note,
                    "This cannot be taken back: it is taken back already, or it changed no record.",
                );
                Ok(())
            }
            Take::Nothing => Ok(()),
            Take::Record(kind, id) if purpose == Purpose::Bin => {
                if self.refuses_change() {
                    return Ok(());
                }
                let label = step::restored(kind, &[id]);
                self.store_mut()?
                    .step(&label, |writer| writer.restore(kind, id))?;
                self.reload(false)?;
                let (code, back) = (&self.state.school.code, self.way_back(false));
                let what = self.told_rows(&[(kind, id)])?;
                let text = format!("Back from the bin: {what} at {code}{back}");
                self.say(Tone::Done, text);
                Ok(())
            }
            Take::Record(kind, id) => self.open_form(Opening::new(kind, About::On(id))),
            Take::Step(id) => {
                let step = self.store_mut()?.undo_step(id)?;
                self.reload(false)?;
                let what = format!("{} at {}", self.told_step(&step)?, self.state.school.code);
                self.say_reversed(false, &what);
                Ok(())
            }
            Take::Draft(draft) => {
                self.state.overlays.pop();
                self.open_draft(&draft)
            }
        }
    }

    /// Opens the form or the line a draft was kept of.
    pub(super) fn open_draft(&mut self, draft: &Draft) -> Result<(), Error> {
        self.chosen_draft.clone_from(&draft.mark);
        let opened = match Opening::of_draft(draft) {
            Some(opening) => self.open_form(opening),
            None => self.open_add_about(draft.about.map(PupilId), ""),
        };
        self.chosen_draft = None;
        opened
    }

    pub(super) fn listing(&mut self, act: Act) -> Result<(), Error> {
        let Some(Overlay::Listing(listing)) = self.state.overlays.last() else {
            return Ok(());
        };
        let purpose = listing.purpose;
        let row = listing.list.cursor().and_then(|row| listing.rows.get(row));
        let take = row.map(|row| row.take.clone());
        match (act, purpose, take) {
            (Act::New, purpose, _) if let Some(kind) = purpose.makes() => {
                self.open_form(Opening::new(kind, About::New(None)))
            }
            (Act::NewClosure, Purpose::Calendar, _) => {
                self.open_form(Opening::new(Kind::Closure, About::New(None)))
            }
            (Act::Remove, Purpose::Calendar | Purpose::Hours, Some(Take::Record(kind, id))) => {
                if self.refuses_change() {
                    return Ok(());
                }
                let label = step::removed(kind, id);
                self.store_mut()?
                    .step(&label, |writer| writer.remove(kind, id))?;
                self.reload(false)?;
                let (code, back) = (&self.state.school.code, self.way_back(false));
                let text = format!("Taken out: {} at {code}{back}", kind.noun());
                self.say(Tone::Done, text);
                Ok(())
            }
            (Act::Remove, Purpose::Places(_), Some(Take::Record(kind, id))) => {
                if self.refuses_change() {
                    return Ok(());
                }
                self.bin_rows(&[(kind, id)])
            }
            (Act::Remove, Purpose::Drafts, Some(Take::Draft(draft))) => {
                self.drop_draft(false, draft.mark)?;
                self.reload_listing()?;
                self.say(Tone::Done, "The draft is thrown away.");
                Ok(())
            }
            _ => {
                self.say(Tone::Note, "That does nothing in this list.");
                Ok(())
            }
        }
    }
}

fn children(pupils: &[Involved]) -> String {
    match pupils {
        [] => String::new(),
        [only] => only.spoken_name(),
        many => format!("{} children", many.len()),
    }
}

fn draft_row(store: &Store, draft: Draft, local: Wall) -> Result<Row, Error> {
    let when = draft
        .kept_at()
        .map(|at| local(at).format("%a %-d %b %H:%M").to_string())
        .unwrap_or_default();
    let whose = match Opening::of_draft(&draft) {
        None => draft.about.map(PupilId).into_iter().collect(),
        Some(opening) => match opening.about {
            About::On(id) => store.owner(opening.kind, id)?.into_iter().collect(),
            About::Entry(id) => store.owner(Kind::Contact, id.0)?.into_iter().collect(),
            About::New(_) => opening.pupils,
        },
    };
    let more = match whose.as_slice() {
        [] => String::new(),
        [only] => {
            let lines = store.lines(&[*only])?;
            lines.first().map(super::edit::spoken).unwrap_or_default()
        }
        many => format!("{} children", many.len()),
    };
    Ok(Row {
        when,
        what: draft.title(),
        more,
        off: false,
        coded: None,
        take: Take::Draft(Box::new(draft)),
    })
}

/// The places on a run: from when to when, whose, and the scores.
fn place_rows(run: &Run, today: chrono::NaiveDate) -> Vec<Row> {
    let row = |member: &Member| {
        let from = date::day_month(member.from);
        let when = match member.to {
            Some(to) => format!("{from} to {}", date::day_month(to)),
            None => format!("from {from}"),
        };
        let scores = [("entry", &member.entry), ("exit", &member.exit)];
        let scores: Vec<String> = scores
            .into_iter()
            .filter_map(|(at, score)| score.as_ref().map(|score| format!("{at} {score}")))
            .collect();
        let class = member.child.class.as_deref().unwrap_or_default();
        Row {
            when,
            what: format!("{} {class}", member.child.spoken_name())
                .trim_end()
                .to_owned(),
            coded: None,
            more: scores.join(", "),
            off: member.to.is_some_and(|to| to < today),
            take: Take::Record(Kind::Member, member.id.0),
        }
    };
    run.members.iter().map(row).collect()
}

fn hours_row(line: hours::Hours) -> Row {
    Row {
        when: format!("from {}", date::medium(line.week)),
        what: hours::shown(line.minutes),
        more: line.note.unwrap_or_default(),
        off: false,
        coded: None,
        take: Take::Record(Kind::Hours, line.id.0),
    }
}

fn calendar_rows(store: &Store, today: chrono::NaiveDate) -> Result<Vec<Row>, Error> {
    let calendar = store.calendar()?;
    let mut rows: Vec<(chrono::NaiveDate, Row)> = Vec::new();
    for term in calendar.terms() {
        rows.push((
            term.starts,
            Row {
                when: date::medium(term.starts),
                what: term.name.clone(),
                more: format!("to {}", date::full(term.ends)),
                off: term.ends < today,
                coded: None,
                take: Take::Record(Kind::Term, term.id.0),
            },
        ));
    }
    for closure in calendar.closures() {
        rows.push((
            closure.day,
            Row {
                when: date::medium(closure.day),
                what: format!("closed: {}", closure.name),
                more: String::new(),
                off: closure.day < today,
                coded: None,
                take: Take::Record(Kind::Closure, closure.id.0),
            },
        ));
    }
    rows.sort_by_key(|(day, _)| *day);
    Ok(rows.into_iter().map(|(_, row)| row).collect())
}
