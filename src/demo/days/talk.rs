//! The entries of a term: with whom, how, and in which words.

use super::dealer::Dealer;
use super::people::{Adult, Child};
use super::phrase::{self, Said};
use super::{Desk, Entry, back, forth, text};
use crate::demo::dice::Dice;
use crate::domain::calendar::usual;
use crate::domain::contact::ContactKind::{
    self, Email, InPerson, Letter, Meeting, Note, Phone, Safeguarding, Text, Visit,
};
use crate::domain::form::{Kind, Value, Values};
use crate::domain::id::PupilId;
use crate::domain::moment::Moment;
use chrono::{NaiveDate, NaiveTime};

/// One in so many entries is amended later, and one in so many struck.
const AMENDED: usize = 13;
const STRUCK: usize = 31;

/// Days within which a follow-up may still be open though its day has passed.
const GRACE: i64 = 9;

/// An entry being written.
struct Draft<'a> {
    kind: ContactKind,
    day: NaiveDate,
    /// Of several, the one it is written from comes first.
    children: Vec<&'a Child<'a>>,
    with: Option<String>,
    /// Who `{with}` is: `Mrs Okafor`.
    address: String,
    /// What may be said.
    bank: &'static [Said],
    review: bool,
}

/// The diary since the first day of the term, by when it happened.
pub(super) fn term(dice: &mut Dice, desk: &Desk) -> Vec<Entry> {
    let mut entries: Vec<(Moment, Entry)> = Vec::new();
    let mut dealer = Dealer::new(dice);
    let yesterday = back(desk.today, 1);
    let terms = review_spans(desk, yesterday);
    let sen = desk.on_roll(true);
    for at in &sen {
        let child = &desk.children[*at];
        let mut wanted = 3 + dice.below(3);
        for (first, last) in &terms {
            if dice.happens(0.8) {
                let day = desk.school_day(dice, *first, *last);
                entries.push(review(dice, desk, &mut dealer, child, day));
                wanted -= usize::from(wanted > 2);
            }
        }
        for _ in 0..wanted {
            let day = desk.school_day(dice, desk.since, yesterday);
            entries.push(one(dice, desk, &mut dealer, child, day));
        }
    }
    let others = desk.on_roll(false);
    for _ in 0..others.len().div_ceil(20) {
        let day = desk.school_day(dice, desk.since, yesterday);
        if let Some(at) = dice.one(&others) {
            entries.push(one(dice, desk, &mut dealer, &desk.children[*at], day));
        }
    }
    for _ in 0..sen.len() / 5 {
        let day = desk.school_day(dice, desk.since, yesterday);
        entries.extend(group(dice, desk, &mut dealer, &sen, day));
    }
    entries.sort_by_key(|(at, _)| *at);
    let mut entries: Vec<Entry> = entries.into_iter().map(|(_, entry)| entry).collect();
    correct(dice, &mut entries);
    entries
}

/// When the reviews of this year's terms so far were held: at least three a year (Code of Practice 6.65).
fn review_spans(desk: &Desk, yesterday: NaiveDate) -> Vec<(NaiveDate, NaiveDate)> {
    let halves = usual::halves(desk.year);
    let spans = halves.chunks(2).filter_map(|term| match term {
        [first, second] => Some((forth(first.starts, 28), second.ends.min(yesterday))),
        _ => None,
    });
    spans.filter(|(first, last)| first < last).collect()
}

/// Some entries are amended, a few struck; reviews are never struck here.
fn correct(dice: &mut Dice, entries: &mut [Entry]) {
    let (mut to_amend, mut to_strike) = (AMENDED / 2, STRUCK / 2);
    for entry in entries {
        let (count, often, kind, words) = if to_strike == 0 && !entry.values.contains_key("review")
        {
            (&mut to_strike, STRUCK, Kind::Strike, phrase::STRUCK)
        } else if to_amend == 0 {
            (&mut to_amend, AMENDED, Kind::Amendment, phrase::AMENDED)
        } else {
            to_strike = to_strike.saturating_sub(1);
            to_amend -= 1;
            continue;
        };
        *count = often;
        entry.later = dice.one(words).map(|words| (kind, *words));
    }
}

