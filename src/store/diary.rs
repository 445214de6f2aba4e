//! The diary as a list: newest first, by words, by child, and what has changed in it. Nothing here reads a whole table.

use super::error::Result;
use super::{Store, contact, member, provision, read_time, task};
use crate::domain::contact::{Contact, ContactKind, Involved, Topic};
use crate::domain::form::Kind;
use crate::domain::id::{ContactId, MemberId, ProvisionId, PupilId, TaskId};
use chrono::{DateTime, NaiveDate, Utc};
use rusqlite::{Connection, OptionalExtension, Params, params};

/// Something in the bin.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Binned {
    /// A contact, a task, a provision or a place on one.
    pub kind: Kind,
    /// Its number.
    pub id: i64,
    /// What it is called: `Phone call with Mrs Okafor`, or the task's own words.
    pub title: String,
    /// The children it is about.
    pub pupils: Vec<Involved>,
    /// When it went there, by the real clock.
    pub binned_at: DateTime<Utc>,
}

/// The whole diary, newest first, from one index read backwards.
pub(super) const ALL: &str =
    "SELECT id FROM contact WHERE binned_at IS NULL ORDER BY at DESC, id DESC";

/// One pupil's diary, from two indexes: the child's entries, less those in the bin, which is short.
pub(super) const ABOUT: &str = "SELECT contact FROM contact_pupil WHERE pupil = ?1
     AND contact NOT IN (SELECT id FROM contact WHERE binned_at IS NOT NULL)
     ORDER BY at DESC, contact DESC";

/// The entries about nobody, of one topic or of any, from an index of those alone.
pub(super) const ABOUT_NOBODY: &str =
    "SELECT id FROM contact WHERE about IS NOT NULL AND (?1 IS NULL OR about = ?1)
     AND binned_at IS NULL ORDER BY at DESC, id DESC";

const BY_WORDS: &str = "SELECT rowid FROM contact_words WHERE contact_words MATCH ?1
     AND rowid NOT IN (SELECT id FROM contact WHERE binned_at IS NOT NULL)
     AND (?3 IS NULL OR rowid IN (SELECT contact FROM contact_pupil WHERE pupil = ?3))
     ORDER BY rowid DESC LIMIT ?2";

const BY_WORDS_OF_A_CHILD: &str = "SELECT contact_pupil.contact FROM contact_pupil_words
     JOIN contact_pupil ON contact_pupil.id = contact_pupil_words.rowid
     WHERE contact_pupil_words MATCH ?1
     AND contact_pupil.contact NOT IN (SELECT id FROM contact WHERE binned_at IS NOT NULL)
     AND (?3 IS NULL OR contact_pupil.pupil = ?3)
     ORDER BY contact_pupil_words.rowid DESC LIMIT ?2";

/// The last entered of a pupil's entries that stand, of one kind or of any.
const LAST: &str = "SELECT contact.id FROM contact_pupil CROSS JOIN contact ON contact.id = contact_pupil.contact
     WHERE contact_pupil.pupil = ?1 AND contact.binned_at IS NULL AND (?2 IS NULL OR contact.kind = ?2)
     AND NOT EXISTS (SELECT 1 FROM amendment WHERE contact = contact_pupil.contact AND what = 'strike')
     ORDER BY contact_pupil.contact DESC LIMIT 1";

/// The last day of a pupil's entries that stand.
const LAST_DAY: &str = "SELECT substr(at, 1, 10) FROM contact_pupil WHERE pupil = ?1
     AND NOT EXISTS (SELECT 1 FROM contact WHERE id = contact_pupil.contact AND binned_at IS NOT NULL)
     AND NOT EXISTS (SELECT 1 FROM amendment WHERE contact = contact_pupil.contact AND what = 'strike')
     ORDER BY at DESC LIMIT 1";

/// What rows of the journal after one touched, by table. The plus keeps the planner from the index of records, through
/// which it would read the whole journal instead of its end.
pub(super) const MOVED: &str = "SELECT DISTINCT +tbl FROM journal_row WHERE id > ?1";

/// The entries that rows of the journal after one touched, themselves or through what belongs to them.
pub(super) const FOLLOWED: &str = "SELECT DISTINCT contact FROM (
       SELECT CASE tbl WHEN 'contact' THEN pk
         WHEN 'task' THEN json_extract(coalesce(after, before), '$.source')
         ELSE json_extract(coalesce(after, before), '$.contact') END AS contact
       FROM journal_row
       WHERE id > ?1 AND +tbl IN ('contact', 'contact_pupil', 'amendment', 'task'))
     WHERE contact IS NOT NULL ORDER BY contact";

