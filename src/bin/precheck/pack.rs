//! `precheck pack lint | test | show | hash`.

use std::fs;
use std::path::Path;

use precheck::domain::pack::{self, BUILT_IN_TEXT, MAX_PACK_BYTES, Pack, PackError};
use precheck::domain::proof::{self, BUILT_IN_SCENARIOS, Mutant};
use serde_json::{Value, json};

use crate::cli::{End, Failure, Format};
use crate::input;

pub(crate) fn lint(file: Option<&Path>, format: Format) -> Result<End, Failure> {
    let bytes =
        file.map_or_else(|| Ok(BUILT_IN_TEXT.as_bytes().to_vec()), |path| input::read(path, MAX_PACK_BYTES))?;
    let found: Vec<Value> = match pack::parse(&bytes) {
        Ok(pack) => {
            let text = String::from_utf8_lossy(&bytes);
            proof::lint(&pack, &text).iter().map(proof::Lint::to_value).collect()
        }
        Err(errors) if errors.iter().all(is_unreadable) => return Err(input::pack_failure(file, &errors)),
        Err(errors) => errors.iter().map(error_value).collect(),
    };
    match format {
        Format::Json => input::say(&serde_json::to_string_pretty(&json!({ "findings": found }))?)?,
        Format::Text => {
            for lint in &found {
                let word = |key: &str| lint.get(key).and_then(Value::as_str).unwrap_or_default().to_owned();
                let line = lint
                    .get("line")
                    .and_then(Value::as_u64)
                    .map_or_else(String::new, |n| format!("第 {n} 行 "));
                input::say(&format!("{line}{}：{}", word("kind"), word("message")))?;
                for line in word("example").lines() {
                    input::say(&format!("    {line}"))?;
                }
            }
            if found.is_empty() {
                input::say("没有发现问题")?;
            }
        }
    }
    Ok(if found.is_empty() { End::Clean } else { End::Blocked })
}

/// Whether the text is no pack at all, rather than one that says something wrong.
fn is_unreadable(error: &PackError) -> bool {
    matches!(
        error,
        PackError::TooLarge { .. }
            | PackError::NotUtf8 { .. }
            | PackError::Shape { .. }
            | PackError::Format { .. }
    )
}

fn error_value(error: &PackError) -> Value {
    let place = error.place();
    json!({
        "kind": "pack-error",
        "at": null,
        "line": place.map(|p| p.line),
        "column": place.map(|p| p.column),
        "message": error.to_string(),
        "example": "",
    })
}

pub(crate) fn test(
    file: Option<&Path>,
    scenarios: Option<&Path>,
    mutate: bool,
    format: Format,
) -> Result<End, Failure> {
    let pack = input::pack(file, &[])?;
    let files = match (file, scenarios) {
        (_, Some(folder)) => scenario_files(folder)?,
        (Some(path), None) => scenario_files(&path.with_file_name("scenarios"))?,
        (None, None) => BUILT_IN_SCENARIOS.iter().map(|(n, t)| ((*n).to_owned(), (*t).to_owned())).collect(),
    };
    let scenarios = proof::read(&pack, &files)?;
    let found = proof::run(&pack, &scenarios);
    let mutations = mutate.then(|| proof::mutations(&pack, &scenarios));
    let uncovered: Vec<String> = found
        .uncovered
        .iter()
        .map(|c| format!("{}：没有结果为 {} 的情景", c.rule, c.outcome.as_str()))
        .collect();
    match format {
        Format::Json => {
            let list = |mutants: &[Mutant]| -> Vec<Value> {
                mutants.iter().map(|m| json!({ "at": m.at, "change": m.change })).collect()
            };
            let value = json!({
                "scenarios": found.n_run,
                "wrong": found.wrong,
                "uncovered": uncovered,
                "mutations": mutations.as_ref().map(|m| json!({
                    "all": m.n_all,
                    "killed": m.n_killed,
                    "equivalent": list(&m.equivalent),
                    "survivors": list(&m.survivors),
                })),
            });
            input::say(&serde_json::to_string_pretty(&value)?)?;
        }
        Format::Text => {
            for line in found.wrong.iter().chain(&uncovered) {
                input::say(line)?;
            }
            input::say(&format!(
                "{} 个情景，{} 处不符，{} 处未覆盖",
                found.n_run,
                found.wrong.len(),
                uncovered.len()
            ))?;
            if let Some(m) = &mutations {
                for mutant in &m.equivalent {
                    input::say(&format!("等价 {}：{}", mutant.at, mutant.change))?;
                }
                for mutant in &m.survivors {
                    input::say(&format!("存活 {}：{}", mutant.at, mutant.change))?;
                }
                input::say(&format!(
                    "变异 {} 个：被发现 {}，经判定图证明等价 {}，存活 {}",
                    m.n_all,
                    m.n_killed,
                    m.equivalent.len(),
                    m.survivors.len()
                ))?;
            }
        }
    }
    let is_clean = found.wrong.is_empty()
        && found.uncovered.is_empty()
        && mutations.is_none_or(|m| m.survivors.is_empty());
    Ok(if is_clean { End::Clean } else { End::Blocked })
}

