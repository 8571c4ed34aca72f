"""Marks: width, quotes, ellipses, what a list of items and a heading end with (P1, P2, P10–P12, N11, N12)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from analysis.lint.draft import Draft
from analysis.lint.findings import Change, Found, Severity
from analysis.lint.lines import Line, Node, Role, Style
from analysis.lint.registry import Family, rule
from analysis.lint.sources import punctuation_standard

_HAN = r"\u3400-\u9fff"
_FULL = {",": "，", ";": "；", ":": "：", "?": "？", "!": "！", "(": "（", ")": "）", ".": "。"}
# A half-width mark with Chinese on both sides; the number of an item has a rule of its own.
_HALF = re.compile(
    rf"(?<=[{_HAN}》”）%％、。，；])[,;?!](?=[{_HAN}《“（])"
    rf"|(?<=[{_HAN}》”）])[,;:?!.](?=[ \u3000]?(?:[{_HAN}《“（]|$))"
    rf"|(?<=[{_HAN}》”）])\((?=[{_HAN}《“])|(?<=[{_HAN}》”])\)(?=[{_HAN}，。；、：]|$)",
    re.MULTILINE,
)


@rule(
    "P1",
    "中文之间用全角标点",
    Family.PUNCTUATION,
    Severity.ERROR,
    why="汉字之间的标点用全角，半角标点多是从网页或别的软件带来的。",
    source=punctuation_standard("5"),
    bad=("　　建设技术市场,培育技术经理人。\n", "　　支持高校(含高职院校)设立机构。\n", "　　重点任务:建设平台。\n"),
    good=(
        "　　订购系统见https://kj.example.cn/a?b=1,2，欢迎咨询。\n",
        "　　发布技术手册（Technology Handbook, 2nd ed.）。\n",
        "　　每年1,000项，增长1.5倍，9:30开始。\n",
        "　　（一）人才。\n",
    ),
)
def half_width(draft: Draft) -> Iterator[Found]:
    """A half-width mark between Han characters."""
    numbers = {node.ordinal.start: node.ordinal.end for node in draft.nodes}
    for line in draft.lines:
        if line.role is Role.FURNITURE:
            continue
        opened = numbers.get(line.start, line.start)
        for match in _HALF.finditer(line.text):
            start = line.start + match.start()
            if start >= opened:
                change = Change(start, start + 1, _FULL[match.group()])
                yield Found(start, start + 1, "汉字之间用了半角标点", "改为全角标点", changes=(change,))


_STRAIGHT = re.compile(r"""["']""")


@rule(
    "P2",
    "引号用弯引号",
    Family.PUNCTUATION,
    Severity.WARNING,
    why="中文引号是“”和‘’，直引号分不出前后，排版时也会变形。",
    source=punctuation_standard("4.8"),
    bad=('　　推行"揭榜挂帅"机制。\n',),
    good=("　　推行“揭榜挂帅”机制。\n", "　　见 Smith's Handbook 一书。\n", '　　屏幕为 15" 的设备。\n'),
)
def straight_quotes(draft: Draft) -> Iterator[Found]:
    """Straight quotes beside Chinese; those of a line in pairs, so that the change knows which one opens."""
    for line in draft.lines:
        marks = [match for match in _STRAIGHT.finditer(line.text) if _beside_han(line.text, match.start())]
        for sign, curved in (('"', "“”"), ("'", "‘’")):
            same = [match.start() for match in marks if match.group() == sign]
            for first, second in zip(same[::2], same[1::2], strict=False):
                start, end = line.start + first, line.start + second + 1
                changes = (Change(start, start + 1, curved[0]), Change(end - 1, end, curved[1]))
                yield Found(start, end, "用了直引号", f"改为{curved}", changes=changes)
            if len(same) % 2:
                start = line.start + same[-1]
                yield Found(start, start + 1, "用了直引号，且不成对", f"改为{curved}并补上另一半")


def _beside_han(text: str, at: int) -> bool:
    return re.search(rf"[{_HAN}，。；：、《》（）]", text[max(at - 1, 0) : at] + text[at + 1 : at + 2]) is not None


_PAIRS = {"（": "）", "《": "》", "“": "”", "〔": "〕", "〈": "〉"}


