"""What all generators share: made-up people and units, check characters, dates, the record of expected values."""

import json
import random
import re
import zipfile
from pathlib import Path

OUT = Path(__file__).resolve().parent.parent
STAMP = (2026, 3, 2, 9, 0, 0)


def id_number(area, birth, seq):
    """A number of GB 11643 with its check character."""
    body = f"{area}{birth}{seq:03d}"
    weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
    return body + "10X98765432"[sum(int(a) * b for a, b in zip(body, weights)) % 11]


def credit_code(head, area, serial):
    """A code of GB 32100, the organisation's part with the check character of GB 11714."""
    signs = "0123456789ABCDEFGHJKLMNPQRTUWXY"
    full = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    rest = 11 - sum(full.index(c) * w for c, w in zip(serial, [3, 7, 9, 10, 5, 8, 4, 2])) % 11
    body = head + area + serial + {10: "X", 11: "0"}.get(rest, str(rest))
    total = sum(signs.index(c) * pow(3, i, 31) for i, c in enumerate(body))
    return body + signs[(31 - total % 31) % 31]


NAMES = (
    "示例甲 示例乙 示例丙 示例丁 示例戊 示例己 示例庚 示例辛 示例壬 示例癸 欧阳示例 阿依·示例 𠮷示例 司马示例 "
    "扎西·示例 诸葛示例 王示例 李示例 张示例 陈示例 刘示例 样本一 样本二 样本三 样本四 范例子 范例丑 范例寅 "
    "范例卯 上官样本 某示例 吉克·样本 虚构辰 虚构巳 虚构午 虚构未 虚构申 虚构酉 虚构戌 虚构亥 赵样本 钱样本 "
    "孙样本 周样本 吴样本 郑样本 冯样本 褚样本 卫样本 蒋样本 沈样本 韩样本 杨样本 朱样本 秦样本 尤样本 许样本 "
    "何样本 吕样本 施样本 孔样本 曹样本 严样本 华样本 金样本 魏样本 陶样本 姜样本 戚样本 谢样本"
).split()
AREAS = "510703 510104 511302 510603 513401 510502 511502 511702 513201 511002 510302 510402 511402 511902".split()
ETHNIC = {"01": "汉族", "04": "藏族", "07": "彝族", "33": "羌族", "03": "回族", "06": "苗族", "15": "土家族"}
POLITICAL = {"01": "中共党员", "03": "共青团员", "13": "群众", "05": "民盟盟员", "10": "九三学社社员", "02": "中共预备党员"}


def people():
    found = []
    for i, name in enumerate(NAMES):
        rnd = random.Random(f"person {i}")
        birth = f"{rnd.randint(1967, 1991)}{rnd.randint(1, 12):02d}{rnd.randint(1, 28):02d}"
        male = rnd.random() < 0.55
        seq = rnd.randrange(1 if male else 2, 399, 2)
        ethnic = "01"
        if "阿依" in name or "吉克" in name:
            ethnic = "07"
        elif "扎西" in name:
            ethnic = "04"
        elif i % 9 == 5:
            ethnic = rnd.choice(["33", "03", "06", "15"])
        found.append({
            "name": name,
            "sex": "male" if male else "female",
            "birth": f"{birth[:4]}-{birth[4:6]}-{birth[6:]}",
            "id": id_number(rnd.choice(AREAS), birth, seq),
            "ethnic": ethnic,
            "political": rnd.choice(["01", "01", "13", "13", "13", "03" if birth > "1990" else "05", "10"]),
            "phone": f"1{rnd.choice(['38', '39', '50', '81', '99'])}0000{i:04d}",
            "email": f"shili{i:02d}@example.{rnd.choice(['com', 'org', 'cn'])}",
        })
    return found


UNITS = {
    "college": ("示例职业技术学院", "510700", credit_code("12", "510700", "45100012")),
    "machine": ("示例重型机械有限公司", "510100", credit_code("91", "510100", "MA6EXA1P")),
    "school": ("绵阳示例职业技能培训学校", "510700", credit_code("52", "510703", "MJY00001")),
    "jishi": ("南充示例技师学院", "511300", credit_code("12", "511300", "45120033")),
    "power": ("示例水电检修有限责任公司", "513400", credit_code("91", "513400", "MA65ABC2")),
    "care": ("乐山示例康养服务有限公司", "511100", credit_code("91", "511102", "MA7BB22C")),
    "auto": ("德阳示例汽车工程学校", "510600", credit_code("12", "510603", "45101111")),
    "hr": ("示例市人力资源和社会保障局", "511500", credit_code("11", "511500", "00865432")),
    "centre": ("示例市职业技能鉴定指导中心", "511700", credit_code("12", "511700", "45133321")),
    "brew": ("泸州示例酿造集团有限公司", "510500", credit_code("91", "510502", "20470001")),
    "food": ("示例餐饮管理（成都）有限公司", "510100", credit_code("91", "510104", "MA6CDEF8")),
    "rail": ("示例轨道交通装备股份有限公司", "511400", credit_code("91", "511402", "MA68GG01")),
}
CITY = {
    "510100": "成都市", "510300": "自贡市", "510400": "攀枝花市", "510500": "泸州市", "510600": "德阳市", "510700": "绵阳市",
    "511000": "内江市", "511100": "乐山市", "511300": "南充市", "511400": "眉山市", "511500": "宜宾市", "511700": "达州市",
    "513200": "阿坝藏族羌族自治州", "513400": "凉山彝族自治州",
}
PEOPLE = people()
HANZI = "〇一二三四五六七八九"


