"""Document number, title, placeholders, addressee, whom a document may order (D1–D6, D12, D13)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher

from analysis.lint.draft import Draft
from analysis.lint.findings import Change, Force, Found, Severity, Source
from analysis.lint.lines import Role
from analysis.lint.registry import Family, rule
from analysis.lint.sources import DOCUMENT_RULES, PRACTICE, layout_standard, punctuation_standard

_BODY = "　　为推动技术转移，提出以下意见。\n"
_NUMBER = re.compile(
    r"(?P<letters>[\u3400-\u9fff]{1,14})\s?(?P<open>[〔\[［（(【﹝])\s?(?P<year>[\dXx×Ｘ]{2,4})\s?(?P<close>[〕\]］）)】﹞])"
    r"\s?(?P<ordinal>第?)(?P<digits>[\s\d〇一二三四五六七八九十XxＸ×]*)号"
)


@rule(
    "D1",
    "发文字号写法",
    Family.FORM,
    Severity.ERROR,
    why="发文字号由代字、年份、顺序号组成：年份写全并用六角括号，顺序号不加“第”、不编虚位。",
    source=layout_standard("7.2.5"),
    bad=(
        f"关于技术转移的意见\n川府发〔2026〕05号\n{_BODY}",
        f"关于技术转移的意见\n川府发[2026]5号\n{_BODY}",
        f"关于技术转移的意见\n川府发〔26〕5号\n{_BODY}",
        f"关于技术转移的意见\n川府发〔2026〕第5号\n{_BODY}",
        "　　根据《关于技术转移的意见》（国发（2017）44号），提出以下意见。\n",
    ),
    good=(
        f"关于技术转移的意见\n川府发〔2026〕5号\n{_BODY}",
        f"关于技术转移的意见\n川府发〔202X〕　号\n{_BODY}",
        f"关于技术转移的意见\n川府发〔2026〕XX号\n{_BODY}",
        "　　根据《公平竞争审查条例》（国务院令第783号），提出以下意见。\n",
        "　　联系地址：科创路（2026年启用）5号楼。\n",
    ),
)
def own_number(draft: Draft) -> Iterator[Found]:
    """The document's own number, and as a warning those that it cites."""
    for line in draft.lines:
        own = line.role is Role.NUMBER
        for match in _NUMBER.finditer(line.text):
            if not own and not re.search("[发函规办字]$", match["letters"]):
                continue
            start, end = line.start + match.start("open"), line.start + match.end()
            right = _right_number(match)
            if faults := _number_faults(match):
                whole = (line.start, line.end) if own else (start, end)
                changes = (Change(start, end, right),) if right and re.fullmatch(r"\d{4}", match["year"]) else ()
                grave = None if own else Severity.WARNING
                message = (
                    f"发文字号“{match.group() if own else match.group()[len(match['letters']) :]}”{'，'.join(faults)}"
                )
                yield Found(*whole, message, f"写作“{right}”" if right else "补全年份", changes=changes, severity=grave)


def _number_faults(match: re.Match[str]) -> list[str]:
    digits = match["digits"].strip()
    faults = []
    if (match["open"], match["close"]) != ("〔", "〕"):
        faults.append("年份没有用六角括号〔〕")
    if len(match["year"]) != 4:
        faults.append("年份没有写全四位")
    if match["ordinal"]:
        faults.append("序号前多了“第”")
    if digits.startswith("0") and digits.isdecimal():
        faults.append("顺序号编了虚位")
    return faults


def _right_number(match: re.Match[str]) -> str:
    """The year, the number and 号 as they are to be written; "" where the year is not known in full."""
    digits = match["digits"].strip()
    digits = digits.lstrip("0") if digits.isdecimal() else digits
    return f"〔{match['year']}〕{digits}号" if len(match["year"]) == 4 else ""


_PLACEHOLDER = re.compile(
    r"[XＸ×]{2,}|(?<![A-Za-z])(?:19|20)\d[XxＸ×](?=年|〕)|[_＿]{3,}"
    r"|[○〇]{2,}(?=[市县区局厅公司年月日])|待[补填定](?=[）)])"
    r"|[【\[（(](?:[^】\]）)\n]{0,16}待[^】\]）)\n]{0,10}(?:确认|补充|核实|明确|商定)|请(?:补充|核实|填写)|此处(?:填写|补充))"
    r"[^】\]）)\n]{0,10}[】\]）)]"
)


