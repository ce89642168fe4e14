//! What reviewers would have to look for: who may use whom, what may not stand in a file, styles without a home.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test may fail")]

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::Command;

/// Who may use whom, beside itself. The library's root and the programs may use everything.
const LAYERS: &[(&str, &[&str])] = &[
    ("domain::base", &[]),
    ("domain::media", &["domain::base"]),
    ("domain::path", &["domain::base"]),
    ("domain::pack", &["domain::base", "domain::path"]),
    ("domain::diag", &["domain::base", "domain::path", "domain::pack"]),
    ("domain::case", &["domain::base", "domain::path", "domain::pack", "domain::diag"]),
    ("domain::rule", &["domain::base", "domain::path", "domain::pack", "domain::diag", "domain::case"]),
    (
        "domain::check",
        &["domain::base", "domain::media", "domain::path", "domain::pack", "domain::diag", "domain::case"],
    ),
    ("domain::schedule", &["domain::base", "domain::path", "domain::pack", "domain::diag", "domain::case"]),
    (
        "domain::declaration",
        &["domain::base", "domain::media", "domain::path", "domain::pack", "domain::diag", "domain::case"],
    ),
    (
        "domain::guide",
        &[
            "domain::base",
            "domain::path",
            "domain::pack",
            "domain::diag",
            "domain::case",
            "domain::rule",
            "domain::check",
            "domain::schedule",
            "domain::declaration",
        ],
    ),
    (
        "domain::bundle",
        &[
            "domain::base",
            "domain::path",
            "domain::pack",
            "domain::diag",
            "domain::case",
            "domain::rule",
            "domain::check",
            "domain::schedule",
            "domain::declaration",
            "domain::guide",
        ],
    ),
    (
        "domain::proof",
        &[
            "domain::base",
            "domain::path",
            "domain::pack",
            "domain::diag",
            "domain::case",
            "domain::rule",
            "domain::schedule",
            "domain::guide",
        ],
    ),
    ("app", &["domain"]),
    ("ui", &["domain", "app"]),
    ("web", &["domain", "app"]),
];

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// Every file that belongs to the repository, with its text; files that are not text are left out.
fn texts() -> Vec<(String, String)> {
    let listed = Command::new("git")
        .args(["ls-files", "-z", "--cached", "--others", "--exclude-standard"])
        .current_dir(root())
        .output()
        .unwrap();
    assert!(listed.status.success(), "git ls-files: {}", String::from_utf8_lossy(&listed.stderr));
    let names = String::from_utf8(listed.stdout).unwrap();
    let texts: Vec<(String, String)> = names
        .split('\0')
        .filter(|name| !name.is_empty())
        .filter_map(|name| Some((name.to_owned(), std::fs::read_to_string(root().join(name)).ok()?)))
        .collect();
    assert!(texts.len() > 100, "only {} files", texts.len());
    texts
}

fn sources(folder: &str) -> Vec<(String, String)> {
    let found: Vec<_> =
        texts().into_iter().filter(|(name, _)| name.starts_with(folder) && name.ends_with(".rs")).collect();
    assert!(found.len() > 5, "only {} sources in {folder}", found.len());
    found
}

/// The module of a source file: `src/domain/case/edit.rs` is `domain::case::edit`.
fn module_of(name: &str) -> Vec<String> {
    let path = name.trim_start_matches("src/").trim_end_matches(".rs");
    path.split('/').filter(|part| *part != "lib" && *part != "mod").map(str::to_owned).collect()
}

/// The layer that a module belongs to.
fn layer_of(module: &[String]) -> Option<String> {
    match module {
        [top, part, ..] if top == "domain" => Some(format!("domain::{part}")),
        [top, ..] if matches!(top.as_str(), "app" | "ui" | "web") => Some(top.clone()),
        _ => None,
    }
}

