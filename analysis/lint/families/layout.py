"""How a Word file is laid out, against GB/T 9704-2012: pages, fonts, headings, page numbers (L1–L7).

Other formats have no layout. What the standard words with 一般 is only worth a note. The pitch of lines is not in
it, and nothing looks at it. A kind of deviation is one finding, with the paragraphs that it concerns as its places.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import partial

from analysis.lint.draft import Draft
from analysis.lint.findings import Found, Severity
from analysis.lint.lines import Line, Node, Role, Style
from analysis.lint.registry import Family, rule
from analysis.lint.sources import LAYOUT_PRACTICE, layout_standard
from analysis.word.layout import Layout, Look, Page, PageNumber, Stretch

_SIZES: dict[float, str] = dict(
    zip(
        (42, 36, 26, 24, 22, 18, 16, 15, 14, 12, 10.5, 9, 7.5),
        ("初号", "小初", "1号", "小1号", "2号", "小2号", "3号", "小3号", "4号", "小4号", "5号", "小5号", "6号"),
        strict=True,
    )
)
_FAMILIES = {
    "仿宋": re.compile("仿宋|fang ?song", re.I),
    "小标宋": re.compile("小标宋|xiao ?biao ?song|xbs", re.I),
    "黑体": re.compile("黑体|sim ?hei|hei ?ti", re.I),
    "楷体": re.compile("楷|kai ?(?:ti|gb)|st ?kai", re.I),
    "宋体": re.compile("^(?:.*宋体.*|sim ?sun|n ?sim ?sun|st ?song)$", re.I),
}
_EASTERN = re.compile(
    "[\u3400-\u9fff]|sim ?sun|song|fang|kai|hei|deng ?xian|ming ?liu|yuan|cjk|source han",
    re.I,
)
_SHOWN = 20  # characters that a finding about a paragraph points at
_PLACES = 200
_HEADING = 45  # a numbered line of so many characters and less is a heading
_LONG = 30  # a paragraph of running text has more
_RUN_IN = re.compile(r"[^。；\n]{2,36}(?:。|$)")
_PAGE_SIZE = (210.0, 297.0)
_TEXT_SIZE = (156.0, 225.0)


def _size(points: float) -> str:
    return next((name for size, name in _SIZES.items() if abs(size - points) < 0.3), f"{points:g}磅")


def _is(font: str, family: str) -> bool:
    """Whether a font belongs to a family; one that is not known is taken to."""
    return not font or _FAMILIES[family].search(font) is not None


def _lines(draft: Draft) -> Iterator[tuple[Line, Look]]:
    """Each line with the look of its paragraph; none without a layout."""
    looks = draft.layout.paragraphs if draft.layout else ()
    starts = [look.start for look in looks]
    for line in draft.lines:
        at = bisect_right(starts, line.start) - 1
        if line.text and at >= 0 and line.start < looks[at].end:
            yield line, looks[at]


def _stretch(look: Look, start: int, end: int) -> Stretch:
    """The look of most characters of a span of a paragraph."""
    within = [each for each in look.stretches if each.start < end and start < each.end]
    return max(within, key=lambda each: min(each.end, end) - max(each.start, start), default=look.stretches[0])


def _head(draft: Draft) -> tuple[int, int]:
    """Where a finding about the whole file points: its first line."""
    line = next((line for line in draft.lines if line.text), None)
    return (line.start, min(line.end, line.start + _SHOWN)) if line else (0, 0)


def _folded(spans: Iterable[tuple[int, int]], message: str, suggestion: str, severity: Severity) -> Iterator[Found]:
    """One finding for all the spans; none where there are none."""
    places = list(spans)
    if places:
        (start, end), *others = places
        many = f"（共 {len(places)} 处）" if others else ""
        yield Found(start, end, message + many, suggestion, tuple(others[:_PLACES]), about=message, severity=severity)


_info, _warning = partial(_folded, severity=Severity.INFO), partial(_folded, severity=Severity.WARNING)

_TITLE = "【方正小标宋简体 22 居中】关于技术转移的意见\n"
_LONG_TEXT = "为了转化科技成果，建设技术转移平台，培养技术经理人，现就有关事项提出以下意见，请结合实际认真落实。"
_TEXT = f"【仿宋_GB2312 16 缩进2】{_LONG_TEXT}\n"


@rule(
    "L1",
    "用纸和页边",
    Family.LAYOUT,
    Severity.WARNING,
    why="公文用 A4 纸，天头37毫米、订口28毫米，版心156毫米×225毫米，装订和归档才能一致。",
    source=layout_standard("5.1、5.2.1"),
    bad=(f"【页面 上25.4 下25.4 左31.8 右31.8】\n{_TITLE}{_TEXT}", f"【页面 宽215.9 高279.4】\n{_TITLE}"),
    good=(f"【页面 上37 下35 左28 右26】\n{_TITLE}{_TEXT}", f"【页面 宽297 高210 上28 左35】\n{_TITLE}"),
)
def page(draft: Draft) -> Iterator[Found]:
    """Sections on another paper or with other margins; pages on their side only need the paper."""
    for each in draft.layout.pages if draft.layout else ():
        wrong = _wrong_page(each)
        if wrong:
            start, end = _head(draft)
            message = f"页面设置不合规定：{'，'.join(wrong)}"
            yield Found(start, end, message, "改为 A4 纸，上37、下35、左28、右26毫米", about="页面")
            return


def _wrong_page(page: Page) -> list[str]:
    paper = sorted((page.width, page.height))
    if any(abs(one - right) > 1 for one, right in zip(paper, _PAGE_SIZE, strict=True)):
        return [f"纸张为{page.width:.0f}毫米×{page.height:.0f}毫米，应为210毫米×297毫米"]
    if page.width > page.height:
        return []
    wrong = [
        f"{name}为{is_now:.1f}毫米，应为{right}±1毫米"
        for name, is_now, right in (("上白边", page.top, 37), ("左白边", page.left, 28))
        if abs(is_now - right) > 1.05
    ]
    text = (page.width - page.left - page.right, page.height - page.top - page.bottom)
    if any(abs(is_now - right) > 2 for is_now, right in zip(text, _TEXT_SIZE, strict=True)):
        wrong.append(f"版心为{text[0]:.0f}毫米×{text[1]:.0f}毫米，应为156毫米×225毫米")
    return wrong


@rule(
    "L2",
    "正文字体字号和缩进",
    Family.LAYOUT,
    Severity.INFO,
    why="正文一般用3号仿宋体字，每个自然段左空二字，回行顶格。",
    source=layout_standard("5.2.2、7.3.3"),
    bad=(
        f"【宋体 16 缩进2】{_LONG_TEXT}",
        f"【仿宋 12 缩进2】{_LONG_TEXT}",
        f"【仿宋 16】{_LONG_TEXT}",
    ),
    good=(
        _TEXT,
        f"【仿宋 16】　　{_LONG_TEXT}",
        f"【楷体_GB2312 16 缩进2】（一）建设平台。【仿宋 16】{_LONG_TEXT}",
    ),
)
def body(draft: Draft) -> Iterator[Found]:
    """Paragraphs of running text in another font or size, or that begin flush."""
    paragraphs = [(line, look) for line, look in _lines(draft) if _running(line)]
    mains = [(line, look.main) for line, look in paragraphs]
    fonts = [(line, main.font) for line, main in mains if not _is(main.font, "仿宋")]
    if fonts:
        names = "、".join(name for name, _ in Counter(font for _, font in fonts).most_common(3))
        yield from _info(map(_shown, (line for line, _ in fonts)), f"正文用的是{names}，一般用仿宋", "改为3号仿宋")
    sizes = [(line, main.size) for line, main in mains if abs(main.size - 16) > 0.3]
    if sizes:
        names = "、".join(_size(size) for size, _ in Counter(size for _, size in sizes).most_common(3))
        yield from _info(map(_shown, (line for line, _ in sizes)), f"正文字号是{names}，一般用3号", "改为3号仿宋")
    flush = [line for line, look in paragraphs if not look.numbered and _flush(draft, line, look)]
    yield from _warning(map(_shown, flush), "自然段首行没有左空二字", "设为首行缩进2字符")


def _running(line: Line) -> bool:
    return line.role is Role.BODY and len(line.text) > (_HEADING if line.ordinal else _LONG)


def _shown(line: Line) -> tuple[int, int]:
    return line.start, min(line.end, line.start + _SHOWN)


def _flush(draft: Draft, line: Line, look: Look) -> bool:
    """Whether a paragraph begins at the margin, with neither an indent nor blanks; a line behind a break does."""
    before = draft.text[look.start : line.start]
    if before.strip() or look.alignment not in ("left", "both"):
        return False
    return look.indent + sum(1 if blank == "　" else 0.5 for blank in before) < 1


@rule(
    "L3",
    "标题字体字号和居中",
    Family.LAYOUT,
    Severity.INFO,
    why="标题一般用2号小标宋体字，分一行或多行居中排布，回行排成梯形或菱形。",
    source=layout_standard("7.3.1"),
    bad=(
        "【黑体 22 居中】关于技术转移的意见\n" + _TEXT,
        "【方正小标宋简体 16 居中】关于技术转移的意见\n" + _TEXT,
        "【方正小标宋简体 22】关于技术转移的意见\n" + _TEXT,
        "【小标宋 22 居中】某某省人民政府办公厅关于\n【小标宋 22 居中】促进\n【小标宋 22 居中】科技成果转移转化的意见\n"
        + _TEXT,
    ),
    good=(
        _TITLE + _TEXT,
        "【FZXiaoBiaoSong-B05S 22 居中】关于技术转移的意见\n【仿宋 16 居中】（征求意见稿）\n" + _TEXT,
        "【小标宋 22 居中】某某省人民政府\n【小标宋 22 居中】关于促进科技成果转化的意见\n" + _TEXT,
    ),
)
def title(draft: Draft) -> Iterator[Found]:
    """The title in another font or size, not centred, or with a line shorter than both of its neighbours."""
    lines = [(line, look) for line, look in _lines(draft) if line.role is Role.TITLE and line.part == 0]
    lines = [
        (line, look) for line, look in lines if not re.match(r"[（(—]", line.text) and not line.text.endswith("文件")
    ]
    if not lines:
        return
    looks = [(line, _stretch(look, line.start, line.end), look.alignment) for line, look in lines]
    spans = [(line.start, line.end) for line, _, _ in looks]
    _, first, _ = looks[0]
    if any(not _is(main.font, "小标宋") for _, main, _ in looks):
        yield from _info(spans[:1], f"标题用的是{first.font}，一般用小标宋体", "改为2号小标宋体")
    if any(abs(main.size - 22) > 0.3 for _, main, _ in looks):
        yield from _info(spans[:1], f"标题字号是{_size(first.size)}，一般用2号", "改为2号小标宋体")
    aside = [(line.start, line.end) for line, _, alignment in looks if alignment != "center"]
    yield from _warning(aside[:1], "标题没有居中", "设为居中，不用空格凑位置")
    lengths = [len(line.text) for line, _, _ in looks]
    waists = [at for at in range(1, len(lengths) - 1) if lengths[at] < min(lengths[at - 1], lengths[at + 1])]
    yield from _info(spans[waists[0] : waists[0] + 1] if waists else (), "标题各行中间短两头长", "排成梯形或菱形")


_LEVELS = {Style.CHINESE: ("一级", "黑体"), Style.BRACKETED: ("二级", "楷体"), Style.ARABIC: ("三级", "仿宋")}


@rule(
    "L4",
    "各级标题字体",
    Family.LAYOUT,
    Severity.INFO,
    why="文中结构层次一般第一层用黑体、第二层用楷体、第三层和第四层用仿宋体；标准没有规定加粗。",
    source=layout_standard("7.3.3"),
    bad=(
        "【宋体 16 缩进2】一、总体要求\n" + _TEXT,
        f"【黑体 16 缩进2】一、总体要求\n【仿宋 16 缩进2】（一）建设平台。{_LONG_TEXT}",
        "【黑体 16 缩进2】一、要求\n【楷体 16 缩进2】（一）平台。\n【仿宋 16 缩进2 加粗】1.共建。【仿宋 16】各地落实。",
    ),
    good=(
        f"【黑体 16 缩进2】一、总体要求\n【楷体_GB2312 16 缩进2】（一）建设平台。【仿宋 16】{_LONG_TEXT}",
        "【仿宋 16 缩进2】第一条　有下列情形之一的：\n【仿宋 16 缩进2】（一）转让；\n【仿宋 16 缩进2】（二）许可。",
        f"【黑体 16 缩进2】一、总体要求\n【仿宋 16 缩进2】（一）{_LONG_TEXT}",
    ),
)
def headings(draft: Draft) -> Iterator[Found]:
    """Headings of the first three levels in another font; bold ones of the third."""
    looks = dict(_by_index(draft))
    fonts: dict[tuple[str, str, str], list[tuple[int, int]]] = {}
    bold: list[tuple[int, int]] = []
    for node in draft.nodes:
        span, look = _heading(draft, node), looks.get(node.line.index)
        if span is None or look is None:
            continue
        level, family = _LEVELS[node.ordinal.style]
        main = _stretch(look, *span)
        if not _is(main.font, family):
            fonts.setdefault((level, family, main.font), []).append(span)
        if main.bold and level == "三级":
            bold.append(span)
    for (level, family, font), spans in fonts.items():
        yield from _info(spans, f"{level}标题用的是{font}，一般用{family}", f"改为3号{family}")
    yield from _info(bold, "三级标题加了粗，标准没有这样规定", "按本单位的惯例取舍，全文一致即可")


def _by_index(draft: Draft) -> Iterator[tuple[int, Look]]:
    return ((line.index, look) for line, look in _lines(draft))


def _heading(draft: Draft, node: Node) -> tuple[int, int] | None:
    """The words of a heading: the whole line or, where the text runs on, its first sentence. None for an item."""
    style, line = node.ordinal.style, node.line
    above = draft.nodes[node.parent].ordinal.style if node.parent is not None else None
    if style not in _LEVELS or above not in {Style.CHINESE: (None,), Style.BRACKETED: (Style.CHINESE,)}.get(
        style, (Style.BRACKETED,)
    ):
        return None
    if style is Style.CHINESE:
        return (line.start, line.end) if len(line.text) <= _HEADING and not line.text.endswith(("。", "；")) else None
    found = _RUN_IN.match(line.text)
    return (line.start, line.start + found.end()) if found else None


@rule(
    "L5",
    "页码的式样和位置",
    Family.LAYOUT,
    Severity.WARNING,
    why="页码一般用4号半角宋体阿拉伯数字，左右各放一条一字线，单页码居右空一字，双页码居左空一字。",
    source=layout_standard("7.5"),
    bad=(f"【页码 居中 - # -】\n{_TITLE}", f"【页码 居右 双页居左 #】\n{_TITLE}", f"【页码 居中 — # —】\n{_TITLE}"),
    good=(
        f"【页码 居右 双页居左 — # —】\n{_TITLE}",
        f"【页码 外侧 — # —】\n{_TITLE}",
        f"【页码 居右 双页居左 —#—】\n{_TITLE}",
    ),
)
def page_number(draft: Draft) -> Iterator[Found]:
    """Page numbers without the dashes, in the middle, or on the same side of all pages; a font and size only noted."""
    if draft.layout is None:
        return
    numbers = [number for number in draft.layout.numbers if number.pages != "first"]
    if not numbers:
        return
    wrong = list(dict.fromkeys(fault for number in numbers for fault in _wrong_number(number, draft.layout)))
    if wrong:
        remedy = "改为“— 1 —”，单页码居右空一字，双页码居左空一字"
        yield from _warning([_head(draft)], f"页码{'，'.join(wrong)}", remedy)
    first = numbers[0]
    if abs(first.size - 14) > 0.3 or not _is(first.font, "宋体"):
        yield from _info([_head(draft)], f"页码用的是{_size(first.size)}{first.font}，一般用4号宋体", "改为4号宋体")


def _wrong_number(number: PageNumber, layout: Layout) -> Iterator[str]:
    if not re.fullmatch(r"[—―─－–一]\s*#\s*[—―─－–一]", number.words.strip("　 ")):
        yield "数字左右用的是短横，不是一字线" if re.search("-", number.words) else "数字左右没有一字线"
    right = {"default": ("right", "outside"), "even": ("left", "outside")}[number.pages]
    if number.alignment in ("center", "left", "right", "both", "inside") and number.alignment not in right:
        yield "居中" if number.alignment == "center" else "左右位置不对"
    elif number.alignment == "right" and not layout.even_and_odd:
        yield "没有分单双页"


_SIGN = re.compile("[“”‘’—…]+")


@rule(
    "L6",
    "引号、破折号、省略号用中文字体",
    Family.LAYOUT,
    Severity.WARNING,
    why="引号、破折号、省略号用了西文字体，只占半个字，和正文不齐。",
    source=LAYOUT_PRACTICE,
    bad=("【仿宋 16 缩进2 西文引号】落实“双一流”建设要求。",),
    good=("【仿宋 16 缩进2】落实“双一流”建设要求——以转化为重。", "【仿宋 16 缩进2 西文引号】依托 Bob’s Lab 建设平台。"),
)
def signs(draft: Draft) -> Iterator[Found]:
    """Chinese marks that Word shows in a Western font; an apostrophe in Western words is none."""
    spans: list[tuple[int, int]] = []
    fonts: Counter[str] = Counter()
    for look in draft.layout.paragraphs if draft.layout else ():
        for each in look.stretches:
            if not each.sign_font or _EASTERN.search(each.sign_font):
                continue
            for sign in _SIGN.finditer(draft.text, each.start, each.end):
                around = draft.text[max(sign.start() - 1, look.start) : sign.end() + 1]
                if re.search("[\u3400-\u9fff，。；：、（）]", around):
                    spans.append(sign.span())
                    fonts[each.sign_font] += 1
    if spans:
        font = fonts.most_common(1)[0][0]
        yield from _warning(spans, f"引号、破折号或省略号用了西文字体 {font}", "选中后改为中文字体")


@rule(
    "L7",
    "带正文的段落不设为标题样式",
    Family.LAYOUT,
    Severity.WARNING,
    why="二级标题与正文接排时，把整段设为标题样式，目录和导航里会出现整段正文。",
    source=LAYOUT_PRACTICE,
    bad=(f"【楷体 16 缩进2 标题2】（一）建设平台。【仿宋 16】{_LONG_TEXT}",),
    good=(
        "【楷体 16 缩进2 标题2】（一）建设平台\n" + _TEXT,
        f"【楷体 16 缩进2】（一）建设平台。【仿宋 16】{_LONG_TEXT}",
        "【楷体 16 缩进2 标题2】（一）建设平台。",
    ),
)
def run_in(draft: Draft) -> Iterator[Found]:
    """Paragraphs in the outline that hold a heading and the text behind it."""
    spans = [
        _shown(line)
        for line, look in _lines(draft)
        if look.heading is not None and line.ordinal and re.search("。.{8}", line.text)
    ]
    yield from _warning(spans, "标题和正文在同一段，整段成了标题样式", "只把标题的字设为标题字体，段落用正文样式")
