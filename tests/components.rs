//! The widgets as HTML: labels, references between elements, order, words.
//!
//! Effects do not run here; drafts, focus and input methods are tested in a browser.

#![allow(clippy::unwrap_used, reason = "a test may fail")]

use std::collections::BTreeSet;
use std::rc::Rc;

use expect_test::{Expect, expect};
use precheck::ui::widgets::*;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
struct HostProps {
    content: Html,
}

#[component]
fn Host(props: &HostProps) -> Html {
    props.content.clone()
}

fn render(content: Html) -> String {
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    let renderer = yew::LocalServerRenderer::<Host>::with_props(HostProps { content }).hydratable(false);
    tokio::task::LocalSet::new().block_on(&runtime, renderer.render())
}

/// One tag per line, so that expectations can be read.
fn by_line(html: &str) -> String {
    html.replace('<', "\n<").replace("\n</", "</").trim_start().to_owned() + "\n"
}

#[track_caller]
fn check(content: Html, expected: Expect) {
    expected.assert_eq(&by_line(&render(content)));
}

fn attributes(html: &str, name: &str) -> Vec<String> {
    let needle = format!(" {name}=\"");
    html.split(&needle).skip(1).filter_map(|rest| rest.split('"').next()).map(str::to_owned).collect()
}

fn nothing<T: 'static>() -> Callback<T> {
    Callback::noop()
}

fn yes_no() -> Rc<Vec<Choice>> {
    Rc::new(vec![Choice::new("yes", "是"), Choice::new("no", "否").with_hint("尚未提交备案")])
}

fn cities() -> Rc<Vec<SelectEntry>> {
    Rc::new(vec![
        Choice::new("510100", "成都市").into(),
        SelectEntry::Group("其他市（州）".into(), vec![Choice::new("510700", "绵阳市")]),
    ])
}

