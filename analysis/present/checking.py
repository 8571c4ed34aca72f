"""核对 in words and markup: the row in question, what the machine read and a person wrote, the list, how far one is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from html import escape

from analysis.checked.apply import Item
from analysis.checked.values import Check
from analysis.model import Comparator, Incentive, Instrument, Reading, Target, TargetKind
from analysis.present.highlight import TIMES, Mark, MarkKind, inline
from analysis.present.incentive_text import incentive_figure
from analysis.present.names import check_text, check_word, clause_name, moment
from analysis.present.numbers import THIN_SPACE
from analysis.present.tables_targets import target_figure
from analysis.present.understood import basis_html, columns, grounds
from analysis.wording import COMPARATORS, PARTS, TARGET_KINDS, field_with_unit, instrument_name

_WRONG = {
    "needed": "没有填写，请填上再保存。",
    "number": "要填数字，如 6000 或 0.3；单位写在单位一栏。",
    "year": "要填四位年份，如 2027；原文没有写就留空。",
    "choice": "不在可选的范围内，请重新选择。",
    "order": "比下限小，请对调或改正。",
}
Entry = tuple[str, str, Item]  # document, its short name where it is to be shown, row
_STOPS = "，。；、："
_AROUND = 60  # characters shown before and behind the words of a row
_SIGNS = {"": "○", "已核对": "✓", "已更正": "改", "已删除": "删", "人工补充": "补"}


def choice_word(field: str, value: str) -> str:
    """A value that is chosen and not typed, in Chinese: ``ge`` -> 不低于, empty -> 不写."""
    if not value:
        return "不写"
    if field in ("comparator", "rate_comparator"):
        return COMPARATORS[Comparator(value)]
    if field == "kind":
        return TARGET_KINDS[TargetKind(value)]
    if field == "instrument":
        return instrument_name(Instrument(value))
    return "每年"


def wrong_sentence(field: str, what: str) -> str:
    """What is wrong with a field, in one sentence."""
    return f"“{field_with_unit(field)}”{_WRONG[what]}"


def progress(items: Sequence[Item]) -> str:
    """``已核对 3 / 17`` with what became of them, and a thin line, as markup."""
    thin = THIN_SPACE
    done = sum(item.check is not None for item in items)
    counts = Counter(check_word(item.check.verdict) for item in items if item.check and item.differs)
    rest = "".join(f"，{word}{thin}{count}" for word, count in counts.items())
    share = 100 * done / len(items) if items else 0
    return (
        f'<p class="zh-progress" aria-live="polite"><strong>已核对 {done} / {len(items)}</strong>{escape(rest)}</p>'
        f'<div class="zh-progress-line" aria-hidden="true"><div style="width:{share:.1f}%"></div></div>'
    )


def short(item: Item) -> str:
    """A row in a few words, plain text."""
    row = item.shown
    if isinstance(row, Target):
        year = f" {row.target_year}{THIN_SPACE}年" if row.target_year else ""
        return f"{row.indicator} {target_figure(row)}{year}"
    if isinstance(row, Incentive):
        return f"{row.beneficiary} {incentive_figure(row)}"
    return item.check.quote[:24] if item.check else ""


def sentence_html(reading: Reading, start: int, end: int) -> str:
    """The words of a row inside what stands around them, in the type of the text."""
    text = reading.document.text
    first = max(text.rfind("\n", 0, start) + 1, start - _AROUND)
    newline = text.find("\n", end)
    last = min(len(text) if newline < 0 else newline, end + _AROUND)
    # Cut at a stop where there is one: a number cut in two would be read as another.
    if first and text[first - 1] != "\n":
        first = next((at + 1 for at in range(first, start) if text[at] in _STOPS), first)
    if last < len(text) and text[last] != "\n":
        last = next((at + 1 for at in range(last - 1, end, -1) if text[at] in _STOPS), last)
    numbers = [
        Mark(q.start, q.end, MarkKind.NUMBER)
        for q in reading.quantities
        if start <= q.start and q.end <= end and q.dimension not in TIMES
    ]
    marks = [Mark(start, end, MarkKind.CITED), *numbers]
    before = "…" if first and text[first - 1] != "\n" else ""
    behind = "…" if last < len(text) and text[last] != "\n" else ""
    return f'<p class="zh-check-words">{before}{inline(text, marks, first, last)}{behind}</p>'


def head(item: Item, reading: Reading, place: int, total: int) -> str:
    """What kind of row this is, where it stands, and how sure the machine is of it."""
    thin = THIN_SPACE
    clause = reading.clause_at(item.start)
    parts = [clause_name(clause.path) if clause.level else "文首", f"第 {place}{thin}/{thin}{total} 条"]
    if item.probability is not None:
        parts.append(f"把握 {item.probability:.0%}")
    kind = f'<span class="zh-check-{item.part}">{PARTS[item.part]}</span>'
    return f'<p class="zh-check-head">{kind} · {escape(" · ".join(parts))}</p>'


def fields_html(item: Item) -> str:
    """What was understood of a row: as it holds, and in grey as the machine read it where the two differ."""
    machine = columns(item.machine) if item.machine else {}
    holds = columns(item.row) if item.row else machine
    lines = []
    for label in {**holds, **machine}:
        now, was = holds.get(label, ""), machine.get(label, "")
        read = f' <span class="zh-check-was">机器读作 {escape(was or "没有")}</span>' if machine and now != was else ""
        lines.append(f"<div><dt>{escape(label)}</dt><dd>{escape(now or '没有')}{read}</dd></div>")
    css = " zh-check-gone" if item.check is not None and item.row is None else ""
    return f'<dl class="zh-check-fields{css}">{"".join(lines)}</dl>'


def said_html(check: Check | None) -> str:
    """Who said what of the row, and when."""
    if check is None:
        return ""
    words = f"{check.who} {moment(check.when)} {check_word(check.verdict)}"
    extra = "" if check.machine else "，机器没有读出这一条"
    return f'<p class="zh-check-said">✓ {escape(words)}{extra}</p>'


def why_html(item: Item, reading: Reading) -> str:
    """Why the machine took the row, folded; nothing once a person stands for it."""
    if item.machine is None or item.check is not None:
        return ""
    return basis_html(grounds(item.machine, reading))


def list_html(entries: Sequence[Entry], here: tuple[str, str], link: Callable[[str, str], str]) -> str:
    """The rows as links, each with its state; ``here`` (document and row) is set off."""
    lines = []
    for document, name, item in entries:
        state = check_word(item.check.verdict) if item.check else ""
        sure = f"{item.probability:.0%}" if item.probability is not None else ""
        hint = check_text(item.check.mark) if item.check else "未核对"
        current = ' aria-current="true"' if (document, item.key) == here else ""
        of = f' <span class="zh-small">{escape(name)}</span>' if name else ""
        lines.append(
            f'<li><a href="{escape(link(document, item.key))}" target="_self" title="{escape(hint)}"{current}>'
            f'<span class="zh-check-sign" aria-label="{escape(state or "未核对")}">{_SIGNS[state]}</span>'
            f'<span class="zh-check-{item.part}">{escape(short(item))}{of}</span>'
            f'<span class="zh-small">{sure}</span></a></li>'
        )
    return f'<ol class="zh-check-list">{"".join(lines)}</ol>'


def finished(items: Sequence[Item], link: Mapping[str, str]) -> str:
    """What is said when nothing is left to check: markup, with the ways on."""
    thin = THIN_SPACE
    if not items:
        return "<p>这份文件没有读出目标或激励；在原文中选中文字，可以补充。</p>"
    left = sum(item.check is None for item in items)
    if left:
        return f"<p>所选范围里没有未核对的条目，全文还有{thin}{left}{thin}条。</p>"
    differs = sum(item.differs for item in items)
    ways = "、".join(f'<a href="{escape(address)}" target="_self">{escape(name)}</a>' for name, address in link.items())
    changed = f"，其中{thin}{differs}{thin}条与机器所读不同" if differs else "，与机器所读全部一致"
    return f"<p>{len(items)}{thin}条都核对过了{changed}。对比与导出已经按核对结果：{ways}。</p>"
