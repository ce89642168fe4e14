//! The report as a page of its own: readable in any browser, printable, in the look of the app, without script, and
//! asking nothing of any network. Written so that an XML parser reads it, too.

use quick_xml::escape::escape;

use super::{APP_VERSION, Assessment, Cell, Disposal, DisposalState, RowState, disposals, verdict_words};
use crate::domain::base::date::format_chinese;
use crate::domain::case::{Application, display};
use crate::domain::diag::{Diagnostic, Severity};
use crate::domain::pack::Pack;
use crate::domain::rule::{Finding, Outcome, Verdict};

const STYLE: &str = include_str!("report_page.css");

/// Nothing is loaded and nothing runs, whatever stands in the entries.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'";

/// The report as one HTML page. A draft's says in its head that it is one.
#[must_use]
pub fn html(pack: &Pack, application: &Application, assessment: &Assessment, is_draft: bool) -> String {
    let mut page = Page::default();
    page.raw("<!DOCTYPE html>\n<html lang=\"zh-CN\" xml:lang=\"zh-CN\" xmlns=\"http://www.w3.org/1999/xhtml\">\n<head>\n<meta charset=\"utf-8\"/>\n");
    page.raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n<meta name=\"color-scheme\" content=\"light dark\"/>\n<meta name=\"robots\" content=\"noindex\"/>\n");
    page.raw(&format!("<meta http-equiv=\"Content-Security-Policy\" content=\"{POLICY}\"/>\n"));
    let title = if is_draft { "申报预检报告（草稿）" } else { "申报预检报告" };
    page.element("title", title);
    page.raw("<style>\n");
    page.raw(STYLE);
    page.raw("</style>\n</head>\n<body>\n<header>\n");
    page.element("h1", title);
    if is_draft {
        let n = assessment.blockers().count() + assessment.blocking_rules().count();
        let rest = if n > 0 { format!("还有 {n} 处须处理。") } else { String::new() };
        page.boxed("no", "草稿，不能作为提交材料", &format!("{rest}只用于交接和继续填写。"));
    }
    page.raw(&format!("<p class=\"code\">填报码 {}</p>\n", escape(application.fingerprint().form_code())));
    view_head(&mut page, pack, application, assessment);
    page.raw("</header>\n<main>\n");
    view_rules(&mut page, pack, application, assessment);
    view_findings(&mut page, pack, application, assessment);
    view_consistency(&mut page, assessment);
    view_way(&mut page, pack, assessment);
    view_entries(&mut page, pack, application);
    view_files(&mut page, pack, application);
    page.raw("</main>\n<footer>\n");
    page.raw("<p class=\"small\">本报告由申报预检在申报人的设备上生成，只说明按所列规则包检查的结果，是否受理以中心的审核为准。</p>\n");
    page.raw("</footer>\n</body>\n</html>\n");
    page.text
}

fn view_head(page: &mut Page, pack: &Pack, application: &Application, assessment: &Assessment) {
    let track = pack.track(&application.track).map_or("未选择", |t| t.label.as_str());
    let session = application.session.as_deref().and_then(|id| pack.session(id));
    let mut rows = vec![
        ("申报类别", track.to_owned()),
        ("班期", session.map_or("未选择", |s| s.label.as_str()).to_owned()),
        ("判断日期", format_chinese(assessment.reference)),
        ("依据", format!("{}（规则包 {} {}）", pack.info.title, pack.info.id, pack.info.version)),
    ];
    if !pack.overlays.is_empty() {
        let titles: Vec<&str> = pack.overlays.iter().map(|o| o.title.as_str()).collect();
        rows.push(("补充包", titles.join("、")));
    }
    rows.push(("程序版本", APP_VERSION.to_owned()));
    page.pairs(&rows);
    page.raw(&format!(
        "<p class=\"small\">规则包 SHA-256：<span class=\"hash\">{}</span></p>\n",
        escape(pack.sha256.as_str())
    ));
}

fn view_rules(page: &mut Page, pack: &Pack, application: &Application, assessment: &Assessment) {
    page.element("h2", "申报条件");
    let kind = match assessment.eligibility.verdict {
        Verdict::Eligible => "ok",
        Verdict::NotEligible => "no",
        Verdict::Undetermined => "look",
    };
    page.boxed(kind, &verdict_words(assessment), "");
    let row = |f: &Finding| {
        let rule = pack.rule(&f.rule)?;
        let source = rule.source.as_deref().and_then(|id| pack.source(id));
        let source = source.map(|s| format!("；来源：{}", s.title)).unwrap_or_default();
        let clauses = cite(pack, &pack.clauses_for(&rule.clauses, &application.track));
        let tone = match f.outcome {
            Outcome::Pass => "ok",
            Outcome::Fail => "no",
            Outcome::Open | Outcome::Review => "look",
            Outcome::NotApplicable => "",
        };
        Some(vec![
            tagged(tone, f.outcome.label()),
            escaped(&rule.title),
            escaped(&format!("{clauses}；{}{source}", f.status.label())),
        ])
    };
    page.table(&["结果", "条件", "依据"], assessment.eligibility.findings.iter().filter_map(row));
}

