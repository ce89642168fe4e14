"""Forms written part by part, in the ways of Word and of WPS: what the libraries do not write."""

from xml.sax.saxutils import escape

from common import CITY, ETHNIC, OUT, PEOPLE, SEX, UNITS, Record, date, id_number, span, zip_parts

P = "hand-made"
NS = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
    "v": "urn:schemas-microsoft-com:vml",
    "o": "urn:schemas-microsoft-com:office:office",
    "w14": "http://schemas.microsoft.com/office/word/2010/wordml",
    "w15": "http://schemas.microsoft.com/office/word/2012/wordml",
}
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml."
REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
TRACKED = 'w:id="{}" w:author="审核" w:date="2026-03-01T10:00:00Z"'


def r(text, props="", deleted=False):
    """A run; a line end is w:br, a tab is w:tab."""
    tag, out = ("w:delText" if deleted else "w:t"), ""
    for i, line in enumerate(text.split("\n")):
        out += "<w:br/>" if i else ""
        for j, part in enumerate(line.split("\t")):
            out += "<w:tab/>" if j else ""
            out += f'<{tag} xml:space="preserve">{escape(part)}</{tag}>' if part else ""
    return f"<w:r>{f'<w:rPr>{props}</w:rPr>' if props else ''}{out}</w:r>"


def u(text):
    return r(text, '<w:u w:val="single"/>')


def p(*runs, props=""):
    body = "".join(run if run.startswith("<") else r(run) for run in runs)
    return f"<w:p>{f'<w:pPr>{props}</w:pPr>' if props else ''}{body}</w:p>"


def title(text):
    return p(r(text, '<w:b/><w:sz w:val="36"/>'), props='<w:jc w:val="center"/>')


def tc(content="", span=1, v="", width=1500, extra=""):
    """A cell; `v` is the vMerge: "restart" or "go on"."""
    if not content.endswith(("</w:p>", "</w:sdt>")):
        content = "".join(p(line) for line in [content]) if content.startswith("<") else p(*([content] if content else []))
    props = f'<w:tcW w:w="{width * span}" w:type="dxa"/>'
    props += f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    props += {"": "", "restart": '<w:vMerge w:val="restart"/>', "go on": "<w:vMerge/>"}[v]
    return f"<w:tc><w:tcPr>{props}{extra}</w:tcPr>{content}</w:tc>"


def tr(*cells, props=""):
    cells = "".join(cell if cell.startswith(("<w:tc>", "<w:sdt>")) else tc(cell) for cell in cells)
    return f"<w:tr>{f'<w:trPr>{props}</w:trPr>' if props else ''}{cells}</w:tr>"


def tbl(columns, *rows, width=1500):
    border = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV"))
    return (f'<w:tbl><w:tblPr><w:tblW w:w="0" w:type="auto"/><w:tblBorders>{border}</w:tblBorders></w:tblPr><w:tblGrid>'
            + "".join(f'<w:gridCol w:w="{w}"/>' for w in (width if isinstance(width, list) else [width] * columns)) + "</w:tblGrid>" + "".join(rows) + "</w:tbl>")


def sdt(content, props="", alias=""):
    name = f'<w:alias w:val="{alias}"/><w:tag w:val="f{abs(hash_of(alias))}"/>' if alias else ""
    return f"<w:sdt><w:sdtPr>{name}{props}</w:sdtPr><w:sdtContent>{content}</w:sdtContent></w:sdt>"


def hash_of(text):
    return sum(ord(c) * (i + 7) for i, c in enumerate(text)) % 9973


HINT = '<w:rStyle w:val="PlaceholderText"/><w:color w:val="808080"/>'


def placeholder(text="单击此处输入文字。", props="<w:text/>", alias=""):
    return sdt(r(text, HINT), '<w:placeholder><w:docPart w:val="DefaultPlaceholder"/></w:placeholder><w:showingPlcHdr/>' + props,
               alias)


def sym(code, font="Wingdings 2"):
    return f'<w:r><w:sym w:font="{font}" w:char="{code}"/></w:r>'


def box14(on):
    state = '<w14:checkbox><w14:checked w14:val="%d"/><w14:checkedState w14:val="2612" w14:font="MS Gothic"/>' % on
    state += '<w14:uncheckedState w14:val="2610" w14:font="MS Gothic"/></w14:checkbox>'
    return sdt(r("☒" if on else "☐", '<w:rFonts w:ascii="MS Gothic" w:eastAsia="MS Gothic" w:hAnsi="MS Gothic" w:hint="eastAsia"/>'),
               state)


def form_field(kind, result=None):
    """A field of a legacy form: text (with its result), a check box (result: 0 or 1) or a list (entries, index)."""
    def mark(which, inner=""):
        return f'<w:r><w:fldChar w:fldCharType="{which}">{inner}</w:fldChar></w:r>'
    if kind == "text":
        data = '<w:ffData><w:name w:val="Text1"/><w:enabled/><w:calcOnExit w:val="0"/><w:textInput/></w:ffData>'
        return (mark("begin", data) + '<w:r><w:instrText xml:space="preserve"> FORMTEXT </w:instrText></w:r>' + mark("separate")
                + r(result or "\u2002\u2002\u2002\u2002\u2002") + mark("end"))
    if kind == "check":
        data = ('<w:ffData><w:name w:val="Check1"/><w:enabled/><w:calcOnExit w:val="0"/><w:checkBox><w:sizeAuto/>'
                f'<w:default w:val="0"/>{"<w:checked/>" if result else ""}</w:checkBox></w:ffData>')
        return mark("begin", data) + '<w:r><w:instrText xml:space="preserve"> FORMCHECKBOX </w:instrText></w:r>' + mark("separate") + mark("end")
    entries, index = result
    data = ('<w:ffData><w:name w:val="Dropdown1"/><w:enabled/><w:calcOnExit w:val="0"/><w:ddList>'
            + f'<w:result w:val="{index}"/>' + "".join(f'<w:listEntry w:val="{e}"/>' for e in entries) + "</w:ddList></w:ffData>")
    return mark("begin", data) + '<w:r><w:instrText xml:space="preserve"> FORMDROPDOWN </w:instrText></w:r>' + mark("separate") + mark("end")


def drop(entries, chosen, props=""):
    items = "".join(f'<w:listItem w:displayText="{e}" w:value="{e}"/>' for e in entries)
    return sdt(r(chosen), f"{props}<w:dropDownList>{items}</w:dropDownList>")


def date_control(shown, iso):
    full = iso if len(iso) == 10 else iso + "-01"
    return sdt(r(shown), f'<w:date w:fullDate="{full}T00:00:00Z"><w:dateFormat w:val="yyyy年M月"/><w:lid w:val="zh-CN"/>'
               '<w:storeMappedDataAs w:val="dateTime"/><w:calendar w:val="gregorian"/></w:date>')


def ins(run, number=1):
    return f"<w:ins {TRACKED.format(number)}>{run}</w:ins>"


def dele(text, number=2):
    return f"<w:del {TRACKED.format(number)}>{r(text, deleted=True)}</w:del>"


def text_box(number, content, x=0, y=0, wide=2400000, high=500000, fallback=None):
    """A text box as Word writes it: a shape, and the same words again for older readers."""
    shape = (
        f'<w:drawing><wp:anchor distT="0" distB="0" distL="0" distR="0" simplePos="0" relativeHeight="{250 + number}" behindDoc="0" '
        'locked="0" layoutInCell="1" allowOverlap="1"><wp:simplePos x="0" y="0"/>'
        f'<wp:positionH relativeFrom="column"><wp:posOffset>{x}</wp:posOffset></wp:positionH>'
        f'<wp:positionV relativeFrom="page"><wp:posOffset>{y}</wp:posOffset></wp:positionV>'
        f'<wp:extent cx="{wide}" cy="{high}"/><wp:wrapNone/><wp:docPr id="{number}" name="文本框 {number}"/>'
        '<wp:cNvGraphicFramePr/><a:graphic><a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape">'
        f'<wps:wsp><wps:cNvSpPr txBox="1"/><wps:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{wide}" cy="{high}"/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:ln w="6350"><a:solidFill><a:srgbClr val="000000"/></a:solidFill></a:ln>'
        f'</wps:spPr><wps:txbx><w:txbxContent>{content}</w:txbxContent></wps:txbx><wps:bodyPr/></wps:wsp></a:graphicData></a:graphic>'
        '</wp:anchor></w:drawing>')
    old = vml_box(number, fallback or content, wide / 12700, high / 12700, x / 12700, y / 12700)
    return f'<w:r><mc:AlternateContent><mc:Choice Requires="wps">{shape}</mc:Choice><mc:Fallback>{old}</mc:Fallback></mc:AlternateContent></w:r>'


