//! `precheck deadline leave | card | filing | retake`.

use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use precheck::domain::base::date::format_chinese;
use precheck::domain::case::{MAX_APPLICATION_BYTES, history};
use precheck::domain::pack::Pack;
use precheck::domain::schedule::{self, Deadline};
use serde_json::{Value, json};

use crate::cli::{End, Failure, Format};
use crate::{check, input};

/// Where the rules come from.
#[derive(clap::Args, Clone)]
pub(crate) struct Rules {
    /// 规则包，默认内置
    #[arg(long)]
    pack: Option<PathBuf>,
    /// 补充包，可以写几次
    #[arg(long)]
    overlay: Vec<PathBuf>,
}

impl Rules {
    fn read(&self) -> Result<Pack, Failure> {
        input::pack(self.pack.as_deref(), &self.overlay)
    }
}

pub(crate) fn leave(exam: NaiveDate, rules: &Rules, format: Format) -> Result<End, Failure> {
    let pack = rules.read()?;
    say(&pack, schedule::leave(&pack, exam).into_iter().collect(), json!({}), format)
}

pub(crate) fn card(
    notice: NaiveDate,
    claimed: Option<NaiveDate>,
    rules: &Rules,
    format: Format,
) -> Result<End, Failure> {
    let pack = rules.read()?;
    say(&pack, schedule::card(&pack, notice, claimed), json!({}), format)
}

pub(crate) fn filing(accepted: NaiveDate, rules: &Rules, format: Format) -> Result<End, Failure> {
    let pack = rules.read()?;
    say(&pack, schedule::filing(&pack, accepted).into_iter().collect(), json!({}), format)
}

pub(crate) fn retake(file: &Path, rules: &Rules, format: Format) -> Result<End, Failure> {
    let pack = rules.read()?;
    let name = file.display();
    let application = check::read(&input::read(file, MAX_APPLICATION_BYTES)?, &pack)
        .map_err(|reason| Failure(format!("{name}：{reason}")))?;
    let Some(history) = history::of(&application) else {
        return Err(Failure(format!("{name}：/answers/exam.history：没有考试经历，或有一次读不出来")));
    };
    let found = schedule::retakes(&pack, &application.track, &history);
    let more = json!({
        "failures": found.n_failures,
        "retakes_left": found.n_left,
        "reason": found.reason,
    });
    say(&pack, found.deadlines, more, format)
}

fn say(pack: &Pack, deadlines: Vec<Deadline>, more: Value, format: Format) -> Result<End, Failure> {
    match format {
        Format::Json => {
            let mut value = more;
            if let Some(object) = value.as_object_mut() {
                let list = deadlines.iter().map(Deadline::to_value).collect::<Vec<_>>();
                object.insert("deadlines".to_owned(), list.into());
            }
            input::say(&serde_json::to_string_pretty(&value)?)?;
        }
        Format::Text => {
            for d in &deadlines {
                let cited: Vec<&str> = d.clauses.iter().map(|c| pack.cite(c)).collect();
                let day = d.date.map_or_else(|| "算不出".to_owned(), format_chinese);
                input::say(&format!("{day}  {}（{}）", d.label, cited.join("、")))?;
                input::say(&format!("    {}", d.convention))?;
                if let Some(other) = &d.alternative {
                    let day = other.date.map_or_else(String::new, |day| format!("：{}", format_chinese(day)));
                    input::say(&format!("    另一种算法：{}{day}", other.convention))?;
                }
                if !d.note.is_empty() {
                    input::say(&format!("    {}", d.note))?;
                }
            }
        }
    }
    Ok(End::Clean)
}
