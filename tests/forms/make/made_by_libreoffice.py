"""Forms that LibreOffice turned into DOCX from HTML, from RTF and from flat ODF text."""

import subprocess
import tempfile
from pathlib import Path
from xml.sax.saxutils import escape

from common import CITY, ETHNIC, OUT, PEOPLE, POLITICAL, SEX, UNITS, Record, date, settle, span

P = "LibreOffice"


def convert(record, source, ending):
    filters = {"html": ["--infilter=HTML (StarWriter)"], "rtf": [], "fodt": []}[ending]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"{record.name}.{ending}"
        path.write_text(source, encoding="ascii" if ending == "rtf" else "utf-8")
        subprocess.run(["soffice", "--headless", f"-env:UserInstallation=file://{folder}/profile", *filters, "--convert-to",
                        "docx:MS Word 2007 XML", "--outdir", str(OUT), str(path)], check=True, capture_output=True)
    settle(OUT / f"{record.name}.docx")
    record.write()


def page(body):
    return f'<!DOCTYPE html><html lang="zh-CN"><head><meta charset="utf-8"></head><body>{body}</body></html>\n'


def html_plain():
    f = Record("libreoffice-01-html-table", P, ["from HTML", "th and td", "two-column form", "br in labels"], "examiner")
    who = PEOPLE[54]
    name, sex, birth, ethnic, ident, phone = f.who(who, "name", "sex", "birth", "ethnic", "id", "phone", birth="cn0")
    rows = [
        ("姓 名", name, "性 别", sex), ("出 生<br>年 月", birth, "民 族", ethnic), ("身份证<br>号　码", ident, "手 机", phone),
        ("最高学历", f("person.education", "硕士研究生毕业", "14"), "从事本职业年限", f("work.years_in_occupation", "8 年", 8)),
        ("申报职业", f("apply.occupation", "物流服务师"), "申报职业代码", f("apply.occupation_code", "4-02-06-03")),
    ]
    body = "".join(f"<tr><th>{a}</th><td>{b}</td><th>{c}</th><td>{d}</td></tr>" for a, b, c, d in rows)
    convert(f, page(f'<h2 align="center">四川省技能人才评价考评员申报表</h2><table border="1" cellspacing="0">{body}</table>'), "html")


def html_spans():
    f = Record("libreoffice-02-html-spans", P, ["from HTML", "rowspan and colspan", "section rows", "resume one column", "photo cell"], "senior_examiner")
    who = PEOPLE[55]
    name, sex, birth, ethnic, political, ident, phone = f.who(who, "name", "sex", "birth", "ethnic", "political", "id", "phone")
    unit = UNITS["rail"]
    rows = f.resume(("2009-07", "2014-05", "示例车辆厂", "钳工"), ("2014-06", "2019-10", unit[0], "车间技术主管"), ("2019-11", None, unit[0], "技能培训中心主任"))
    history = "".join(f'<tr><td colspan="2">{span(a, b, "dot", "—")}</td><td colspan="3">{c}</td><td colspan="2">{d}</td></tr>' for a, b, c, d in rows)
    body = f"""<table border="1" cellspacing="0">
<tr><td colspan="7" bgcolor="#dddddd"><b>一、申请人基本情况</b></td></tr>
<tr><td>申请人姓名</td><td>{name}</td><td>性别</td><td>{sex}</td><td>民族</td><td>{ethnic}</td><td rowspan="3">一寸<br>照片</td></tr>
<tr><td>出生年月</td><td>{birth}</td><td>政治面貌</td><td colspan="3">{political}</td></tr>
<tr><td>身份证号</td><td colspan="3">{ident}</td><td>电话</td><td>{phone}</td></tr>
<tr><td>单位</td><td colspan="3">{f("work.unit", unit[0])}</td><td>职务（岗位）</td><td colspan="2">{f("work.position", "技能培训中心主任")}</td></tr>
<tr><td colspan="7" bgcolor="#dddddd"><b>二、工作简历</b></td></tr>
<tr><td colspan="2">起止时间</td><td colspan="3">单位</td><td colspan="2">职务</td></tr>
{history}
<tr><td colspan="7" bgcolor="#dddddd"><b>三、考评员证卡</b></td></tr>
<tr><td>考评员证卡编号</td><td colspan="3">{f("examiner_card.number", "川考-2019-05521")}</td><td>发证日期</td><td colspan="2">{f.date("examiner_card.issued_on", "2019-05-21", "dot")}</td></tr>
<tr><td>申报职业</td><td colspan="6">{f("apply.occupation", "装配钳工")} {f("apply.occupation_code", "6-20-01-01")}</td></tr>
</table>"""
    convert(f, page(f'<h2 align="center">高级考评员申报表</h2>{body}'), "html")


