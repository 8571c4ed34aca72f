"""The vocabularies of the field, typed. Each TOML file holds entries with the examples that prove them.

A form is what a text may say; `examples` are what it must match and `negatives` what it must not (key `not`).
Nothing here decides anything: the frames in :mod:`analysis.extract` do.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Any

from analysis.grammar.pattern import Pattern
from analysis.model import Comparator


@dataclass(frozen=True, slots=True)
class Indicator:
    """What a target can measure. ``series``: slug of the data set that holds actual values, if any."""

    id: str
    name: str
    dimension: str
    forms: tuple[str, ...]
    examples: tuple[str, ...]
    negatives: tuple[str, ...] = ()
    definition: str = ""
    series: str | None = None
    series_note: str = ""


@dataclass(frozen=True, slots=True)
class Cue:
    """A class (receiver, instrument) that is known by cue words; earlier classes win."""

    id: str
    name: str
    cues: tuple[str, ...]
    examples: tuple[str, ...]
    negatives: tuple[str, ...] = ()
    exceptions: tuple[str, ...] = ()  # phrases in which a cue means something else
    where: str = "head"  # of receivers: in which words a cue counts (receivers.toml)

    def place(self, text: str) -> int:
        """Where the first cue stands in ``text``, or -1."""
        for exception in self.exceptions:
            text = text.replace(exception, "\0" * len(exception))
        return min((place for cue in self.cues if (place := text.find(cue)) >= 0), default=-1)

    def hit(self, text: str) -> bool:
        """Whether any cue stands in ``text``."""
        return self.place(text) >= 0


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit with its dimension; one of it is ``factor`` of ``base``."""

    form: str
    dimension: str
    base: str
    factor: Decimal


@dataclass(frozen=True, slots=True)
class Bound:
    """A comparator word, its place (before, after, bracket) and what it means (``inclusive`` for a bracket)."""

    form: str
    place: str
    means: str
    inside: str = ""  # characters before which the form is the end of another word (签约20项)

    @property
    def comparator(self) -> Comparator:
        """The comparator this word sets; a bracket has none of its own."""
        return Comparator(self.means)


@dataclass(frozen=True, slots=True)
class Frame:
    """A qualitative incentive known by words that must stand together in one sentence part."""

    id: str
    instrument: str
    patterns: tuple[str, ...]
    examples: tuple[str, ...]
    negatives: tuple[str, ...] = ()


def load(name: str) -> Mapping[str, list[dict[str, Any]]]:
    """The raw tables of ``<name>.toml``."""
    return tomllib.loads(files(__package__).joinpath(f"{name}.toml").read_text(encoding="utf-8"))


@cache
def indicators() -> tuple[Indicator, ...]:
    """All indicators in the order of the file, which is the order of rows on screen."""
    return tuple(
        Indicator(
            id=entry["id"],
            name=entry["name"],
            dimension=entry["dimension"],
            forms=tuple(entry["forms"]),
            examples=tuple(entry["examples"]),
            negatives=tuple(entry.get("not", ())),
            definition=entry.get("definition", ""),
            series=entry.get("series"),
            series_note=entry.get("series_note", ""),
        )
        for entry in load("indicators")["indicator"]
    )


def _cues(name: str) -> tuple[Cue, ...]:
    return tuple(
        Cue(
            id=entry["id"],
            name=entry["name"],
            cues=tuple(entry["cues"]),
            examples=tuple(entry["examples"]),
            negatives=tuple(entry.get("not", ())),
            exceptions=tuple(entry.get("except", ())),
            where=entry.get("where", "head"),
        )
        for entry in load(f"{name}s")[name]
    )


@cache
def receivers() -> tuple[Cue, ...]:
    """Classes of receivers, first match wins."""
    return _cues("receiver")


@cache
def instruments() -> tuple[Cue, ...]:
    """Classes of instruments, first match wins."""
    return _cues("instrument")