/// Who of the adults is there for a contact of a kind.
fn adult<'a>(
    dice: &mut Dice,
    desk: &'a Desk,
    child: &Child,
    kind: ContactKind,
) -> Option<&'a Adult> {
    let of = |family: bool| -> Vec<&'a Adult> {
        let adults = child.adults.iter().map(|at| &desk.adults[*at]);
        adults
            .filter(|adult| adult.is_family() == family && adult.share)
            .collect()
    };
    let agency = match kind {
        Visit => 1.0,
        Letter => 0.6,
        Email | Phone => 0.4,
        Meeting => 0.25,
        _ => 0.0,
    };
    let agencies = of(false);
    if !agencies.is_empty() && dice.happens(agency) {
        return dice.one(&agencies).copied();
    }
    // Nobody of the family comes to observe, and a file note is with nobody.
    let family = if matches!(kind, Visit | Note) {
        Vec::new()
    } else {
        of(true)
    };
    dice.one(&family).copied()
}

/// What is said with an adult of a kind of contact.
fn bank(kind: ContactKind, adult: Option<&Adult>, child: &Child) -> &'static [Said] {
    match (kind, adult) {
        (Note, _) => phrase::NOTE,
        (Letter, _) => phrase::LETTER,
        (Text, _) => phrase::TEXT,
        (Meeting, Some(adult)) if adult.is_family() => phrase::MEETING,
        (_, Some(adult)) if adult.is_family() => phrase::parent(child.area),
        (_, Some(adult)) => phrase::agency(adult.short),
        (Visit, None) => phrase::agency(""),
        (InPerson | Email | Meeting, None) if child.sen => phrase::STAFF,
        _ => phrase::parent(child.area),
    }
}

/// With whom when nobody on file is meant; and how the words name them.
fn stranger(dice: &mut Dice, kind: ContactKind, child: &Child) -> (&'static str, &'static str) {
    const STAFF: [(&str, &str); 4] = [
        ("Ms Pratt, class teacher", "Ms Pratt"),
        ("Mr Lowe (TA)", "Mr Lowe"),
        ("Mrs Dean, teacher", "Mrs Dean"),
        ("Miss Hale (TA)", "Miss Hale"),
    ];
    const PARENTS: [(&str, &str); 3] = [("mum", "Mum"), ("dad", "Dad"), ("gran", "Gran")];
    let of: &[(&str, &str)] = match kind {
        Visit => &[
            ("specialist teacher", "The specialist teacher"),
            ("school nurse", "The nurse"),
        ],
        InPerson | Email | Meeting if child.sen => &STAFF,
        _ => &PARENTS,
    };
    dice.one(of).copied().unwrap_or(("mum", "Mum"))
}

/// One contact about one child; its brothers and sisters are left out of it.
pub(super) fn one(
    dice: &mut Dice,
    desk: &Desk,
    dealer: &mut Dealer,
    child: &Child,
    day: NaiveDate,
) -> (Moment, Entry) {
    let kind = dealer.kind();
    let adult = adult(dice, desk, child, kind);
    let bank = bank(kind, adult, child);
    let (with, address) = match (kind, adult) {
        (Note | Safeguarding, _) => (None, String::new()),
        (_, Some(adult)) => (Some(adult.spoken()), adult.address()),
        (_, None) => {
            let (with, address) = stranger(dice, kind, child);
            (Some(with.to_owned()), address.to_owned())
        }
    };
    let draft = Draft {
        kind,
        day,
        children: vec![child],
        with,
        address,
        bank,
        review: false,
    };
    write(dice, desk, dealer, &draft)
}

