//! Every page in every state for everybody: axe-core, reflow at 320 px, the way by keyboard, focus that can be seen,
//! dark and forced colours, reduced motion.

use std::fs;
use std::path::Path;

use serde_json::{Value, json};
use thirtyfour::prelude::*;

use crate::harness::{Result, Server, dist, eval, setting, until, with_browser};
use crate::page::{
    choose, click, click_words, download_to, downloaded, draft_id, fill, find, form, go, import, paste, put,
    see, test_file,
};

/// What axe-core is asked for: WCAG 2.2 up to AA, and its good practices (landmarks, headings).
const RULES: &str = "['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']";

/// How the page is looked at.
#[derive(Clone, Copy)]
struct Sight {
    name: &'static str,
    width: u32,
    height: u32,
    scheme: &'static str,
}

/// A computer by day, and 400 % on it (1280 px become 320 px) by night.
const SIGHTS: [Sight; 2] = [
    Sight { name: "light, 1280 px", width: 1280, height: 800, scheme: "light" },
    Sight { name: "dark, 320 px", width: 320, height: 640, scheme: "dark" },
];

/// Without motion: axe-core measures colours, and one that fades over is neither of the two.
const STILL: &[(&str, &str)] = &[("prefers-reduced-motion", "reduce")];

async fn look(page: &WebDriver, sight: Sight, more: &[(&str, &str)]) -> Result {
    let metrics =
        json!({ "width": sight.width, "height": sight.height, "deviceScaleFactor": 1, "mobile": false });
    page.cdp().send_raw("Emulation.setDeviceMetricsOverride", metrics).await?;
    let features: Vec<Value> = [("prefers-color-scheme", sight.scheme)]
        .iter()
        .chain(more)
        .map(|(name, value)| json!({ "name": name, "value": value }))
        .collect();
    page.cdp().send_raw("Emulation.setEmulatedMedia", json!({ "features": features })).await?;
    // The page takes both over with one of its next frames, and colours may fade over after that.
    let settled = format!(
        "return innerWidth === {} && matchMedia('(prefers-color-scheme: {})').matches
            && document.getAnimations().every((one) => one.playState === 'finished');",
        sight.width, sight.scheme
    );
    until(page, &settled).await
}

/// Everything that is wrong with the state that the page is in, by every sight.
struct Inspector<'a> {
    page: &'a WebDriver,
    axe: String,
    problems: Vec<String>,
    states: Vec<String>,
}

impl<'a> Inspector<'a> {
    fn new(page: &'a WebDriver) -> Result<Self> {
        let axe = fs::read_to_string(setting("PRECHECK_AXE")?)?;
        Ok(Self { page, axe, problems: Vec::new(), states: Vec::new() })
    }

    async fn inspect(&mut self, state: &str) -> Result {
        self.states.push(state.to_owned());
        let is_loaded = eval(self.page, "return typeof axe === 'object';").await?;
        if is_loaded != json!(true) {
            self.page.execute(self.axe.as_str(), vec![]).await?;
        }
        for sight in SIGHTS {
            look(self.page, sight, STILL).await?;
            let script = format!(
                "const found = await axe.run(document, {{ runOnly: {RULES}, resultTypes: ['violations'] }});
                 const said = found.violations.flatMap((rule) => rule.nodes.map((node) =>
                     rule.id + ' ' + node.target.join(' ') + ': ' + node.failureSummary.replace(/\\s+/g, ' ')));
                 const excess = document.documentElement.scrollWidth - innerWidth;
                 if (excess > 0) said.push('reflow: ' + excess + ' px too wide');
                 const heading = document.querySelector('h1')?.innerText ?? '';
                 if (!heading || !document.title.includes(heading)) said.push('title: ' + document.title);
                 return said;"
            );
            let said = eval(self.page, &script).await?;
            for problem in said.as_array().into_iter().flatten().filter_map(Value::as_str) {
                self.problems.push(format!("{state} ({}): {problem}", sight.name));
            }
        }
        look(self.page, SIGHTS[0], &[]).await
    }

    fn finish(self) {
        assert!(self.problems.is_empty(), "{} problems:\n{}", self.problems.len(), self.problems.join("\n"));
    }
}

/// Goes to an address and waits for its heading.
async fn visit(page: &WebDriver, address: &str, heading: &str) -> Result {
    go(page, address).await?;
    let arrived = format!("return document.querySelector('h1')?.innerText === {};", json!(heading));
    until(page, &arrived).await
}

