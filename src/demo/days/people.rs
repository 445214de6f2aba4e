//! The people around the children: parents, of whom brothers and sisters share one, and professionals of many children.

use super::phrase::Area;
use super::{Person, text};
use crate::demo::dice::Dice;
use crate::demo::name::Names;
use crate::domain::batch::Incoming;
use crate::domain::form::{Value, Values};
use crate::domain::id::PupilId;
use crate::domain::person;
use crate::domain::text::fold;

/// Children of one family at most, and of one surname beyond which namesakes are nobody's brothers and sisters.
const FAMILY: usize = 3;
const NAMESAKES: usize = 6;

/// Children with SEN to one professional of a kind.
const CASELOAD: usize = 40;

/// A child as the diary needs it.
#[derive(Debug)]
pub(super) struct Child<'a> {
    pub id: PupilId,
    pub row: &'a Incoming,
    pub sen: bool,
    pub area: Area,
    /// Who is around it: places in [`Circle::adults`].
    pub adults: Vec<usize>,
}

impl Child<'_> {
    /// The forename the child goes by.
    pub fn name(&self) -> &str {
        let row = self.row;
        row.preferred_forename
            .as_deref()
            .or(row.forename.as_deref())
            .unwrap_or_default()
    }

    fn surname(&self) -> &str {
        self.row.surname.as_deref().unwrap_or_default()
    }

    /// True with an EHC plan.
    pub fn has_plan(&self) -> bool {
        self.row.status.as_ref().is_some_and(|one| one.code == "E")
    }
}

/// An adult who is on file.
#[derive(Debug)]
pub(super) struct Adult {
    title: &'static str,
    forename: &'static str,
    surname: String,
    /// The short word of the relationship: `mum`.
    pub short: &'static str,
    /// May be told about the children.
    pub share: bool,
    /// Place of the first link in the list of people, once there is one.
    first_link: Option<usize>,
}

impl Adult {
    /// `Mrs Okafor`.
    pub fn address(&self) -> String {
        format!("{} {}", self.title, self.surname)
    }

    fn name(&self) -> String {
        format!("{} {} {}", self.title, self.forename, self.surname)
    }

    /// `Mrs Ngozi Okafor (mum)`, as an entry names who was spoken to.
    pub fn spoken(&self) -> String {
        format!("{} ({})", self.name(), self.short)
    }

    /// True for those of the family.
    pub fn is_family(&self) -> bool {
        matches!(self.short, "mum" | "dad" | "carer" | "gran")
    }

    fn email(&self) -> String {
        let plain = |name: &str| -> String {
            fold(name)
                .chars()
                .filter(char::is_ascii_alphanumeric)
                .collect()
        };
        let (forename, surname) = (plain(self.forename), plain(&self.surname));
        format!(
            "{}.{surname}@example.org",
            &forename[..forename.len().min(1)]
        )
    }
}

/// Everybody around the children of a school.
#[derive(Debug, Default)]
pub(super) struct Circle {
    pub adults: Vec<Adult>,
    /// Links in the order they are to be entered.
    pub people: Vec<Person>,
}

/// Gives every child with SEN its people.
pub(super) fn around(dice: &mut Dice, children: &mut [Child]) -> Circle {
    let mut circle = Circle::default();
    let names = Names::new();
    let sen: Vec<usize> = (0..children.len()).filter(|at| children[*at].sen).collect();
    let away = |at: &usize| children[*at].row.home_la.as_deref() == Some("998");
    let looked_after = sen
        .iter()
        .copied()
        .find(away)
        .or(sen.get(sen.len() / 2).copied());
    let told_nothing = sen.iter().copied().find(|at| Some(*at) != looked_after);
    for (turn, at) in sen.iter().copied().enumerate() {
        if !children[at].adults.is_empty() {
            continue;
        }
        if Some(at) == looked_after || turn % 40 == 39 {
            circle.foster(dice, &names, &mut children[at]);
        } else {
            let family = family(dice, children, at);
            circle.parents(dice, &names, children, &family, Some(at) == told_nothing);
        }
    }
    circle.professionals(dice, &names, children, &sen);
    circle
}

/// The child and those who may be its brothers and sisters: of one surname and place, in other year groups.
fn family(dice: &mut Dice, children: &[Child], at: usize) -> Vec<usize> {
    let one = &children[at];
    // The list is by surname, so namesakes stand side by side.
    let same = |other: &usize| children[*other].surname() == one.surname();
    let mut near: Vec<usize> = (0..at).rev().take(NAMESAKES).take_while(same).collect();
    near.extend((at + 1..children.len()).take(NAMESAKES).take_while(same));
    let crowded = near.len() >= NAMESAKES;
    let mut family = vec![at];
    for other in near {
        let child = &children[other];
        let fits = child.adults.is_empty()
            && child.row.left_on.is_none()
            && child.row.home_la == one.row.home_la
            && family
                .iter()
                .all(|member| children[*member].row.year != child.row.year);
        if fits && family.len() < FAMILY && (!crowded || dice.happens(0.2)) {
            family.push(other);
        }
    }
    family
}

