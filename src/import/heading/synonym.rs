//! What offices call their columns: headings by field, and headings of pupil lists that the register does not keep.
//!
//! Written in words; compared with everything but letters and digits left out, so that `Date of Birth`,
//! `date_of_birth` and `DateOfBirth` are one. Words are parted by commas; earlier words of a field win over
//! later ones.

use crate::domain::batch::Target;

/// Words for fields of the register.
pub(super) const KEPT: &[(Target, &str)] = &[
    (
        Target::Upn,
        "upn, upn number, upn no, pupil upn, student upn, current upn, unique pupil number, upn unique \
        pupil number, unique pupil number upn, national pupil number, pupil unique number, upn or unique code, upn unique code",
    ),
    (Target::FormerUpn, "former upn, previous upn, old upn"),
    (
        Target::MisId,
        "adno, admission number, admission no, admissions number, admissions no, adm no, admno, adm \
        number, mis id, mis number, student id, pupil id, studentid, pupil number, student number, sims \
        id, arbor id, bromcom id, person id, unique id, id",
    ),
    (
        Target::Surname,
        "legal surname, legal last name, legal family name, surname, last name, family name, pupil \
        surname, student surname, pupil last name, student last name, child surname, childs surname, \
        second name, preferred surname, preferred last name, chosen surname",
    ),
    (
        Target::Forename,
        "legal forename, legal first name, legal given name, forename, first name, given name, pupil \
        forename, student forename, pupil first name, student first name, child forename, childs \
        forename, forenames, first names, given names",
    ),
    (
        Target::FullName,
        "pupil name, student name, full name, pupil full name, student full name, legal full name, legal \
        name, child name, childs name, name of pupil, name of child, pupils name, name surname forename, \
        surname forename, surname and forename, forename surname, forename and surname, learner name, \
        name, pupil, student, child, learner, preferred full name",
    ),
    (
        Target::MiddleNames,
        "middle names, middle name, middle, middle forename, middle forenames, legal middle names, legal middle name",
    ),
    (
        Target::PreferredForename,
        "preferred forename, preferred first name, preferred given name, preferred name, known as, known \
        name, chosen name, chosen forename, chosen first name",
    ),
    (
        Target::Dob,
        "dob, date of birth, birth date, birthdate, dob ccyy mm dd, date of birth dd mm yyyy, dob dd mm \
        yyyy, date of birth ccyy mm dd, dob yyyy mm dd, birthday, d o b",
    ),
    (
        Target::Sex,
        "sex, legal sex, gender, legal gender, m f, sex m f, gender m f, sex at birth",
    ),
    (
        Target::Year,
        "nc year, nc year group, nc year actual, year group, year grp, yr group, yr grp, year taught in, \
        curriculum year, national curriculum year, national curriculum year group, actual nc year, nc yr, \
        year name, year code, current year, year, yr, ncy, nc year group name, national curriculum year actual, ncyear",
    ),
    (
        Target::Class,
        "registration group, reg group, registration form, registration class, reg form, registration \
        name, registration, reg, reg grp, class, class name, tutor group, form group, form tutor group, \
        form, class group, tutor grp, form class, yr class, year class, class year, class teacher group, reg class, teaching class, registration class name",
    ),
    (
        Target::HomeLa,
        "home la, home local authority, la of residence, resident la, residence la, home authority, home \
        lea, local authority of residence, placing authority, placing la",
    ),
    (
        Target::LeftOn,
        "left on, date left, date of leaving, leaving date, leave date, dol, date leaving, left date, off \
        roll date, date off roll",
    ),
    (
        Target::Status,
        "sen status, send status, sen provision, send provision, sen provision type, sen code, sen stage, \
        send stage, send code, sen level, current sen, current sen status, sen status code, current sen \
        stage, special needs status, special educational needs status, sen category, sen register, send \
        register, sen, send, sen provision code, sen status description, sen provision description, sen provision status, sen stage code, special educational needs provision, sen support, send support",
    ),
    (
        Target::Ehcp,
        "ehcp, ehc plan, has ehcp, has ehc plan, education health and care plan, education health care \
        plan, ehcp y n, ehc, statement, has statement, ehcp status, ehcp yes no, has an ehcp, has an ehc plan, ehc plan y n",
    ),
    (
        Target::StatusFrom,
        "sen start date, sen status start, sen status start date, sen status from, sen status date, sen \
        start, sen date, send start date, send status start date, sen support start date, sen provision \
        start date, date added to register, date added to sen register, date on sen register, sen \
        effective date, provision start date, sen provision start, provision start, date of sen \
        status, sen from, effective date, start date",
    ),
    (
        Target::StatusTo,
        "sen end date, sen status end, sen status end date, sen status to, send end date, send status end \
        date, sen support end date, sen provision end date, provision end date, sen provision end, date \
        removed from sen register, date off sen register",
    ),
    (
        Target::Need(1),
        "primary need, sen primary need, send primary need, primary sen need, primary send need, primary \
        sen type, sen primary type, primary need type, sen need 1, sen type 1, need 1, sen need type 1, \
        main need, sen need type, sen type, sen need, send need, send need type, send type, need type, \
        type of need, area of need, primary area of need, main area of need, need, sen type code, sen \
        need code, sen need description, type of sen, type of send, type of special need, type of special \
        educational need, primary",
    ),
    (
        Target::Need(2),
        "secondary need, sen secondary need, send secondary need, secondary sen need, secondary send need, \
        secondary sen type, sen secondary type, secondary need type, sen need 2, sen type 2, need 2, sen \
        need type 2, secondary area of need, other needs, other need, additional needs, additional need, \
        secondary",
    ),
    (
        Target::Need(3),
        "tertiary need, sen tertiary need, tertiary sen need, tertiary sen type, third need, sen need 3, \
        sen type 3, need 3, sen need type 3",
    ),
    (
        Target::Need(4),
        "fourth need, sen need 4, sen type 4, need 4, sen need type 4",
    ),
    (
        Target::Needs,
        "needs, sen needs, send needs, sen need types, sen types, all needs, special needs, special \
        educational needs, areas of need, educational needs, types of \
        need",
    ),
    (
        Target::NeedRank,
        "sen type rank, sen need rank, sen need ranking, need rank, need ranking, sen rank, sen ranking, \
        sen need priority, rank, ranking, priority",
    ),
];

