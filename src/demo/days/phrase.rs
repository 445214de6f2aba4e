//! What is said in an invented diary: sentences put together by what they are about and with whom.
//!
//! `{n}` is the child, `{he}` and its like the pronoun, `{with}` who was spoken to. Nobody real, nothing sensational:
//! a tribunal might read it, so it is written as a careful SENCO writes.

/// What a child needs help with, as far as words go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Area {
    Learning,
    Speech,
    Wellbeing,
    Autism,
    Physical,
    Any,
}

impl Area {
    /// The area of a census code of need.
    pub(super) fn of(code: Option<&str>) -> Self {
        match code {
            Some("SLCN") => Self::Speech,
            Some("SEMH") => Self::Wellbeing,
            Some("ASD") => Self::Autism,
            Some("PD" | "HI" | "VI" | "MSI") => Self::Physical,
            Some(_) => Self::Learning,
            None => Self::Any,
        }
    }

    /// A word to find an entry by.
    pub(super) const fn tag(self) -> Option<&'static str> {
        match self {
            Self::Learning => Some("reading"),
            Self::Speech => Some("speech"),
            Self::Wellbeing => Some("wellbeing"),
            Self::Autism => Some("transition"),
            Self::Physical => Some("access"),
            Self::Any => None,
        }
    }
}

/// What was said, what was agreed, and what was promised; a promise may be empty.
pub(super) type Said = (&'static str, &'static str, &'static str);

/// What a parent says, by area.
pub(super) fn parent(area: Area) -> &'static [Said] {
    match area {
        Area::Learning => LEARNING,
        Area::Speech => SPEECH,
        Area::Wellbeing => WELLBEING,
        Area::Autism => AUTISM,
        Area::Physical => PHYSICAL,
        Area::Any => ANYTHING,
    }
}

#[rustfmt::skip]
const LEARNING: &[Said] = &[
    ("{with} is worried that {n}'s reading has stalled.", "Will send the Lexia data and go through it with the class teacher.", "Send Lexia data to {with}"),
    ("{with} asked whether {n} should be screened for dyslexia.", "Explained what school does first, and that there is no wait to get help.", "Send screening leaflet to {with}"),
    ("Spelling homework is taking over an hour and ending in tears.", "Cut to five words a week from Monday; class teacher told.", "Ask how the shorter spellings went"),
    ("{with} is pleased: {n} read a whole page aloud at home for the first time.", "Passed on to the class teacher and the TA.", ""),
    ("Times tables are not sticking, {with} says, and {n} has started to hide the sheet.", "Pre-teaching group from next week, twice a week.", "Check pre-teaching has started"),
    ("{with} would like the reading book changed more often.", "Book to be changed Mondays and Thursdays.", ""),
];

#[rustfmt::skip]
const SPEECH: &[Said] = &[
    ("{with} finds it hard to follow what {n} tells about the day.", "Home-school picture book starts this week.", "Make up the picture book"),
    ("{with} asked when the speech and language block begins.", "Six weeks, Tuesdays, with the TA; sheet for home to follow.", "Send therapy sheet to {with}"),
    ("{n} is now using longer sentences at home, with the sounds still unclear.", "Will tell the therapist before the next visit.", "Tell SALT about the longer sentences"),
    ("{with} missed the clinic letter and asked what it said.", "Read it over together; copy sent home.", ""),
    ("{n} gets cross when not understood, {with} says.", "Class to use the choice board at snack time too.", "Check the choice board is in use"),
];

#[rustfmt::skip]
const WELLBEING: &[Said] = &[
    ("{n} did not want to come in this morning; {with} brought {him} to the office.", "Settled within ten minutes with the key adult. Soft start tomorrow.", "Ring {with} about the soft start"),
    ("{with} says {n} is not sleeping well and worries about lunchtimes.", "Quiet lunch on Mondays and Wednesdays; a friend may come too.", "Review quiet lunches with {with}"),
    ("{with} asked what happened at break yesterday.", "Went through it; {n} had put it right {himself} before the bell.", ""),
    ("A calm fortnight at home, {with} says. {n} talks about the nurture group.", "Keep the group going to the end of term.", ""),
    ("{with} would like help with mornings and asked about a parenting course.", "Gave the family hub number; will ask about dates.", "Find course dates for {with}"),
];