def vml_box(number, content, wide, high, x, y):
    style = f"position:absolute;margin-left:{x:.0f}pt;margin-top:{y:.0f}pt;width:{wide:.0f}pt;height:{high:.0f}pt;z-index:{number}"
    style += ";mso-position-vertical-relative:page"
    return (f'<w:pict><v:shape id="_x0000_s{1025 + number}" type="#_x0000_t202" style="{style}" stroked="t" filled="f">'
            f'<v:textbox><w:txbxContent>{content}</w:txbxContent></v:textbox></v:shape></w:pict>')


STYLES = (
    '<w:styles xmlns:w="{w}"><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Times New Roman" w:eastAsia="宋体" '
    'w:hAnsi="Times New Roman"/><w:sz w:val="21"/><w:lang w:val="en-US" w:eastAsia="zh-CN"/></w:rPr></w:rPrDefault></w:docDefaults>'
    '<w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/></w:style>'
    '<w:style w:type="character" w:styleId="PlaceholderText"><w:name w:val="Placeholder Text"/><w:rPr><w:color w:val="808080"/></w:rPr>'
    "</w:style></w:styles>")


def save(record, *body, parts=(), program="Microsoft Office Word", strict=False, section=""):
    """`parts`: (kind, content) of headers, footers, footnotes."""
    spaces = " ".join(f'xmlns:{key}="{value}"' for key, value in NS.items())
    kinds = {"header": "hdr", "footer": "ftr", "footnotes": "footnotes", "comments": "comments"}
    types, rels, files, refs = "", "", [], ""
    for i, (kind, content) in enumerate(parts, 10):
        types += f'<Override PartName="/word/{kind}{i}.xml" ContentType="{TYPE}{kind}+xml"/>'
        rels += f'<Relationship Id="rId{i}" Type="{REL}{kind}" Target="{kind}{i}.xml"/>'
        files.append((f"word/{kind}{i}.xml", f"{HEAD}<w:{kinds[kind]} {spaces}>{content}</w:{kinds[kind]}>"))
        if kind in ("header", "footer"):
            refs += f'<w:{kind}Reference w:type="default" r:id="rId{i}"/>'
    page = f'<w:sectPr>{refs}<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1134" w:right="1134" w:bottom="1134" w:left="1134" w:header="851" w:footer="992" w:gutter="0"/>{section}</w:sectPr>'
    document = f'{HEAD}<w:document {spaces} mc:Ignorable="w14 w15"><w:body>{"".join(body)}{page}</w:body></w:document>'
    all_parts = [
        ("[Content_Types].xml", HEAD + '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
         '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
         '<Default Extension="xml" ContentType="application/xml"/>'
         f'<Override PartName="/word/document.xml" ContentType="{TYPE}document.main+xml"/>'
         f'<Override PartName="/word/styles.xml" ContentType="{TYPE}styles+xml"/>'
         '<Override PartName="/docProps/app.xml" ContentType="application/vnd.openxmlformats-officedocument.extended-properties+xml"/>'
         f"{types}</Types>"),
        ("_rels/.rels", HEAD + '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
         f'<Relationship Id="rId1" Type="{REL}officeDocument" Target="word/document.xml"/>'
         f'<Relationship Id="rId2" Type="{REL}extended-properties" Target="docProps/app.xml"/></Relationships>'),
        ("docProps/app.xml", HEAD + '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
         f"<Application>{program}</Application></Properties>"),
        ("word/document.xml", document),
        ("word/styles.xml", HEAD + STYLES.format(w=NS["w"])),
        ("word/_rels/document.xml.rels", HEAD + '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
         f'<Relationship Id="rId1" Type="{REL}styles" Target="styles.xml"/>{rels}</Relationships>'),
        *files,
    ]
    if strict:
        swap = [(NS["w"], "http://purl.oclc.org/ooxml/wordprocessingml/main"),
                (REL[:-1], "http://purl.oclc.org/ooxml/officeDocument/relationships"),
                (NS["r"], "http://purl.oclc.org/ooxml/officeDocument/relationships"),
                (NS["wp"], "http://purl.oclc.org/ooxml/drawingml/wordprocessingDrawing"),
                (NS["a"], "http://purl.oclc.org/ooxml/drawingml/main"),
                ("http://schemas.openxmlformats.org/officeDocument/2006/extended-properties",
                 "http://purl.oclc.org/ooxml/officeDocument/extendedProperties")]
        changed = []
        for name, data in all_parts:
            for old, new in swap:
                if name != "[Content_Types].xml":
                    data = data.replace(old, new)
            if name == "word/document.xml":
                data = data.replace("<w:document ", '<w:document w:conformance="strict" ')
            changed.append((name, data))
        all_parts = changed
    zip_parts(OUT / f"{record.name}.docx", [(name, data.encode()) for name, data in all_parts])
    record.write()


# ---- The forms -----------------------------------------------------------------------------------------------------


def wps_official():
    f = Record("hand-01-wps-vertical-sections", P, ["WPS", "gridSpan", "vMerge", "vertical text", "ideographic spaces", "resume one column"],
               "examiner")
    who = PEOPLE[2]
    name, sex, birth, ethnic, political, ident, phone = f.who(
        who, "name", "sex", "birth", "ethnic", "political", "id", "phone")
    unit = UNITS["school"]
    down = '<w:textDirection w:val="tbRlV"/><w:vAlign w:val="center"/>'
    rows = f.resume(("2010-09", "2015-07", "示例机电工程学校", "专任教师"), ("2015-08", None, unit[0], "教务科长"))
    save(
        f, title("四川省技能人才评价考评员申报表"),
        tbl(
            7,
            tr(tc("个人信息", v="restart", extra=down), "姓　　名", name, "性　　别", sex, "民　　族", ethnic),
            tr(tc(v="go on"), "出生年月", birth, "政治面貌", political, "文化程度", f("person.education", "本科", "21")),
            tr(tc(v="go on"), "身份证号码", tc(ident, 3), "联系电话", phone),
            tr(tc(v="go on"), "工作单位", tc(f("work.unit", unit[0]), 3), "职　　务", f("work.position", "教务科长")),
            tr(tc("职业资格情况", v="restart", extra=down), "证书类别", tc(f("certificate.kind", "国家职业资格证书", "vocational_qualification"), 2),
               "证书等级", tc(f("certificate.level", "一级", "1"), 2)),
            tr(tc(v="go on"), "证书编号", tc(f("certificate.number", "1423001234100056"), 2), "发证日期",
               tc(f.date("certificate.issued_on", "2014-11", "dot"), 2)),
            tr(tc("职称情况", v="restart", extra=down), "职称名称", tc(f("title.name", "工程师"), 2), "职称层级",
               tc(f("title.level", "中级", "middle"), 2)),
            tr(tc(v="go on"), "职称系列", tc(f("title.series", "工程技术人员", "080"), 2), "职称证书编号",
               tc(f("title.number", "示例2016-1234"), 2)),
            tr(tc("工作简历", v="restart", extra=down), tc("起止年月", 2), tc("单位", 3), "职务"),
            *[tr(tc(v="go on"), tc(span(a, b), 2), tc(c, 3), d) for a, b, c, d in rows],
            tr(tc("申报职业", 2), tc(f("apply.occupation", "机修钳工"), 2), "职业编码", tc(f("apply.occupation_code", "6-31-01-02"), 2)),
            width=1350,
        ), p("注：本表一式两份。"), program="WPS Office")