/// Headings of pupil lists that are known and not kept.
pub(super) const KNOWN: &str = "uln, unique learner number, young persons unique learner number, house, academic house, boarding \
    house, ehc plan start date, ehcp start date, ehcp date, date initial ehc plan issued, date ehc plan \
    issued, last review date, last review, date ehc plan last reviewed, last annual review, next review, \
    next review due, next review date, annual review due, review date, annual review date, funding band, \
    band, top up, top up amount, element 3, e3, allocation, la allocation amount, fsm, free school meals, \
    free school meal, fsm eligible, fsm eligibility, eligible for fsm, eligible for free school meals, \
    ever 6, fsm 6, fsm ever 6, ever 6 fsm, free school meals 6, pp, pupil premium, pupil premium \
    eligible, pupil premium indicator, premium pupil indicator, disadvantaged, eal, english additional \
    language, english as an additional language, english as additional language, first language, home \
    language, language, lac, cla, looked after, looked after child, in care, in lea care, previously \
    looked after, ever in care, plac, ethnicity, ethnic group, ethnic background, ethnic code, service \
    child, service children, young carer, medical, medical flag, medical conditions, medical notes, \
    attend, attendance, percentage attendance, att, attendance percentage, parent, parents, contact, \
    contacts, priority 1 contact, contact name, contact 1, contact 1 name, contact 1 relationship, \
    contact 1 email, contact 1 mobile, contact 2, contact 2 name, parent name, parent email, parental \
    salutation, mother, father, carer, notes, note, comment, comments, sen notes, send notes, \
    description, email, email address, home email, telephone, home telephone, phone, mobile, address, \
    postcode, post code, religion, nationality, country of birth, admission date, date of admission, date \
    of entry, doa, entry date, enrolment status, enrol status, tutor, form tutor, tutor name, class \
    teacher, teacher, registration tutor, key worker, keyworker, sen coordinator, senco, former surname, \
    former forename, title, age, months, lea, estab, la, la code, laestab, urn, dfe number, school, \
    school name, establishment, extra time, access arrangements, uci, exam number, candidate number, \
    idaci, top up funding, sen unit, resourced provision, sen unit indicator, resourced provision \
    indicator, username, upi, mode of travel, end date, review, outcomes, provision, \
    strategies, reading age, cat score, date updated, sen review \
    date, broad area of need, date final plan issued, case officer, caseworker, next ar due, ar due, upn \
    and uln unavailable reason, outside agencies, agencies, initials, name initials, exam candidate \
    surname, exam candidate forenames";

