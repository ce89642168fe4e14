"""Texts as a browser's clipboard gives them for a whole page of a portal."""

from common import CITY, ETHNIC, OUT, PEOPLE, POLITICAL, SEX, UNITS, Record, date, span

P = "portal"


def save(record, text):
    (OUT / f"{record.name}.txt").write_text(text.strip("\n") + "\n", encoding="utf-8")
    record.write()


def colons():
    f = Record("portal-01-label-colon-value", P, ["navigation", "label: value lines", "buttons", "footer", "signed-in user beside the applicant"], "examiner")
    p = PEOPLE[0]
    name, sex, birth, ethnic, political, ident, phone = f.who(p, "name", "sex", "birth", "ethnic", "political", "id", "phone", birth="iso", cut=10)
    unit = UNITS["college"]
    save(f, f"""
技能人才评价管理服务平台（演示）
首页
报名管理
证书查询
您好，{PEOPLE[64]["name"]}（单位经办人）
退出
首页 > 报名管理 > 考评员申报 > 查看
基本信息
姓名：{name}
性别：{sex}
证件类型：{f("person.id_type", "居民身份证", "resident_id")}
证件号码：{ident}
出生日期：{birth}
民族：{ethnic}
政治面貌：{political}
学历：{f("person.education", "大学本科毕业", "21")}
手机号码：{phone}
电子邮箱：
工作信息
工作单位：{f("work.unit", unit[0])}
职务（岗位）：{f("work.position", "骨干教师")}
参加工作时间：{f.date("work.started_on", "2012-09-01", "iso")}
申报信息
申报职业：{f("apply.occupation", "装配钳工")}
职业代码：{f("apply.occupation_code", "6-20-01-01")}
推荐单位：{f("unit.name", unit[0])}
统一社会信用代码：{f("unit.credit_code", unit[2])}
返回 打印 撤回
主办单位：示例省职业技能鉴定指导中心（演示） 技术支持电话：028-00000000
蜀ICP备00000000号 川公网安备 51000000000000号
""")


def under_labels():
    f = Record("portal-02-label-then-value", P, ["label line then value line", "required marks", "hints", "empty fields", "steps"], "senior_examiner")
    p = PEOPLE[5]
    name, sex, birth, ident, phone, email = f.who(p, "name", "sex", "birth", "id", "phone", "email", birth="iso", cut=10)
    save(f, f"""
高级考评员网上申报
1
填写信息
2
上传材料
3
提交审核
* 姓名
{name}
* 性别
{sex}
* 身份证号
{ident}
请输入18位身份证号码
* 出生日期
{birth}
民族
请选择
政治面貌
请选择
* 手机号码
{phone}
电子邮箱
{email}
通讯地址
请输入通讯地址
0/100
* 考评员证卡编号
{f("examiner_card.number", "51KP2023000871")}
* 证卡发证日期
{f.date("examiner_card.issued_on", "2023-04-18", "iso")}
证卡有效期至
请选择日期
* 申报职业
{f("apply.occupation", "多工序数控机床操作调整工")}
* 申报职业代码
{f("apply.occupation_code", "6-18-01-07")}
上一步
保存草稿
下一步
""")


def tabs():
    f = Record("portal-03-tab-rows", P, ["tab separated table rows", "two pairs in a row", "resume as a table", "section names", "rare character in the name"], "examiner")
    p = PEOPLE[12]
    name, sex, birth, ethnic, ident, phone = f.who(p, "name", "sex", "birth", "ethnic", "id", "phone", birth="dot")
    unit = UNITS["jishi"]
    rows = f.resume(("2012-07", "2018-08", "示例机电公司", "电工"), ("2018-09", None, unit[0], "实习指导教师"))
    history = "\n".join(f"{i}\t{span(a, b)}\t{c}\t{d}\t删除" for i, (a, b, c, d) in enumerate(rows, 1))
    save(f, f"""
考评员申报详情\t关闭
基本信息
姓名\t{name}\t性别\t{sex}
出生年月\t{birth}\t民族\t{ethnic}
身份证号码\t{ident}\t文化程度\t{f("person.education", "大学专科毕业", "31")}
联系电话\t{phone}\t电子邮箱\t
工作单位\t{f("work.unit", unit[0])}\t职务\t{f("work.position", "实习指导教师")}
从事本职业年限\t{f("work.years_in_occupation", "13", 13)}\t参加工作时间\t{f.date("work.started_on", "2012-07", "dot")}
工作简历
序号\t起止年月\t单位\t职务\t操作
{history}
新增一行
证书信息
证书类别\t{f("certificate.kind", "职业技能等级证书", "skill_level")}\t证书等级\t{f("certificate.level", "三级/高级工", "3")}
证书职业（工种）\t{f("certificate.occupation", "电工")}\t证书编号\t{f("certificate.number", "Y000051130015223000088")}
申报职业\t{f("apply.occupation", "电工")}\t职业代码\t{f("apply.occupation_code", "6-31-01-03")}
审核记录
审核时间\t审核人\t审核结果\t审核意见
2026-03-03 10:22\t{PEOPLE[65]["name"]}\t待审核\t
共 1 条\t10条/页\t前往\t1\t页
""")