def html_paragraphs():
    f = Record("libreoffice-03-html-paragraphs", P, ["from HTML", "plain paragraphs", "underlined values", "no-break spaces", "several fields in a line"], "inspector")
    who = PEOPLE[56]
    name, sex, birth, ident, phone = f.who(who, "name", "sex", "birth", "id", "phone-", birth="cn")
    gap = "&nbsp;" * 4
    u = lambda text: f"<u>&nbsp;&nbsp;{text}&nbsp;&nbsp;</u>"
    body = f"""<h2 align="center">质量督导员推荐表</h2>
<p>姓名：{u(name)}{gap}性别：{u(sex)}{gap}出生年月：{u(birth)}</p>
<p>身份证号：{u(ident)}{gap}联系电话：{u(phone)}</p>
<p>工作单位：{u(f("work.unit", UNITS["auto"][0]))}{gap}职务：{u(f("work.position", "副校长"))}</p>
<p>通讯地址：{u(f("person.address", "德阳市旌阳区示例中路6号"))}{gap}邮政编码：{u(f("person.postal_code", "618000"))}</p>
<p>推荐单位：{u(f("unit.name", UNITS["auto"][0]))}{gap}推荐单位所在市（州）：{u(f("unit.city", "德阳市", "510600"))}</p>
<p>推荐单位联系人：{u(PEOPLE[57]["name"])}{gap}联系电话：{u("0838-2000000")}</p>
<p>推荐意见：</p><p>{gap}该同志熟悉技能评价工作，同意推荐。</p>"""
    convert(f, page(body), "html")


def html_boxes():
    f = Record("libreoffice-04-html-check-boxes", P, ["from HTML", "check boxes □ ✓", "✓ before the words", "list of choices"], "inspector")
    who = PEOPLE[58]
    name, ident, phone = f.who(who, "name", "id", "phone")
    f.fields["person.sex"] = who["sex"]
    sex = "（✓）男（ ）女" if who["sex"] == "male" else "（ ）男（✓）女"
    kind = f.boxes("inspector.kind", [("hr_staff", "人社部门工作人员"), ("head", "评价机构或备案单位的负责人"), ("manager", "评价机构或备案单位的管理人员")], "hr_staff", on="✓", off="□", sep="<br>")
    unit_kind = f.boxes("unit.kind", [("local", "属地评价机构"), ("hr_department", "人社部门"), ("special_ability_body", "专项职业能力考核机构")], "hr_department", on="■", off="□", sep="　")
    body = f"""<h2 align="center">四川省技能人才评价质量督导员申报表</h2><table border="1" cellspacing="0">
<tr><td>姓名</td><td>{name}</td><td>性别</td><td>{sex}</td></tr>
<tr><td>公民身份号码</td><td>{ident}</td><td>手机号码</td><td>{phone}</td></tr>
<tr><td>政治面貌</td><td>{f("person.political_status", "中国共产党党员", "01")}</td><td>学历</td><td>{f("person.education", "本科", "21")}</td></tr>
<tr><td>申报人身份</td><td colspan="3">{kind}</td></tr>
<tr><td>推荐单位</td><td colspan="3">{f("unit.name", UNITS["hr"][0])}</td></tr>
<tr><td>推荐单位类型</td><td colspan="3">{unit_kind}</td></tr></table>"""
    convert(f, page(body), "html")


