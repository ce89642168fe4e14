"""Forms made with python-docx."""

import datetime

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.oxml import OxmlElement
from docx.shared import Cm, Pt

from common import CITY, OUT, PEOPLE, SEX, UNITS, Record, date, settle, span

P = "python-docx"


def new(title=None, font="宋体"):
    doc = Document()
    style = doc.styles["Normal"]
    style.font.name, style.font.size = font, Pt(10.5)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), font)
    props = doc.core_properties
    props.author = props.title = props.comments = ""
    props.created = props.modified = datetime.datetime(2026, 3, 2, 9)
    if title:
        para = doc.add_paragraph()
        para.alignment = WD_ALIGN_PARAGRAPH.CENTER
        run = para.add_run(title)
        run.bold, run.font.size = True, Pt(18)
    return doc


def grid(where, rows, columns):
    """A table; a cell is its text or (text, columns) or (text, columns, rows)."""
    table = where.add_table(rows=len(rows), cols=columns)
    table.style = "Table Grid" if hasattr(where, "styles") else None
    taken = set()
    for r, row in enumerate(rows):
        c = 0
        for cell in row:
            text, wide, high = cell if isinstance(cell, tuple) and len(cell) == 3 else (
                (*cell, 1) if isinstance(cell, tuple) else (cell, 1, 1))
            while (r, c) in taken:
                c += 1
            taken |= {(r + i, c + j) for i in range(high) for j in range(wide)}
            target = table.cell(r, c)
            if wide > 1 or high > 1:
                target = target.merge(table.cell(r + high - 1, c + wide - 1))
            target.text = text
            c += wide
    return table


def save(doc, record):
    path = OUT / f"{record.name}.docx"
    doc.save(path)
    settle(path)
    record.write()


def underline(para, text):
    para.add_run(text).underline = True


def plain():
    """The common four columns: label, value, label, value."""
    f = Record("python-docx-01-plain-table", P, ["two-column form", "dates with points", "resume one column"], "examiner")
    p = PEOPLE[0]
    name, sex, birth, ethnic, political, ident, phone = f.who(
        p, "name", "sex", "birth", "ethnic", "political", "id", "phone")
    doc = new("四川省技能人才评价考评员申报表")
    unit = UNITS["college"]
    grid(doc, [
        ["姓名", name, "性别", sex],
        ["出生年月", birth, "民族", ethnic],
        ["政治面貌", political, "学历", f("person.education", "大学本科", "21")],
        ["身份证号", ident, "联系电话", phone],
        ["工作单位", f("work.unit", unit[0]), "职务", f("work.position", "实训中心主任")],
        ["参加工作时间", f.date("work.started_on", "2014-07"), "从事本职业年限", f("work.years_in_occupation", "11", 11)],
        ["申报职业（工种）", f("apply.occupation", "焊工"), "职业代码", f("apply.occupation_code", "6-18-02-04")],
        ["证书等级", f("certificate.level", "三级/高级工", "3"), "证书编号", f("certificate.number", "Y000051001064243000018")],
    ], 4)
    doc.add_paragraph("工作简历")
    rows = f.resume(("2014-07", "2019-08", unit[0], "实习指导教师"), ("2019-09", None, unit[0], "实训中心主任"))
    grid(doc, [["起止年月", "单位", "职务"]] + [[span(a, b), c, d] for a, b, c, d in rows], 3)
    doc.add_paragraph("本人承诺以上内容真实。    申报人签字：            年    月    日")
    save(doc, f)


