//! Children in runs of provision, and sessions held or missed.

use super::contact::{INVOLVED, INVOLVED_WIDTH, read_involved};
use super::error::{Error, Result};
use super::fit::in_order;
use super::{Store, Writer, day, no_record, read_day, text, whole};
use crate::domain::date;
use crate::domain::form::{Kind, Value, Values};
use crate::domain::id::{MemberId, ProvisionId, ProvisionTypeId, PupilId, SessionId, StaffId};
use crate::domain::provision::{Member, Session, catalogue};
use chrono::NaiveDate;
use rusqlite::{Connection, OptionalExtension, Params, Row, params};

fn read_member(row: &Row<'_>) -> rusqlite::Result<Member> {
    let at = INVOLVED_WIDTH;
    Ok(Member {
        child: read_involved(row, 0)?,
        left_on: read_day(row, at)?,
        id: MemberId(row.get(at + 1)?),
        provision: ProvisionId(row.get(at + 2)?),
        from: read_day(row, at + 3)?.unwrap_or(NaiveDate::MIN),
        to: read_day(row, at + 4)?,
        entry: row.get(at + 5)?,
        exit: row.get(at + 6)?,
    })
}

/// The members a clause finds.
pub(super) fn members(conn: &Connection, clause: &str, given: impl Params) -> Result<Vec<Member>> {
    let mut found = conn.prepare_cached(&format!(
        "SELECT {INVOLVED}, pupil.left_on, member.id, member.provision, member.starts, member.ends,
           member.entry, member.exit
         FROM member JOIN pupil ON pupil.id = member.pupil WHERE {clause}"
    ))?;
    let found = found.query_map(given, read_member)?;
    Ok(found.collect::<rusqlite::Result<_>>()?)
}

fn read_session(row: &Row<'_>) -> rusqlite::Result<Session> {
    Ok(Session {
        id: SessionId(row.get(0)?),
        provision: ProvisionId(row.get(1)?),
        day: read_day(row, 2)?.unwrap_or(NaiveDate::MIN),
        held: row.get_ref(3)?.as_str()? == "held",
        reason: row.get(4)?,
        staff: row.get::<_, Option<i64>>(5)?.map(StaffId),
    })
}

/// The sessions a clause finds.
pub(super) fn sessions(
    conn: &Connection,
    clause: &str,
    given: impl Params,
) -> Result<Vec<Session>> {
    let mut found = conn.prepare_cached(&format!(
        "SELECT id, provision, day, outcome, reason, staff FROM session WHERE {clause}"
    ))?;
    let found = found.query_map(given, read_session)?;
    Ok(found.collect::<rusqlite::Result<_>>()?)
}

pub(super) fn find(conn: &Connection, id: MemberId) -> Result<Option<Member>> {
    Ok(members(conn, "member.id = ?1", [id.0])?.pop())
}

pub(super) fn find_session(conn: &Connection, id: SessionId) -> Result<Option<Session>> {
    Ok(sessions(conn, "id = ?1", [id.0])?.pop())
}

impl Store {
    /// One session; `None` where there is none.
    pub fn session(&self, id: SessionId) -> Result<Option<Session>> {
        self.read(|conn| find_session(conn, id))
    }
}

/// What a form on a member starts from.
pub(super) fn values(member: &Member) -> Values {
    Values::from([
        ("provision", Some(Value::Whole(member.provision.0))),
        ("pupil", Some(Value::Whole(member.pupil().0))),
        ("from", Some(Value::Date(member.from))),
        ("to", member.to.map(Value::Date)),
        ("entry", member.entry.clone().map(Value::Text)),
        ("exit", member.exit.clone().map(Value::Text)),
    ])
}

/// What a form on a session starts from.
pub(super) fn session_values(session: &Session) -> Values {
    let outcome = if session.held { "held" } else { "missed" };
    Values::from([
        ("provision", Some(Value::Whole(session.provision.0))),
        ("date", Some(Value::Date(session.day))),
        ("outcome", Some(Value::Text(outcome.to_owned()))),
        ("reason", session.reason.clone().map(Value::Text)),
        ("staff", session.staff.map(|staff| Value::Whole(staff.0))),
    ])
}

/// What children are put on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PutOn {
    /// A run there is.
    Run(ProvisionId),
    /// A new run of a type.
    Type(ProvisionTypeId),
    /// A new run of a type that is made from the catalogue first, where the school has none of that name.
    Offered(&'static catalogue::Offered),
}

