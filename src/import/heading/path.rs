//! Headings that are paths, as flattened exports have them: `education_details.data.upn`, `year.data.name`.

use super::{Vocabulary, words};
use crate::domain::batch::Target;

/// Parts that only hold others.
const HOLDERS: &[&str] = &[
    "data",
    "attributes",
    "attribute",
    "value",
    "values",
    "fields",
    "field",
    "item",
    "items",
    "node",
    "nodes",
    "result",
    "results",
    "record",
    "details",
    "properties",
    "current",
];

/// Parts that say what the part before them holds, and nothing alone.
const LEAVES: &[&str] = &[
    "name",
    "date",
    "code",
    "description",
    "label",
    "title",
    "id",
    "text",
    "display",
    "short",
    "full",
    "type",
];

/// People and places around a child: what is below them is not the child's.
const OTHERS: &[&str] = &[
    "contact",
    "contacts",
    "parent",
    "parents",
    "guardian",
    "guardians",
    "carer",
    "carers",
    "mother",
    "father",
    "teacher",
    "teachers",
    "tutor",
    "tutors",
    "staff",
    "employee",
    "employees",
    "doctor",
    "gp",
    "emergency",
    "sibling",
    "siblings",
    "school",
    "schools",
    "head",
    "user",
    "address",
    "house",
    "supervisor",
    "supervisors",
    "senco",
];

/// The parts of a heading that is a path; `None` for one that is not.
fn parts(heading: &str) -> Option<Vec<String>> {
    let heading = heading.trim();
    if heading.contains(' ') {
        return None;
    }
    let text = heading
        .replace("__", ".")
        .replace("->", ".")
        .replace("::", ".");
    let parts: Vec<String> = text
        .split(['.', '/'])
        .map(|part| words(part).join(" "))
        .filter(|part| !part.is_empty())
        .collect();
    // `D.O.B.` is no path.
    (parts.len() >= 2
        && parts
            .iter()
            .all(|part| part.len() > 1 || part.parse::<u32>().is_ok()))
    .then_some(parts)
}

/// What a path means: its last parts, from the shortest end of it that means something.
pub(super) fn meaning(vocabulary: &Vocabulary, heading: &str) -> Option<Target> {
    let parts = parts(heading)?;
    let is_other = |part: &String| part.split(' ').any(|word| OTHERS.contains(&word));
    if parts[..parts.len() - 1].iter().any(is_other) {
        return None;
    }
    let kept: Vec<&str> = parts
        .iter()
        .map(String::as_str)
        .filter(|part| !HOLDERS.contains(part) && part.parse::<u32>().is_err())
        .collect();
    let (last, before) = kept.split_last()?;
    let plain = |text: &str| vocabulary.plain_meaning(text);
    if LEAVES.contains(last) {
        let owner = before.last()?;
        return plain(&format!("{owner} {last}")).or_else(|| plain(owner));
    }
    plain(last).or_else(|| plain(&format!("{} {last}", before.last()?)))
}
