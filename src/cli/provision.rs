//! `list provision` and `show v8`: runs with those in them and what they cost. The keys are a promise to users' scripts.

use super::access::Access;
use super::entry::with_class;
use super::filter::provision::Filter;
use super::out::Out;
use super::pupil;
use super::stop::Stop;
use super::table::Table;
use crate::domain::calendar::Calendar;
use crate::domain::code::Area;
use crate::domain::date;
use crate::domain::id::{ProvisionId, PupilId};
use crate::domain::provision::cost::{self, Cost, Costs, Part, Rates, pounds};
use crate::domain::provision::{Fault, Member, Phase, Run, Tier, Weeks, hours, how_often};
use crate::store::Store;
use chrono::NaiveDate;
use serde::Serialize;

#[derive(Serialize)]
struct RunJson {
    /// The school's code, when several are read.
    #[serde(skip_serializing_if = "Option::is_none")]
    school: Option<String>,
    id: String,
    /// Of its type.
    name: String,
    /// Its own, where it has one.
    run_name: Option<String>,
    area: Option<&'static str>,
    tier: Option<&'static str>,
    staff: Option<String>,
    group_size: Option<i64>,
    starts: String,
    ends: String,
    minutes: i64,
    sessions_week: i64,
    weeks: i64,
    materials_pence: i64,
    sessions_planned: i64,
    sessions_delivered: usize,
    sessions_missed: usize,
    /// What planned cost is reckoned at.
    planned_pence_hour: Option<i64>,
    cost_planned_pence: Option<i64>,
    cost_planned_unallocated_pence: Option<i64>,
    cost_to_date_pence: Option<i64>,
    cost_to_date_known_pence: i64,
    cost_to_date_unallocated_pence: Option<i64>,
    cost_delivered_pence: Option<i64>,
    cost_delivered_unallocated_pence: Option<i64>,
    members: Vec<MemberJson>,
    /// What is to be mended, in sentences.
    to_mend: Vec<String>,
}

#[derive(Serialize)]
struct MemberJson {
    id: String,
    pupil_id: String,
    from: String,
    to: Option<String>,
    entry: Option<String>,
    exit: Option<String>,
    cost_planned_pence: Option<i64>,
    cost_to_date_pence: Option<i64>,
    cost_to_date_known_pence: i64,
    cost_delivered_pence: Option<i64>,
}

/// A run with what is worked out for it on a day.
struct Worked {
    school: String,
    run: Run,
    last: NaiveDate,
    phase: Phase,
    costs: Costs,
    faults: Vec<Fault>,
    /// The rate on file for its first day, where it was planned at another.
    rate_since: Option<i64>,
}

/// What is told where costs go by weeks that nobody entered.
const NO_TERMS: &str =
    "No term dates are entered: costs count every week with a weekday that is no bank holiday.";

/// What runs of a school are worked out with.
struct Basis {
    rates: Rates,
    calendar: Calendar,
    today: NaiveDate,
}

impl Basis {
    fn of(store: &Store, today: NaiveDate) -> Result<Self, Stop> {
        Ok(Self {
            rates: store.rates()?,
            calendar: store.calendar()?,
            today,
        })
    }

    fn work(&self, school: &str, run: Run) -> Worked {
        let weeks = Weeks::of(&run.provision, &self.calendar);
        let costs = Costs::over(&run, &self.rates, &weeks, self.today);
        Worked {
            school: school.to_owned(),
            last: run.provision.last_day(&self.calendar),
            phase: run.provision.phase(&self.calendar, self.today),
            faults: run.faults_of(&costs, &weeks, &self.calendar, self.today),
            rate_since: run.provision.rate_since(&self.rates),
            costs,
            run,
        }
    }
}

