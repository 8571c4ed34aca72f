"""Numbers of parts and items: series, order, marks (N1–N7)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace

from analysis.corpus.formats.docx import chinese
from analysis.lint.draft import Draft
from analysis.lint.findings import Change, Force, Found, Severity, Source
from analysis.lint.lines import Line, Node, Style
from analysis.lint.registry import Family, rule
from analysis.lint.sources import STRUCTURE, layout_standard, punctuation_standard

_FIVE_ITEMS = "　　一、总体要求\n　　（一）目标。\n　　（二）原则。\n　　二、任务\n　　（三）人才。\n　　（四）资金。\n"
_FEW = 3  # a list that opens higher is an excerpt
_HEADING = 30  # characters of a heading without a number
_MARKED = "。；，、！？;,!?.）)"
_TWO_LISTS = (
    "　　第一条　有下列情形之一的：\n　　（一）甲；\n　　（二）乙。\n"
    "　　第二条　符合下列条件之一的：\n　　（一）丙；\n　　（二）丁。\n"
)


@rule(
    "N2",
    "序号连续",
    Family.NUMBERING,
    Severity.ERROR,
    why="序号缺漏或重复，引用的人会找不到条款，也常说明删改后没有重新编号。",
    source=STRUCTURE,
    bad=(
        "　　一、目标\n　　二、任务\n　　四、保障\n",
        _FIVE_ITEMS.replace("（四）", "（六）"),
        "　　第一条　总则。\n　　第二条　适用范围。\n　　第二条　职责。\n",
    ),
    good=(
        _FIVE_ITEMS,
        "　　第一条　市级职责：\n　　（一）规划；\n　　（二）管理。\n　　县级职责：\n　　（一）登记。\n",
        "　　一、目标\n　　（一）人才。\n　　（二）资金。\n　　二、任务\n　　（一）平台。\n　　（二）机构。\n",
        _TWO_LISTS,
        "　　一、材料\n　　转移机构\n　　1.申报书；\n　　2.清单。\n　　吸纳方\n　　1.申报书；\n　　2.合同。\n",
    ),
)
def consecutive(draft: Draft) -> Iterator[Found]:
    """Siblings count on by one. A list may start at 1, or go on where the last list of its series ended."""
    last: dict[tuple[int, Style], Node] = {}
    before: dict[int, Node] = {}
    elsewhere = {two.line.index for _, two in _goes_on(draft)}  # another rule's
    for node in draft.nodes:
        series = (node.line.part, node.ordinal.style)
        sister = before.get(node.siblings)
        above = sister or last.get(series)
        before[node.siblings] = last[series] = node
        value = node.ordinal.value
        opens = value == 1 and (sister is None or _anew(draft, node))
        if value is None or opens or node.line.index in elsewhere:
            continue
        if above is None:
            message = f"第一个序号是{node.ordinal.cited}，前面没有{_written(node, 1)}"
            grave = Severity.WARNING if value <= _FEW else Severity.INFO  # it may be an excerpt
            yield replace(_number_fault(node, 1, message), severity=grave)
        elif above.ordinal.value is not None and value != above.ordinal.value + 1:
            yield _out_of_order(node, above)


def _anew(draft: Draft, node: Node) -> bool:
    """Whether a 1 opens another list: below a line that announces it, a heading without a number, or a higher number.

    Such a line ends in a colon, or in no mark at all.
    """
    above = _above(draft, node.line)
    if above is None or above.ordinal is not None:
        return above is not None and above.ordinal is not None and above.ordinal.style.rank < node.ordinal.style.rank
    return above.text.endswith(("：", ":")) or (len(above.text) <= _HEADING and above.text[-1] not in _MARKED)


def _above(draft: Draft, line: Line) -> Line | None:
    """The next line above that has words."""
    at = line.index - 1
    while at >= 0 and not draft.lines[at].text:
        at -= 1
    return draft.lines[at] if at >= 0 else None


def _out_of_order(node: Node, above: Node) -> Found:
    value, last = node.ordinal.value or 0, above.ordinal.value or 0
    expected = last + 1
    cited, former = node.ordinal.cited, above.ordinal.cited
    if value == last:
        return _number_fault(node, expected, f"有两个{cited}", above)
    if value < expected:
        return _number_fault(node, expected, f"{former}之后又是{cited}", above)
    missing = [_written(node, number) for number in range(expected, min(value, expected + 20))]
    gap = missing[0] if len(missing) == 1 else f"{missing[0]}至{missing[-1]}"
    return _number_fault(node, expected, f"{former}之后是{cited}，缺{gap}", above)


def _written(node: Node, value: int) -> str:
    """``value`` in the series of ``node``: （四）."""
    digits = str(value) if node.ordinal.digits.isdecimal() else chinese(value)
    return node.ordinal.cited.replace(node.ordinal.digits, digits)


def _number_fault(node: Node, expected: int, message: str, above: Node | None = None) -> Found:
    place = ((above.ordinal.start, max(above.ordinal.end, above.ordinal.start + 1)),) if above else ()
    end = max(node.ordinal.end, node.ordinal.start + 1)
    suggestion = f"补上缺漏的条款，或改为{_written(node, expected)}并核对后文的引用"
    return Found(node.ordinal.start, end, message, suggestion, place)


@rule(
    "N3",
    "层次不倒置",
    Family.NUMBERING,
    Severity.WARNING,
    why="较低层次的序次语之下又用较高层次的，读者分不清谁包含谁。",
    source=punctuation_standard("B.3.8"),
    bad=("　　（1）人才。\n　　1.项目。\n　　2.资金。\n　　（2）平台。\n",),
    good=(
        "　　一、目标\n　　1.人才。\n　　2.资金。\n　　二、任务\n",
        "　　（一）人才。\n　　1.引进。\n　　（二）资金。\n",
    ),
)
def climbing(draft: Draft) -> Iterator[Found]:
    """A list that opens below a number of a lower series, which goes on behind it. Skipping downwards is allowed."""
    opened: set[int] = set()
    last = {node.siblings: node.line.index for node in draft.nodes}
    for node in draft.nodes:
        if node.siblings in opened or node.parent is None:
            opened.add(node.siblings)
            continue
        opened.add(node.siblings)
        parent = draft.nodes[node.parent]
        goes_on = last[parent.siblings] > node.line.index and node.ordinal.value in (1, None)
        if goes_on and node.ordinal.style.rank < parent.ordinal.style.rank and parent.ordinal.style is not Style.FIRST:
            start, end = node.line.start, node.line.end
            message = f"{parent.ordinal.cited}之下又用了层次更高的序号{node.ordinal.cited}"
            place = (parent.line.start, parent.line.end)
            yield Found(start, end, message, "改用更低一层的序号，或调整上一层的序号", (place,))


_MARKS = {
    Style.ARTICLE: "",
    Style.CHINESE: "、",
    Style.ARABIC: ".",
    Style.BRACKETED: "",
    Style.ARABIC_BRACKETED: "",
    Style.CIRCLED: "",
}


@rule(
    "N4",
    "序号后的标点",
    Family.NUMBERING,
    Severity.WARNING,
    why="“一、”用顿号，“1.”用下脚点，带括号的序号和圈号之后不加标点。",
    source=punctuation_standard("4.4.3.3、4.5.3.3、B.3"),
    bad=(
        "　　（一）、人才。\n　　（二）、资金。\n",
        "　　1、人才。\n　　2、资金。\n",
        "　　一．人才\n　　二．资金\n",
        "　　第一条、制定本办法。\n",
    ),
    good=(
        "　　一、人才\n　　（一）引进。\n　　1.资金。\n　　（1）来源。\n",
        "　　1.5亿元用于人才。\n",
        "　　第一条　制定本办法。\n第二条、第三条所称机构另行规定。\n",
    ),
)
def mark(draft: Draft) -> Iterator[Found]:
    """The mark behind a number is the one of its series; a mark behind brackets is an error."""
    for node in draft.nodes:
        number = node.ordinal
        right = _MARKS.get(number.style)
        if right is None or number.automatic or number.mark == right:
            continue
        if number.style is Style.ARABIC and number.mark in ")）":
            continue  # another series altogether, which N1 reports
        start = number.end - len(number.mark)
        message = (
            f"{number.cited}之后不用标点" if not right else f"{number.cited}之后应是“{right}”，不是“{number.mark}”"
        )
        yield Found(
            number.start,
            number.end,
            message,
            f"删去“{number.mark}”" if not right else f"改为“{number.digits}{right}”",
            changes=(Change(start, number.end, right),),
            severity=Severity.ERROR if not right and number.style is not Style.ARTICLE else None,
        )


@rule(
    "N5",
    "序号用全角括号",
    Family.NUMBERING,
    Severity.WARNING,
    why="序次语的括号用全角，全文一致，检索和自动编号才不会漏。",
    source=punctuation_standard("4.9.3.1"),
    bad=("　　(一)人才。\n　　(二)资金。\n",),
    good=("　　（一）人才。\n　　（二）资金。\n",),
)
def brackets(draft: Draft) -> Iterator[Found]:
    """Half-width brackets around the number of an item."""
    for node in draft.nodes:
        number = node.ordinal
        if number.style not in (Style.BRACKETED, Style.ARABIC_BRACKETED) or number.automatic:
            continue
        written = draft.text[number.start : number.end]
        if "(" in written or ")" in written:
            changes = tuple(
                Change(number.start + at, number.start + at + 1, {"(": "（", ")": "）"}[sign])
                for at, sign in enumerate(written)
                if sign in "()"
            )
            end = number.end - len(number.mark)
            yield Found(number.start, end, "序号用了半角括号", "改为全角括号“（）”", changes=changes)


_CHAPTERED = (Style.PART, Style.CHAPTER, Style.SECTION, Style.ARTICLE)


@rule(
    "N6",
    "编章节条的序号用汉字",
    Family.NUMBERING,
    Severity.WARNING,
    why="立法法要求法律的编、章、节、条用汉字依次表述，规范性文件参照执行；一篇之内两种写法，引用时对不上。",
    source=Source("中华人民共和国立法法", "第六十五条（参照）", Force.PRACTICE),
    bad=(
        "　　第一条　适用范围。\n　　第2条　部门职责。\n　　第三条　申报条件。\n",
        "　　第一章　总则\n　　第一条　适用范围。\n　　第2章　申报\n　　第二条　申报条件。\n",
    ),
    good=(
        "　　第一条　适用范围。\n　　第二条　部门职责按第3条的规定办理。\n",
        "　　第1条　定义。\n　　第2条　价款。\n",  # a form that keeps to one script throughout
        "　　一、目标\n　　1.人才。\n　　2.资金。\n",
    ),
)
def article_script(draft: Draft) -> Iterator[Found]:
    """A chapter or an article numbered in digits where the others of the text are numbered in Chinese."""
    nodes = [node for node in draft.nodes if node.ordinal.style in _CHAPTERED and not node.ordinal.automatic]
    in_chinese = {node.line.part for node in nodes if not node.ordinal.digits.isdecimal()}
    for node in nodes:
        number = node.ordinal
        if number.digits.isdecimal() and node.line.part in in_chinese:
            at = draft.text.index(number.digits, number.start)
            change = Change(at, at + len(number.digits), chinese(int(number.digits)))
            end = number.end - len(number.mark)
            yield Found(number.start, end, "序号没有用汉字", f"改为“{_written_in_chinese(node)}”", changes=(change,))


def _written_in_chinese(node: Node) -> str:
    number = node.ordinal
    return number.cited.replace(number.digits, chinese(int(number.digits)))


@rule(
    "N7",
    "序号写法规范",
    Family.NUMBERING,
    Severity.ERROR,
    why="“一十二”“廿”不是规范的序号写法，按序号检索和引用时会漏掉。",
    source=STRUCTURE,
    bad=("　　十一、人才\n　　一十二、资金\n", "　　十九、人才\n　　廿、资金\n"),
    good=("　　十一、人才\n　　十二、资金\n", "　　第一百零三条　人才。\n　　第一百零四条　资金。\n"),
)
def well_formed(draft: Draft) -> Iterator[Found]:
    """A Chinese number of an item that is not written as numbers are."""
    for node in draft.nodes:
        number = node.ordinal
        if number.value is None and not number.automatic:
            yield Found(
                number.start,
                number.end - len(number.mark),
                f"序号“{number.digits}”写法不规范",
                "按“十、十一、十二……二十、二十一”的写法改正",
            )


@rule(
    "N1",
    "序号层次用法",
    Family.NUMBERING,
    Severity.WARNING,
    why="文中结构层次序数依次用“一、”“（一）”“1.”“（1）”，换用别的写法，层次就看不出来。",
    source=layout_standard("7.3.3"),
    bad=(
        "　　一、目标\n　　1）人才。\n　　2）资金。\n",
        "第一，申报条件\n　　（一）有场所。\n　　（二）有人员。\n二、申报程序\n　　另行通知。\n",
        "　　①建设平台。\n　　（2）培养人才。\n　　（3）设立资金。\n",
    ),
    good=("　　一、目标\n　　（一）人才。\n　　1.引进。\n　　（1）方式。\n", "　　第一，要有人才。第二，要有资金。\n"),
)
def series(draft: Draft) -> Iterator[Found]:
    """Items numbered 1）: a series that the standard does not know, one finding for each list; a list that changes its
    series on the way."""
    yield from _changed_series(draft)
    lists: dict[int, list[Node]] = defaultdict(list)
    for node in draft.nodes:
        if node.ordinal.style is Style.ARABIC and node.ordinal.mark in (")", "）"):
            lists[node.siblings].append(node)
    for nodes in lists.values():
        first = nodes[0].ordinal
        places = tuple((node.ordinal.start, node.ordinal.end) for node in nodes[1:])
        written = draft.text[first.start : first.end]
        yield Found(first.start, first.end, f"序号“{written}”不在规定的序列里", "改为“1.”或“（1）”", places)


def _changed_series(draft: Draft) -> Iterator[Found]:
    """A list of one item that the next list goes on counting in another series: 第一，… 二、…; ① … （2）."""
    for one, two in _goes_on(draft):
        start, end = one.ordinal.start, max(one.ordinal.end, one.ordinal.start + 1)
        first, second = (draft.text[each.ordinal.start : each.ordinal.end] for each in (one, two))
        place = (two.ordinal.start, max(two.ordinal.end, two.ordinal.start + 1))
        message = f"“{first}”之后接着用“{second}”，同一列举换了序号的写法"
        yield Found(start, end, message, "同一层次用同一种序号", (place,))


def _goes_on(draft: Draft) -> Iterator[tuple[Node, Node]]:
    """Pairs of numbers of one list that are written in two series.

    The first ends its list at n; the second opens one at n + 1 in a higher series, with nothing between them but what
    stands below the first. A lower series that opens at 2 lacks its 1, which another rule says.
    """
    nodes = draft.nodes
    last = {node.siblings: at for at, node in enumerate(nodes)}
    opened: set[int] = set()
    for at, node in enumerate(nodes):
        value = node.ordinal.value
        above = at - 1 if at and node.siblings not in opened and value is not None and value > 1 else None
        opened.add(node.siblings)
        while above is not None:
            one = nodes[above]
            ends = last[one.siblings] == above and one.ordinal.value == (value or 0) - 1
            if ends and one.ordinal.style.rank > node.ordinal.style.rank and one.line.part == node.line.part:
                yield one, node
                break
            above = one.parent
