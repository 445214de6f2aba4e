//! Forms begun and not saved, kept so that nothing typed is lost. Not in the journal.

use super::error::Result;
use super::{Store, Writer};
use crate::domain::form::Kind;
use crate::sys;
use rusqlite::{OptionalExtension, params};
use std::collections::BTreeMap;

/// A form begun.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// The kind of record.
    pub kind: Kind,
    /// The record edited or, for a new one, the pupil it is about.
    pub about: Option<i64>,
    /// True when a record is edited.
    pub editing: bool,
    /// What stands in the boxes, by field name.
    pub texts: BTreeMap<String, String>,
}

impl Store {
    /// The draft kept of this kind: of an edit of this record, or of a new one about this pupil.
    pub fn draft(&self, kind: Kind, about: Option<i64>, editing: bool) -> Result<Option<Draft>> {
        self.read(|conn| {
            let found: Option<String> = conn
                .prepare_cached(
                    "SELECT texts FROM draft WHERE kind = ?1 AND about IS ?2 AND editing = ?3",
                )?
                .query_row(params![kind.def().name, about, editing], |row| row.get(0))
                .optional()?;
            Ok(found.map(|texts| Draft {
                kind,
                about,
                editing,
                texts: serde_json::from_str(&texts).unwrap_or_default(),
            }))
        })
    }

    /// Keeps a draft in the place of the one before.
    pub fn keep_draft(&mut self, draft: &Draft) -> Result<()> {
        let texts: serde_json::Map<String, serde_json::Value> = draft
            .texts
            .iter()
            .map(|(field, text)| (field.clone(), text.clone().into()))
            .collect();
        let texts = serde_json::Value::Object(texts).to_string();
        let kept_at = super::history::moment(sys::clock::utc_now());
        self.apart(|conn| {
            conn.prepare_cached(
                "INSERT INTO draft (kind, about, editing, texts, kept_at) VALUES (?1, ?2, ?3, ?4, ?5)
                 ON CONFLICT (kind, coalesce(about, 0), editing)
                 DO UPDATE SET texts = excluded.texts, kept_at = excluded.kept_at",
            )?
            .execute(params![draft.kind.def().name, draft.about, draft.editing, texts, kept_at])?;
            Ok(())
        })
    }

    /// Drops a draft the user gave up.
    pub fn drop_draft(&mut self, kind: Kind, about: Option<i64>, editing: bool) -> Result<()> {
        self.apart(|conn| drop_draft(conn, kind, about, editing))
    }
}

impl Writer<'_> {
    /// Drops the draft in the transaction that stores the record, so that neither is there without the other's end.
    pub fn drop_draft(&mut self, kind: Kind, about: Option<i64>, editing: bool) -> Result<()> {
        drop_draft(self.conn, kind, about, editing)
    }
}

fn drop_draft(
    conn: &rusqlite::Connection,
    kind: Kind,
    about: Option<i64>,
    editing: bool,
) -> Result<()> {
    conn.prepare_cached("DELETE FROM draft WHERE kind = ?1 AND about IS ?2 AND editing = ?3")?
        .execute(params![kind.def().name, about, editing])?;
    Ok(())
}
