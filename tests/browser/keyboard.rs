//! The whole form by keyboard alone, Chinese through an input method, from the start page.

use serde_json::json;
use thirtyfour::prelude::*;

use crate::harness::{Result, Server, dist, eval, until, with_browser};
use crate::page::{find, see};

/// A person at the keyboard, who counts the keys.
struct Typist<'a> {
    page: &'a WebDriver,
    n_keys: usize,
}

/// What the control with the focus is called: the legend of its group, its label, or its own words.
const NAME: &str = "
    const at = document.activeElement;
    const group = ['radio', 'checkbox'].includes(at.type) ? at.closest('fieldset')?.querySelector('legend') : null;
    const label = at.id ? document.querySelector(`label[for=\"${at.id}\"]`) : null;
    const name = ((group ?? label ?? at).innerText ?? '').trim();";

impl Typist<'_> {
    async fn press(&mut self, key: impl Into<TypingData>) -> Result {
        self.page.action_chain().send_keys(key).perform().await?;
        self.n_keys += 1;
        Ok(())
    }

    /// Tab, until what is called so has the focus.
    async fn tab_to(&mut self, name: &str) -> Result {
        self.walk_to(name, false).await
    }

    /// Shift and Tab, until what is called so has the focus.
    async fn back_to(&mut self, name: &str) -> Result {
        self.walk_to(name, true).await
    }

    async fn walk_to(&mut self, name: &str, back: bool) -> Result {
        let arrived = format!("{NAME} return name.startsWith({});", json!(name));
        for _ in 0..60 {
            if back {
                let chain = self.page.action_chain().key_down(Key::Shift).send_keys(Key::Tab + "");
                chain.key_up(Key::Shift).perform().await?;
                self.n_keys += 1;
            } else {
                self.press(Key::Tab + "").await?;
            }
            if eval(self.page, &arrived).await? == json!(true) {
                return Ok(());
            }
        }
        Err(format!("Tab does not lead to “{name}”").into())
    }

    /// Types Latin letters and digits.
    async fn type_in(&mut self, name: &str, text: &str) -> Result {
        self.tab_to(name).await?;
        self.page.action_chain().send_keys(text).perform().await?;
        self.n_keys += text.chars().count();
        Ok(())
    }

    /// Writes Chinese as an input method does: pinyin grows in the box, a space takes the characters.
    async fn compose(&mut self, name: &str, words: &[(&str, &str)]) -> Result {
        self.tab_to(name).await?;
        let tools = self.page.cdp();
        for (pinyin, characters) in words {
            for end in 1..=pinyin.len() {
                let (text, caret) = (&pinyin[..end], end);
                let composed = json!({ "text": text, "selectionStart": caret, "selectionEnd": caret });
                tools.send_raw("Input.imeSetComposition", composed).await?;
            }
            tools.send_raw("Input.insertText", json!({ "text": characters })).await?;
            self.n_keys += pinyin.len() + 1;
        }
        Ok(())
    }

    /// Chooses in a group with the arrows.
    async fn choose(&mut self, group: &str, option: &str) -> Result {
        self.tab_to(group).await?;
        let chosen = format!(
            "const at = document.activeElement;
             if (!at.closest('label')?.innerText.trim().startsWith({option}) &&
                 !document.querySelector(`label[for=\"${{at.id}}\"]`)?.innerText.trim().startsWith({option})) return 'other';
             return at.checked ? 'chosen' : 'here';",
            option = json!(option)
        );
        for _ in 0..20 {
            match eval(self.page, &chosen).await?.as_str() {
                Some("chosen") => return Ok(()),
                Some("here") => self.press(" ").await?,
                _ => self.press(Key::Down + "").await?,
            }
        }
        Err(format!("the arrows do not lead to “{option}”").into())
    }

    /// Finds something in a catalogue: letters, the first arrow, Enter.
    async fn look_up(&mut self, name: &str, letters: &str, found: &str) -> Result {
        self.type_in(name, letters).await?;
        find(self.page, "[role=option]").await?;
        self.press(Key::Down + "").await?;
        until(self.page, "return !!document.activeElement.getAttribute('aria-activedescendant');").await?;
        self.press(Key::Enter + "").await?;
        until(self.page, &format!("return document.activeElement.value.includes({});", json!(found))).await
    }

    /// Goes to a button or link and presses Enter; the page with that heading comes.
    async fn go_by(&mut self, name: &str, heading: &str) -> Result {
        self.tab_to(name).await?;
        self.press(Key::Enter + "").await?;
        let arrived = format!(
            "return document.querySelector('h1')?.innerText === {} && document.activeElement.tagName === 'H1';",
            json!(heading)
        );
        until(self.page, &arrived).await
    }
}

