// Forms made with the npm package docx; see README.md. Run it in a folder where the package is installed.
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const docx = createRequire(join(process.cwd(), "x.js"))("docx");
const {
  AlignmentType, CheckBox, DeletedTextRun, Document, Footer, FootnoteReferenceRun, Header, InsertedTextRun, Packer, PageNumber,
  Paragraph, SymbolRun, Tab, TabStopType, Table, TableCell, TableRow, TextDirection, TextRun, UnderlineType, VerticalMergeType,
  WidthType,
} = docx;
const here = dirname(fileURLToPath(import.meta.url));
const { people, units } = JSON.parse(readFileSync(join(here, "people.json"), "utf8"));
const SEX = { male: "男", female: "女" };

class Form {
  constructor(name, features, track, isForm = true) {
    Object.assign(this, { name, fields: {}, about: { producer: "docx (npm)", features, track, is_form: isForm } });
  }
  v(path, shown, expected = shown) {
    this.fields[path] = expected;
    return shown;
  }
  async save(children, section = {}, options = {}) {
    const doc = new Document({
      creator: "", title: "", description: "", lastModifiedBy: "", ...options,
      styles: { default: { document: { run: { font: { ascii: "Calibri", eastAsia: "宋体" }, size: 21 } } } },
      sections: [{ ...section, children }],
    });
    writeFileSync(join(here, "..", `${this.name}.docx`), await Packer.toBuffer(doc));
    const data = { ...this.about, fields: this.fields };
    writeFileSync(join(here, "..", `${this.name}.json`), JSON.stringify(data, null, 2) + "\n");
  }
}

const run = (part) => (typeof part === "string" ? new TextRun(part) : part);
const line = (...parts) => new Paragraph({ children: parts.map(run) });
const under = (text) => new TextRun({ text, underline: { type: UnderlineType.SINGLE } });
const title = (text) =>
  new Paragraph({ alignment: AlignmentType.CENTER, spacing: { after: 200 }, children: [new TextRun({ text, bold: true, size: 36 })] });
const cell = (content, more = {}) =>
  new TableCell({
    children: Array.isArray(content) ? content : content.split("\n").map((text) => line(text)),
    margins: { left: 80, right: 80 }, ...more,
  });
const row = (...cells) => new TableRow({ children: cells.map((c) => (c instanceof TableCell ? c : cell(c))) });
const table = (...rows) => new Table({ width: { size: 100, type: WidthType.PERCENTAGE }, rows });
const month = (iso) => iso.slice(0, 7);
const zh = (iso) => {
  const [y, m, d] = iso.split("-").map(Number);
  return `${y}年${m}月` + (d ? `${d}日` : "");
};

async function plain() {
  const f = new Form("npm-docx-01-plain", ["two-column form", "resume one column", "label with colon"], "examiner");
  const p = people[43];
  f.fields.resume = [
    { from: "2011-07", to: "2017-06", unit: "示例电器厂", position: "维修电工" },
    { from: "2017-07", unit: units.auto[0], position: "电工电子教研组长" },
  ];
  await f.save([
    title("四川省技能人才评价考评员申报表"),
    table(
      row("姓名：", f.v("person.name", p.name), "性别：", f.v("person.sex", SEX[p.sex], p.sex)),
      row("出生年月：", f.v("person.birth_date", zh(month(p.birth)), month(p.birth)), "文化程度：", f.v("person.education", "大学本科毕业", "21")),
      row("身份证号码：", f.v("person.id_number", p.id), "手机号码：", f.v("person.phone", p.phone)),
      row("工作单位：", f.v("work.unit", units.auto[0]), "岗位：", f.v("work.position", "电工电子教研组长")),
      row("申报职业：", f.v("apply.occupation", "电工"), "职业编码：", f.v("apply.occupation_code", "6-31-01-03")),
    ),
    line(""),
    table(
      row("时间", "工作单位", "职务"),
      row("2011.07—2017.06", "示例电器厂", "维修电工"),
      row("2017.07—至今", units.auto[0], "电工电子教研组长"),
    ),
  ]);
}