fn view_findings(page: &mut Page, pack: &Pack, application: &Application, assessment: &Assessment) {
    page.element("h2", "检查结果");
    let all = disposals(application, &assessment.diagnostics);
    for (severity, title) in
        [(Severity::Blocker, "须改正"), (Severity::Warning, "需核对"), (Severity::Advice, "建议")]
    {
        let found: Vec<&Diagnostic> =
            assessment.diagnostics.iter().filter(|d| d.severity == severity).collect();
        page.element("h3", &format!("{title}（{}）", found.len()));
        if found.is_empty() {
            page.element("p", "没有。");
        } else if severity == Severity::Warning {
            let rows = found.iter().zip(&all).map(|(d, disposal)| {
                let reason = &disposal.warning.reason;
                let said = if reason.is_empty() {
                    disposal.state.label().to_owned()
                } else {
                    format!("{}：{reason}", disposal.state.label())
                };
                let tone = if disposal.state == DisposalState::Open { "look" } else { "ok" };
                vec![
                    escaped(d.code),
                    escaped(&d.message),
                    tagged(tone, &said),
                    escaped(&cite(pack, &d.clauses)),
                ]
            });
            page.table(&["代码", "问题", "处理情况", "依据"], rows);
        } else {
            let rows = found
                .iter()
                .map(|d| vec![escaped(d.code), escaped(&d.message), escaped(&cite(pack, &d.clauses))]);
            page.table(&["代码", "问题", "依据"], rows);
        }
    }
    let fixed: Vec<&Disposal> = all.iter().filter(|d| d.state == DisposalState::Fixed).collect();
    if !fixed.is_empty() {
        page.element("h3", &format!("提示过、已改正（{}）", fixed.len()));
        let rows = fixed.iter().map(|d| vec![escaped(&d.warning.code), escaped(&d.warning.message)]);
        page.table(&["代码", "当时的问题"], rows);
    }
}

fn view_consistency(page: &mut Page, assessment: &Assessment) {
    let table = &assessment.consistency;
    if table.sources.is_empty() {
        return;
    }
    page.element("h2", "与其他材料核对");
    let mut heads = vec!["项目", "填报内容"];
    heads.extend(table.sources.iter().map(|source| source.label.as_str()));
    heads.push("结果");
    let rows = table.rows.iter().filter(|row| row.state() != RowState::Unchecked).map(|row| {
        let mut cells = vec![escaped(&row.label), escaped(&row.entered_words)];
        cells.extend(row.cells.iter().map(|cell| match cell {
            None => "—".to_owned(),
            Some(cell) if cell.words.is_empty() => "没有写".to_owned(),
            Some(Cell { words, .. }) => escaped(words),
        }));
        let (tone, words) = match row.state() {
            RowState::Differs => ("no", "不一致"),
            _ => ("ok", "一致"),
        };
        cells.push(tagged(tone, words));
        cells
    });
    page.table(&heads, rows);
}

fn view_way(page: &mut Page, pack: &Pack, assessment: &Assessment) {
    page.element("h2", "交到哪里");
    page.table(
        &["环节", "中心", "依据"],
        assessment.routing.iter().map(|step| {
            let centre = step.centre.as_ref().map_or("还不能确定", |(_, label)| label.as_str());
            vec![escaped(step.label), escaped(centre), escaped(&cite(pack, &step.clauses))]
        }),
    );
    page.element("h2", "要记住的日子");
    if assessment.deadlines.is_empty() {
        page.element("p", "没有能算出的日子。");
        return;
    }
    page.table(
        &["日期", "事项", "怎样算", "依据"],
        assessment.deadlines.iter().map(|d| {
            let day = d.date.map_or_else(|| "算不出".to_owned(), format_chinese);
            vec![escaped(&day), escaped(&d.label), escaped(&d.convention), escaped(&cite(pack, &d.clauses))]
        }),
    );
}

fn view_entries(page: &mut Page, pack: &Pack, application: &Application) {
    page.element("h2", "填报内容");
    for section in pack.sections_for(&application.track) {
        let rows: Vec<(&str, String)> = section
            .fields_for(&application.track)
            .map(|f| (f.label.as_str(), display::field_value(f, application.answers.get(&f.id))))
            .filter(|(_, words)| !words.is_empty())
            .collect();
        page.element("h3", &section.title);
        if rows.is_empty() {
            page.element("p", "没有填写。");
        } else {
            page.pairs(&rows);
        }
    }
}

fn view_files(page: &mut Page, pack: &Pack, application: &Application) {
    page.element("h2", &format!("附件（{}）", application.attachments.len()));
    if application.attachments.is_empty() {
        page.element("p", "没有附件。");
        return;
    }
    page.table(
        &["材料", "文件名", "大小", "SHA-256"],
        application.attachments.iter().map(|a| {
            let label = pack.material(&a.material).map_or(a.material.as_str(), |m| m.label.as_str());
            vec![
                escaped(label),
                // Characters that turn the direction must not reach into the next cell.
                format!("<bdi>{}</bdi>", escaped(&a.file)),
                escaped(&format!("{} 字节", a.bytes)),
                format!("<span class=\"hash\">{}</span>", escaped(&a.sha256)),
            ]
        }),
    );
}

