//! The nine kinds of contact as their keys log them.

use super::diary::{contact, fill, school};
use super::{press, type_in};
use crate::domain::contact::{ContactKind, Visibility};

/// The keys of a kind, the kind kept, the outcome it starts with, and who may see it when it was with the mother.
const KINDS: [(&str, ContactKind, Option<&str>, Visibility); 9] = {
    use ContactKind as Of;
    use Visibility::{Internal, Shareable};
    [
        ("c p", Of::Phone, Some("spoke"), Shareable),
        ("c g", Of::InPerson, None, Shareable),
        ("c e", Of::Email, None, Shareable),
        ("c m", Of::Meeting, None, Shareable),
        ("c v", Of::Visit, None, Shareable),
        ("c l", Of::Letter, None, Shareable),
        ("c t", Of::Text, None, Shareable),
        ("c n", Of::Note, None, Internal),
        ("c s", Of::Safeguarding, None, Internal),
    ]
};

#[test]
fn every_kind_is_logged_by_its_keys_with_the_outcome_and_the_readers_it_starts_with() {
    let kinds = KINDS.map(|(_, kind, ..)| kind);
    assert_eq!(kinds, ContactKind::ALL);
    for (keys, kind, outcome, visibility) in KINDS {
        for with in [None, Some("Dr Lowe (EP)"), Some("Mrs Ngozi Okafor (mum)")] {
            let mut app = school();
            press(&mut app, keys);
            if kind != ContactKind::Safeguarding {
                type_in(&mut app, "As agreed.");
            }
            if let Some(with) = with {
                fill(&mut app, "with", with);
            }
            press(&mut app, "enter");
            let kept = contact(&app, 1);
            assert_eq!(kept.kind, kind, "{keys}");
            assert_eq!(kept.outcome.as_deref(), outcome, "{keys}");
            assert_eq!(kept.with.as_deref(), with, "nobody is presumed: {keys}");
            let sees = match with {
                Some("Mrs Ngozi Okafor (mum)") => visibility,
                _ => Visibility::Internal,
            };
            assert_eq!(kept.visibility, sees, "{keys} {with:?}");
            let words = match kind {
                ContactKind::Safeguarding => "",
                _ => "As agreed.",
            };
            assert_eq!(kept.text, words, "{keys}");
            assert_eq!(kept.pupils.len(), 1, "{keys}");
        }
    }
}
