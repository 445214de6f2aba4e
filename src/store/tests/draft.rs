//! Drafts in their variants, and all of them after a crash.

use super::*;
use crate::domain::school::School;
use chrono::TimeDelta;

#[test]
fn each_variant_has_a_draft_of_its_own_and_the_last_kept_comes_first() {
    let mut store = store();
    let mut keep = |kind: DraftOf, variant: &str, about, text: &str, mark| {
        store.later(TimeDelta::seconds(1));
        let texts = [("text".to_owned(), text.to_owned())].into();
        let draft = Draft {
            kind,
            variant: variant.to_owned(),
            about,
            editing: false,
            texts,
            mark,
        };
        Some(store.keep_draft(&draft, true).unwrap())
    };
    let first = keep(Kind::Contact.into(), "phone", Some(1), "rang", None);
    keep(Kind::Contact.into(), "email", Some(1), "wrote", None);
    keep(DraftOf::AddLine, "", None, "@okafor rang", None);
    let stale = first.clone();
    let last = keep(Kind::Contact.into(), "phone", Some(1), "rang twice", first);
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
    assert!(drafts.iter().all(|draft| draft.kept_at().is_some()));
    store.drop_draft(&stale.unwrap()).unwrap();
    assert_eq!(store.drafts().unwrap().len(), 3, "it was kept since");
    store.drop_draft(&last.unwrap()).unwrap();
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

/// Runs of the program over one desk, each with the school open.
fn runs(folder: &std::path::Path) -> [(Desk, Store); 2] {
    let places = Places {
        data: folder.join("desk"),
    };
    let mut desk = Desk::create_demo(&places, "Sam Reed").unwrap();
    let school = School::read("Oakfield Primary", "OAK", None, None, None).unwrap();
    desk.add_school(&school).unwrap();
    [(); 2].map(|()| {
        let desk = Desk::unlock_demo(&places).unwrap();
        let store = desk.open_school("OAK").unwrap();
        (desk, store)
    })
}

fn line(text: &str, mark: Option<Mark>) -> Draft {
    Draft {
        kind: DraftOf::AddLine,
        variant: String::new(),
        about: None,
        editing: false,
        texts: [("line".to_owned(), text.to_owned())].into(),
        mark,
    }
}

fn lines(store: &Store) -> Vec<String> {
    let drafts = store.drafts_of(DraftOf::AddLine, "", None, false).unwrap();
    assert_eq!(drafts, store.drafts().unwrap());
    drafts
        .into_iter()
        .map(|one| one.texts["line"].clone())
        .collect()
}

#[test]
fn two_runs_keep_a_draft_each_of_one_form_and_leave_the_others_alone() {
    let folder = tempfile::tempdir().unwrap();
    let [(a_desk, mut a), (_b_desk, mut b)] = runs(folder.path());
    let first = a.keep_draft(&line("of a", None), true).unwrap();
    assert!(lines(&b).is_empty(), "a is at it");
    let second = b.keep_draft(&line("of b", None), true).unwrap();
    assert_eq!(
        (lines(&a), lines(&b)),
        (vec!["of a".into()], vec!["of b".into()])
    );
    assert_eq!(a.begun().unwrap().len(), 2);
    // The one saves or gives up: the other's stays.
    let second = b
        .keep_draft(&line("of b, more", Some(second)), true)
        .unwrap();
    a.step("Add", |writer| writer.drop_draft(Some(&first)))
        .unwrap();
    assert!(lines(&a).is_empty());
    assert_eq!(lines(&b), ["of b, more"]);
    // What is left by the way back is for whoever opens the form next.
    b.keep_draft(&line("of b, left", Some(second)), false)
        .unwrap();
    assert_eq!(lines(&a), ["of b, left"]);
    // Locked and opened again it is the same run; killed it is over.
    a.keep_draft(&line("of a again", None), true).unwrap();
    let session = a_desk.session();
    drop((a, a_desk));
    assert_eq!(lines(&b), ["of b, left"]);
    drop(session);
    assert_eq!(lines(&b), ["of a again", "of b, left"]);
}

#[test]
fn a_draft_that_two_took_up_is_the_first_ones_who_types() {
    let folder = tempfile::tempdir().unwrap();
    let [(_a_desk, mut a), (_b_desk, mut b)] = runs(folder.path());
    let mark = a.keep_draft(&line("begun", None), false).unwrap();
    let taken = b.draft(DraftOf::AddLine, "", None, false).unwrap().unwrap();
    assert_eq!(taken.mark, Some(mark.clone()));
    let typed = a
        .keep_draft(&line("begun by a", Some(mark.clone())), true)
        .unwrap();
    let other = b.keep_draft(&line("begun by b", taken.mark), true).unwrap();
    assert_ne!(typed.id, other.id);
    b.drop_draft(&mark).unwrap();
    assert_eq!(
        (lines(&a), lines(&b)),
        (vec!["begun by a".into()], vec!["begun by b".into()])
    );
}
