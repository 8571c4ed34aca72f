"""What a text refers to: its articles, enclosures, lists, cited documents and short names (N8–N10, D9–D11)."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from analysis.corpus.headings_and_days import ordinal
from analysis.lint.draft import Draft, Line, Node, Role, Style
from analysis.lint.findings import Change, Force, Found, Severity, Source
from analysis.lint.registry import Family, rule
from analysis.lint.sources import STRUCTURE, layout_standard, punctuation_standard

_DIGITS = "〇零一二三四五六七八九十百"
_OWN_KINDS = "办法|细则|规定|条例|意见|方案|措施|规划|通知|计划|规则"
_ARTICLE = re.compile(
    rf"(?:(?P<own>本(?:{_OWN_KINDS}))|(?P<verb>依照|按照|根据|依据|违反|符合|适用|执行))"
    rf"第(?P<article>[{_DIGITS}]{{1,7}}|\d{{1,4}})条(?:第(?P<paragraph>[{_DIGITS}]{{1,3}})款)?"
    rf"(?:第?（(?P<item>[{_DIGITS}]{{1,4}})）项?|第(?P<bare>[{_DIGITS}]{{1,3}})项)?"
)


def _articles(draft: Draft) -> dict[int, dict[int, Node]]:
    """The articles by their numbers, for each part of the file."""
    found: dict[int, dict[int, Node]] = defaultdict(dict)
    for node in draft.nodes:
        number = node.ordinal.value or ordinal(node.ordinal.digits)  # 第一十三条 is badly written, but there
        if node.ordinal.style is Style.ARTICLE and number is not None:
            found[node.line.part][number] = node
    return found


@rule(
    "N8",
    "文内引用有着落",
    Family.REFERENCES,
    Severity.ERROR,
    why="引用的条、款、项、附件不存在，多是增删条款后没有核对。",
    source=STRUCTURE,
    bad=(
        "　　第一条　制定本办法。\n　　第二条　违反本办法第九条的，追回资金。\n",
        "　　第一条　具备下列条件：\n　　（一）甲；\n　　（二）乙。\n　　第二条　符合第一条第（五）项的，给予奖励。\n",
        "　　见附件3。\n附件：1.名单\n2.申报表\n",
        "　　第一条　依照前款规定办理。\n",
        "　　第一条　有下列情形之一的：\n　　（一）甲；\n　　（二）乙。\n　　有前款第三项情形的，不予奖励。\n",
        "　　指标见表2。\n表1　主要指标\n",
    ),
    good=(
        "　　第一条　制定本办法。\n　　第二条　违反本办法第一条的，追回资金。\n",
        "　　第一条　制定本办法。\n　　第二条　依照《促进科技成果转化法》第四十五条执行。\n",
        "　　第一条　有下列情形之一的：\n　　（一）甲；\n　　（二）乙。\n　　有前款情形的，不予奖励。\n",
        "　　见附件2。\n附件：1.名单\n2.申报表\n",
        "　　一、目标\n　　按照第三条道路推进。\n",
    ),
)
def resolve(draft: Draft) -> Iterator[Found]:
    """References to articles, items and enclosures that are not there; 前款 where none goes before."""
    known = _articles(draft)
    children: dict[int, set[int]] = defaultdict(set)
    for node in draft.nodes:
        if node.parent is not None and node.ordinal.style is Style.BRACKETED and node.ordinal.value is not None:
            children[draft.nodes[node.parent].line.index].add(node.ordinal.value)
    for line in draft.lines:
        articles = known[line.part]
        for match in _ARTICLE.finditer(line.text):
            if missing := _missing(match, articles, children):
                start, end = line.span(match)
                yield Found(start, end, f"引用的{missing}不存在", "核对后改正引用")
        opened = line.ordinal is not None and line.ordinal.style is Style.ARTICLE
        before = re.search(r"前款", line.text) if opened else None
        if before:
            start, end = line.span(before)
            yield Found(start, end, "这是本条第一款，没有“前款”可引", "改为“前条”或写明条号", severity=Severity.WARNING)
    yield from _items_above(draft)
    yield from _captions_cited(draft)
    yield from _enclosures_cited(draft)


_ABOVE = re.compile(rf"前款第?[（]?(?P<item>[{_DIGITS}]{{1,3}})[）]?项")


def _items_above(draft: Draft) -> Iterator[Found]:
    """前款第四项 where the list right above has three."""
    count = 0
    for line in draft.lines:
        node = draft.node_at.get(line.index)
        if node is not None and node.ordinal.style is Style.BRACKETED and node.ordinal.value is not None:
            count = node.ordinal.value
        elif node is not None:
            count = 0
        for match in _ABOVE.finditer(line.text) if node is None and count else ():
            if (ordinal(match["item"]) or 0) > count:
                start, end = line.span(match)
                yield Found(start, end, f"前款只有{count}项，没有第{match['item']}项", "核对后改正引用")


def _captions_cited(draft: Draft) -> Iterator[Found]:
    """见表3 where the tables, or the figures, that have a caption are others."""
    numbered: dict[str, set[int]] = {"表": set(), "图": set()}
    for line in draft.lines:
        caption = re.match(rf"([表图])\s?(\d{{1,2}}|[{_DIGITS}]{{1,2}})", line.text)
        if line.role is Role.CAPTION and caption:
            numbered[caption[1]].add(ordinal(caption[2]) or 0)
    for line in draft.body():
        for match in re.finditer(r"(?:见|如|按照?|详见)附?([表图])\s?(\d{1,2})(?![\d.])", line.text):
            known = numbered[match[1]]
            if known and int(match[2]) not in known:
                start, end = line.span(match)
                yield Found(start, end, f"没有{match[1]}{match[2]}", "核对图表的顺序号")


def _missing(match: re.Match[str], articles: dict[int, Node], children: dict[int, set[int]]) -> str:
    """What a reference names and the text does not have; "" where it has all."""
    number = ordinal(match["article"])
    if number not in articles:
        return f"第{match['article']}条" if match["own"] or len(articles) > 2 else ""
    item = match["item"] or match["bare"]
    items = children[articles[number].line.index]
    if item and items and ordinal(item) not in items:
        return f"第{match['article']}条第（{item}）项"
    return ""


def _enclosures_cited(draft: Draft) -> Iterator[Found]:
    """见附件3 where the list of enclosures ends at 2."""
    listed = {number for _, number, _ in _listed(draft)} | {
        ordinal(digits[0]) or 0
        for line in draft.lines
        if line.role is Role.ENCLOSURE and (digits := re.search(rf"[\d{_DIGITS}]+", line.text))
    }
    if not listed and not draft.final:
        return  # enclosures of a draft may be files of their own
    for line in draft.body():
        for match in re.finditer(rf"附件\s?(\d{{1,2}}|[{_DIGITS}]{{1,2}})(?![\d{_DIGITS}：:])", line.text):
            if ordinal(match[1]) not in listed:
                start, end = line.span(match)
                grave = None if listed else Severity.WARNING
                yield Found(start, end, f"没有附件{match[1]}", "核对附件的顺序号", severity=grave)


_NUMBERS = {"两": 2, **{digit: value for value, digit in enumerate("〇一二三四五六七八九十")}}
_PROMISE = re.compile(
    r"(?:(?P<following>以下|下列|如下)(?P<digits>[一二两三四五六七八九十]|\d{1,2})(?:个|项|类|条|种|点|方面|大|款)"
    r"|(?P<many>[二两三四五六七八九十]|(?<!\d)\d{1,2})(?:个方面|个环节|项(?:重点)?(?:工作|任务|措施|行动|原则|要求)|类(?:情形|对象)|个重点|大(?:工程|行动|任务)))"
    r"[^。；]{0,16}?[：:，]?"
    r"|(?P<any>[二两三四五六七八九十])(?:个|项|类|种|条|大|步)[^，。；：、]{0,10}[：:]"
)
_FIRSTS = (
    re.compile(r"(?<![\u3400-\u9fff])(?P<digits>[一二三四五六七八九十])(?:是|要)(?!否)"),
    re.compile(r"(?:第(?P<digits>[一二三四五六七八九十]))[，,]"),
    re.compile(r"[（(](?P<digits>[一二三四五六七八九十])[）)]"),
)


@rule(
    "N9",
    "列举的项数与所说的一致",
    Family.REFERENCES,
    Severity.WARNING,
    why="说“以下五项”却列了四项，读者会以为漏了一项。",
    source=STRUCTURE,
    bad=(
        "　　重点把握以下四个环节：一是审核，二是对接，三是签约。\n",
        "　　应当具备下列三项条件：\n　　（一）有场所；\n　　（二）有人员。\n　　申报时间另行通知。\n",
        "　　建设两类载体：一是基地，二是中心，三是园区。\n",
    ),
    good=(
        "　　重点把握以下三个环节：一是审核，二是对接，三是签约。\n",
        "　　应当具备下列两项条件：\n　　（一）有场所；\n　　（二）有人员。\n",
        "　　抓好三项工作，其中一是审核工作最为重要。\n",
        "　　遵循以下原则：一是公开，二是公平。\n",
    ),
)
def promised(draft: Draft) -> Iterator[Found]:
    """A number of items that is promised, and another that follows in the paragraph or in the lines below."""
    for line in draft.body():
        for match in _PROMISE.finditer(line.text):
            digits = match["digits"] or match["many"] or match["any"]
            promised = int(digits) if digits.isdecimal() else _NUMBERS[digits]
            given = _given(draft, line, match)
            if given > 1 and given != promised:
                start, end = line.span(match)
                yield Found(start, end, f"说的是{digits}项，实列{given}项", "补上缺项，或改正项数")


def _given(draft: Draft, line: Line, match: re.Match[str]) -> int:
    """How many items follow a promise: counted from the first in the paragraph, else in the lines below; 0: unclear."""
    rest = line.text[match.end() :]
    if not match["following"] and not re.match("[^。]{0,12}[：:]|$", line.text[match.end() - 1 :]):
        return 0
    for pattern in _FIRSTS:
        count = 0
        for each in pattern.finditer(rest):
            if _NUMBERS[each["digits"]] == count + 1:
                count += 1
            elif count:
                break
        if count > 1:
            return count
    return _below(draft, line) if line.text.endswith(("：", ":")) else 0


def _below(draft: Draft, line: Line) -> int:
    """How many lines below count on from one, in one list."""
    count, siblings = 0, -1
    for below in draft.lines[line.index + 1 : line.index + 200]:
        node = draft.node_at.get(below.index)
        if below.role is Role.BLANK:
            continue
        if node is None or node.ordinal.value != count + 1 or siblings not in (-1, node.siblings):
            break
        count, siblings = count + 1, node.siblings
    return count


def _listed(draft: Draft) -> list[tuple[Line, int, str]]:
    """The enclosures that the body lists: line, number (1 where there is none), name."""
    found = []
    for line in draft.lines:
        if line.role is not Role.ENCLOSURE_LIST:
            continue
        words = re.sub(r"^附件?[：:]\s?", "", line.text)
        number = re.match(r"(\d{1,2})\s?[.．、]\s?", words)
        found.append((line, int(number[1]) if number else 1, words[number.end() :] if number else words))
    return found


@rule(
    "N10",
    "附件说明与附件一致",
    Family.REFERENCES,
    Severity.ERROR,
    why="附件的顺序号、名称要与附件说明一致；单个附件不编号，名称后不加标点。",
    source=layout_standard("7.3.4、7.3.7"),
    bad=(
        "　　请填报附表。\n附件：1.申报表\n2.成果清单\n\n附件1\n申报表\n姓名\n\n附件2\n需求清单\n姓名\n",
        "　　请填报附表。\n附件：1.申报表。\n2.成果清单。\n",
        "　　请填报附表。\n附件：1.申报表\n\n省科技厅\n2026年3月2日\n",
        "　　请填报附表。\n附件：1、申报表\n2、成果清单\n",
    ),
    good=(
        "　　请填报附表。\n附件：1.申报表\n2.成果清单\n\n附件1\n申报表\n姓名\n\n附件2\n成果清单\n姓名\n",
        "　　请填报附表。\n附件：申报表\n\n省科技厅\n2026年3月2日\n",
        "　　现印发方案。\n附件：实施方案.docx\n\n省科技厅\n2026年3月2日\n\n附件\n实施方案\n　　一、目标\n",
    ),
)
def enclosures(draft: Draft) -> Iterator[Found]:
    """The list of enclosures against the enclosures, and its marks (warnings)."""
    listed = _listed(draft)
    for line, _, name in listed:
        if name.endswith(("。", "；", "，", "、")):
            change = Change(line.end - 1, line.end, "")
            message = f"附件名称后多了“{name[-1]}”"
            yield Found(line.end - 1, line.end, message, "删去", changes=(change,), severity=Severity.WARNING)
        mark = re.match(r"(?:附件?[：:]\s?)?\d{1,2}\s?([．、])", line.text)
        if mark:
            start, end = line.start + mark.start(1), line.start + mark.end(1)
            message = f"附件顺序号之后用了“{mark[1]}”"
            yield Found(start, end, message, "改为“.”", changes=(Change(start, end, "."),), severity=Severity.WARNING)
    if len(listed) == 1 and re.match(r"附件?[：:]\s?1[.．、]", listed[0][0].text):
        line = listed[0][0]
        yield Found(line.start, line.end, "只有一个附件时不编号", "删去“1.”", severity=Severity.WARNING)
    titles = _titles(draft)
    for line, number, name in listed:
        below = titles.get(number)
        if below and _bare(name) not in _bare("".join(each.text for each in below)):
            title = below[0]
            message = f"附件说明写“{name}”，附件{number}的标题是“{title.text}”"
            yield Found(line.start, line.end, message, "改为一致", ((title.start, title.end),))
        elif titles and number not in titles and len(listed) > 1:
            yield Found(line.start, line.end, f"附件说明列了附件{number}，文后没有", "补上附件，或删去说明")
    for number, below in titles.items():
        if len(listed) > 1 and number not in {each for _, each, _ in listed}:
            yield Found(below[0].start, below[0].end, f"附件说明没有列附件{number}", "在附件说明里补上")


def _titles(draft: Draft) -> dict[int, list[Line]]:
    """The lines below 附件1, by its number: its title, perhaps over several lines."""
    found: dict[int, list[Line]] = {}
    for line in draft.lines:
        if line.role is not Role.ENCLOSURE:
            continue
        digits = re.search(rf"[\d{_DIGITS}]+", line.text)
        below = [each for each in draft.lines[line.index + 1 : line.index + 5] if each.text]
        if below and below[0].role is not Role.CELL:
            found[(ordinal(digits[0]) or 1) if digits else 1] = below
    return found


def _bare(name: str) -> str:
    return re.sub(r"\.(?:docx?|pdf|xlsx?|wps|ofd|zip|rar)$|[\s（）()《》“”·、，。；：—-]|样表|模板|格式", "", name)


_CODE = r"[\u3400-\u9fff]{1,8}[发函规办字]〔\d{4}〕\d{1,4}号"


@rule(
    "D9",
    "先引标题后引字号",
    Family.REFERENCES,
    Severity.WARNING,
    why="引用公文一般先写标题、后在括号里写发文字号；书名号里再用书名号时里面用单书名号。",
    source=Source("公文引用惯例（原载国发〔2000〕23号，已停止执行）", "", Force.TO_VERIFY),
    bad=(
        "　　根据国办发〔2016〕28号《促进科技成果转移转化行动方案》，制定本办法。\n",
        "　　根据《关于印发《技术市场规划》的通知》，制定本办法。\n",
    ),
    good=(
        "　　根据《促进科技成果转移转化行动方案》（国办发〔2016〕28号），制定本办法。\n",
        "　　根据《关于印发〈技术市场规划〉的通知》，制定本办法。\n",
    ),
)
def order(draft: Draft) -> Iterator[Found]:
    """A number before the title it belongs to; title marks inside title marks."""
    for line in draft.lines:
        for match in re.finditer(rf"({_CODE})(?:文件)?(《[^《》]{{2,80}}》)", line.text):
            start, end = line.span(match)
            yield Found(start, end, "字号写在了标题前面", f"写作“{match[2]}（{match[1]}）”")
        for match in re.finditer("《[^《》]{1,60}(《[^《》]{1,60}》)[^《》]{0,40}》", line.text):
            start, end = line.start + match.start(1), line.start + match.end(1)
            changes = (Change(start, start + 1, "〈"), Change(end - 1, end, "〉"))
            yield Found(start, end, "书名号里又用了双书名号", "里面的改用单书名号〈〉", changes=changes)


_DECLARED = re.compile(
    r"[（(]?(?:以下|下)(?:统|均|合|并)?简?称(?:为|作)?[：:]?[“《]*(?P<name>[^（）()“”《》，。]{1,20})[”》]*[）)]"
)
_GENERIC = r"(?:暂行|实施|管理|若干|指导|行动|工作|试行|奖励|具体){0,3}"
_ENDING = "办法|条例|细则|意见|规定|方案|通知|措施|决定|规划|计划|纲要"
_SHORT = re.compile(rf"《({_GENERIC}(?:{_ENDING}))》")
_FULL = re.compile(rf"《[^《》]{{2,60}}?({_GENERIC}({_ENDING}))(?:[（(][^（）()《》]{{1,20}}[）)])?》")


@rule(
    "D10",
    "简称先声明后使用",
    Family.REFERENCES,
    Severity.WARNING,
    why="没有声明的简称读者不知道指什么；声明了却不用，是删改后的残留。",
    source=punctuation_standard("4.15.3.4"),
    bad=(
        "　　依据《实施办法》，制定本措施。\n",
        "　　市科技创新服务中心（以下简称服务中心）负责受理。\n　　受理后报市科技局。\n",
        "　　由服务中心受理。\n　　市科技创新服务中心（以下简称服务中心）按月汇总。服务中心负责公布。\n",
    ),
    good=(
        "　　依据《技术转移奖励实施办法》（以下简称《实施办法》），制定本措施。\n　　《实施办法》另有规定的除外。\n",
        "　　市科技创新服务中心（以下简称服务中心）负责受理。\n　　服务中心受理后报市科技局。\n",
        "　　高等学校、科研院所（以下统称许可方）可以许可。许可方应当签订合同。\n",
    ),
)
def short_names(draft: Draft) -> Iterator[Found]:
    """Short names that are not used after they are declared, and generic titles nobody declared."""
    text = "\n".join(line.text for line in draft.lines)
    starts: list[int] = []
    offset = 0
    for line in draft.lines:
        starts.append(offset)
        offset += len(line.text) + 1
    declared: dict[str, int] = {}
    for line in draft.lines:
        for match in _DECLARED.finditer(line.text):
            name, at = match["name"], starts[line.index] + match.end()
            declared.setdefault(name, at)
            start, end = line.span(match)
            if text.find(name, at) < 0:
                yield Found(start, end, f"声明的简称“{name}”后文没有使用", "删去声明，或在后文使用")
            early = _used_before(draft, line, match)
            if early is not None:
                message = f"简称“{name}”在声明之前就使用了"
                yield Found(*early, message, "第一次出现时写全称并声明简称", ((start, end),))
    full: dict[str, int] = {}
    for title in _FULL.finditer(text):
        for name in {title[1], title[2]}:
            full.setdefault(name, title.start())
    for line in draft.lines:
        if line.role not in (Role.TITLE, Role.ENCLOSURE_LIST):
            yield from _undeclared(line, starts[line.index], declared, full)


def _used_before(draft: Draft, declared: Line, match: re.Match[str]) -> tuple[int, int] | None:
    """Where a short name stands before its declaration outside of its full name; None where it does not.

    Names of two characters are words that stand anywhere, and the full name may be written out before.
    """
    name = match["name"]
    full = declared.text[max(match.start() - 40, 0) : match.start()]
    inside = full.rfind(name)
    if len(name) < 3 or inside < 2:
        return None
    lead = full[inside - 2 : inside]
    for line in draft.lines[: declared.index + 1]:
        if line.role is not Role.BODY or line.part != declared.part:
            continue
        end = match.start() - len(full) if line is declared else len(line.text)
        at = line.text.find(name, 0, max(end, 0))
        if at >= 0 and line.text[max(at - 2, 0) : at] != lead:
            return line.start + at, line.start + at + len(name)
    return None


def _undeclared(line: Line, offset: int, declared: dict[str, int], full: dict[str, int]) -> Iterator[Found]:
    """Generic titles of a line that nobody declared before; a note where a full title of that ending goes before."""
    for match in _SHORT.finditer(line.text):
        at = offset + match.start()
        if match[1] in declared and declared[match[1]] <= at + len(match[0]) + 2:
            continue
        start, end = line.span(match)
        late = "在声明之前就使用了" if match[1] in declared else "没有先写全称"
        named = match[1] not in declared and full.get(match[1], at) < at
        grave = Severity.INFO if named else None
        yield Found(start, end, f"简称《{match[1]}》{late}", "第一次出现时写全称并声明简称", severity=grave)


@rule(
    "D11",
    "书名号、引号之间不用顿号",
    Family.REFERENCES,
    Severity.WARNING,
    why="并列的书名号之间、引号之间通常不用顿号；中间夹有括号等内容的，用顿号。",
    source=punctuation_standard("4.5.3.5"),
    bad=("　　落实《技术市场条例》、《创新券管理办法》。\n",),
    good=(
        "　　落实《技术市场条例》《创新券管理办法》。\n",
        "　　落实《技术市场条例》（2020年修订）、《创新券管理办法》（川科〔2020〕1号）。\n",
    ),
)
def between_titles(draft: Draft) -> Iterator[Found]:
    """A comma between titles, or between quoted words, that stand side by side; one finding a line."""
    for line in draft.lines:
        for pattern, what in (("》、(?=《)", "书名号"), ("”、(?=“)", "引号")):
            matches = list(re.finditer(pattern, line.text))
            if matches:
                spans = [(line.start + match.end() - 1, line.start + match.end()) for match in matches]
                changes = tuple(Change(start, end, "") for start, end in spans)
                yield Found(*spans[0], f"相邻的{what}之间用了顿号", "删去顿号", tuple(spans[1:]), changes)