fn ids(conn: &Connection, sql: &str, given: impl Params) -> Result<Vec<ContactId>> {
    let mut rows = conn.prepare_cached(sql)?;
    let rows = rows.query_map(given, |row| row.get(0).map(ContactId))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Every word by its first letters, as the index asks for it; `None` where there is none of two letters or more. One
/// letter begins a word of nearly every entry: it asks for nothing and takes the longest.
fn question(words: &str) -> Option<String> {
    let letters = |word: &str| word.chars().filter(|c| c.is_alphanumeric()).count();
    let asked: Vec<String> = words
        .split_whitespace()
        .filter(|word| letters(word) >= 2)
        .map(|word| format!("\"{}\"*", word.replace('"', " ")))
        .collect();
    (!asked.is_empty()).then(|| asked.join(" AND "))
}

/// A part of the desk that is read by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// Pupils, their statuses or needs.
    Register,
    /// Contacts, amendments.
    Diary,
    /// Tasks.
    Tasks,
    /// The people around a child.
    People,
    /// Terms, closures, hours.
    Calendar,
    /// Staff, rates, types of provision, runs, members, sessions.
    Provision,
}

/// What was saved since a row of the journal, by what a screen shows of it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Changes {
    /// The newest row of the journal.
    pub newest: i64,
    /// What moved.
    pub parts: Vec<Part>,
}

impl Store {
    /// The diary, newest first by when it happened, without the bin; struck entries stay in it. Of one pupil, or the
    /// whole.
    pub fn diary(&self, about: Option<PupilId>) -> Result<Vec<ContactId>> {
        self.read(|conn| match about {
            Some(pupil) => ids(conn, ABOUT, [pupil.0]),
            None => ids(conn, ALL, []),
        })
    }

    /// The entries about nobody, of one topic or of any, newest first, without the bin.
    pub fn diary_of_nobody(&self, topic: Option<Topic>) -> Result<Vec<ContactId>> {
        self.read(|conn| ids(conn, ABOUT_NOBODY, [topic.map(Topic::word)]))
    }

    /// Entries in which every word begins some word, and entries about these pupils; those entered last first, at
    /// most `most`. Case and accents do not count. Fewer than two letters ask for nothing.
    pub fn find_contacts(
        &self,
        words: &str,
        about: &[PupilId],
        most: usize,
    ) -> Result<Vec<ContactId>> {
        self.find_contacts_of(None, words, about, most)
    }

    /// The same within one pupil's diary, where words about another child alone are not looked in; of nobody, in the
    /// whole.
    pub fn find_contacts_of(
        &self,
        of: Option<PupilId>,
        words: &str,
        about: &[PupilId],
        most: usize,
    ) -> Result<Vec<ContactId>> {
        let of = of.map(|pupil| pupil.0);
        self.read(|conn| {
            let mut found = Vec::new();
            if let Some(question) = question(words) {
                for sql in [BY_WORDS, BY_WORDS_OF_A_CHILD] {
                    found.extend(ids(conn, sql, params![question, most as i64, of])?);
                }
            }
            for pupil in about {
                found.extend(ids(conn, ABOUT, [pupil.0])?);
            }
            found.sort_unstable_by(|a, b| b.cmp(a));
            found.dedup();
            found.truncate(most);
            Ok(found)
        })
    }

    /// What rows of the journal after `since` touched, so that a screen reads again only what moved.
    pub fn changes(&self, since: i64) -> Result<Changes> {
        self.read(|conn| {
            let newest = conn
                .prepare_cached("SELECT coalesce(max(id), 0) FROM journal_row")?
                .query_row([], |row| row.get(0))?;
            let mut changes = Changes {
                newest,
                parts: Vec::new(),
            };
            let mut tables = conn.prepare_cached(MOVED)?;
            let mut tables = tables.query([since])?;
            while let Some(row) = tables.next()? {
                changes
                    .parts
                    .push(match row.get_ref(0)?.as_str().unwrap_or_default() {
                        "pupil" | "status_period" | "need" => Part::Register,
                        "contact" | "contact_pupil" | "amendment" => Part::Diary,
                        "task" => Part::Tasks,
                        "person" | "person_link" => Part::People,
                        "term" | "closure" | "hours" => Part::Calendar,
                        "staff" | "rate" | "provision_type" | "provision" | "member"
                        | "session" => Part::Provision,
                        _ => continue,
                    });
            }
            Ok(changes)
        })
    }

