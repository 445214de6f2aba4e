//! Forms begun and not saved, kept so that nothing typed is lost. Not in the journal.

use super::error::{Error, Result};
use super::{Store, Writer, read_stored_time};
use crate::domain::contact::ContactKind;
use crate::domain::form::Kind;
use chrono::{DateTime, Utc};
use rusqlite::{Connection, Row, params};
use std::collections::BTreeMap;

/// What a draft is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DraftOf {
    /// A form of this kind.
    Form(Kind),
    /// The add line.
    AddLine,
}

impl From<Kind> for DraftOf {
    fn from(kind: Kind) -> Self {
        Self::Form(kind)
    }
}

impl DraftOf {
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Form(kind) => kind.def().name,
            Self::AddLine => "add",
        }
    }

    pub(super) fn from_word(word: &str) -> Option<Self> {
        match word {
            "add" => Some(Self::AddLine),
            word => Kind::from_name(word).map(Self::Form),
        }
    }
}

/// Which draft on file a form is kept in, as it was when this form last read or kept it: one that another run of the program
/// has kept since is that run's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    pub(super) id: i64,
    pub(super) kept_at: String,
}

impl Mark {
    /// Of a draft that lies beside the school's file.
    pub(crate) const NOWHERE: Self = Self {
        id: 0,
        kept_at: String::new(),
    };
}

/// A form begun.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// Of which form.
    pub kind: DraftOf,
    /// Which shape of it, such as `phone`; empty where there is one only. Each has a draft of its own.
    pub variant: String,
    /// The record edited or, for a new one, the pupil it is about.
    pub about: Option<i64>,
    /// True when a record is edited.
    pub editing: bool,
    /// What stands in the boxes, by field name.
    pub texts: BTreeMap<String, String>,
    /// Where it is kept; `None` before it is.
    pub mark: Option<Mark>,
}

impl Draft {
    /// What it is of, without any name: `Phone call, new`.
    pub fn title(&self) -> String {
        let DraftOf::Form(kind) = self.kind else {
            return "Add line".to_owned();
        };
        let shape = self.variant.split(' ').next().unwrap_or_default();
        let word = ContactKind::from_word(shape).map_or(kind.def().title, ContactKind::title);
        let verb = if self.editing { "change" } else { "new" };
        format!("{word}, {verb}")
    }

    /// When it was kept, by the real clock.
    pub fn kept_at(&self) -> Option<DateTime<Utc>> {
        read_stored_time(&self.mark.as_ref()?.kept_at)
    }
}

const COLUMNS: &str = "kind, variant, about, editing, texts, kept_at, id, session";

/// A kept draft and whose it is; `None` for one of a kind that this version does not know.
fn read(row: &Row<'_>) -> rusqlite::Result<Option<(Draft, String)>> {
    let Some(kind) = DraftOf::from_word(row.get_ref(0)?.as_str()?) else {
        return Ok(None);
    };
    let draft = Draft {
        kind,
        variant: row.get(1)?,
        about: row.get(2)?,
        editing: row.get(3)?,
        texts: serde_json::from_str(row.get_ref(4)?.as_str()?).unwrap_or_default(),
        mark: Some(Mark {
            kept_at: row.get(5)?,
            id: row.get(6)?,
        }),
    };
    Ok(Some((draft, row.get(7)?)))
}

impl Store {
    /// The drafts kept of this form that nobody else is at: of an edit of this record, or of a new one about this pupil. What
    /// this run of the program keeps comes first, then the one kept last.
    pub fn drafts_of(
        &self,
        kind: impl Into<DraftOf>,
        variant: &str,
        about: Option<i64>,
        editing: bool,
    ) -> Result<Vec<Draft>> {
        let kind = kind.into();
        let mine = self.session.name();
        self.read(|conn| {
            let mut drafts = conn.prepare_cached(&format!(
                "SELECT {COLUMNS} FROM draft
                 WHERE kind = ?1 AND variant = ?2 AND about IS ?3 AND editing = ?4
                 ORDER BY session = ?5 DESC, kept_at DESC, id DESC"
            ))?;
            let given = params![kind.word(), variant, about, editing, mine];
            self.free(drafts.query_map(given, read)?)
        })
    }