def rtf(text):
    return "".join(c if ord(c) < 128 else "".join(f"\\u{n if n < 32768 else n - 65536}?" for n in units(c)) for c in text.replace("\\", "\\\\"))


def units(c):
    raw = c.encode("utf-16-le")
    return [int.from_bytes(raw[i:i + 2], "little") for i in range(0, len(raw), 2)]


RTF = r"{\rtf1\ansi\ansicpg936\deff0{\fonttbl{\f0\fnil\fcharset134 SimSun;}}\paperw11906\paperh16838\margl1134\margr1134" "\n"


def rtf_row(cells, ends, merges=None):
    merges = merges or [""] * len(cells)
    border = r"\clbrdrt\brdrs\clbrdrl\brdrs\clbrdrb\brdrs\clbrdrr\brdrs"
    return (r"\trowd\trgaph108" + "".join(f"{m}{border}\\cellx{e}" for m, e in zip(merges, ends)) + "\n"
            + "".join(f"\\pard\\intbl {rtf(c)}\\cell\n" for c in cells) + "\\row\n")


def rtf_table():
    f = Record("libreoffice-05-rtf-table", P, ["from RTF", "vMerge", "vertical section names", "cells of unequal width"], "examiner")
    who = PEOPLE[59]
    name, sex, birth, political, ident, phone = f.who(who, "name", "sex", "birth", "political", "id", "phone", birth="iso", cut=10)
    four, two = [1000, 2600, 4600, 6400, 9400], [1000, 2600, 9400]
    top, on = [r"\clvmgf"], [r"\clvmrg"]
    rows = [
        rtf_row(["个人信息", "姓　名", name, "性　别", sex], four, top + [""] * 4),
        rtf_row(["", "出生年月日", birth, "政治面貌", political], four, on + [""] * 4),
        rtf_row(["", "身份证号码", ident], two, on + ["", ""]),
        rtf_row(["", "联系电话", phone, "文化程度", f("person.education", "技工学校", "47")], four, on + [""] * 4),
        rtf_row(["证书情况", "证书等级", f("certificate.level", "特级技师", "special_grade"), "证书职业（工种）", f("certificate.occupation", "焊工")], four, top + [""] * 4),
        rtf_row(["", "证书编号", f("certificate.number", "Y000051040009240000013")], two, on + ["", ""]),
        rtf_row(["", "发证机构", f("certificate.issuer", "示例钢铁集团有限公司"), "发证日期", f.date("certificate.issued_on", "2024-09-30", "iso")], four, on + [""] * 4),
        rtf_row(["申报", "申报职业", f("apply.occupation", "焊工"), "职业代码", f("apply.occupation_code", "6-18-02-04")], four),
    ]
    convert(f, RTF + r"\pard\qc\b\fs36 " + rtf("考评员申报表") + r"\b0\fs21\par" + "\n" + "".join(rows) + r"\pard\par}" + "\n", "rtf")


def rtf_paragraphs():
    f = Record("libreoffice-06-rtf-paragraphs", P, ["from RTF", "plain paragraphs", "tabs", "underlined values", "labels in bold"], "special_examiner")
    who = PEOPLE[60]
    name, sex, birth, ident, phone = f.who(who, "name", "sex", "birth", "id", "phone", birth="hanzi")
    ul = lambda text: r"{\ul " + rtf(f"  {text}  ") + "}"
    b = lambda text: r"{\b " + rtf(text) + "}"
    lines = [
        b("姓　　名：") + ul(name) + r"\tab " + b("性　　别：") + ul(sex),
        b("出生年月：") + ul(birth) + r"\tab " + b("民　　族：") + ul("        "),
        b("身份证号：") + ul(ident) + r"\tab " + b("手　　机：") + ul(phone),
        b("工作单位：") + ul(f("work.unit", UNITS["care"][0])) + r"\tab " + b("岗　　位：") + ul(f("work.position", "养老护理培训师")),
        b("申报专项职业能力考核项目：") + ul(f("apply.special_project", "失智老人照护")),
        b("推荐单位名称：") + ul(f("unit.name", UNITS["care"][0])) + r"\tab " + b("统一社会信用代码：") + ul(f("unit.credit_code", UNITS["care"][2])),
    ]
    convert(f, RTF + r"\pard\qc\b\fs32 " + rtf("专项职业能力考评员申报表") + r"\b0\fs21\par" + "\n"
            + "".join(r"\pard\tx5200 " + line + "\\par\n" for line in lines) + "}\n", "rtf")