@rule(
    "P2a",
    "括号引号成对",
    Family.PUNCTUATION,
    Severity.WARNING,
    why="括号、引号、书名号缺一半，读者不知道它到哪里为止。",
    source=punctuation_standard("4.8、4.9、4.15"),
    bad=("　　依据《技术市场条例（2020年修订），制定本办法。\n", "　　推行“揭榜挂帅机制。\n"),
    good=(
        "　　依据《关于执行〈技术市场条例〉的意见》（川科〔2020〕1号），制定本办法。\n",
        "　　1）人才。\n",
        "　　设立工程(技术）中心。\n",
    ),
)
def pairs(draft: Draft) -> Iterator[Found]:
    """Brackets, quotes and title marks that are not closed, or not opened, within their paragraph."""
    closing = {close: opening for opening, close in _PAIRS.items()}
    for line in draft.lines:
        if line.role is not Role.BODY or not _whole(draft, line):
            continue  # a long title breaks over lines, and so does a paragraph of a web copy
        opened: list[tuple[str, int]] = []
        begins = line.ordinal.end - line.start if line.ordinal and not line.ordinal.automatic else 0
        for at, written in enumerate(line.text[begins:], begins):
            sign = {"(": "（", ")": "）"}.get(written, written)
            if sign in _PAIRS:
                opened.append((sign, at))
            elif sign in closing:
                if opened and opened[-1][0] == closing[sign]:
                    opened.pop()
                elif sign != "”":  # quotes may go on over paragraphs
                    start = line.start + at
                    yield Found(start, start + 1, f"“{sign}”没有前一半", f"补上“{closing[sign]}”，或删去“{sign}”")
        for sign, at in opened:
            start = line.start + at
            yield Found(start, start + 1, f"“{sign}”没有后一半", f"补上“{_PAIRS[sign]}”")


def _whole(draft: Draft, line: Line) -> bool:
    """Whether a paragraph ends with its line: by its mark, or because an indented or numbered line follows."""
    if line.text.endswith(("。", "；", "：", "！", "？")):
        return True
    below = _next(draft, line)
    return below >= 0 and (draft.lines[below].indent > 1 or draft.lines[below].ordinal is not None)


@rule(
    "P10",
    "省略号与“等”不并用",
    Family.PUNCTUATION,
    Severity.WARNING,
    why="省略号和“等”都表示列举未尽，并用是重复。",
    source=punctuation_standard("A.9"),
    bad=("　　包括高校、企业……等单位。\n",),
    good=("　　包括高校、企业等单位。\n", "　　包括高校、企业……\n"),
)
def ellipsis(draft: Draft) -> Iterator[Found]:
    """An ellipsis with 等 beside it."""
    for line in draft.lines:
        for match in re.finditer(r"(?:…{1,2}|\.{3,6})等|等…{1,2}", line.text):
            start, end = line.span(match)
            yield Found(start, end, "省略号与“等”并用", "保留其中一个", changes=(Change(start, end, "等"),))


_NO_WORK = re.compile(
    "《[^《》]{2,30}(?:课题|会议|大会|年会|论坛|峰会|沙龙|大赛|竞赛|比赛|证书|研讨会|博览会|交易会|洽谈会|对接会|推介会|路演|活动周|活动月|奖)》"
)


@rule(
    "P11",
    "书名号的用处",
    Family.PUNCTUATION,
    Severity.INFO,
    why="课题、会议、奖项、证书不是作品，名称不用书名号。",
    source=punctuation_standard("A.13.1"),
    bad=("　　主办《全国技术转移大会》。\n", "　　颁发《优秀技术经理人荣誉证书》。\n"),
    good=("　　依据《技术市场条例》。\n", "　　按照《科技奖励办法》评审。\n"),
)
def title_marks(draft: Draft) -> Iterator[Found]:
    """Title marks around a meeting, a project, a prize or a certificate."""
    for line in draft.lines:
        for match in _NO_WORK.finditer(line.text):
            start, end = line.span(match)
            yield Found(start, end, f"{match.group()}不是作品或文件，不用书名号", "去掉书名号，需要时改用引号")


@rule(
    "P12",
    "图表标题末尾不用句号",
    Family.PUNCTUATION,
    Severity.WARNING,
    why="图题、表题是名称，末尾不用句号。",
    source=punctuation_standard("A.1"),
    bad=("　　主要指标如下。\n表1　主要指标。\n",),
    good=("　　主要指标如下。\n表1　主要指标\n", "　　表1列出了主要指标，各地可以参照执行。\n"),
)
def captions(draft: Draft) -> Iterator[Found]:
    """The caption of a table or figure that ends with a full stop."""
    for line in draft.lines:
        if line.role is Role.CAPTION and line.text.endswith("。") and "。" not in line.text[:-1]:
            change = Change(line.end - 1, line.end, "")
            yield Found(line.start, line.end, "图表标题末尾用了句号", "删去句号", changes=(change,))


