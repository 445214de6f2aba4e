//! Pupils as JSON. The keys are a promise to users' scripts.

use super::stop::Stop;
use crate::domain::code::Status;
use crate::domain::date::iso;
use crate::domain::fault::faults;
use crate::domain::pupil::{Line, Record};
use crate::store::Store;
use chrono::NaiveDate;
use serde::Serialize;

/// One pupil of `list pupils` and `find`.
#[derive(Serialize)]
pub(super) struct PupilJson {
    /// The school's code, when several are read.
    #[serde(skip_serializing_if = "Option::is_none")]
    school: Option<String>,
    id: String,
    upn: Option<String>,
    surname: String,
    forename: String,
    preferred_forename: Option<String>,
    dob: Option<String>,
    sex: Option<String>,
    year: Option<String>,
    class: Option<String>,
    status: Option<&'static str>,
    status_since: Option<String>,
    needs: Vec<RankedJson>,
    home_la: Option<String>,
    leaver: bool,
}

#[derive(Serialize)]
struct RankedJson {
    code: String,
    rank: i64,
}

impl PupilJson {
    /// The pupil of a line as it stands on a day.
    pub(super) fn new(line: &Line, school: Option<&str>, today: NaiveDate) -> Self {
        let pupil = &line.pupil;
        Self {
            school: school.map(str::to_owned),
            id: pupil.id.to_string(),
            upn: pupil.upn.clone(),
            surname: pupil.surname.clone(),
            forename: pupil.forename.clone(),
            preferred_forename: pupil.preferred_forename.clone(),
            dob: pupil.dob.map(iso),
            sex: pupil.sex.clone(),
            year: pupil.year_on(today).map(str::to_owned),
            class: pupil.class.clone(),
            status: known(line.status.as_deref()),
            status_since: line.status_since.map(iso),
            needs: line
                .needs
                .iter()
                .map(|(code, rank)| RankedJson {
                    code: code.clone(),
                    rank: *rank,
                })
                .collect(),
            home_la: pupil.home_la.clone(),
            leaver: pupil.is_leaver(today),
        }
    }
}

/// `N`, `K` or `E`; nothing when the status is not known.
fn known(code: Option<&str>) -> Option<&'static str> {
    code.and_then(Status::from_code).map(Status::code)
}

/// One pupil of `show`: what `list` has, and all the rest.
#[derive(Serialize)]
pub(super) struct RecordJson {
    #[serde(flatten)]
    pupil: PupilJson,
    former_upn: Option<String>,
    mis_id: Option<String>,
    middle_names: Option<String>,
    left_on: Option<String>,
    statuses: Vec<StatusJson>,
    all_needs: Vec<NeedJson>,
    to_mend: Vec<MendJson>,
}

#[derive(Serialize)]
struct StatusJson {
    id: String,
    code: String,
    from: Option<String>,
    to: Option<String>,
    reason: Option<String>,
    parents_informed: Option<String>,
}

#[derive(Serialize)]
struct NeedJson {
    id: String,
    code: String,
    rank: i64,
    from: Option<String>,
    to: Option<String>,
}

#[derive(Serialize)]
struct MendJson {
    field: &'static str,
    text: String,
}

impl RecordJson {
    /// The whole record as it stands on a day.
    pub(super) fn new(store: &Store, record: &Record, today: NaiveDate) -> Result<Self, Stop> {
        let lines = store.lines(&[record.pupil.id])?;
        let line = lines
            .first()
            .ok_or_else(|| Stop::failed(format!("There is no {} any more.", record.pupil.id)))?;
        let pupil = &record.pupil;
        Ok(Self {
            pupil: PupilJson::new(line, None, today),
            former_upn: pupil.former_upn.clone(),
            mis_id: pupil.mis_id.clone(),
            middle_names: pupil.middle_names.clone(),
            left_on: pupil.left_on.map(iso),
            statuses: record
                .statuses
                .iter()
                .map(|period| StatusJson {
                    id: period.id.to_string(),
                    code: period.code.clone(),
                    from: period.starts.map(iso),
                    to: period.ends.map(iso),
                    reason: period.reason.clone(),
                    parents_informed: period.parents_informed.map(iso),
                })
                .collect(),
            all_needs: record
                .needs
                .iter()
                .map(|need| NeedJson {
                    id: need.id.to_string(),
                    code: need.code.clone(),
                    rank: need.rank,
                    from: need.starts.map(iso),
                    to: need.ends.map(iso),
                })
                .collect(),
            to_mend: faults(&record.line(), today)
                .into_iter()
                .map(|fault| MendJson {
                    field: fault.field,
                    text: fault.text,
                })
                .collect(),
        })
    }
}