/// Prints the runs of a school, or what a filter leaves of them.
pub(super) fn list(access: &Access, filter: Option<&str>, out: &mut Out) -> Result<(), Stop> {
    let filter = Filter::read(filter.unwrap_or_default())?;
    let mut found = Vec::new();
    for store in access.stores()? {
        let basis = Basis::of(&store, access.today)?;
        if !basis.calendar.has_terms() {
            out.say(&format!("{}: {NO_TERMS}", store.code()));
        }
        let about = match &filter.pupil {
            Some(text) => match pupil::within(access, &store, text, out)? {
                Some(pupil) => Some(pupil),
                // With several schools one without this pupil has nothing to list.
                None => continue,
            },
            None => None,
        };
        for run in store.runs(true)? {
            let worked = basis.work(store.code(), run);
            if fits(&filter, &worked, about) {
                found.push(worked);
            }
        }
    }
    if out.json {
        let several = access.globals.all;
        let rows: Vec<RunJson> = found
            .iter()
            .map(|worked| json(worked, several.then_some(worked.school.as_str())))
            .collect();
        out.value(&rows);
    } else {
        table(&found, access.globals.all, out);
    }
    if found.is_empty() {
        out.say("No provision to list.");
    }
    Ok(())
}

fn fits(filter: &Filter, worked: &Worked, about: Option<PupilId>) -> bool {
    let run = &worked.run;
    let is_in = |pupil: PupilId| run.members.iter().any(|one| one.pupil() == pupil);
    about.is_none_or(is_in) && filter.fits(&run.provision, worked.phase, !worked.faults.is_empty())
}

/// Prints one run whole; false where there is none.
pub(super) fn show(
    store: &Store,
    id: ProvisionId,
    today: NaiveDate,
    out: &mut Out,
) -> Result<bool, Stop> {
    let Some(run) = store.run(id)? else {
        return Ok(false);
    };
    let worked = Basis::of(store, today)?.work(store.code(), run);
    if out.json {
        out.value(&json(&worked, None));
        return Ok(true);
    }
    let school = store.school()?;
    let run = &worked.run.provision;
    out.line(&format!(
        "{id}  {}  ({} {})",
        run.title(),
        school.code,
        school.name
    ));
    let mut told = |label: &str, text: Option<String>| {
        if let Some(text) = text {
            out.line(&format!("  {label:<16}{text}"));
        }
    };
    told("Area", run.area.map(|area| area.label().to_owned()));
    told("Tier", run.tier.map(|tier| tier.word().to_owned()));
    told("Run by", run.staff_name.clone());
    let span = format!("{} to {}", date::full(run.starts), date::full(worked.last));
    told("When", Some(span));
    told(
        "How often",
        Some(format!(
            "{}, {} weeks",
            how_often(run.minutes, run.sessions_week),
            run.weeks
        )),
    );
    told(
        "Sessions",
        Some(format!(
            "{} planned, {} held, {} missed",
            run.sessions_planned(),
            worked.run.held(),
            worked.run.missed()
        )),
    );
    let costs = &worked.costs;
    let (whole, nobody) = (&costs.whole, &costs.unallocated);
    told("Planned", Some(told_whole(whole.planned, nobody.planned)));
    told("", told_rate(&worked));
    let known = (whole.to_date_known > 0 && whole.to_date.is_err())
        .then(|| format!(" ({} of it known)", pounds(whole.to_date_known)));
    let to_date = told_whole(whole.to_date, nobody.to_date) + &known.unwrap_or_default();
    told("To date", Some(to_date));
    let delivered = told_whole(whole.delivered, nobody.delivered);
    told("Delivered", Some(delivered));
    print_members(&worked, out);
    for fault in &worked.faults {
        out.line(&format!("  To mend: {fault}"));
    }
    Ok(true)
}

/// What was planned at another rate than the one on file by now.
fn told_rate(worked: &Worked) -> Option<String> {
    let (was, now) = (worked.run.provision.planned_rate?, worked.rate_since?);
    Some(format!(
        "at {} an hour; {} is on file for its first day: sendesk recost {} plans it anew",
        pounds(was),
        pounds(now),
        worked.run.provision.id
    ))
}

/// A whole with what of it falls to nobody, or why it is not known.
fn told_whole(whole: Cost, nobody: Cost) -> String {
    match whole {
        Ok(_) => cost::told(whole, nobody),
        Err(unknown) => format!("{}: {unknown}", cost::told(whole, nobody)),
    }
}

