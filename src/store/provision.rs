//! Types of provision and their runs: SQL in, [`Run`] out.

use super::error::{Error, Result};
use super::member::{members, sessions};
use super::{Store, Writer, day, fit, no_record, read_day, text, whole};
use crate::domain::code::Area;
use crate::domain::date;
use crate::domain::form::{Kind, Known, Value, Values};
use crate::domain::id::{ProvisionId, ProvisionTypeId, PupilId, StaffId};
use crate::domain::provision::{Phase, Provision, ProvisionType, Run, Tier, catalogue};
use chrono::NaiveDate;
use rusqlite::{Connection, OptionalExtension, Row, params};
use std::collections::HashMap;

const TYPE: &str =
    "SELECT id, name, area, tier, minutes, sessions_week, weeks, group_size, materials_pence
     FROM provision_type";

const RUN: &str = "SELECT provision.id, provision.type, provision_type.name, provision_type.area,
       provision_type.tier, provision_type.group_size, provision.staff, staff.name, provision.starts,
       provision.ends, provision.minutes, provision.sessions_week, provision.weeks, provision.materials_pence,
       provision.run_name, provision.planned_rate
     FROM provision JOIN provision_type ON provision_type.id = provision.type
     LEFT JOIN staff ON staff.id = provision.staff";

fn read_area(row: &Row<'_>, at: usize) -> rusqlite::Result<Option<Area>> {
    Ok(row
        .get_ref(at)?
        .as_str_or_null()?
        .and_then(Area::from_short))
}

fn read_tier(row: &Row<'_>, at: usize) -> rusqlite::Result<Option<Tier>> {
    Ok(row.get_ref(at)?.as_str_or_null()?.and_then(Tier::from_word))
}

fn read_type(row: &Row<'_>) -> rusqlite::Result<ProvisionType> {
    Ok(ProvisionType {
        id: ProvisionTypeId(row.get(0)?),
        name: row.get(1)?,
        area: read_area(row, 2)?,
        tier: read_tier(row, 3)?,
        minutes: row.get(4)?,
        sessions_week: row.get(5)?,
        weeks: row.get(6)?,
        group_size: row.get(7)?,
        materials_pence: row.get(8)?,
    })
}

fn read_run(row: &Row<'_>) -> rusqlite::Result<Provision> {
    Ok(Provision {
        id: ProvisionId(row.get(0)?),
        of: ProvisionTypeId(row.get(1)?),
        name: row.get(2)?,
        area: read_area(row, 3)?,
        tier: read_tier(row, 4)?,
        group_size: row.get(5)?,
        staff: row.get::<_, Option<i64>>(6)?.map(StaffId),
        staff_name: row.get(7)?,
        starts: read_day(row, 8)?.unwrap_or(NaiveDate::MIN),
        ends: read_day(row, 9)?,
        minutes: row.get(10)?,
        sessions_week: row.get(11)?,
        weeks: row.get(12)?,
        materials_pence: row.get(13)?,
        run_name: row.get(14)?,
        planned_rate: row.get(15)?,
    })
}

pub(super) fn find_type(conn: &Connection, id: ProvisionTypeId) -> Result<Option<ProvisionType>> {
    let found = conn
        .prepare_cached(&format!("{TYPE} WHERE id = ?1"))?
        .query_row([id.0], read_type)
        .optional()?;
    Ok(found)
}

/// A run, in the bin or not.
pub(super) fn find(conn: &Connection, id: ProvisionId) -> Result<Option<Provision>> {
    let run = conn
        .prepare_cached(&format!("{RUN} WHERE provision.id = ?1"))?
        .query_row([id.0], read_run)
        .optional()?;
    Ok(run)
}

/// What a form on a type starts from.
pub(super) fn type_values(of: &ProvisionType) -> Values {
    let word = |word: Option<&str>| word.map(|word| Value::Text(word.to_owned()));
    Values::from([
        ("name", Some(Value::Text(of.name.clone()))),
        ("area", word(of.area.map(Area::short))),
        ("tier", word(of.tier.map(Tier::word))),
        ("minutes", of.minutes.map(Value::Whole)),
        ("sessions_week", of.sessions_week.map(Value::Whole)),
        ("hours_week", None),
        ("weeks", of.weeks.map(Value::Whole)),
        ("group_size", of.group_size.map(Value::Whole)),
        ("materials_pence", of.materials_pence.map(Value::Whole)),
    ])
}

