//! `precheck occupation`.

use precheck::domain::base::catalogue::occupation::{self, Found, MatchedBy};
use precheck::domain::base::catalogue::worktype;
use serde_json::{Value, json};

use crate::cli::{End, Failure, Format};
use crate::input;

/// The occupations that fit a query, best first. Status 1 when there is none, as with other searches.
pub(crate) fn search(query: &str, limit: usize, format: Format) -> Result<End, Failure> {
    let result = occupation::search(query, limit);
    match format {
        Format::Json => {
            let found: Vec<Value> = result.found.iter().map(value).collect();
            let answer = json!({ "query": query, "total": result.total, "occupations": found });
            input::say(&answer.to_string())?;
        }
        Format::Text => {
            for found in &result.found {
                input::say(&line(found))?;
            }
            match (result.total, result.found.len()) {
                (0, _) => eprintln!("大典（2022年版，含 2024、2025 年调整）里没有找到“{query}”"),
                (total, shown) if total > shown => eprintln!("共 {total} 项，列出前 {shown} 项"),
                _ => {}
            }
        }
    }
    Ok(if result.total == 0 { End::Blocked } else { End::Clean })
}

fn value(found: &Found) -> Value {
    let occupation = found.occupation;
    json!({
        "code": occupation.code,
        "name": occupation.name,
        "class": occupation.class,
        "groups": occupation::groups_of(occupation.code),
        "may_apply": occupation.may_apply(),
        "marks": occupation.marks,
        "since": occupation.since,
        "former_code": occupation.former_code,
        "former_name": occupation.former_name,
        "worktypes": worktype::of(occupation.code).collect::<Vec<_>>(),
        "matched_by": found.by.as_str(),
        "matched": found.matched,
    })
}

fn line(found: &Found) -> String {
    let occupation = found.occupation;
    let by = match found.by {
        MatchedBy::FormerName => format!("（旧名 {}）", found.matched),
        MatchedBy::FormerCode => format!("（旧代码 {}）", found.matched),
        MatchedBy::Worktype => format!("（工种 {}）", found.matched),
        MatchedBy::Group => format!("（小类 {}）", found.matched),
        MatchedBy::Code | MatchedBy::Name | MatchedBy::Pinyin => String::new(),
    };
    let outside =
        if occupation.may_apply() { "" } else { "，不在第三至六大类之内（一（一））" };
    format!("{} {}{by}{outside}", occupation.code, occupation.name)
}
