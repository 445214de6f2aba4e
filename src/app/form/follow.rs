//! What follows from other fields of a form as long as nobody typed there: title, who may see a contact, with whom it is,
//! what an entry about nobody is about.

use super::{About, Blank, Form, SEES};
use crate::domain::contact::{self, ContactKind, Topic, Visibility};
use crate::domain::form::{self, Context, Entry, Kind, Value};
use crate::domain::person::{self, Person};
use std::sync::Arc;

impl Form {
    /// What follows from other fields, as long as nobody typed there: who may see a contact, what the title says.
    pub(super) fn follow(&mut self, context: &Context) {
        if self.kind != Kind::Contact {
            self.title = match self.about {
                About::On(_) => titled(self.kind.def().title, &self.whom),
                _ => titled(&format!("New {}", self.kind.noun()), &self.whom),
            };
            return;
        }
        let kind = self
            .blank("kind")
            .and_then(Blank::text_value)
            .or_else(|| match self.seen.get("kind") {
                Some(Some(Value::Text(kind))) => Some(kind.clone()),
                _ => None,
            })
            .and_then(|word| ContactKind::from_word(&word));
        let nobody = self
            .blank("pupils")
            .is_some_and(|one| one.meant() == form::NOBODY);
        self.say_topic(nobody, context);
        if let Some(kind) = kind {
            self.title = titled(kind.title(), &self.whom);
            let with = self.with_whom(kind);
            let sees = if nobody {
                Visibility::Internal
            } else {
                Visibility::by_default(kind, &with, &self.people)
            };
            let sees = sees.word();
            if !self.about.is_edit()
                && !self.opening.presets.contains_key(SEES)
                && let Some(at) = self.blanks.iter().position(|one| one.def.name == SEES)
                && self.blanks[at].input.text() == self.fresh[at]
            {
                self.blanks[at].set(sees, context);
                sees.clone_into(&mut self.fresh[at]);
            }
        }
    }

    /// A new entry about nobody is about the school until somebody says otherwise, which stands in its box; one about
    /// children has none.
    fn say_topic(&mut self, nobody: bool, context: &Context) {
        let text = if nobody { Topic::default().word() } else { "" };
        if let Some(at) = self.blanks.iter().position(|one| one.def.name == "about")
            && !self.about.is_edit()
            && self.blanks[at].input.text() == self.fresh[at]
            && self.fresh[at] != text
        {
            self.blanks[at].set(text, context);
            text.clone_into(&mut self.fresh[at]);
        }
    }

    /// With whom a contact is: what its box says, or the start of its words, which is then shown beside the box.
    fn with_whom(&mut self, kind: ContactKind) -> String {
        let typed = |name| self.blank(name).map(|one| one.input.text().to_owned());
        let with = typed("with").unwrap_or_default();
        if self.about.is_edit() || !with.trim().is_empty() || !kind.is_exchange() {
            return with;
        }
        let words = typed("text").unwrap_or_default();
        let led = contact::lead(&words, &self.people).map(|(with, _)| with.to_owned());
        let shown = led.as_deref().map(|led| {
            person::meant(&self.people, led).map_or_else(|| led.to_owned(), Person::spoken)
        });
        if let Some(one) = self.blanks.iter_mut().find(|one| one.def.name == "with") {
            one.tell(shown.map(|who| format!("{who}, by the words")));
        }
        led.unwrap_or_default()
    }

    /// The children the form is about became known: their names for the title, the people around them.
    pub fn know(&mut self, whom: String, people: Arc<[Person]>, context: &Context) {
        self.whom = whom;
        self.people = people;
        let context = Context {
            people: Arc::clone(&self.people),
            ..context.clone()
        };
        for one in &mut self.blanks {
            if matches!(one.def.entry, Entry::With) {
                one.read(&context);
            }
        }
        self.follow(&context);
    }
}

/// `Phone call: Aisha Okafor 5B at Oakfield`, `New task at Oakfield`.
fn titled(what: &str, whom: &str) -> String {
    let between = if whom.starts_with("at ") { "" } else { ":" };
    format!("{what}{between} {whom}")
}