/// What a form on a run starts from.
pub(super) fn values(run: &Provision) -> Values {
    Values::from([
        ("type", Some(Value::Whole(run.of.0))),
        ("staff", run.staff.map(|staff| Value::Whole(staff.0))),
        ("starts", Some(Value::Date(run.starts))),
        ("ends", run.ends.map(Value::Date)),
        ("minutes", Some(Value::Whole(run.minutes))),
        ("sessions_week", Some(Value::Whole(run.sessions_week))),
        ("hours_week", None),
        ("weeks", Some(Value::Whole(run.weeks))),
        ("materials_pence", Some(Value::Whole(run.materials_pence))),
        ("run_name", run.run_name.clone().map(Value::Text)),
    ])
}

impl Store {
    /// The school's types of provision, by name.
    pub fn provision_types(&self) -> Result<Vec<ProvisionType>> {
        self.read(|conn| {
            let mut types =
                conn.prepare_cached(&format!("{TYPE} ORDER BY name COLLATE NOCASE, id"))?;
            let types = types.query_map([], read_type)?;
            Ok(types.collect::<rusqlite::Result<_>>()?)
        })
    }

    /// What a form takes by name.
    pub fn known(&self) -> Result<Known> {
        let staff = self.staff()?;
        let types = self.provision_types()?;
        let today = self.today();
        let runs = self.runs(false)?;
        Ok(Known {
            runs: runs
                .into_iter()
                .map(|run| (run.provision.id.0, run.told_apart(today)))
                .collect(),
            staff: staff.into_iter().map(|one| (one.id.0, one.name)).collect(),
            types: types.into_iter().map(|one| (one.id.0, one.name)).collect(),
        })
    }

    /// Every run out of the bin with those in it, by the day it starts. Sessions are left out unless `whole`: there are
    /// many of them.
    pub fn runs(&self, whole: bool) -> Result<Vec<Run>> {
        let sql = format!(
            "{RUN} WHERE provision.binned_at IS NULL ORDER BY provision.starts, provision.id"
        );
        self.read(|conn| {
            let mut found = conn.prepare_cached(&sql)?;
            let mut runs: Vec<Run> = found
                .query_map([], read_run)?
                .map(|run| run.map(empty))
                .collect::<rusqlite::Result<_>>()?;
            let places: HashMap<ProvisionId, usize> = runs
                .iter()
                .enumerate()
                .map(|(at, run)| (run.provision.id, at))
                .collect();
            for member in members(conn, "member.binned_at IS NULL ORDER BY member.id", [])? {
                if let Some(at) = places.get(&member.provision) {
                    runs[*at].members.push(member);
                }
            }
            if whole {
                for session in sessions(conn, "1 ORDER BY day, id", [])? {
                    if let Some(at) = places.get(&session.provision) {
                        runs[*at].sessions.push(session);
                    }
                }
            }
            Ok(runs)
        })
    }

    /// One run with everything about it; `None` when there is none, or it is in the bin.
    pub fn run(&self, id: ProvisionId) -> Result<Option<Run>> {
        self.read(|conn| {
            let Some(provision) = live(conn, id)? else {
                return Ok(None);
            };
            filled(conn, provision).map(Some)
        })
    }

    /// The runs a pupil is or was in, whole, by the day they start.
    pub fn runs_of(&self, pupil: PupilId) -> Result<Vec<Run>> {
        let sql = format!(
            "{RUN} WHERE provision.binned_at IS NULL AND provision.id IN
               (SELECT provision FROM member WHERE pupil = ?1 AND binned_at IS NULL)
             ORDER BY provision.starts, provision.id"
        );
        self.read(|conn| {
            let mut found = conn.prepare_cached(&sql)?;
            let found: Vec<Provision> = found
                .query_map([pupil.0], read_run)?
                .collect::<rusqlite::Result<_>>()?;
            found.into_iter().map(|run| filled(conn, run)).collect()
        })
    }
}

fn empty(provision: Provision) -> Run {
    Run {
        provision,
        members: Vec::new(),
        sessions: Vec::new(),
    }
}

fn filled(conn: &Connection, provision: Provision) -> Result<Run> {
    let id = provision.id.0;
    Ok(Run {
        members: members(
            conn,
            "member.provision = ?1 AND member.binned_at IS NULL ORDER BY member.id",
            [id],
        )?,
        sessions: sessions(conn, "provision = ?1 ORDER BY day, id", [id])?,
        provision,
    })
}

/// A run that is not in the bin.
pub(super) fn live(conn: &Connection, id: ProvisionId) -> Result<Option<Provision>> {
    let run = conn
        .prepare_cached(&format!(
            "{RUN} WHERE provision.id = ?1 AND provision.binned_at IS NULL"
        ))?
        .query_row([id.0], read_run)
        .optional()?;
    Ok(run)
}