#[rustfmt::skip]
const AUTISM: &[Said] = &[
    ("{with} is anxious about the change of teacher on Thursday.", "Photo and a note of the day's order to go home on Wednesday.", "Send photo and day plan home"),
    ("{n} finds the hall too loud and eats little.", "May eat in the library with two others; ear defenders by the door.", "Check how lunch is going"),
    ("{with} asked for the visual timetable to be used at home as well.", "Copies of the symbols promised.", "Print symbols for {with}"),
    ("{with} has had the diagnosis letter and brought a copy.", "Read and filed; next steps to be talked over at the review.", "Update one-page profile"),
    ("Haircut and new shoes went well, {with} says; the story book helped.", "Told the TA, who made it.", ""),
];

#[rustfmt::skip]
const PHYSICAL: &[Said] = &[
    ("{with} says the new splints rub by the afternoon.", "Physio rung from school; PE in trainers until then.", "Ask physio about the splints"),
    ("{with} asked who checks the hearing aids in the morning.", "TA does, before register; spare batteries in the drawer.", ""),
    ("{n} is tired after PE days, {with} says.", "Rest break after PE; timetable looked at together.", "Look at PE days with class teacher"),
    ("{with} would like worksheets larger.", "Enlarged to 18 point from now on; slope ordered.", "Order writing slope"),
];

#[rustfmt::skip]
const ANYTHING: &[Said] = &[
    ("{with} asked how {n} is getting on.", "Settled and working; told {with} about this week's maths.", ""),
    ("{with} wondered whether {n} needs extra help with writing.", "Class teacher to look at the books and report back.", "Hear from class teacher about writing"),
    ("{with} mentioned that {n} often cannot see the board.", "Moved to the front; asked for an eye test.", "Ask whether the eye test is booked"),
    ("{with} asked what 'SEN support' means.", "Explained; sent the link to the information report.", ""),
    ("{with} says {n} would like to join the chess club.", "Place kept from next week.", ""),
];

/// How a review with parents goes (Code of Practice 6.65).
#[rustfmt::skip]
pub(super) const REVIEW: &[Said] = &[
    ("APDR review. Looked at last term's outcomes: one met, one nearly.", "Two new outcomes agreed. {with} is content with the plan.", "Send APDR to {with}"),
    ("Review with {with}. {n} came for the first ten minutes and showed {his} book.", "Same outcomes for one more term, smaller steps.", "Send APDR to {with}"),
    ("Went through provision and what it has done. Good progress in the group, less in class.", "Class teacher to use the same prompts as the TA.", "Check prompts are used in class"),
    ("{with} brought notes from home. Views of {n} read out.", "Targets agreed; copy handed over.", ""),
    ("Review held early because of work shifts. {with} agrees things are calmer.", "Keep provision; look again in twelve weeks.", "Book next review with {with}"),
    ("Outcomes reviewed. Reading age up four months in four.", "Lexia stays at three times a week, group ends.", "Tell TA the group ends"),
];

/// What other meetings are about.
#[rustfmt::skip]
pub(super) const MEETING: &[Said] = &[
    ("Met with {with} and the class teacher about the term ahead.", "One-page profile brought up to date.", "Share profile with all staff"),
    ("Pupil progress meeting. {n} talked over with the class teacher.", "Stay with the present provision until half-term.", ""),
    ("Met to plan the move to the next class.", "Two visits and a photo book before the summer.", "Plan the first visit"),
    ("Team around the child. All there but health.", "Actions listed and sent round; next date set.", "Send actions round"),
];

/// What a professional says, by the short word of the relationship.
pub(super) fn agency(short: &str) -> &'static [Said] {
    match short {
        "EP" => PSYCHOLOGIST,
        "SALT" => THERAPIST,
        "OT" => OCCUPATIONAL,
        "CAMHS" => CAMHS,
        "SW" => SOCIAL_WORK,
        "VS" => VIRTUAL_SCHOOL,
        _ => OTHERS,
    }
}