def content_controls():
    f = Record("hand-02-content-controls", P,
               ["content control in a run", "block control", "placeholder", "date control", "dropdown control"], "examiner")
    who = PEOPLE[3]
    unit = UNITS["brew"]
    sex_words = f("person.sex", SEX[who["sex"]], who["sex"])
    save(
        f, title("考评员申报表（电子版）"),
        tbl(
            4,
            tr("姓名", tc(p(sdt(r(f("person.name", who["name"])), "<w:text/>", "姓名"))), "性别", tc(p(drop(["男", "女"], sex_words)))),
            tr("出生日期", tc(p(date_control(f.date("person.birth_date", who["birth"][:7], "cn"), who["birth"][:7]))), "民族",
               tc(p(drop(["汉族", "彝族", "藏族", "羌族"], f("person.ethnic_group", ETHNIC[who["ethnic"]], who["ethnic"]))))),
            tr("政治面貌", tc(p(placeholder("选择一项。", "<w:dropDownList><w:listItem w:value=\"选择一项。\"/><w:listItem w:displayText=\"群众\" w:value=\"群众\"/></w:dropDownList>"))),
               "学历", tc(p(drop(["研究生", "大学本科", "大专"], f("person.education", "大学本科", "21"))))),
            tr("身份证号", tc(p(sdt(r(f("person.id_number", who["id"])), "<w:text/>", "身份证号"))), "联系电话",
               tc(p(placeholder("单击或点击此处输入文字。")))),
            tr("工作单位", tc(sdt(p(f("work.unit", unit[0])), "<w:richText/>", "单位"), 3)),
            tr("电子邮箱", tc(p(placeholder("请输入邮箱")), 3)),
            tr("证书发证日期", tc(p(placeholder("单击此处输入日期。", '<w:date><w:dateFormat w:val="yyyy/M/d"/><w:lid w:val="zh-CN"/></w:date>'))), "证书等级",
               tc(p(drop(["三级/高级工", "二级/技师", "一级/高级技师"], f("certificate.level", "二级/技师", "2"))))),
        ),
        sdt(p("申报职业（工种）：", u(f("apply.occupation", "评茶师"))), "<w:richText/>", "申报职业"),
        p("推荐单位：", sdt(r(f("unit.name", unit[0])), "<w:text/>")))


def row_and_cell_controls():
    f = Record("hand-03-row-and-cell-controls", P, ["cell control", "row control", "repeating rows", "resume two columns", "empty row of placeholders"],
               "senior_examiner")
    who = PEOPLE[4]
    name, sex, birth, ident, phone = f.who(who, "name", "sex", "birth", "id", "phone", birth="iso", cut=10)
    unit = UNITS["power"]
    rows = f.resume(("2006-07", "2012-12", "示例水电站", "运行值班员"), ("2013-01", "2018-03", unit[0], "电气技师"),
                    ("2018-04", None, unit[0], "技能大师工作室负责人"))
    item = "<w15:repeatingSectionItem/>"
    history = "".join(
        sdt(tr(date(a, "iso"), date(b, "iso") if b else "至今", c, d), item) for a, b, c, d in rows)
    empty = sdt(tr(*[tc(p(placeholder(t))) for t in ("开始年月", "结束年月", "填写单位", "填写职务")]), item)
    save(
        f, title("高级考评员申报表"),
        tbl(
            4,
            tr("姓名", sdt(tc(name), "<w:text/>", "姓名"), "性别", sdt(tc(sex), "<w:text/>")),
            sdt(tr("出生日期", birth, "公民身份号码", ident), "<w:richText/>", "身份行"),
            tr("手机", sdt(tc(phone), "<w:text/>", "手机"), "职务（岗位）", sdt(tc(f("work.position", "技能大师工作室负责人")), "<w:text/>")),
            tr("工作单位", sdt(tc(f("work.unit", unit[0]), 3), "<w:text/>")),
            tr("考评员证卡编号", sdt(tc(f("examiner_card.number", "KP-2021-00312")), "<w:text/>"), "证卡发证日期",
               sdt(tc(f.date("examiner_card.issued_on", "2021-09-01", "iso")), '<w:date w:fullDate="2021-09-01T00:00:00Z"><w:dateFormat w:val="yyyy-MM-dd"/></w:date>')),
            tr(tc("主要工作经历", 4)), tr("起始年月", "截止年月", "单位", "职务"),
            sdt(history + empty, "<w15:repeatingSection/>"),
            tr("申报职业", f("apply.occupation", "电工"), "申报职业代码", f("apply.occupation_code", "6-31-01-03")),
            width=2300,
        ))


def legacy_fields():
    f = Record("hand-04-legacy-fields", P, ["FORMTEXT", "FORMCHECKBOX", "FORMDROPDOWN", "empty FORMTEXT"], "examiner")
    who = PEOPLE[6]
    unit = UNITS["auto"]
    text = lambda value=None: tc(p(form_field("text", value)))
    f("person.sex", "", who["sex"])
    f("person.education", "", "31")
    f("unit.filing", "", "accepted")
    name, ident, phone = f.who(who, "name", "id", "phone")
    save(
        f, title("考评员培训申报表"),
        tbl(
            4,
            tr("姓名", text(name), "性别", tc(p(form_field("check", who["sex"] == "male"), "男  ", form_field("check", who["sex"] == "female"), "女"))),
            tr("身份证号", text(ident), "民族", text()),
            tr("手机号码", text(phone), "学历", tc(p(form_field("list", (["研究生", "大学本科", "大学专科", "中专"], 2))))),
            tr("出生年月", text(f.date("person.birth_date", who["birth"][:7], "cn0")), "电子邮箱", text()),
            tr("工作单位", tc(p(form_field("text", f("work.unit", unit[0]))), 3)),
            tr("申报职业", text(f("apply.occupation", "汽车维修工")), "工种", text()),
            tr("推荐单位备案状态", tc(p(form_field("check", 0), "已完成备案  ", form_field("check", 1), "已提交并正式受理  ", form_field("check", 0), "未提交"), 3)),
            tr("备案申请受理日期", text(f.date("unit.accepted_on", "2026-01-15", "iso")), "统一社会信用代码", text(f("unit.credit_code", unit[2]))),
            width=2350,
        ))


def wingdings():
    f = Record("hand-05-wingdings-boxes", P, ["w:sym check boxes", "Wingdings 2 F052 F0A3", "Wingdings F0FE F0A8", "several boxes in a cell"], "examiner")
    who = PEOPLE[7]
    off2, on2, off, on = sym("F0A3"), sym("F052"), sym("F0A8", "Wingdings"), sym("F0FE", "Wingdings")
    name, birth, ident, phone = f.who(who, "name", "birth", "id", "phone", birth="cn")
    f("person.sex", "", who["sex"])
    f("certificate.kind", "", "skill_level")
    f("certificate.level", "", "3")
    f("title.level", "", "associate_senior")
    f("unit.kind", "", "provincial_elsewhere")
    man = who["sex"] == "male"
    save(
        f, title("技能人才评价考评员申报表"),
        tbl(
            4,
            tr("姓 名", name, "性 别", tc(p(on2 if man else off2, "男 ", off2 if man else on2, "女"))),
            tr("出生年月", birth, "身份证号码", ident),
            tr("联系电话", phone, "从事本职业年限", f("work.years_in_occupation", "9 年", 9)),
            tr("证书类别", tc(p(on, "职业技能等级证书") + p(off, "国家职业资格证书") + p(off, "专项职业能力证书"), 3)),
            tr("证书等级", tc(p(off, "四级/中级工 ", on, "三级/高级工 ", off, "二级/技师 ", off, "一级/高级技师"), 3)),
            tr("职称层级", tc(p(off2, "助理级 ", off2, "中级 ", on2, "副高级 ", off2, "正高级"), 3)),
            tr("推荐单位类型", tc(p(off2, "属地评价机构") + p(off2, "未下放的在蓉省属评价机构") + p(on2, "非在蓉省属评价机构"), 3)),
            tr("推荐单位", tc(f("unit.name", UNITS["rail"][0]), 3)),
            width=2350,
        ))