/// Headings so general that lists of other things have them too.
pub(super) const GENERAL: &str = "name, id, unique id, year, yr, m f, reg, registration, rank, ranking, priority, notes, \
    note, comment, comments, description, title, email, email address, phone, telephone, mobile, address, \
    postcode, post code, start date, end date, effective date, language, band, age, months, contact, \
    house, statement, review, review date, provision, allocation, primary, secondary, need, needs, \
    outcomes, school, username, child, status, student id, la, att, medical, strategies, teacher, tutor";

/// Headings that lists of goods and money have and pupil lists do not.
pub(super) const ELSEWHERE: &str = "price, unit price, sku, stock, in stock, quantity, qty, product, product id, product name, product \
    code, barcode, ean, vat, invoice, invoice number, supplier, brand, manufacturer, order, order number, \
    cost, amount, currency, total price, balance, account, account number, salary, job title, payroll \
    number, employee id, staff code, isbn, author, publisher, company, customer, customer id";

/// Words that may stand around a field's own words without changing what the column holds.
pub(super) const FILLER: &str = "pupil, pupils, student, students, child, childs, childrens, learner, s, legal, current, the, of, a, \
    code, full, latest, mis, sims, arbor, bromcom, dd, mm, yyyy, yy, ccyy, uk, format, column, main, \
    census, dfe, text, short, if, known, required, optional, mandatory";

/// What a column holds when its heading is these words with only filler around them.
pub(super) const CORES: &[(Target, &str)] = &[
    (Target::Upn, "upn"),
    (Target::Dob, "date birth"),
    (Target::Dob, "dob"),
    (Target::Surname, "surname"),
    (Target::Surname, "family name"),
    (Target::Surname, "last name"),
    (Target::Forename, "forename"),
    (Target::Forename, "forenames"),
    (Target::Forename, "first name"),
    (Target::Forename, "given name"),
    (Target::PreferredForename, "preferred forename"),
    (Target::PreferredForename, "preferred first name"),
    (Target::MiddleNames, "middle names"),
    (Target::MiddleNames, "middle name"),
    (Target::FullName, "name"),
    (Target::MisId, "admission number"),
    (Target::MisId, "admission no"),
    (Target::Sex, "sex"),
    (Target::Sex, "gender"),
    (Target::Year, "year group"),
    (Target::Year, "nc year"),
    (Target::Year, "nc year group"),
    (Target::Class, "reg group"),
    (Target::Class, "registration group"),
    (Target::Class, "tutor group"),
    (Target::Class, "class"),
    (Target::Status, "sen status"),
    (Target::Status, "send status"),
    (Target::Status, "sen provision"),
    (Target::Status, "sen stage"),
    (Target::Ehcp, "ehcp"),
    (Target::Ehcp, "ehc plan"),
    (Target::StatusFrom, "sen start date"),
    (Target::StatusFrom, "sen status start date"),
    (Target::Need(1), "primary need"),
    (Target::Need(1), "primary sen need"),
    (Target::Need(1), "primary sen type"),
    (Target::Need(1), "sen need"),
    (Target::Need(1), "sen need type"),
    (Target::Need(1), "sen type"),
    (Target::Need(2), "secondary need"),
    (Target::Need(2), "secondary sen need"),
    (Target::Need(2), "secondary sen type"),
    (Target::Needs, "sen needs"),
    (Target::Needs, "send needs"),
];

/// Words of headings that make a list one about SEN.
pub(super) const ABOUT_SEN: &[&str] = &["sen", "send", "need", "needs", "ehcp", "ehc"];

/// Names that may stand over a SEN status in a list about SEN.
pub(super) const WEAK_STATUS: &str = "status, current status, stage, level, category, register, provision, support, code, coding, support \
    level, level of support, cop stage, code of practice stage, provision code, provision type, provision \
    description";

/// Names that may stand over the first day of a status in a list about SEN.
pub(super) const WEAK_START: &str = "date, from, since, date from, date added, added, added on, status date, status from, status since, \
    date of status, stage date, date placed on register, on register since, date started, started";

/// Names that may stand over the last day of a status in a list about SEN.
pub(super) const WEAK_END: &str = "end date, ended, ended on, date ended, date to, until, date removed, removed, removed on, date off \
    register, status end date, status to";

/// Words that offices shorten, written out.
pub(super) fn written_out(word: &str) -> &str {
    match word {
        "yr" => "year",
        "gp" | "grp" => "group",
        "pref" | "prefd" => "preferred",
        "reg" | "regn" => "registration",
        "num" | "nr" | "no" => "number",
        "adm" | "admissions" => "admission",
        "cat" => "category",
        "desc" | "descr" => "description",
        "prov" => "provision",
        "sec" => "secondary",
        "prim" => "primary",
        "stat" => "status",
        other => other,
    }
}
