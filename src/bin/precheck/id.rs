//! `precheck id`.

use std::io::{self, BufRead as _};

use chrono::NaiveDate;
use precheck::domain::base::identifier::Kind;
use serde_json::json;

use crate::cli::{End, Failure, Format};
use crate::input;

pub(crate) fn inspect(
    kind: &str,
    values: &[String],
    today: NaiveDate,
    format: Format,
) -> Result<End, Failure> {
    let names = || Kind::ALL.iter().map(|k| k.name()).collect::<Vec<_>>().join("、");
    let kind =
        Kind::parse(kind).ok_or_else(|| Failure(format!("不认识的号码种类“{kind}”，可用：{}", names())))?;
    let mut is_clean = true;
    if values.is_empty() {
        for line in io::stdin().lock().lines() {
            let line = line.map_err(|e| Failure(format!("标准输入：{}", input::words(&e))))?;
            is_clean &= inspect_one(kind, line.trim_end_matches('\r'), today, format)?;
        }
    }
    for value in values {
        is_clean &= inspect_one(kind, value, today, format)?;
    }
    Ok(if is_clean { End::Clean } else { End::Blocked })
}

fn inspect_one(kind: Kind, value: &str, today: NaiveDate, format: Format) -> Result<bool, Failure> {
    let found = kind.inspect(value, today);
    match format {
        Format::Json => {
            let problems: Vec<_> =
                found.problems.iter().map(|p| json!({ "code": p.code, "message": p.message })).collect();
            let line = json!({
                "value": value,
                "valid": found.is_valid(),
                "problems": problems,
                "parts": found.parts,
            });
            input::say(&line.to_string())?;
        }
        Format::Text => {
            input::say(&format!("{value}：{}", if found.is_valid() { "有效" } else { "有问题" }))?;
            for problem in &found.problems {
                input::say(&format!("  {} {}", problem.code, problem.message))?;
            }
        }
    }
    Ok(found.is_valid())
}