impl Writer<'_> {
    /// Puts children on provision from a day on: in a run there is, or in a new one in the type's usual shape, run by
    /// whoever ran the last one. Those who are in the run already stay as they are.
    ///
    /// # Errors
    /// As [`Writer::add`]; [`Error::Refused`] for a child who has left.
    pub fn put_on(
        &mut self,
        pupils: &[PupilId],
        what: PutOn,
        from: NaiveDate,
    ) -> Result<(ProvisionId, Vec<MemberId>)> {
        let run = match what {
            PutOn::Run(run) => run,
            PutOn::Type(of) => self.new_run(of, from)?,
            PutOn::Offered(offered) => {
                let of = self.type_named(offered)?;
                self.new_run(of, from)?
            }
        };
        let starts = self.live_provision(run)?.starts;
        let from = match what {
            PutOn::Run(_) => from.max(starts),
            PutOn::Type(_) | PutOn::Offered(_) => starts,
        };
        let there = members(
            self.conn,
            "member.provision = ?1 AND member.binned_at IS NULL",
            [run.0],
        )?;
        let mut put = Vec::new();
        for pupil in pupils {
            let is_in = |member: &&Member| member.pupil() == *pupil && member.is_in(from);
            if there.iter().find(is_in).is_none() {
                put.push(self.add_member(&Values::from([
                    ("provision", Some(Value::Whole(run.0))),
                    ("pupil", Some(Value::Whole(pupil.0))),
                    ("from", Some(Value::Date(from))),
                ]))?);
            }
        }
        Ok((run, put))
    }

    fn new_run(&mut self, of: ProvisionTypeId, starts: NaiveDate) -> Result<ProvisionId> {
        let last: Option<Option<i64>> = self
            .conn
            .prepare_cached(
                "SELECT staff FROM provision WHERE type = ?1 AND binned_at IS NULL
                 ORDER BY starts DESC, id DESC LIMIT 1",
            )?
            .query_row([of.0], |row| row.get(0))
            .optional()?;
        self.add_provision(&Values::from([
            ("type", Some(Value::Whole(of.0))),
            ("staff", last.flatten().map(Value::Whole)),
            ("starts", Some(Value::Date(starts))),
        ]))
    }

    pub(super) fn live_member(&self, id: MemberId) -> Result<Member> {
        let clause = "member.id = ?1 AND member.binned_at IS NULL";
        members(self.conn, clause, [id.0])?
            .pop()
            .ok_or_else(|| no_record(Kind::Member, id.0))
    }

    /// The child's first day is today where none is given, or the provision's where that lies ahead: nobody bears weeks
    /// from before it came. Only with a run that this very step makes it begins as the run does.
    pub(super) fn add_member(&mut self, values: &Values) -> Result<MemberId> {
        let provision = whole(values, "provision").ok_or(Error::NotGiven { field: "provision" })?;
        let provision = self.live_provision(ProvisionId(provision))?;
        let pupil = self.owner(values)?;
        let from = match day(values, "from") {
            Some(from) => from,
            None if self.is_new_run(provision.id)? => provision.starts,
            None => self.today.max(provision.starts),
        };
        let to = day(values, "to");
        self.check_member(None, provision.id, pupil, (from, to))?;
        let id = self
            .conn
            .prepare_cached(
                "INSERT INTO member (provision, pupil, starts, ends, entry, exit, entered_at)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
            )?
            .insert(params![
                provision.id.0,
                pupil.0,
                date::iso(from),
                to.map(date::iso),
                text(values, "entry"),
                text(values, "exit"),
                self.now,
            ])?;
        Ok(MemberId(id))
    }

    /// True for a run that the step at work has made.
    fn is_new_run(&self, run: ProvisionId) -> Result<bool> {
        Ok(self
            .conn
            .prepare_cached(
                "SELECT 1 FROM journal_row
                 WHERE tbl = 'provision' AND pk = ?1 AND id >= ?2 AND before IS NULL",
            )?
            .exists([run.0, self.first_row])?)
    }

    /// A child is in a run once at a time, and not after leaving the school.
    fn check_member(
        &self,
        own: Option<MemberId>,
        provision: ProvisionId,
        pupil: PupilId,
        (from, to): (NaiveDate, Option<NaiveDate>),
    ) -> Result<()> {
        in_order(from, to)?;
        let clause = "member.provision = ?1 AND member.pupil = ?2 AND member.binned_at IS NULL";
        let others = members(self.conn, clause, [provision.0, pupil.0])?;
        let overlaps = |other: &&Member| {
            Some(other.id) != own
                && other.to.is_none_or(|end| from <= end)
                && to.is_none_or(|end| other.from <= end)
        };
        if let Some(other) = others.iter().find(overlaps) {
            return Err(Error::Refused {
                text: format!(
                    "{pupil} is on {provision} already, since {} ({}).",
                    date::medium(other.from),
                    other.id
                ),
            });
        }
        let left: Option<Option<String>> = self
            .conn
            .prepare_cached("SELECT left_on FROM pupil WHERE id = ?1")?
            .query_row([pupil.0], |row| row.get(0))
            .optional()?;
        let left = left.flatten().and_then(|day| date::from_iso(&day));
        match left {
            Some(left) if own.is_none() && from >= left => Err(Error::Refused {
                text: format!(
                    "{pupil} left on {} and cannot be put on provision after that.",
                    date::medium(left)
                ),
            }),
            _ => Ok(()),
        }
    }

    pub(super) fn amend_member(&mut self, id: MemberId, values: &Values) -> Result<()> {
        let mut member = self.live_member(id)?;
        let mut pupil = member.pupil();
        for field in values.keys() {
            match *field {
                "provision" => {
                    let run = whole(values, field).ok_or(Error::NotGiven { field })?;
                    member.provision = self.live_provision(ProvisionId(run))?.id;
                }
                "pupil" => pupil = self.owner(values)?,
                "from" => {
                    member.from = if let Some(from) = day(values, field) {
                        from
                    } else {
                        let run = self.live_provision(member.provision)?;
                        self.today.max(run.starts)
                    }
                }
                "to" => member.to = day(values, field),
                "entry" => member.entry = text(values, field).map(str::to_owned),
                "exit" => member.exit = text(values, field).map(str::to_owned),
                _ => {}
            }
        }
        self.check_member(Some(id), member.provision, pupil, (member.from, member.to))?;
        self.conn
            .prepare_cached(
                "UPDATE member SET provision = ?1, pupil = ?2, starts = ?3, ends = ?4, entry = ?5, exit = ?6
                 WHERE id = ?7",
            )?
            .execute(params![
                member.provision.0,
                pupil.0,
                date::iso(member.from),
                member.to.map(date::iso),
                member.entry,
                member.exit,
                id.0,
            ])?;
        Ok(())
    }

    pub(super) fn add_session(&mut self, values: &Values) -> Result<SessionId> {
        let provision = whole(values, "provision").ok_or(Error::NotGiven { field: "provision" })?;
        let provision = self.live_provision(ProvisionId(provision))?;
        let id = self
            .conn
            .prepare_cached(
                "INSERT INTO session (provision, day, outcome, reason, staff, entered_at)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            )?
            .insert(params![
                provision.id.0,
                date::iso(day(values, "date").unwrap_or(self.today)),
                text(values, "outcome").unwrap_or("held"),
                text(values, "reason"),
                self.staff_in(values, "staff")?.map(|staff| staff.0),
                self.now,
            ])?;
        Ok(SessionId(id))
    }

    pub(super) fn amend_session(&mut self, id: SessionId, values: &Values) -> Result<()> {
        let mut session =
            find_session(self.conn, id)?.ok_or_else(|| no_record(Kind::Session, id.0))?;
        for field in values.keys() {
            match *field {
                "provision" => {
                    let run = whole(values, field).ok_or(Error::NotGiven { field })?;
                    session.provision = self.live_provision(ProvisionId(run))?.id;
                }
                "date" => session.day = day(values, field).ok_or(Error::NotGiven { field })?,
                "outcome" => session.held = text(values, field) == Some("held"),
                "reason" => session.reason = text(values, field).map(str::to_owned),
                "staff" => session.staff = self.staff_in(values, field)?,
                _ => {}
            }
        }
        self.conn
            .prepare_cached(
                "UPDATE session SET provision = ?1, day = ?2, outcome = ?3, reason = ?4, staff = ?5 WHERE id = ?6",
            )?
            .execute(params![
                session.provision.0,
                date::iso(session.day),
                if session.held { "held" } else { "missed" },
                session.reason,
                session.staff.map(|staff| staff.0),
                id.0,
            ])?;
        Ok(())
    }
}
