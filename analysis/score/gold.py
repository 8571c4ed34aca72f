"""Gold annotations: rows of CSV with the span of the raw text that each one is about; and sentences read wrongly.

Two layouts are read. *Seeds*: the documents are those of the corpus and a row carries only its quote, in cleaned
form, where ``…`` stands for words left out. *Dev*: the texts lie in ``texts/`` beside ``index.csv`` and a row carries
``char_start`` and ``char_end``, offsets into the raw file. Either way a :class:`GoldRow` ends up with a raw span.

Sentences that are known to be read wrongly stand in ``tests/cases/known_failures.toml``, with what a careful reader
takes from them. They are strict expected failures there, so the list cannot grow stale: whatever comes right must
leave it.
"""

from __future__ import annotations

import csv
import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from analysis.model import Document, Incentive, InputError, Reading, Target

NOT_FOUND = (-1, -1)

# One character for one character, so that an index in the folded text is an index in the text.
_FOLD = str.maketrans("，；：（）！？％“”‘’—－–", ",;:()!?%\"\"''---")
_COUNTS_NEITHER_WAY = re.compile(r"DUPLICATE|CAP\b|UNCHECKED|.*unit lost")


@dataclass(frozen=True, slots=True)
class GoldRow:
    """One annotated row. ``start``/``end`` bound it in the raw text; ``NOT_FOUND`` when its quote is not there."""

    document: str
    line: int  # line in the CSV file, the heading being line 1
    fields: Mapping[str, str]
    start: int
    end: int

    @property
    def ambiguous(self) -> bool:
        """A fair annotator could decide otherwise."""
        return self.fields.get("ambiguous") == "1"

    @property
    def located(self) -> bool:
        """Whether the words of the row were found in the text."""
        return self.start >= 0


@dataclass(frozen=True, slots=True)
class Gold:
    """All annotations of one folder."""

    folder: Path
    documents: tuple[str, ...]
    negative: frozenset[str]  # documents that must give nothing
    targets: tuple[GoldRow, ...]
    incentives: tuple[GoldRow, ...]
    traps: tuple[GoldRow, ...]  # not_targets.csv
    neutral: tuple[GoldRow, ...]  # rows of not_targets.csv that count neither way
    qualitative: tuple[GoldRow, ...]
    quantities: tuple[GoldRow, ...]
    structure: tuple[GoldRow, ...]


def holds_gold(folder: Path) -> bool:
    """Whether a folder has the lists that annotations begin with."""
    return any((folder / name).is_file() for name in ("index.csv", "documents.csv"))


def gold_documents(folder: Path) -> tuple[tuple[str, Path | None], ...]:
    """Name and text file of every annotated document; the file is None when the text is in the corpus.

    Raises ``InputError`` when ``folder`` holds no gold.
    """
    if not folder.is_dir():
        raise InputError(str(folder), "", "找不到这个文件夹", "请检查路径")
    texts = folder / "texts"
    if (folder / "index.csv").is_file():
        return tuple((row["document"], texts / f"{row['document']}.txt") for row in rows_of(folder / "index.csv"))
    if (folder / "documents.csv").is_file():
        return tuple((row["document"], None) for row in rows_of(folder / "documents.csv"))
    raise InputError(str(folder), "", "不是标注文件夹", "应有 documents.csv，或 index.csv 和 texts/")


def read_gold(folder: Path, readings: Mapping[str, Reading]) -> Gold:
    """Read the annotations of ``folder``; ``readings`` maps its document names to what was read.

    Raises ``InputError`` when a file is not as expected. Only documents in ``readings`` are kept.
    """
    names = tuple(name for name, _ in gold_documents(folder) if name in readings)
    index = rows_of(folder / "index.csv") if (folder / "index.csv").is_file() else []

    def located(file: str, column: str = "quote") -> tuple[GoldRow, ...]:
        path = folder / file
        if not path.is_file():
            return ()
        return tuple(
            GoldRow(row["document"], line, row, *_span(row, column, readings[row["document"]], path.name, line))
            for line, row in enumerate(rows_of(path), start=2)
            if row["document"] in readings
        )

    traps = located("not_targets.csv")
    return Gold(
        folder=folder,
        documents=names,
        negative=frozenset(row["document"] for row in index if row.get("negative") == "1"),
        targets=located("targets.csv"),
        incentives=located("incentives.csv"),
        traps=tuple(row for row in traps if not _COUNTS_NEITHER_WAY.match(row.fields["why"])),
        neutral=tuple(row for row in traps if _COUNTS_NEITHER_WAY.match(row.fields["why"])),
        qualitative=located("qualitative_incentives.csv"),
        quantities=located("quantities.csv", "context"),
        structure=located("structure.csv", ""),
    )