#[tokio::test]
async fn nobody_is_hindered_on_any_page_in_any_state() -> Result {
    with_browser(async |page| {
        let server = Server::start(&dist()?)?;
        page.goto(&server.url).await?;
        let mut inspector = Inspector::new(page)?;

        find(page, "#begin").await?;
        inspector.inspect("start without drafts").await?;
        click(page, "#begin").await?;
        find(page, "#track").await?;
        inspector.inspect("choose, empty").await?;
        let id = draft_id(page).await?;
        go(page, &format!("/drafts/{id}/form")).await?;
        see(page, "先选择申报类别").await?;
        inspector.inspect("form before the choice").await?;
        go(page, &format!("/drafts/{id}/choose")).await?;
        choose(page, "考评员").await?;
        choose(page, "2026年7月 考评员培训班").await?;
        fill(page, "reference", "2026-03-20").await?;
        inspector.inspect("choose, chosen").await?;

        for (step, words) in [
            ("questions", "自查申报条件"),
            ("outcome", "结论"),
            ("form", "填写申报表"),
            ("materials", "申报材料"),
            ("declaration", "打印申报表"),
            ("consistency", "核对一致"),
            ("export", "检查并导出"),
            ("deadlines", "期限"),
        ] {
            visit(page, &format!("/drafts/{id}/{step}"), words).await?;
            inspector.inspect(&format!("{step}, nothing entered")).await?;
        }
        for section in ["person", "work", "certificate", "apply", "unit"] {
            go(page, &format!("/drafts/{id}/form/{section}")).await?;
            until(
                page,
                &format!(
                    "return location.hash.endsWith('{section}') && !!document.querySelector('#next-section');"
                ),
            )
            .await?;
            inspector.inspect(&format!("section {section}, empty")).await?;
            click(page, "#next-section").await?;
            inspector.inspect(&format!("section {section}, with what is wrong")).await?;
        }
        go(page, &format!("/drafts/{id}/form/person")).await?;
        fill(page, "f-person-id_number", "510703198503120017").await?;
        find(page, "#f-person-ethnic_group").await?.send_keys("hz").await?;
        find(page, "[role=option]").await?;
        inspector.inspect("section person, suggestions open, fixes offered").await?;
        page.active_element().await?.send_keys(Key::Escape + "").await?;
        click_words(page, "按身份证号填写：男").await?;
        see(page, "撤销").await?;
        inspector.inspect("section person, a fix applied").await?;

        let id = import(page, "examiner.json").await?;
        for (step, words) in [
            ("questions", "自查申报条件"),
            ("outcome", "结论"),
            ("form", "填写申报表"),
            ("form/person", "个人信息"),
            ("form/work", "工作情况"),
            ("form/certificate", "证书与职称"),
            ("form/apply", "申报职业"),
            ("form/unit", "推荐单位"),
            ("materials", "申报材料"),
            ("declaration", "打印申报表"),
            ("consistency", "核对一致"),
            ("export", "检查并导出"),
            ("deadlines", "期限"),
        ] {
            visit(page, &format!("/drafts/{id}/{step}"), words).await?;
            inspector.inspect(&format!("{step}, complete")).await?;
        }
        visit(page, &format!("/drafts/{id}/materials"), "申报材料").await?;
        put(page, "f-materials-insurance", &test_file("insurance.pdf")).await?;
        see(page, "找到了，在第 1 页").await?;
        put(page, "f-materials-contract", &test_file("locked.pdf")).await?;
        see(page, "要密码才能打开").await?;
        inspector.inspect("materials, files looked into").await?;
        visit(page, &format!("/drafts/{id}/declaration"), "打印申报表").await?;
        put(page, "blank-docx", &form("python-docx-09-blank.docx")).await?;
        see(page, "上认出 13 项").await?;
        eval(page, "document.querySelectorAll('details').forEach((d) => { d.open = true; });").await?;
        inspector.inspect("declaration, a blank opened").await?;
        visit(page, &format!("/drafts/{id}/consistency"), "核对一致").await?;
        paste(
            page,
            "paper-text",
            "姓名\t示例甲\t性别\t男性\n身份证号\t510703198503120017\n联系电话：1380000000",
        )
        .await?;
        click(page, "#compare-portal").await?;
        see(page, "正在核对“粘贴的系统页面”").await?;
        eval(page, "document.querySelectorAll('details').forEach((d) => { d.open = true; });").await?;
        inspector.inspect("consistency, with sources").await?;

        go(page, &format!("/drafts/{id}/form/work")).await?;
        click(page, "#add-entry").await?;
        find(page, "#f-resume--r2-from").await?;
        fill(page, "f-resume--r2-from", "2012.13").await?;
        click(page, "#next-section").await?;
        see(page, "没有这个月份").await?;
        inspector.inspect("an entry with what is wrong").await?;
        click(page, "[aria-label='第 2 段'] button:last-child").await?;
        see(page, "已删除第 2 段").await?;
        inspector.inspect("an entry deleted").await?;

        go(page, "/").await?;
        find(page, ".draft-card").await?;
        inspector.inspect("start with drafts").await?;
        click(page, ".draft-card:first-child .draft-card__actions button:last-child").await?;
        see(page, "不能恢复").await?;
        inspector.inspect("dialog open").await?;
        page.active_element().await?.send_keys(Key::Escape + "").await?;
        for (address, words) in [
            ("/deadlines", "期限"),
            ("/pack", "规则包"),
            ("/rules", "规则与依据"),
            ("/codes", "检查代码"),
            ("/codes/R105", "身份证号与校验码不符"),
            ("/codes/R999", "没有这个检查代码"),
            ("/verify", "核验提交包"),
            ("/drafts/none/form", "打不开这份草稿"),
            ("/nowhere", "没有这个页面"),
        ] {
            visit(page, address, words).await?;
            inspector.inspect(address).await?;
        }
        assert!(inspector.states.len() >= 50, "only {} states", inspector.states.len());
        inspector.finish();
        drop(server);
        Ok(())
    })
    .await
}

