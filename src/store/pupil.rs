//! Pupils: SQL in, [`Pupil`] out.

use super::error::Result;
use super::{Store, Writer, day, no_record, read_day, text};
use crate::domain::date;
use crate::domain::finder::name_key;
use crate::domain::form::{Kind, Value, Values};
use crate::domain::id::PupilId;
use crate::domain::pupil::{Pupil, may_be_one};
use crate::domain::year::AcademicYear;
use chrono::NaiveDate;
use rusqlite::{Connection, OptionalExtension, Row, params};

/// The columns [`read`] reads, from the first.
pub(super) const COLUMNS: &str = "id, upn, former_upn, mis_id, surname, forename, middle_names, preferred_forename, \
     dob, sex, year, year_of, class, home_la, left_on";

/// How many they are: what a join adds comes after.
pub(super) const WIDTH: usize = 15;

/// The order of names everywhere, which the index of names has.
pub(super) const NAME_ORDER: &str = "name_key, class, left_on, id";

pub(super) fn read(row: &Row<'_>) -> rusqlite::Result<Pupil> {
    Ok(Pupil {
        id: PupilId(row.get(0)?),
        upn: row.get(1)?,
        former_upn: row.get(2)?,
        mis_id: row.get(3)?,
        surname: row.get(4)?,
        forename: row.get(5)?,
        middle_names: row.get(6)?,
        preferred_forename: row.get(7)?,
        dob: read_day(row, 8)?,
        sex: row.get(9)?,
        year: row.get(10)?,
        year_of: row.get::<_, Option<i32>>(11)?.map(AcademicYear),
        class: row.get(12)?,
        home_la: row.get(13)?,
        left_on: read_day(row, 14)?,
    })
}

pub(super) fn find(conn: &Connection, id: PupilId) -> Result<Option<Pupil>> {
    let pupil = conn
        .prepare_cached(&format!("SELECT {COLUMNS} FROM pupil WHERE id = ?1"))?
        .query_row([id.0], read)
        .optional()?;
    Ok(pupil)
}

/// What a form starts from.
pub(super) fn values(pupil: &Pupil, today: NaiveDate) -> Values {
    let text = |text: Option<&str>| {
        text.filter(|text| !text.is_empty())
            .map(|text| Value::Text(text.to_owned()))
    };
    Values::from([
        ("surname", text(Some(&pupil.surname))),
        ("forename", text(Some(&pupil.forename))),
        (
            "preferred_forename",
            text(pupil.preferred_forename.as_deref()),
        ),
        ("dob", pupil.dob.map(Value::Date)),
        ("sex", text(pupil.sex.as_deref())),
        ("year", text(pupil.year_on(today))),
        ("class", text(pupil.class.as_deref())),
        ("upn", text(pupil.upn.as_deref())),
        ("home_la", text(pupil.home_la.as_deref())),
        ("left_on", pupil.left_on.map(Value::Date)),
    ])
}

/// Sets the year group as it is on a day. One that is the stored one moved on says nothing new.
pub(super) fn set_year(pupil: &mut Pupil, year: Option<&str>, today: NaiveDate) {
    if pupil.year_on(today) != year {
        pupil.year = year.map(str::to_owned);
        pupil.year_of = year.map(|_| AcademicYear::of(today));
    }
}

fn fill(pupil: &mut Pupil, values: &Values, today: NaiveDate) {
    for field in values.keys() {
        let words = text(values, field);
        let owned = || words.map(str::to_owned);
        match *field {
            "surname" => pupil.surname = owned().unwrap_or_default(),
            "forename" => pupil.forename = owned().unwrap_or_default(),
            "preferred_forename" => pupil.preferred_forename = owned(),
            "dob" => pupil.dob = day(values, field),
            "sex" => pupil.sex = owned(),
            "year" => set_year(pupil, words, today),
            "class" => pupil.class = owned(),
            "upn" => pupil.upn = owned(),
            "home_la" => pupil.home_la = owned(),
            "left_on" => pupil.left_on = day(values, field),
            _ => {}
        }
    }
}

impl Store {
    /// Those on file who may well be the child that these values of a new record are of ([`may_be_one`]), in the order of
    /// their numbers. Reads every record once.
    pub fn namesakes(&self, values: &Values, today: NaiveDate) -> Result<Vec<PupilId>> {
        let mut new = Pupil::blank(PupilId(0));
        fill(&mut new, values, today);
        self.read(|conn| {
            let mut pupils =
                conn.prepare_cached(&format!("SELECT {COLUMNS} FROM pupil ORDER BY id"))?;
            let mut rows = pupils.query([])?;
            let mut found = Vec::new();
            while let Some(row) = rows.next()? {
                let pupil = read(row)?;
                if may_be_one(&new, &pupil) {
                    found.push(pupil.id);
                }
            }
            Ok(found)
        })
    }
}

impl Writer<'_> {
    pub(super) fn add_pupil(&mut self, values: &Values) -> Result<PupilId> {
        let mut pupil = Pupil::blank(PupilId(0));
        fill(&mut pupil, values, self.today);
        self.insert_pupil(&pupil)
    }

    pub(super) fn amend_pupil(&mut self, id: PupilId, values: &Values) -> Result<()> {
        let mut pupil = find(self.conn, id)?.ok_or_else(|| no_record(Kind::Pupil, id.0))?;
        fill(&mut pupil, values, self.today);
        self.update_pupil(&pupil)
    }

    /// A new row; its number is given by the file.
    pub(super) fn insert_pupil(&mut self, pupil: &Pupil) -> Result<PupilId> {
        let mut insert = self.conn.prepare_cached(
            "INSERT INTO pupil (upn, former_upn, mis_id, surname, forename, middle_names, preferred_forename, dob,
               sex, year, year_of, class, home_la, left_on, name_key, entered_at)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16)",
        )?;
        let id = insert.insert(params![
            pupil.upn,
            pupil.former_upn,
            pupil.mis_id,
            pupil.surname,
            pupil.forename,
            pupil.middle_names,
            pupil.preferred_forename,
            pupil.dob.map(date::iso),
            pupil.sex,
            pupil.year,
            pupil.year_of.map(|year| year.0),
            pupil.class,
            pupil.home_la,
            pupil.left_on.map(date::iso),
            key(pupil),
            self.now,
        ])?;
        Ok(PupilId(id))
    }

    pub(super) fn update_pupil(&mut self, pupil: &Pupil) -> Result<()> {
        self.conn
            .prepare_cached(
                "UPDATE pupil SET upn = ?1, former_upn = ?2, mis_id = ?3, surname = ?4, forename = ?5,
                   middle_names = ?6, preferred_forename = ?7, dob = ?8, sex = ?9, year = ?10, year_of = ?11,
                   class = ?12, home_la = ?13, left_on = ?14, name_key = ?15
                 WHERE id = ?16",
            )?
            .execute(params![
                pupil.upn,
                pupil.former_upn,
                pupil.mis_id,
                pupil.surname,
                pupil.forename,
                pupil.middle_names,
                pupil.preferred_forename,
                pupil.dob.map(date::iso),
                pupil.sex,
                pupil.year,
                pupil.year_of.map(|year| year.0),
                pupil.class,
                pupil.home_la,
                pupil.left_on.map(date::iso),
                key(pupil),
                pupil.id.0,
            ])?;
        Ok(())
    }
}

fn key(pupil: &Pupil) -> String {
    name_key(
        &pupil.surname,
        &pupil.forename,
        pupil.preferred_forename.as_deref(),
    )
}
