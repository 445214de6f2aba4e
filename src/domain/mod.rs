//! Vocabulary and rules: no files, no clock, no SQL. The date is always handed in.
//!
//! The glossary, one word per idea, the same in type, table, file, command and help:
//!
//! | word | means |
//! |---|---|
//! | **school** | one school, one encrypted file, one data controller |
//! | **pupil** | a child on the school's roll, or who was |
//! | **class** | the registration group, as the office names it |
//! | **year** | the National Curriculum year group, kept with the academic year it was true in |
//! | **status** | SEN provision as the census has it: N, K or E, for a period |
//! | **need** | a type of need from the census list, ranked, for a period |
//! | **register** | the list of pupils; narrowed to K and E it is the SEN register |
//! | **office** | the school office and its management information system (MIS) |
//! | **contact** | one entry of the liaison diary: what was said, with whom, about which children |
//! | **person** | somebody around a child: parent, staff, professional |
//! | **task** | something to do, by a day or someday; the follow-up of a contact is one |
//! | **amendment**, **strike** | what is added to an entry that has become evidence |
//! | **provision type** | a kind of help, such as a named intervention, with what it usually takes |
//! | **provision** | a run of a provision type: from when, how often, who runs it |
//! | **member** | a child in a provision, from a day to a day |
//! | **session** | one time a provision was held or missed |
//! | **staff**, **rate** | who runs provision, and what an hour of theirs costs from a day on |
//! | **area**, **tier** | the broad area of need provision serves; how far it goes beyond what all get |
//! | **term**, **closure** | when the school is open, and single days when it is not |
//! | **hours** | the time a week took at a school, as it was typed |
//! | **step** | one labelled change, which one undo takes back whole |
//! | **flagged** | taken as it is, and listed to be mended |

pub mod add_line;
pub mod batch;
pub mod calendar;
pub mod code;
pub mod contact;
pub mod date;
pub mod doubt;
pub mod fault;
pub mod finder;
pub mod form;
pub mod handover;
pub mod hours;
pub mod id;
pub mod moment;
pub mod passphrase;
pub mod person;
pub mod provision;
pub mod pupil;
pub mod retention;
pub mod school;
pub mod slip;
pub mod source;
pub mod step;
pub mod task;
pub mod text;
pub mod untold;
pub mod upn;
pub mod veil;
pub mod year;