fn review(
    dice: &mut Dice,
    desk: &Desk,
    dealer: &mut Dealer,
    child: &Child,
    day: NaiveDate,
) -> (Moment, Entry) {
    let adult = child
        .adults
        .iter()
        .map(|at| &desk.adults[*at])
        .find(|adult| adult.share);
    let (with, address) = match adult {
        Some(adult) => (adult.spoken(), adult.address()),
        None => ("mum".to_owned(), "Mum".to_owned()),
    };
    let children = vec![child];
    let draft = Draft {
        kind: Meeting,
        day,
        children,
        with: Some(with),
        address,
        bank: phrase::REVIEW,
        review: true,
    };
    write(dice, desk, dealer, &draft)
}

/// A contact about several children: a visit to a group, or a note of one.
fn group(
    dice: &mut Dice,
    desk: &Desk,
    dealer: &mut Dealer,
    sen: &[usize],
    day: NaiveDate,
) -> Option<(Moment, Entry)> {
    let first = &desk.children[*dice.one(sen)?];
    let mut children = vec![first];
    let start = dice.below(sen.len());
    let wanted = 2 + dice.below(3);
    for at in sen.iter().cycle().skip(start).take(sen.len()) {
        let child = &desk.children[*at];
        let fits = child.area == first.area || sen.len() < 12;
        if fits && children.len() < wanted && children.iter().all(|other| other.id != child.id) {
            children.push(child);
        }
    }
    let agency = first
        .adults
        .iter()
        .map(|at| &desk.adults[*at])
        .find(|adult| !adult.is_family());
    let (kind, with) = match agency {
        Some(adult) => (Visit, Some(adult.spoken())),
        None => (Note, None),
    };
    let draft = Draft {
        kind,
        day,
        children,
        with,
        address: String::new(),
        bank: phrase::SHARED,
        review: false,
    };
    Some(write(dice, desk, dealer, &draft))
}

fn write(dice: &mut Dice, desk: &Desk, dealer: &mut Dealer, draft: &Draft) -> (Moment, Entry) {
    let at = moment(dice, draft);
    let ids = draft.children.iter().map(|child| child.id).collect();
    let mut values = Values::from([
        ("kind", text(draft.kind.word())),
        ("at", Some(Value::Moment(at))),
        ("pupils", Some(Value::Pupils(ids))),
    ]);
    if let Some(with) = &draft.with {
        values.insert("with", text(with));
    }
    let mut entry = Entry {
        values,
        words_of: Vec::new(),
        followed_up: None,
        later: None,
    };
    if draft.kind == Safeguarding {
        return (at, entry);
    }
    let outcome = outcome(dice, draft.kind);
    if let Some(outcome) = outcome {
        entry.values.insert("outcome", text(outcome));
    }
    let missed = matches!(outcome, Some("no answer" | "voicemail"));
    let bank = match outcome {
        Some("sent") => phrase::SENT,
        _ if missed => phrase::NO_ANSWER,
        _ => draft.bank,
    };
    let (said, then, promise) = dealer.said(dice, bank);
    let more = match draft.kind {
        Phone if !missed => phrase::ON_THE_PHONE,
        InPerson | Meeting => phrase::TAIL,
        _ => &[],
    };
    let tail = dice.one(more).filter(|_| dice.happens(0.3));
    let parts = [said, then, tail.copied().unwrap_or_default()];
    let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    let words = fill(&parts.join(" "), draft);
    entry.values.insert("text", text(&words));
    details(dice, draft, missed, &mut entry.values);
    entry.words_of = of_each(dice, &draft.children);
    if !promise.is_empty() && dice.happens(0.8) {
        entry
            .values
            .insert("follow_up_text", text(&fill(promise, draft)));
        follow_up(dice, desk, draft.day, &mut entry);
    }
    (at, entry)
}

/// Words about each of several children, now and then none; of one child there is nothing more to say.
fn of_each(dice: &mut Dice, children: &[&Child]) -> Vec<(PupilId, String)> {
    let mut words = Vec::new();
    for child in children.iter().filter(|_| children.len() > 1) {
        let said = dice.one(phrase::OF_ONE).filter(|_| dice.happens(0.7));
        words.extend(said.map(|said| (child.id, said.replace("{n}", child.name()))));
    }
    words
}