def merged():
    f = Record("python-docx-02-merged-cells", P, ["gridSpan", "vMerge", "section rows", "photo cell"], "examiner")
    p = PEOPLE[5]
    name, sex, birth, ethnic, ident, phone = f.who(p, "name", "sex", "birth", "ethnic1", "id", "phone", birth="cn")
    unit = UNITS["jishi"]
    rows = f.resume(("2009-03", "2013-12", "示例机械厂", "车工"), ("2014-01", "2020-06", "示例职业中学", "教师"),
                    ("2020-07", None, unit[0], "车工教研室主任"))
    doc = new("技能人才评价考评员申报表")
    doc.add_paragraph("填表日期：2026年3月2日")
    grid(doc, [
        [("一、个人信息", 7)],
        ["姓  名", name, "性  别", sex, "民  族", ethnic, ("贴照片处\n（近期免冠2寸）", 1, 4)],
        [("出生年月", 1), (birth, 2), ("文化程度", 1), (f("person.education", "大专", "31"), 2)],
        ["证件号码", (ident, 5)],
        ["手机号码", (phone, 2), "健康状况", ("良好", 2)],
        [("二、工作情况", 7)],
        ["工作单位", (f("work.unit", unit[0]), 3), "岗位", (f("work.position", "车工教研室主任"), 2)],
        [("参加工作时间", 2), (f.date("work.started_on", "2009-03", "cn"), 2), ("本职业工作年限", 2),
         f("work.years_in_occupation", "16年", 16)],
        [("工作简历", 1, 4), ("起止年月", 2), ("工作单位", 2), ("担任职务", 2)],
        *[[(span(a, b, "cn", "至"), 2), (c, 2), (d, 2)] for a, b, c, d in rows],
        [("三、申报职业", 7)],
        ["申报职业", (f("apply.occupation", "车工"), 2), "职业编码", (f("apply.occupation_code", "6-18-01-01"), 3)],
        ["推荐单位\n意见", ("同意推荐。\n\n（盖章）      年   月   日", 6)],
    ], 7)
    save(doc, f)


def split_labels():
    f = Record("python-docx-03-split-labels", P,
               ["label over lines", "label over runs", "ideographic spaces", "vertical section names", "vMerge"], "examiner")
    p = PEOPLE[10]
    name, sex, birth, ethnic, ident, phone = f.who(p, "name", "sex", "birth", "ethnic", "id", "phone", birth="slash1", cut=10)
    doc = new("考评员申报表", "仿宋")
    rows = [
        [("基\n本\n情\n况", 1, 4), "姓\n名", name, "性\n别", sex],
        ["民　　族", ethnic, "出生\n日期", birth],
        ["身份证\n号　码", ident, "学　　历", f("person.education", "本科", "21")],
        ["通讯\n地址", f("person.address", "四川省德阳市旌阳区示例路88号"), "联　系\n电　话", phone],
        [("职\n称\n情\n况", 1, 2), "职称\n名称", f("title.name", "高级讲师"), "取得\n日期", f.date("title.issued_on", "2018-12", "slash1")],
        ["职称\n系列", f("title.series", "中等专业学校教师", "020"), "证书\n编号", f("title.number", "川示2018-0456")],
        [("申\n报\n情\n况", 1, 2), "申报\n职业", f("apply.occupation", "汽车维修工"), "工种", f("apply.worktype", "汽车机械维修工")],
        ["推荐\n单位", (f("unit.name", UNITS["auto"][0]), 3)],
    ]
    table = grid(doc, rows, 5)
    # Words and editors cut a label anywhere.
    for r, c, parts in [(1, 1, ["民", "　", "　族"]), (2, 3, ["学", "　　历"])]:
        para = table.cell(r, c).paragraphs[0]
        for run in list(para.runs):
            run._r.getparent().remove(run._r)
        for i, part in enumerate(parts):
            para.add_run(part).bold = i % 2 == 0
    save(doc, f)


def nested():
    f = Record("python-docx-04-nested-table", P, ["nested tables", "resume in a nested table", "resume two columns"],
               "senior_examiner")
    p = PEOPLE[1]
    name, sex, birth, ident, phone = f.who(p, "name", "sex", "birth", "id", "phone-", birth="iso", cut=10)
    unit = UNITS["machine"]
    doc = new("高级考评员申报表")
    table = grid(doc, [
        ["申报人姓名", name, "性别", sex],
        ["出生日期", birth, "身份证号码", ident],
        ["单位", f("work.unit", unit[0]), "电话", phone],
        ["现有考评员证卡", ("", 3)],
        ["主要工作经历", ("", 3)],
        ["申报职业", f("apply.occupation", "装配钳工"), "职业代码", f("apply.occupation_code", "6-20-01-01")],
    ], 4)
    card = grid(table.cell(3, 1), [
        ["证卡编号", f("examiner_card.number", "川考评2022-0311")],
        ["发证日期", f.date("examiner_card.issued_on", "2022-06-15", "iso")],
        ["有效期至", f.date("examiner_card.expires_on", "2025-06-14", "iso")],
    ], 2)
    rows = f.resume(("2009-08", "2013-02", "示例机床厂", "钳工"), ("2013-03", "2018-12", unit[0], "班组长"),
                    ("2019-01", None, unit[0], "首席技师"))
    history = grid(table.cell(4, 1), [["开始时间", "结束时间", "所在单位", "从事工作"]] + [
        [date(a, "iso"), date(b, "iso") if b else "至今", c, d] for a, b, c, d in rows], 4)
    for inner in (card, history):
        inner.autofit = True
    save(doc, f)