impl Circle {
    /// A new adult; several of one name are several people.
    fn adult(
        &mut self,
        dice: &mut Dice,
        names: &Names,
        surname: &str,
        title: &'static str,
        short: &'static str,
    ) -> usize {
        let community = names.community_of(surname);
        let male = match title {
            "Mr" => true,
            "Dr" => dice.happens(0.4),
            _ => false,
        };
        self.adults.push(Adult {
            title,
            forename: names.forename(dice, community, male),
            surname: surname.to_owned(),
            short,
            share: true,
            first_link: None,
        });
        self.adults.len() - 1
    }

    /// Links an adult with a child: whole the first time, then by who is on file.
    fn link(
        &mut self,
        dice: &mut Dice,
        adult: usize,
        child: &mut Child,
        responsible: Option<bool>,
    ) {
        let Some(who) = self.adults.get(adult) else {
            return;
        };
        // Nobody is twice on one child's list, and a namesake would be taken for somebody who is.
        let key = fold(&who.name());
        let known = |other: &usize| fold(&self.adults[*other].name()) == key;
        if child.adults.iter().any(known) {
            return;
        }
        let relationship = person::relationship(who.short).map_or(who.short, |known| known.name);
        let yes_no = |yes: bool| text(if yes { "yes" } else { "no" });
        let mut values = Values::from([
            ("pupil", Some(Value::Whole(child.id.0))),
            ("relationship", text(relationship)),
        ]);
        if let Some(responsible) = responsible {
            values.insert("parental_responsibility", yes_no(responsible));
        }
        if who.is_family() || !who.share {
            values.insert("share", yes_no(who.share));
        }
        let same_as = who.first_link;
        if same_as.is_none() {
            values.insert("name", text(&who.name()));
            values.insert("phone", text(&format!("07700 900{:03}", dice.below(1000))));
            if dice.happens(0.7) || !who.is_family() {
                values.insert("email", text(&who.email()));
            }
        }
        let place = self.people.len();
        self.people.push(Person { same_as, values });
        self.adults[adult].first_link.get_or_insert(place);
        child.adults.push(adult);
    }

    fn parents(
        &mut self,
        dice: &mut Dice,
        names: &Names,
        children: &mut [Child],
        family: &[usize],
        one_told_nothing: bool,
    ) {
        let Some(surname) = family.first().map(|at| children[*at].surname().to_owned()) else {
            return;
        };
        let own = if dice.happens(0.15) {
            names.surname(dice, names.community_of(&surname), 0.0)
        } else {
            surname.clone()
        };
        let title = ["Mrs", "Mrs", "Ms", "Miss"][dice.below(4)];
        let both = one_told_nothing || dice.happens(0.45);
        let mother =
            (both || dice.happens(0.85)).then(|| self.adult(dice, names, &own, title, "mum"));
        let father =
            (both || mother.is_none()).then(|| self.adult(dice, names, &surname, "Mr", "dad"));
        if let Some(father) = father
            && (one_told_nothing || (both && dice.happens(0.02)))
        {
            self.adults[father].share = false;
        }
        let gran =
            (!both && dice.happens(0.15)).then(|| self.adult(dice, names, &surname, "Mrs", "gran"));
        for at in family {
            let child = &mut children[*at];
            for parent in [mother, father].into_iter().flatten() {
                // Of who is told nothing nobody has said yet.
                let responsible = self.adults[parent].share.then_some(true);
                self.link(dice, parent, child, responsible);
            }
            if let Some(gran) = gran {
                self.link(dice, gran, child, Some(false));
            }
        }
    }

    /// A child who is looked after: carer, social worker and virtual school. The local authority is responsible.
    fn foster(&mut self, dice: &mut Dice, names: &Names, child: &mut Child) {
        let mut surname = || {
            let community = names.community(dice);
            names.surname(dice, community, 0.0)
        };
        let surnames = [surname(), surname(), surname()];
        for (surname, (title, short)) in
            surnames
                .iter()
                .zip([("Mrs", "carer"), ("Ms", "SW"), ("Mr", "VS")])
        {
            let adult = self.adult(dice, names, surname, title, short);
            let responsible = (short == "carer").then_some(false);
            self.link(dice, adult, child, responsible);
        }
    }

    fn professionals(
        &mut self,
        dice: &mut Dice,
        names: &Names,
        children: &mut [Child],
        sen: &[usize],
    ) {
        let teams = sen.len().div_ceil(CASELOAD);
        for (title, short) in [("Dr", "EP"), ("Ms", "SALT"), ("Mrs", "OT"), ("Mr", "CAMHS")] {
            let team: Vec<usize> = (0..teams)
                .map(|_| {
                    let community = names.community(dice);
                    let surname = names.surname(dice, community, 0.0);
                    self.adult(dice, names, &surname, title, short)
                })
                .collect();
            for (turn, at) in sen.iter().copied().enumerate() {
                let child = &mut children[at];
                let chance = match (short, child.area) {
                    ("EP", _) if child.has_plan() => 1.0,
                    ("SALT", Area::Speech) => 0.9,
                    ("OT", Area::Physical) => 0.8,
                    ("SALT" | "OT", Area::Autism) | ("CAMHS", Area::Wellbeing) => 0.5,
                    ("EP", _) => 0.3,
                    _ => 0.0,
                };
                if dice.happens(chance) {
                    self.link(dice, team[turn / CASELOAD], child, None);
                }
            }
        }
    }
}