def radios():
    f = Record("portal-04-radio-buttons", P, ["radio buttons ○ ●", "check boxes", "menus", "hint sentences", "label and value in one line without colon"], "inspector")
    p = PEOPLE[26]
    name, ident, phone = f.who(p, "name", "id", "phone")
    unit = UNITS["centre"]
    sex = f.boxes("person.sex", [("male", "男"), ("female", "女")], p["sex"], on="●", off="○", sep=" ")
    kind = f.boxes("inspector.kind", [("hr_staff", "人社部门工作人员"), ("head", "评价机构或备案单位的负责人"), ("manager", "评价机构或备案单位的管理人员")], "manager", on="●", off="○", sep="\n")
    stable = f.boxes("inspector.stable_employment", [(True, "是"), (False, "否")], False, on="●", off="○", sep=" ")
    save(f, f"""
首页 / 质量督导员 / 我要申报
我的申报 消息(2) 帮助
质量督导员申报
温馨提示：带 * 的为必填项，请如实填写，姓名须与身份证一致。
*姓名 {name}
*性别 {sex}
*身份证号 {ident}
*联系电话 {phone}
*申报人身份
{kind}
*是否与推荐单位建立稳定劳动关系
{stable}
*推荐单位 {f("unit.name", unit[0])}
推荐单位类型 ☑属地评价机构 □未下放的在蓉省属评价机构 □非在蓉省属评价机构
推荐单位所在市（州） {f("unit.city", "达州市", "511700")}
□我已阅读并同意《申报须知》
提 交 取 消
版权所有 © 示例平台
""".replace("推荐单位类型 ☑属地", "推荐单位类型 " + f.boxes("unit.kind", [("local", "属地")], "local")))


def traps():
    f = Record("portal-05-traps", P, ["traps: unit contact, emergency contact, family, filler, former unit", "label: value lines", "two sections with the same labels"], "examiner")
    p, other, kin = PEOPLE[31], PEOPLE[66], PEOPLE[67]
    name, sex, ident, phone = f.who(p, "name", "sex", "id", "phone")
    unit = UNITS["power"]
    save(f, f"""
单位端 | 考评员推荐管理
当前用户: {other["name"]}  切换单位  注销
申报人信息
申报人姓名: {name}
性别: {sex}
身份证号码: {ident}
手机: {phone}
原工作单位: 示例县电力安装队
工作单位: {f("work.unit", unit[0])}
紧急联系人: {kin["name"]}
紧急联系人电话: {kin["phone"]}
家庭成员姓名: {kin["name"]}
推荐单位信息
推荐单位名称: {f("unit.name", unit[0])}
单位地址: 凉山州西昌市示例路3号
单位邮编: 615000
法定代表人: {PEOPLE[68]["name"]}
联系人: {other["name"]}
联系电话: {other["phone"]}
备案号: {f("unit.filing_number", "Y000051340006")}
备案状态: {f("unit.filing", "已完成备案", "filed")}
申报职业: {f("apply.occupation", "电工")}
填表人: {other["name"]}
填表时间: 2026-03-04 09:15:22
""")


def blank():
    f = Record("portal-06-blank", P, ["blank", "hints in place of values", "required marks"], "examiner")
    save(f, """
首页 > 我的业务 > 考评员申报
考评员申报表
* 姓名
请输入姓名
* 性别
请选择
* 身份证号
请输入身份证号
* 出生年月
请选择日期
民族
请选择
* 学历
请选择
* 手机号码
请输入手机号码
获取验证码
* 工作单位
请输入工作单位全称
0 / 60
职务（岗位）
请输入
* 申报职业
请选择申报职业（可输入代码或名称搜索）
工作简历
起止年月 单位 职务
暂无数据
+ 添加
保存 提交
客服热线 028-00000000（工作日 9:00-17:00）
""")


