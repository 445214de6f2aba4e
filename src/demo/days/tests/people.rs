//! The people around invented children: who is shared, who is told nothing, who has many children.

use super::*;

#[test]
fn brothers_and_sisters_share_one_mother_and_one_person_is_told_nothing() {
    for seed in 0..20 {
        let (pupils, whole) = written(&options(USUAL_PUPILS, seed, DAYS[0]), None);
        let first = |person: &Person| match person.same_as {
            Some(place) => whole.people[place].values.clone(),
            None => person.values.clone(),
        };
        let surname = |person: &Person| match person.values.get("pupil") {
            Some(Some(Value::Whole(id))) => pupils[(id - 101) as usize].surname.clone(),
            _ => None,
        };
        let is = |person: &Person, word| words(&person.values, "relationship") == Some(word);
        let sharing: Vec<&Person> = whole
            .people
            .iter()
            .filter(|person| is(person, "mother") && person.same_as.is_some())
            .collect();
        assert!(!sharing.is_empty(), "seed {seed}");
        for person in sharing {
            let place = person.same_as.unwrap();
            assert_eq!(surname(person), surname(&whole.people[place]));
            assert!(!person.values.contains_key("name"));
        }
        let untold = whole
            .people
            .iter()
            .filter(|person| words(&person.values, "share") == Some("no"));
        assert!(untold.count() >= 1);
        for person in &whole.people {
            let values = first(person);
            assert!(words(&values, "phone").unwrap().starts_with("07700 900"));
            assert!(words(&values, "email").is_none_or(|one| one.ends_with("@example.org")));
            assert!(words(&values, "email").is_none_or(|one| one.is_ascii() && one.len() > 14));
        }
        for role in [
            "mother",
            "father",
            "carer",
            "social worker",
            "virtual school",
            "educational psychologist",
        ] {
            assert!(
                whole.people.iter().any(|person| is(person, role)),
                "{role} at {seed}"
            );
        }
    }
}

#[test]
fn who_is_told_nothing_is_not_spoken_to() {
    let whole = written(&options(2_000, 4, DAYS[0]), None).1;
    let name = |person: &Person| words(&person.values, "name").map(str::to_owned);
    let untold: Vec<String> = whole
        .people
        .iter()
        .filter(|person| words(&person.values, "share") == Some("no"))
        .filter_map(name)
        .collect();
    assert!(!untold.is_empty());
    let told: HashSet<String> = whole
        .people
        .iter()
        .filter(|person| words(&person.values, "share") != Some("no"))
        .filter_map(name)
        .collect();
    for entry in &whole.diary {
        let with = words(&entry.values, "with").unwrap_or_default();
        let meant = |name: &&String| with.starts_with(&format!("{name} ("));
        let only_untold =
            untold.iter().any(|name| meant(&name)) && !told.iter().any(|name| meant(&name));
        assert!(!only_untold, "{with}");
    }
}

#[test]
fn professionals_have_several_children() {
    let whole = usual(DAYS[0]);
    let mut links: HashMap<usize, usize> = HashMap::new();
    for (place, person) in whole.people.iter().enumerate() {
        *links.entry(person.same_as.unwrap_or(place)).or_default() += 1;
    }
    let of = |role: &str| {
        whole
            .people
            .iter()
            .enumerate()
            .filter(|(_, person)| {
                person.same_as.is_none() && words(&person.values, "relationship") == Some(role)
            })
            .filter_map(|(place, _)| links.get(&place).copied())
            .max()
    };
    assert!(of("educational psychologist") > Some(2));
    assert!(of("speech and language therapist") > Some(2));
}