def word_boxes():
    f = Record("hand-06-w14-check-boxes", P, ["w14:checkbox", "vMerge", "section names at the left", "name with a middle dot"], "inspector")
    who = PEOPLE[11]
    unit = UNITS["hr"]
    name, birth, ethnic, political, ident, phone = f.who(who, "name", "birth", "ethnic", "political", "id", "phone", birth="dot1")
    f("person.sex", "", who["sex"])
    f("inspector.kind", "", "hr_staff")
    f("unit.kind", "", "hr_department")
    man = who["sex"] == "male"
    save(
        f, title("四川省技能人才评价质量督导员推荐表"),
        tbl(
            5,
            tr(tc("本人情况", v="restart"), "姓名", name, "性别", tc(p(box14(man), "男　", box14(not man), "女"))),
            tr(tc(v="go on"), "民族", ethnic, "政治面貌", political),
            tr(tc(v="go on"), "出生年月", birth, "文化程度", f("person.education", "硕士研究生", "14")),
            tr(tc(v="go on"), "身份证号", ident, "手机", phone),
            tr(tc("身份", v="restart"), tc(p(box14(True), "人社部门工作人员（从事技能人才管理服务）"), 4)),
            tr(tc(v="go on"), tc(p(box14(False), "评价机构或备案单位的负责人　", box14(False), "管理人员"), 4)),
            tr(tc("推荐单位", v="restart"), "名称", tc(f("unit.name", unit[0]), 3)),
            tr(tc(v="go on"), "类型", tc(p(box14(True), "人社部门　", box14(False), "评价机构"), 3)),
            tr(tc(v="go on"), "所在市（州）", f("unit.city", CITY[unit[1]], unit[1]), "统一社会信用代码", f("unit.credit_code", unit[2])),
            width=1900,
        ))


def text_boxes():
    f = Record("hand-07-text-boxes", P, ["text boxes", "mc:AlternateContent with both branches", "values in boxes"], "special_examiner")
    who = PEOPLE[9]
    name, sex, ident, phone = f.who(who, "name", "sex", "id", "phone")
    boxes = [
        p("姓名：", u(f"  {name}  ")) + p("性别：", u(f"  {sex}  ")),
        p("身份证号码：" + ident) + p("联系电话：" + phone),
        p("工作单位：" + f("work.unit", UNITS["care"][0])) + p("职务：" + f("work.position", "培训主管")),
        p("专项职业能力考核项目：" + f("apply.special_project", "母婴照料")),
    ]
    runs = [text_box(i + 1, box, x=0, y=1500000 + i * 900000, wide=5200000, high=750000) for i, box in enumerate(boxes)]
    save(f, title("专项职业能力考评员申报表"), p(*runs), p("", props='<w:spacing w:before="6000"/>'), p("以上内容由本人填写。"))


def tracked():
    f = Record("hand-08-tracked-changes", P, ["w:ins", "w:del", "changed values", "deleted row"], "examiner")
    who, wrong = PEOPLE[16], PEOPLE[18]
    name, sex, birth, ident, phone = f.who(who, "name", "sex", "birth", "id", "phone", birth="dot")
    gone = f'<w:del {TRACKED.format(20)}/>'
    save(
        f, title("四川省技能人才评价考评员申报表"),
        tbl(
            4,
            tr("姓名", tc(p(dele(wrong["name"], 3), ins(r(name), 4))), "性别", sex),
            tr("出生年月", tc(p(r(birth[:5]), dele("13", 5), ins(r(birth[5:]), 6))),
               "身份证号", ident),
            tr("联系电话", tc(p(r(phone[:7]), dele("9999", 7), ins(r(phone[7:]), 8))), "学历", tc(p(f("person.education", "大学", "21"), dele("专科", 9), ins(r("本科"), 10)))),
            tr(tc(p(dele("政治面貌", 11))), tc(p(dele("群众", 12))), tc(p(dele("籍贯", 13))), tc(p(dele("示例县", 14))), props=gone),
            tr("工作单位", tc(p(r("示例"), dele("第二", 15), ins(r("职业技术"), 16), r("学院")), 3)),
            tr("申报职业", tc(p(ins(r(f("apply.occupation", "电工")), 17))), "职业代码", tc(p(dele("6-31-01-02", 18), ins(r(f("apply.occupation_code", "6-31-01-03")), 19)))),
        ))
    f.fields["work.unit"] = "示例职业技术学院"
    f.write()


def hidden():
    f = Record("hand-09-hidden-and-footnotes", P, ["hidden text", "footnotes", "bookmarks", "split runs with proofErr"], "examiner")
    who = PEOPLE[19]
    name, sex, birth, ethnic, ident, phone = f.who(who, "name", "sex", "birth", "ethnic", "id", "phone", birth="cn")
    secret = lambda text: r(text, "<w:vanish/>")
    note = lambda n: f'<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:footnoteReference w:id="{n}"/></w:r>'
    notes = (
        '<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>'
        '<w:footnote w:type="continuationSeparator" w:id="0"><w:p><w:r><w:continuationSeparator/></w:r></w:p></w:footnote>'
        f'<w:footnote w:id="1">{p("<w:r><w:footnoteRef/></w:r>", " 姓名：须与身份证一致。")}</w:footnote>'
        f'<w:footnote w:id="2">{p("<w:r><w:footnoteRef/></w:r>", " 联系电话：13900009999 为咨询电话，不是填写样例。")}</w:footnote>')
    save(
        f, title("考评员申报表"),
        tbl(
            4,
            tr(tc(p(r("姓"), '<w:proofErr w:type="gramStart"/>', r("名"), '<w:proofErr w:type="gramEnd"/>', note(1))),
               tc(p('<w:bookmarkStart w:id="0" w:name="name"/>', r(name[:1]), r(name[1:]), '<w:bookmarkEnd w:id="0"/>', secret("（模板：张三）"))),
               "性别", tc(p(r(sex), secret("男/女")))),
            tr("出生年月", birth, "民族", ethnic),
            tr("身份证号", ident, tc(p(r("联系电话"), note(2))), phone),
            tr("政治面貌", tc(p(secret("中共党员"))), "文化程度", f("person.education", "高中", "61")),
            tr("现工作单位", tc(p(f("work.unit", UNITS["machine"][0])), 3)),
            tr(tc(p(secret("内部编号"))), tc(p(secret("A-17")), 3)),
            tr("申报职业(工种)", f("apply.occupation", "多工序数控机床操作调整工"), "职业编码", f("apply.occupation_code", "6-18-01-07")),
            width=2350,
        ), parts=[("footnotes", notes)])


def horizontal_merge():
    f = Record("hand-10-hmerge-and-skipped-cells", P, ["hMerge", "gridBefore", "gridAfter", "WPS"], "examiner")
    who = PEOPLE[20]
    name, sex, birth, ethnic, ident, phone, email = f.who(who, "name", "sex", "birth", "ethnic", "id", "phone", "email", birth="slash")
    def h(first, *rest):
        start = tc(first, extra='<w:hMerge w:val="restart"/>')
        return start + "".join(tc("", extra="<w:hMerge/>") for _ in rest)
    before = '<w:gridBefore w:val="1"/><w:wBefore w:w="1500" w:type="dxa"/>'
    after = '<w:gridAfter w:val="1"/><w:wAfter w:w="1500" w:type="dxa"/>'
    save(
        f, title("考评员申报表"),
        tbl(
            6,
            tr(h("个人信息", 1, 1, 1, 1, 1)),
            tr("姓名", name, "性别", sex, tc("民族"), ethnic),
            tr("出生日期", h(birth, 1), "身份证号码", h(ident, 1)),
            tr("单位", h(f("work.unit", UNITS["jishi"][0]), 1), "手机号码", h(phone, 1)),
            tr("电子邮箱", tc(email, 2), "岗位", f("work.position", "实训指导"), props=after),
            tr(tc("申报职业", 2), tc(f("apply.occupation", "工具钳工"), 3), props=before),
            width=1600,
        ), program="WPS Office")