fn cite(pack: &Pack, clauses: &[String]) -> String {
    clauses.iter().map(|c| pack.cite(c)).collect::<Vec<_>>().join("、")
}

/// Text as markup: nothing in it is read as such, and what XML forbids is left out.
fn escaped(text: &str) -> String {
    let allowed: String = text.chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\t')).collect();
    let allowed = allowed.replace(['\u{fffe}', '\u{ffff}'], "");
    escape(allowed.as_str()).replace('\n', "<br/>")
}

fn tagged(tone: &str, words: &str) -> String {
    format!("<span class=\"tag tag-{tone}\">{}</span>", escaped(words))
}

#[derive(Default)]
struct Page {
    text: String,
}

impl Page {
    fn raw(&mut self, markup: &str) {
        self.text.push_str(markup);
    }

    fn element(&mut self, name: &str, words: &str) {
        self.text.push_str(&format!("<{name}>{}</{name}>\n", escaped(words)));
    }

    fn boxed(&mut self, kind: &str, title: &str, words: &str) {
        self.text.push_str(&format!("<div class=\"box {kind}\"><p><strong>{}</strong></p>", escaped(title)));
        if !words.is_empty() {
            self.text.push_str(&format!("<p>{}</p>", escaped(words)));
        }
        self.raw("</div>\n");
    }

    /// Labels with what belongs to them.
    fn pairs(&mut self, rows: &[(&str, String)]) {
        self.raw("<table>\n<tbody>\n");
        for (label, words) in rows {
            let (label, words) = (escaped(label), escaped(words));
            self.text
                .push_str(&format!("<tr><th scope=\"row\">{label}</th><td><bdi>{words}</bdi></td></tr>\n"));
        }
        self.raw("</tbody>\n</table>\n");
    }

    /// A table whose cells are markup already.
    fn table(&mut self, heads: &[&str], rows: impl Iterator<Item = Vec<String>>) {
        self.raw("<table class=\"wide\">\n<thead><tr>");
        heads
            .iter()
            .for_each(|head| self.text.push_str(&format!("<th scope=\"col\">{}</th>", escaped(head))));
        self.raw("</tr></thead>\n<tbody>\n");
        for row in rows {
            let cells: String = row.iter().map(|cell| format!("<td>{cell}</td>")).collect();
            self.text.push_str(&format!("<tr>{cells}</tr>\n"));
        }
        self.raw("</tbody>\n</table>\n");
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::base::date::parse_iso;
    use crate::domain::base::json::Value;
    use crate::domain::guide::assess;

    fn example() -> Application {
        crate::domain::case::read(include_bytes!("../../../examples/examiner.json")).unwrap()
    }

    fn page_of(application: &Application, is_draft: bool) -> String {
        let pack = Pack::built_in().unwrap();
        let assessment = assess(&pack, application, parse_iso("2026-03-20").unwrap());
        html(&pack, application, &assessment, is_draft)
    }

    fn parsed(page: &str) -> String {
        let options = roxmltree::ParsingOptions { allow_dtd: true, ..roxmltree::ParsingOptions::default() };
        let document = roxmltree::Document::parse_with_options(page, options).unwrap();
        let body = document.descendants().find(|n| n.has_tag_name(("http://www.w3.org/1999/xhtml", "body")));
        body.unwrap().descendants().filter_map(|n| n.text()).collect()
    }

    #[test]
    fn the_page_stands_alone() {
        let page = page_of(&example(), false);
        let text = parsed(&page);
        for words in ["填报码", "符合", "身份证.png", "受理", "填报内容", "没有。"] {
            assert!(text.contains(words), "{words}");
        }
        for load in ["<script", "src=", "href=", "url(", "@import", "<link", "<img", "<iframe"] {
            assert!(!page.contains(load), "{load}");
        }
        assert!(!text.contains("草稿"));
        assert_eq!(page, page_of(&example(), false));
    }

    #[test]
    fn a_draft_says_so() {
        let mut application = example();
        application.answers.remove("person.name");
        let text = parsed(&page_of(&application, true));
        assert!(text.contains("草稿，不能作为提交材料") && text.contains("处须处理"), "{text}");
    }

    #[test]
    fn entries_are_text_whatever_they_say() {
        let mut application = example();
        let hostile = "</td></style><script>alert(1)</script>\" onload=\"x\u{202e}\u{0}\u{1b}&amp;\u{ffff}";
        application.answers.insert("person.name".to_owned(), Value::String(hostile.to_owned()));
        application.answers.insert("work.unit".to_owned(), Value::String("长".repeat(10_000)));
        application.attachments[0].file = hostile.to_owned();
        let page = page_of(&application, false);
        let text = parsed(&page);
        assert!(!page.contains("<script") && text.contains("<script>alert(1)</script>"));
        assert!(page.contains("<bdi>&lt;/td&gt;"));
    }

    #[test]
    fn the_style_is_a_style_alone() {
        assert!(!STYLE.contains('<') && !STYLE.contains("url("));
    }
}