async function spans() {
  const f = new Form("npm-docx-02-spans", ["gridSpan", "vMerge by rowSpan", "section rows", "photo cell"], "senior_examiner");
  const p = people[44];
  await f.save([
    title("高级考评员申报表"),
    table(
      row(cell("一、个人基本情况", { columnSpan: 5 })),
      row("姓　名", f.v("person.name", p.name), "性　别", f.v("person.sex", SEX[p.sex], p.sex), cell("照\n片", { rowSpan: 3 })),
      row("出生日期", f.v("person.birth_date", p.birth.replaceAll("-", "."), p.birth), "民　族", f.v("person.ethnic_group", "汉", "01")),
      row("证件类型", f.v("person.id_type", "身份证", "resident_id"), "证件号码", f.v("person.id_number", p.id)),
      row(cell("二、现持考评员证卡", { columnSpan: 5 })),
      row("证卡编号", cell(f.v("examiner_card.number", "川KP-2020-0093"), { columnSpan: 2 }), "使用区域", f.v("examiner_card.area", "全省", "province")),
      row("发证日期", cell(f.v("examiner_card.issued_on", "2020.10.09", "2020-10-09"), { columnSpan: 2 }), "有效期至",
        f.v("examiner_card.expires_on", "2026.10.08", "2026-10-08")),
      row(cell("三、申报", { columnSpan: 5 })),
      row("申报职业（工种）", cell(f.v("apply.occupation", "美容师"), { columnSpan: 2 }), "申报职业代码", f.v("apply.occupation_code", "4-10-03-01")),
      row("推荐单位（盖章）", cell(f.v("unit.name", "示例美业职业培训学校"), { columnSpan: 4 })),
    ),
  ]);
}

async function boxes() {
  const f = new Form("npm-docx-03-check-boxes", ["w14:checkbox by CheckBox", "check boxes before the words"], "inspector");
  const p = people[45];
  const box = (on) => new CheckBox({ checked: on, checkedState: { value: "2611", font: "Segoe UI Symbol" }, uncheckedState: { value: "2610", font: "Segoe UI Symbol" } });
  f.v("person.sex", "", p.sex);
  f.v("inspector.kind", "", "head");
  f.v("inspector.stable_employment", "", true);
  f.v("unit.filing", "", "submitted");
  await f.save([
    title("质量督导员申报表"),
    table(
      row("姓名", f.v("person.name", p.name), "性别", cell([line(box(p.sex === "male"), "男 ", box(p.sex === "female"), "女")])),
      row("身份证号", f.v("person.id_number", p.id), "手机", f.v("person.phone", p.phone)),
      row("申报人身份", cell([
        line(box(false), "人社部门工作人员"), line(box(true), "评价机构或备案单位的负责人"), line(box(false), "评价机构或备案单位的管理人员"),
      ], { columnSpan: 3 })),
      row("稳定劳动关系", cell([line(box(true), "有  ", box(false), "无")], { columnSpan: 3 })),
      row("推荐单位", f.v("unit.name", units.food[0]), "信用代码", f.v("unit.credit_code", units.food[2])),
      row("推荐单位备案状态", cell([
        line(box(false), "已完成备案  ", box(false), "已提交备案材料并已正式受理"), line(box(true), "已提交备案材料，尚未正式受理  ", box(false), "未提交备案材料"),
      ], { columnSpan: 3 })),
    ),
  ]);
}

async function inner() {
  const f = new Form("npm-docx-04-nested", ["nested tables", "vertical text", "resume two columns"], "examiner");
  const p = people[46];
  f.fields.resume = [
    { from: "2007-09", to: "2013-08", unit: "示例职业高级中学", position: "教师" },
    { from: "2013-09", to: "2020-12", unit: units.jishi[0], position: "实训指导教师" },
    { from: "2021-01", unit: units.jishi[0], position: "继续教育学院副院长" },
  ];
  await f.save([
    title("考评员申报表"),
    table(
      row(cell("基本情况", { textDirection: TextDirection.TOP_TO_BOTTOM_RIGHT_TO_LEFT }), cell([table(
        row("姓名", f.v("person.name", p.name), "身份证号", f.v("person.id_number", p.id)),
        row("联系电话", f.v("person.phone", p.phone), "参加工作日期", f.v("work.started_on", "2007年9月", "2007-09")),
        row("工作单位", f.v("work.unit", units.jishi[0]), "职务", f.v("work.position", "继续教育学院副院长")),
      ), line("")])),
      row(cell("工作简历", { textDirection: TextDirection.TOP_TO_BOTTOM_RIGHT_TO_LEFT }), cell([table(
        row("自何年何月", "至何年何月", "在何单位", "任何职"),
        row("2007年9月", "2013年8月", "示例职业高级中学", "教师"),
        row("2013年9月", "2020年12月", units.jishi[0], "实训指导教师"),
        row("2021年1月", "至今", units.jishi[0], "继续教育学院副院长"),
        row("", "", "", ""),
      ), line("")])),
      row("申报职业", f.v("apply.occupation", "中式烹调师")),
    ),
  ]);
}