def inner_tables():
    f = Record("hand-11-nested-tables", P, ["nested tables", "form inside a layout table", "resume two columns"], "senior_examiner")
    who = PEOPLE[21]
    name, sex, birth, ident, phone, political = f.who(who, "name", "sex", "birth", "id", "phone", "political", birth="iso")
    rows = f.resume(("2003-07", "2010-06", "示例化工厂", "焊工"), ("2010-07", None, UNITS["machine"][0], "焊接高级技师"))
    inner = tbl(
        4, tr("姓名", name, "性别", sex), tr("出生年月", birth, "政治面貌", political), tr("身份证号", ident, "电话", phone), width=1900)
    skill = tbl(
        2, tr("职业（工种）", f("certificate.occupation", "焊工")), tr("等级", f("certificate.level", "高级技师", "1")),
        tr("证书编号", f("certificate.number", "Y000051001068231000009")), width=2200)
    history = tbl(4, tr("起", "止", "单位", "职务"), *[tr(date(a, "dot"), date(b, "dot") if b else "至今", c, d) for a, b, c, d in rows], width=1700)
    save(
        f, title("四川省技能人才评价高级考评员申报表"),
        tbl(
            2,
            tr(tc("基本信息", width=1500), tc(inner + p(), width=7800)),
            tr(tc("技能等级情况", width=1500), tc(skill + p(), width=7800)),
            tr(tc("工作简历", width=1500), tc(history + p(), width=7800)),
            tr(tc("申报职业", width=1500), tc(p(f("apply.occupation", "焊工") + "（" + f("apply.occupation_code", "6-18-02-04") + "）"), width=7800)),
            width=[1500, 7800],
        ))


def underlined():
    f = Record("hand-12-underlined-paragraphs", P, ["plain paragraphs", "underlined blanks", "several fields in a line", "WPS", "empty blanks"], "inspector")
    who = PEOPLE[23]
    unit = UNITS["centre"]
    name, sex, birth, political, ident, phone = f.who(who, "name", "sex", "birth", "political", "id", "phone", birth="spaced")
    save(
        f, title("质量督导员申报表"),
        p("姓    名", u(f"    {name}    "), "  性    别", u(f"   {sex}   "), "  出生年月", u(f"  {birth}  ")),
        p("民    族", u("            "), "  政治面貌", u(f"  {political}  "), "  学    历", u("  " + f("person.education", "大学本科", "21") + "  ")),
        p("身份证号", u(f"   {ident}   "), "  联系电话", u(f"  {phone}  ")),
        p("工作单位", u("     " + f("work.unit", unit[0]) + "     "), "  职    务", u("  " + f("work.position", "考务科科长") + "  ")),
        p("参加工作时间", u("  " + f.date("work.started_on", "2012-08", "spaced") + "  ")),
        p("推荐单位", u("   " + f("unit.name", unit[0]) + "   "), "  备案号", u("               ")),
        p("主要工作经历："),
        *[p(f"    {span(a, b, 'spaced', '至')}，在{c}任{d}；") for a, b, c, d in f.resume(
            ("2012-08", "2016-12", "示例市第二技工学校", "教师"), ("2017-01", None, unit[0], "考务科科长"))],
        p("推荐单位意见：", props='<w:spacing w:before="400"/>'), p("同意推荐。                        （公章）       年   月   日"),
        program="WPS Office")


def rotated():
    f = Record("hand-13-vertical-labels", P, ["vertical labels", "label over line breaks", "full-width brackets and colons", "label over paragraphs"], "examiner")
    who = PEOPLE[25]
    name, sex, birth, ethnic, ident, phone = f.who(who, "name", "sex", "birth", "ethnic1", "id", "phone", birth="hanzi")
    down = '<w:textDirection w:val="tbRl"/>'
    save(
        f, title("考评员资格申报表"),
        tbl(
            6,
            tr(tc("姓\n名"), name, tc("性\n别"), sex, tc(p("民") + p("族")), ethnic, props='<w:trHeight w:val="800"/>'),
            tr("出 生\n年 月：", birth, tc(p("学") + p("历")), f("person.education", "大学专科毕业", "31"), tc("职称名称", extra=down), f("title.name", "二级实习指导教师"),
               props='<w:trHeight w:val="1300"/>'),
            tr("身份证号码（必填）：", tc(ident, 3), "手机（必填）：", phone),
            tr("工作单位【全称】", tc(f("work.unit", UNITS["school"][0]), 2), "本职业工作年限（整年）", tc(f("work.years_in_occupation", "12", 12), 2)),
            tr("申报职业（工种）：", tc(f("apply.occupation", "保育师") , 2), "职业代码（2022年版）", tc(f("apply.occupation_code", "4-10-01-03"), 2)),
            width=1600,
        ))


def two_columns():
    f = Record("hand-14-two-column-senior", P, ["two-column form", "phone of the unit", "examiner card", "title section", "header"], "senior_examiner")
    who = PEOPLE[26]
    unit = UNITS["brew"]
    name, sex, birth, ethnic, ident, phone = f.who(who, "name", "sex", "birth", "ethnic", "id", "phone", birth="iso", cut=10)
    save(
        f, title("高级考评员申报表"),
        tbl(
            4,
            tr("申请人姓名", name, "单位名称", f("unit.name", unit[0])),
            tr("性别", sex, "统一社会信用代码", f("unit.credit_code", unit[2])),
            tr("民族", ethnic, "单位联系人", PEOPLE[27]["name"]),
            tr("出生日期", birth, "联系人电话", "0830-3000000"),
            tr("证件类型", f("person.id_type", "居民身份证", "resident_id"), "单位地址", "泸州市示例区示例路9号"),
            tr("证件号码", ident, "单位所在市（州）", f("unit.city", "泸州", "510500")),
            tr("本人手机", phone, "备案号", f("unit.filing_number", "Y000051050023")),
            tr("职称名称", f("title.name", "高级工程师"), "考评员证卡编号", f("examiner_card.number", "51-2023-0456")),
            tr("职称层级", f("title.level", "副高级", "associate_senior"), "证卡发证日期", f.date("examiner_card.issued_on", "2023-03-08", "iso")),
            tr("职称取得日期", f.date("title.issued_on", "2019-12-20", "iso"), "证卡有效期至", f.date("examiner_card.expires_on", "2026-03-07", "iso")),
            tr("申报职业代码", f("apply.occupation_code", "6-02-06-11"), "申报职业", f("apply.occupation", "评茶师")),
            width=2350,
        ), parts=[("header", p("申报人电话必须为本人手机　经办人：" + PEOPLE[28]["name"])), ("footer", p("第 1 页"))])


def fields_and_links():
    f = Record("hand-15-fields-and-links", P, ["fldSimple", "hyperlink", "smartTag", "customXml", "comment", "no-break spaces"], "special_examiner")
    who = PEOPLE[29]
    name, sex, birth, ident, phone = f.who(who, "name", "sex", "birth", "id", "phone", birth="cn")
    mail = f("person.email", who["email"])
    save(
        f, title("专项职业能力考评员申报表"),
        tbl(
            4,
            tr(tc(p(r("姓\u00a0\u00a0名"))), tc(p(f'<w:smartTag w:uri="urn:schemas-microsoft-com:office:smarttags" w:element="PersonName">{r(name)}</w:smartTag>')), "性别", sex),
            tr("出生年月", tc(p(f'<w:fldSimple w:instr=" FILLIN 出生年月 ">{r(birth)}</w:fldSimple>')), "身份证号码", tc(p(
                '<w:commentRangeStart w:id="1"/>', r(ident), '<w:commentRangeEnd w:id="1"/>', '<w:r><w:commentReference w:id="1"/></w:r>'))),
            tr("联系电话", tc(f"<w:p>{r(phone)}</w:p>"), "电子邮箱", tc(p(f'<w:hyperlink w:anchor="m">{r(mail)}</w:hyperlink>'))),
            tr("工作单位", tc(p(f'<w:customXml w:uri="urn:x" w:element="unit">{r(f("work.unit", UNITS["food"][0]))}</w:customXml>'), 3)),
            tr("专项职业能力考核项目", tc(f("apply.special_project", "火锅底料炒制"), 3)),
        ), parts=[("comments", f'<w:comment w:id="1" w:author="审核" w:date="2026-03-01T10:00:00Z" w:initials="S">{p("身份证号：请核对，是否为 " + id_number("510104", "19900101", 3) + "？")}</w:comment>')])


