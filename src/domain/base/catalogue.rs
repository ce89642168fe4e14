//! Catalogues: the codes and names that standards and the State Council fix, embedded as small tables and read on first
//! use.
//!
//! Invariants: a catalogue says what it knows, and "not found" never means "does not exist". A row that cannot be read
//! is left out; the tests prove that there is none. Where the tables come from: `static/data/README.md`.

pub mod calendar;
pub mod division;
pub mod education;
pub mod ethnic_group;
pub mod occupation;
pub mod political_status;
pub mod skill;
pub mod title;
pub mod worktype;

/// The rows of an embedded table without its header, each cut into exactly `N` columns.
fn rows<const N: usize>(csv: &'static str) -> impl Iterator<Item = [&'static str; N]> {
    csv.lines().skip(1).filter_map(|line| {
        let mut row = [""; N];
        let mut columns = line.split(',');
        for cell in &mut row {
            *cell = columns.next()?;
        }
        if columns.next().is_some() { None } else { Some(row) }
    })
}

/// Proves that a table has `n` rows and that none of them is left out when read.
#[cfg(test)]
fn check_table(csv: &str, n_bytes: usize, n_rows: usize, n_read: usize) {
    assert_eq!(csv.len(), n_bytes, "the size that the doc comment states");
    assert_eq!(csv.lines().count(), n_rows + 1);
    assert_eq!(n_read, n_rows, "every row is read");
    assert!(!csv.contains(['"', '\r', '\u{feff}']) && csv.ends_with('\n'));
}
