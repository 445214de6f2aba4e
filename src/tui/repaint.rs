//! Rows that hold text whose width terminals do not agree on: painted whole, cell by cell, so that nothing of a name in a
//! wide or joined script is left behind on the next screen.

use ratatui::buffer::{Buffer, Cell};
use std::hash::{DefaultHasher, Hash, Hasher};

/// The rows of a frame that hold such text, each with a digest of what it shows.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(super) struct Rows(Vec<(u16, u64)>);

/// True for a cell that a terminal may give another width than we do: several characters in one, wide ones, and scripts
/// whose letters join.
pub(super) fn is_doubtful(cell: &Cell) -> bool {
    let symbol = cell.symbol();
    if symbol.is_ascii() {
        return false;
    }
    let mut chars = symbol.chars();
    let first = chars.next();
    let joins = |c: char| {
        matches!(c, '\u{590}'..='\u{109f}' | '\u{1100}'..='\u{11ff}' | '\u{1780}'..='\u{18af}' | '\u{2e80}'..='\u{a4cf}'
            | '\u{a840}'..='\u{d7ff}' | '\u{f900}'..='\u{fdff}' | '\u{fe70}'..='\u{ff60}' | '\u{10000}'..)
    };
    chars.next().is_some() || first.is_some_and(joins)
}

impl Rows {
    /// Those of a frame.
    pub(super) fn of(buffer: &Buffer) -> Self {
        let width = usize::from(buffer.area.width).max(1);
        let rows = buffer.content.chunks(width).zip(0_u16..);
        Self(
            rows.filter(|(cells, _)| cells.iter().any(is_doubtful))
                .map(|(cells, row)| {
                    let mut digest = DefaultHasher::new();
                    cells.hash(&mut digest);
                    (row, digest.finish())
                })
                .collect(),
        )
    }

    /// The rows to paint whole after this frame: such as show something else than in the one before.
    pub(super) fn changed(&self, now: &Self) -> Vec<u16> {
        let mut rows: Vec<u16> = self
            .0
            .iter()
            .filter(|row| !now.0.contains(row))
            .chain(now.0.iter().filter(|row| !self.0.contains(row)))
            .map(|(row, _)| *row)
            .collect();
        rows.sort_unstable();
        rows.dedup();
        rows
    }
}

/// A row in runs, each to be placed by itself: a new one begins after every doubtful cell.
pub(super) fn runs(buffer: &Buffer, row: u16) -> Vec<Vec<(u16, &Cell)>> {
    let mut runs: Vec<Vec<(u16, &Cell)>> = vec![Vec::new()];
    let mut covered = 0;
    for x in 0..buffer.area.width {
        let Some(cell) = buffer.cell((x, row)) else {
            continue;
        };
        // The cells under a wide one are not sent.
        if x < covered {
            continue;
        }
        let width = u16::try_from(ratatui::text::Span::raw(cell.symbol()).width()).unwrap_or(1);
        covered = x + width.max(1);
        if let Some(run) = runs.last_mut() {
            run.push((x, cell));
        }
        if is_doubtful(cell) {
            runs.push(Vec::new());
        }
    }
    runs.retain(|run| !run.is_empty());
    runs
}
