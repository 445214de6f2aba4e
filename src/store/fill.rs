//! What a new format leaves to be worked out in an older file: done as rows of the step that notes the format, which undo
//! does not pass.

use super::chain::Chain;
use super::error::Result;
use super::history::{Head, Title, close, moment};
use super::journal::Journal;
use super::{Author, schema};
use crate::domain::step::StepKind;
use crate::sys;
use rusqlite::Connection;

/// Notes the format inside the transaction of its climb, over what a file that was of the version `from` still lacks. Gives
/// the journal that kept it: of one connection there is only one.
pub(super) fn note(
    conn: &Connection,
    chain: &Chain,
    author: &Author,
    (label, from): (&str, i64),
) -> Result<Journal> {
    let journal = Journal::install(conn, chain)?;
    let head = Head::read(conn)?;
    let open = journal.open(head.id);
    for sql in schema::SCHOOL.fills(from) {
        conn.execute_batch(sql)?;
    }
    drop(open);
    let title = Title::new(StepKind::Boundary, label);
    let now = moment(sys::clock::utc_now());
    close(conn, chain, author, title, head, now)?;
    Ok(journal)
}
