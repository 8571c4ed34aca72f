"""How the words of a Word file are set, against GB/T 9704-2012: text, title, headings, marks.

Other formats have no layout. What the standard words with 一般 is only worth a note. A kind of deviation is one
finding, with the paragraphs that it concerns as its places.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from analysis.lint.draft import Draft
from analysis.lint.findings import Found, Severity
from analysis.lint.lines import Line, Node, Role, Style
from analysis.lint.looks import (
    LONG_TEXT,
    TEXT,
    TITLE,
    blanks,
    info,
    is_family,
    lines_with_looks,
    shown,
    size_name,
    stretch_of,
    warning,
)
from analysis.lint.registry import Family, rule
from analysis.lint.sources import LAYOUT_PRACTICE, layout_standard
from analysis.word.layout import Look

_EASTERN = re.compile(
    "[\u3400-\u9fff]|sim ?sun|song|fang|kai|hei|deng ?xian|ming ?liu|yuan|cjk|source han",
    re.I,
)
_HEADING = 45  # a numbered line of so many characters and less is a heading
_LONG = 30  # a paragraph of running text has more
_RUN_IN = re.compile(r"[^。；\n]{2,36}(?:。|$)")
_PITCH = (25.4, 32.5)  # points between lines that give between 25 and 20 lines on 225 millimetres


@rule(
    "L2",
    "正文字体字号、缩进和行数",
    Family.LAYOUT,
    Severity.INFO,
    why="正文一般用3号仿宋体字，每个自然段左空二字，回行顶格，一般每面排22行。",
    source=layout_standard("5.2.2、7.3.3"),
    bad=(
        f"【宋体 16 缩进2】{LONG_TEXT}",
        f"【仿宋 12 缩进2】{LONG_TEXT}",
        f"【仿宋 16】{LONG_TEXT}",
        f"【仿宋 16 缩进2 回行2】{LONG_TEXT}",
        f"【仿宋 16 缩进2 行距20】{LONG_TEXT}",
    ),
    good=(
        TEXT,
        f"【仿宋 16 缩进2 行距28】{LONG_TEXT}",
        f"【仿宋 16】　　{LONG_TEXT}",
        f"【楷体_GB2312 16 缩进2】（一）建设平台。【仿宋 16】{LONG_TEXT}",
    ),
)
def body(draft: Draft) -> Iterator[Found]:
    """Running text in another font or size, that begins flush or goes on with an indent; far too many or few lines."""
    paragraphs = [(line, look) for line, look in lines_with_looks(draft) if _running(line)]
    mains = [(line, look.main) for line, look in paragraphs]
    fonts = [(line, main.font) for line, main in mains if not is_family(main.font, "仿宋")]
    yield from info(_spans(fonts), f"正文用的是{_named(fonts)}，一般用仿宋", "改为3号仿宋")
    sizes = [(line, size_name(main.size)) for line, main in mains if abs(main.size - 16) > 0.3]
    yield from info(_spans(sizes), f"正文字号是{_named(sizes)}，一般用3号", "改为3号仿宋")
    flush = [(line, "") for line, look in paragraphs if _flush(draft, line, look)]
    yield from warning(_spans(flush), "自然段首行没有左空二字", "设为首行缩进2字符")
    hung = [(line, "") for line, look in paragraphs if look.left >= 1 and look.alignment in ("left", "both")]
    yield from warning(_spans(hung), "自然段回行没有顶格", "去掉左缩进和悬挂缩进，设为首行缩进2字符")
    lines = [(line, f"{look.pitch:.0f}磅") for line, look in paragraphs if look.pitch]
    wrong = [(line, look) for line, look in paragraphs if look.pitch and not _PITCH[0] < look.pitch < _PITCH[1]]
    if len(wrong) * 2 > len(lines):
        pitches = [(line, f"{look.pitch:.0f}磅") for line, look in wrong]
        yield from info(_spans(pitches), f"行距约{_named(pitches)}，一般每面排22行", "行距设为固定值28磅至30磅")


def _spans(lines: list[tuple[Line, str]]) -> Iterator[tuple[int, int]]:
    return (shown(line) for line, _ in lines)


def _named(lines: list[tuple[Line, str]]) -> str:
    """The commonest three of what lines have."""
    return "、".join(name for name, _ in Counter(name for _, name in lines).most_common(3))


def _running(line: Line) -> bool:
    return line.role is Role.BODY and len(line.text) > (_HEADING if line.ordinal else _LONG)


def _flush(draft: Draft, line: Line, look: Look) -> bool:
    """Whether a paragraph begins at the margin, with neither an indent nor blanks; a line behind a break does."""
    before = blanks(draft, line, look)
    return before is not None and look.alignment in ("left", "both") and look.indent + before < 1


@rule(
    "L3",
    "标题字体字号和居中",
    Family.LAYOUT,
    Severity.INFO,
    why="标题一般用2号小标宋体字，分一行或多行居中排布，回行排成梯形或菱形。",
    source=layout_standard("7.3.1"),
    bad=(
        "【黑体 22 居中】关于技术转移的意见\n" + TEXT,
        "【方正小标宋简体 16 居中】关于技术转移的意见\n" + TEXT,
        "【方正小标宋简体 22】关于技术转移的意见\n" + TEXT,
        "【小标宋 22 居中】某某省人民政府办公厅关于\n【小标宋 22 居中】促进\n【小标宋 22 居中】科技成果转移转化的意见\n"
        + TEXT,
    ),
    good=(
        TITLE + TEXT,
        "【FZXiaoBiaoSong-B05S 22 居中】关于技术转移的意见\n【仿宋 16 居中】（征求意见稿）\n" + TEXT,
        "【小标宋 22 居中】某某省人民政府\n【小标宋 22 居中】关于促进科技成果转化的意见\n" + TEXT,
    ),
)
def title(draft: Draft) -> Iterator[Found]:
    """The title in another font or size, not centred, or with a line shorter than both of its neighbours."""
    lines = [(line, look) for line, look in lines_with_looks(draft) if line.role is Role.TITLE and line.part == 0]
    lines = [
        (line, look) for line, look in lines if not re.match(r"[（(—]", line.text) and not line.text.endswith("文件")
    ]
    if not lines:
        return
    looks = [(line, stretch_of(look, line.start, line.end), look.alignment) for line, look in lines]
    spans = [(line.start, line.end) for line, _, _ in looks]
    fonts = [(line, main.font) for line, main, _ in looks if not is_family(main.font, "小标宋")]
    yield from info(_whole(fonts), f"标题用的是{_named(fonts)}，一般用小标宋体", "改为2号小标宋体")
    sizes = [(line, size_name(main.size)) for line, main, _ in looks if abs(main.size - 22) > 0.3]
    yield from info(_whole(sizes), f"标题字号是{_named(sizes)}，一般用2号", "改为2号小标宋体")
    aside = [(line.start, line.end) for line, _, alignment in looks if alignment != "center"]
    yield from warning(aside[:1], "标题没有居中", "设为居中，不用空格凑位置")
    lengths = [len(line.text) for line, _, _ in looks]
    waists = [at for at in range(1, len(lengths) - 1) if lengths[at] < min(lengths[at - 1], lengths[at + 1])]
    yield from info(spans[waists[0] : waists[0] + 1] if waists else (), "标题各行中间短两头长", "排成梯形或菱形")


def _whole(lines: list[tuple[Line, str]]) -> list[tuple[int, int]]:
    return [(line.start, line.end) for line, _ in lines[:1]]


_LEVELS = {Style.CHINESE: ("一级", "黑体"), Style.BRACKETED: ("二级", "楷体"), Style.ARABIC: ("三级", "仿宋")}


@rule(
    "L4",
    "各级标题字体字号",
    Family.LAYOUT,
    Severity.INFO,
    why="文中结构层次一般第一层用黑体、第二层用楷体、第三层和第四层用仿宋体；标准没有规定加粗。",
    source=layout_standard("7.3.3"),
    bad=(
        "【宋体 16 缩进2】一、总体要求\n" + TEXT,
        "【黑体 18 缩进2】一、总体要求\n" + TEXT,
        f"【黑体 16 缩进2】一、总体要求\n【仿宋 16 缩进2】（一）建设平台。{LONG_TEXT}",
        "【黑体 16 缩进2】一、要求\n【楷体 16 缩进2】（一）平台。\n【仿宋 16 缩进2 加粗】1.共建。【仿宋 16】各地落实。",
    ),
    good=(
        f"【黑体 16 缩进2】一、总体要求\n【楷体_GB2312 16 缩进2】（一）建设平台。【仿宋 16】{LONG_TEXT}",
        "【仿宋 16 缩进2】第一条　有下列情形之一的：\n【仿宋 16 缩进2】（一）转让；\n【仿宋 16 缩进2】（二）许可。",
        f"【黑体 16 缩进2】一、总体要求\n【仿宋 16 缩进2】（一）{LONG_TEXT}",
    ),
)
def headings(draft: Draft) -> Iterator[Found]:
    """Headings of the first three levels in another font or size; bold ones of the third."""
    looks = dict(_by_index(draft))
    fonts: dict[tuple[str, str, str], list[tuple[int, int]]] = {}
    sizes: dict[tuple[str, str], list[tuple[int, int]]] = {}
    bold: list[tuple[int, int]] = []
    for node in draft.nodes:
        span, look = _heading(draft, node), looks.get(node.line.index)
        if span is None or look is None:
            continue
        level, family = _LEVELS[node.ordinal.style]
        main = stretch_of(look, *span)
        if not is_family(main.font, family):
            fonts.setdefault((level, family, main.font), []).append(span)
        if abs(main.size - 16) > 0.3:
            sizes.setdefault((level, size_name(main.size)), []).append(span)
        if main.bold and level == "三级":
            bold.append(span)
    for (level, family, font), spans in fonts.items():
        yield from info(spans, f"{level}标题用的是{font}，一般用{family}", f"改为3号{family}")
    for (level, size), spans in sizes.items():
        yield from info(spans, f"{level}标题字号是{size}，一般用3号", "改为3号")
    yield from info(bold, "三级标题加了粗，标准没有这样规定", "按本单位的惯例取舍，全文一致即可")


def _by_index(draft: Draft) -> Iterator[tuple[int, Look]]:
    return ((line.index, look) for line, look in lines_with_looks(draft))


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
    for look in draft.layout.paragraphs if draft.layout and draft.layout.hinted else ():
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
        yield from warning(spans, f"引号、破折号或省略号用了西文字体 {font}", "选中后改为中文字体")


@rule(
    "L7",
    "带正文的段落不设为标题样式",
    Family.LAYOUT,
    Severity.WARNING,
    why="二级标题与正文接排时，把整段设为标题样式，目录和导航里会出现整段正文。",
    source=LAYOUT_PRACTICE,
    bad=(f"【楷体 16 缩进2 标题2】（一）建设平台。【仿宋 16】{LONG_TEXT}",),
    good=(
        "【楷体 16 缩进2 标题2】（一）建设平台\n" + TEXT,
        f"【楷体 16 缩进2】（一）建设平台。【仿宋 16】{LONG_TEXT}",
        "【楷体 16 缩进2 标题2】（一）建设平台。",
    ),
)
def run_in(draft: Draft) -> Iterator[Found]:
    """Paragraphs in the outline that hold a heading and the text behind it."""
    spans = [
        shown(line)
        for line, look in lines_with_looks(draft)
        if look.heading is not None and line.ordinal and re.search("。.{8}", line.text)
    ]
    yield from warning(spans, "标题和正文在同一段，整段成了标题样式", "只把标题的字设为标题字体，段落用正文样式")
