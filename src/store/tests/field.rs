//! Every field of every form goes into the file and comes back.

use super::*;

/// What has a value of its own where nobody gives one, or is taken from the type.
fn is_never_empty(kind: Kind, field: &str) -> bool {
    let of_provision = [
        "starts",
        "minutes",
        "sessions_week",
        "weeks",
        "materials_pence",
    ];
    match kind {
        Kind::Provision => of_provision.contains(&field),
        Kind::Member | Kind::Rate => field == "from",
        Kind::Session => ["date", "outcome"].contains(&field),
        _ => ["rank", "at", "kind", "visibility", "pupils"].contains(&field),
    }
}

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
            // Hours a week are kept as minutes and times, which are given here.
            .filter(|field| kind == Kind::Staff || field.name != "hours_week")
            .map(|field| {
                let value = match field.name {
                    "pupil" => "2",
                    "pupils" => "p2, p1",
                    "rank" | "contact" | "staff" | "type" | "provision" => "1",
                    "year" => "4",
                    "minutes" | "sessions_week" | "weeks" | "group_size" | "pence_hour"
                    | "materials_pence" => "25",
                    "hours_week" => "32.5",
                    "hours" => "150",
                    "area" => "C&L",
                    "tier" => "targeted",
                    "outcome" if kind == Kind::Session => "missed",
                    "dob" | "from" | "to" | "left_on" | "parents_informed" | "starts" | "ends"
                    | "date" | "week" => "2020-02-03",
                    "at" => "2020-02-03T08:40",
                    "due" | "follow_up" => "2020-02-03T15:30",
                    "kind" => "meeting",
                    "visibility" => "internal",
                    "review" | "urgent" | "share" | "parental_responsibility" => "yes",
                    "tags" => "reading slcn",
                    // Of an entry about nobody, and these are about two.
                    "about" => "",
                    _ => "Words",
                };
                (field.name, value)
            })
            .collect();
        let id = add(&mut store, kind, &filled);
        let mut kept = store.values(kind, id).unwrap().unwrap();
        kept.retain(|field, value| *field != "hours_week" || value.is_some());
        assert_eq!(kept, texts(&filled), "{kind:?}");
        if matches!(kind, Kind::Amendment | Kind::Strike) {
            continue;
        }
        // Emptied one by one, but for what a record cannot be without.
        for field in kind
            .def()
            .fields
            .iter()
            .filter(|field| !field.required && !is_never_empty(kind, field.name))
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
