//! The word somebody probably meant.

/// The one of these that is nearest to what was typed, when it is near at all.
pub(super) fn nearest<'a>(
    typed: &str,
    known: impl IntoIterator<Item = &'a str>,
) -> Option<&'a str> {
    let typed = typed.to_lowercase();
    known
        .into_iter()
        .map(|word| (distance(&typed, word), word))
        .min_by_key(|(far, _)| *far)
        .filter(|(far, word)| *far <= 1 + word.chars().count() / 3)
        .map(|(_, word)| word)
}

/// How many letters have to be added, dropped or changed (Levenshtein).
fn distance(one: &str, other: &str) -> usize {
    let other: Vec<char> = other.chars().collect();
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (down, letter) in one.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = down + 1;
        for (across, against) in other.iter().enumerate() {
            let changed = diagonal + usize::from(letter != *against);
            diagonal = row[across + 1];
            row[across + 1] = changed.min(diagonal + 1).min(row[across] + 1);
        }
    }
    row[other.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_finds_its_word_and_another_word_finds_none() {
        let known = ["surname", "forename", "dob", "class", "home_la"];
        assert_eq!(nearest("surmane", known), Some("surname"));
        assert_eq!(nearest("Clas", known), Some("class"));
        assert_eq!(nearest("home-la", known), Some("home_la"));
        assert_eq!(nearest("provision", known), None);
    }
}
