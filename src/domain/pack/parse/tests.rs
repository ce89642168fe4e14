use super::*;
use crate::domain::pack::BUILT_IN_TEXT;

#[test]
fn the_built_in_pack_is_read() {
    let pack = parse(BUILT_IN_TEXT.as_bytes())
        .map_err(|e| e.iter().map(ToString::to_string).collect::<Vec<_>>())
        .unwrap();
    assert_eq!(pack.info.id, "sichuan-2026");
    assert_eq!(pack.tracks.len(), 4);
}

const ONE_COMPARISON: &str = "条件须恰好写一种比较：is、in、given、same_as、at_least、at_most、within、elapsed、after、before、ahead_of";

/// Replaces the first `from` in the built-in pack and expects exactly these errors.
#[track_caller]
fn check_errors(from: &str, to: &str, expected: &[&str]) {
    assert!(BUILT_IN_TEXT.contains(from), "{from}");
    let text = BUILT_IN_TEXT.replacen(from, to, 1);
    let found: Vec<String> = parse(text.as_bytes()).unwrap_err().iter().map(ToString::to_string).collect();
    let places: Vec<&str> =
        found.iter().map(|f| f.split_once('：').map_or(f.as_str(), |(_, rest)| rest)).collect();
    assert_eq!(places, expected, "{found:?}");
    assert!(found.iter().all(|f| f.starts_with("第 ")), "{found:?}");
}

#[test]
fn mistakes_are_named_with_their_place() {
    check_errors(
        "precheck.pack/1",
        "precheck.pack/2",
        &["格式是“precheck.pack/2”，本程序只读 precheck.pack/1"],
    );
    check_errors(
        "issued = \"2026-01-29\"",
        "issued = \"2026-02-30\"",
        &["“2026-02-30”不是存在的日期，格式应为 2026-02-05"],
    );
    check_errors("fact = \"unit.filing\", in", "fact = \"unit.fling\", in", &["事实“unit.fling”没有定义"]);
    check_errors("in = [\"filed\", \"accepted\"]", "in = [\"filled\"]", &["“filled”不是该事实可能的取值"]);
    check_errors(
        "within = { parameter = \"filing.limit\" }",
        "within = \"1Y\"",
        &["“1Y”不是期间，例如一年写 P1Y", ONE_COMPARISON],
    );
    check_errors(
        "at_least = \"3\"",
        "at_least = \"9\"",
        &["at_least、at_most 只能用于整数或有序选项，且取值须在选项之内", ONE_COMPARISON],
    );
    check_errors("id = \"R02\"", "id = \"r01\"", &["规则“r01”重复"]);
    check_errors(
        "status = \"reported\"",
        "status = \"reported\"\nblocking = true",
        &["只有 stated 和 standard 的规则可以 blocking"],
    );
    check_errors(
        "id = \"A1-examiner-years\"\ntitle = \"附件1 对考评员工作年限的要求\"\nclauses = [\"annex1\"]\nstatus = \"awaiting\"",
        "id = \"A1-examiner-years\"\ntitle = \"附件1 对考评员工作年限的要求\"\nclauses = [\"annex1\"]\nstatus = \"stated\"",
        &["规则“A1-examiner-years”用到还没有值的参数，只能是 awaiting"],
    );
    check_errors(
        "at_least = { parameter = \"annex1.examiner.years\" }",
        "at_least = { parameter = \"annex1.examiner.year\" }",
        &["参数“annex1.examiner.year”没有定义", ONE_COMPARISON],
    );
    check_errors(
        "same_as = \"exam.original_occupation_code\"",
        "same_as = \"exam.failures\"",
        &["same_as 的两个事实须是同一类型"],
    );
    check_errors(
        "at = \"session.last_day\"",
        "at = \"session.kind\"",
        &["“session.kind”不是日期", ONE_COMPARISON],
    );
    check_errors(
        "working_days = { parameter = \"leave.working_days\" }",
        "working_days = 61",
        &["working_days 应为 0 到 60 的整数", ONE_COMPARISON],
    );
    check_errors(
        "condition = { fact = \"session.kind\", is = \"class\" }",
        "condition = { not = { holds = \"is-class\" } }",
        &["定义“is-class”绕回了自己"],
    );
    check_errors("{ holds = \"is-retake\" }", "{ holds = \"is_retake\" }", &["定义“is_retake”没有定义"]);
    check_errors(
        "value = 2\n",
        "value = \"two\"\n",
        &["“two”不是参数“retake.max”可能的取值", "规则“R17-count”用到还没有值的参数，只能是 awaiting"],
    );
    check_errors(
        "value = 2\n",
        "value = 10001\n",
        &["“10001”不是参数“retake.max”可能的取值", "规则“R17-count”用到还没有值的参数，只能是 awaiting"],
    );
    check_errors("clauses = [\"1.1\", \"1.2\"]", "clauses = [\"1.9\"]", &["条款“1.9”没有定义"]);
    check_errors(
        "label = \"考评员\"",
        "label = \"考评员\"\nmore = 1",
        &["unknown field `more`, expected one of `id`, `label`, `hint`, `clauses`"],
    );
    check_errors("label = \"考评员\"", "label = \"考评员\"\nlabel = \"x\"", &["duplicate key"]);
}