#[tokio::test]
async fn nobody_is_hindered_with_a_bundle_or_a_backup() -> Result {
    with_browser(async |page| {
        let server = Server::start(&dist()?)?;
        page.goto(&server.url).await?;
        let mut inspector = Inspector::new(page)?;
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("inspected");
        visit(page, "/backup", "备份与清除").await?;
        see(page, "本设备上没有草稿").await?;
        inspector.inspect("backup without drafts").await?;

        let id = import(page, "examiner.json").await?;
        visit(page, &format!("/drafts/{id}/export"), "检查并导出").await?;
        download_to(page, &folder).await?;
        eval(page, "document.querySelectorAll('details').forEach((d) => { d.open = true; });").await?;
        choose(page, "用口令加密").await?;
        click(page, "#seal-fresh").await?;
        until(page, "return document.querySelector('#seal-words').value.length === 19;").await?;
        inspector.inspect("export, to be encrypted").await?;
        click(page, "#export-draft").await?;
        see(page, "已导出草稿包").await?;
        inspector.inspect("export, made").await?;
        let sealed = folder.join("inspected.age");
        fs::write(&sealed, downloaded(&folder, "age").await?)?;
        choose(page, "不加密").await?;
        click(page, "#export-draft").await?;
        let plain = folder.join("inspected.bundle");
        fs::write(&plain, downloaded(&folder, "zip").await?)?;
        visit(page, &format!("/drafts/{id}/receipt"), "草稿包回执").await?;
        inspector.inspect("receipt").await?;

        visit(page, "/verify", "核验提交包").await?;
        put(page, "bundle", &plain).await?;
        see(page, "打开为草稿").await?;
        inspector.inspect("verify, sound").await?;
        put(page, "bundle", &sealed).await?;
        find(page, "#open-words").await?.send_keys("falsch").await?;
        click(page, "#open-sealed").await?;
        see(page, "口令不对").await?;
        inspector.inspect("verify, encrypted").await?;
        let mut bytes = fs::read(&plain)?;
        bytes.truncate(bytes.len() - 30);
        fs::write(&plain, bytes)?;
        put(page, "bundle", &plain).await?;
        see(page, "核验没有通过").await?;
        inspector.inspect("verify, broken").await?;

        visit(page, "/backup", "备份与清除").await?;
        let folder = folder.join("backup");
        download_to(page, &folder).await?;
        click(page, "#back-up").await?;
        see(page, "已备份 1 份草稿").await?;
        let backup = folder.join("inspected.backup");
        fs::write(&backup, downloaded(&folder, "zip").await?)?;
        put(page, "restore", &backup).await?;
        see(page, "恢复了 0 份草稿").await?;
        inspector.inspect("backup, made and restored").await?;
        put(page, "restore", &plain).await?;
        see(page, "没有恢复").await?;
        click(page, "#erase").await?;
        see(page, "不能恢复").await?;
        inspector.inspect("backup, about to erase").await?;
        let confirm = "//dialog[@open]//button[normalize-space(.)='全部清除']";
        page.query(By::XPath(confirm)).first().await?.click().await?;
        see(page, "已全部清除").await?;
        inspector.inspect("backup, erased").await?;
        inspector.finish();
        drop(server);
        Ok(())
    })
    .await
}