@rule(
    "D3",
    "没有填写的地方",
    Family.FORM,
    Severity.WARNING,
    why="正式印发的文件里留着“XX”“××”，说明还有内容没有定稿；征求意见稿不受此限。",
    source=Source("公文定稿惯例", "", Force.PRACTICE),
    bad=(
        f"关于技术转移的通知\n川科函〔2026〕5号\n\n各市科技局：\n{_BODY}　　联系人：×××。\n\n省科技厅\n2026年3月2日\n",
    ),
    good=(
        f"关于技术转移的通知（征求意见稿）\n川科函〔202X〕XX号\n{_BODY}　　联系人：×××。\n",
        f"关于技术转移的通知\n川科函〔2026〕5号\n\n各市科技局：\n{_BODY}　　联系人：张三。\n\n省科技厅\n2026年3月2日\n",
    ),
)
def placeholders(draft: Draft) -> Iterator[Found]:
    """Blanks that are left in a text which is to be issued."""
    if not draft.final:
        return
    for line in draft.lines:
        if line.role is Role.CELL:
            continue
        matches = list(_PLACEHOLDER.finditer(line.text))
        if matches:
            places = tuple(line.span(match) for match in matches)
            first = matches[0].group()
            yield Found(*places[0], f"正式文稿里留有占位“{first}”", "填上内容，或删去这一处", places[1:])


_KINDS = (
    "决议|决定|命令|令|公报|公告|通告|意见|通知|通报|报告|请示|批复|议案|函|纪要"
    "|办法|规定|细则|方案|规划|计划|措施|条例|政策|指南|规则|规程|制度|要点|章程"
    "|标准|说明|清单|目录|规范|准则|举措|纲要|条|法|体系|指引|书|表|稿"
)


@rule(
    "D4",
    "标题写明文种",
    Family.FORM,
    Severity.WARNING,
    why="标题由发文机关、事由和文种组成，缺文种就不知道是通知、意见还是办法。",
    source=Source(DOCUMENT_RULES, "第八条、第九条（七）", Force.RULED),
    bad=(f"四川省关于推进技术转移体系建设\n川府发〔2026〕5号\n{_BODY}",),
    good=(
        f"关于推进技术转移体系建设的意见\n川府发〔2026〕5号\n{_BODY}",
        f"技术转移奖励办法\n（征求意见稿）\n{_BODY}",
        f"关于印发《技术转移奖励办法》的通知\n川府发〔2026〕5号\n{_BODY}",
        f"关于技术转移的若干政策措施（2026—2028年）\n{_BODY}",
    ),
)
def kind_of_document(draft: Draft) -> Iterator[Found]:
    """A title with 关于 none of whose lines ends in a kind of document."""
    lines = [line for line in draft.lines if line.role is Role.TITLE and line.part == 0]
    bare = [re.sub(r"[（(][^（）()]*[）)]|\s", "", line.text) for line in lines]
    official = any(line.role in (Role.NUMBER, Role.ADDRESSEE, Role.DATE) for line in draft.lines)
    if not official or not 6 <= len("".join(bare)) <= 80 or "关于" not in "".join(bare):
        return
    if not any(re.search(f"(?:{_KINDS})[》”]?$", words) for words in bare):
        yield Found(
            lines[0].start, lines[-1].end, "标题没有写明文种", "在末尾写明文种，如“的通知”“的意见”", about="文种"
        )


@rule(
    "D4b",
    "印发的名称与所附文本一致",
    Family.FORM,
    Severity.WARNING,
    why="通知里写的文件名与所附文本的标题不同，引用的人不知道以哪个为准。",
    source=PRACTICE,
    bad=(
        "关于印发《技术转移管理条例》的通知\n各市科技局：\n　　现印发给你们。\n\n省科技厅\n2026年3月2日\n\n"
        "技术转移管理办法\n　　第一条　制定本办法。\n",
    ),
    good=(
        "关于印发《技术转移管理办法》的通知\n各市科技局：\n　　现印发给你们。\n\n省科技厅\n2026年3月2日\n\n"
        "技术转移管理办法\n　　第一条　制定本办法。\n",
        "关于转发《技术转移管理办法》的通知\n各市科技局：\n　　请填报附表。\n\n省科技厅\n2026年3月2日\n\n"
        "技术转移统计报表\n　　一、填报范围\n",
    ),
)
def sent_title(draft: Draft) -> Iterator[Found]:
    """The title in 关于印发《…》的通知 against the title of what it sends, where that differs in a few words only."""
    lines = [line for line in draft.lines if line.role is Role.TITLE and line.part == 0]
    sent = next((match for line in lines if (match := re.search("印发《([^《》]{4,60})》", line.text))), None)
    if sent is None:
        return
    line = next(line for line in lines if sent.group() in line.text)
    below = [each for each in draft.lines if each.role is Role.TITLE and each.part > 0]
    first = [each for each in below if each.part == below[0].part]
    words = (sent[1], "".join(each.text for each in first))
    name, title = (re.sub(r"[（(][^（）()]*[）)]|\s", "", each) for each in words)  # （试行） may stand in one alone
    if not first or name in title or title in name or len(title) > 60:
        return
    if SequenceMatcher(None, name, title, autojunk=False).ratio() > 0.7:
        message = f"通知写的是《{sent[1]}》，所附文本的标题是“{''.join(each.text for each in first)}”"
        yield Found(*line.span(sent), message, "改为一致", ((first[0].start, first[-1].end),))


