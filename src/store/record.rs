//! A record of any kind, by its kind and number: what a form starts from, whose it is, how it is added and changed.

use super::error::{Error, Result};
use super::{
    Store, Writer, calendar, contact, entry, hours, left_out, member, need, no_record, person,
    provision, pupil, staff, status, task,
};
use crate::domain::form::{Kind, Values};
use crate::domain::id::{
    AmendmentId, ClosureId, ContactId, HoursId, MemberId, NeedId, PersonId, ProvisionId,
    ProvisionTypeId, PupilId, RateId, SessionId, StaffId, StatusId, TaskId, TermId,
};
use crate::domain::pupil::Record;
use chrono::NaiveDate;
use rusqlite::{Connection, OptionalExtension};

impl Store {
    /// All there is about one pupil; `None` when there is no such pupil.
    pub fn record(&self, id: PupilId) -> Result<Option<Record>> {
        self.read(|conn| {
            let Some(pupil) = pupil::find(conn, id)? else {
                return Ok(None);
            };
            Ok(Some(Record {
                pupil,
                statuses: status::of(conn, id)?,
                needs: need::of(conn, id)?,
                left_out: left_out::of(conn, id)?,
            }))
        })
    }

    /// Whose record it is; a pupil is its own, an entry of the diary is the child's named first. `None` when there is
    /// no such record, or it is nobody's.
    pub fn owner(&self, kind: Kind, id: i64) -> Result<Option<PupilId>> {
        let sql = match kind {
            Kind::Pupil => "SELECT id FROM pupil WHERE id = ?1",
            Kind::Status => "SELECT pupil FROM status_period WHERE id = ?1",
            Kind::Need => "SELECT pupil FROM need WHERE id = ?1",
            Kind::Person => "SELECT pupil FROM person_link WHERE id = ?1",
            Kind::Task => "SELECT pupil FROM task WHERE id = ?1 AND pupil IS NOT NULL",
            Kind::Contact => {
                "SELECT pupil FROM contact_pupil WHERE contact = ?1 ORDER BY place, id LIMIT 1"
            }
            Kind::Amendment | Kind::Strike => {
                "SELECT pupil FROM contact_pupil
                 WHERE contact = (SELECT contact FROM amendment WHERE id = ?1) ORDER BY place, id LIMIT 1"
            }
            Kind::Member => "SELECT pupil FROM member WHERE id = ?1",
            Kind::Term
            | Kind::Closure
            | Kind::Staff
            | Kind::Rate
            | Kind::ProvisionType
            | Kind::Provision
            | Kind::Session
            | Kind::Hours => return Ok(None),
        };
        self.read(|conn| {
            let owner = conn
                .prepare_cached(sql)?
                .query_row([id], |row| row.get(0).map(PupilId))
                .optional()?;
            Ok(owner)
        })
    }

    /// What a form on this record starts from, by field name; `None` when there is no such record.
    /// A pupil's year is the one on the working date, moved on by the Septembers since it was stored.
    pub fn values(&self, kind: Kind, id: i64) -> Result<Option<Values>> {
        let today = self.today();
        self.read(|conn| values(conn, kind, id, today))
    }
}

fn values(conn: &Connection, kind: Kind, id: i64, today: NaiveDate) -> Result<Option<Values>> {
    Ok(match kind {
        Kind::Pupil => pupil::find(conn, PupilId(id))?.map(|pupil| pupil::values(&pupil, today)),
        Kind::Status => status::find(conn, StatusId(id))?.map(|period| status::values(&period)),
        Kind::Need => need::find(conn, NeedId(id))?.map(|need| need::values(&need)),
        Kind::Person => person::find(conn, PersonId(id))?.map(|person| person::values(&person)),
        Kind::Contact => contact::values(conn, ContactId(id))?,
        Kind::Amendment | Kind::Strike => entry::amendment_values(conn, AmendmentId(id))?,
        Kind::Task => task::find(conn, TaskId(id))?.map(|task| task::values(&task)),
        Kind::Term => {
            calendar::find_term(conn, TermId(id))?.map(|term| calendar::term_values(&term))
        }
        Kind::Closure => calendar::find_closure(conn, ClosureId(id))?
            .map(|closure| calendar::closure_values(&closure)),
        Kind::Staff => staff::find(conn, StaffId(id))?.map(|staff| staff::values(&staff)),
        Kind::Rate => staff::find_rate(conn, RateId(id))?.map(|rate| staff::rate_values(&rate)),
        Kind::ProvisionType => {
            provision::find_type(conn, ProvisionTypeId(id))?.map(|of| provision::type_values(&of))
        }
        Kind::Provision => {
            provision::find(conn, ProvisionId(id))?.map(|run| provision::values(&run))
        }
        Kind::Member => member::find(conn, MemberId(id))?.map(|member| member::values(&member)),
        Kind::Session => member::find_session(conn, SessionId(id))?
            .map(|session| member::session_values(&session)),
        Kind::Hours => hours::find(conn, HoursId(id))?.map(|hours| hours::values(&hours)),
    })
}