/// Goes through the page with Tab; what is said of an element that has the focus and cannot be seen, or does not show it.
const FOCUS: &str = "
    const at = document.activeElement;
    if (!at || at === document.body) return null;
    const box = at.getBoundingClientRect();
    const style = getComputedStyle(at);
    const name = at.tagName + '#' + at.id + ' ' + (at.innerText ?? '').slice(0, 20);
    // Small controls are drawn by their label.
    const drawn = ['radio', 'checkbox', 'file'].includes(at.type) ? (at.closest('label, .file-drop') ?? at.parentElement) : at;
    const place = drawn.getBoundingClientRect();
    const [x, y] = [place.left + Math.min(place.width / 2, 20), place.top + place.height / 2];
    const top = document.elementFromPoint(x, y);
    const covered = !top || !(drawn.contains(top) || top.contains(drawn) || top.closest('label')?.control === at);
    const shows = (element) => { const s = getComputedStyle(element); return s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 2 || s.boxShadow !== 'none'; };
    const visible = shows(at) || shows(drawn) || [...drawn.querySelectorAll('*')].some(shows) || (at.nextElementSibling && shows(at.nextElementSibling));
    return [name, covered, !visible, box.width > 0 || place.width > 0];";

#[tokio::test]
async fn the_focus_is_always_seen_and_never_caught() -> Result {
    with_browser(async |page| {
        let server = Server::start(&dist()?)?;
        page.goto(&server.url).await?;
        let id = import(page, "examiner.json").await?;
        let mut problems = Vec::new();
        for sight in SIGHTS {
            look(page, sight, &[]).await?;
            let of_draft = ["choose", "outcome", "form/person", "form/work", "materials", "export"];
            let of_draft = of_draft.map(|step| format!("/drafts/{id}/{step}"));
            for address in of_draft.into_iter().chain(["/verify".to_owned(), "/backup".to_owned()]) {
                go(page, &address).await?;
                let arrived = format!(
                    "return location.hash.endsWith({}) && document.activeElement?.tagName === 'H1';",
                    json!(address)
                );
                until(page, &arrived).await?;
                let mut names = Vec::new();
                for _ in 0..300 {
                    page.action_chain().send_keys(Key::Tab).perform().await?;
                    let Value::Array(said) = eval(page, FOCUS).await? else { break };
                    let name = said[0].as_str().unwrap_or_default().to_owned();
                    if said[1] == json!(true) {
                        problems.push(format!("{address} ({}): {name} is covered", sight.name));
                    }
                    if said[2] == json!(true) {
                        problems.push(format!("{address} ({}): {name} does not show the focus", sight.name));
                    }
                    names.push(name);
                }
                assert!((5..300).contains(&names.len()), "{address}: {} stops: {names:?}", names.len());
            }
        }
        assert!(problems.is_empty(), "{} problems:\n{}", problems.len(), problems.join("\n"));
        drop(server);
        Ok(())
    })
    .await
}

#[tokio::test]
async fn motion_stops_when_asked_and_forced_colours_keep_what_is_drawn() -> Result {
    with_browser(async |page| {
        let server = Server::start(&dist()?)?;
        page.goto(&server.url).await?;
        let id = import(page, "examiner.json").await?;
        look(page, SIGHTS[0], &[("prefers-reduced-motion", "reduce"), ("forced-colors", "active")]).await?;
        for address in ["form/person", "form", "outcome"] {
            go(page, &format!("/drafts/{id}/{address}")).await?;
            find(page, "h1").await?;
            let moving = "return [...document.querySelectorAll('*')].filter((e) => {
                const s = getComputedStyle(e);
                return [s.animationDuration, s.transitionDuration].some((all) =>
                    all.split(',').some((one) => parseFloat(one) > 0.01)) && s.animationName + s.transitionProperty !== 'noneall';
            }).map((e) => e.className);";
            assert_eq!(eval(page, moving).await?, json!([]), "{address}");
        }
        // A box whose edge is only a colour would be gone.
        go(page, &format!("/drafts/{id}/form/person")).await?;
        find(page, "#f-person-name").await?;
        let edges = "return [...document.querySelectorAll('.text-box, .button--primary, .button--secondary')].every((e) => {
            const s = getComputedStyle(e);
            return parseFloat(s.borderTopWidth) >= 1 && s.borderTopStyle !== 'none';
        });";
        assert_eq!(eval(page, edges).await?, json!(true));
        drop(server);
        Ok(())
    })
    .await
}
