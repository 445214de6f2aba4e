//! Drafts in their variants, and all of them after a crash.

use super::*;
use chrono::TimeDelta;

#[test]
fn each_variant_has_a_draft_of_its_own_and_the_last_kept_comes_first() {
    let mut store = store();
    let mut keep = |kind: DraftOf, variant: &str, about, text: &str| {
        store.later(TimeDelta::seconds(1));
        let texts = [("text".to_owned(), text.to_owned())].into();
        let draft = Draft {
            kind,
            variant: variant.to_owned(),
            about,
            editing: false,
            texts,
            kept_at: None,
        };
        store.keep_draft(&draft).unwrap();
    };
    keep(Kind::Contact.into(), "phone", Some(1), "rang");
    keep(Kind::Contact.into(), "email", Some(1), "wrote");
    keep(DraftOf::AddLine, "", None, "@okafor rang");
    keep(Kind::Contact.into(), "phone", Some(1), "rang twice");
    let drafts = store.drafts().unwrap();
    let told: Vec<(DraftOf, &str, &str)> = drafts
        .iter()
        .map(|draft| {
            (
                draft.kind,
                draft.variant.as_str(),
                draft.texts["text"].as_str(),
            )
        })
        .collect();
    let contact = DraftOf::Form(Kind::Contact);
    assert_eq!(
        told,
        [
            (contact, "phone", "rang twice"),
            (DraftOf::AddLine, "", "@okafor rang"),
            (contact, "email", "wrote"),
        ]
    );
    assert!(drafts.iter().all(|draft| draft.kept_at.is_some()));
    store.drop_draft(contact, "phone", Some(1), false).unwrap();
    assert_eq!(store.draft(contact, "phone", Some(1), false).unwrap(), None);
    assert!(
        store
            .draft(contact, "email", Some(1), false)
            .unwrap()
            .is_some()
    );
    assert!(
        store
            .draft(DraftOf::AddLine, "", None, false)
            .unwrap()
            .is_some()
    );
}
