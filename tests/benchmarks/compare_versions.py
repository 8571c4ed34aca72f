"""Hold two checkouts against each other: what their command lines give of the same texts, row by row.

``python tests/benchmarks/compare_versions.py BEFORE AFTER [FIELD …]`` runs ``python -m analysis`` in both, over the
corpus of BEFORE and, where they are at hand, the annotated texts beside the project: wire rows, exports, scores. It
prints which fields are new or gone and which rows differ, by document and words; ends with 1 unless all that differs is
new fields, and the fields named, which are meant to differ.
"""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import openpyxl

Row = dict[str, str]
AS_OF = "2026-11-21"
#: Columns by which a row is named: its document and its words, on the wire and in exports.
NAMES = (("document", "文件"), ("quote", "原文"))
SHOWN = 3


def commands(corpus: Path, annotated: Iterable[Path]) -> Iterator[tuple[str, list[str]]]:
    """Every command whose output is compared, with a name."""
    seeds = sorted(each.name for each in (corpus / "documents").iterdir() if each.is_dir())
    yield "corpus", ["corpus", "list", "--format", "json"]
    for what in ("targets", "incentives"):
        for kind in ("json", "csv", "xlsx"):
            yield f"compare {what} {kind}", ["compare", what, "--format", kind]
    for kind in ("json", "csv", "xlsx"):
        yield f"trend {kind}", ["trend", "--as-of", AS_OF, "--format", kind]
    yield "extract of the corpus", ["extract", "--all", *seeds]
    yield "extract of the corpus, csv", ["extract", "--all", "--format", "csv", *seeds]
    for slug in seeds:
        yield f"explain {slug}", ["explain", slug, "--format", "json"]
    yield "score of the corpus", ["score", str(corpus.parent / "tests" / "gold"), "--format", "json"]
    for folder in annotated:
        texts = sorted(str(path) for path in (folder / "texts").glob("*.txt"))
        yield f"extract of {folder.name}", ["extract", "--all", *texts]
        yield f"extract of {folder.name}, csv", ["extract", "--all", "--format", "csv", *texts]
        yield f"score of {folder.name}", ["score", str(folder), "--format", "json"]


def output(checkout: Path, corpus: Path, command: list[str]) -> bytes:
    """What a checkout answers; a fault that it tells (code 2) leaves the rest to be compared."""
    environment = {**os.environ, "ZHENGHENG_CORPUS": str(corpus), "PYTHONDONTWRITEBYTECODE": "1"}
    call = [sys.executable, "-m", "analysis", *command]
    done = subprocess.run(call, cwd=checkout, env=environment, capture_output=True, check=False)
    if done.returncode not in (0, 2):
        raise SystemExit(f"{checkout}: {' '.join(command[:2])} ended with {done.returncode}\n{done.stderr.decode()}")
    return done.stdout


def flat(value: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """The leaves of an object, each under the names that lead to it."""
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from flat(inner, f"{path}.{name}" if path else name)
    else:
        yield path, json.dumps(value, ensure_ascii=False, sort_keys=True)


def rows_of(data: bytes) -> list[Row]:
    """The rows of an answer: JSON, JSON lines, CSV or a workbook. A JSON object is one row."""
    if data.startswith(b"PK"):
        sheets = openpyxl.load_workbook(io.BytesIO(data)).worksheets
        return [row for sheet in sheets for row in table([[str(cell) for cell in line] for line in sheet.values])]
    text = data.decode("utf-8-sig")
    if text.startswith("{") and "\n{" in text:
        return [dict(flat(json.loads(line))) for line in text.splitlines()]
    if text.startswith(("{", "[")):
        found = json.loads(text)
        return [dict(flat(each)) for each in (found if isinstance(found, list) else [found])]
    return table(list(csv.reader(io.StringIO(text))))


def table(lines: list[list[str]]) -> list[Row]:
    """Rows under the first line that is full; what stands above it and below is kept as notes."""
    width = max(map(len, lines), default=0)
    full = [len(line) == width and "None" not in line and "" not in line for line in lines]
    head = full.index(True) if True in full else 0
    names = lines[head] if lines else []
    return [{"note": "|".join(cell for cell in line if cell not in ("", "None"))} for line in lines[:head]] + [
        dict(zip(names, line, strict=False)) for line in lines[head + 1 :]
    ]


@dataclass
class Difference:
    """How two answers differ."""

    before: int
    after: int
    new: list[str] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)
    changed: dict[str, list[str]] = field(default_factory=dict)
    lost: list[str] = field(default_factory=list)
    gained: list[str] = field(default_factory=list)

    @property
    def alike(self) -> bool:
        """Whether all that is there before is there after."""
        return not (self.gone or self.changed or self.lost or self.gained)