@rule(
    "D4a",
    "规章不称条例",
    Family.FORM,
    Severity.ERROR,
    why="规章的名称一般称“规定”“办法”，不得称“条例”；条例由人大及其常委会或国务院制定。",
    source=Source("规章制定程序条例", "第七条", Force.RULED),
    bad=("技术市场管理条例\n　　第一条　为规范技术市场，制定本条例。\n\n桐川市人民政府\n2026年3月2日\n",),
    good=(
        "技术市场管理办法\n　　第一条　为规范技术市场，制定本办法。\n\n桐川市人民政府\n2026年3月2日\n",
        "技术市场条例\n（2026年1月5日省人民代表大会常务委员会通过）\n　　第一条　为规范技术市场，制定本条例。\n",
    ),
)
def regulation(draft: Draft) -> Iterator[Found]:
    """A text called 条例 that a government or its department signs."""
    signers = [line for line in draft.lines if line.role is Role.SIGNATURE]
    title = next((line for line in draft.lines if line.role is Role.TITLE), None)
    if title is None or not signers or not re.search("条例(?:[（(].*)?$", title.text) or "关于" in title.text:
        return
    if (
        re.search("(?:人民政府|办公厅|办公室|厅|局|委员会)$", signers[-1].text)
        and "人民代表大会" not in signers[-1].text
    ):
        yield Found(title.start, title.end, "政府及部门制定的规章不能称“条例”", "改称“规定”或“办法”")


@rule(
    "D5",
    "标题里的标点和重复",
    Family.FORM,
    Severity.INFO,
    why="标题里除书名号、引号、括号外一般不用标点；层层转发时“关于”“通知”叠用不易读。",
    source=PRACTICE,
    bad=(
        f"关于转发《关于印发〈技术转移办法〉的通知》的通知的通知\n川科发〔2026〕5号\n{_BODY}",
        f"关于支持高校；企业合作的意见\n{_BODY}",
    ),
    good=(f"关于支持高校、企业合作的意见\n{_BODY}", f"关于印发《技术转移办法》的通知\n{_BODY}"),
)
def title_marks(draft: Draft) -> Iterator[Found]:
    """Full stops, commas, semicolons or colons in a title, or 通知的通知."""
    for line in draft.lines:
        if line.role is not Role.TITLE or line.part:
            continue
        for match in re.finditer("[，。；：！？]|通知》?的通知》?的通知|关于[^《》]{0,4}关于", line.text):
            start, end = line.span(match)
            yield Found(start, end, f"标题里有“{match.group()}”", "去掉标点或重复的字")


@rule(
    "D6",
    "稿本标记的位置",
    Family.FORM,
    Severity.WARNING,
    why="“（征求意见稿）”是文件名称的一部分时，写在书名号里面。",
    source=punctuation_standard("A.13.4"),
    bad=("　　现就《技术转移奖励办法》（征求意见稿）公开征求意见。\n",),
    good=("　　现就《技术转移奖励办法（征求意见稿）》公开征求意见。\n", "技术转移奖励办法\n（征求意见稿）\n"),
)
def draft_mark(draft: Draft) -> Iterator[Found]:
    """A draft mark behind the title marks."""
    for line in draft.lines:
        for match in re.finditer("》([（(](?:征求意见稿|草案|送审稿|讨论稿|修订稿)[）)])", line.text):
            start, end = line.span(match)
            right = f"（{match[1][1:-1]}）》"
            yield Found(
                start, end, f"“{match[1]}”写在了书名号外面", "移到书名号里面", changes=(Change(start, end, right),)
            )


