"""A score in words: a table to read in a terminal, the same as plain values for JSON, and what a change did to it.

A run is kept as a list of row names, to say which rows a change gained and lost. A row is named by document, place and
value alone, so a baseline holds no words of the texts.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from analysis.model import Incentive, InputError, Target
from analysis.score import Score
from analysis.score.agree import GIVEN
from analysis.score.count import Pair, Part, Tally, agreement, total
from analysis.score.gold import GoldRow

LISTS = {"found": "找到", "right": "全对", "extra": "多读"}
_DOCUMENT = re.compile(r"(.+):\d+-\d+[#=]")


@dataclass(frozen=True, slots=True)
class Change:
    """Rows gained and lost in one list of one part; for ``extra`` to gain is bad."""

    part: str  # targets, incentives
    list: str  # found, right, extra
    gained: tuple[str, ...]
    lost: tuple[str, ...]


def row_name(row: GoldRow) -> str:
    """Document, span and line of a gold row."""
    return f"{row.document}:{row.start}-{row.end}#{row.line}"


def extra_name(row: Target | Incentive) -> str:
    """Document, span and numbers of a prediction."""
    numbers = (row.value, row.unit) if isinstance(row, Target) else tuple(getattr(row, field) for field in GIVEN)
    return f"{row.document}:{row.start}-{row.end}=" + "/".join("" if one is None else str(one) for one in numbers)


#: Names of rows by part and list.
Snapshot = dict[str, dict[str, list[str]]]


def snapshot(result: Score) -> Snapshot:
    """The rows of a run by part and list, ready for JSON."""
    return {
        part.name: {
            "found": sorted({row_name(pair.gold) for pair in part.pairs}),
            "right": sorted({row_name(pair.gold) for pair in part.pairs if pair.right}),
            "extra": sorted({extra_name(row) for row in part.extra}),
            "missed": sorted({row_name(row) for row in part.missed}),
        }
        for part in result.parts
    }


def read_baseline(path: Path) -> Snapshot:
    """A snapshot from a file; what was missed is not in older ones. Raises ``InputError`` when it is none."""
    try:
        kept = json.loads(path.read_text(encoding="utf-8"))
        return {
            part: {name: list(kept[part][name]) for name in (*LISTS, *(kept[part].keys() & {"missed"}))}
            for part in ("targets", "incentives")
        }
    except OSError as problem:
        raise InputError(str(path), "", "基线文件读不出来", "请检查路径") from problem
    except (ValueError, KeyError, TypeError, AttributeError) as problem:
        raise _no_baseline(path) from problem


def _no_baseline(path: Path) -> InputError:
    return InputError(str(path), "", "不是基线文件", "请用 score --write-baseline 重新生成")


def recorded(path: Path) -> dict[str, Tally] | None:
    """Counts by part as a snapshot holds them, for machines without the texts; None where it does not hold them.

    Raises ``InputError`` when the file is no snapshot.
    """
    kept = recorded_by_document(path)
    return None if kept is None else {part: total(counts.values()) for part, counts in kept.items()}


def recorded_by_document(path: Path) -> dict[str, dict[str, Tally]] | None:
    """The same by part and document; a document with neither annotation nor prediction is in no snapshot."""
    if not path.is_file():
        return None
    kept = read_baseline(path)
    if any("missed" not in lists for lists in kept.values()):
        return None
    try:
        return {part: _by_document(lists) for part, lists in kept.items()}
    except (ValueError, TypeError) as problem:
        raise _no_baseline(path) from problem


def _by_document(lists: Mapping[str, Sequence[str]]) -> dict[str, Tally]:
    counts = {name: Counter(_document(row) for row in rows) for name, rows in lists.items()}
    found, extra, missed = counts["found"], counts["extra"], counts["missed"]
    return {
        each: Tally(found[each] + missed[each], found[each] + extra[each], found[each], counts["right"][each])
        for each in sorted(set().union(*counts.values()))
    }


def _document(row: str) -> str:
    """The document in the name of a row."""
    named = _DOCUMENT.match(row)
    if named is None:
        raise ValueError(row)
    return named[1]


def changes(result: Score, before: Snapshot) -> tuple[Change, ...]:
    """What ``result`` gained and lost against ``before``; lists without a change are left out."""
    now = snapshot(result)
    found = []
    for part, lists in now.items():
        for name in LISTS:
            old, new = set(before[part][name]), set(lists[name])
            if old != new:
                found.append(Change(part, name, tuple(sorted(new - old)), tuple(sorted(old - new))))
    return tuple(found)


_PARTS = {"targets": "目标", "incentives": "激励"}
_HEADING = ("", "标注", "读出", "找到", "精确率", "召回率", "F1", "全对", "精确率", "召回率", "F1")


def text(result: Score, changes: Sequence[Change] | None = None, *, rows: bool = True) -> str:
    """The whole report; ``changes``: against a baseline, None when there is none; ``rows``: name each row at fault."""
    parts = [f"标注：{result.gold.folder}（{len(result.gold.documents)} 份文件）", ""]
    for part in result.parts:
        parts += [_PARTS[part.name], *_table(part), ""]
    parts += _checks(result)
    if rows:
        for part in result.parts:
            parts += _rows(part)
        parts += [f"误作目标：{row.document} “{target.quote}”" for row, target in result.taken]
        parts += [f"漏列定性激励：{row.document} “{row.fields['quote']}”" for row in result.unlisted]
        parts += [f"另列定性激励：{one.document} {one.clause} “{one.quote}” {one.instrument}" for one in result.unasked]
        parts += [f"不符：{one.document} {one.what}" for one in (*result.structure, *result.quantities)]
        parts += [f"标注的原话不在文中：{row.document} 第 {row.line} 行" for row in result.unlocated]
    if changes is not None:
        parts += ["", *_changes(changes)]
    return "\n".join(parts).rstrip() + "\n"


def _table(part: Part) -> Iterable[str]:
    lines: list[tuple[str, ...]] = [_HEADING]
    lines += [
        (f"  {name}", *_cells(part.tally(name)))
        for name in part.documents
        if part.tally(name).gold or part.tally(name).predicted
    ]
    lines.append(("  合计", *_cells(part.tally())))
    if part.tally() != part.tally(ambiguous=False):
        lines.append(("  合计，不计存疑", *_cells(part.tally(ambiguous=False))))
    widths = [max(_width(line[at]) for line in lines) for at in range(len(_HEADING))]
    for line in lines:
        head = line[0] + " " * (widths[0] - _width(line[0]))
        cells = (" " * (widths[at] - _width(cell)) + cell for at, cell in enumerate(line) if at)
        yield "  ".join((head, *cells)).rstrip()


def _cells(tally: Tally) -> tuple[str, ...]:
    def rates(hits: int) -> tuple[str, ...]:
        return tuple("—" if rate is None else f"{rate:.3f}" for rate in tally.rates(hits))

    return (
        str(tally.gold),
        str(tally.predicted),
        str(tally.found),
        *rates(tally.found),
        str(tally.right),
        *rates(tally.right),
    )


def _width(words: str) -> int:
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in words)


def _checks(result: Score) -> list[str]:
    gold = result.gold
    lines = []
    if gold.traps:
        lines.append(f"非目标 {len(gold.traps)} 条，误作目标 {len(result.taken)} 条")
    if gold.qualitative:
        listed = len(gold.qualitative) - len(result.unlisted)
        further = f"，另列标注没有的 {len(result.unasked)} 条" if result.unasked else ""
        lines.append(f"定性激励 {len(gold.qualitative)} 条，列出 {listed} 条{further}")
    if gold.structure:
        lines.append(f"章条结构 {len(gold.structure)} 份，不符 {len(result.structure)} 处")
    if gold.quantities:
        lines.append(f"数量 {len(gold.quantities)} 个，不符 {len(result.quantities)} 个")
    if gold.negative:
        lines.append(f"应为空的文件 {len(gold.negative & set(gold.documents))} 份，不空 {len(result.not_empty)} 份")
    for part in result.parts:
        fields = Counter(one.field for pair in part.pairs for one in pair.differences)
        words = "，".join(f"{field} {count}" for field, count in fields.most_common()) or "无"
        lines.append(f"{_PARTS[part.name]}各字段不符：{words}")
    lines.append(_receivers(result.incentives))
    return [*lines, ""]


def _receivers(part: Part) -> str:
    """How often the class and the name of the receiver agree, of the incentives found."""
    told = agreement(part.pairs)
    if not told.found:
        return "激励对象：没有找到的激励可对"
    counts = (("类别", told.same_class), ("名称", told.same_name))
    words = "，".join(f"{name}相符 {count}（{count / told.found:.3f}）" for name, count in counts)
    return f"激励对象：找到的 {told.found} 条中，{words}"


def _rows(part: Part) -> Iterable[str]:
    name = _PARTS[part.name]
    for row in part.missed:
        yield f"漏读{name}：{row.document} 第 {row.line} 行 “{row.fields['quote']}”"
    for one in part.extra:
        yield f"多读{name}：{one.document} {one.clause} “{one.quote}” {_numbers(one)}"
    for pair in part.pairs:
        if pair.differences:
            fields = "；".join(
                f"{one.field} 应为 {one.gold or '空'}，读作 {one.predicted or '空'}" for one in pair.differences
            )
            sign = "不符" if pair.right else "未全对"
            yield f"{sign}{name}：{pair.gold.document} 第 {pair.gold.line} 行 {fields}"


def _numbers(one: Target | Incentive) -> str:
    if isinstance(one, Target):
        return f"[{one.indicator} {one.comparator} {one.value} {one.unit} {one.target_year or ''}]"
    return "[" + extra_name(one).split("=", 1)[1] + "]"


def _changes(changes: Sequence[Change]) -> Iterable[str]:
    if not changes:
        yield "与基线相同"
    for change in changes:
        yield f"{_PARTS[change.part]}{LISTS[change.list]}：比基线得 {len(change.gained)}，失 {len(change.lost)}"
        yield from (f"  + {name}" for name in change.gained)
        yield from (f"  - {name}" for name in change.lost)


def values(result: Score, changes: Sequence[Change] | None = None) -> dict[str, Any]:
    """The report as plain values: counts and rates by part, in total and by document, and the rows at fault."""
    gold = result.gold
    return {
        "gold": str(gold.folder),
        "documents": list(gold.documents),
        **{part.name: _part_values(part) for part in result.parts},
        "receivers": {
            "total": _receiver_values(result.incentives.pairs),
            "by_document": {
                name: _receiver_values([pair for pair in result.incentives.pairs if pair.gold.document == name])
                for name in result.incentives.documents
            },
        },
        "not_targets": {"rows": len(gold.traps), "taken": [row_name(row) for row, _ in result.taken]},
        "qualitative_incentives": {
            "rows": len(gold.qualitative),
            "missing": [row_name(row) for row in result.unlisted],
            "further": [extra_name(row) for row in result.unasked],
        },
        "structure": {
            "rows": len(gold.structure),
            "wrong": [f"{one.document}: {one.what}" for one in result.structure],
        },
        "quantities": {
            "rows": len(gold.quantities),
            "wrong": [f"{one.document}: {one.what}" for one in result.quantities],
        },
        "negative": {"rows": len(gold.negative), "not_empty": list(result.not_empty)},
        "unlocated": [row_name(row) for row in result.unlocated],
        "changes": None if changes is None else [asdict(one) for one in changes],
    }


def _part_values(part: Part) -> dict[str, Any]:
    return {
        "total": _tally_values(part.tally()),
        "total_without_ambiguous": _tally_values(part.tally(ambiguous=False)),
        "by_document": {name: _tally_values(part.tally(name)) for name in part.documents},
        "missed": [row_name(row) for row in part.missed],
        "extra": [extra_name(row) for row in part.extra],
        "not_right": [row_name(pair.gold) for pair in part.pairs if not pair.right],
        "fields": dict(Counter(one.field for pair in part.pairs for one in pair.differences)),
    }


def _receiver_values(pairs: Sequence[Pair]) -> dict[str, Any]:
    """How many incentives were found, and of how many class and name of the receiver agree; over nothing None."""
    told = agreement(pairs)

    def share(count: int) -> dict[str, float | int | None]:
        return {"rows": count, "share": count / told.found if told.found else None}

    return {"found": told.found, "class": share(told.same_class), "name": share(told.same_name)}


def _tally_values(tally: Tally) -> dict[str, Any]:
    def rates(hits: int) -> dict[str, float | int | None]:
        precision, recall, f1 = tally.rates(hits)
        return {"rows": hits, "precision": precision, "recall": recall, "f1": f1}

    return {
        "gold": tally.gold,
        "predicted": tally.predicted,
        "found": rates(tally.found),
        "right": rates(tally.right),
    }