def called(row: Row) -> tuple[str, ...]:
    """The document and the words of a row."""
    return tuple(next((row[name] for name in names if name in row), "") for names in NAMES)


def difference(before: list[Row], after: list[Row]) -> Difference:
    """Rows that are the same in all fields that both have are taken away; the rest is paired by document and words."""
    old, new = (list(dict.fromkeys(name for row in rows for name in row)) for rows in (before, after))
    shared = [name for name in old if name in new]
    found = Difference(
        len(before),
        len(after),
        [name for name in new if name not in old],
        [name for name in old if name not in new],
    )
    left, right = (Counter(tuple(row.get(name) for name in shared) for row in rows) for rows in (before, after))
    waiting = defaultdict(list)
    for cells in (right - left).elements():
        row = {name: cell for name, cell in zip(shared, cells, strict=True) if cell is not None}
        waiting[called(row)].append(row)
    for cells in (left - right).elements():
        row = {name: cell for name, cell in zip(shared, cells, strict=True) if cell is not None}
        words = " ".join(called(row))
        if not waiting[called(row)]:
            found.lost.append(words)
            continue
        other = min(waiting[called(row)], key=lambda each: sum(row.get(name) != each.get(name) for name in shared))
        waiting[called(row)].remove(other)
        for name in shared:
            if row.get(name) != other.get(name):
                said = f"{words}: {row.get(name)} -> {other.get(name)}"
                found.changed.setdefault(name, []).append(said)
    found.gained = [" ".join(called(row)) for rows in waiting.values() for row in rows]
    return found


def told(name: str, found: Difference) -> str:
    """A difference in words; one line where there is none."""
    number = str(found.before) if found.before == found.after else f"{found.before} -> {found.after}"
    lines = [f"{name}: {number} rows, {'the same' if found.alike else 'DIFFERENT'}"]
    if found.new:
        lines.append(f"  new fields: {', '.join(found.new)}")
    if found.gone:
        lines.append(f"  fields gone: {', '.join(found.gone)}")
    for what, each in [
        *((f"{column} differs", said) for column, said in found.changed.items()),
        ("only before", found.lost),
        ("only after", found.gained),
    ]:
        if each:
            lines.append(f"  {what} in {len(each)} rows")
            lines += [f"    {one[:300]}" for one in each[:SHOWN]]
    return "\n".join(lines)


def main(before: Path, after: Path, meant: Sequence[str]) -> int:
    """Compare two checkouts; 0 where nothing differs but for new fields and those that are ``meant`` to differ."""
    corpus = before / "policy_corpus"
    annotated = [path for path in sorted((before.parent / "shared" / "gold").glob("dev*")) if path.is_dir()]
    code = 0
    for name, command in commands(corpus, annotated):
        found = difference(*(rows_of(output(checkout, corpus, command)) for checkout in (before, after)))
        print(told(name, found), flush=True)
        code |= not (
            found.alike or (set(found.changed) <= set(meant) and not (found.gone or found.lost or found.gained))
        )
    return code


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]).resolve(), Path(sys.argv[2]).resolve(), sys.argv[3:]))