async function tabs() {
  const f = new Form("npm-docx-05-tabs-and-underlines", ["plain paragraphs", "tabs", "underlined values", "several fields in a line"], "special_examiner");
  const p = people[47];
  const para = (...parts) =>
    new Paragraph({
      spacing: { after: 120 }, tabStops: [{ type: TabStopType.LEFT, position: 4600 }],
      children: parts.map((part) => (part === "\t" ? new TextRun({ children: [new Tab()] }) : run(part))),
    });
  await f.save([
    title("专项职业能力考评员报名表"),
    para("申请人姓名", under(`   ${f.v("person.name", p.name)}   `), "\t", "性别", under(`   ${f.v("person.sex", SEX[p.sex], p.sex)}   `)),
    para("出生年月日", under(`  ${f.v("person.birth_date", zh(p.birth), p.birth)}  `), "\t", "电话", under(` ${f.v("person.phone", p.phone)} `)),
    para("身份证号码", under(`  ${f.v("person.id_number", p.id)}  `), "\t", "学历", under("              ")),
    para("职称名称", under(`  ${f.v("title.name", "助理农艺师")}  `), "\t", "职称层级", under(`  ${f.v("title.level", "助理级", "assistant")}  `)),
    para("申报项目（专项职业能力考核项目）", under(`   ${f.v("apply.special_project", "示例手工竹编制作")}   `)),
    para("工作单位", under(`   ${f.v("work.unit", "示例县竹编专业合作社")}   `)),
  ]);
}

async function tracked() {
  const f = new Form("npm-docx-06-tracked-changes", ["w:ins", "w:del", "symbols of a font"], "examiner");
  const p = people[48];
  const who = { author: "审核", date: "2026-03-01T10:00:00Z" };
  const man = p.sex === "male";
  const tick = (on) => new SymbolRun({ char: on ? "F0FE" : "F0A8", symbolfont: "Wingdings" });
  f.v("person.sex", "", p.sex);
  f.v("person.id_number", p.id);
  await f.save([
    title("考评员申报表"),
    table(
      row("姓名", cell([line(f.v("person.name", p.name), new DeletedTextRun({ text: "（曾用名）", id: 1, ...who }))]), "性别",
        cell([line(tick(man), "男　", tick(!man), "女")])),
      row("身份证号码", cell([line(new DeletedTextRun({ text: people[49].id, id: 2, ...who }), new InsertedTextRun({ text: p.id, id: 3, ...who }))]),
        "联系电话", f.v("person.phone", p.phone)),
      row("证书等级", cell([line(new DeletedTextRun({ text: "三级/高级工", id: 4, ...who }), new InsertedTextRun({ text: f.v("certificate.level", "二级/技师", "2"), id: 5, ...who }))]),
        "本职业工作年限", cell([line(new DeletedTextRun({ text: "9", id: 6, ...who }), new InsertedTextRun({ text: f.v("work.years_in_occupation", "10", 10), id: 7, ...who }), "年")])),
      row("申报职业", f.v("apply.occupation", "茶艺师"), "职业代码", cell([line(new DeletedTextRun({ text: "4-03-02-06", id: 8, ...who }))])),
    ),
  ]);
}