/// When in the day; letters and notes, and some others, say the day alone.
fn moment(dice: &mut Dice, draft: &Draft) -> Moment {
    let no_time = match draft.kind {
        Letter => 1.0,
        Note | Email => 0.5,
        _ => 0.05,
    };
    if dice.happens(no_time) {
        return Moment::on(draft.day);
    }
    // From 8:30 to 16:40; five minutes are as near as anybody notes.
    let minutes = 510 + 5 * dice.below(99) as u32;
    match NaiveTime::from_hms_opt(minutes / 60, minutes % 60, 0) {
        Some(time) => Moment::at(draft.day, time),
        None => Moment::on(draft.day),
    }
}

/// What came of it.
fn outcome(dice: &mut Dice, kind: ContactKind) -> Option<&'static str> {
    const CALLS: [&str; 4] = ["spoke", "no answer", "voicemail", "they rang us"];
    match kind {
        Phone => CALLS.get(dice.weighted(&[6.0, 1.2, 0.8, 2.0])).copied(),
        Meeting | Visit => Some("attended"),
        Letter | Email | Text if dice.happens(0.3) => Some("sent"),
        Letter | Email | Text => Some("received"),
        _ => None,
    }
}

/// Minutes, tags, the tick of a review, and now and then who sees it.
fn details(dice: &mut Dice, draft: &Draft, missed: bool, values: &mut Values) {
    let minutes = match draft.kind {
        Meeting => [25, 30, 45, 60][dice.below(4)],
        Visit => [30, 40, 60, 90][dice.below(4)],
        _ => 5 * (1 + dice.below(4) as i64),
    };
    let counted = match draft.kind {
        _ if draft.review => 0.9,
        Letter | Text => 0.0,
        _ if missed => 0.0,
        _ => 0.45,
    };
    if dice.happens(counted) {
        values.insert("minutes", Some(Value::Whole(minutes)));
    }
    if draft.review {
        values.insert("review", text("yes"));
    }
    let tag = draft.children.first().and_then(|child| child.area.tag());
    if let Some(tag) = tag.filter(|_| dice.happens(0.2)) {
        values.insert("tags", text(tag));
    }
    if dice.happens(0.04) {
        values.insert("visibility", text("internal"));
    }
}

/// The day of a promise, and whether it was kept: nearly all are, some of the last days are still open.
fn follow_up(dice: &mut Dice, desk: &Desk, day: NaiveDate, entry: &mut Entry) {
    let later = forth(day, [2, 3, 5, 7, 7, 10, 14, 21][dice.below(8)]);
    let due = desk.calendar.on_or_after(later).unwrap_or(later);
    entry
        .values
        .insert("follow_up", Some(Value::Moment(Moment::on(due))));
    let open = match (desk.today - due).num_days() {
        ..0 => 0.85,
        0..=GRACE => 0.5,
        _ => 0.0,
    };
    if !dice.happens(open) {
        let early = back(due, dice.below(3) as u64).min(back(desk.today, 1));
        let done = desk.calendar.on_or_before(early).unwrap_or(early);
        entry.followed_up = Some(done.max(day));
    }
}

/// Words with the child and the other in their places.
fn fill(words: &str, draft: &Draft) -> String {
    let Some(child) = draft.children.first().filter(|_| words.contains('{')) else {
        return words.to_owned();
    };
    let [he, him, his] = match child.row.sex.as_deref() {
        Some("F") => ["she", "her", "her"],
        _ => ["he", "him", "his"],
    };
    words
        .replace("{n}", child.name())
        .replace("{with}", &draft.address)
        .replace("{he}", he)
        .replace("{himself}", &format!("{him}self"))
        .replace("{him}", him)
        .replace("{his}", his)
}