ODF = """<?xml version="1.0" encoding="UTF-8"?>
<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"
 xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0" xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"
 xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0" office:version="1.3"
 office:mimetype="application/vnd.oasis.opendocument.text">
<office:automatic-styles>
<style:style style:name="u" style:family="text"><style:text-properties style:text-underline-style="solid" style:text-underline-width="auto"/></style:style>
<style:style style:name="c" style:family="table-cell"><style:table-cell-properties fo:border="0.5pt solid #000000" fo:padding="0.1cm"/></style:style>
<style:style style:name="t" style:family="paragraph"><style:paragraph-properties fo:text-align="center"/><style:text-properties fo:font-size="18pt"/></style:style>
<style:style style:name="g" style:family="graphic"><style:graphic-properties draw:stroke="solid" draw:fill="none" style:wrap="none"
 style:horizontal-pos="from-left" style:horizontal-rel="paragraph" style:vertical-pos="from-top" style:vertical-rel="paragraph"/></style:style>
</office:automatic-styles>
<office:body><office:text>%s</office:text></office:body></office:document>
"""


def op(text, style=""):
    out = escape(text).replace("\n", "<text:line-break/>").replace("\t", "<text:tab/>").replace("  ", ' <text:s text:c="1"/>')
    return f'<text:p{f" text:style-name={chr(34)}{style}{chr(34)}" if style else ""}>{out}</text:p>'


def otable(name, columns, *rows):
    """A cell is a text, (text, columns) or (text, columns, rows); what starts with < is content."""
    out, covered = "", set()
    for r, row in enumerate(rows):
        out, c = out + "<table:table-row>", 0
        for cell in row:
            text, wide, high = (cell + (1,) if len(cell) == 2 else cell) if isinstance(cell, tuple) else (cell, 1, 1)
            while (r, c) in covered:
                out, c = out + "<table:covered-table-cell/>", c + 1
            spans = (f' table:number-columns-spanned="{wide}"' if wide > 1 else "") + (f' table:number-rows-spanned="{high}"' if high > 1 else "")
            out += f'<table:table-cell table:style-name="c" office:value-type="string"{spans}>{text if text.startswith("<") else op(text)}</table:table-cell>'
            covered |= {(r + i, c + j) for i in range(high) for j in range(wide) if (i, j) != (0, 0)}
            c += 1
            while (r, c) in covered:
                out, c = out + "<table:covered-table-cell/>", c + 1
        out += "</table:table-row>"
    return f'<table:table table:name="{name}"><table:table-column table:number-columns-repeated="{columns}"/>{out}</table:table>'


def odf_table():
    f = Record("libreoffice-07-odf-table", P, ["from flat ODF", "rows and columns spanned", "resume two columns", "line breaks in labels"], "examiner")
    who = PEOPLE[61]
    name, sex, birth, ethnic, ident, phone, email = f.who(who, "name", "sex", "birth", "ethnic1", "id", "phone", "email", birth="dot1")
    unit = UNITS["brew"]
    rows = f.resume(("2012-09", "2016-02", "示例酒厂", "化验员"), ("2016-03", None, unit[0], "品酒师"))
    table = otable(
        "form", 6,
        ["姓\n名", name, "性\n别", sex, "民\n族", ethnic],
        ["出生\n年月", birth, "身份\n证号", (ident, 3)],
        ["联系\n电话", (phone, 2), "电子\n邮箱", (email, 2)],
        ["工作\n单位", (f("work.unit", unit[0]), 3), "岗位", f("work.position", "品酒师")],
        [("工作\n简历", 1, 1 + len(rows)), "起", "止", ("单位", 2), "职务"],
        *[[date(a, "dot1"), date(b, "dot1") if b else "今", (c, 2), d] for a, b, c, d in rows],
        [("申报职业（工种）", 2), (f("apply.occupation", "品酒师"), 2), "工种", f("apply.worktype", "白酒品酒师")],
    )
    convert(f, ODF % (op("考评员培训申报表", "t") + table), "fodt")