/// The scenario files of a folder, in the order of their names.
fn scenario_files(folder: &Path) -> Result<Vec<(String, String)>, Failure> {
    let failed = |e: std::io::Error| Failure(format!("{}：{}", folder.display(), input::words(&e)));
    let mut paths = Vec::new();
    for entry in fs::read_dir(folder).map_err(failed)? {
        let path = entry.map_err(failed)?.path();
        if path.extension().is_some_and(|e| e == "toml") {
            paths.push(path);
        }
    }
    paths.sort();
    if paths.is_empty() {
        return Err(Failure(format!("{}：没有情景文件（.toml）", folder.display())));
    }
    paths
        .iter()
        .map(|path| {
            let bytes = input::read(path, MAX_PACK_BYTES)?;
            let text = String::from_utf8(bytes)
                .map_err(|_| Failure(format!("{}：不是 UTF-8 编码", path.display())))?;
            Ok((path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default(), text))
        })
        .collect()
}

pub(crate) fn show(
    file: Option<&Path>,
    overlays: &[std::path::PathBuf],
    format: Format,
) -> Result<End, Failure> {
    let pack = input::pack(file, overlays)?;
    match format {
        Format::Text => input::say(proof::markdown(&pack).trim_end())?,
        Format::Json => input::say(&serde_json::to_string_pretty(&value(&pack))?)?,
    }
    Ok(End::Clean)
}

/// The pack's clauses, rules and parameters.
fn value(pack: &Pack) -> Value {
    let clauses: Vec<Value> = pack
        .clauses
        .iter()
        .map(|c| json!({ "id": c.id, "locator": c.locator, "gist": c.gist, "without_rule": c.without_rule }))
        .collect();
    let rules: Vec<Value> = pack
        .rules
        .iter()
        .map(|r| {
            json!({
                "id": r.id,
                "title": r.title,
                "clauses": r.clauses,
                "status": r.status.as_str(),
                "blocking": r.blocking,
                "stage": r.stage.as_str(),
                "tracks": r.tracks,
                "when": r.when.as_ref().map(|when| pack.sentence_of(when)),
                "condition": pack.sentence_of(&r.condition),
                "remedy": r.remedy,
                "evidence": r.evidence,
                "source": r.source,
                "note": r.note,
                "parameters": r.parameters,
                "dormant": r.is_dormant,
            })
        })
        .collect();
    let parameters: Vec<Value> = pack
        .parameters
        .iter()
        .map(|p| {
            json!({
                "id": p.id,
                "label": p.label,
                "value": p.value.as_ref().map(ToString::to_string),
                "clauses": p.clauses,
                "reason": p.reason,
                "other": p.other,
                "overlaid": p.is_overlaid,
            })
        })
        .collect();
    let overlays: Vec<Value> =
        pack.overlays.iter().map(|o| json!({ "id": o.id, "title": o.title, "sha256": o.sha256 })).collect();
    json!({
        "id": pack.info.id,
        "version": pack.info.version,
        "title": pack.info.title,
        "sha256": pack.sha256,
        "overlays": overlays,
        "clauses": clauses,
        "rules": rules,
        "parameters": parameters,
    })
}

pub(crate) fn hash(file: Option<&Path>) -> Result<End, Failure> {
    let pack = input::pack(file, &[])?;
    input::say(
        &json!({ "id": pack.info.id, "version": pack.info.version, "sha256": pack.sha256 }).to_string(),
    )?;
    Ok(End::Clean)
}
