//! `school records-from`: the day from which records are kept here.

use crate::cli::access::Access;
use crate::cli::out::Out;
use crate::cli::stop::Stop;
use crate::domain::untold::KeptFrom;
use crate::domain::{date, step, text};
use serde::Serialize;

#[derive(Serialize)]
struct KeptJson {
    code: String,
    records_from: Option<String>,
    elsewhere: Option<String>,
}

/// Keeps the day, forgets it, or prints it.
pub(super) fn run(
    access: &Access,
    day: Option<&str>,
    elsewhere: Option<&str>,
    out: &mut Out,
) -> Result<(), Stop> {
    let mut store = access.store()?;
    let kept = match day {
        None => store.kept_from()?,
        Some("none") => None,
        Some(day) => {
            let day =
                date::read(day, access.today).map_err(|fault| Stop::usage(fault.to_string()))?;
            let elsewhere = elsewhere.map(text::clean).filter(|text| !text.is_empty());
            Some(KeptFrom { day, elsewhere })
        }
    };
    if day.is_some() {
        let label = step::kept_from(kept.as_ref().map(|kept| kept.day));
        store.step(&label, |writer| writer.keep_from(kept.as_ref()))?;
    }
    let code = store.code().to_owned();
    let told = kept.as_ref().map_or_else(
        || "not said from which day records are kept here".to_owned(),
        KeptFrom::text,
    );
    if out.json {
        out.value(&KeptJson {
            code: code.clone(),
            records_from: kept.as_ref().map(|kept| date::iso(kept.day)),
            elsewhere: kept.and_then(|kept| kept.elsewhere),
        });
    } else if let Some(kept) = &kept {
        out.line(&date::iso(kept.day));
    }
    out.say(&format!("{code}: {told}."));
    Ok(())
}