def rows_of(path: Path) -> list[dict[str, str]]:
    """The rows of a CSV file of gold; empty cells are empty strings."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as lines:
            rows = [{key: value or "" for key, value in row.items() if key} for row in csv.DictReader(lines)]
    except (OSError, UnicodeDecodeError, csv.Error) as problem:
        raise InputError(str(path), "", "标注文件读不出来", "请另存为 UTF-8 编码的 CSV 文件") from problem
    if rows and "document" not in rows[0]:
        raise InputError(str(path), "第 1 行", "缺少 document 一列", "请在表头补上 document")
    return rows


def _span(row: Mapping[str, str], column: str, reading: Reading, file: str, line: int) -> tuple[int, int]:
    if row.get("char_start"):
        try:
            return int(row["char_start"]), int(row["char_end"])
        except (KeyError, ValueError) as problem:
            raise InputError(
                file, f"第 {line} 行", "char_start 或 char_end 不是整数", "请改为原文件中的字符位置"
            ) from problem
    if not column:
        return NOT_FOUND
    if column not in row:
        raise InputError(file, f"第 {line} 行", f"缺少 {column} 一列", f"请在表头补上 {column}")
    return locate(row[column], reading.document, _clause_bounds(row.get("clause", ""), reading))


def _clause_bounds(path: str, reading: Reading) -> tuple[int, int]:
    """Clean span of the clauses with this path, or of the whole text when there are none."""
    spans = [(clause.start, clause.end) for clause in reading.clauses if path and clause.path == path]
    return (spans[0][0], spans[-1][1]) if spans else (0, len(reading.document.text))


def locate(quote: str, document: Document, within: tuple[int, int] | None = None) -> tuple[int, int]:
    """Raw span of ``quote`` in ``document``, or ``NOT_FOUND``.

    Marks of either width agree and spaces do not count; ``[[`` and ``]]`` bound the part that is meant; ``…`` skips
    up to 300 characters. The quote is looked for in the clean stretch ``within``, then in the whole clean text,
    then in the raw text.
    """
    marked = re.fullmatch(r"(.*)\[\[(.*)\]\](.*)", quote, re.DOTALL)
    before, meant, after = marked.groups() if marked else ("", quote, "")
    pattern = re.compile(_pattern(before) + f"({_pattern(meant)})" + _pattern(after))
    clean = document.text.translate(_FOLD)
    start, end = within or (0, len(clean))
    found = pattern.search(clean, start, end) or pattern.search(clean)
    if found:
        return document.raw_span(*found.span(1))
    found = pattern.search(document.raw.translate(_FOLD))
    return found.span(1) if found else NOT_FOUND


def _pattern(words: str) -> str:
    parts = words.translate(_FOLD).split("…")
    return r"[\s\S]{0,300}?".join(r"\s*".join(re.escape(char) for char in part if not char.isspace()) for part in parts)


# A sentence is read where such sentences stand.
FRAME = "某省技术转移实施方案\n一、重点任务\n（一）工作安排\n"
#: What the file states of a row, in its order, by the table that the sentences of a part stand in.
_TABLES = {"targets": ("target", "targets"), "incentives": ("gift", "incentive_terms")}
_STATED = {
    "targets": ("indicator", "comparator", "value", "unit", "target_year", "kind"),
    "incentives": (
        *("instrument", "receiver", "threshold_wan", "rate_comparator", "rate_percent"),
        *("amount_low_wan", "amount_high_wan", "cap_item_wan", "cap_year_wan"),
    ),
}


@dataclass(frozen=True, slots=True)
class Known:
    """One sentence that is read wrongly, and the rows that it should give."""

    part: str  # targets, incentives
    kind: str  # what sort of text says such a thing
    text: str
    rows: tuple[tuple[str, ...], ...]


def known_failures(path: Path) -> tuple[Known, ...]:
    """The sentences in ``path``; none where there is no such file. Raises ``InputError`` when it is broken."""
    if not path.is_file():
        return ()
    try:
        kept = tomllib.loads(path.read_text(encoding="utf-8"))
        return tuple(
            Known(part, case["kind"], case["text"], tuple(tuple(str(cell) for cell in row) for row in case[rows]))
            for part, (table, rows) in _TABLES.items()
            for case in kept.get(table, [])
        )
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, KeyError, TypeError) as problem:
        raise InputError(path.name, "", "已知读错的句子读不出来", "请恢复原来的文件") from problem


def rows_read(known: Known, reading: Reading) -> tuple[tuple[str, ...], ...]:
    """What was read from the sentence, as rows of the same form."""
    every: Sequence[Target | Incentive] = reading.targets
    if known.part == "incentives":
        every = [one for one in reading.incentives if one.quantified]
    return tuple(
        tuple("" if (cell := getattr(one, field)) is None else str(cell) for field in _STATED[known.part])
        for one in every
    )