def blank_controls():
    f = Record("hand-16-blank-controls", P, ["blank", "placeholders", "empty FORMTEXT", "unchecked boxes"], "inspector")
    save(
        f, title("四川省技能人才评价质量督导员申报表"),
        tbl(
            4,
            tr("姓名", tc(p(placeholder())), "性别", tc(p(box14(False), "男 ", box14(False), "女"))),
            tr("出生年月", tc(p(placeholder("选择日期", '<w:date><w:dateFormat w:val="yyyy-MM"/></w:date>'))), "民族", tc(p(placeholder("选择一项。")))),
            tr("身份证号", tc(p(form_field("text"))), "联系电话", tc(p(form_field("text")))),
            tr("工作单位", tc(p(placeholder("请填写单位全称")), 3)),
            tr("申报人身份", tc(p(box14(False), "人社部门工作人员 ", box14(False), "负责人 ", box14(False), "管理人员"), 3)),
            tr("推荐单位", tc("（盖章）", 3)),
            width=2300,
        ))


def vml_only():
    f = Record("hand-17-vml-boxes", P, ["VML text boxes only", "label and value in the box", "WPS"], "examiner")
    who = PEOPLE[31]
    name, sex, ident, phone = f.who(who, "name", "sex", "id", "phone")
    draw = lambda n, content, y: f"<w:r>{vml_box(n, content, 380, 52, 0, y)}</w:r>"
    save(
        f, title("考评员申报表"),
        p(draw(1, p(f"姓名：{name}　　性别：{sex}") + p(f"身份证号：{ident}"), 120), draw(2, p(f"手机：{phone}") + p("工作单位：" + f("work.unit", UNITS["rail"][0])), 190),
          draw(3, p("申报职业：" + f("apply.occupation", "装配钳工")) + p("职业编码：" + f("apply.occupation_code", "6-20-01-01")), 260)),
        program="WPS Office")


def prices():
    f = Record("hand-18-price-list", P, ["not a form of this kind", "prices"], "examiner", is_form=False)
    save(
        f, title("实训耗材报价单"), p("报价单位：示例工贸有限公司    联系电话：0816-2000000    报价日期：2026年2月20日"),
        tbl(
            5, tr("序号", "名称", "规格", "单位", "单价（元）"), tr("1", "焊条 J422", "3.2mm", "千克", "7.80"), tr("2", "焊工手套", "加长", "双", "18.00"),
            tr("3", "防护面罩", "自动变光", "个", "136.00"), tr("4", "角磨片", "100mm", "片", "2.50")),
        p("有效期至：2026年6月30日    联系人：" + PEOPLE[42]["name"]))


def strict():
    f = Record("hand-19-strict-namespaces", P, ["strict namespaces", "section rows"], "examiner")
    who = PEOPLE[32]
    name, sex, birth, political, ident, phone = f.who(who, "name", "sex", "birth", "political", "id", "phone", birth="dot1", cut=10)
    save(
        f, title("技能人才评价考评员申报表"),
        tbl(
            4, tr(tc("个人信息", 4)), tr("申报人姓名", name, "性别", sex), tr("出生年月日", birth, "政治面貌", political),
            tr("身份证号码", ident, "手机号码", phone), tr(tc("证书与职称", 4)),
            tr("证书职业（工种）", f("certificate.occupation", "无人机驾驶员"), "证书等级", f("certificate.level", "高级工", "3")),
            tr("证书编号", f("certificate.number", "S000051010033243000051"), "发证机构", f("certificate.issuer", "示例航空科技有限公司")),
            tr(tc("申报职业", 4)), tr("申报职业", f("apply.occupation", "无人机驾驶员"), "申报职业代码", f("apply.occupation_code", "4-02-04-06")),
            tr(tc("推荐单位", 4)), tr("推荐单位名称", tc(f("unit.name", "示例航空科技有限公司"), 3)), width=2300,
        ), strict=True)


def digit_cells():
    f = Record("hand-20-id-digits-in-cells", P, ["one character per cell", "gridSpan", "ticks √"], "examiner")
    who = PEOPLE[33]
    name, sex, ethnic, phone = f.who(who, "name", "sex", "ethnic", "phone")
    f("person.id_number", who["id"])
    w = 430
    save(
        f, title("考评员申报表"),
        tbl(
            21,
            tr(tc("姓名", 3, width=w), tc(name, 4, width=w), tc("性别", 3, width=w), tc(sex, 3, width=w), tc("民族", 4, width=w), tc(ethnic, 4, width=w)),
            tr(tc("身份证号", 3, width=w), *[tc(c, width=w) for c in who["id"]]),
            tr(tc("手机", 3, width=w), tc(phone, 8, width=w), tc("学历", 3, width=w),
               tc(f.boxes("person.education", [("14", "研究生"), ("21", "本科"), ("31", "大专")], "21", on="√", off="□", sep=" "), 7, width=w)),
            tr(tc("工作单位", 3, width=w), tc(f("work.unit", UNITS["college"][0]), 18, width=w)),
            tr(tc("申报职业", 3, width=w), tc(f("apply.occupation", "建筑信息模型技术员"), 18, width=w)),
            width=w,
        ))


def guardians():
    f = Record("hand-21-family-and-filler", P, ["traps: family rows, guardian, filler, former unit, witness", "gridSpan", "vMerge"], "inspector")
    who, kin, other = PEOPLE[34], PEOPLE[35], PEOPLE[36]
    name, sex, birth, ident, phone = f.who(who, "name", "sex", "birth", "id", "phone", birth="cn")
    save(
        f, title("质量督导员申报表"),
        tbl(
            5,
            tr("姓名", name, "性别", tc(sex, 2)), tr("出生年月", birth, "身份证号", tc(ident, 2)), tr("原单位及职务", "示例第三技工学校教师", "健康状况", tc("良好", 2)),
            tr("工作单位", f("work.unit", UNITS["jishi"][0]), "职务", tc(f("work.position", "质量管理部部长"), 2)), tr("本人电话", phone, "单位电话", tc("0817-2000000", 2)),
            tr(tc("家庭主要成员", v="restart"), "称谓", "姓名", "出生年月", "工作单位及职务"),
            tr(tc(v="go on"), "配偶", kin["name"], "1980.05", "示例医院护士"), tr(tc(v="go on"), "儿子", "样本小", "2010.09", "示例中学学生"),
            tr("监护人姓名", "—", "监护人电话", tc("—", 2)),
            tr("推荐单位", tc(f("unit.name", UNITS["jishi"][0]), 2), "推荐单位负责人", other["name"]),
            tr("证明人", PEOPLE[37]["name"], "证明人电话", tc(PEOPLE[37]["phone"], 2)),
            width=1900,
        ), p(f"填表人：{other['name']}　　　联系电话：{other['phone']}　　　填表时间：2026年3月5日"))


def wrong_numbers():
    f = Record("hand-22-wrong-values", P, ["values that do not hold up: a unit code with a wrong check character, an ID number with one digit short"], "examiner")
    who = PEOPLE[38]
    name, sex, phone = f.who(who, "name", "sex", "phone")
    save(
        f, title("考评员申报表"),
        tbl(
            4, tr("姓名", name, "性别", sex), tr("身份证号码", f("person.id_number", who["id"][:17]), "联系电话", phone),
            tr("推荐单位", f("unit.name", UNITS["college"][0]), "统一社会信用代码", f("unit.credit_code", UNITS["college"][2][:17] + "9")),
            tr("申报职业", f("apply.occupation", "数控车床操作工"), "职业代码", f("apply.occupation_code", "6-18-01-99")), width=2350,
        ))