    /// The entries that rows of the journal after `since` touched, themselves or through a child, an amendment or a
    /// task of theirs, and the newest row there is.
    pub fn diary_changes(&self, since: i64) -> Result<(i64, Vec<ContactId>)> {
        self.read(|conn| {
            let newest: i64 = conn
                .prepare_cached("SELECT coalesce(max(id), 0) FROM journal_row")?
                .query_row([], |row| row.get(0))?;
            let touched = ids(conn, FOLLOWED, [since])?;
            Ok((newest, touched))
        })
    }

    /// The entry about this pupil that was entered last and stands, of one kind or of any: to repeat it, and for its
    /// defaults. One that was struck, perhaps for the wrong child, gives none.
    pub fn last_contact(
        &self,
        pupil: PupilId,
        kind: Option<ContactKind>,
    ) -> Result<Option<Contact>> {
        self.read(|conn| {
            let last = ids(conn, LAST, params![pupil.0, kind.map(ContactKind::word)])?;
            match last.first() {
                Some(id) => contact::find(conn, *id),
                None => Ok(None),
            }
        })
    }

    /// The day of each pupil's newest entry that is neither in the bin nor struck, in the order asked.
    pub fn last_contact_days(&self, pupils: &[PupilId]) -> Result<Vec<Option<NaiveDate>>> {
        self.read(|conn| {
            let mut last = conn.prepare_cached(LAST_DAY)?;
            let mut days = Vec::with_capacity(pupils.len());
            for pupil in pupils {
                let day = last.query_row([pupil.0], |row| super::read_day(row, 0));
                days.push(day.optional()?.flatten());
            }
            Ok(days)
        })
    }

    /// What is in the bin, the last to go there first.
    pub fn bin(&self) -> Result<Vec<Binned>> {
        self.read(|conn| {
            let mut rows = conn.prepare_cached(
                "SELECT 3, id, binned_at FROM provision WHERE binned_at IS NOT NULL
                 UNION ALL SELECT 2, id, binned_at FROM member WHERE binned_at IS NOT NULL
                 UNION ALL SELECT 1, id, binned_at FROM contact WHERE binned_at IS NOT NULL
                 UNION ALL SELECT 0, id, binned_at FROM task WHERE binned_at IS NOT NULL
                 ORDER BY 3 DESC, 1 DESC, 2 DESC",
            )?;
            let mut rows = rows.query([])?;
            let mut bin = Vec::new();
            while let Some(row) = rows.next()? {
                let (id, at) = (row.get(1)?, read_time(row, 2)?.unwrap_or_default());
                bin.extend(match row.get(0)? {
                    3 => binned_provision(conn, ProvisionId(id), at)?,
                    2 => binned_member(conn, MemberId(id), at)?,
                    1 => binned_contact(conn, ContactId(id), at)?,
                    _ => binned_task(conn, TaskId(id), at)?,
                });
            }
            Ok(bin)
        })
    }
}

fn binned_contact(
    conn: &Connection,
    id: ContactId,
    binned_at: DateTime<Utc>,
) -> Result<Option<Binned>> {
    Ok(contact::find(conn, id)?.map(|contact| Binned {
        kind: Kind::Contact,
        id: id.0,
        title: match &contact.with {
            Some(with) => format!("{} with {with}", contact.kind.title()),
            None => contact.kind.title().to_owned(),
        },
        pupils: contact.pupils,
        binned_at,
    }))
}

fn binned_task(conn: &Connection, id: TaskId, binned_at: DateTime<Utc>) -> Result<Option<Binned>> {
    Ok(task::line(conn, id)?.map(|line| Binned {
        kind: Kind::Task,
        id: id.0,
        title: line.task.title,
        pupils: line.about.into_iter().collect(),
        binned_at,
    }))
}

fn binned_provision(
    conn: &Connection,
    id: ProvisionId,
    binned_at: DateTime<Utc>,
) -> Result<Option<Binned>> {
    Ok(provision::find(conn, id)?.map(|run| Binned {
        kind: Kind::Provision,
        id: id.0,
        title: run.title(),
        pupils: Vec::new(),
        binned_at,
    }))
}

fn binned_member(
    conn: &Connection,
    id: MemberId,
    binned_at: DateTime<Utc>,
) -> Result<Option<Binned>> {
    let Some(member) = member::find(conn, id)? else {
        return Ok(None);
    };
    let run = provision::find(conn, member.provision)?;
    Ok(run.map(|run| Binned {
        kind: Kind::Member,
        id: id.0,
        title: run.title(),
        pupils: vec![member.child],
        binned_at,
    }))
}