def notice():
    f = Record("portal-07-notice", P, ["not a form of this kind", "notice with the same words"], "examiner", is_form=False)
    save(f, f"""
首页 > 通知公告 > 正文
关于举办示例市考评员培训的通知（演示）
来源：示例中心 发布时间：2026-02-10 浏览：321 次
字号：大 中 小
各有关单位：
一、申报人须填写姓名、性别、身份证号、联系电话、工作单位、申报职业等信息。
二、申报职业：以《大典》（2022年版）为准，如焊工（6-18-02-04）。
三、推荐单位：须加盖公章。
联系人：{PEOPLE[69]["name"]}
联系电话：0818-2000000
电子邮箱：notice@example.org
附件：考评员申报表.docx 下载
上一篇：没有了
下一篇：关于系统维护的公告
""")


def mixed():
    f = Record("portal-08-full-width-and-spaces", P, ["full-width digits and colons", "spaces in labels", "date in Chinese numerals", "no section names"], "special_examiner")
    p = PEOPLE[9]
    wide = str.maketrans("0123456789", "０１２３４５６７８９")
    name, sex, birth = f.who(p, "name", "sex", "birth", birth="hanzi")
    unit = UNITS["food"]
    save(f, f"""
专项职业能力考评员申报　打印预览
姓　　名： {name}
性　　别： {sex}
出生年月： {birth}
民　　族： {f("person.ethnic_group", "回", "03")}
身份证号： {f("person.id_number", p["id"])}
联系电话： {f("person.phone", p["phone"].translate(wide), p["phone"])}
邮　　编： {f("person.postal_code", "６１００００", "610000")}
文化程度： {f("person.education", "职高", "44")}
参加工作日期： {f.date("work.started_on", "2008-03", "hanzi")}
专项职业能力考核项目： {f("apply.special_project", "川菜烹制")}
职称名称： 无
推荐单位： {f("unit.name", unit[0])}
推荐单位类型： {f("unit.kind", "专项职业能力考核机构", "special_ability_body")}
推荐单位所在市（州）： {f("unit.city", "成都", "510100")}
状态：待提交
""")


def header_rows():
    f = Record("portal-09-header-row-over-values", P, ["tab separated table with a row of labels over a row of values", "pager", "buttons in the row"], "examiner")
    p = PEOPLE[33]
    name, sex, ident, phone = f.who(p, "name", "sex", "id", "phone")
    save(f, f"""
考评员管理平台
待办事项\t已办事项\t统计查询
申报列表
序号\t姓名\t性别\t身份证号\t手机号码\t工作单位\t申报职业\t证书等级\t状态\t操作
1\t{name}\t{sex}\t{ident}\t{phone}\t{f("work.unit", UNITS["machine"][0])}\t{f("apply.occupation", "车工")}\t{f("certificate.level", "高级技师", "1")}\t待审核\t查看 编辑 删除
共1条
<\t1\t>
""")


def long_page():
    f = Record("portal-10-long-page", P, ["navigation", "groups of label then value", "title and certificate sections with the same labels", "attachments list", "footer"], "senior_examiner")
    p = PEOPLE[44]
    name, sex, birth, ethnic, political, ident, phone, email = f.who(
        p, "name", "sex", "birth", "ethnic", "political", "id", "phone", "email", birth="iso", cut=10)
    unit = UNITS["machine"]
    rows = f.resume(("2008-07", "2013-06", "示例工具厂", "技术员"), ("2013-07", None, unit[0], "工艺主任"))
    history = "\n".join(f"{a}\n{b or '至今'}\n{c}\n{d}" for a, b, c, d in rows)
    save(f, f"""
跳到主要内容
示例政务服务网
登录 注册 无障碍 搜索
个人服务
法人服务
好差评
当前位置：首页>个人服务>职业资格>高级考评员申报
办件编号：SL20260304000017
申报人信息
姓名
{name}
性别
{sex}
民族
{ethnic}
出生日期
{birth}
公民身份号码
{ident}
政治面貌
{political}
联系电话
{phone}
电子邮箱
{email}
通讯地址
{f("person.address", "四川省成都市锦江区示例巷5号")}
邮政编码
{f("person.postal_code", "610011")}
职业技能等级证书
证书等级
{f("certificate.level", "一级/高级技师", "1")}
证书编号
{f("certificate.number", "Y000051001068221000006")}
发证机构
{f("certificate.issuer", unit[0])}
发证日期
{f.date("certificate.issued_on", "2022-08-25", "iso")}
职称信息
职称名称
{f("title.name", "正高级工程师")}
职称层级
{f("title.level", "正高级", "senior")}
证书编号
{f("title.number", "川示正高2021077")}
取得日期
{f.date("title.issued_on", "2021-12-31", "iso")}
工作简历
开始年月
结束年月
单位
职务
{history}
申报信息
申报职业
{f("apply.occupation", "工具钳工")} {f("apply.occupation_code", "6-18-04-06")}
考评员证卡编号
{f("examiner_card.number", "川KP201900077")}
参保单位
{f("unit.insured_person_unit", unit[0])}
聘用协议单位
{f("unit.contract_unit", unit[0])}
附件材料
身份证.pdf 预览 下载
申报表（盖章）.pdf 预览 下载
操作日志
2026-03-04 11:20:08 提交
关于我们 | 网站地图 | 隐私声明
政府网站标识码 0000000000 联系我们：028-00000001
""")