#[rustfmt::skip]
const PSYCHOLOGIST: &[Said] = &[
    ("{with} will see {n} in class, then talk to the class teacher.", "Date held; parents to be told and asked for their views.", "Send background to {with}"),
    ("Report on {n} is being checked and due in two weeks.", "Nothing needed from us.", "Chase EP report"),
    ("Talked over the working memory scores.", "Three strategies for class agreed; to be tried until the next visit.", "Share EP strategies with class teacher"),
    ("{with} has no cognition visit left before Easter.", "{n} is first on the list for the summer.", ""),
];

#[rustfmt::skip]
const THERAPIST: &[Said] = &[
    ("{with} saw {n} for 30 minutes. Sounds at the ends of words are coming.", "New sheet for the TA, five minutes a day.", "Copy therapy sheet for TA"),
    ("Referral for {n} was accepted.", "First clinic in about ten weeks.", "Ask SALT for a clinic date"),
    ("{with} asked for a language sample from class.", "TA to write down twenty utterances this week.", "Send language sample to SALT"),
    ("Block of six sessions is over.", "Programme carries on in school; therapist back in spring.", ""),
];

#[rustfmt::skip]
const OCCUPATIONAL: &[Said] = &[
    ("{with} watched {n} at lunch and in PE.", "Wobble cushion and pencil grip to try for four weeks.", "Order pencil grips"),
    ("Movement breaks are working, {with} thinks.", "Carry on, before writing rather than after.", ""),
    ("{with} needs the questionnaire back before the clinic.", "Class teacher has it.", "Send OT questionnaire"),
];

#[rustfmt::skip]
const CAMHS: &[Said] = &[
    ("Referral for {n} is on the waiting list, no date yet.", "School to keep to the present plan and write if things change.", "Ring CAMHS duty line"),
    ("{with} asked for attendance and a note of how {n} has been.", "One page to be sent by Friday.", "Send note to CAMHS"),
    ("First appointment kept.", "Strategies to come by letter.", ""),
];

#[rustfmt::skip]
const SOCIAL_WORK: &[Said] = &[
    ("{with} told us the date of the next review.", "School report to be there five days before.", "Write school report for the review"),
    ("{with} asked how {n} has settled.", "Well; contact time on Wednesdays is the hardest day.", ""),
    ("New telephone number and a new office.", "Changed on file.", ""),
];

#[rustfmt::skip]
const VIRTUAL_SCHOOL: &[Said] = &[
    ("PEP meeting booked with {with}.", "Targets to be in the system the week before.", "Fill in PEP targets"),
    ("Pupil premium plus for tutoring was agreed for {n}.", "Ten hours, starting after the holiday.", "Book tutor"),
    ("{with} read the PEP and was content.", "Nothing to change.", ""),
];

#[rustfmt::skip]
const OTHERS: &[Said] = &[
    ("{with} came to see {n} in class.", "Notes to follow within two weeks.", "Ask for the visit notes"),
    ("{with} looked at where {n} sits and at the print.", "Nearer the window; larger print.", ""),
    ("{with} watched a lesson and spoke with the class teacher.", "Two ideas to try straight away.", "Ask how the two ideas work"),
    ("{with} checked height and hearing.", "Nothing to do.", ""),
];

/// What colleagues say.
#[rustfmt::skip]
pub(super) const STAFF: &[Said] = &[
    ("{with} says {n} now starts writing without being asked.", "Star chart may end; praise instead.", ""),
    ("{with} asked for help: {n} leaves the carpet several times a lesson.", "Will watch a lesson and come back with ideas.", "Watch a lesson and give feedback"),
    ("TA away until Thursday.", "Group covered by another TA; one session missed.", ""),
    ("{with} worries that {n} is falling behind in maths.", "Gap check this week, then talk again.", "Look at the gap check with {with}"),
    ("Seating plan changed; {n} is next to a calm partner.", "Look again in a fortnight.", "Ask about the seating plan"),
    ("{with} handed in the strategy sheet, all but one tried.", "The timer works best.", ""),
];

/// File notes.
#[rustfmt::skip]
pub(super) const NOTE: &[Said] = &[
    ("Watched {n} in English for 20 minutes.", "On task for about half; best with the task board in sight.", "Give feedback to class teacher"),
    ("Read the transfer file.", "Two old reports found that were not on our list.", "Ask last school for the missing report"),
    ("Lexia: {n} has moved from level 7 to level 8.", "On course for the outcome.", ""),
    ("Reading age checked.", "Three months gained since the last check.", ""),
    ("Looked at {n}'s writing with the TA.", "Finger spaces there, full stops not yet.", ""),
    ("Drop-in at the breakfast group.", "{n} ate, chatted and went to class on time.", ""),
    ("One-page profile read by all who teach {n}.", "Supply folder has it as well.", ""),
];