def label_above():
    f = Record("python-docx-05-label-above", P, ["label above value", "row of labels over row of values"], "examiner")
    p = PEOPLE[22]
    doc = new("考评员培训申报登记表")
    name, sex, ethnic, political, birth, ident, phone, email = f.who(
        p, "name", "sex", "ethnic", "political", "birth", "id", "phone", "email", birth="cn0")
    unit = UNITS["care"]
    grid(doc, [
        ["姓名", "性别", "民族", "政治面貌", "出生年月"],
        [name, sex, ethnic, political, birth],
        [("公民身份号码", 2), "学历", ("手机", 2)],
        [(ident, 2), f("person.education", "中专", "41"), (phone, 2)],
        [("工作单位", 2), "职务（岗位）", ("电子邮箱", 2)],
        [(f("work.unit", unit[0]), 2), f("work.position", "护理主管"), (email, 2)],
        [("申报职业", 2), "证书等级", ("发证机构", 2)],
        [(f("apply.occupation", "养老护理员"), 2), f("certificate.level", "技师", "2"),
         (f("certificate.issuer", "示例养老服务行业协会"), 2)],
    ], 5)
    save(doc, f)


def paragraphs():
    f = Record("python-docx-06-paragraphs", P, ["plain paragraphs", "underlined values", "tabs", "several fields in a line"],
               "special_examiner")
    p = PEOPLE[24]
    doc = new("专项职业能力考核考评员申报表")
    name, sex, birth, ident, phone = f.who(p, "name", "sex", "birth", "id", "phone", birth="spaced")
    unit = UNITS["food"]
    lines = [
        [("姓名：", name), ("\t性别：", sex), ("\t出生年月：", birth)],
        [("身份证号码：", ident), ("\t联系电话：", phone)],
        [("学历：", f("person.education", "大专", "31")), ("\t工作单位：", f("work.unit", unit[0]))],
        [("职务：", f("work.position", "厨师长")), ("\t本职业工作年限：", f("work.years_in_occupation", "15", 15)), ("年", "")],
        [("申报专项职业能力考核项目：", f("apply.special_project", "川味小吃制作"))],
        [("推荐单位名称：", f("unit.name", "乐山示例餐饮行业协会"))],
    ]
    for line in lines:
        para = doc.add_paragraph()
        for tab in (7, 11.5):
            para.paragraph_format.tab_stops.add_tab_stop(Cm(tab))
        for label, value in line:
            para.add_run(label)
            if value:
                underline(para, f"  {value}  ")
    doc.add_paragraph("工作简历：")
    for a, b, c, d in f.resume(("2008-05", "2015-03", "示例大酒店", "厨师"), ("2015-04", None, unit[0], "厨师长")):
        doc.add_paragraph(f"{span(a, b, 'cn', '—')}　{c}　{d}")
    save(doc, f)