#[test]
fn hostile_packs_are_refused() {
    let depth = 10_000;
    let nested = format!("format = \"precheck.pack/1\"\nx = {}1{}", "[".repeat(depth), "]".repeat(depth));
    assert!(matches!(parse(nested.as_bytes()).unwrap_err().as_slice(), [PackError::Shape { .. }]));
    assert_eq!(
        parse(&vec![b'['; MAX_PACK_BYTES + 1]).unwrap_err(),
        [PackError::TooLarge { found: MAX_PACK_BYTES + 1, limit: MAX_PACK_BYTES }]
    );
    assert_eq!(parse(b"a = \"\xff\"").unwrap_err(), [PackError::NotUtf8 { at: 5 }]);
    let half = &BUILT_IN_TEXT.as_bytes()[..BUILT_IN_TEXT.find("[[rule]]").unwrap() + 20];
    assert!(matches!(parse(half).unwrap_err().as_slice(), [PackError::Shape { .. }]));
}

/// An overlay for the built-in pack with this after its head.
fn overlay(rest: &str) -> Overlay {
    let pack = Pack::built_in().unwrap();
    let (id, version, sha256) = (&pack.info.id, &pack.info.version, &pack.sha256);
    let text = format!(
        "format = \"precheck.overlay/1\"\n[overlay]\nid = \"o\"\ntitle = \"附件1\"\nsource = \"附件1\"\n\
         base = {{ id = \"{id}\", version = \"{version}\", sha256 = \"{sha256}\" }}\n{rest}"
    );
    Overlay::parse(text.as_bytes()).unwrap()
}

#[track_caller]
fn check_overlay(rest: &str, expected: &[&str]) {
    let found = parse_with(BUILT_IN_TEXT.as_bytes(), &[overlay(rest)]);
    let found: Vec<String> = found.err().unwrap_or_default().iter().map(ToString::to_string).collect();
    assert_eq!(found, expected, "{rest}");
}