def odf_boxes():
    f = Record("libreoffice-08-odf-text-boxes", P, ["from flat ODF", "text boxes", "underlined paragraph"], "senior_examiner")
    who = PEOPLE[62]
    name, sex, birth, ident, phone = f.who(who, "name", "sex", "birth", "id", "phone", birth="cn")
    box = lambda n, y, high, content: (
        f'<draw:frame draw:style-name="g" draw:name="b{n}" text:anchor-type="paragraph" svg:x="0cm" svg:y="{y}cm" svg:width="16cm" '
        f'svg:height="{high}cm" draw:z-index="{n}"><draw:text-box>{content}</draw:text-box></draw:frame>')
    first = op(f"姓名：{name}    性别：{sex}") + op(f"出生日期：{birth}") + op(f"身份证号码：{ident}") + op(f"手机：{phone}")
    second = op("证卡编号：" + f("examiner_card.number", "示例高考-0021")) + op("证卡发证日期：" + f.date("examiner_card.issued_on", "2022-11-01", "cn"))
    second += op(f'职称名称：{f("title.name", "高级实验师")}    职称层级：{f("title.level", "副高", "associate_senior")}')
    body = op("高级考评员申报表", "t") + f"<text:p>{box(1, 0.5, 3, first)}{box(2, 4, 2.5, second)}</text:p>" + op("") * 14
    body += f'<text:p>申报职业：<text:span text:style-name="u">{f("apply.occupation", "工具钳工")}</text:span>'
    body += f'<text:s text:c="4"/>申报职业代码：<text:span text:style-name="u">{f("apply.occupation_code", "6-18-04-06")}</text:span></text:p>'
    convert(f, ODF % body, "fodt")


def odf_nested():
    f = Record("libreoffice-09-odf-nested", P, ["from flat ODF", "nested tables", "label above value"], "examiner")
    who = PEOPLE[63]
    name, sex, birth, political, ident, phone = f.who(who, "name", "sex", "birth", "political", "id", "phone3", birth="slash")
    inner = otable("i", 3, ["证书等级", "证书编号", "发证日期"], [f("certificate.level", "三级", "3"), f("certificate.number", "S000051150021233000412"),
                                                   f.date("certificate.issued_on", "2023-12-05", "slash")])
    table = otable(
        "o", 4, ["申报人姓名", "性别", "出生年月", "政治面貌"], [name, sex, birth, political], [("身份证号", 2), ("手机号码", 2)], [(ident, 2), (phone, 2)],
        [("持证情况", 1, 1), (inner + op(""), 3)], ["申报职业", (f("apply.occupation", "喷涂喷焊工"), 3)])
    convert(f, ODF % (op("考评员申报表", "t") + table), "fodt")


def blank():
    f = Record("libreoffice-10-blank", P, ["from HTML", "blank", "placeholders of dots and underscores"], "examiner")
    rows = [("姓名", "", "性别", ""), ("出生年月", "　　年　　月", "学历", "请选择"), ("身份证号", "……………………", "联系电话", "________"), ("工作单位", "", "职务", ""),
            ("申报职业", "", "证书等级", "□五级 □四级 □三级 □二级 □一级")]
    body = "".join("<tr>" + "".join(f"<td>{c or '&nbsp;'}</td>" for c in row) + "</tr>" for row in rows)
    convert(f, page(f"<h2>四川省技能人才评价考评员申报表（样表）</h2><table border=1>{body}</table><p>填报单位（盖章）：</p>"), "html")


def main():
    for make in (html_plain, html_spans, html_paragraphs, html_boxes, rtf_table, rtf_paragraphs, odf_table, odf_boxes, odf_nested, blank):
        make()