@rule(
    "N11",
    "列举各项的末尾标点",
    Family.PUNCTUATION,
    Severity.WARNING,
    why="并列各项末尾用分号、最后一项用句号；任何一项里已有句号的，各项都不用分号。",
    source=punctuation_standard("4.6.3.3、A.5"),
    bad=(
        "　　应当具备下列条件：\n　　（一）有场所；\n　　（二）有人员，\n　　（三）有制度。\n",
        "　　应当具备下列条件：\n　　（一）有场所；\n　　（二）有人员。\n　　（三）有制度；\n　　（四）有资金。\n",
        "　　第一条　应当：\n　　（一）有场所；\n　　（二）有人员；\n　　（三）有制度；\n　　第二条　另行规定。\n",
        "　　第一条　资金由财政承担；\n　　第二条　另行规定。\n",
        "　　途径如下：\n　　1.发送邮件；\n　　2.寄送信函；\n　　请注明姓名。\n",
    ),
    good=(
        "　　应当具备下列条件：\n　　（一）有场所；\n　　（二）有人员；\n　　（三）有制度。\n",
        "　　（一）支持高校。设立机构。\n　　（二）支持企业。购买技术。\n",
    ),
)
def item_ends(draft: Draft) -> Iterator[Found]:
    """Items that stand line below line: all end with semicolons and the last with a full stop."""
    yield from _unfinished(draft)
    for items in _lists(draft):
        lines = [node.line for node in items]
        semicolons = [line for line in lines[:-1] if line.text.endswith(("；", ";"))]
        if not semicolons or 2 * len(semicolons) < len(lines) - 1:
            continue
        stopped = next((line for line in lines if "。" in line.text[:-1]), None)
        if stopped is not None:
            at = stopped.start + stopped.text.index("。")
            places = tuple((line.end - 1, line.end) for line in semicolons)
            yield Found(at, at + 1, "这一项里有句号，同一列举的各项却用分号", "各项末尾都改用句号", places)
            continue
        for line in lines[:-1]:
            if not line.text.endswith(("；", ";")):
                yield _item_end(line, "；", f"同一列举的其他各项以分号结尾，这一项以“{line.text[-1]}”结尾")
        if not lines[-1].text.endswith(("。", "；", ";", "：")) or _closed(draft, lines[-1]):
            yield _item_end(lines[-1], "。", "列举的最后一项没有以句号结尾")


def _unfinished(draft: Draft) -> Iterator[Found]:
    """An article that ends with a semicolon or a comma though no item follows; two items that both end with one."""
    sisters: dict[int, list[Line]] = {}
    for node in draft.nodes:
        sisters.setdefault(node.siblings, []).append(node.line)
    for node in draft.nodes:
        line, pair = node.line, sisters[node.siblings]
        if not line.text.endswith(("；", ";", "，")):
            continue
        below = _next(draft, line)
        follows = draft.lines[below].ordinal if below >= 0 else None
        if node.ordinal.style is Style.ARTICLE and (below < 0 or (follows and follows.style is Style.ARTICLE)):
            yield _item_end(line, "。", f"这一条没有写完就以“{line.text[-1]}”结尾")
        first, second = (pair[0], pair[-1]) if len(pair) == 2 else (line, None)
        together = second is line and first.text.endswith(("；", ";")) and _next(draft, first) == line.index
        if together and _closed(draft, line):
            yield _item_end(line, "。", "列举的最后一项没有以句号结尾")


def _closed(draft: Draft, last: Line) -> bool:
    """Whether a last item that ends with a semicolon is followed by something that is no item: a number above it."""
    below = _next(draft, last)
    if not last.text.endswith(("；", ";")) or below < 0:
        return False
    line = draft.lines[below]
    if line.role is not Role.BODY:
        return line.role in (Role.ENCLOSURE_LIST, Role.SIGNATURE, Role.DATE)
    return line.ordinal is None or line.ordinal.style.rank < _rank(last)


def _rank(line: Line) -> int:
    return line.ordinal.style.rank if line.ordinal else len(Style)


def _item_end(line: Line, right: str, message: str) -> Found:
    marked = line.text[-1] in "，,、。；;：:"
    change = Change(line.end - 1 if marked else line.end, line.end, right)
    start = line.start + max(line.text.rfind("，", 0, -1), line.text.rfind("；", 0, -1), 0)
    return Found(max(start, line.end - 12), line.end, message, f"改为“{right}”", changes=(change,))


