"""The report on a draft for the file: what a review before signing looks at, with the findings under each point.

The points are those of 党政机关公文处理工作条例 第二十条. What a program cannot judge is said to be left to people.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter

from analysis.lint.findings import Finding
from analysis.lint.registry import Family, Rule
from analysis.lint.run import CheckedDraft, worst_first
from analysis.present.export import FONT, put, workbook_bytes
from analysis.present.findings import SEVERITIES, counted, short

NOTHING = "程序没有发现问题。"
BY_PEOPLE = "程序不判断这一点，请人工审核。"


@dataclass(frozen=True, slots=True)
class Point:
    """What a review looks at, in the words of the law, and what reports to it; nothing: it is left to people."""

    title: str
    families: tuple[Family, ...] = ()
    rules: tuple[str, ...] = ()


POINTS = (
    Point("（一）行文理由是否充分"),
    Point("（一）行文依据是否准确", rules=("C5", "D9")),
    Point("（二）内容是否符合国家法律法规", (Family.SUPERIOR,), ("D4a",)),
    Point("（二）是否完整准确体现发文机关意图"),
    Point("（二）是否同现行有关公文相衔接", (Family.PEERS,), ("C8a",)),
    Point("（二）所提政策措施和办法是否切实可行", rules=("V1", "V2", "C8", "C8c")),
    Point("（三）涉及有关地区或者部门职权范围内的事项是否经过充分协商", rules=("D13a", "Q4")),
    Point("（四）文种是否正确，格式是否规范", (Family.FORM, Family.LAYOUT, Family.RESIDUE)),
    Point(
        "（四）人名、地名、时间、数字、段落顺序、引文等是否准确",
        (Family.NUMBERING, Family.REFERENCES, Family.CONTENT),
        ("D7", "D8", "C9a"),
    ),
    Point(
        "（四）文字、数字、计量单位和标点符号等用法是否规范",
        (Family.PUNCTUATION, Family.NUMERALS, Family.WORDING),
        ("P13", "P14"),
    ),
    Point("（五）其他内容是否符合公文起草的有关要求", (Family.OWN,), ("C8b",)),
)

#: Column of a finding -> its share of the width in Word, its width in Excel.
_COLUMNS = {
    "级别": (4, 7),
    "规则": (6, 20),
    "条款": (5, 12),
    "原文": (17, 40),
    "问题": (17, 40),
    "建议": (17, 40),
    "依据": (13, 32),
    "效力": (5, 10),
}
_REASON, _SETTLED = "不改的理由", "说明理由、不再处理的"


def points(findings: Sequence[Finding], rules: Sequence[Rule]) -> list[tuple[Point, list[Finding]]]:
    """Each point of the law with its findings, the worst first."""
    families = {rule.id: rule.family for rule in rules}
    of_rule = {name: point for point in POINTS for name in point.rules}
    of_family = {family: point for point in POINTS for family in point.families}
    found: dict[Point, list[Finding]] = {point: [] for point in POINTS}
    for each in worst_first(findings):
        found[of_rule.get(each.rule) or of_family[families.get(each.rule, Family.OWN)]].append(each)
    return list(found.items())


def report_xlsx(checked: CheckedDraft, dismissed: Mapping[str, str], *, on: date | None = None) -> bytes:
    """The report as a workbook.

    ``dismissed``: reasons by fingerprint; ``on``: the day of the check, today where None.
    """
    open_ones, settled = _apart(checked, dismissed)
    titles = {rule.id: rule.title for rule in checked.rules}
    sheet = _Sheet("检查报告")
    sheet.text("草案检查报告", size=14, bold=True)
    for words in _head(checked, open_ones, settled, on):
        sheet.text(words)
    sheet.cells([*_COLUMNS, *([_REASON] if settled else [])], bold=True, freeze=True)
    for point, findings in points(open_ones, checked.rules):
        sheet.heading(point.title)
        for each in findings:
            sheet.cells(_cells(each, titles))
        if not findings:
            sheet.text(_without(point))
    if settled:
        sheet.heading(_SETTLED)
        for each in settled:
            sheet.cells([*_cells(each, titles), dismissed[each.fingerprint]])
    return sheet.saved([*(width for _, width in _COLUMNS.values()), 40])


class _Sheet:
    """A sheet that is written from top to bottom."""

    def __init__(self, title: str) -> None:
        self._book = Workbook()
        assert self._book.active is not None
        self._sheet = self._book.active
        self._sheet.title = title
        self._row = 0

    def text(self, words: str, *, size: int = 10, bold: bool = False) -> None:
        self._row += 1
        put(self._sheet.cell(self._row, 1), words).font = Font(name=FONT, size=size, bold=bold)

    def heading(self, words: str) -> None:
        self.text(words, size=11, bold=True)
        for number in range(1, len(_COLUMNS) + 1):
            self._sheet.cell(self._row, number).fill = PatternFill("solid", fgColor="EAEAEA")

    def cells(self, cells: Sequence[str], *, bold: bool = False, freeze: bool = False) -> None:
        self._row += 1
        for number, words in enumerate(cells, start=1):
            cell = put(self._sheet.cell(self._row, number), words)
            cell.font = Font(name=FONT, size=10, bold=bold)
            cell.alignment = Alignment(vertical="top", wrap_text=True)
            cell.border = Border(bottom=Side(style="thin", color="999999"))
        if freeze:
            self._sheet.freeze_panes = self._sheet.cell(self._row + 1, 1)

    def saved(self, widths: Sequence[float]) -> bytes:
        """The workbook, on landscape pages as wide as the table."""
        for number, width in enumerate(widths, start=1):
            self._sheet.column_dimensions[get_column_letter(number)].width = width
        page = self._sheet.page_setup
        page.orientation, page.fitToWidth, page.fitToHeight = "landscape", 1, 0
        self._sheet.sheet_properties.pageSetUpPr.fitToPage = True
        return workbook_bytes(self._book)


def report_docx(checked: CheckedDraft, dismissed: Mapping[str, str], *, on: date | None = None) -> bytes:
    """The report as a Word file on landscape pages; arguments as for :func:`report_xlsx`."""
    # Here, so that nobody waits for it who writes no Word file.
    from analysis.word.tables import add_table, add_text, new_document, saved

    open_ones, settled = _apart(checked, dismissed)
    titles = {rule.id: rule.title for rule in checked.rules}
    shares = [share for share, _ in _COLUMNS.values()]
    document = new_document("草案检查报告", landscape=True)
    for words in _head(checked, open_ones, settled, on):
        add_text(document, words)
    for point, findings in points(open_ones, checked.rules):
        add_text(document, point.title, "Heading 1")
        if findings:
            add_table(document, list(_COLUMNS), [_cells(each, titles) for each in findings], shares)
        else:
            add_text(document, _without(point))
    if settled:
        add_text(document, _SETTLED, "Heading 1")
        rows = [[*_cells(each, titles), dismissed[each.fingerprint]] for each in settled]
        add_table(document, [*_COLUMNS, _REASON], rows, [*shares, 13])
    return saved(document)


def _apart(checked: CheckedDraft, dismissed: Mapping[str, str]) -> tuple[list[Finding], list[Finding]]:
    """The findings that stand, and those that were dismissed with a reason."""
    found = worst_first(checked.findings)
    return (
        [each for each in found if each.fingerprint not in dismissed],
        [each for each in found if each.fingerprint in dismissed],
    )


def _head(
    checked: CheckedDraft, open_ones: Sequence[Finding], settled: Sequence[Finding], on: date | None
) -> list[str]:
    """Counts first, then what was checked, when, and what was not read."""
    day = on or date.today()
    settled_too = f"；另有 {len(settled)} 处已说明理由" if settled else ""
    return [
        f"结果：{counted(open_ones)}{settled_too}。",
        f"文稿：{checked.draft.name}",
        f"检查日期：{day.year}年{day.month}月{day.day}日",
        *(f"注：{note}。" for note in checked.notes),
        "以下按《党政机关公文处理工作条例》第二十条的审核重点排列。“效力”为“规定”的有明文，“实务通常”是惯例，"
        "“建议核对”的原文未见，引用前请核对。由政衡生成。",
    ]


def _cells(finding: Finding, titles: Mapping[str, str]) -> list[str]:
    return [
        SEVERITIES[finding.severity],
        f"{finding.rule} {titles.get(finding.rule, '')}".rstrip(),
        finding.clause,
        short(finding.quote),
        finding.message,
        finding.suggestion,
        str(finding.source),
        finding.source.force.value,
    ]


def _without(point: Point) -> str:
    return NOTHING if point.families or point.rules else BY_PEOPLE
