//! Plain tables: columns as wide as their widest cell, measured as a terminal shows it.

use super::out::safe;
use unicode_width::UnicodeWidthStr;

/// Rows under a heading.
pub(super) struct Table {
    headings: Vec<&'static str>,
    rows: Vec<Vec<String>>,
}

impl Table {
    /// A table with these headings and no rows.
    pub(super) fn new(headings: &[&'static str]) -> Self {
        Self {
            headings: headings.to_vec(),
            rows: Vec::new(),
        }
    }

    /// Adds a row.
    pub(super) fn push(&mut self, row: Vec<String>) {
        self.rows.push(row);
    }

    /// The lines to print: with tabs and no heading when plain, else in columns with two spaces between.
    pub(super) fn lines(&self, plain: bool) -> Vec<String> {
        if plain {
            let cell = |cell: &String| safe(cell).replace(['\t', '\n'], " ");
            return self
                .rows
                .iter()
                .map(|row| row.iter().map(cell).collect::<Vec<_>>().join("\t"))
                .collect();
        }
        if self.rows.is_empty() {
            return Vec::new();
        }
        let headings: Vec<String> = self.headings.iter().map(|&text| text.to_owned()).collect();
        let rows: Vec<Vec<String>> = std::iter::once(&headings)
            .chain(&self.rows)
            .map(|row| {
                row.iter()
                    .map(|cell| safe(cell).replace('\n', " "))
                    .collect()
            })
            .collect();
        let widths: Vec<usize> = (0..self.headings.len())
            .map(|column| {
                let cells = rows.iter().filter_map(|row| row.get(column));
                cells.map(|cell| cell.width()).max().unwrap_or_default()
            })
            .collect();
        rows.iter().map(|row| lay_out(row, &widths)).collect()
    }
}

fn lay_out(row: &[String], widths: &[usize]) -> String {
    let mut line = String::new();
    for (cell, width) in row.iter().zip(widths) {
        line.push_str(cell);
        let gap = width.saturating_sub(cell.width()) + 2;
        line.extend(std::iter::repeat_n(' ', gap));
    }
    line.truncate(line.trim_end().len());
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table() -> Table {
        let mut table = Table::new(&["id", "name", "class"]);
        table.push(vec!["p1".into(), "Łukasz 李".into(), "5B".into()]);
        table.push(vec!["p12".into(), "Ann".into(), String::new()]);
        table
    }

    #[test]
    fn columns_are_as_wide_as_a_terminal_shows_them() {
        assert_eq!(
            table().lines(false),
            ["id   name       class", "p1   Łukasz 李  5B", "p12  Ann"]
        );
    }

    #[test]
    fn plain_rows_have_tabs_and_no_heading() {
        assert_eq!(table().lines(true), ["p1\tŁukasz 李\t5B", "p12\tAnn\t"]);
    }
}