fn print_members(worked: &Worked, out: &mut Out) {
    if !worked.run.members.is_empty() {
        out.line("Children");
    }
    for (member, part) in worked.run.members.iter().zip(&worked.costs.parts) {
        let id = member.id.to_string();
        let until = member
            .to
            .map(|to| format!(" to {}", date::short(to)))
            .unwrap_or_default();
        out.line(&format!(
            "  {id:<6}{} {}, since {}{until}, {}",
            member.pupil(),
            with_class(&member.child),
            date::short(member.from),
            told_cost(part.planned),
        ));
    }
}

fn table(found: &[Worked], several: bool, out: &mut Out) {
    let mut headings = vec![
        "id",
        "provision",
        "area",
        "run by",
        "on it",
        "h/week",
        "planned",
        "unallocated",
        "from",
        "to",
        "",
    ];
    if several {
        headings.insert(0, "school");
    }
    let mut table = Table::new(&headings);
    for worked in found {
        let run = &worked.run.provision;
        let mut cells = vec![
            run.id.to_string(),
            run.title(),
            run.area.map_or("", Area::short).to_owned(),
            run.staff_name.clone().unwrap_or_default(),
            worked.run.members.len().to_string(),
            hours(run.minutes_week()),
            in_cell(worked.costs.whole.planned),
            in_cell(worked.costs.unallocated.planned),
            date::short(run.starts),
            date::short(worked.last),
            more(worked),
        ];
        if several {
            cells.insert(0, worked.school.clone());
        }
        table.push(cells);
    }
    out.table(&table);
}

fn in_cell(cost: Cost) -> String {
    cost.map_or_else(|_| "-".to_owned(), pounds)
}

/// What is to be mended, or where it stands when it is not running.
fn more(worked: &Worked) -> String {
    if let Some(fault) = worked.faults.first() {
        return format!("to mend: {fault}");
    }
    match worked.phase {
        Phase::ToCome => "to come".to_owned(),
        Phase::Running => String::new(),
        Phase::Over => "over".to_owned(),
    }
}

fn told_cost(cost: Cost) -> String {
    cost.map_or_else(|unknown| format!("not known: {unknown}"), pounds)
}

fn json(worked: &Worked, school: Option<&str>) -> RunJson {
    let (run, costs) = (&worked.run.provision, &worked.costs);
    let members = worked.run.members.iter().zip(&costs.parts);
    RunJson {
        school: school.map(str::to_owned),
        id: run.id.to_string(),
        name: run.name.clone(),
        run_name: run.run_name.clone(),
        area: run.area.map(Area::short),
        tier: run.tier.map(Tier::word),
        staff: run.staff_name.clone(),
        group_size: run.group_size,
        starts: date::iso(run.starts),
        ends: date::iso(worked.last),
        minutes: run.minutes,
        sessions_week: run.sessions_week,
        weeks: run.weeks,
        materials_pence: run.materials_pence,
        sessions_planned: run.sessions_planned(),
        sessions_delivered: worked.run.held(),
        sessions_missed: worked.run.missed(),
        planned_pence_hour: run.planned_rate,
        cost_planned_pence: costs.whole.planned.ok(),
        cost_planned_unallocated_pence: costs.unallocated.planned.ok(),
        cost_to_date_pence: costs.whole.to_date.ok(),
        cost_to_date_known_pence: costs.whole.to_date_known,
        cost_to_date_unallocated_pence: costs.unallocated.to_date.ok(),
        cost_delivered_pence: costs.whole.delivered.ok(),
        cost_delivered_unallocated_pence: costs.unallocated.delivered.ok(),
        members: members
            .map(|(member, part)| member_json(member, part))
            .collect(),
        to_mend: worked.faults.iter().map(ToString::to_string).collect(),
    }
}

fn member_json(member: &Member, part: &Part) -> MemberJson {
    MemberJson {
        id: member.id.to_string(),
        pupil_id: member.pupil().to_string(),
        from: date::iso(member.from),
        to: member.to.map(date::iso),
        entry: member.entry.clone(),
        exit: member.exit.clone(),
        cost_planned_pence: part.planned.ok(),
        cost_to_date_pence: part.to_date.ok(),
        cost_to_date_known_pence: part.to_date_known,
        cost_delivered_pence: part.delivered.ok(),
    }
}