def with_instructions():
    f = Record("hand-23-instructions-and-promise", P, ["instructions that name the fields", "promise", "resume as lines in one cell", "WPS", "several pages"], "examiner")
    who = PEOPLE[39]
    unit = UNITS["college"]
    name, sex, birth, ethnic, ident, phone, email = f.who(who, "name", "sex", "birth", "ethnic", "id", "phone", "email", birth="cn")
    rows = f.resume(("2010-03", "2013-12", "示例通用设备厂", "数控车工"), ("2014-01", "2019-08", "示例精密制造有限公司", "班组长"), ("2019-09", None, unit[0], "实训教师"))
    history = "".join(p(f"{span(a, b)}  {c}  {d}") for a, b, c, d in rows)
    save(
        f, title("四川省技能人才评价考评员申报表"), p("填表说明"),
        p("1. 姓名：与居民身份证一致，不得使用曾用名。"), p("2. 出生年月：格式为“1985.03”。"), p("3. 学历：填写最高学历，如“大学本科”。"),
        p("4. 申报职业：填写《大典》名称和代码，如“焊工 6-18-02-04”。"), p("5. 推荐单位：须与公章一致。"), p('<w:r><w:br w:type="page"/></w:r>'),
        tbl(
            6,
            tr("姓名", name, "性别", sex, "民族", ethnic),
            tr("出生年月", birth, "政治面貌", f("person.political_status", "中共预备党员", "02"), "学历", f("person.education", "研究生（硕士）", "14")),
            tr("身份证号码", tc(ident, 2), "联系电话", tc(phone, 2)),
            tr("电子邮箱", tc(email, 2), "证件类型", tc(f("person.id_type", "身份证", "resident_id"), 2)),
            tr("工作单位", tc(f("work.unit", unit[0]), 3), "岗位", f("work.position", "实训教师")),
            tr("工作简历", tc(history, 5)),
            tr("证书类别", tc(f("certificate.kind", "职业技能等级证书", "skill_level"), 2), "证书等级", tc(f("certificate.level", "二级（技师）", "2"), 2)),
            tr("申报职业", tc(f("apply.occupation", "车工"), 2), "职业编码", tc(f("apply.occupation_code", "6-18-01-01"), 2)),
            tr("推荐单位", tc(f("unit.name", unit[0]), 2), "统一社会信用代码", tc(f("unit.credit_code", unit[2]), 2)),
            tr("推荐单位意见", tc(p("该同志工作单位为本单位，职务、学历等情况属实，同意推荐。") + p("负责人：        （公章）    年  月  日"), 5)),
        ),
        p("承诺书"), p("本人承诺：所填姓名、身份证号、工作单位等信息真实有效，如有虚假，后果自负。"), p("承诺人（签字）：            身份证号：            日期：    年  月  日"),
        program="WPS Office")


def other_papers():
    f = Record("hand-24-passport", P, ["passport", "gridSpan", "Latin name", "labels in two languages"], "senior_examiner")
    save(
        f, title("高级考评员申报表"),
        tbl(
            4,
            tr("姓名 Name", f("person.name", "SHILI Example"), "性别 Sex", f("person.sex", "男", "male")),
            tr("证件类型", f("person.id_type", "护照", "passport"), "证件号码", f("person.id_number", "E00000012")),
            tr("出生日期", f.date("person.birth_date", "1976-04-02", "iso"), "学历", f("person.education", "博士研究生毕业", "11")),
            tr("手机号码", f("person.phone", "(028)8600-0033", "02886000033"), "电子邮箱", f("person.email", "shili.example@example.com")),
            tr("职称系列", f("title.series", "高等学校教师", "010"), "职称名称", f("title.name", "副教授")),
            tr("职称层级", f("title.level", "副高级", "associate_senior"), "职称取得日期", f.date("title.issued_on", "2015-12", "cn")),
            tr("考评员证卡编号", f("examiner_card.number", "川考评-2021-0088"), "证卡使用区域", f("examiner_card.area", "成都市", "510100")),
            tr("申报职业", f("apply.occupation", "建筑信息模型技术员"), "申报职业代码", f("apply.occupation_code", "4-08-08-23")),
            tr("参保单位", f("unit.insured_person_unit", UNITS["machine"][0]), "聘用协议单位", f("unit.contract_unit", UNITS["machine"][0])),
            width=2350,
        ))


def circles():
    f = Record("hand-25-circles-and-crosses", P, ["○ ● choices", "☒ □ choices", "brackets [√] [ ]", "choice at the end of the words"], "inspector")
    who = PEOPLE[64]
    unit = UNITS["machine"]
    name, birth, ident, phone = f.who(who, "name", "birth", "id", "phone", birth="dot", cut=10)
    save(
        f, title("质量督导员申报表"),
        tbl(
            2,
            tr("姓名", name), tr("性别", f.boxes("person.sex", [("male", "男"), ("female", "女")], who["sex"], on="●", off="○", sep="   ")),
            tr("出生日期", birth), tr("身份证号", ident), tr("联系电话", phone),
            tr("文化程度", f.boxes("person.education", [("14", "研究生"), ("21", "大学本科"), ("31", "大学专科"), ("61", "高中")], "21", on="☒", off="☐", sep=" ")),
            tr("申报人身份", "[ ] 人社部门工作人员  [ ] 评价机构或备案单位的负责人  [√] 评价机构或备案单位的管理人员"),
            tr("稳定劳动关系", "是 □    否 ☑"),
            tr("推荐单位", f("unit.name", unit[0])),
            tr("推荐单位类型", f.boxes("unit.kind", [("local", "属地评价机构"), ("provincial_in_chengdu", "未下放的在蓉省属评价机构"), ("provincial_elsewhere", "非在蓉省属评价机构")],
                                "provincial_in_chengdu", on="☑", off="☐", sep="\n")),
            tr("推荐单位备案状态", f.boxes("unit.filing", [("filed", "已完成备案"), ("accepted", "已提交备案材料，并已正式受理"), ("none", "未提交备案材料")], "none", on="√", off="", sep="  ")),
            width=4700,
        ))
    f.fields |= {"inspector.kind": "manager", "inspector.stable_employment": False}
    f.write()


def same_cell():
    f = Record("hand-26-label-and-value-in-one-cell", P, ["label and value in the same cell", "line break after the label", "bold labels"], "special_examiner")
    who = PEOPLE[65]
    name, sex, birth, ethnic, ident, phone = f.who(who, "name", "sex", "birth", "ethnic", "id", "phone-", birth="slash")
    both = lambda label, value, span=1, sign="：": tc(p(r(label + sign, "<w:b/>"), r(value)), span)
    save(
        f, title("专项职业能力考核考评员申报表"),
        tbl(
            3,
            tr(both("姓名", name), both("性别", sex), both("民族", ethnic)),
            tr(both("出生年月", birth), both("身份证号码", ident, 2)),
            tr(both("手机", phone), both("学历", f("person.education", "高中毕业", "61")), both("职务", f("work.position", "非遗工坊负责人"))),
            tr(both("证书类别", f("certificate.kind", "专项职业能力证书", "special_ability"), 2), both("发证日期", f.date("certificate.issued_on", "2020-07", "slash"))),
            tr(both("证书编号", f("certificate.number", "示例专项2020000777"), 2), both("发证机构", f("certificate.issuer", UNITS["centre"][0]))),
            tr(tc(p(r("工作单位：\n", "<w:b/>"), r(f("work.unit", "示例县蜀绣非遗工坊"))), 3)),
            tr(tc(p(r("专项职业能力考核项目：\n", "<w:b/>"), r(f("apply.special_project", "蜀绣制作（示例）"))), 3)),
            tr(both("推荐单位名称", f("unit.name", UNITS["centre"][0]), 2), both("所在市（州）", "")),
            width=3100,
        ))


