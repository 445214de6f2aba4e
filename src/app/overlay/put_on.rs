//! The box that puts children on provision: runs there are, the school's types, and names to start from.

use crate::app::field::Field;
use crate::app::list::List;
use crate::domain::date;
use crate::domain::id::PupilId;
use crate::domain::provision::{Phase, ProvisionType, Run, catalogue, how_often};
use crate::domain::text::fold;
use crate::store::PutOn;
use chrono::NaiveDate;

/// What children may be put on.
#[derive(Debug, Clone)]
pub struct Offer {
    /// What Enter does.
    pub what: PutOn,
    /// Its name.
    pub name: String,
    /// What else tells it apart: who runs it, how often, since when.
    pub more: String,
    folded: String,
}

/// The box as the screen shows it.
#[derive(Debug)]
pub struct PutOnBox {
    /// Who is put on it.
    pub pupils: Vec<PupilId>,
    /// `Aisha Okafor 5B at Oakfield`, `6 pupils at …`.
    pub whom: String,
    /// The new run that is to have a name, for another of its type is there: the name is typed in place of what to find.
    pub naming: Option<Offer>,
    /// What is typed.
    pub query: Field,
    /// What fits it, best first.
    pub rows: Vec<Offer>,
    /// Cursor and page.
    pub list: List,
    offers: Vec<Offer>,
}

impl PutOnBox {
    /// Opens the box over these runs (none that is over), types and the catalogue.
    pub fn open(
        pupils: Vec<PupilId>,
        whom: String,
        runs: &[(Run, Phase)],
        types: &[ProvisionType],
        today: NaiveDate,
    ) -> Self {
        let offer = |what, name: &str, more: String| Offer {
            what,
            folded: fold(name),
            name: name.to_owned(),
            more,
        };
        let running = runs.iter().map(|(run, phase)| {
            let provision = &run.provision;
            let from = match phase {
                Phase::ToCome => "from",
                _ => "since",
            };
            let staff = provision.staff_name.as_deref();
            let led = staff.map(|name| format!("{name}, ")).unwrap_or_default();
            let more = format!(
                "join: {}; {led}{}, {from} {}",
                run.who(today),
                how_often(provision.minutes, provision.sessions_week),
                date::day_month(provision.starts),
            );
            offer(PutOn::Run(provision.id), &provision.title(), more)
        });
        let fresh = types.iter().map(|of| {
            let often = of.minutes.zip(of.sessions_week);
            let often = often.map(|(minutes, times)| format!(": {}", how_often(minutes, times)));
            let more = format!("new{}", often.unwrap_or_default());
            offer(PutOn::Type(of.id), &of.name, more)
        });
        let is_new = |one: &&catalogue::Offered| {
            let name = fold(one.name);
            !types.iter().any(|of| fold(&of.name) == name)
        };
        let named = catalogue::ALL.iter().filter(is_new).map(|one| {
            let more = format!("new, {}", one.area.short());
            offer(PutOn::Offered(one), one.name, more)
        });
        let mut open = Self {
            pupils,
            whom,
            naming: None,
            query: Field::default(),
            rows: Vec::new(),
            list: List::default(),
            offers: running.chain(fresh).chain(named).collect(),
        };
        open.look();
        open
    }

    /// A run there is of the type that an offer would make a new run of.
    pub fn beside(&self, offer: &Offer) -> Option<&Offer> {
        if matches!(offer.what, PutOn::Run(_)) {
            return None;
        }
        // A run's name begins with its type's.
        let is_beside = |other: &&Offer| {
            matches!(other.what, PutOn::Run(_))
                && (other.folded == offer.folded
                    || other.folded.starts_with(&format!("{} (", offer.folded)))
        };
        self.offers.iter().find(is_beside)
    }

    /// Asks for the name of a new run: what is typed from now on is that.
    pub fn ask_name(&mut self, offer: Offer) {
        self.query.set("");
        self.rows = vec![offer.clone()];
        self.list.fit(1, 1);
        self.naming = Some(offer);
    }

    /// Looks again after a letter: names that begin so come first, then those with a word that does.
    pub fn look(&mut self) {
        if self.naming.is_some() {
            return;
        }
        let typed = fold(self.query.text().trim());
        let place = |offer: &Offer| {
            if offer.folded.starts_with(&typed) {
                Some(0)
            } else {
                let mut words = offer.folded.split([' ', '-', '/']);
                words.any(|word| word.starts_with(&typed)).then_some(1)
            }
        };
        let fits = self.offers.iter();
        let mut rows: Vec<(i32, &Offer)> = fits
            .filter_map(|offer| place(offer).map(|place| (place, offer)))
            .collect();
        rows.sort_by_key(|(place, _)| *place);
        self.rows = rows.into_iter().map(|(_, offer)| offer.clone()).collect();
        self.list
            .fit(self.rows.len(), self.list.page().len().max(1));
        self.list.go(0);
    }

    /// What Enter takes.
    pub fn current(&self) -> Option<&Offer> {
        self.rows.get(self.list.cursor()?)
    }
}
