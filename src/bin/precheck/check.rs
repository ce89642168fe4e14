//! `precheck check`.

use std::io::{BufRead as _, BufReader, Read as _};
use std::path::Path;

use precheck::domain::case::{self, Application, MAX_APPLICATION_BYTES};
use precheck::domain::guide::{Assessment, assess, report_value, verdict_words};
use precheck::domain::pack::Pack;
use serde_json::json;

use crate::cli::{End, Failure, Format, Settings};
use crate::input;

pub(crate) fn check(file: &Path, settings: &Settings, format: Format) -> Result<End, Failure> {
    let pack = settings.read_pack()?;
    let name = file.display();
    let application = read(&input::read(file, MAX_APPLICATION_BYTES)?, &pack)
        .map_err(|reason| Failure(format!("{name}：{reason}")))?;
    let assessment = assess(&pack, &application, settings.today());
    match format {
        Format::Json => {
            let report = report_value(&pack, &application, &assessment);
            input::say(&serde_json::to_string_pretty(&report)?)?;
        }
        Format::Text => say_text(&pack, &application, &assessment)?,
    }
    Ok(end(&assessment))
}

/// One application a line in, one report a line out; memory holds one line at a time.
pub(crate) fn check_lines(file: &Path, settings: &Settings) -> Result<End, Failure> {
    let pack = settings.read_pack()?;
    let mut reader = BufReader::new(input::open(file)?);
    let (mut is_blocked, mut n_unreadable) = (false, 0_u64);
    let limit = u64::try_from(MAX_APPLICATION_BYTES).unwrap_or(u64::MAX);
    let mut line = Vec::new();
    for number in 1_u64.. {
        line.clear();
        if reader.by_ref().take(limit + 1).read_until(b'\n', &mut line)? == 0 {
            break;
        }
        if line.last() != Some(&b'\n') && line.len() as u64 > limit {
            skip_line(&mut reader)?;
        }
        if line.iter().all(u8::is_ascii_whitespace) {
            continue;
        }
        match read(&line, &pack) {
            Ok(application) => {
                let assessment = assess(&pack, &application, settings.today());
                is_blocked |= assessment.blocks();
                input::say(&report_value(&pack, &application, &assessment).to_string())?;
            }
            Err(reason) => {
                n_unreadable += 1;
                input::say(&json!({ "error": reason, "line": number }).to_string())?;
            }
        }
    }
    if n_unreadable > 0 {
        return Err(Failure(format!("有 {n_unreadable} 行读不出来，见输出中的 error")));
    }
    Ok(if is_blocked { End::Blocked } else { End::Clean })
}

fn skip_line(reader: &mut impl std::io::BufRead) -> Result<(), Failure> {
    loop {
        let buffer = reader.fill_buf()?;
        if buffer.is_empty() {
            return Ok(());
        }
        let (length, is_end) = match buffer.iter().position(|b| *b == b'\n') {
            Some(place) => (place + 1, true),
            None => (buffer.len(), false),
        };
        reader.consume(length);
        if is_end {
            return Ok(());
        }
    }
}

/// Reads an application whose track the pack has.
pub(crate) fn read(bytes: &[u8], pack: &Pack) -> Result<Application, String> {
    let application = case::read(bytes).map_err(|e| e.to_string())?;
    if pack.track(&application.track).is_none() {
        return Err(format!("/track：规则包里没有申报类别“{}”", application.track));
    }
    if application.pack.id != pack.info.id {
        return Err(format!("/pack/id：申报用的规则包是“{}”，这里是“{}”", application.pack.id, pack.info.id));
    }
    Ok(application)
}

pub(crate) fn end(assessment: &Assessment) -> End {
    if assessment.blocks() { End::Blocked } else { End::Clean }
}

fn say_text(pack: &Pack, application: &Application, assessment: &Assessment) -> Result<(), Failure> {
    input::say(&verdict_words(assessment))?;
    let cite = |clauses: &[String]| clauses.iter().map(|c| pack.cite(c)).collect::<Vec<_>>().join("、");
    for finding in &assessment.eligibility.findings {
        if let Some(rule) = pack.rule(&finding.rule) {
            input::say(&format!(
                "{} {}：{}（{}）",
                rule.id,
                finding.outcome.label(),
                rule.title,
                cite(&pack.clauses_for(&rule.clauses, &application.track))
            ))?;
        }
    }
    for d in &assessment.diagnostics {
        input::say(&format!("{} {} {}（{}）", d.code, d.severity.label(), d.message, cite(&d.clauses)))?;
    }
    Ok(())
}