/// The source without comments and without what is compiled for tests only.
fn production(text: &str) -> String {
    let mut kept = String::new();
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        let bare = line.trim_start();
        let indent = &line[..line.len() - bare.len()];
        if bare == "#[cfg(test)]" {
            let end = format!("{indent}}}");
            for line in lines.by_ref() {
                let is_short =
                    line.ends_with(';') && line.starts_with(indent) && !line[indent.len()..].starts_with(' ');
                if line == end
                    || is_short
                    || (line.starts_with(&format!("{indent}mod ")) && line.ends_with('}'))
                {
                    break;
                }
            }
        } else if !bare.starts_with("//") {
            kept.push_str(line);
            kept.push('\n');
        }
    }
    kept
}

/// Every module of this crate that the source names, by `crate::` or `super::`, groups taken apart.
fn named_modules(module: &[String], text: &str) -> BTreeSet<Vec<String>> {
    let mut named = BTreeSet::new();
    let mut rest = text;
    while let Some(place) = ["crate::", "super::"].iter().filter_map(|start| rest.find(start)).min() {
        let is_inside_a_word =
            rest[..place].chars().next_back().is_some_and(|c| c.is_alphanumeric() || c == '_' || c == ':');
        rest = &rest[place..];
        let mut from = if let Some(after) = rest.strip_prefix("crate::") {
            rest = after;
            Vec::new()
        } else {
            let mut from = module.to_vec();
            while let Some(after) = rest.strip_prefix("super::") {
                rest = after;
                from.pop();
            }
            from
        };
        if !is_inside_a_word {
            take_path(&mut from, rest, &mut named);
        }
    }
    named
}

fn take_path(from: &mut Vec<String>, text: &str, named: &mut BTreeSet<Vec<String>>) {
    let name: String = text.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
    let after = &text[name.len()..];
    if let Some(group) = text.strip_prefix('{') {
        let mut depth = 0;
        let mut start = 0;
        for (place, c) in group.char_indices() {
            match c {
                '{' => depth += 1,
                '}' if depth > 0 => depth -= 1,
                '}' | ',' if depth == 0 => {
                    take_path(&mut from.clone(), group[start..place].trim(), named);
                    start = place + 1;
                    if c == '}' {
                        break;
                    }
                }
                _ => {}
            }
        }
    } else if !name.is_empty() {
        from.push(name);
        named.insert(from.clone());
        if let Some(after) = after.strip_prefix("::") {
            take_path(from, after, named);
        }
    }
}

#[test]
fn paths_are_found_however_they_are_written() {
    let module = module_of("src/domain/check/field.rs");
    let text = production(
        "use super::super::rule::judge;\nuse crate::{app, domain::{pack::Pack, guide}};\n// use crate::web;\n\
         fn f() { crate::ui::run(); }\n#[cfg(test)]\nmod tests {\n    use crate::web::x;\n}\n",
    );
    let layers: BTreeSet<String> =
        named_modules(&module, &text).iter().filter_map(|path| layer_of(path)).collect();
    assert_eq!(
        layers.into_iter().collect::<Vec<_>>(),
        ["app", "domain::guide", "domain::pack", "domain::rule", "ui"]
    );
}

#[test]
fn modules_use_only_what_stands_before_them() {
    let allowed: BTreeMap<&str, &[&str]> = LAYERS.iter().copied().collect();
    let mut seen = BTreeSet::new();
    let mut n_uses = 0;
    for (name, text) in sources("src/") {
        let module = module_of(&name);
        let is_test = module.last().is_some_and(|m| m == "tests");
        let Some(layer) = layer_of(&module).filter(|_| !is_test) else { continue };
        let may = allowed.get(layer.as_str()).unwrap_or_else(|| panic!("{name}: no row for {layer}"));
        for used in named_modules(&module, &production(&text)) {
            let Some(used) = layer_of(&used).filter(|used| *used != layer) else { continue };
            // `domain::assess` would be an item, not a module.
            let is_layer = allowed.contains_key(used.as_str());
            let is_allowed = may.iter().any(|m| used == *m || used.starts_with(&format!("{m}::")));
            assert!(!is_layer || is_allowed, "{name}: {layer} may not use {used}");
            n_uses += usize::from(is_layer);
        }
        seen.insert(layer);
    }
    assert_eq!(seen.len(), LAYERS.len(), "a row without a module");
    assert!(n_uses > 150, "only {n_uses} uses");
}

