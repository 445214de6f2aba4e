//! The chain walked from its first step to its last, each row of the journal read once; and a look at its head alone.

use super::{Chain, GENESIS, STEP_COLUMNS, StepRow, add_row, hex};
use crate::domain::id::StepId;
use crate::store::error::Result;
use hmac::{Hmac, Mac};
use rusqlite::{Connection, OptionalExtension, Row};
use sha2::Sha256;

/// A row of the journal as it goes by.
pub(in crate::store) struct Image<'a> {
    pub step: i64,
    pub table: &'a str,
    pub pk: i64,
    /// The digest of the row as the step left it; `None` where the step removed it.
    pub after: Option<&'a str>,
}

/// A step of more rows than these is not counted through at an opening.
const LOOKED_AT: i64 = 64;

/// How far the walk has come.
struct Walk<'a> {
    chain: &'a Chain,
    /// What the next step must say.
    id: i64,
    first_row: i64,
    prev: String,
    /// The step whose rows go by.
    current: Option<Current>,
    /// No step is left.
    is_over: bool,
    /// The first step at which the journal does not hold.
    bad: Option<i64>,
    /// The first step named by a row of no step.
    stray: Option<i64>,
}

struct Current {
    step: StepRow,
    mac: Hmac<Sha256>,
    count: i64,
}

impl Current {
    fn end(&self) -> i64 {
        self.step.first_row.saturating_add(self.step.row_count)
    }
}

impl Chain {
    /// As [`Chain::verify`]; every row of the journal is handed on as it goes by, also of steps that do not hold.
    pub(in crate::store) fn walk(
        &self,
        conn: &Connection,
        mut pass: impl FnMut(&Image<'_>),
    ) -> Result<Option<StepId>> {
        let mut steps = conn.prepare(&format!(
            "SELECT {STEP_COLUMNS} FROM journal_step ORDER BY id"
        ))?;
        let mut steps = steps.query([])?;
        let mut rows = conn.prepare(
            "SELECT id, step, tbl, pk, before, before_digest, after, after_digest FROM journal_row ORDER BY id",
        )?;
        let mut rows = rows.query([])?;
        let mut walk = Walk::new(self);
        while let Some(row) = rows.next()? {
            let id = row.get(0)?;
            while walk.wants_step(id) {
                walk.enter(steps.next()?.map(StepRow::read).transpose()?);
            }
            let image = Image {
                step: row.get(1)?,
                table: row.get_ref(2)?.as_str().unwrap_or_default(),
                pk: row.get(3)?,
                after: row.get_ref(7)?.as_str_or_null().unwrap_or_default(),
            };
            walk.take(id, &image, row)?;
            pass(&image);
        }
        while !walk.is_over {
            walk.enter(steps.next()?.map(StepRow::read).transpose()?);
        }
        Ok(walk.bad.or(walk.stray).map(StepId))
    }

    /// The newest step, where it does not follow the one before it or does not hold; `None` when it does. Of a step of very
    /// many rows only their number is looked at.
    pub(in crate::store) fn head(&self, conn: &Connection) -> Result<Option<StepId>> {
        let mut steps = conn.prepare(&format!(
            "SELECT {STEP_COLUMNS} FROM journal_step ORDER BY id DESC LIMIT 2"
        ))?;
        let mut steps = steps.query([])?;
        let last: i64 = conn
            .query_row(
                "SELECT id FROM journal_row ORDER BY id DESC LIMIT 1",
                [],
                |row| row.get(0),
            )
            .optional()?
            .unwrap_or_default();
        let Some(head) = steps.next()?.map(StepRow::read).transpose()? else {
            return Ok((last != 0).then_some(StepId(1)));
        };
        let (id, first_row, prev) = match steps.next()?.map(StepRow::read).transpose()? {
            Some(step) => (
                step.id + 1,
                step.first_row.saturating_add(step.row_count),
                step.hash,
            ),
            None => (1, 1, GENESIS.to_owned()),
        };
        let holds = (head.id, head.first_row, &head.prev) == (id, first_row, &prev)
            && last.saturating_add(1) == first_row.saturating_add(head.row_count)
            && (head.row_count > LOOKED_AT || self.hash(conn, &head)? == head.hash);
        Ok((!holds).then_some(StepId(head.id)))
    }
}

impl<'a> Walk<'a> {
    fn new(chain: &'a Chain) -> Self {
        Self {
            chain,
            id: 1,
            first_row: 1,
            prev: GENESIS.to_owned(),
            current: None,
            is_over: false,
            bad: None,
            stray: None,
        }
    }

    /// True while a row of this number can only be of a later step. Once something does not hold, none is asked for.
    fn wants_step(&self, row: i64) -> bool {
        let is_past = |current: &Current| row >= current.end();
        !self.is_over && row >= 1 && self.current.as_ref().is_none_or(is_past)
    }

    /// Leaves the step whose rows went by and goes to the next.
    fn enter(&mut self, step: Option<StepRow>) {
        if let Some(Current { step, mac, count }) = self.current.take() {
            let hash = hex(&mac.finalize().into_bytes());
            if count != step.row_count || hash != step.hash {
                return self.stop(step.id);
            }
            self.prev = step.hash;
        }
        let Some(step) = step else {
            self.is_over = true;
            return;
        };
        if step.id != self.id || step.prev != self.prev || step.first_row != self.first_row {
            return self.stop(step.id.min(self.id));
        }
        self.id += 1;
        self.first_row = self.first_row.saturating_add(step.row_count);
        self.current = Some(Current {
            mac: self.chain.begin(&step),
            step,
            count: 0,
        });
    }

    fn take(&mut self, id: i64, image: &Image<'_>, row: &Row<'_>) -> Result<()> {
        let Some(current) = self
            .current
            .as_mut()
            .filter(|one| (one.step.first_row..one.end()).contains(&id))
        else {
            if self.bad.is_none() {
                let first = self.stray.map_or(image.step, |stray| stray.min(image.step));
                self.stray = Some(first);
            }
            return Ok(());
        };
        let column = |at| row.get_ref(at).map(|value| value.as_str_or_null());
        let holds = match (column(4)?, column(5)?, column(6)?, column(7)?) {
            (Ok(before), Ok(before_digest), Ok(after), Ok(after_digest)) => {
                let named = (image.table, image.pk);
                add_row(&mut current.mac, id, named, before_digest, after_digest);
                self.chain.fits(before, before_digest) && self.chain.fits(after, after_digest)
            }
            _ => false,
        };
        current.count += 1;
        if !holds || image.step != current.step.id {
            let step = current.step.id;
            self.stop(step);
        }
        Ok(())
    }

    /// From here on nothing is proved.
    fn stop(&mut self, step: i64) {
        self.bad = Some(step);
        self.current = None;
        self.is_over = true;
    }
}