def hanzi_number(n):
    if n < 10:
        return HANZI[n]
    tens, ones = divmod(n, 10)
    return ("" if tens == 1 else HANZI[tens]) + "十" + (HANZI[ones] if ones else "")


def date(iso, style):
    """A date in one of the ways in which people write it; the precision is that of `iso`."""
    parts = [int(part) for part in iso.split("-")]
    year, month = parts[0], parts[1]
    day = parts[2] if len(parts) > 2 else None
    if style == "cn":
        return f"{year}年{month}月" + (f"{day}日" if day else "")
    if style == "cn0":
        return f"{year}年{month:02d}月" + (f"{day:02d}日" if day else "")
    if style == "spaced":
        return f"{year} 年 {month} 月" + (f" {day} 日" if day else "")
    if style == "hanzi":
        year = "".join(HANZI[int(digit)] for digit in str(year))
        return f"{year}年{hanzi_number(month)}月" + (f"{hanzi_number(day)}日" if day else "")
    sign = {"dot": ".", "slash": "/", "iso": "-", "dot1": ".", "slash1": "/"}[style]
    width = 1 if style.endswith("1") else 2
    return sign.join([str(year), f"{month:0{width}d}"] + ([f"{day:0{width}d}"] if day else []))


SEX = {"male": "男", "female": "女"}


class Record:
    """The expected values of one file, kept while the file is written: a call gives back the text as it is shown."""

    def __init__(self, name, producer, features, track, is_form=True):
        self.name, self.producer, self.features = name, producer, features
        self.track, self.is_form, self.fields = track, is_form, {}

    def __call__(self, path, shown, expected=None):
        assert path not in self.fields, (self.name, path)
        if expected is None:
            expected = " ".join(str(shown).split())
        self.fields[path] = expected
        return str(shown)

    def date(self, path, iso, style="dot"):
        return self(path, date(iso, style), iso)

    def who(self, person, *parts, birth="dot", cut=7):
        """The usual fields of a person, in the order asked for."""
        shown = []
        for part in parts:
            shown.append({
                "name": lambda: self("person.name", person["name"]),
                "sex": lambda: self("person.sex", SEX[person["sex"]], person["sex"]),
                "birth": lambda: self.date("person.birth_date", person["birth"][:cut], birth),
                "ethnic": lambda: self("person.ethnic_group", ETHNIC[person["ethnic"]], person["ethnic"]),
                "ethnic1": lambda: self("person.ethnic_group", ETHNIC[person["ethnic"]][:-1], person["ethnic"]),
                "political": lambda: self("person.political_status", POLITICAL[person["political"]], person["political"]),
                "id": lambda: self("person.id_number", person["id"]),
                "phone": lambda: self("person.phone", person["phone"]),
                "phone3": lambda: self(
                    "person.phone", " ".join([person["phone"][:3], person["phone"][3:7], person["phone"][7:]]),
                    person["phone"]),
                "phone-": lambda: self(
                    "person.phone", "-".join([person["phone"][:3], person["phone"][3:7], person["phone"][7:]]),
                    person["phone"]),
                "email": lambda: self("person.email", person["email"]),
            }[part]())
        return shown

    def boxes(self, path, options, chosen, on="☑", off="□", sep="  ", after=""):
        """`□男 ☑女`: the options are (value, words)."""
        if chosen is not None:
            self(path, chosen, chosen)
        return sep.join((on if value == chosen else off) + after + words for value, words in options)

    def resume(self, *rows):
        """Rows of (from, to, unit, position); what is None or empty does not stand on the form."""
        keys = ("from", "to", "unit", "position")
        self.fields["resume"] = [{k: v for k, v in zip(keys, row) if v} for row in rows]
        return rows

    def write(self):
        data = {"producer": self.producer, "features": self.features, "track": self.track, "is_form": self.is_form,
                "fields": self.fields}
        text = json.dumps(data, ensure_ascii=False, indent=2)
        (OUT / f"{self.name}.json").write_text(text + "\n", encoding="utf-8")


def span(start, end, style="dot", sign="-", now="至今"):
    """`2012.07-2016.08`."""
    if sign == "至" and not end:
        now = "今"
    return date(start, style) + sign + (date(end, style) if end else now)


def zip_parts(path, parts):
    """The parts as a zip file with fixed dates."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as out:
        for name, data in parts:
            info = zipfile.ZipInfo(name, STAMP)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.create_system = 0
            out.writestr(info, data)


def settle(path):
    """Writes the file again with fixed dates and without the template's picture of a page."""
    with zipfile.ZipFile(path) as old:
        parts = [(info.filename, old.read(info)) for info in old.infolist() if not info.is_dir()]
    kept = []
    for name, data in parts:
        if name == "_rels/.rels":
            data = re.sub(rb"<Relationship [^>]*thumbnail[^>]*/>", b"", data)
        if "thumbnail" not in name:
            kept.append((name, data))
    zip_parts(path, kept)
