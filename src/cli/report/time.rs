//! `report time`: typed hours and the minutes of contacts by school and week. The keys are a promise to users' scripts.

use crate::cli::access::Access;
use crate::cli::args::TimeArgs;
use crate::cli::out::Out;
use crate::cli::stop::Stop;
use crate::cli::table::Table;
use crate::domain::date;
use crate::domain::hours::{self, ByWeek, Spent, Weeks};
use crate::domain::year::AcademicYear;
use chrono::NaiveDate;
use serde::Serialize;

/// What the report is for, and no more than the Code says.
const FOR: &str = "For looking at a shared arrangement together: by the Code of Practice (6.92 to 6.94) schools that share \
    a SENCO should review regularly how well it works. It asks for no record of hours.";

#[derive(Serialize)]
struct TimeJson {
    /// The first Monday.
    from: String,
    /// The last Sunday.
    to: String,
    /// The weeks that have any, for each school.
    weeks: Vec<WeekJson>,
    schools: Vec<SchoolJson>,
}

#[derive(Serialize)]
struct WeekJson {
    /// The week's Monday.
    week: String,
    school: String,
    #[serde(flatten)]
    spent: SpentJson,
}

#[derive(Serialize)]
struct SchoolJson {
    school: String,
    name: String,
    #[serde(flatten)]
    spent: SpentJson,
    share_percent: i64,
}

#[derive(Serialize)]
struct SpentJson {
    typed_minutes: i64,
    contact_minutes: i64,
    minutes: i64,
}

impl From<Spent> for SpentJson {
    fn from(spent: Spent) -> Self {
        Self {
            typed_minutes: spent.typed,
            contact_minutes: spent.contacts,
            minutes: spent.together(),
        }
    }
}

/// One school's time.
struct School {
    code: String,
    name: String,
    by_week: ByWeek,
    /// Its part of all of them, in per cent.
    share: i64,
}

/// Prints the time of every school, or of the one named.
pub(super) fn run(access: &Access, verb: &TimeArgs, out: &mut Out) -> Result<(), Stop> {
    let weeks = asked(access.today, verb)?;
    let mut schools = Vec::new();
    for store in access.named_or_every()? {
        let school = store.school()?;
        schools.push(School {
            by_week: ByWeek::of(&store.hours()?, &store.contact_minutes(weeks)?, weeks),
            code: school.code,
            name: school.name,
            share: 0,
        });
    }
    let together: Vec<i64> = schools
        .iter()
        .map(|school| school.by_week.total().together())
        .collect();
    for (school, share) in schools.iter_mut().zip(hours::shares(&together)) {
        school.share = share;
    }
    let with_time = hours::weeks_with_time(schools.iter().map(|school| &school.by_week));
    let with_time: Vec<NaiveDate> = with_time.into_iter().collect();
    if out.json {
        json(weeks, &with_time, &schools, out);
    } else {
        print(weeks, &with_time, &schools, out);
    }
    if with_time.is_empty() {
        out.say("No hours are typed and no contact has minutes in these weeks. sendesk new hours hours=2h30 enters some.");
    }
    Ok(())
}

/// The weeks asked for: without a word from 1 September of the school year to the working date.
fn asked(today: NaiveDate, verb: &TimeArgs) -> Result<Weeks, Stop> {
    let read = |text: &Option<String>| {
        let read = text.as_deref().map(|text| date::read(text, today));
        read.transpose()
            .map_err(|fault| Stop::usage(fault.to_string()))
    };
    let to = read(&verb.to)?.unwrap_or(today);
    let from = match read(&verb.from)? {
        Some(from) => from,
        None => AcademicYear::of(to).first_day().unwrap_or(to),
    };
    if from > to {
        return Err(Stop::usage(format!(
            "--from {} lies after --to {}.",
            date::full(from),
            date::full(to)
        )));
    }
    Ok(Weeks::of(from, to))
}

fn json(weeks: Weeks, with_time: &[NaiveDate], schools: &[School], out: &mut Out) {
    let rows = with_time.iter().flat_map(|week| {
        schools.iter().map(|school| WeekJson {
            week: date::iso(*week),
            school: school.code.clone(),
            spent: school.by_week.week(*week).into(),
        })
    });
    out.value(&TimeJson {
        from: date::iso(weeks.first),
        to: date::iso(weeks.end()),
        weeks: rows.collect(),
        schools: schools
            .iter()
            .map(|school| SchoolJson {
                school: school.code.clone(),
                name: school.name.clone(),
                spent: school.by_week.total().into(),
                share_percent: school.share,
            })
            .collect(),
    });
}

fn cells(spent: Spent) -> [String; 3] {
    [spent.typed, spent.contacts, spent.together()].map(hours::shown)
}

fn print(weeks: Weeks, with_time: &[NaiveDate], schools: &[School], out: &mut Out) {
    let mut table = Table::new(&[
        "week from",
        "school",
        "typed",
        "contacts",
        "together",
        "share",
    ]);
    for week in with_time {
        let told = if out.plain { date::iso } else { date::medium };
        let (mut day, mut first) = (told(*week), true);
        for school in schools {
            let mut row = vec![day.clone(), school.code.clone()];
            row.extend(cells(school.by_week.week(*week)));
            row.push(String::new());
            table.push(row);
            // With a layout a week's day stands once.
            if first && !out.plain {
                (day, first) = (String::new(), false);
            }
        }
    }
    let mut total = "total".to_owned();
    for school in schools {
        let mut row = vec![total.clone(), school.code.clone()];
        row.extend(cells(school.by_week.total()));
        row.push(format!("{}%", school.share));
        table.push(row);
        if !out.plain {
            total.clear();
        }
    }
    if out.plain {
        out.table(&table);
        return;
    }
    out.line(&format!(
        "Time at school, week by week: {} to {}",
        date::full(weeks.first),
        date::full(weeks.end())
    ));
    out.line("");
    out.table(&table);
    out.line("");
    for school in schools {
        out.line(&format!("{}  {}", school.code, school.name));
    }
    out.line("");
    super::paper::paragraph(FOR, out);
}