#[test]
fn the_domain_touches_nothing_outside() {
    const OUTSIDE: &[&str] = &[
        "web_sys",
        "js_sys",
        "wasm_bindgen",
        "gloo",
        "yew",
        "std::fs",
        "std::env",
        "std::net",
        "std::process",
        "std::thread",
        "SystemTime",
        "Instant::now",
        "println!",
    ];
    for folder in ["src/domain", "src/app"] {
        for (name, text) in sources(folder) {
            if name.ends_with("/tests.rs") {
                continue;
            }
            let text = production(&text);
            for word in OUTSIDE {
                assert!(!text.contains(word), "{name}: {word}");
            }
        }
    }
}

#[test]
fn nothing_points_outside_the_repository() {
    // Taken apart, so that this file does not hold them.
    let words = [
        concat!("../", "shared"),
        concat!("/wo", "rk/"),
        concat!("/ho", "me/"),
        concat!("/ro", "ot/"),
        concat!("/Us", "ers/"),
        concat!("/tmp", "/wt"),
        concat!("TO", "DO"),
        concat!("FIX", "ME"),
        concat!("X", "XX:"),
    ];
    for (name, text) in texts() {
        for word in words {
            let line = text.lines().position(|line| line.contains(word));
            assert!(line.is_none(), "{name}:{}: {word}", line.unwrap_or_default() + 1);
        }
    }
}

#[test]
fn texts_end_in_one_line_end() {
    for (name, text) in texts() {
        if name.ends_with(".svg") || text.is_empty() {
            continue;
        }
        assert!(text.ends_with('\n') && !text.ends_with("\n\n"), "{name}: end of file");
        assert!(!text.contains('\r'), "{name}: carriage return");
        let is_ours = [".rs", ".toml", ".css", ".js"].iter().any(|end| name.ends_with(end));
        let trailing = text.lines().position(|line| is_ours && line.ends_with([' ', '\t']));
        assert!(trailing.is_none(), "{name}:{}: white space at the end", trailing.unwrap_or_default() + 1);
    }
}

fn css() -> Vec<(String, String)> {
    let found: Vec<(String, String)> = texts()
        .into_iter()
        .filter(|(name, _)| name.starts_with("static/css/") && name.ends_with(".css"))
        .map(|(name, text)| (name, without_comments(&text)))
        .collect();
    assert!(found.iter().any(|(name, _)| name == "static/css/tokens.css"), "no tokens.css");
    found
}

fn without_comments(text: &str) -> String {
    let mut kept = String::new();
    for (idx, part) in text.split("/*").enumerate() {
        kept.push_str(if idx == 0 { part } else { part.split_once("*/").map_or("", |(_, after)| after) });
    }
    kept
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !(c.is_ascii_alphanumeric() || c == '-' || c == '_'))
}

#[test]
fn every_custom_property_is_defined() {
    let css = css();
    let defined: BTreeSet<&str> = css
        .iter()
        .flat_map(|(_, text)| text.split(['{', ';', '}']))
        .filter_map(|part| part.split_once(':'))
        .map(|(name, _)| name.trim())
        .filter(|name| name.starts_with("--"))
        .collect();
    assert!(defined.len() > 10, "only {} custom properties", defined.len());
    for (name, text) in &css {
        for part in text.split("var(").skip(1) {
            let used = part.split([')', ',']).next().unwrap_or_default().trim();
            assert!(defined.contains(used), "{name}: {used} is not defined");
        }
    }
}

