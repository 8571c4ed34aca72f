"""What a draft lays on others: responsible bodies, its length, demands on lower levels (C8, C8b, C8c)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from analysis.corpus.document_parts import closing_bodies
from analysis.lint.draft import Draft
from analysis.lint.findings import Force, Found, Severity, Source
from analysis.lint.grids import grids
from analysis.lint.lines import Line, Role, Style
from analysis.lint.registry import Family, rule
from analysis.lint.sources import PRACTICE

_TASKS = 8  # from so many numbered items on a text is taken for one that distributes tasks
_NO_TASK = re.compile("指导思想|总体(?:要求|思路|目标)|基本原则|工作目标|主要目标|发展目标|建设目标|发展基础|现状|附则")
_DUTY = re.compile(
    r"(?:责任单位|牵头单位|责任部门|主办单位|负责单位)[：:]|[（(][^（）()]{2,60}(?:牵头|负责|配合|落实)[^（）()]{0,20}[）)][。；]?\s*$"
    r"|［[^［］]{2,80}(?:牵头|负责|配合|落实)[^［］]{0,20}］[。；]?\s*$"
    r"|由[^，。；（）]{0,24}(?:厅|局|委员会|委|办公室|政府|部门)[^，。；]{0,16}(?:牵头|负责|会同|组织)"
)
_NO_BODY = re.compile("(?:鼓励|支持|引导|推动|包括|不含|含|如|见)")
_LIMIT = re.compile("(?:完成)?时限[：:]|完成时间[：:]")


@rule(
    "C8",
    "任务写明责任单位和时限",
    Family.CONTENT,
    Severity.INFO,
    why="同级任务都写了责任单位或者完成时限，唯独一条没有，落实时容易无人负责。",
    source=PRACTICE,
    bad=(
        "　　（一）建平台。建设平台。（责任单位：市科技局）\n　　（二）育人才。培养人才。\n"
        "　　（三）投资金。设立资金。（责任单位：市财政局）\n",
        "　　（一）建平台。建设平台。（责任单位：市科技局；完成时限：2027年6月）\n"
        "　　（二）育人才。培养人才。（责任单位：市人社局）\n"
        "　　（三）投资金。设立资金。（责任单位：市财政局；完成时限：2027年9月）\n",
    ),
    good=(
        "　　（一）建平台。建设平台。（责任单位：市科技局）\n　　（二）育人才。培养人才。（责任单位：市人社局）\n",
        "　　（一）建平台。建设平台。\n　　（二）育人才。培养人才。\n　　（三）投资金。设立资金。\n",
        "　　（一）建平台。由市科技局会同市财政局建设平台。\n　　（二）育人才。培养人才。（市人社局负责）\n"
        "　　（三）投资金。设立资金。（市财政局负责）\n",
        "　　（一）指导思想。坚持改革。\n　　（二）建平台。建设平台。（责任单位：市科技局）\n"
        "　　（三）育人才。培养人才。（责任单位：市人社局）\n",
    ),
)
def responsible(draft: Draft) -> Iterator[Found]:
    """A task with no responsible body or time limit while most of its sisters have one; a row that leaves it blank."""
    yield from _blank_duties(draft)
    lists: dict[int, list[tuple[Line, bool]]] = {}
    limits: dict[int, list[tuple[Line, bool]]] = {}
    nodes = draft.nodes
    texts = []
    for at, node in enumerate(nodes):
        last = nodes[at + 1].line.index if at + 1 < len(nodes) else len(draft.lines)
        own = [line for line in draft.lines[node.line.index : last] if line.role is Role.BODY]
        texts.append("\n".join(line.text for line in own))
    for node, text, bodies in zip(nodes, texts, closing_bodies(texts), strict=True):
        above = nodes[node.parent].line.text if node.parent is not None else ""
        if _NO_TASK.search(node.line.text[:20]) or _NO_TASK.search(above[:20]):
            continue
        named = any(not _NO_BODY.match(body) for body in bodies)
        lists.setdefault(node.siblings, []).append((node.line, named or _DUTY.search(text) is not None))
        limits.setdefault(node.siblings, []).append((node.line, _LIMIT.search(text) is not None))
    headings = {nodes[node.parent].line.index for node in nodes if node.parent is not None}
    tasks = sorted(
        (line.index, line, has)
        for sisters in lists.values()
        if len(sisters) > 1
        for line, has in sisters
        if line.index not in headings
    )
    if len(tasks) >= _TASKS and not any(has for *_, has in tasks) and _distributes(draft):
        first = tasks[0][1]
        message = f"{len(tasks)}条任务都没有写明责任单位"
        end = first.start + len(first.text[:20])
        yield Found(first.start, end, message, "逐条写明责任单位", about="责任单位")
    yield from _lacking(lists, "责任单位")
    yield from _beside_other_lists(list(lists.values()), headings)
    yield from _lacking(limits, "完成时限", about="完成时限")


def _lacking(lists: Mapping[int, Sequence[tuple[Line, bool]]], what: str, about: str = "") -> Iterator[Found]:
    """Items that lack what at least half of their sisters have."""
    for sisters in lists.values():
        named = sum(has for _, has in sisters)
        if named < 2 or 2 * named < len(sisters) or named == len(sisters):
            continue
        for line, has in sisters:
            if not has:
                heading = re.match("[^。：]{2,40}[。：]?", line.text)
                end = line.start + (heading.end() if heading else len(line.text))
                message = f"同级{len(sisters)}条里{named}条写了{what}，这一条没有"
                yield Found(line.start, end, message, f"写明{what}", about=about)


_FEW = 3  # a list so short says little by itself
_MOST = 5


def _beside_other_lists(lists: Sequence[Sequence[tuple[Line, bool]]], headings: set[int]) -> Iterator[Found]:
    """A task without a body in a short list, where nearly all tasks of its series in the text have one."""
    named: Counter[tuple[Style, int]] = Counter()
    every: Counter[tuple[Style, int]] = Counter()
    for line, has in (task for sisters in lists for task in sisters):
        if line.ordinal is not None and line.index not in headings:
            every[line.ordinal.style, line.part] += 1
            named[line.ordinal.style, line.part] += has
    for sisters in lists:
        lacking = [line for line, has in sisters if not has and line.index not in headings]
        if len(sisters) > _FEW or len(lacking) != 1 or lacking[0].ordinal is None or sum(has for _, has in sisters) > 1:
            continue
        line, series = lacking[0], (lacking[0].ordinal.style, lacking[0].part)
        if named[series] >= _MOST and every[series] - named[series] <= every[series] // 6:
            heading = re.match("[^。：]{2,40}[。：]?", line.text)
            end = line.start + (heading.end() if heading else len(line.text))
            message = f"同类{every[series]}条里{named[series]}条写了责任单位，这一条没有"
            yield Found(line.start, end, message, "写明责任单位")


_DUTY_COLUMN = re.compile("(?:责任|牵头|负责|主办)(?:单位|部门)")


def _blank_duties(draft: Draft) -> Iterator[Found]:
    """Rows of a table whose responsible body is left blank, while others have one."""
    for grid in grids(draft):
        for at, box in enumerate(grid.header):
            if not _DUTY_COLUMN.search(box.text):
                continue
            rows = [row for row in grid.rows[1:] if any(each.text for each in row)]
            blank = [row for row in rows if len(row) <= at or not row[at].text.strip("—-/无")]
            if len(rows) - len(blank) < 2:
                continue
            for row in blank:
                first = next(each for each in row if each.text)
                yield Found(first.start, first.end, f"表中这一行没有填写{box.text}", "填上责任单位")


def _distributes(draft: Draft) -> bool:
    """Whether a title of the file is that of a text which gives tasks to bodies."""
    return any(line.role is Role.TITLE and re.search("意见|措施|方案|计划", line.text) for line in draft.lines)


_REDUCTION = Source("整治形式主义为基层减负若干规定", "第2条、第3条", Force.RULED)


@rule(
    "C8b",
    "篇幅",
    Family.WORDING,
    Severity.INFO,
    why="综合性文件一般不超过5000字，专项或者部署具体任务的一般不超过4000字。",
    source=_REDUCTION,
    bad=("关于技术转移的意见\n" + "　　推动技术转移。\n" * 800,),
    good=(
        "关于技术转移的意见\n" + "　　推动技术转移。\n" * 200,
        "技术市场条例\n" + "　　第一条　推动技术转移。\n" * 500,
    ),
)
def length(draft: Draft) -> Iterator[Found]:
    """A document of more than 5,000 characters; statutes and plans are no such documents."""
    count = sum(len(re.sub(r"\s", "", line.text)) for line in draft.lines if line.part == 0)
    title = next((line for line in draft.lines if line.role is Role.TITLE), None)
    if count > 5000 and title is not None and re.search("意见|措施|通知|方案", draft.title):
        yield Found(
            title.start,
            title.end,
            f"正文共{count}字，综合性文件一般不超过5000字",
            "压缩背景、意义和一般性要求",
            about="篇幅",
        )


_REFUSED = re.compile(
    "(?:不再|不搞|不准|清理|取消|减少|严禁|禁止|防止|整治|避免)[^，。；]{0,4}$|不$|(?:不得|不能|严禁|禁止)[^，。；]{0,40}$"
)
_BURDEN = re.compile("一票否决|(?:签订|签)责任状|机构编制|达标评比|达标活动")


_REPORTS = re.compile(
    "制定(?:出台)?(?:具体|相应|本地)?(?:的)?配套(?:实施)?(?:文件|细则|措施|方案|办法)"
    "|(?:报送|上报|报告)[^，。；]{0,12}(?:贯彻)?落实情况|每(?:月|季度)[^，。；]{0,16}报送"
)


@rule(
    "C8c",
    "不增加基层负担",
    Family.WORDING,
    Severity.WARNING,
    why="除专门文件外，不规定机构编制事项，不要求一票否决、签责任状和达标评比；一般不要求报送落实情况、制定配套文件。",
    source=_REDUCTION,
    bad=(
        "　　对未完成任务的县（区）实行一票否决。\n",
        "　　各县（区）要与乡镇签订责任状。\n",
        "　　各县（区）要制定配套实施细则。\n",
        "　　各地每月25日前报送落实情况。\n",
    ),
    good=(
        "　　清理一票否决事项，不签责任状。\n",
        "　　不得将登记数量与年度考核挂钩实行“一票否决”。\n",
        "　　定期通报进展。\n",
        "　　申请人应当报送申报材料。\n",
    ),
)
def burden(draft: Draft) -> Iterator[Found]:
    """Words of duties that only a dedicated document may impose."""
    for line in draft.body():
        for match in _BURDEN.finditer(line.text):
            if _REFUSED.search(line.text[max(match.start() - 44, 0) : match.start()]):
                continue
            if match.group() == "机构编制" and re.match("委员会|部门|管理|主管", line.text[match.end() :]):
                continue
            start, end = line.span(match)
            yield Found(start, end, f"“{match.group()}”属于不得随意提出的要求", "删去，或确认本文是专门文件")
        for match in _REPORTS.finditer(line.text):
            start, end = line.span(match)
            message = f"“{match.group()}”是一般不提出的要求"
            yield Found(start, end, message, "确有必要的予以保留，否则删去", severity=Severity.INFO)
