"""Rules of one's own: a folder of TOML files with words that are forbidden, names that are fixed, forms of the house.

Each file is a pack; its name is part of the ids of its rules (``本厅.禁用词1``). A slip in it is one sentence with
file, entry and key, as for a vocabulary of the grammar. The rules can be pickled: they are read once and
go with each draft into the process that checks it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any, Literal

from analysis.grammar.vocabularies import Entry, Text, Texts, Vocabulary
from analysis.lint.draft import Draft
from analysis.lint.findings import Change, Force, Found, Severity, Source
from analysis.lint.registry import Family, Rule
from analysis.model import Fault, InputError, fault_of

MOST_FILES = 50
_FORCES = {"规定": Force.RULED, "实务通常": Force.PRACTICE, "建议核对": Force.TO_VERIFY}


class Own(Entry, frozen=True, kw_only=True):
    """What every entry of a pack may say of itself."""

    severity: Literal["error", "warning", "info"] = "warning"
    why: str = ""
    source: str = ""
    force: Literal["规定", "实务通常", "建议核对"] = "实务通常"


class Forbidden(Own, frozen=True, kw_only=True):
    """Words that may not be used, and what to write in their place."""

    forms: Texts
    instead: str = ""


class Fixed(Own, frozen=True, kw_only=True):
    """A name that is always written in one way, and the ways in which it is written wrongly."""

    name: Text
    wrong: Texts


class Form(Own, frozen=True, kw_only=True):
    """A form of the house: a regular expression that finds what breaks it."""

    pattern: re.Pattern[str]
    message: Text
    suggestion: str = ""


class Floor(Own, frozen=True, kw_only=True):
    """A superior bound: a percentage beside these words may not be below ``least`` or above ``most``."""

    words: Texts
    least: float | None = None
    most: float | None = None


def read_packs(folder: Path) -> tuple[Rule, ...]:
    """The rules of every TOML file in a folder, by the name of the file. Raises InputError at the first thing wrong."""
    return tuple(rule for path in _files(folder) for rule in _pack(path))


def usable_packs(folder: Path) -> tuple[tuple[Rule, ...], tuple[Fault, ...]]:
    """The rules of every file that can be used, and what is wrong with the others (or with the folder), one each."""
    found: list[Rule] = []
    faults: list[Fault] = []
    try:
        paths = _files(folder)
    except InputError as fault:
        return (), (fault_of(fault),)
    for path in paths:
        try:
            found += _pack(path)
        except InputError as fault:
            faults.append(fault_of(fault))
    return tuple(found), tuple(faults)


def _files(folder: Path) -> list[Path]:
    if not folder.is_dir():
        raise InputError(str(folder), "", "找不到规则文件夹", "请检查路径")
    paths = sorted(folder.glob("*.toml"))
    if not paths:
        raise InputError(str(folder), "", "这个文件夹里没有 TOML 规则文件", "请放入 .toml 文件")
    if len(paths) > MOST_FILES:
        raise InputError(str(folder), "", f"规则文件超过 {MOST_FILES} 个", "请合并成较少的文件")
    return paths


def _pack(path: Path) -> tuple[Rule, ...]:
    """The rules of one file, which is used whole or not at all."""
    try:
        pack = Vocabulary(path.parent, path.stem, *_TABLES)
    except OSError:
        raise InputError(path.name, "", "读不了这个规则文件", "请检查它的权限") from None
    return tuple(
        Rule(
            f"{path.stem}.{name}{at}",
            title(own),
            Family.OWN,
            Severity(own.severity),
            own.why or f"{title(own)}。",
            Source(own.source or "自定义规则", "", _FORCES[own.force]),
            (),
            (),
            partial(check, own),
        )
        for table, (kind, name, title, check) in _TABLES.items()
        if table in pack.tables
        for at, own in enumerate(pack.take(table, kind), 1)
    )


def _matching(pattern: re.Pattern[str], found: Callable[[re.Match[str], int], Found], draft: Draft) -> Iterator[Found]:
    """What a pattern finds in the lines; ``found`` gets the match and where its line starts."""
    for line in draft.lines:
        for match in pattern.finditer(line.text):
            if match.group():
                yield found(match, line.start)


def _either(words: Texts) -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, sorted(words, key=len, reverse=True))))


def _forbidden(word: Forbidden, draft: Draft) -> Iterator[Found]:
    def found(match: re.Match[str], offset: int) -> Found:
        start, end = offset + match.start(), offset + match.end()
        changes = (Change(start, end, word.instead),) if word.instead else ()
        remedy = f"改为“{word.instead}”" if word.instead else "换一种说法"
        return Found(start, end, f"用了禁用的“{match.group()}”", remedy, changes=changes)

    return _matching(_either(word.forms), found, draft)


def _fixed(fixed: Fixed, draft: Draft) -> Iterator[Found]:
    def found(match: re.Match[str], offset: int) -> Found:
        start, end = offset + match.start(), offset + match.end()
        message = f"“{match.group()}”应写作“{fixed.name}”"
        return Found(start, end, message, f"改为“{fixed.name}”", changes=(Change(start, end, fixed.name),))

    return _matching(_either(fixed.wrong), found, draft)


def _form(form: Form, draft: Draft) -> Iterator[Found]:
    def found(match: re.Match[str], offset: int) -> Found:
        return Found(offset + match.start(), offset + match.end(), form.message, form.suggestion)

    return _matching(form.pattern, found, draft)


_PERCENT = re.compile(r"(\d{1,4}(?:\.\d{1,4})?)\s?[%％]")
_NEAR = 60  # characters between the words of a floor and its percentage


def _floor(floor: Floor, draft: Draft) -> Iterator[Found]:
    words = _either(floor.words)
    for line in draft.lines:
        for match in _PERCENT.finditer(line.text):
            before = line.text[max(match.start() - _NEAR, 0) : match.start()].rpartition("。")[2]
            value = float(match[1])
            start, end = line.span(match)
            if not words.search(before):
                continue
            if floor.least is not None and value < floor.least:
                yield Found(start, end, f"{match.group()}可能低于上位规定的{floor.least:g}%", "核对上位规定")
            if floor.most is not None and value > floor.most:
                yield Found(start, end, f"{match.group()}可能高于上位规定的{floor.most:g}%", "核对上位规定")


#: Table -> the kind of its entries, what their rules are called and entitled, and what finds their faults.
_TABLES: dict[str, tuple[type[Own], str, Callable[[Any], str], Callable[[Any, Draft], Iterator[Found]]]] = {
    "forbidden": (Forbidden, "禁用词", lambda own: f"禁用“{own.forms[0]}”", _forbidden),
    "fixed": (Fixed, "固定名称", lambda own: f"“{own.name}”的写法", _fixed),
    "form": (Form, "写法", lambda own: own.message, _form),
    "floor": (Floor, "上位界限", lambda own: f"“{own.words[0]}”的上位界限", _floor),
}
