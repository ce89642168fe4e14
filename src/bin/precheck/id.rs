//! `precheck id`.

use std::io::{self, BufRead as _, Read as _};

use chrono::NaiveDate;
use precheck::domain::base::identifier::Kind;
use serde_json::json;

use crate::cli::{End, Failure, Format};
use crate::input;

/// The longest line that is read, in bytes: no number comes near it.
const MAX_LINE: u64 = 64 * 1024;

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
        let mut stdin = io::stdin().lock();
        for number in 1_u64.. {
            let failed = |reason: &str| Failure(format!("标准输入第 {number} 行：{reason}"));
            let mut line = Vec::new();
            stdin
                .by_ref()
                .take(MAX_LINE + 1)
                .read_until(b'\n', &mut line)
                .map_err(|e| failed(&input::words(&e)))?;
            if line.is_empty() {
                break;
            }
            if line.len() as u64 > MAX_LINE {
                return Err(failed("太长，不像一个号码"));
            }
            let line = String::from_utf8(line).map_err(|_| failed("不是 UTF-8 文本"))?;
            is_clean &= inspect_one(kind, line.trim_end_matches(['\n', '\r']), today, format)?;
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