def several():
    f = Record("python-docx-07-several-in-one-cell", P, ["several fields in one cell", "underlined blanks", "empty fields", "rare character in the name"],
               "examiner")
    p = PEOPLE[12]
    name, sex, birth, ethnic, ident, phone = f.who(p, "name", "sex", "birth", "ethnic", "id", "phone")
    doc = new("四川省技能人才评价考评员申报表")
    table = grid(doc, [
        ["申请人情况", ""],
        ["联系方式", ""],
        ["职业技能等级", ""],
        ["申报", ""],
        ["备注", ""],
    ], 2)
    table.cell(0, 0).width = Cm(3)
    for row in table.rows:
        row.cells[0].width, row.cells[1].width = Cm(3), Cm(13)

    def put(r, *lines):
        cell = table.cell(r, 1)
        for i, line in enumerate(lines):
            para = cell.paragraphs[0] if i == 0 else cell.add_paragraph()
            for label, value in line:
                para.add_run(label)
                underline(para, f" {value} " if value else "            ")

    put(0, [("姓名：", name), ("  性别：", sex), ("  民族：", ethnic)], [("出生年月：", birth), ("  身份证号：", ident)],
        [("政治面貌：", ""), ("  籍贯：", "")])
    put(1, [("联系电话：", phone), ("  邮编：", f("person.postal_code", "621000"))],
        [("通讯地址：", f("person.address", "绵阳市涪城区示例街12号3栋1单元")), ("  电子邮箱：", "")])
    put(2, [("职业（工种）：", f("certificate.occupation", "电工")), ("  等级：", f("certificate.level", "二级/技师", "2"))],
        [("证书编号：", f("certificate.number", "S000051070011252000107")),
         ("  发证日期：", f.date("certificate.issued_on", "2025-03-20"))])
    put(3, [("申报职业：", f("apply.occupation", "电工")), ("  职业代码：", f("apply.occupation_code", "6-31-01-03"))])
    save(doc, f)


def check_boxes():
    f = Record("python-docx-08-check-boxes", P, ["check boxes □ ☑", "yes or no", "credit code"], "inspector")
    p = PEOPLE[30]
    name, birth, ethnic, ident, phone = f.who(p, "name", "birth", "ethnic", "id", "phone3", birth="dot")
    unit = UNITS["centre"]
    doc = new("四川省技能人才评价质量督导员申报表")
    grid(doc, [
        ["姓名", name, "性别", f.boxes("person.sex", [("male", "男"), ("female", "女")], p["sex"])],
        ["出生年月", birth, "民族", ethnic],
        ["身份证号码", ident, "联系电话", phone],
        ["学历", (f.boxes("person.education", [("14", "研究生"), ("21", "大学本科"), ("31", "大学专科"), ("41", "中专及以下")], "31"), 3)],
        ["申报人身份", (f.boxes("inspector.kind", [
            ("hr_staff", "人社部门工作人员"), ("head", "评价机构或备案单位负责人"), ("manager", "评价机构或备案单位管理人员")], "manager", sep="\n"), 3)],
        ["与推荐单位是否建立稳定劳动关系", (f.boxes("inspector.stable_employment", [(True, "是"), (False, "否")], True), 3)],
        ["推荐单位", f("unit.name", unit[0]), "统一社会信用代码", f("unit.credit_code", unit[2])],
        ["推荐单位类型", (f.boxes("unit.kind", [
            ("local", "属地评价机构"), ("provincial_in_chengdu", "在蓉省属评价机构"), ("provincial_elsewhere", "非在蓉省属评价机构"),
            ("hr_department", "人社部门")], "local"), 3)],
        ["备案情况", (f.boxes("unit.filing", [
            ("filed", "已完成备案"), ("accepted", "已提交并受理"), ("submitted", "已提交尚未受理"), ("none", "未提交")], "filed"), 3)],
        ["备案号", (f("unit.filing_number", "S000051170012"), 3)],
    ], 4)
    save(doc, f)


def blank():
    f = Record("python-docx-09-blank", P, ["blank", "hints in the cells", "check boxes □"], "examiner")
    doc = new("四川省技能人才评价考评员申报表")
    grid(doc, [
        ["姓名", "", "性别", "□男  □女", ("照片", 1, 3)],
        ["出生年月", "    年    月", "民族", ""],
        ["身份证号", "（18位，与身份证一致）", "学历", "（填最高学历）"],
        ["联系电话", "", "工作单位", ("", 2)],
        ["证书等级", ("□三级/高级工  □二级/技师  □一级/高级技师", 4)],
        ["申报职业", "", "职业代码", ("如：6-18-02-04", 2)],
        ["工作简历", ("（从参加工作填起，写明起止年月、单位、职务）", 4)],
        ["推荐单位", ("                         （公章）", 4)],
    ], 5)
    doc.add_paragraph("填表人：              填表日期：      年    月    日")
    save(doc, f)