#[test]
fn text_field_alone() {
    check(
        html! { <TextField id="name" label="姓名" value="张三" on_commit={nothing()} width={FieldWidth::Medium} /> },
        expect![[r#"
            <div class="field">
            <label for="name" class="field__label">姓名</label>
            <div class="field__words"></div>
            <input value="张三" id="name" type="text" autocomplete="off" spellcheck="false" class="text-box text-box--medium">
            <div class="field__after"></div></div>
        "#]],
    );
}

#[test]
fn text_field_order_is_label_hint_error_control() {
    check(
        html! {
            <TextField id="phone" label="手机号码" value="139" on_commit={nothing()} hint="11 位" limit={2}
                error="手机号码应为 11 位" warning="与单位电话相同" reading="139" inputmode="tel" autocomplete="tel" />
        },
        expect![[r#"
            <div class="field field--error">
            <label for="phone" class="field__label">手机号码</label>
            <div class="field__words">
            <p id="phone-hint" class="field__hint">11 位</p>
            <p id="phone-error" class="field__error">
            <span class="visually-hidden">错误：</span>手机号码应为 11 位</p>
            <p id="phone-warning" class="field__warning">
            <span class="visually-hidden">注意：</span>与单位电话相同</p></div>
            <input value="139" id="phone" type="text" inputmode="tel" autocomplete="tel" spellcheck="false" aria-describedby="phone-hint phone-error phone-warning phone-count phone-reading" aria-invalid="true" class="text-box text-box--full">
            <div class="field__after">
            <p id="phone-count" class="field__count field__count--over">超出 1 字（最多 2 字）</p>
            <p id="phone-reading" class="field__reading">139</p></div></div>
        "#]],
    );
}

#[test]
fn text_is_escaped() {
    let html = render(html! {
        <TextField id="name" label="<b>" value={"\"><script>"} on_commit={nothing()} />
    });
    assert!(!html.contains("<script>") && !html.contains("<b>"), "{html}");
}

#[test]
fn text_area_counts_characters() {
    check(
        html! { <TextArea id="opinion" label="推荐意见" value="同意\r\n推荐" on_commit={nothing()} limit={200} optional=true /> },
        expect![[r#"
            <div class="field">
            <label for="opinion" class="field__label">推荐意见
            <span class="field__optional">（选填）</span></label>
            <div class="field__words"></div>
            <textarea id="opinion" rows="5" autocomplete="off" spellcheck="false" aria-describedby="opinion-count" class="text-box text-box--area text-box--full">同意
            推荐</textarea>
            <div class="field__after">
            <p id="opinion-count" class="field__count">已输入 5 字，最多 200 字</p></div></div>
        "#]],
    );
}

#[test]
fn date_field_shows_an_example() {
    check(
        html! { <DateField id="from" label="入职年月" kind={DateKind::Month} on_commit={nothing()} reading="1985年3月" /> },
        expect![[r#"
            <div class="field">
            <label for="from" class="field__label">入职年月</label>
            <div class="field__words">
            <p id="from-hint" class="field__hint">例如 1985-03</p></div>
            <input value="" id="from" type="text" autocomplete="off" spellcheck="false" aria-describedby="from-hint from-reading" class="text-box text-box--short">
            <div class="field__after">
            <p id="from-reading" class="field__reading">1985年3月</p></div></div>
        "#]],
    );
}

#[test]
fn select_without_answer_selects_the_placeholder() {
    check(
        html! { <SelectField id="city" label="所在市（州）" options={cities()} on_choose={nothing()} /> },
        expect![[r#"
            <div class="field">
            <label for="city" class="field__label">所在市（州）</label>
            <div class="field__words"></div>
            <select id="city" autocomplete="off" class="select-box">
            <option value="" selected="selected">未选择</option>
            <option value="510100">成都市</option>
            <optgroup label="其他市（州）">
            <option value="510700">绵阳市</option></optgroup></select></div>
        "#]],
    );
}

#[test]
fn select_selects_exactly_one() {
    for value in ["", "510100", "510700", "999999"] {
        let html = render(html! {
            <SelectField id="city" label="所在市（州）" {value} options={cities()} on_choose={nothing()} />
        });
        assert_eq!(html.matches(" selected").count(), 1, "{value}: {html}");
        assert_eq!(html.contains("（不在列表中）"), value == "999999");
    }
}

#[test]
fn radio_group_first_answer_has_the_groups_id() {
    check(
        html! {
            <RadioGroup id="filed" label="单位已备案？" options={yes_no()} value="no"
                on_choose={nothing()} on_clear={nothing()} error="选择一项" inline=true />
        },
        expect![[r#"
            <fieldset aria-describedby="filed-error" class="field field--error">
            <legend class="field__label">单位已备案？</legend>
            <div class="field__words">
            <p id="filed-error" class="field__error">
            <span class="visually-hidden">错误：</span>选择一项</p></div>
            <div class="choices choices--inline">
            <div class="choice">
            <input value="yes" id="filed" type="radio" name="filed" class="choice__input">
            <label for="filed" class="choice__label">是</label></div>
            <div class="choice">
            <input value="no" checked id="filed-2" type="radio" name="filed" aria-describedby="filed-2-note" class="choice__input">
            <label for="filed-2" class="choice__label">否</label>
            <p id="filed-2-note" class="choice__hint">尚未提交备案</p></div></div>
            <p class="field__clear">
            <button type="button" class="button button--link">清除选择
            <span class="visually-hidden">：单位已备案？</span></button></p></fieldset>
        "#]],
    );
}

#[test]
fn radio_group_without_answer_has_nothing_to_clear() {
    let html = render(html! {
        <RadioGroup id="filed" label="单位已备案？" options={yes_no()} on_choose={nothing()} on_clear={nothing()} />
    });
    assert!(!html.contains("清除选择") && !html.contains(" checked"), "{html}");
}

#[test]
fn checkbox_in_a_group() {
    check(
        html! {
            <FieldGroup id="confirm" label="逐条确认" hint="对照附件1">
                <CheckboxField id="confirm-a" label="年限符合" checked=true on_toggle={nothing()} error="请核对年限" />
            </FieldGroup>
        },
        expect![[r#"
            <fieldset aria-describedby="confirm-hint" class="field">
            <legend class="field__label">逐条确认</legend>
            <div class="field__words">
            <p id="confirm-hint" class="field__hint">对照附件1</p></div>
            <div class="field__body">
            <div class="field field--error field--tick">
            <div class="choice">
            <input checked id="confirm-a" type="checkbox" aria-describedby="confirm-a-error" aria-invalid="true" class="choice__input">
            <label for="confirm-a" class="choice__label">年限符合</label></div>
            <div class="field__words">
            <p id="confirm-a-error" class="field__error">
            <span class="visually-hidden">错误：</span>请核对年限</p></div></div></div></fieldset>
        "#]],
    );
}

#[test]
fn suggest_field_is_a_closed_combobox_at_first() {
    let options =
        vec![Suggestion {
            value: "4-07-03-04".into(), label: "企业人力资源管理师".into(), note: None
        }];
    check(
        html! {
            <SuggestField id="occupation" label="申报职业" options={Rc::new(options)}
                on_query={nothing()} on_choose={nothing()} />
        },
        expect![[r#"
            <div class="field">
            <label for="occupation" class="field__label">申报职业</label>
            <div class="field__words"></div>
            <div class="suggest">
            <input value="" id="occupation" type="text" role="combobox" autocomplete="off" spellcheck="false" aria-autocomplete="list" aria-expanded="false" aria-controls="occupation-listbox" class="text-box text-box--full">
            <ul id="occupation-listbox" role="listbox" aria-label="申报职业" hidden="hidden" class="suggest__list"></ul>
            <p role="status" class="suggest__status"></p></div>
            <div class="field__after"></div></div>
        "#]],
    );
}

#[test]
fn buttons_never_submit_and_are_never_disabled() {
    check(
        html! {
            <>
                <Button variant={ButtonVariant::Primary} onclick={nothing()}>{ "继续" }</Button>
                <Button onclick={nothing()} busy=true hidden_text="身份证">{ "删除" }</Button>
                <a class={ButtonVariant::Primary} href="#/check">{ "开始自查" }</a>
            </>
        },
        expect![[r##"
            <button type="button" class="button button--primary">继续</button>
            <button type="button" aria-disabled="true" class="button button--secondary">删除
            <span class="visually-hidden">：身份证</span></button>
            <a href="#/check" class="button button--primary">开始自查</a>
        "##]],
    );
}

#[test]
fn banners_say_their_kind() {
    check(
        html! {
            <>
                <Banner title="可离线使用" live=false />
                <Banner kind={BannerKind::Error} title="未能保存"><p>{ "请先导出。" }</p></Banner>
            </>
        },
        expect![[r#"
            <div class="banner banner--info">
            <p class="banner__title">
            <span class="banner__kind">提示</span>可离线使用</p>
            <div class="banner__body"></div></div>
            <div role="alert" class="banner banner--error">
            <p class="banner__title">
            <span class="banner__kind">出错</span>未能保存</p>
            <div class="banner__body">
            <p>请先导出。</p></div></div>
        "#]],
    );
}

#[test]
fn error_summary_links_to_controls() {
    let link = |target: &'static str, message: &'static str| SummaryLink {
        target: target.into(),
        message: message.into(),
    };
    let items = Rc::new(vec![link("name", "填写姓名"), link("phone", "手机号码应为 11 位")]);
    check(
        html! { <ErrorSummary {items} revision={1} /> },
        expect![[r##"
        <div tabindex="-1" aria-labelledby="error-summary-title" class="error-summary">
        <div role="alert">
        <h2 id="error-summary-title" class="error-summary__title">有 2 处需要处理</h2>
        <ul class="error-summary__list">
        <li>
        <a href="#name" class="error-summary__link">填写姓名</a></li>
        <li>
        <a href="#phone" class="error-summary__link">手机号码应为 11 位</a></li></ul></div></div>
    "##]],
    );
}

#[test]
fn error_summary_of_nothing_is_nothing() {
    assert_eq!(render(html! { <ErrorSummary items={Rc::new(Vec::new())} /> }), "");
}

#[test]
fn task_list_rows() {
    check(
        html! {
            <TaskList>
                <TaskItem id="t1" title="个人信息" href="#/form/person" hint="12 项" status="已完成" tone={Tone::Done} />
                <TaskItem id="t2" title="导出材料包" status="暂不能开始" />
            </TaskList>
        },
        expect![[r##"
            <ul role="list" class="task-list">
            <li class="task-item task-item--linked">
            <div class="task-item__name">
            <a href="#/form/person" aria-describedby="t1-hint t1-status" class="task-item__link">个人信息</a>
            <p id="t1-hint" class="task-item__hint">12 项</p></div>
            <div class="task-item__status">
            <strong id="t1-status" class="status-tag status-tag--done">已完成</strong></div></li>
            <li class="task-item">
            <div class="task-item__name">
            <span>导出材料包</span></div>
            <div class="task-item__status">
            <strong id="t2-status" class="status-tag status-tag--neutral">暂不能开始</strong></div></li></ul>
        "##]],
    );
}

#[test]
fn summary_list_rows() {
    check(
        html! {
            <SummaryList>
                <SummaryRow label="姓名" value="张三" href="#/form/person" />
                <SummaryRow label="职称" value=""><StatusTag text="待核实" tone={Tone::Warning} /></SummaryRow>
            </SummaryList>
        },
        expect![[r##"
            <dl class="summary-list">
            <div class="summary-list__row">
            <dt class="summary-list__key">姓名</dt>
            <dd class="summary-list__value">
            <span class="summary-list__text">张三</span></dd>
            <dd class="summary-list__action">
            <a href="#/form/person">更改
            <span class="visually-hidden">：姓名</span></a></dd></div>
            <div class="summary-list__row">
            <dt class="summary-list__key">职称</dt>
            <dd class="summary-list__value">
            <span class="summary-list__empty">未填写</span>
            <strong class="status-tag status-tag--warning">待核实</strong></dd></div></dl>
        "##]],
    );
}

#[test]
fn dialog_starts_on_the_harmless_button() {
    check(
        html! {
            <Dialog id="delete" open=false title="删除这份草稿？" confirm="删除" warning=true
                on_confirm={nothing()} on_cancel={nothing()}>
                <p>{ "删除后无法恢复。" }</p>
            </Dialog>
        },
        expect![[r#"
            <dialog id="delete" aria-labelledby="delete-title" aria-describedby="delete-body" class="dialog">
            <h2 id="delete-title" class="dialog__title">删除这份草稿？</h2>
            <div id="delete-body" class="dialog__body">
            <p>删除后无法恢复。</p></div>
            <div class="cluster">
            <button type="button" class="button button--warning">删除</button>
            <button type="button" autofocus="autofocus" class="button button--secondary">取消</button></div></dialog>
        "#]],
    );
}

#[test]
fn file_drop_is_a_native_input() {
    check(
        html! {
            <FileDrop id="id-card" label="身份证" hint="JPG 或 PDF" accept=".jpg,.pdf" multiple=true on_files={nothing()} />
        },
        expect![[r#"
            <div class="field">
            <label for="id-card" class="field__label">身份证</label>
            <div class="field__words">
            <p id="id-card-hint" class="field__hint">JPG 或 PDF</p></div>
            <div class="file-drop">
            <input id="id-card" type="file" accept=".jpg,.pdf" aria-describedby="id-card-hint" multiple="multiple" class="file-drop__input">
            <p aria-hidden="true" class="file-drop__note">或将文件拖到此处</p></div></div>
        "#]],
    );
}

#[test]
fn step_nav_marks_the_current_step() {
    let step = |label: &'static str, href: Option<&'static str>, state| Step {
        label: label.into(),
        href: href.map(AttrValue::from),
        state,
    };
    let steps = Rc::new(vec![
        step("选择类别", Some("#/track"), StepState::Done),
        step("自查", Some("#/check"), StepState::Active),
        step("导出", None, StepState::Locked),
    ]);
    check(
        html! { <StepNav {steps} current={Some(1)} /> },
        expect![[r##"
        <nav aria-label="办理步骤" class="step-nav">
        <button type="button" aria-expanded="false" aria-controls="steps" class="step-nav__bar">第 2 步，共 3 步：自查</button>
        <ol id="steps" class="step-nav__list step-nav__list--folded">
        <li class="step-nav__item step-nav__item--done">
        <a href="#/track" class="step-nav__link">
        <span class="step-nav__label">选择类别</span>
        <span class="step-nav__state">
        <span class="visually-hidden">：</span>已完成</span></a></li>
        <li class="step-nav__item step-nav__item--active">
        <a href="#/check" aria-current="step" class="step-nav__link">
        <span class="step-nav__label">自查</span>
        <span class="step-nav__state">
        <span class="visually-hidden">：</span>进行中</span></a></li>
        <li class="step-nav__item step-nav__item--locked">
        <span class="step-nav__link">
        <span class="step-nav__label">导出</span>
        <span class="step-nav__state">
        <span class="visually-hidden">：</span>暂不能开始</span></span></li></ol></nav>
    "##]],
    );
}

#[test]
fn small_pieces() {
    check(
        html! {
            <>
                <SkipLink />
                <PageTitle text="自查" caption="考评员" />
                <Progress id="filled" text="已填 12 项，共 30 项" value={12} max={30} />
                <SaveState text="已保存 10:32" />
                <ClauseNote locator="一、（六）1" gist="由已备案的单位推荐。" href="#/pack/1.6.1" />
                <Details summary="为什么要问？"><p>{ "因为通知要求。" }</p></Details>
                <VisuallyHidden>{ "隐藏" }</VisuallyHidden>
            </>
        },
        expect![[r##"
            <a href="#main" class="skip-link">跳到主要内容</a>
            <div class="page-title">
            <p class="page-title__caption">考评员</p>
            <h1 tabindex="-1" class="page-title__heading">自查</h1></div>
            <div class="progress">
            <p id="filled" class="progress__text">已填 12 项，共 30 项</p>
            <progress max="30" aria-labelledby="filled" value="12" class="progress__bar"></progress></div>
            <p role="status" class="save-state save-state--saved">已保存 10:32</p>
            <div role="note" aria-label="依据：一、（六）1" class="clause-note">
            <p class="clause-note__locator">
            <span class="clause-note__word">依据</span>一、（六）1</p>
            <p class="clause-note__gist">由已备案的单位推荐。</p>
            <p class="clause-note__more">
            <a href="#/pack/1.6.1">查看条款
            <span class="visually-hidden">：一、（六）1</span></a></p></div>
            <details class="details">
            <summary class="details__summary">为什么要问？</summary>
            <div class="details__body">
            <p>因为通知要求。</p></div></details>
            <span class="visually-hidden">隐藏</span>
        "##]],
    );
}

/// All controls on one page, each with everything it can say.
fn everything() -> Html {
    let steps = Rc::new(vec![
        Step { label: "选择类别和班期".into(), href: Some("#/track".into()), state: StepState::Done },
        Step { label: "资格自查".into(), href: Some("#/check".into()), state: StepState::Active },
        Step { label: "填写申报表".into(), href: Some("#/form".into()), state: StepState::Problem },
        Step { label: "材料".into(), href: Some("#/materials".into()), state: StepState::Todo },
        Step { label: "导出".into(), href: None, state: StepState::Locked },
    ]);
    let suggestions = Rc::new(vec![Suggestion {
        value: "4-07-03-04".into(),
        label: "企业人力资源管理师".into(),
        note: Some("4-07-03-04".into()),
    }]);
    let items = Rc::new(vec![
        SummaryLink { target: "name".into(), message: "填写姓名".into() },
        SummaryLink { target: "filed".into(), message: "选择单位是否已备案".into() },
    ]);
    html! {
        <div class="page">
            <SkipLink />
            <header class="page__header">
                <a class="page__brand" href="#/">{ "申报预检" }</a>
                <SaveState text="已保存 10:32" />
            </header>
            <div class="page__steps"><StepNav {steps} current={Some(1)} /></div>
            <main id="main" class="page__main stack" tabindex="-1">
                <ErrorSummary {items} revision={1} />
                <PageTitle text="资格自查" caption="考评员 · 2026 年 7 月班" has_errors=true />
                <Progress id="filled" text="已答 6 题，共 9 题" value={6} max={9} />
                <Banner kind={BannerKind::Info} title="所填内容只保存在本机" live=false />
                <Banner kind={BannerKind::Success} title="已导入 12 份草稿" />
                <Banner kind={BannerKind::Warning} title="本机存储空间不足"><p>{ "请先导出材料包，再添加附件。" }</p></Banner>
                <Banner kind={BannerKind::Error} title="未能保存"><p>{ "已填内容仍在本页。" }</p></Banner>
                <TextField id="name" label="姓名" on_commit={nothing()} hint="与身份证一致" error="填写姓名"
                    width={FieldWidth::Medium} />
                <TextField id="id-number" label="身份证号码" value="510107198503011234" on_commit={nothing()}
                    warning="与出生日期不一致" reading="510107 19850301 1234" width={FieldWidth::Medium} />
                <DateField id="birth" label="出生日期" value="1985-03-01" on_commit={nothing()} reading="1985年3月1日" />
                <TextArea id="opinion" label="推荐意见" value="同意推荐。" on_commit={nothing()} limit={3} optional=true />
                <SelectField id="city" label="所在市（州）" value="510700" options={cities()} on_choose={nothing()} />
                <RadioGroup id="filed" label="所在单位是否已完成备案？" options={yes_no()} value="no"
                    on_choose={nothing()} on_clear={nothing()} error="选择单位是否已备案" hint="以备案回执为准" />
                <RadioGroup id="sex" label="性别" inline=true on_choose={nothing()}
                    options={Rc::new(vec![Choice::new("female", "女"), Choice::new("male", "男")])} />
                <FieldGroup id="confirm" label="对照附件1逐条确认" hint="附件1未公开正文">
                    <CheckboxField id="confirm-a" label="工作年限符合附件1" checked=true on_toggle={nothing()} />
                    <CheckboxField id="confirm-b" label="职业技能等级符合附件1" on_toggle={nothing()} hint="三级及以上" />
                </FieldGroup>
                <SuggestField id="occupation" label="申报职业" value="企业人力资源管理师" options={suggestions}
                    on_query={nothing()} on_choose={nothing()} reading="4-07-03-04 企业人力资源管理师" />
                <FileDrop id="id-card" label="身份证" hint="JPG、PNG 或 PDF" multiple=true on_files={nothing()} />
                <div class="cluster">
                    <Button variant={ButtonVariant::Primary} onclick={nothing()}>{ "保存并继续" }</Button>
                    <Button onclick={nothing()}>{ "导出草稿" }</Button>
                    <Button variant={ButtonVariant::Warning} onclick={nothing()}>{ "删除草稿" }</Button>
                    <Button variant={ButtonVariant::Link} onclick={nothing()}>{ "稍后再填" }</Button>
                </div>
                <h2>{ "任务" }</h2>
                <TaskList>
                    <TaskItem id="t1" title="个人信息" href="#/a" hint="12 项" status="已完成" tone={Tone::Done} />
                    <TaskItem id="t2" title="工作经历" href="#/b" status="进行中" tone={Tone::Active} />
                    <TaskItem id="t3" title="证书" href="#/c" status="需处理" tone={Tone::Problem} />
                    <TaskItem id="t4" title="材料" href="#/d" status="待核实" tone={Tone::Warning} />
                    <TaskItem id="t5" title="导出材料包" status="暂不能开始" />
                </TaskList>
                <h2>{ "核对" }</h2>
                <SummaryList>
                    <SummaryRow label="姓名" value="张三" href="#/form/person" />
                    <SummaryRow label="通信地址" value="四川省成都市武侯区示例路 1 号 2 栋 3 单元 401 室" href="#/form/person" />
                    <SummaryRow label="职称" href="#/form/title"><StatusTag text="待核实" tone={Tone::Warning} /></SummaryRow>
                </SummaryList>
                <Details summary="为什么要问这个？" open=true><p>{ "通知要求推荐单位已备案。" }</p></Details>
            </main>
            <div class="page__aside">
                <ClauseNote locator="一、（六）1" gist="由已在省内备案、且备案在有效期内的单位推荐。" href="#/pack/1.6.1" />
            </div>
            <footer class="page__footer"><p>{ "可离线使用 · 版本 0.1.0 · 规则 sichuan-2026" }</p></footer>
            <Dialog id="delete" open=false title="删除这份草稿？" confirm="删除" warning=true
                on_confirm={nothing()} on_cancel={nothing()}>
                <p>{ "删除后无法恢复。" }</p>
            </Dialog>
        </div>
    }
}

#[test]
fn ids_are_unique_and_references_have_targets() {
    let html = render(everything());
    let ids = attributes(&html, "id");
    let set: BTreeSet<&str> = ids.iter().map(String::as_str).collect();
    assert_eq!(set.len(), ids.len(), "an id occurs twice in {ids:?}");
    for name in ["for", "aria-describedby", "aria-labelledby", "aria-controls"] {
        for reference in attributes(&html, name) {
            for id in reference.split(' ') {
                assert!(set.contains(id), "{name}={id} has no target");
            }
        }
    }
    // Links within the page go to controls; routes begin with a slash.
    for href in attributes(&html, "href").iter().filter_map(|href| href.strip_prefix('#')) {
        assert!(href.starts_with('/') || set.contains(href), "#{href} has no target");
    }
}

#[test]
fn nothing_is_styled_inline_or_disabled() {
    let html = render(everything());
    for forbidden in [" style=", " disabled", " maxlength=", " required"] {
        assert!(!html.contains(forbidden), "{forbidden} in {html}");
    }
    assert_eq!(html.matches("<button").count(), html.matches("<button type=\"button\"").count());
}

fn day(year: i32, month: u32, day: u32) -> chrono::NaiveDate {
    chrono::NaiveDate::from_ymd_opt(year, month, day).unwrap()
}

fn year_of(spans: Vec<TimelineSpan>) -> String {
    let lanes = Rc::new(vec![TimelineLane { title: "培训班".into(), spans, marks: Vec::new() }]);
    render(html! {
        <Timeline id="year" title="2026年" from={day(2026, 1, 1)} to={day(2026, 12, 31)} today={Some(day(2026, 6, 15))} {lanes} />
    })
}

#[test]
fn a_timeline_is_a_picture_with_a_name_and_the_same_in_words() {
    let span = |from, to, label: &'static str| TimelineSpan {
        from,
        to,
        label: label.into(),
        detail: "细节".into(),
        tone: Tone::Done,
    };
    let html = year_of(vec![
        span(day(2026, 7, 1), day(2026, 7, 31), "7月"),
        span(day(2026, 3, 1), day(2026, 3, 31), "3月"),
        span(day(2027, 3, 1), day(2027, 3, 31), "明年3月"),
    ]);
    assert!(html.contains("role=\"img\"") && html.contains("aria-labelledby=\"year-title\""), "{html}");
    assert!(html.contains("id=\"year-title\""), "{html}");
    assert_eq!(html.matches("<rect").count(), 2, "what lies beyond the picture is not drawn: {html}");
    assert!(html.contains("今天"));
    let words: Vec<usize> =
        ["2026年3月1日 至 2026年3月31日", "2026年7月1日 至 2026年7月31日", "2027年3月1日 至 2027年3月31日"]
            .iter()
            .map(|words| html.find(words).unwrap_or_else(|| unreachable!("{words}")))
            .collect();
    assert!(words.is_sorted(), "the list is in the order of days: {html}");
    assert!(year_of(Vec::new()).contains("没有可显示的日期"));
}

#[test]
fn a_rule_tree_says_each_state_in_a_word() {
    let leaf = |key: &'static str, state, href: Option<&'static str>| TreeNode {
        key: key.into(),
        label: key.into(),
        detail: AttrValue::default(),
        state,
        href: href.map(AttrValue::from),
        is_deciding: key == "b",
        children: Vec::new(),
    };
    let mut root = leaf("root", TreeState::Holds, None);
    root.children = vec![
        leaf("a", TreeState::Off, None),
        leaf("b", TreeState::Holds, Some("#/x")),
        leaf("c", TreeState::Open, None),
        leaf("d", TreeState::Fails, None),
        leaf("e", TreeState::Review, None),
    ];
    let html = render(html! { <RuleTree label="规则图" nodes={Rc::new(vec![root])} /> });
    for word in ["满足", "不影响", "待确定", "不满足", "待认定"] {
        assert!(html.contains(&format!(">{word}</span>")), "{word}: {html}");
    }
    assert_eq!(html.matches("tree__node--deciding").count(), 1);
    assert!(html.contains("<a href=\"#/x\">b</a>") && html.contains("aria-label=\"规则图\""), "{html}");
}