def roster():
    f = Record("hand-27-roster", P, ["not a form of this kind", "a roster of several applicants"], "examiner", is_form=False)
    rows = [tr(str(i), PEOPLE[n]["name"], SEX[PEOPLE[n]["sex"]], PEOPLE[n]["id"], UNITS["brew"][0], job, PEOPLE[n]["phone"])
            for i, (n, job) in enumerate([(60, "评茶师"), (61, "电工"), (62, "焊工"), (63, "电工")], 1)]
    save(
        f, title("考评员申报人员汇总表"), p("推荐单位（盖章）：" + UNITS["brew"][0] + "        填表人：" + PEOPLE[66]["name"] + "        联系电话：0830-3000001"),
        tbl(7, tr("序号", "姓名", "性别", "身份证号", "工作单位", "申报职业", "联系电话"), *rows, width=1350))


def long_form():
    f = Record("hand-28-long-form", P, ["gridSpan", "vMerge", "section rows", "vertical section names", "resume two columns with two-row heading", "empty rows", "unit's own phone in its section"], "examiner")
    who = PEOPLE[66]
    unit = UNITS["food"]
    name, sex, birth, ethnic, political, ident, phone, email = f.who(who, "name", "sex", "birth", "ethnic", "political", "id", "phone", "email", birth="dot")
    rows = f.resume(("2011-06", "2015-05", "示例宾馆", "面点师"), ("2015-06", "2021-02", "示例食品有限公司", "研发主管"), ("2021-03", None, unit[0], "培训总监"))
    down = '<w:textDirection w:val="tbRlV"/><w:vAlign w:val="center"/>'
    save(
        f, title("四川省技能人才评价考评员申报表"),
        tbl(
            8,
            tr(tc("个人信息", v="restart", extra=down), "姓名", tc(name), "性别", tc(sex), "民族", tc(ethnic), tc("照片", v="restart")),
            tr(tc(v="go on"), "出生年月", tc(birth, 2), "政治面貌", tc(political, 2), tc(v="go on")),
            tr(tc(v="go on"), "身份证号码", tc(ident, 4), tc("（必填）"), tc(v="go on")),
            tr(tc(v="go on"), "手机号码", tc(phone, 2), "电子邮箱", tc(email, 3)),
            tr(tc(v="go on"), "通讯地址", tc(f("person.address", "成都市武侯区示例东街66号 3单元1201"), 4), "邮编", f("person.postal_code", "610041")),
            tr(tc("工作情况", v="restart", extra=down), "工作单位", tc(f("work.unit", unit[0]), 3), "职务", tc(f("work.position", "培训总监"), 2)),
            tr(tc(v="go on"), "参加工作日期", tc(f.date("work.started_on", "2011-06", "dot"), 3), "本职业工作年限", tc(f("work.years_in_occupation", "14年", 14), 2)),
            tr(tc("工作简历", v="restart", extra=down), tc("起止年月", 2), tc("单位", 3, "restart"), tc("职务", 2, "restart")),
            tr(tc(v="go on"), "起", "止", tc("", 3, "go on"), tc("", 2, "go on")),
            *[tr(tc(v="go on"), date(a, "dot"), date(b, "dot") if b else "至今", tc(c, 3), tc(d, 2)) for a, b, c, d in rows],
            *[tr(tc(v="go on"), "", "", tc("", 3), tc("", 2)) for _ in range(2)],
            tr(tc("证书情况", v="restart", extra=down), "证书类别", tc(f("certificate.kind", "职业技能等级证书", "skill_level"), 3), "证书等级", tc(f("certificate.level", "四级/中级工", "4"), 2)),
            tr(tc(v="go on"), "职业（工种）", tc(f("certificate.occupation", "中式面点师"), 3), "发证日期", tc(f.date("certificate.issued_on", "2018-10-18", "dot"), 2)),
            tr(tc(v="go on"), "证书编号", tc(f("certificate.number", "S000051010088184000095"), 3), "发证机构", tc(f("certificate.issuer", "示例饮食服务技能鉴定所"), 2)),
            tr(tc("职称情况", v="restart", extra=down), "职称名称", tc("无", 3), "职称层级", tc("无", 2)),
            tr(tc("申报职业", 2), tc(f("apply.occupation", "中式面点师"), 2), "职业代码", f("apply.occupation_code", "4-03-02-02"), "工种", ""),
            tr(tc("推荐单位", v="restart", extra=down), "推荐单位名称", tc(f("unit.name", unit[0]), 3), "所在市（州）", tc(f("unit.city", CITY["510100"], "510100"), 2)),
            tr(tc(v="go on"), "统一社会信用代码", tc(f("unit.credit_code", unit[2]), 3), "备案号", tc(f("unit.filing_number", "Y000051010077"), 2)),
            tr(tc(v="go on"), "联系人", tc(PEOPLE[67]["name"], 3), "联系电话", tc("028-86000066", 2)),
            tr(tc("审核意见", 2), tc(p("") + p("（盖章）    年   月   日"), 6)),
            width=1180,
        ))


def typed_underscores():
    f = Record("hand-29-typed-underscores", P, ["plain paragraphs", "underscores typed around the values", "tracked move", "several fields in a line"], "examiner")
    who = PEOPLE[67]
    name, sex, birth, ident, phone = f.who(who, "name", "sex", "birth", "id", "phone", birth="cn")
    unit = f("work.unit", UNITS["school"][0])
    move = lambda kind, text, n: (
        f'<w:{kind}RangeStart {TRACKED.format(n)} w:name="m"/><w:{kind} {TRACKED.format(n + 1)}>{r(text)}</w:{kind}><w:{kind}RangeEnd w:id="{n}"/>')
    save(
        f, title("考评员申报表"),
        p(f"姓名：____{name}____  性别：__{sex}__  民族：________"),
        p(f"出生年月：__{birth}__  政治面貌：__________"),
        p(f"身份证号：_{ident}_"),
        p(r("备注："), move("moveFrom", unit, 30)),
        p(r("工作单位：___"), move("moveTo", unit, 40), r("___")),
        p(f"手机号码：___{phone}___  E-mail：__________________"),
        p(f"专业技术职务（职称名称）：___{f('title.name', '农艺师')}___  取得时间：___{f.date('title.issued_on', '2017-09', 'cn')}___"),
        p(f"申报职业（工种）：＿＿{f('apply.occupation', '中式烹调师')}＿＿  职业代码：＿＿＿＿＿＿"))


def merged_resume():
    f = Record("hand-30-resume-with-merged-unit", P, ["vMerge in the resume's rows", "dates over lines in a cell", "resume columns in another order", "footer row"], "senior_examiner")
    who = PEOPLE[68]
    unit = UNITS["rail"][0]
    name, sex, birth, ident = f.who(who, "name", "sex", "birth", "id", birth="dot")
    f.resume(("2006-07", "2012-06", "示例铁路机务段", "制动钳工"), ("2012-07", "2017-03", unit, "检修班长"), ("2017-04", None, unit, "车间主任"))
    save(
        f, title("高级考评员申报表"),
        tbl(
            4,
            tr("姓名", name, "性别", sex), tr("出生年月", birth, "身份证号码", ident),
            tr("现任职务", f("work.position", "车间主任"), "考评员证卡编号", f("examiner_card.number", "川考评2020-1177")),
            tr(tc("工作简历（从参加工作时填起）", 4)),
            tr("工作单位", "职务", tc("起止年月", 2)),
            tr("示例铁路机务段", "制动钳工", tc("2006年7月\n至\n2012年6月", 2)),
            tr(tc(unit, v="restart"), "检修班长", tc("2012年7月\n至\n2017年3月", 2)),
            tr(tc(v="go on"), "车间主任", tc("2017年4月\n至今", 2)),
            tr("申报职业", f("apply.occupation", "铁路机车车辆制动钳工"), "申报职业代码", f("apply.occupation_code", "6-23-01-04")),
            tr(tc("填表日期：2026年3月6日　　填表人电话：13800001111", 4)),
            width=2350,
        ))


def main():
    for make in (wps_official, content_controls, row_and_cell_controls, legacy_fields, wingdings, word_boxes, text_boxes, tracked, hidden,
                 horizontal_merge, inner_tables, underlined, rotated, two_columns, fields_and_links, blank_controls, vml_only, prices,
                 strict, digit_cells, guardians, wrong_numbers, with_instructions, other_papers, circles, same_cell, roster, long_form,
                 typed_underscores, merged_resume):
        make()