@rule(
    "D12",
    "主送机关和抄送的末尾标点",
    Family.FORM,
    Severity.WARNING,
    why="主送机关之后标全角冒号，抄送机关之后标句号。",
    source=layout_standard("7.3.2、7.4.2"),
    bad=(
        f"关于开展技术交易活动的通知\n川科函〔2026〕5号\n\n各市（州）科技局，有关高等院校\n{_BODY}",
        f"{_BODY}\n省科技厅\n2026年3月2日\n抄送：省政府办公厅\n",
    ),
    good=(
        f"关于开展技术交易活动的通知\n川科函〔2026〕5号\n\n各市（州）科技局，有关高等院校：\n{_BODY}",
        f"{_BODY}\n省科技厅\n2026年3月2日\n抄送：省政府办公厅。\n",
    ),
)
def addressees(draft: Draft) -> Iterator[Found]:
    """The line of addressees without a colon, the line of copies without a full stop."""
    for line in draft.lines:
        if line.role is Role.ADDRESSEE and not line.text.endswith(("：", ":")):  # P1 reports a half-width colon
            marked = line.text[-1] in "，。；、,;."
            change = Change(line.end - 1 if marked else line.end, line.end, "：")
            yield Found(line.start, line.end, "主送机关行末没有全角冒号", "在行末加“：”", changes=(change,))
        if re.match("抄送[：:]", line.text) and not line.text.endswith("。"):
            marked = line.text[-1] in "，；、.,;"
            change = Change(line.end - 1 if marked else line.end, line.end, "。")
            yield Found(line.start, line.end, "抄送机关末尾没有句号", "在末尾加“。”", changes=(change,))


@rule(
    "D13",
    "报告不夹带请示",
    Family.FORM,
    Severity.WARNING,
    why="请示应当一文一事，不得在报告等非请示性公文中夹带请示事项。",
    source=Source(DOCUMENT_RULES, "第十五条（四）", Force.RULED),
    bad=("关于技术转移工作情况的报告\n　　工作开展情况如下。\n　　妥否，请批示。\n",),
    good=(
        "关于设立技术转移专项的请示\n　　拟设立专项。\n　　妥否，请批示。\n",
        "关于技术转移工作情况的报告\n　　特此报告。\n",
    ),
)
def request_in_report(draft: Draft) -> Iterator[Found]:
    """A report that asks for a decision."""
    if not re.search("报告(?:[（(].*)?$", draft.title):
        return
    for line in draft.body():
        match = re.search("妥否，请|当否，请|请予?批[示复准]|以上请示", line.text)
        if match:
            start, end = line.span(match)
            yield Found(start, end, "报告里夹带了请示事项", "另行文请示，或把本文改为请示")


@rule(
    "D13a",
    "部门不向下级党委、政府发指令",
    Family.FORM,
    Severity.WARNING,
    why="部门除以函的形式商洽工作外，不得向下一级党委、政府发布指令性公文。",
    source=Source(DOCUMENT_RULES, "第十六条（二）、（四）", Force.RULED),
    bad=(
        f"临澜省科学技术厅关于推进技术转移的通知\n临科发〔2026〕5号\n\n各市（州）人民政府：\n{_BODY}",
        f"临澜省科学技术厅关于推进技术转移的通知\n临科发〔2026〕5号\n{_BODY}　　各县人民政府应当安排资金。\n",
    ),
    good=(
        f"临澜省科学技术厅关于推进技术转移的函\n临科函〔2026〕5号\n\n各市（州）人民政府：\n{_BODY}",
        f"临澜省科学技术厅关于推进技术转移的通知\n临科发〔2026〕5号\n\n各市（州）科技局：\n{_BODY}",
        f"临澜省人民政府办公厅关于推进技术转移的通知\n临政办发〔2026〕5号\n\n各市（州）人民政府：\n{_BODY}",
    ),
)
def orders(draft: Draft) -> Iterator[Found]:
    """A department that addresses governments in another form than a letter."""
    title = draft.title
    department = re.match("[^关]{2,20}(?:(?<!办公)厅|局|委员会|委)关于", title)
    if not department or re.search("函$", title):
        return
    for line in draft.lines:
        ordered = "" if line.role is Role.ADDRESSEE else "(?=[^，。；]{0,4}(?:应当|必须|要|须))"
        match = re.search(f"各[^，。：；]{{0,12}}(?:人民政府|党委){ordered}", line.text)
        if match and line.role in (Role.ADDRESSEE, Role.BODY):
            start, end = line.span(match)
            yield Found(start, end, "部门不得向下级党委、政府发布指令性公文", "改用函，或请政府办公厅转发")