#[test]
fn an_overlay_sets_parameters_and_statuses() {
    let written = Overlay::write(
        &Pack::built_in().unwrap(),
        "annex1",
        "附件1",
        "川人社职鉴附件1",
        &[("annex1.examiner.years".to_owned(), "3".to_owned())],
        &["A1-examiner-years".to_owned()],
        &[("A1-examiner".to_owned(), "条件都已写成参数".to_owned())],
    );
    let overlay = Overlay::parse(written.as_bytes()).unwrap();
    let pack = parse_with(BUILT_IN_TEXT.as_bytes(), std::slice::from_ref(&overlay)).unwrap();
    assert_eq!(pack.overlays, [overlay.info]);
    assert_eq!(pack.sha256, Pack::built_in().unwrap().sha256);
    let rule = pack.rule("A1-examiner-years").unwrap();
    assert!(!rule.is_dormant && rule.blocking && rule.status == Status::Stated);
    assert!(matches!(rule.condition, Condition::AtLeast(_, super::super::Bound::Integer(3))));
    assert!(pack.rule("A1-examiner").is_none());
    assert!(pack.parameter("annex1.examiner.years").unwrap().is_overlaid);
    let before = Pack::built_in().unwrap();
    assert!(before.rule("A1-examiner-years").unwrap().is_dormant);
    assert!(!before.rules_for("examiner").any(|r| r.is_dormant));
}

#[test]
fn an_overlay_with_any_characters_reads_as_it_was_written() {
    let pack = Pack::built_in().unwrap();
    let title = "“\u{7f}\u{1}\n\\\"'𠮷\u{202e}#";
    let text =
        Overlay::write(&pack, "o", title, title, &[], &[], &[("A1-examiner".to_owned(), title.to_owned())]);
    let overlay = Overlay::parse(text.as_bytes()).unwrap();
    assert_eq!((overlay.info.title.as_str(), overlay.source.as_str()), (title, title));
    assert_eq!(overlay.rules[0].omitted_because, title);
}

#[test]
fn an_overlay_that_does_not_fit_is_named() {
    check_overlay("[[parameter]]\nid = \"annex1.examiner.years\"\nvalue = 3\n", &[]);
    check_overlay(
        "[[parameter]]\nid = \"annex9\"\nvalue = 3\n",
        &["补充包第 8 行第 6 列：参数“annex9”没有定义"],
    );
    check_overlay(
        "[[parameter]]\nid = \"annex1.examiner.years\"\nvalue = \"三\"\n",
        &["补充包第 8 行第 6 列：“三”不是参数“annex1.examiner.years”可能的取值"],
    );
    check_overlay(
        "[[rule]]\nid = \"R99\"\nstatus = \"stated\"\n",
        &["补充包第 8 行第 6 列：规则“R99”没有定义"],
    );
    let stale = overlay("");
    let text = BUILT_IN_TEXT.replacen("培训对象：由", "培训对象：可由", 1);
    let found = parse_with(text.as_bytes(), &[stale]).unwrap_err();
    assert!(found[0].to_string().ends_with("的内容与写补充包时不同（SHA-256 不一致）"), "{found:?}");
    let text = BUILT_IN_TEXT.replacen("version = \"1.1.0\"", "version = \"1.2.0\"", 1);
    let found = parse_with(text.as_bytes(), &[overlay("")]).unwrap_err();
    assert!(found[0].to_string().contains("是为规则包 sichuan-2026 1.1.0 写的"), "{found:?}");
    assert!(matches!(Overlay::parse(b"format = \"x\"").unwrap_err().as_slice(), [PackError::Shape { .. }]));
}

#[test]
fn definitions_that_multiply_are_bounded() {
    let mut text = BUILT_IN_TEXT.to_owned();
    for n in 0..8 {
        let inner = if n == 0 { "is-class".to_owned() } else { format!("d{}", n - 1) };
        let eight = format!("{{ holds = \"{inner}\" }}, ").repeat(8);
        text.push_str(&format!("\n[[definition]]\nid = \"d{n}\"\ncondition = {{ all = [{eight}] }}\n"));
    }
    text.push_str(
        "\n[[rule]]\nid = \"X1\"\ntitle = \"x\"\nclauses = [\"3\"]\nstatus = \"stated\"\nremedy = \"x\"\ncondition = { holds = \"d7\" }\n",
    );
    let found = parse(text.as_bytes()).unwrap_err();
    assert!(found.iter().any(|e| e.to_string().contains("条件合计超过 100000 个")), "{found:?}");
}