@cache
def units() -> Mapping[str, Unit]:
    """Every unit form with its meaning."""
    return {
        form: Unit(form, entry["dimension"], entry["base"] or form.removeprefix("万"), Decimal(entry["factor"]))
        for entry in load("units")["unit"]
        for form in entry["forms"]
    }


@cache
def bounds() -> tuple[Bound, ...]:
    """Every comparator word, longest first."""
    found = [
        Bound(form, entry["place"], entry["means"], entry.get("inside", ""))
        for entry in load("comparators")["comparator"]
        for form in entry["forms"]
    ]
    return tuple(sorted(found, key=lambda bound: -len(bound.form)))


@dataclass(frozen=True, slots=True)
class Note:
    """A condition worth saying in a table, and the words that state it."""

    name: str
    pattern: re.Pattern[str]
    examples: tuple[str, ...]
    negatives: tuple[str, ...] = ()


@cache
def notes() -> tuple[Note, ...]:
    """Short notes on incentives."""
    return tuple(
        Note(entry["name"], re.compile(entry["regex"]), tuple(entry["examples"]), tuple(entry.get("not", ())))
        for entry in load("notes")["note"]
    )


@dataclass(frozen=True, slots=True)
class Rule:
    """A decision on a number: its title, a sentence of why, a text in which it decides, a look-alike in which not.

    ``where``: the function that decides, as file: function.
    """

    id: str
    title: str
    why: str
    good: str
    bad: str
    where: str = ""


@cache
def rules() -> Mapping[str, Rule]:
    """Every decision on a number, by id."""
    return {entry["id"]: Rule(**entry) for entry in load("rules")["rule"]}


@cache
def frames() -> tuple[Frame, ...]:
    """Frames of qualitative incentives."""
    return tuple(
        Frame(
            entry["id"],
            entry["instrument"],
            tuple(entry["patterns"]),
            tuple(entry["examples"]),
            tuple(entry.get("not", ())),
        )
        for entry in load("qualitative")["frame"]
    )


@cache
def words() -> Mapping[str, str]:
    """Every tagged word of words.toml: form -> tag."""
    return {form: entry["tag"] for entry in load("words")["word"] for form in entry["forms"]}


_NAME_TAIL = Pattern(  # said behind the name of an indicator without changing what it is
    "(?<=.)(?:总数|总量|总额|数量|规模|队伍|数)+$",
    examples=("高新技术企业总数", "技术合同总量", "技术合同总额", "产业规模", "技术经理人队伍", "机构数", "企业数量"),
    not_=("技术合同成交额", "总数达到"),
)


def apart() -> tuple[str, ...]:
    """Words of the general dictionary that hide the field's: 占比达 must not fall into 占 and 比达."""
    return tuple(form for entry in load("words")["apart"] for form in entry["forms"])


def lexicon() -> Iterator[tuple[str, str]]:
    """(word, tag) for jieba: everything the grammar knows as one word. Later entries do not override earlier ones."""
    yield from words().items()
    for indicator in indicators():
        for form in indicator.forms:
            yield form, "indicator"
    for receiver in receivers():
        for cue in receiver.cues:
            yield cue, "actor"
    for bound in bounds():
        yield bound.form, "bound"


def indicator_of(name: str) -> Indicator | None:
    """The indicator that a name as written stands for: the longest form inside it, unless a negative says no.

    A form must end the name (省级技术转移示范机构) or be followed only by 数量 总数 总量 规模 and the like, so that
    技术转移机构从业人员 is not 技术转移机构.
    """
    best: tuple[int, Indicator] | None = None
    bare = _NAME_TAIL.regex.sub("", name)
    for indicator in indicators():
        if name in indicator.negatives or not (bare.endswith(indicator.forms) or name.endswith(indicator.forms)):
            continue
        for form in indicator.forms:
            if (bare.endswith(form) or name.endswith(form)) and (best is None or len(form) > best[0]):
                best = (len(form), indicator)
    return best[1] if best else None