async function notes() {
  const f = new Form("npm-docx-07-header-and-notes", ["header and footer with words", "footnotes", "traps: person in charge and phone of the unit"], "examiner");
  const p = people[50];
  await f.save([
    title("四川省技能人才评价考评员申报表"),
    table(
      row(cell([line("姓名", new FootnoteReferenceRun(1))]), f.v("person.name", p.name), "民族", f.v("person.ethnic_group", "藏族", "04")),
      row("公民身份号码", f.v("person.id_number", p.id), cell([line("证书编号", new FootnoteReferenceRun(2))]), f.v("certificate.number", "Y000051130007221000233")),
      row("证书类别", f.v("certificate.kind", "技能等级证书", "skill_level"), "证书等级", f.v("certificate.level", "一级", "1")),
      row("参保单位", f.v("unit.insured_person_unit", units.power[0]), "聘用协议单位", f.v("unit.contract_unit", units.power[0])),
      row("推荐单位", f.v("unit.name", units.power[0]), "推荐单位所在市（州）", f.v("unit.city", "凉山彝族自治州", "513400")),
      row("推荐单位负责人", people[51].name, "推荐单位电话", "0834-3000000"),
      row("申报职业", cell(f.v("apply.occupation", "汽车维修工") + " " + f.v("apply.occupation_code", "4-12-01-01"), { columnSpan: 3 })),
    ),
  ], {
    headers: { default: new Header({ children: [line("考评员培训申报材料　　经办人：" + people[52].name)] }) },
    footers: { default: new Footer({ children: [line("咨询电话：028-86000002　　第 ", new TextRun({ children: [PageNumber.CURRENT] }), " 页")] }) },
  }, {
    footnotes: { 1: { children: [line("填写本人姓名：示例某某")] }, 2: { children: [line("证书编号：如 Y000000000000000000000")] } },
  });
}

async function above() {
  const f = new Form("npm-docx-08-label-above", ["label above value", "vertical section names by vMerge", "small label and value in one cell over two lines"], "examiner");
  const p = people[53];
  const start = { verticalMerge: VerticalMergeType.RESTART };
  const on = { verticalMerge: VerticalMergeType.CONTINUE };
  const pair = (label, value, more) =>
    cell([new Paragraph({ children: [new TextRun({ text: label, size: 16, color: "666666" })] }), line(value)], more);
  await f.save([
    title("考评员申报登记卡"),
    table(
      row(cell("个人信息", start), pair("姓名", f.v("person.name", p.name)), pair("性别", f.v("person.sex", SEX[p.sex], p.sex)),
        pair("出生年月", f.v("person.birth_date", month(p.birth).replace("-", "/"), month(p.birth)))),
      row(cell("", on), pair("身份证号", f.v("person.id_number", p.id), { columnSpan: 2 }), pair("手机号码", f.v("person.phone", p.phone))),
      row(cell("", on), pair("电子邮箱", f.v("person.email", p.email), { columnSpan: 2 }), pair("政治面貌", "")),
      row(cell("职称情况", start), pair("职称名称", f.v("title.name", "讲师")), pair("取得日期", f.v("title.issued_on", "2016/11", "2016-11")),
        pair("证书编号", f.v("title.number", "示评字〔2016〕第 88 号"))),
      row(cell("申报职业", start), pair("职业", f.v("apply.occupation", "电子商务师")), pair("代码", f.v("apply.occupation_code", "4-01-06-01")), pair("工种", "")),
    ),
  ]);
}

async function blank() {
  const f = new Form("npm-docx-09-blank", ["blank", "units and date patterns in the cells"], "senior_examiner");
  await f.save([
    title("高级考评员申报表"),
    table(
      row("姓名", "", "性别", "男 / 女"), row("出生年月", "      年   月", "民族", "        族"), row("身份证号", "", "联系电话", ""),
      row("考评员证卡编号", "", "本职业工作年限", "        年"), row("工作单位", cell("", { columnSpan: 3 })),
      row("证书等级", cell("□高级工  □技师  □高级技师", { columnSpan: 3 })), row("申报职业", "（与证书一致）", "职业代码", "_-__-__-__"),
    ),
    line("申报人（签名）：______________        日期：____年__月__日"),
  ]);
}

for (const make of [plain, spans, boxes, inner, tabs, tracked, notes, above, blank]) await make();