    /// The first of [`Store::drafts_of`].
    pub fn draft(
        &self,
        kind: impl Into<DraftOf>,
        variant: &str,
        about: Option<i64>,
        editing: bool,
    ) -> Result<Option<Draft>> {
        let mut drafts = self.drafts_of(kind, variant, about, editing)?;
        drafts.truncate(1);
        Ok(drafts.pop())
    }

    /// All drafts kept that nobody else is at, the one kept last first: to be offered after a crash.
    pub fn drafts(&self) -> Result<Vec<Draft>> {
        self.read(|conn| {
            let mut drafts = conn.prepare_cached(&format!(
                "SELECT {COLUMNS} FROM draft ORDER BY kept_at DESC, id DESC"
            ))?;
            self.free(drafts.query_map([], read)?)
        })
    }

    fn free(
        &self,
        rows: impl Iterator<Item = rusqlite::Result<Option<(Draft, String)>>>,
    ) -> Result<Vec<Draft>> {
        let mut drafts = Vec::new();
        for row in rows {
            if let Some((draft, whose)) = row?
                && !self.session.leaves_alone(&whose)
            {
                drafts.push(draft);
            }
        }
        Ok(drafts)
    }

    /// All that was begun here and not saved, by whomever: to be told of when the file goes elsewhere.
    pub fn begun(&self) -> Result<Vec<Draft>> {
        self.read(|conn| {
            let sql = format!("SELECT {COLUMNS} FROM draft ORDER BY kept_at, id");
            let mut drafts = conn.prepare_cached(&sql)?;
            let drafts: Vec<Option<(Draft, String)>> = drafts
                .query_map([], read)?
                .collect::<rusqlite::Result<_>>()?;
            Ok(drafts
                .into_iter()
                .flatten()
                .map(|(draft, _)| draft)
                .collect())
        })
    }

    /// Keeps a draft in the place of the one that bears its mark, or as one of its own; beside the file once that is gone. While
    /// it is held no other run of the program takes it up.
    pub fn keep_draft(&mut self, draft: &Draft, held: bool) -> Result<Mark> {
        match self.put_draft(draft, held) {
            Err(Error::Moved { .. } | Error::HandedOver { .. }) => {
                self.keep_beside(std::slice::from_ref(draft))?;
                Ok(Mark::NOWHERE)
            }
            done => done,
        }
    }

    fn put_draft(&mut self, draft: &Draft, held: bool) -> Result<Mark> {
        let texts: serde_json::Map<String, serde_json::Value> = draft
            .texts
            .iter()
            .map(|(field, text)| (field.clone(), text.clone().into()))
            .collect();
        let texts = serde_json::Value::Object(texts).to_string();
        let kept_at = super::history::moment(self.now());
        let session = self.session.clone();
        let session = if held { session.hold() } else { "" };
        self.apart(|conn| {
            if let Some(mark) = &draft.mark {
                let kept = conn
                    .prepare_cached(
                        "UPDATE draft SET texts = ?1, kept_at = ?2, session = ?3
                         WHERE id = ?4 AND kept_at = ?5",
                    )?
                    .execute(params![texts, kept_at, session, mark.id, mark.kept_at])?;
                if kept > 0 {
                    let (id, kept_at) = (mark.id, kept_at);
                    return Ok(Mark { id, kept_at });
                }
            }
            let id = conn
                .prepare_cached(
                    "INSERT INTO draft (kind, variant, about, editing, texts, kept_at, session)
                     VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
                )?
                .insert(params![
                    draft.kind.word(),
                    draft.variant,
                    draft.about,
                    draft.editing,
                    texts,
                    kept_at,
                    session
                ])?;
            Ok(Mark { id, kept_at })
        })
    }

    /// Drops a draft the user gave up; one that another run has kept since stays.
    pub fn drop_draft(&mut self, mark: &Mark) -> Result<()> {
        self.apart(|conn| drop_draft(conn, mark))
    }
}

impl Writer<'_> {
    /// Drops the draft in the transaction that stores the record, so that neither is there without the other's end.
    pub fn drop_draft(&mut self, mark: Option<&Mark>) -> Result<()> {
        mark.map_or(Ok(()), |mark| drop_draft(self.conn, mark))
    }
}

/// The same in the desk's own file.
pub(super) fn drop_draft(conn: &Connection, mark: &Mark) -> Result<()> {
    conn.prepare_cached("DELETE FROM draft WHERE id = ?1 AND kept_at = ?2")?
        .execute(params![mark.id, mark.kept_at])?;
    Ok(())
}
