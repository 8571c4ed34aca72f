"""Rules of one's own: a folder of TOML files with words that are forbidden, names that are fixed, forms of the house.

Each file is a pack; its name is part of the ids of its rules (``本厅.禁用词``). A slip in it is one sentence with file,
entry and key, as for a vocabulary of the grammar.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Literal

from analysis.grammar.vocabularies import Entry, Text, Texts, Vocabulary
from analysis.lint.draft import Draft
from analysis.lint.findings import Change, Force, Found, Severity, Source
from analysis.lint.registry import Check, Family, Rule
from analysis.model import InputError

MOST_FILES = 50
_TABLES = ("forbidden", "fixed", "form", "floor")
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
    if not folder.is_dir():
        raise InputError(str(folder), "", "找不到规则文件夹", "请检查路径")
    paths = sorted(folder.glob("*.toml"))
    if not paths:
        raise InputError(str(folder), "", "这个文件夹里没有 TOML 规则文件", "请放入 .toml 文件")
    if len(paths) > MOST_FILES:
        raise InputError(str(folder), "", f"规则文件超过 {MOST_FILES} 个", "请合并成较少的文件")
    return tuple(rule for path in paths for rule in _pack(path))


def _pack(path: Path) -> Iterator[Rule]:
    pack = Vocabulary(path.parent, path.stem, *_TABLES)
    name = path.stem
    if "forbidden" in pack.tables:
        for at, word in enumerate(pack.take("forbidden", Forbidden), 1):
            yield _rule(f"{name}.禁用词{at}", f"禁用“{word.forms[0]}”", word, _forbidden(word))
    if "fixed" in pack.tables:
        for at, fixed in enumerate(pack.take("fixed", Fixed), 1):
            yield _rule(f"{name}.固定名称{at}", f"“{fixed.name}”的写法", fixed, _fixed(fixed))
    if "form" in pack.tables:
        for at, form in enumerate(pack.take("form", Form), 1):
            yield _rule(f"{name}.写法{at}", form.message, form, _form(form))
    if "floor" in pack.tables:
        for at, floor in enumerate(pack.take("floor", Floor), 1):
            yield _rule(f"{name}.上位界限{at}", f"“{floor.words[0]}”的上位界限", floor, _floor(floor))


def _rule(id: str, title: str, own: Own, check: Check) -> Rule:
    source = Source(own.source or "自定义规则", "", _FORCES[own.force])
    return Rule(id, title, Family.OWN, Severity(own.severity), own.why or f"{title}。", source, (), (), check)


def _matching(pattern: re.Pattern[str], found: Callable[[re.Match[str], int], Found]) -> Check:
    """A check that reports what a pattern finds in a line; ``found`` gets the match and where the line starts."""

    def check(draft: Draft) -> Iterator[Found]:
        for line in draft.lines:
            for match in pattern.finditer(line.text):
                if match.group():
                    yield found(match, line.start)

    return check


def _either(words: Texts) -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, sorted(words, key=len, reverse=True))))


def _forbidden(word: Forbidden) -> Check:
    def found(match: re.Match[str], offset: int) -> Found:
        start, end = offset + match.start(), offset + match.end()
        changes = (Change(start, end, word.instead),) if word.instead else ()
        remedy = f"改为“{word.instead}”" if word.instead else "换一种说法"
        return Found(start, end, f"用了禁用的“{match.group()}”", remedy, changes=changes)

    return _matching(_either(word.forms), found)


def _fixed(fixed: Fixed) -> Check:
    def found(match: re.Match[str], offset: int) -> Found:
        start, end = offset + match.start(), offset + match.end()
        message = f"“{match.group()}”应写作“{fixed.name}”"
        return Found(start, end, message, f"改为“{fixed.name}”", changes=(Change(start, end, fixed.name),))

    return _matching(_either(fixed.wrong), found)


def _form(form: Form) -> Check:
    def found(match: re.Match[str], offset: int) -> Found:
        return Found(offset + match.start(), offset + match.end(), form.message, form.suggestion)

    return _matching(form.pattern, found)


_PERCENT = re.compile(r"(\d{1,4}(?:\.\d{1,4})?)\s?[%％]")
_NEAR = 60  # characters between the words of a floor and its percentage


def _floor(floor: Floor) -> Check:
    words = _either(floor.words)

    def check(draft: Draft) -> Iterator[Found]:
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

    return check
