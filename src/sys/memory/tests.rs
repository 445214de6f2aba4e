//! Keys, looked for in this process's own memory.

use super::*;

#[test]
fn each_key_has_a_page_of_its_own_that_is_locked() {
    let keys: Vec<Key> = (1..=4)
        .map(|byte| {
            let mut key = Key::blank();
            key.fill(byte);
            key
        })
        .collect();
    for (at, key) in keys.iter().enumerate() {
        assert_eq!(key.as_ptr() as usize % 4096, 0);
        assert!(key.iter().all(|byte| usize::from(*byte) == at + 1));
        assert!(key.is_locked());
    }
    assert_eq!(format!("{:?}", keys[0]), "Key");
}

#[cfg(target_os = "linux")]
mod looked_for {
    use super::*;
    use std::fs;
    use std::os::unix::fs::FileExt;

    /// Turns a byte of a pattern into what is looked for, so that the pattern itself is nowhere.
    const MASK: u8 = 0x5a;

    fn pattern(seed: u8) -> [u8; 32] {
        std::array::from_fn(|at| u8::try_from(at).unwrap().wrapping_mul(7) ^ seed)
    }

    /// Writes the pattern of a seed where it is to lie, byte by byte.
    fn write(seed: u8, place: &mut [u8; 32]) {
        for (byte, masked) in place.iter_mut().zip(pattern(seed)) {
            *byte = masked ^ MASK;
        }
        black_box(place);
    }

    /// How often the pattern of a seed lies in this process's memory.
    fn count(seed: u8) -> usize {
        let maps = fs::read_to_string("/proc/self/maps").unwrap();
        let memory = fs::File::open("/proc/self/mem").unwrap();
        let mut found = 0;
        for line in maps.lines().filter(|line| line.contains(" rw")) {
            let (from, to) = line.split_once(' ').unwrap().0.split_once('-').unwrap();
            let address = |text| u64::from_str_radix(text, 16).unwrap();
            let (from, to) = (address(from), address(to));
            let mut bytes = vec![0; usize::try_from(to - from).unwrap()];
            let read = memory.read_at(&mut bytes, from).unwrap_or_default();
            // Before anything is compared, so that what was read is not found again.
            for byte in &mut bytes {
                *byte ^= MASK;
            }
            found += memchr::memmem::find_iter(&bytes[..read], &pattern(seed)).count();
            bytes.fill(0);
            black_box(&bytes);
        }
        found
    }

    #[test]
    fn a_key_lies_in_one_place_however_it_is_moved_and_nowhere_once_let_go() {
        let mut key = Key::blank();
        write(0x11, &mut key);
        let moved = std::thread::spawn(move || vec![Some(key)]).join().unwrap();
        assert_eq!(count(0x11), 1);
        drop(moved);
        assert_eq!(count(0x11), 0);
    }
}