/// At 0.28 s a key, an average typist by the keystroke-level model, four minutes are this many keys.
const KEYS_IN_FOUR_MINUTES: usize = 857;

#[tokio::test]
async fn the_form_is_filled_by_keyboard_alone() -> Result {
    with_browser(async |page| {
        let server = Server::start(&dist()?)?;
        let wide = json!({ "width": 1280, "height": 800, "deviceScaleFactor": 1, "mobile": false });
        page.cdp().send_raw("Emulation.setDeviceMetricsOverride", wide).await?;
        page.goto(&server.url).await?;
        find(page, "#begin").await?;
        let mut typist = Typist { page, n_keys: 0 };

        typist.go_by("开始新的申报", "选择申报类别和班期").await?;
        typist.choose("申报类别", "考评员").await?;
        typist.choose("培训班或补考", "2026年11月").await?;
        typist.go_by("下一步", "自查申报条件").await?;
        // The steps stand before the page.
        typist.back_to("填表").await?;
        typist.press(Key::Enter + "").await?;
        until(
            page,
            "return document.activeElement.tagName === 'H1' && document.activeElement.innerText === '填写申报表';",
        )
        .await?;
        typist.go_by("个人信息", "个人信息").await?;

        typist.compose("姓名", &[("ouyang", "欧阳"), ("shili", "示例")]).await?;
        typist.type_in("身份证号", "510703 19850312 0017").await?;
        typist.tab_to("按身份证号填写：男").await?;
        typist.press(Key::Enter + "").await?;
        until(page, "return document.activeElement.id === 'undo';").await?;
        typist.tab_to("按身份证号填写：1985年3月12日").await?;
        typist.press(Key::Enter + "").await?;
        until(page, "return document.activeElement.id === 'undo';").await?;
        typist.look_up("民族", "hz", "汉族").await?;
        typist.type_in("联系电话", "13800000000").await?;
        typist.tab_to("保存并继续").await?;
        typist.press(Key::Enter + "").await?;
        // The number could be written more neatly: seen once, then on.
        see(page, "可以写得更规整").await?;
        typist.press(Key::Enter + "").await?;
        until(page, "return document.querySelector('h1').innerText === '工作情况';").await?;

        let unit: &[(&str, &str)] = &[("shili", "示例"), ("zhiye", "职业"), ("jishu", "技术"), ("xueyuan", "学院")];
        typist.compose("工作单位", unit).await?;
        typist.compose("职务（岗位）", &[("jiaoshi", "教师")]).await?;
        typist.type_in("参加工作日期", "2008.7.1").await?;
        typist.type_in("本职业工作年限", "12").await?;
        typist.tab_to("添加一段经历").await?;
        typist.press(Key::Enter + "").await?;
        until(page, "return document.activeElement.id === 'f-resume--r1-from';").await?;
        page.action_chain().send_keys("2008.7").perform().await?;
        typist.n_keys += 6;
        typist.compose("单位", unit).await?;
        typist.go_by("保存并继续", "证书与职称").await?;

        typist.choose("证书类别", "职业技能等级证书").await?;
        typist.choose("证书等级", "三级/高级工").await?;
        typist.compose("证书职业（工种）", &[("hangong", "焊工")]).await?;
        typist.type_in("证书编号", "Y000051001064243000001").await?;
        typist.type_in("发证日期", "2024-6-18").await?;
        typist.choose("职称层级", "没有职称").await?;
        typist.go_by("保存并继续", "申报职业").await?;

        typist.look_up("申报职业代码", "hangong", "焊工").await?;
        typist.go_by("保存并继续", "推荐单位").await?;

        typist.compose("推荐单位", unit).await?;
        typist.choose("推荐单位类型", "属地评价机构").await?;
        typist.look_up("推荐单位所在市（州）", "my", "绵阳市").await?;
        typist.choose("推荐单位备案状态", "已完成备案").await?;
        typist.compose("参保单位", unit).await?;
        typist.compose("聘用协议单位", unit).await?;
        typist.go_by("保存并继续", "填写申报表").await?;

        // Every section is done, and what was entered is what was meant.
        let open = "return [...document.querySelectorAll('main li')].map((e) => e.innerText)
            .filter((t) => t.includes('需处理') || t.includes('未开始'));";
        assert_eq!(eval(page, open).await?, json!([]));
        assert!(typist.n_keys < KEYS_IN_FOUR_MINUTES, "{} keys are more than four minutes", typist.n_keys);
        drop(server);
        Ok(())
    })
    .await
}
