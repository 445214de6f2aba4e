//! Every field of every form goes into the file and comes back.

use super::*;

/// What has a value of its own where nobody gives one.
const NEVER_EMPTY: [&str; 4] = ["rank", "at", "kind", "visibility"];

#[test]
fn every_field_of_every_form_is_saved_and_read_back() {
    let mut store = store();
    aisha(&mut store);
    aisha(&mut store);
    for kind in Kind::ALL {
        let filled: Vec<(&'static str, &str)> = kind
            .def()
            .fields
            .iter()
            .map(|field| {
                let value = match field.name {
                    "pupil" => "2",
                    "pupils" => "p2, p1",
                    "rank" | "contact" => "1",
                    "year" => "4",
                    "minutes" => "25",
                    "dob" | "from" | "left_on" | "parents_informed" | "starts" | "ends"
                    | "date" => "2020-02-03",
                    "at" => "2020-02-03T08:40",
                    "due" | "follow_up" => "2020-02-03T15:30",
                    "kind" => "meeting",
                    "visibility" => "internal",
                    "review" | "urgent" | "share" | "parental_responsibility" => "yes",
                    "tags" => "reading slcn",
                    _ => "Words",
                };
                (field.name, value)
            })
            .collect();
        let id = add(&mut store, kind, &filled);
        assert_eq!(
            store.values(kind, id).unwrap(),
            Some(texts(&filled)),
            "{kind:?}"
        );
        if matches!(kind, Kind::Amendment | Kind::Strike) {
            continue;
        }
        // Emptied one by one, but for what a record cannot be without.
        for field in kind
            .def()
            .fields
            .iter()
            .filter(|field| !field.required && !NEVER_EMPTY.contains(&field.name))
        {
            let empty = texts(&[(field.name, "")]);
            store
                .step("Change", |w| w.amend(kind, id, &empty, None))
                .unwrap();
            let values = store.values(kind, id).unwrap().unwrap();
            assert_eq!(values.get(field.name), Some(&None), "{}", field.name);
        }
    }
}