impl Store {
    /// The runs of a type that are not over on a day: a new one would be the second.
    pub fn runs_beside(&self, of: ProvisionTypeId) -> Result<Vec<Run>> {
        let (calendar, today) = (self.calendar()?, self.today());
        let mut runs = self.runs(false)?;
        runs.retain(|run| {
            run.provision.of == of && run.provision.phase(&calendar, today) != Phase::Over
        });
        Ok(runs)
    }
}

impl Writer<'_> {
    /// Gives a run a name of its own, or takes it away.
    pub fn name_run(&mut self, id: ProvisionId, name: Option<&str>) -> Result<()> {
        let name = name.map(|name| Value::Text(name.to_owned()));
        self.amend_provision(id, &Values::from([("run_name", name)]))
    }

    /// Nothing loses its staff or its type: neither is taken off the file while a run or a session names it.
    pub(super) fn named_nowhere(&self, kind: Kind, id: i64) -> Result<()> {
        let sql = match kind {
            Kind::Staff => {
                "SELECT 1 FROM provision WHERE staff = ?1 UNION SELECT 1 FROM session WHERE staff = ?1"
            }
            _ => "SELECT 1 FROM provision WHERE type = ?1",
        };
        if self.conn.prepare_cached(sql)?.exists([id])? {
            return Err(Error::Refused {
                text: format!(
                    "{}{id} is named in provision and stays on file.",
                    kind.def().letter
                ),
            });
        }
        Ok(())
    }

    pub(super) fn live_provision(&self, id: ProvisionId) -> Result<Provision> {
        live(self.conn, id)?.ok_or_else(|| no_record(Kind::Provision, id.0))
    }

    pub(super) fn add_provision_type(&mut self, values: &Values) -> Result<ProvisionTypeId> {
        let name = text(values, "name").ok_or(Error::NotGiven { field: "name" })?;
        let (minutes, sessions_week) = match fit::weekly(values)? {
            Some((minutes, times)) => (Some(minutes), Some(times)),
            None => (whole(values, "minutes"), whole(values, "sessions_week")),
        };
        let id = self
            .conn
            .prepare_cached(
                "INSERT INTO provision_type
                   (name, area, tier, minutes, sessions_week, weeks, group_size, materials_pence, entered_at)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
            )?
            .insert(params![
                name,
                text(values, "area"),
                text(values, "tier"),
                minutes,
                sessions_week,
                whole(values, "weeks"),
                whole(values, "group_size"),
                whole(values, "materials_pence"),
                self.now,
            ])?;
        Ok(ProvisionTypeId(id))
    }

    /// The type of this name in the catalogue's usual shape, made when the school has none.
    pub(super) fn type_named(&mut self, offered: &catalogue::Offered) -> Result<ProvisionTypeId> {
        let known: Option<i64> = self
            .conn
            .prepare_cached("SELECT id FROM provision_type WHERE name = ?1 COLLATE NOCASE")?
            .query_row([offered.name], |row| row.get(0))
            .optional()?;
        if let Some(id) = known {
            return Ok(ProvisionTypeId(id));
        }
        let words = |words: &str| Some(Value::Text(words.to_owned()));
        self.add_provision_type(&Values::from([
            ("name", words(offered.name)),
            ("area", words(offered.area.short())),
            ("minutes", Some(Value::Whole(catalogue::USUAL_MINUTES))),
            (
                "sessions_week",
                Some(Value::Whole(catalogue::USUAL_SESSIONS_WEEK)),
            ),
            ("weeks", Some(Value::Whole(catalogue::USUAL_WEEKS))),
        ]))
    }

    pub(super) fn amend_provision_type(
        &mut self,
        id: ProvisionTypeId,
        values: &Values,
    ) -> Result<()> {
        let mut of =
            find_type(self.conn, id)?.ok_or_else(|| no_record(Kind::ProvisionType, id.0))?;
        for field in values.keys() {
            let number = whole(values, field);
            match *field {
                "name" => text(values, field)
                    .ok_or(Error::NotGiven { field: "name" })?
                    .clone_into(&mut of.name),
                "area" => of.area = text(values, field).and_then(Area::from_short),
                "tier" => of.tier = text(values, field).and_then(Tier::from_word),
                "minutes" => of.minutes = number,
                "sessions_week" => of.sessions_week = number,
                "weeks" => of.weeks = number,
                "group_size" => of.group_size = number,
                "materials_pence" => of.materials_pence = number,
                _ => {}
            }
        }
        if let Some((minutes, times)) = fit::weekly(values)? {
            (of.minutes, of.sessions_week) = (Some(minutes), Some(times));
        }
        self.conn
            .prepare_cached(
                "UPDATE provision_type SET name = ?1, area = ?2, tier = ?3, minutes = ?4, sessions_week = ?5,
                   weeks = ?6, group_size = ?7, materials_pence = ?8
                 WHERE id = ?9",
            )?
            .execute(params![
                of.name,
                of.area.map(Area::short),
                of.tier.map(Tier::word),
                of.minutes,
                of.sessions_week,
                of.weeks,
                of.group_size,
                of.materials_pence,
                id.0,
            ])?;
        Ok(())
    }

    /// A run; what is not given is taken from the type.
    pub(super) fn add_provision(&mut self, values: &Values) -> Result<ProvisionId> {
        let of = whole(values, "type").ok_or(Error::NotGiven { field: "type" })?;
        let of = find_type(self.conn, ProvisionTypeId(of))?
            .ok_or_else(|| no_record(Kind::ProvisionType, of))?;
        let needed = |field: &'static str, usual: Option<i64>| {
            whole(values, field).or(usual).ok_or(Error::Refused {
                text: format!("{field} is not given, and the type {} has none.", of.id),
            })
        };
        let starts = day(values, "starts").unwrap_or(self.today);
        let ends = day(values, "ends");
        fit::in_order(starts, ends)?;
        let staff = self.staff_in(values, "staff")?;
        let (minutes, sessions_week) = match fit::weekly(values)? {
            Some(weekly) => weekly,
            None => (
                needed("minutes", of.minutes)?,
                needed("sessions_week", of.sessions_week)?,
            ),
        };
        let weeks = match (whole(values, "weeks"), ends) {
            (None, Some(ends)) => self.weeks_by_end(starts, ends)?,
            _ => needed("weeks", of.weeks)?,
        };
        let id = self
            .conn
            .prepare_cached(
                "INSERT INTO provision
                   (type, staff, starts, ends, minutes, sessions_week, weeks, materials_pence, planned_rate,
                     entered_at, run_name)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
            )?
            .insert(params![
                of.id.0,
                staff.map(|staff| staff.0),
                date::iso(starts),
                ends.map(date::iso),
                minutes,
                sessions_week,
                weeks,
                whole(values, "materials_pence")
                    .or(of.materials_pence)
                    .unwrap_or(0),
                self.rate_on(staff, starts)?,
                self.now,
                text(values, "run_name"),
            ])?;
        Ok(ProvisionId(id))
    }

    pub(super) fn amend_provision(&mut self, id: ProvisionId, values: &Values) -> Result<()> {
        let mut run = self.live_provision(id)?;
        let was = run.clone();
        // What is emptied is taken from the type, as when a run is made.
        let of = whole(values, "type").map_or(run.of, ProvisionTypeId);
        let of = find_type(self.conn, of)?.ok_or_else(|| no_record(Kind::ProvisionType, of.0))?;
        for field in values.keys() {
            let number = |usual: Option<i64>| {
                let own = whole(values, field).or(usual);
                own.ok_or(Error::NotGiven { field })
            };
            match *field {
                "type" => run.of = of.id,
                "staff" => run.staff = self.staff_in(values, field)?,
                "starts" => run.starts = day(values, field).ok_or(Error::NotGiven { field })?,
                "ends" => run.ends = day(values, field),
                "run_name" => run.run_name = text(values, field).map(str::to_owned),
                "minutes" => run.minutes = number(of.minutes)?,
                "sessions_week" => run.sessions_week = number(of.sessions_week)?,
                "weeks" => run.weeks = number(of.weeks)?,
                "materials_pence" => run.materials_pence = number(of.materials_pence.or(Some(0)))?,
                _ => {}
            }
        }
        fit::in_order(run.starts, run.ends)?;
        if let Some(weekly) = fit::weekly(values)? {
            (run.minutes, run.sessions_week) = weekly;
        }
        let moved = (was.starts, was.ends) != (run.starts, run.ends);
        if let Some(ends) = run
            .ends
            .filter(|_| moved && whole(values, "weeks").is_none())
        {
            run.weeks = self.weeks_by_end(run.starts, ends)?;
        }
        run.planned_rate = self.rate_kept(&was, &run)?;
        self.conn
            .prepare_cached(
                "UPDATE provision SET type = ?1, staff = ?2, starts = ?3, ends = ?4, minutes = ?5,
                   sessions_week = ?6, weeks = ?7, materials_pence = ?8, planned_rate = ?9, run_name = ?11
                 WHERE id = ?10",
            )?
            .execute(params![
                run.of.0,
                run.staff.map(|staff| staff.0),
                date::iso(run.starts),
                run.ends.map(date::iso),
                run.minutes,
                run.sessions_week,
                run.weeks,
                run.materials_pence,
                run.planned_rate,
                id.0,
                run.run_name,
            ])?;
        Ok(())
    }
}