/// Letters and what they bring.
#[rustfmt::skip]
pub(super) const LETTER: &[Said] = &[
    ("Appointment letter, copy for school.", "Filed; absence marked as medical.", ""),
    ("Clinic letter: discharged, may be referred again.", "Filed. Talk over at the next review.", "Put clinic letter on the review agenda"),
    ("Report received, 11 pages.", "Summary for class teacher to be written.", "Write summary of the report"),
    ("Reply slip came back: they will come to the review.", "Room booked for an hour.", "Put out papers for the review"),
    ("Opening times of the drop-in clinic.", "Copy to the parents' board.", ""),
];

/// Text messages.
#[rustfmt::skip]
pub(super) const TEXT: &[Said] = &[
    ("Running late, here by 9:30.", "", ""),
    ("Please can {n} have the PE kit back for the weekend.", "Kit sent home.", ""),
    ("{n} had a good night and is looking forward to the trip.", "Told class teacher.", ""),
    ("Hospital visit moved to Thursday.", "Register told.", ""),
];

/// What we write ourselves, in a letter, a message or an e-mail.
#[rustfmt::skip]
pub(super) const SENT: &[Said] = &[
    ("Invitation to the review, with a reply slip.", "Answer asked for within a week.", "Chase the reply slip"),
    ("Reminder of tomorrow's meeting.", "", ""),
    ("The targets agreed at the review, as promised.", "Asked {with} to say if anything is not as talked over.", ""),
    ("Dates of this term's drop-in mornings.", "", ""),
    ("Asked for views before the review.", "Three questions, one page.", "Chase the views for the review"),
    ("Note of praise: {n} has kept to the plan all week.", "", ""),
];

/// What is left when nobody answers.
#[rustfmt::skip]
pub(super) const NO_ANSWER: &[Said] = &[
    ("Rang about the review date.", "Try again after four.", "Ring {with} again"),
    ("Second try this week.", "Will write instead.", "Write to {with}"),
    ("Rang to say the form has not come back.", "", "Ring {with} again"),
];

/// About several children at once; no child is named, since others' parents may read it.
#[rustfmt::skip]
pub(super) const SHARED: &[Said] = &[
    ("Saw the group in the small hall. All took part.", "Same time next week.", ""),
    ("Reading group looked at: the books are too hard for two.", "Next level down from Monday.", "Change the group's books"),
    ("Talked over next term's programme for the group.", "Two sessions a week, 20 minutes.", "Timetable the group"),
    ("Lunch club drop-in.", "New game goes well; numbers may grow.", ""),
];

/// About one child of those.
pub(super) const OF_ONE: &[&str] = &[
    "{n} led the game and waited for others.",
    "{n} needed two reminders, then joined in.",
    "{n} used the new sound in four words of ten.",
    "{n} was tired and left after ten minutes.",
    "{n} read the instructions aloud.",
    "{n} asked for help without being prompted.",
];

/// A word more on the telephone, now and then, and one in person, at a meeting or in an e-mail.
pub(super) const ON_THE_PHONE: &[&str] = &[
    "Thanked us for ringing.",
    "Happy to be rung at work.",
    "Mornings are best for a call.",
    "Will speak again after the weekend.",
];
pub(super) const TAIL: &[&str] = &[
    "Class teacher knows.",
    "No change to provision for now.",
    "Asked for a copy.",
    "To be raised at the next review.",
    "Will speak again after the weekend.",
    "Nothing else to report.",
];

/// What is added to an entry later.
pub(super) const AMENDED: &[&str] = &[
    "Added: the class teacher has been told as well.",
    "Added: a copy is in the paper file.",
    "Correction: the day is right, it was later in the day.",
    "Correction: the date agreed has since moved by a week.",
];

/// Why an entry is struck.
pub(super) const STRUCK: &[&str] = &[
    "Entered twice; the other entry stands.",
    "Wrong day. Entered again with the right one.",
    "Belongs to another child and is entered there.",
];