def pasted_pairs():
    f = Record("portal-11-several-in-a-line", P, ["several label: value pairs in one line", "half-width colons", "phone with spaces", "empty values between"], "examiner")
    p = PEOPLE[56]
    name, sex, birth, ethnic, ident, phone = f.who(p, "name", "sex", "birth", "ethnic1", "id", "phone3", birth="slash1", cut=10)
    unit = UNITS["care"]
    save(f, f"""
【申报详情】 考评员申报 No.2026-0312 返回列表
姓名:{name} 性别:{sex} 民族:{ethnic} 政治面貌: 学历:{f("person.education", "本科", "21")}
出生日期:{birth} 身份证号:{ident}
手机号码:{phone} 电子邮箱: 邮编:{f("person.postal_code", "614000")}
工作单位:{f("work.unit", unit[0])} 岗位:{f("work.position", "培训部经理")} 本职业工作年限:{f("work.years_in_occupation", "14年", 14)}
职称名称: 职称层级: 职称取得日期:
申报职业(工种):{f("apply.occupation", "家政服务员")} 职业编码:{f("apply.occupation_code", "4-10-01-06")} 工种:
推荐单位:{f("unit.name", unit[0])} 统一社会信用代码:{f("unit.credit_code", unit[2])}
推荐单位备案状态:{f("unit.filing", "已提交备案材料，并已正式受理", "accepted")} 备案申请受理日期:{f.date("unit.accepted_on", "2025-12-08", "iso")}
[审核通过] [退回修改]
""")


def masked():
    f = Record("portal-12-masked", P, ["masked numbers (no values)", "links after the values", "tags", "label and value by a tab"], "examiner")
    p = PEOPLE[21]
    name, sex, political = f.who(p, "name", "sex", "political")
    save(f, f"""
个人中心\t实名认证 已认证
我的信息
姓名\t{name}\t已认证
性别\t{sex}
身份证号\t{p["id"][:3]}***********{p["id"][-4:]}\t查看完整
手机号码\t{p["phone"][:3]}****{p["phone"][-4:]}\t更换手机
电子邮箱\t未绑定\t去绑定
政治面貌\t{political}\t编辑
学历\t{f("person.education", "大学专科结业", "32")}\t编辑
我的申报
申报职业\t{f("apply.occupation", "保育师")}
职业代码\t{f("apply.occupation_code", "4-10-01-03")}
审核状态\t审核中
猜你想办
职业技能等级证书查询
考评员证卡查询
""")


def from_word():
    f = Record("portal-13-pasted-word-table", P, ["a Word table pasted into a text field", "ideographic spaces", "check boxes", "resume with spaces"], "inspector")
    p = PEOPLE[34]
    name, birth, ethnic, ident, phone = f.who(p, "name", "birth", "ethnic", "id", "phone", birth="dot1")
    unit = UNITS["rail"]
    sex = f.boxes("person.sex", [("male", "男"), ("female", "女")], p["sex"], on="√", off="□", sep=" ")
    rows = f.resume(("1997-08", "2009-12", "示例机车厂", "工程师"), ("2010-01", None, unit[0], "人力资源部部长"))
    history = "\n".join(f"{span(a, b, 'dot1', '—')}　{c}　{d}" for a, b, c, d in rows)
    save(f, f"""
四川省技能人才评价质量督导员申报表
姓　名\t{name}\t性　别\t{sex}\t民　族\t{ethnic}
出生年月\t{birth}\t文化程度\t{f("person.education", "大学本科", "21")}\t政治面貌\t{f("person.political_status", "无党派人士", "12")}
身份证号\t{ident}\t联系电话\t{phone}
工作单位\t{f("work.unit", unit[0])}\t职　务\t{f("work.position", "人力资源部部长")}
申报人身份\t□人社部门工作人员　□评价机构负责人　☑评价机构管理人员
工作简历\t起止年月　单位　职务
{history}
推荐单位\t{f("unit.name", unit[0])}
推荐单位意见\t
                                   （公章）   年   月   日
""")
    f.fields["inspector.kind"] = "manager"
    f.write()


def main():
    for make in (colons, under_labels, tabs, radios, traps, blank, notice, mixed, header_rows, long_page, pasted_pairs, masked,
                 from_word):
        make()
