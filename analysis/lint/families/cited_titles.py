"""Titles that a draft cites: their order and marks, and short names for them (D9–D11)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from analysis.lint.draft import Draft
from analysis.lint.findings import Change, Force, Found, Severity, Source
from analysis.lint.lines import Line, Role
from analysis.lint.registry import Family, rule
from analysis.lint.sources import punctuation_standard

_CODE = r"[\u3400-\u9fff]{1,8}[发函规办字]〔\d{4}〕\d{1,4}号"


# 国务院办公厅关于……的意见（国办发〔2021〕26号) without title marks
_UNMARKED = re.compile(
    r"(?<![\u3400-\u9fff])(?:[^，。；：、《》“”\s]{0,3}?(?:依据|根据|按照|依照|贯彻|落实|和|以及|执行|参照))?"
    r"((?:国务院|中共|[\u3400-\u9fff]{1,8}[省市县区厅局部委室])[\u3400-\u9fff]{0,16}关于[^，。；：《》“”（）]{4,60}"
    r"(?:意见|通知|决定|办法|方案|规定|措施|细则|规划|计划))（[\u3400-\u9fff]{1,8}[发函规办字][〔\[［][^（）]{2,14}号）"
)


def _inside_marks(text: str, at: int) -> bool:
    """Whether a place stands inside title marks that are open."""
    return text.count("《", 0, at) > text.count("》", 0, at)


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
        "　　根据《技术市场条例》和国务院办公厅关于完善评价机制的指导意见（国办发〔2021〕26号），制定本办法。\n",
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
        for match in _UNMARKED.finditer(line.text):
            if not _inside_marks(line.text, match.start()):
                start, end = line.start + match.start(1), line.start + match.end(1)
                changes = (Change(start, start, "《"), Change(end, end, "》"))
                yield Found(start, end, "引用的文件标题没有用书名号", f"写作“《{match[1]}》”", changes=changes)
        for match in re.finditer("《[^《》]{1,60}(《[^《》]{1,60}》)[^《》]{0,40}》", line.text):
            start, end = line.start + match.start(1), line.start + match.end(1)
            changes = (Change(start, start + 1, "〈"), Change(end - 1, end, "〉"))
            yield Found(start, end, "书名号里又用了双书名号", "里面的改用单书名号〈〉", changes=changes)


_DECLARED = re.compile(
    r"(?:[（(](?=简)|[（(]?(?:以下|下)(?:统|均|合|并)?)简?称(?:为|作)?[：:]?[“《]*(?P<name>[^（）()“”《》，。]{1,20})[”》]*[）)]"
)
_GENERIC = r"(?:暂行|实施|管理|若干|指导|行动|工作|试行|奖励|具体){0,3}"
_ENDING = "办法|条例|细则|意见|规定|方案|通知|措施|决定|规划|计划|纲要"
_SHORT = re.compile(rf"《((?:{_GENERIC}|[\u3400-\u9fff]{{2}})(?:{_ENDING}))》(?![（(])")
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
        "　　按照《登记规定》办理。\n",
        "　　市科技创新服务中心（以下简称服务中心）负责受理。\n　　受理后报市科技局。\n",
        "　　由服务中心受理。\n　　市科技创新服务中心（以下简称服务中心）按月汇总。服务中心负责公布。\n",
        "　　转化基金由市财政局设立。\n　　市科技成果转化引导基金（以下简称转化基金）滚动使用。转化基金不得垫支。\n",
        "　　市技术市场服务中心（以下简称市场中心）受理。\n　　市技术市场服务中心（以下简称受理中心）公布。"
        "市场中心、受理中心按月核对。\n",
    ),
    good=(
        "　　依据《技术转移奖励实施办法》（以下简称《实施办法》），制定本措施。\n　　《实施办法》另有规定的除外。\n",
        "　　市科技创新服务中心（以下简称服务中心）负责受理。\n　　服务中心受理后报市科技局。\n",
        "　　高等学校、科研院所（以下统称许可方）可以许可。许可方应当签订合同。\n",
        "　　落实《工作方案》（川科〔2026〕1号）。\n",
        "　　用好国家重大专项资金。\n　　设立成果转化专项资金（以下简称专项资金）。专项资金按年安排。\n",
        "　　落实《市技术转移管理办法》。\n　　执行《登记管理办法》（以下简称《管理办法》）。按照《管理办法》登记。\n",
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
    declarations = [(line, match) for line in draft.lines for match in _DECLARED.finditer(line.text)]
    declared: dict[str, int] = {}
    for line, match in declarations:
        name, at = match["name"], starts[line.index] + match.end()
        declared.setdefault(name, at)
        start, end = line.span(match)
        if text.find(name, at) < 0:
            yield Found(start, end, f"声明的简称“{name}”后文没有使用", "删去声明，或在后文使用")
        early = _used_before(draft, line, match)
        if early is not None:
            message = f"简称“{name}”在声明之前就使用了"
            yield Found(*early, message, "第一次出现时写全称并声明简称", ((start, end),))
    yield from _two_short_names(declarations)
    full: dict[str, int] = {}
    for title in _FULL.finditer(text):
        for name in {title[1], title[2]}:
            full.setdefault(name, title.start())
    for line in draft.lines:
        if line.role not in (Role.TITLE, Role.ENCLOSURE_LIST):
            yield from _undeclared(line, starts[line.index], declared, full)


def _used_before(draft: Draft, declared: Line, match: re.Match[str]) -> tuple[int, int] | None:
    """Where a short name stands before its declaration outside of its full name; None where it does not.

    Names of two characters are words that stand anywhere, and the full name may be written out before. A name that
    other words lead into is part of another one, and a heading may be short.
    """
    name = match["name"]
    full = re.split("[。；]", declared.text[max(match.start() - 40, 0) : match.start()])[-1]
    inside = full.rfind(name)
    if len(name) < 3 or inside == 0:
        return None
    lead = full[max(inside - 2, 0) : inside] if inside > 0 else ""
    titled = declared.text[max(match.start("name") - 1, 0)] == "《"
    for line in draft.lines[: declared.index + 1]:
        if line.role is not Role.BODY or line.part != declared.part or not re.search("[。；]", line.text):
            continue
        end = match.start() - len(full) if line is declared else len(line.text)
        at = line.text.find(name, 0, max(end, 0))
        before = line.text[max(at - 3, 0) : at]
        if at >= 0 and _opens_name(before, titled) and not (lead and before.endswith(lead)):
            return line.start + at, line.start + at + len(name)
    return None


def _two_short_names(declarations: Sequence[tuple[Line, re.Match[str]]]) -> Iterator[Found]:
    """A name, told by its last characters, that is given another short name than before."""
    given: dict[str, str] = {}
    for line, match in declarations:
        full, name = _NAME.search(line.text[max(match.start() - 12, 0) : match.start()]), match["name"]
        first = given.setdefault(full.group(), name) if full else name
        if first != name:
            said = f"同一名称前面已简称“{first}”，此处又简称“{name}”"
            yield Found(*line.span(match), said, f"统一简称为“{first}”")


_NAME = re.compile("[\u3400-\u9fff]{8}$")
_BEFORE_NAME = re.compile(
    "(?:^|[^\u3400-\u9fff《〈]|[由向经对和与及或在将把按从为给该以到据报用]|支持|设立|建设|依托|通过|按照|委托|会同|提交|报送|纳入)$"
)


def _opens_name(before: str, titled: bool) -> bool:
    """Whether a name may begin behind these characters: a title behind its mark, others behind no other noun."""
    return before.endswith("《") if titled else _BEFORE_NAME.search(before) is not None


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
