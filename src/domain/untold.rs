//! What is missing because nobody wrote it here: parents to be told of special educational provision, and the day from
//! which records are kept here at all.

use super::date;
use chrono::NaiveDate;

/// Special educational provision is made for a child without an EHC plan, and no day is recorded on which the parents
/// were told. The Children and Families Act 2014 s.68(2) has the school tell them and fixes no time: this is listed and
/// never late.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Untold {
    /// The child's first day in it.
    pub since: NaiveDate,
    /// What it is.
    pub provision: String,
}

impl Untold {
    /// A sentence without the child's name.
    pub fn text(&self) -> String {
        format!(
            "Special educational provision ({} since {}) without an EHC plan, and no day on which parents were told of it \
             is recorded. Children and Families Act 2014 s.68(2); no time is set.",
            self.provision,
            date::medium(self.since)
        )
    }
}

/// The day from which a school's records are kept here. Before it nothing is missing, only kept elsewhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptFrom {
    /// The first day.
    pub day: NaiveDate,
    /// Where the rest is, in the school's words: `paper file`.
    pub elsewhere: Option<String>,
}

impl KeptFrom {
    /// Reads `1 Sep 2026` or `1 Sep 2026, paper file`.
    ///
    /// # Errors
    /// A sentence about what is no day.
    pub fn read(typed: &str, today: NaiveDate) -> Result<Self, String> {
        let (day, elsewhere) = match typed.split_once(',') {
            Some((day, place)) => (day, super::text::clean(place)),
            None => (typed, String::new()),
        };
        let day = date::read(day.trim(), today).map_err(|fault| fault.to_string())?;
        Ok(Self {
            day,
            elsewhere: Some(elsewhere).filter(|text| !text.is_empty()),
        })
    }

    /// `Before 1 Sep 2026: kept elsewhere, paper file`.
    pub fn text(&self) -> String {
        let place = self.elsewhere.as_deref();
        let place = place.map(|place| format!(", {place}")).unwrap_or_default();
        format!("before {}: kept elsewhere{place}", date::medium(self.day))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_and_where_the_rest_is_are_read_and_told() {
        let today = NaiveDate::from_ymd_opt(2026, 11, 23).unwrap();
        let kept = KeptFrom::read("1 Sep 2026, paper file", today).unwrap();
        assert_eq!(kept.text(), "before 1 Sep 2026: kept elsewhere, paper file");
        let bare = KeptFrom::read("2026-09-01", today).unwrap();
        assert_eq!(bare.text(), "before 1 Sep 2026: kept elsewhere");
        assert!(KeptFrom::read("the year dot", today).is_err());
    }
}