def leave():
    f = Record("python-docx-10-leave-request", P, ["not a form of this kind", "shared labels"], "examiner", is_form=False)
    doc = new("职工请假申请单")
    grid(doc, [
        ["姓名", PEOPLE[40]["name"], "部门", "设备科", "职务", "技术员"],
        ["请假类别", ("□事假  ☑年休假  □病假  □婚假", 5)],
        ["请假时间", ("2026年4月7日 至 2026年4月10日，共 4 天", 5)],
        ["请假事由", ("回乡探亲", 5)],
        ["联系电话", (PEOPLE[40]["phone"], 2), "工作代理人", (PEOPLE[41]["name"], 2)],
        ["部门意见", ("同意", 2), "单位意见", ("同意", 2)],
    ], 6)
    save(doc, f)


def traps():
    f = Record("python-docx-11-traps", P,
               ["traps: contact of the unit, family, filler, former unit, address of the unit", "gridSpan"], "examiner")
    p, other, kin = PEOPLE[13], PEOPLE[14], PEOPLE[15]
    name, sex, ident, phone = f.who(p, "name", "sex", "id", "phone")
    doc = new("考评员培训申报表")
    grid(doc, [
        ["姓名", name, "性别", sex],
        ["曾用名", "样本旧", "身份证号", ident],
        ["原工作单位", "示例矿山机械厂", "现工作单位", f("work.unit", UNITS["rail"][0])],
        ["本人联系电话", phone, "单位电话", "028-86000000"],
        ["单位地址", "眉山市示例大道1号", "单位邮编", "620000"],
        ["推荐单位", (f("unit.name", UNITS["rail"][0]), 3)],
        ["推荐单位联系人", other["name"], "推荐单位联系电话", other["phone"]],
        ["家庭成员姓名", kin["name"], "与本人关系", "配偶"],
        ["家庭成员工作单位", "示例小学", "家庭成员电话", kin["phone"]],
        ["紧急联系人", kin["name"], "紧急联系人电话", kin["phone"]],
        ["申报职业（工种）", (f("apply.occupation", "焊工"), 3)],
    ], 4)
    doc.add_paragraph(f"填表人：{other['name']}    填表人电话：{other['phone']}    审核人：{PEOPLE[16]['name']}")
    save(doc, f)


def header_footer():
    f = Record("python-docx-12-header-footer", P,
               ["header and footer with words", "numbered labels", "full-width digits and colons"], "senior_examiner")
    p = PEOPLE[8]
    doc = new("四川省技能人才评价高级考评员申报表")
    section = doc.sections[0]
    section.header.paragraphs[0].text = "附件2        编号：示例2026-017        受理人：" + PEOPLE[17]["name"]
    section.footer.paragraphs[0].text = "姓名须与身份证一致。咨询电话：028-86000001    第 1 页 共 1 页"
    name, sex, birth, political, ident = f.who(p, "name", "sex", "birth", "political", "id", birth="hanzi")
    wide = str.maketrans("0123456789", "０１２３４５６７８９")
    phone = f("person.phone", p["phone"].translate(wide), p["phone"])
    grid(doc, [
        ["1.姓名：", name, "2.性别：", sex],
        ["3.出生年月：", birth, "4.政治面貌：", political],
        ["5.身份证号码（必填）：", ident, "6.手机号码：", phone],
        ["7.证书类别：", f("certificate.kind", "职业技能等级证书", "skill_level"), "8.证书等级：", f("certificate.level", "一级/高级技师", "1")],
        ["9.证书职业（工种）：", f("certificate.occupation", "中式面点师"), "10.发证日期：",
         f.date("certificate.issued_on", "2021-11-30", "cn")],
        ["11.申报职业：", f("apply.occupation", "中式面点师"), "12.考评员证卡编号：", f("examiner_card.number", "示例证卡-0107")],
        ["13.推荐单位：", f("unit.name", UNITS["food"][0]), "14.推荐单位所在市（州）：", f("unit.city", CITY["510100"], "510100")],
    ], 4)
    save(doc, f)


def main():
    for make in (plain, merged, split_labels, nested, label_above, paragraphs, several, check_boxes, blank, leave, traps,
                 header_footer):
        make()
