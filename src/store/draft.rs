//! Forms begun and not saved, kept so that nothing typed is lost. Not in the journal.

use super::error::{Error, Result};
use super::{Store, Writer, read_time};
use crate::domain::form::Kind;
use chrono::{DateTime, Utc};
use rusqlite::{Connection, OptionalExtension, Row, params};
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
    /// When it was kept, by the real clock; the store says. `None` until then.
    pub kept_at: Option<DateTime<Utc>>,
}

const COLUMNS: &str = "kind, variant, about, editing, texts, kept_at";

/// A kept draft; `None` for one of a kind that this version does not know.
fn read(row: &Row<'_>) -> rusqlite::Result<Option<Draft>> {
    let Some(kind) = DraftOf::from_word(row.get_ref(0)?.as_str()?) else {
        return Ok(None);
    };
    Ok(Some(Draft {
        kind,
        variant: row.get(1)?,
        about: row.get(2)?,
        editing: row.get(3)?,
        texts: serde_json::from_str(row.get_ref(4)?.as_str()?).unwrap_or_default(),
        kept_at: read_time(row, 5)?,
    }))
}

impl Store {
    /// The draft kept of this form: of an edit of this record, or of a new one about this pupil.
    pub fn draft(
        &self,
        kind: impl Into<DraftOf>,
        variant: &str,
        about: Option<i64>,
        editing: bool,
    ) -> Result<Option<Draft>> {
        let kind = kind.into();
        self.read(|conn| {
            let found = conn
                .prepare_cached(&format!(
                    "SELECT {COLUMNS} FROM draft
                     WHERE kind = ?1 AND variant = ?2 AND about IS ?3 AND editing = ?4"
                ))?
                .query_row(params![kind.word(), variant, about, editing], read)
                .optional()?;
            Ok(found.flatten())
        })
    }

    /// All drafts kept, the one kept last first: to be offered after a crash.
    pub fn drafts(&self) -> Result<Vec<Draft>> {
        self.read(|conn| {
            let mut drafts = conn.prepare_cached(&format!(
                "SELECT {COLUMNS} FROM draft ORDER BY kept_at DESC, id DESC"
            ))?;
            let drafts: Vec<Option<Draft>> = drafts
                .query_map([], read)?
                .collect::<rusqlite::Result<_>>()?;
            Ok(drafts.into_iter().flatten().collect())
        })
    }

    /// Keeps a draft in the place of the one before; beside the file, with all the others, once that file is gone.
    pub fn keep_draft(&mut self, draft: &Draft) -> Result<()> {
        match self.put_draft(draft) {
            Err(Error::Moved { .. }) => self.keep_beside(std::slice::from_ref(draft)),
            done => done,
        }
    }

    fn put_draft(&mut self, draft: &Draft) -> Result<()> {
        let texts: serde_json::Map<String, serde_json::Value> = draft
            .texts
            .iter()
            .map(|(field, text)| (field.clone(), text.clone().into()))
            .collect();
        let texts = serde_json::Value::Object(texts).to_string();
        let kept_at = super::history::moment(self.now());
        self.apart(|conn| {
            conn.prepare_cached(
                "INSERT INTO draft (kind, variant, about, editing, texts, kept_at)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6)
                 ON CONFLICT (kind, variant, coalesce(about, 0), editing)
                 DO UPDATE SET texts = excluded.texts, kept_at = excluded.kept_at",
            )?
            .execute(params![
                draft.kind.word(),
                draft.variant,
                draft.about,
                draft.editing,
                texts,
                kept_at
            ])?;
            Ok(())
        })
    }

    /// Drops a draft the user gave up.
    pub fn drop_draft(
        &mut self,
        kind: impl Into<DraftOf>,
        variant: &str,
        about: Option<i64>,
        editing: bool,
    ) -> Result<()> {
        let kind = kind.into();
        self.apart(|conn| drop_draft(conn, kind, variant, about, editing))
    }
}

impl Writer<'_> {
    /// Drops the draft in the transaction that stores the record, so that neither is there without the other's end.
    pub fn drop_draft(
        &mut self,
        kind: impl Into<DraftOf>,
        variant: &str,
        about: Option<i64>,
        editing: bool,
    ) -> Result<()> {
        drop_draft(self.conn, kind.into(), variant, about, editing)
    }
}

fn drop_draft(
    conn: &Connection,
    kind: DraftOf,
    variant: &str,
    about: Option<i64>,
    editing: bool,
) -> Result<()> {
    conn.prepare_cached(
        "DELETE FROM draft WHERE kind = ?1 AND variant = ?2 AND about IS ?3 AND editing = ?4",
    )?
    .execute(params![kind.word(), variant, about, editing])?;
    Ok(())
}
