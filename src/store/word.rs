//! Secrets people can write down: the recovery code and the backup phrase.

use super::error::{Error, Result};
use super::file;
use zeroize::Zeroizing;

/// Crockford's alphabet: no I, L, O or U, so that nothing is misread (crockford.com/base32.html).
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// The five symbols the check may take beyond the alphabet.
const CHECKS: &[u8; 5] = b"*~$=U";

/// Symbols of a code before its check: 26 times 5 bits are 130.
const LENGTH: usize = 26;

/// A recovery code: what it is printed as. 130 random bits, so it needs no slow derivation.
pub(super) fn new_recovery_code() -> Result<Zeroizing<String>> {
    let random = file::random::<LENGTH>()?;
    let mut symbols = Zeroizing::new(Vec::with_capacity(LENGTH + 1));
    symbols.extend(random.iter().map(|byte| byte & 31));
    let mut printed = Zeroizing::new(String::with_capacity(LENGTH + 8));
    for (index, value) in symbols.iter().enumerate() {
        if index > 0 && index % 4 == 0 {
            printed.push('-');
        }
        printed.push(char::from(ALPHABET[usize::from(*value)]));
    }
    printed.push(check(&symbols));
    Ok(printed)
}

/// Crockford's check symbol: the number modulo 37.
fn check(symbols: &[u8]) -> char {
    let remainder = symbols
        .iter()
        .fold(0, |sum, value| (sum * 32 + usize::from(*value)) % 37);
    let symbol = ALPHABET
        .get(remainder)
        .or_else(|| CHECKS.get(remainder.saturating_sub(32)));
    symbol.copied().map_or('0', char::from)
}

/// The code behind what was typed or stands in a file: any case, with or without dashes, blanks and a byte-order mark, O for 0,
/// I and L for 1.
///
/// # Errors
/// [`Error::MistypedRecoveryCode`] when symbols are missing or the check finds a slip.
pub(super) fn read_recovery_code(typed: &str) -> Result<Zeroizing<Vec<u8>>> {
    let plain: Zeroizing<Vec<char>> = Zeroizing::new(
        typed
            .chars()
            .filter(|c| !matches!(c, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{feff}'))
            .filter(|c| !c.is_whitespace())
            .map(|c| match c.to_ascii_uppercase() {
                'O' => '0',
                'I' | 'L' => '1',
                c => c,
            })
            .collect(),
    );
    let Some((last, body)) = plain.split_last().filter(|(_, body)| body.len() == LENGTH) else {
        return Err(Error::MistypedRecoveryCode);
    };
    let mut symbols = Zeroizing::new(Vec::with_capacity(LENGTH));
    for c in body {
        let value = ALPHABET.iter().position(|known| char::from(*known) == *c);
        let value = value.and_then(|value| u8::try_from(value).ok());
        symbols.push(value.ok_or(Error::MistypedRecoveryCode)?);
    }
    if check(&symbols) == *last {
        Ok(symbols)
    } else {
        Err(Error::MistypedRecoveryCode)
    }
}

/// Six words from the BIP 39 English list: 66 random bits, behind the slow derivation of a backup's own format.
pub(super) fn new_backup_phrase() -> Result<Zeroizing<String>> {
    let list = bip39::Language::English.word_list();
    let mut phrase = Zeroizing::new(String::with_capacity(64));
    for _ in 0..6 {
        // The list has 2,048 words, a power of two: every one is as likely as another.
        let index = u16::from_le_bytes(*file::random::<2>()?) & 0x7ff;
        if !phrase.is_empty() {
            phrase.push(' ');
        }
        phrase.push_str(list[usize::from(index)]);
    }
    Ok(phrase)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_read_back_however_it_is_written() {
        let code = new_recovery_code().unwrap();
        let symbols = read_recovery_code(&code).unwrap();
        assert_eq!(symbols.len(), LENGTH);
        for typed in [
            code.to_lowercase(),
            code.replace('-', ""),
            code.replace('-', " "),
            code.replace('0', "O").replace('1', "l"),
            format!("\u{feff} {}\t\r", code.replace('-', "\u{a0}\u{2212}")),
        ] {
            assert_eq!(read_recovery_code(&typed).unwrap(), symbols, "{typed}");
        }
    }

    #[test]
    fn any_one_wrong_symbol_and_any_exchange_of_neighbours_is_found() {
        let code = new_recovery_code().unwrap().replace('-', "");
        let at = |index: usize| code.as_bytes()[index];
        for index in 0..LENGTH {
            let other = if at(index) == b'7' { "8" } else { "7" };
            let mut wrong = code.clone();
            wrong.replace_range(index..=index, other);
            assert!(read_recovery_code(&wrong).is_err(), "{wrong}");
            if index + 1 < LENGTH && at(index) != at(index + 1) {
                let mut swapped = code.clone().into_bytes();
                swapped.swap(index, index + 1);
                assert!(read_recovery_code(&String::from_utf8(swapped).unwrap()).is_err());
            }
        }
        assert!(read_recovery_code("").is_err());
        assert!(read_recovery_code(&code[1..]).is_err());
    }

    #[test]
    fn a_phrase_is_six_words_of_the_list() {
        let phrase = new_backup_phrase().unwrap();
        let known = |word| bip39::Language::English.find_word(word).is_some();
        assert_eq!(phrase.split(' ').filter(|word| known(word)).count(), 6);
        assert_ne!(phrase, new_backup_phrase().unwrap());
    }
}