impl Writer<'_> {
    /// Adds a record from a checked form and gives its number.
    ///
    /// A new status closes the open one the day before; a need without a rank gets the next free one, and one with a
    /// rank that is taken moves the others down. A contact takes its follow-up with it, as a task. A person named by
    /// an id (`a3`) is the one already on file.
    ///
    /// # Errors
    /// [`Error::StatusOverlap`], [`Error::NoSuchRecord`] for a pupil who is not on file, [`Error::NotGiven`];
    /// [`Error::Refused`] for a person the pupil has already, for a strike of what is struck or in the bin, and for
    /// hours of a week that has some.
    pub fn add(&mut self, kind: Kind, values: &Values) -> Result<i64> {
        match kind {
            Kind::Pupil => self.add_pupil(values).map(|id| id.0),
            Kind::Status => self.add_status(values).map(|id| id.0),
            Kind::Need => self.add_need(values).map(|id| id.0),
            Kind::Person => self.add_person(values).map(|id| id.0),
            Kind::Contact => self.add_contact(values).map(|id| id.0),
            Kind::Amendment | Kind::Strike => self.add_amendment(kind, values).map(|id| id.0),
            Kind::Task => self.add_task(values).map(|id| id.0),
            Kind::Term => self.add_term(values).map(|id| id.0),
            Kind::Closure => self.add_closure(values).map(|id| id.0),
            Kind::Staff => self.add_staff(values).map(|id| id.0),
            Kind::Rate => self.add_rate(values).map(|id| id.0),
            Kind::ProvisionType => self.add_provision_type(values).map(|id| id.0),
            Kind::Provision => self.add_provision(values).map(|id| id.0),
            Kind::Member => self.add_member(values).map(|id| id.0),
            Kind::Session => self.add_session(values).map(|id| id.0),
            Kind::Hours => self.add_hours(values).map(|id| id.0),
        }
    }

    /// Changes the fields given, and only those. `seen` is what the form was opened on.
    ///
    /// # Errors
    /// [`Error::Changed`] when a field to be overwritten is no longer as seen; [`Error::Evidence`] for words of a
    /// contact that is evidence; [`Error::Refused`] for an amendment or a strike; else as [`Writer::add`].
    pub fn amend(
        &mut self,
        kind: Kind,
        id: i64,
        values: &Values,
        seen: Option<&Values>,
    ) -> Result<()> {
        let current =
            self::values(self.conn, kind, id, self.today)?.ok_or_else(|| no_record(kind, id))?;
        let moved = |field: &'static str| {
            let now = current.get(field);
            let was = seen.and_then(|seen| seen.get(field));
            was.is_some() && was != now && values.get(field) != now
        };
        if values.keys().any(|field| moved(field)) {
            return Err(Error::Changed);
        }
        match kind {
            Kind::Pupil => self.amend_pupil(PupilId(id), values),
            Kind::Status => self.amend_status(StatusId(id), values),
            Kind::Need => self.amend_need(NeedId(id), values),
            Kind::Person => self.amend_person(PersonId(id), values),
            Kind::Contact => self.amend_contact(ContactId(id), values, &current),
            Kind::Amendment | Kind::Strike => Err(Error::Refused {
                text: format!(
                    "{} stays as it was written: amend the contact once more instead.",
                    AmendmentId(id)
                ),
            }),
            Kind::Task => self.amend_task(TaskId(id), values),
            Kind::Term => self.amend_term(TermId(id), values),
            Kind::Closure => self.amend_closure(ClosureId(id), values),
            Kind::Staff => self.amend_staff(StaffId(id), values),
            Kind::Rate => self.amend_rate(RateId(id), values),
            Kind::ProvisionType => self.amend_provision_type(ProvisionTypeId(id), values),
            Kind::Provision => self.amend_provision(ProvisionId(id), values),
            Kind::Member => self.amend_member(MemberId(id), values),
            Kind::Session => self.amend_session(SessionId(id), values),
            Kind::Hours => self.amend_hours(HoursId(id), values),
        }
    }
}
