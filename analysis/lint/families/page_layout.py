"""How the pages of a Word file are laid out, against GB/T 9704-2012: paper, margins, page numbers, what stands where.

Other formats have no layout. What the standard words with 一般 is only worth a note.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from analysis.lint.draft import Draft
from analysis.lint.findings import Force, Found, Severity, Source
from analysis.lint.lines import Line, Role
from analysis.lint.looks import TEXT, TITLE, blanks, first_line, info, is_family, lines_with_looks, size_name, warning
from analysis.lint.registry import Family, rule
from analysis.lint.sources import layout_standard
from analysis.word.layout import Layout, Look, Page
from analysis.word.page_numbers import PageNumber

_PAGE_SIZE = (210.0, 297.0)
_TEXT_SIZE = (156.0, 225.0)
_ADDRESSED = f"{TITLE}【仿宋 16】各市科技局：\n"


@rule(
    "L1",
    "用纸和页边",
    Family.LAYOUT,
    Severity.WARNING,
    why="公文用 A4 纸，天头37毫米、订口28毫米，版心156毫米×225毫米，装订和归档才能一致。",
    source=layout_standard("5.1、5.2.1"),
    bad=(f"【页面 上25.4 下25.4 左31.8 右31.8】\n{TITLE}{TEXT}", f"【页面 宽215.9 高279.4】\n{TITLE}"),
    good=(f"【页面 上37 下35 左28 右26】\n{TITLE}{TEXT}", f"【页面 宽297 高210 上28 左35】\n{TITLE}"),
)
def page(draft: Draft) -> Iterator[Found]:
    """Sections on another paper or with other margins; pages on their side only need the paper."""
    for each in draft.layout.pages if draft.layout else ():
        wrong = _wrong_page(each)
        if wrong:
            start, end = first_line(draft)
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
    "L5",
    "页码的式样和位置",
    Family.LAYOUT,
    Severity.WARNING,
    why="页码一般用4号半角宋体阿拉伯数字，左右各放一条一字线，单页码居右空一字，双页码居左空一字。",
    source=layout_standard("7.5"),
    bad=(
        TITLE + TEXT * 14,
        f"【页码 居中 - # -】\n{TITLE}",
        f"【页码 居右 双页居左 #】\n{TITLE}",
        f"【页码 居中 — # —】\n{TITLE}",
    ),
    good=(
        f"【页码 居右 双页居左 — # —】\n{TITLE}",
        f"【页码 外侧 — # —】\n{TITLE}",
        f"【页码 居右 双页居左 —#—】\n{TITLE}",
    ),
)
def page_number(draft: Draft) -> Iterator[Found]:
    """No page numbers, or without dashes, in the middle, on one side of all pages; font and size are only noted."""
    if draft.layout is None:
        return
    layout = draft.layout
    kinds = ("default", "even") if layout.even_and_odd else ("default",)
    numbers = [number for number in layout.numbers if number.pages in kinds]
    if not numbers:
        long = [first_line(draft)] if len(draft.text) > _PAGE else []
        yield from warning(long, "没有页码", f"在版心下边缘之下{_REMEDY}")
        return
    wrong = list(dict.fromkeys(fault for number in numbers for fault in _wrong_number(number, layout)))
    wrong += [f"{name}没有" for kind, name in _SIDES if kind in kinds and all(each.pages != kind for each in numbers)]
    if wrong:
        yield from warning([first_line(draft)], f"页码{'，'.join(wrong)}", _REMEDY)
    first = numbers[0]
    if abs(first.size - 14) > 0.3 or not is_family(first.font, "宋体"):
        said = f"页码用的是{size_name(first.size)}{first.font}，一般用4号宋体"
        yield from info([first_line(draft)], said, "改为4号宋体")


_PAGE = 22 * 28  # characters of a page; a longer text has more than one
_REMEDY = "编排“— 1 —”，单页码居右空一字，双页码居左空一字"
_SIDES = (("default", "单页"), ("even", "双页"))


def _wrong_number(number: PageNumber, layout: Layout) -> Iterator[str]:
    if not re.fullmatch(r"[—―─－–一]\s*#\s*[—―─－–一]", number.words.strip("　 ")):
        yield "数字左右用的是短横，不是一字线" if re.search("-", number.words) else "数字左右没有一字线"
    right = {"default": ("right", "outside"), "even": ("left", "outside")}[number.pages]
    if number.alignment in ("center", "left", "right", "both", "inside") and number.alignment not in right:
        yield "居中" if number.alignment == "center" else "左右位置不对"
    elif number.alignment == "right" and not layout.even_and_odd:
        yield "没有分单双页"


@rule(
    "L8",
    "主送机关、署名和成文日期的位置",
    Family.LAYOUT,
    Severity.WARNING,
    why="主送机关居左顶格；署名和成文日期居右编排，单一机关不加盖印章的右空二字，加盖印章的成文日期一般右空四字。",
    source=Source("GB/T 9704-2012", "7.3.2、7.3.5", Force.TO_VERIFY),
    bad=(
        f"{_ADDRESSED}{TEXT}【仿宋 16】省科技厅\n【仿宋 16】2026年3月2日",
        f"{_ADDRESSED}{TEXT}【仿宋 16 居中】省科技厅\n【仿宋 16 居中】2026年3月2日",
        f"{TITLE}【仿宋 16 缩进2】各市科技局：\n{TEXT}",
        f"{_ADDRESSED}{TEXT}【仿宋 16 居右】省科技厅\n【仿宋 16 居右】2026年3月2日",
    ),
    good=(
        f"{_ADDRESSED}{TEXT}【仿宋 16 居右 右空2】省科技厅\n【仿宋 16 居右 右空2】2026年3月2日",
        f"{_ADDRESSED}{TEXT}【仿宋 16 缩进18】省科技厅\n【仿宋 16 缩进16】2026年3月2日",
    ),
)
def places(draft: Draft) -> Iterator[Found]:
    """An addressee that is indented, a signature or date on the left or in the middle, or without a blank behind it."""
    aside: dict[str, list[tuple[int, int]]] = {}
    for line, look in lines_with_looks(draft):
        before = blanks(draft, line, look)
        if before is None or line.cell:
            continue
        wrong = _misplaced(line, look, look.indent + before)
        if wrong:
            aside.setdefault(wrong, []).append((line.start, line.end))
    for wrong, spans in aside.items():
        say, remedy = _PLACED[wrong]
        yield from (info if wrong == "flush" else warning)(spans, say, remedy)


_PLACED = {
    "addressee": ("主送机关没有顶格", "去掉缩进，居左顶格"),
    "left": ("署名或者成文日期没有居右编排", "居右编排，署名右空二字，成文日期首字比署名首字右移二字"),
    "flush": ("署名或者成文日期右边没有空字", "不加盖印章的右空二字，加盖印章的成文日期一般右空四字"),
}
_RIGHT = 8.0  # characters from the left where the right half may begin for a long name


def _misplaced(line: Line, look: Look, indent: float) -> str:
    """What is wrong with the place of a line; "" for nothing. ``indent``: in characters, with its blanks."""
    beside = look.alignment in ("left", "both")
    if line.role is Role.ADDRESSEE:
        return "addressee" if not beside or indent >= 1 else ""
    if line.role not in (Role.SIGNATURE, Role.DATE):
        return ""
    if look.alignment == "right":
        return "flush" if look.right < 0.9 else ""
    return "left" if look.alignment == "center" or (beside and indent < _RIGHT) else ""
