"""What a conversion leaves behind: bookmarks, names of images, blanks inside words, characters nobody can read."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

from analysis.lint.draft import Draft
from analysis.lint.findings import Change, Found, Severity
from analysis.lint.lines import Role
from analysis.lint.page_text import is_news, page_lines
from analysis.lint.registry import Family, rule
from analysis.lint.sources import CONVERSION, PRACTICE

_MARKS = re.compile(
    r"\[bookmark: ?[^\]\n]{0,60}\]|错误[!！]?未(?:找到引用源|定义书签)[。.]?"
    r"|Error! (?:Reference source not found|Bookmark not defined)\.?"
    r"|\{ ?(?:PAGE|TOC|HYPERLINK|REF|SEQ)\b[^}\n]{0,80}\}|HYPERLINK \"[^\"\n]{0,200}\"|_Toc\d{4,12}"
    r"|!\[[^\]\n]{0,60}\]\([^)\n]{0,200}\)|&(?:nbsp|lt|gt|amp|quot|#\d{2,5});|</?(?:br|p|span|div|font)\b[^>\n]{0,80}>",
    re.IGNORECASE,
)
_IMAGE = re.compile(
    r"(?<![A-Za-z0-9_/.:-])(?:image|img|图片|微信图片|QQ截图|截图)[\w-]{0,30}\.(?:png|jpe?g|gif|bmp|emf|wmf)", re.I
)
_UNREADABLE = re.compile("[\ufffd\ue000-\uf8ff\u200b-\u200f\u2028\u2029\ufeff]+")


@rule(
    "R1",
    "转换残留的标记",
    Family.RESIDUE,
    Severity.WARNING,
    why="书签、域代码、网页标记和图片名是转换留下的，印出来读者会当成正文。",
    source=CONVERSION,
    bad=(
        "　　[bookmark: _GoBack]各部门要抓好落实。\n",
        "　　错误!未找到引用源。\n",
        "　　见 image12.png 所示。\n",
        "　　技术&nbsp;市场。\n",
    ),
    good=("　　各部门要抓好落实。\n", "　　附件下载：https://kj.example.cn/a.png。\n", "　　[2026]年度。\n"),
)
def marks(draft: Draft) -> Iterator[Found]:
    """Bookmarks, field codes, markup and names of images."""
    for pattern in (_MARKS, _IMAGE):
        for match in pattern.finditer(draft.text):
            start, end = match.span()
            message = f"转换残留的标记“{match.group()[:30]}”"
            yield Found(start, end, message, "删去", changes=(Change(start, end, ""),))


@rule(
    "R2",
    "读不出的字符",
    Family.RESIDUE,
    Severity.WARNING,
    why="乱码和看不见的字符会在别的软件里显示成方框，也会让检索落空。",
    source=CONVERSION,
    bad=("　　建设技术\ufffd市场。\n", "　　建设\u200b技术市场。\n", "　　建设\ue004平台。\n"),
    good=("　　建设技术市场。\n", "　　面积为30㎡，温度为5℃。\n"),
)
def unreadable(draft: Draft) -> Iterator[Found]:
    """Replacement characters, private characters, invisible characters."""
    for match in _UNREADABLE.finditer(draft.text):
        if match.start() == 0 and match.group() == "\ufeff":
            continue
        start, end = match.span()
        invisible = all(sign in "\u200b\u200c\u200d\u200e\u200f\u2028\u2029\ufeff" for sign in match.group())
        message = "看不见的字符" if invisible else "读不出的字符"
        changes = (Change(start, end, ""),) if invisible else ()
        yield Found(start, end, message, "删去" if invisible else "核对原文后补正", changes=changes)


_INSIDE = re.compile(r"(?<=[\u3400-\u9fff，。；、：）》”])[ \u00a0]{1,4}(?=[\u3400-\u9fff，。；、：（《“])")
_MEANT = re.compile(
    r"(?:第[^，。]{1,9}[章节条]|附件\d?|[表图]\d{1,2}|[记記]者|通[讯訊][员員]|[编編][辑輯]|作者|[导導][读讀]|[讯訊电電网網])$"
)
_BODY = re.compile(r"(?:委|府|厅|局|院|会|部|办|室)$")
_OTHER_BODY = re.compile(r"[\u3400-\u9fff]{1,9}(?:人民政府|办公厅|办公室|委员会|厅|局|委)")
# 《深入实施六大行动 以科技创新引领发展》: a title in two parts
_CLAUSES = re.compile(r"《[^《》\n]{4,60}$|“[^《》“”\n]{4,60}$")


@rule(
    "R3",
    "词句中间的空格",
    Family.RESIDUE,
    Severity.WARNING,
    why="句子中间的空格是转换或手工排版留下的，检索和断行都会出错。",
    source=CONVERSION,
    bad=("　　全市中试 工程师数量不足，设备共享程度不高。\n",),
    good=(
        "　　全市中试工程师数量不足。\n",
        "第一章 总则\n",
        "第三条 本办法所称技术合同，是指开发、转让合同。\n",
        "主任 张三\n",
        "　　贯彻《中共云溪省委 云溪省人民政府关于优化环境的意见》，加快发展。\n",
        "　　印发《大力提升创新能力 全面落实融入省“315”创新体系工程实施方案》，请落实。\n",
        "　　会上作了《深入实施六大行动 以科技创新引领发展》的报告，部署了任务。\n",
    ),
)
def blanks(draft: Draft) -> Iterator[Found]:
    """Blanks between Han characters of a sentence; those behind numbers of articles and in names are meant."""
    for line in draft.lines:
        if line.role is not Role.BODY or len(line.text) < 16 or not re.search("[，。；]", line.text):
            continue
        opened = line.ordinal.end - line.start if line.ordinal and not line.ordinal.automatic else 0
        for match in _INSIDE.finditer(line.text):
            if match.start() <= opened or _meant(line.text, match.start(), match.end()):
                continue
            start, end = line.span(match)
            quoted = start - 2, end + 2
            yield Found(*quoted, "词句中间有多余空格", "删去空格", changes=(Change(start, end, ""),))


def _meant(text: str, start: int, end: int) -> bool:
    """Whether a blank parts what is to be parted: a number and its words, two bodies, the two parts of a title."""
    head = text[max(start - 62, 0) : start]
    if _MEANT.search(head[-12:]) or (_BODY.search(head) and _OTHER_BODY.match(text, end)):
        return True
    if re.match(r"[\u3400-\u9fff]{0,3}\s?(?:文/|摄|攝|/文)|文/", text[end : end + 8]):
        return True  # who wrote it, who took the picture
    return _CLAUSES.search(head) is not None and re.match("[^《》，。]{4,60}[》”]", text[end : end + 62]) is not None


_SPACED = re.compile(
    r"(?<![\u3400-\u9fff])(?!年|月)[\u3400-\u9fff](?:[ \u00a0]{1,3}[\u3400-\u9fff]){2,12}(?![\u3400-\u9fff])"
)


@rule(
    "R4",
    "字与字之间的空格",
    Family.RESIDUE,
    Severity.WARNING,
    why="名称里一字一空是转换或手工排版留下的，按名称检索就找不到。",
    source=CONVERSION,
    bad=("　　一、职责\n　　牵头单位：市 科 技 局\n",),
    good=("　　一、职责\n　　牵头单位：市科技局\n", "第一章　总　则\n", "姓 名\n", "　　2026年 月 日\n"),
)
def spaced_out(draft: Draft) -> Iterator[Found]:
    """Names written with a blank behind every character, three characters or more."""
    for line in draft.lines:
        if line.role in (Role.TITLE, Role.BLANK, Role.FURNITURE):
            continue
        for match in _SPACED.finditer(line.text):
            start, end = line.span(match)
            right = re.sub(r"\s", "", match.group())
            yield Found(start, end, "字与字之间有多余空格", f"写作“{right}”", changes=(Change(start, end, right),))


@rule(
    "R5",
    "网页上的文字",
    Family.RESIDUE,
    Severity.INFO,
    why="从网页复制时带来的导航、索引号表、打印按钮和来源行不是文件的内容，新闻报道也不是；其余规则不检查它们。",
    source=CONVERSION,
    bad=(
        "首页 > 政务公开 > 政策文件\n索引号：CY001/2026-001\n技术转移奖励办法\n　　第一条　制定本办法。\n",
        "技术转移奖励办法\n【打印】 【关闭】\n　　第一条　制定本办法。\n",
    ),
    good=(
        "技术转移奖励办法\n　　第一条　制定本办法。\n",
        "　　在线填报：首页“申报”栏目。\n姓名 | 单位 | 电话\n张三 | 科技局 | 无\n",
        "　　第一条　制定本办法。\n资金来源：省财政专项资金\n名称：云溪技术市场\n",
        "　　打印并加盖公章，一式三份。\n",
    ),
)
def page_text(draft: Draft) -> Iterator[Found]:
    """Lines that a web page puts around a text, or news as a whole; one note for all of them."""
    if is_news(draft):
        first = next((line for line in draft.lines if line.text), None)
        if first is not None:
            message = "这是新闻报道，不是文件，错误和提醒不逐条列出"
            yield Found(first.start, first.end, message, "要检查文件，请提供文件原文", about="新闻")
        return
    lines = list(page_lines(draft))
    if lines:
        places = tuple((line.start, line.end) for line in lines[1:])
        yield Found(lines[0].start, lines[0].end, "网页上的文字，不是文件的内容", "删去", places)


_PAGE = re.compile(
    r"^[ \t\u3000]*(?:[—–―－-]{1,2}[ ]{0,3}\d{1,4}[ ]{0,3}[—–―－-]{1,2}"
    r"|第[ ]?\d{1,4}[ ]?页(?:[ ，,/]{0,3}共[ ]?\d{1,4}[ ]?页)?)[ \t\u3000]*$",
    re.MULTILINE,
)


@rule(
    "R6",
    "正文里的页码",
    Family.RESIDUE,
    Severity.INFO,
    why="从分页的文件复制时带来的页码会断开段落，印出来就成了正文。",
    source=CONVERSION,
    bad=("　　建设技术市场。\n— 3 —\n　　培养技术经理人。\n", "　　建设技术市场。\n第 3 页 共 12 页\n　　培养人才。\n"),
    good=("　　建设技术市场。\n　　培养技术经理人。\n", "　　见第3页。\n"),
)
def page_numbers(draft: Draft) -> Iterator[Found]:
    """Page numbers on lines of their own, in text as it was copied; one note for all of them."""
    if draft.layout is not None or any(line.cell for line in draft.lines):
        return
    places = [_around(draft, match.start(), match.end()) for match in _PAGE.finditer(draft.received)]
    if places:
        yield Found(*places[0], "正文里留下了页码", "删去页码，接好被它断开的段落", tuple(places[1:]))


def _around(draft: Draft, start: int, end: int) -> tuple[int, int]:
    """A span of the text as received in ``Draft.text``; what was left out there lies between two characters."""
    if draft.offsets is None:
        return start, end
    first, last = bisect_left(draft.offsets, start), bisect_left(draft.offsets, end)
    return (first, last) if first < last else (max(first - 1, 0), min(first + 1, len(draft.text)))


_MARKDOWN = re.compile(r"^[ \u3000]{0,8}#{1,6}[ ]{1,3}(?=\S)|\*\*(?=[^*\n]{1,80}\*\*)", re.MULTILINE)


@rule(
    "R7",
    "网页转换的标题标记",
    Family.RESIDUE,
    Severity.INFO,
    why="“#”“**”是网页转成文本时的标记，印出来读者会当成正文。",
    source=CONVERSION,
    bad=("# 技术转移奖励办法\n\n## 一、目标\n\n建设平台。\n", "　　**一、目标**\n　　建设平台。\n"),
    good=(
        "技术转移奖励办法\n　　一、目标\n",
        "　　使用C# 编写的软件。\n",
        "| 指标 | 数值 |\n| --- | --- |\n| 机构 | 8 |\n",
    ),
)
def markdown(draft: Draft) -> Iterator[Found]:
    """Marks of headings and of bold words; one note for all of them."""
    places = [match.span() for match in _MARKDOWN.finditer(draft.text)]
    if places:
        yield Found(*places[0], "网页转换留下的标题标记", "删去标记", tuple(places[1:]))


_FORMULA = "通知|意见|办法|规定|细则|方案|规划|计划|措施|条例|规则|决定"


@rule(
    "T1",
    "固定用语缺字",
    Family.WORDING,
    Severity.WARNING,
    why="“特制定本办法”等固定用语缺了字，读者会以为还有别处漏排。",
    source=PRACTICE,
    bad=("　　为推动技术转移，特定本方案。\n",),
    good=("　　为推动技术转移，特制定本方案。\n", "　　为推动技术转移，制定本办法。\n", "　　特定本地企业除外。\n"),
)
def formula(draft: Draft) -> Iterator[Found]:
    """特定本方案 for 特制定本方案."""
    for line in draft.lines:
        for match in re.finditer(rf"特定本(?:{_FORMULA})(?=[。，；]|$)", line.text):
            start, end = line.span(match)
            right = "特制定" + match.group()[2:]
            yield Found(
                start, end, f"“{match.group()}”缺“制”字", f"写作“{right}”", changes=(Change(start, end, right),)
            )