#[test]
fn colours_stand_in_tokens_only() {
    for (name, text) in css() {
        if Path::new(&name).file_name().is_some_and(|n| n == "tokens.css") {
            continue;
        }
        for part in text.split(['{', ';', '}']) {
            let Some((property, value)) = part.split_once(':') else { continue };
            let is_colour = value.split('#').skip(1).any(|after| {
                let n_digits = after.chars().take_while(char::is_ascii_hexdigit).count();
                matches!(n_digits, 3 | 4 | 6 | 8)
            });
            let is_function = ["rgb(", "rgba(", "hsl(", "oklch("].iter().any(|f| value.contains(f));
            let is_selector = property.contains(['.', '#', ' ', '>']) || property.is_empty();
            assert!(is_selector || !(is_colour || is_function), "{name}: {}: {value}", property.trim());
        }
    }
}

/// The text literals of a source.
fn literals(text: &str) -> Vec<&str> {
    text.lines().flat_map(|line| line.split('"').skip(1).step_by(2)).collect()
}

/// A class of the form `block__part` or `block--variant`: nothing else in the page is written so.
fn is_bem(word: &str) -> bool {
    let is_plain =
        word.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-' || b == b'_');
    let has_both_sides = |separator: &str| {
        word.split_once(separator).is_some_and(|(block, rest)| !block.is_empty() && !rest.is_empty())
    };
    is_plain && (has_both_sides("__") || has_both_sides("--"))
}

#[test]
fn every_class_of_the_page_has_a_style() {
    let css = css();
    let styled: BTreeSet<&str> = css
        .iter()
        .flat_map(|(_, text)| text.split('.').skip(1))
        .filter_map(|after| words(after).next())
        .collect();
    let mut n_classes = 0;
    let mut without = BTreeSet::new();
    for (name, text) in sources("src/ui") {
        for literal in literals(&production(&text)) {
            for class in literal.split_whitespace().filter(|word| is_bem(word)) {
                n_classes += 1;
                if !styled.contains(class) {
                    without.insert(format!("{name}: {class}"));
                }
            }
        }
    }
    assert!(n_classes > 50, "only {n_classes} classes");
    assert!(
        without.is_empty(),
        "classes without a style:\n{}",
        without.into_iter().collect::<Vec<_>>().join("\n")
    );
}

/// String literals of production code, without doc comments.
fn words_in_code(text: &str) -> Vec<String> {
    let code: String = production(text)
        .lines()
        .filter(|line| !line.trim_start().starts_with("//"))
        .collect::<Vec<_>>()
        .join("\n");
    literals(&code).into_iter().map(str::to_owned).collect()
}

fn is_chinese(text: &str) -> bool {
    text.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c))
}

/// Another language is another table, never a change of a check.
#[test]
fn checks_hold_no_words_of_their_own() {
    let mut found = Vec::new();
    for (name, text) in sources("src/domain/check") {
        let words = words_in_code(&text).into_iter().filter(|literal| is_chinese(literal));
        found.extend(words.map(|literal| format!("{name}: {literal}")));
    }
    // Identifiers also name what a number says (机关, 用人单位): those are parts, not messages.
    for (name, text) in sources("src/domain/base/identifier") {
        let reports =
            production(&text).lines().filter(|l| l.contains("report")).map(str::to_owned).collect::<Vec<_>>();
        found.extend(
            reports.into_iter().filter(|line| is_chinese(line)).map(|line| format!("{name}: {line}")),
        );
    }
    assert!(found.is_empty(), "words that belong into messages/zh_cn.rs:\n{}", found.join("\n"));
}

#[test]
fn every_message_is_said_somewhere_and_every_key_has_words() {
    use precheck::domain::base::messages::{self, template};
    let mut used = BTreeSet::new();
    for (_, text) in sources("src/domain") {
        for literal in words_in_code(&text) {
            let code = literal.split('/').next().unwrap_or_default();
            let is_code = code.len() == 4
                && code.starts_with(['R', 'X', 'D', 'F'])
                && code[1..].bytes().all(|b| b.is_ascii_digit());
            if is_code {
                assert!(!template(&literal).is_empty(), "{literal} has no words");
                used.insert(literal);
            }
        }
    }
    for text in messages::texts() {
        for (variant, _) in text.says {
            let key =
                if variant.is_empty() { text.code.to_owned() } else { format!("{}/{variant}", text.code) };
            assert!(used.contains(&key), "{key} is never said");
        }
    }
}