def _lists(draft: Draft) -> Iterator[list[Node]]:
    """Numbered lines of one list that follow each other with nothing between, three or more."""
    run: list[Node] = []
    for node in draft.nodes:
        follows = run and node.siblings == run[-1].siblings and _next(draft, run[-1].line) == node.line.index
        if not follows:
            if len(run) > 2:
                yield run
            run = []
        run.append(node)
    if len(run) > 2:
        yield run


def _next(draft: Draft, line: Line) -> int:
    """The index of the next line that is not blank, within three."""
    for at in range(line.index + 1, min(line.index + 4, len(draft.lines))):
        if draft.lines[at].role is not Role.BLANK:
            return at
    return -1


_HEADING_STYLES = (Style.CHINESE, Style.BRACKETED, Style.ARABIC, Style.ARABIC_BRACKETED)


@rule(
    "N12",
    "单独成行的标题末尾不用句号",
    Family.PUNCTUATION,
    Severity.WARNING,
    why="标题单独成行时末尾不用标点；同级标题写法一致。",
    source=punctuation_standard("B.4"),
    bad=(
        "　　一、总体要求\n　　坚持改革。\n　　二、主要任务。\n　　建设平台。\n　　三、保障措施\n　　加强领导。\n",
        "　　（一）领导\n　　建立机制。\n　　（二）投入。\n　　设立资金。\n　　（三）监督\n　　开展评估。\n",
        "一、目标\n　　建设平台。\n二、内容\n　　第一条　建设平台。\n三、附则。\n　　第二条　自发布之日起施行。\n",
    ),
    good=(
        "　　一、总体要求\n　　坚持改革。\n　　二、主要任务\n　　建设平台。\n",
        "　　（一）有场所。\n　　（二）有人员。\n　　（三）有制度。\n",
        "一、方向\n　　（一）材料\n　　建设平台。\n　　（二）装备\n　　建设中心。\n　　（三）医药\n　　建设基地。\n"
        "二、问答\n　　（一）成员可以用外省的条件，但成果共有。\n　　（二）认定与否，不作为条件。\n　　以上请知悉。\n",
        "　　1.建设平台。每年建设5个。\n　　2.培养人才。每年培养10名。\n",
    ),
)
def heading_ends(draft: Draft) -> Iterator[Found]:
    """A heading on a line of its own that ends with a mark, while its sisters do not."""
    sisters: dict[tuple[int, Style], list[Line]] = {}
    headed: dict[int, int] = {}  # how many of a list stand alone, and how many with no text in their own line do not
    for node in draft.nodes:
        if node.ordinal.style in _HEADING_STYLES:
            alone = _stands_alone(draft, node)
            headed[node.siblings] = headed.get(node.siblings, 0) + (1 if alone else -1)
            if alone:
                sisters.setdefault((node.line.part, node.ordinal.style), []).append(node.line)
    for lines in sisters.values():
        lines = [line for line in lines if not _sentence(line) or headed[draft.node_at[line.index].siblings] > 1]
        marked = [line for line in lines if line.text[-1] in "。；，："]
        if len(lines) < 2 or 2 * len(marked) >= len(lines):
            continue
        for line in marked:
            change = Change(line.end - 1, line.end, "")
            message = f"标题末尾用了“{line.text[-1]}”，同级标题没有"
            yield Found(line.start, line.end, message, "删去末尾的标点", changes=(change,))


def _sentence(line: Line) -> bool:
    """Whether a numbered line is a sentence with a comma in it, as items are and headings hardly ever."""
    return line.text.endswith("。") and "，" in line.text


def _stands_alone(draft: Draft, node: Node) -> bool:
    """Whether a numbered line is a heading with running text below it."""
    words = node.line.text[node.ordinal.end - node.line.start :]
    if not 2 <= len(words) <= 40 or re.search("[。；]", words[:-1]):
        return False
    below = _next(draft, node.line)
    return below >= 0 and (draft.lines[below].ordinal is None or _is_below(draft.lines[below], node))


def _is_below(line: Line, node: Node) -> bool:
    """Whether a numbered line hangs below a heading: 第六条 may stand below 三、 as well."""
    if line.ordinal is None:
        return False
    return line.ordinal.style.rank > node.ordinal.style.rank or (
        line.ordinal.style is Style.ARTICLE and node.ordinal.style is Style.CHINESE
    )
