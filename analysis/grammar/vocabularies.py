"""What an entry of each vocabulary holds. A form is what a text may say; ``examples`` prove it, ``not_`` refutes it.

Keys in a file are the names here, but for ``not`` and ``except``. Nothing here decides anything: the frames in
:mod:`analysis.extract` do.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Annotated, Literal, NamedTuple

from msgspec import Meta, Struct, field

from analysis.model import Comparator, Instrument, Level, Receiver, TextKind

Text = Annotated[str, Meta(min_length=1)]
Texts = Annotated[tuple[Text, ...], Meta(min_length=1)]
Code = Annotated[str, Meta(pattern=r"^\d{6}$")]
Dimension = Literal["money", "count", "area", "percent", "points", "multiple", "duration", "ordinal"]
Means = Literal["ge", "gt", "le", "lt", "approx", "inclusive"]


class Entry(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An entry of a TOML file, checked when it is loaded."""


class Indicator(Entry, frozen=True):
    """What a target can measure. ``series``: slug of the data set that holds actual values, if any."""

    id: Text
    name: Text
    dimension: Dimension
    forms: Texts
    examples: Texts
    not_: tuple[Text, ...] = field(name="not", default=())
    definition: str = ""
    series: Literal["technology-contracts"] | None = None
    series_note: str = ""


class Cue(Entry, frozen=True):
    """A class (receiver, instrument) that is known by cue words; earlier classes win."""

    name: Text
    cues: tuple[Text, ...]  # the class of all others has none
    examples: tuple[Text, ...]
    not_: tuple[Text, ...] = field(name="not", default=())
    except_: tuple[Text, ...] = field(name="except", default=())  # phrases in which a cue means something else

    def place(self, text: str) -> int:
        """Where the first cue stands in ``text``, or -1."""
        for words in self.except_:
            text = text.replace(words, "\0" * len(words))
        return min((place for cue in self.cues if (place := text.find(cue)) >= 0), default=-1)

    def hit(self, text: str) -> bool:
        """Whether any cue stands in ``text``."""
        return self.place(text) >= 0


class ReceiverClass(Cue, frozen=True, kw_only=True):
    """A class of receivers; ``where``: in which words a cue counts (receivers.toml)."""

    id: Receiver
    where: Literal["head", "name", "deed", "person", "last"] = "head"


class InstrumentClass(Cue, frozen=True, kw_only=True):
    """How an incentive gives."""

    id: Instrument


class UnitForms(Entry, frozen=True):
    """Forms of one unit; one of it is ``factor`` of ``base``, which is the form itself where it is empty."""

    forms: Texts
    dimension: Dimension
    base: str
    factor: Decimal
    examples: Texts
    not_: tuple[Text, ...] = field(name="not", default=())


class Unit(NamedTuple):
    """A unit with its dimension; one of it is ``factor`` of ``base``."""

    form: str
    dimension: str
    base: str
    factor: Decimal


class ComparatorForms(Entry, frozen=True):
    """Words that say how a number binds, and where they stand."""

    forms: Texts
    place: Literal["before", "after", "bracket"]
    means: Means
    examples: Texts
    not_: tuple[Text, ...] = field(name="not", default=())
    inside: str = ""  # characters before which the form is the end of another word (签约20项)


class Bound(NamedTuple):
    """A comparator word, its place (before, after, bracket) and what it means (``inclusive`` for a bracket)."""

    form: str
    place: str
    means: str
    inside: str

    @property
    def comparator(self) -> Comparator:
        """The comparator this word sets; a bracket has none of its own."""
        return Comparator(self.means)


class TaggedWords(Entry, frozen=True):
    """Words with one role in a frame."""

    tag: Text
    forms: Texts
    examples: Texts
    not_: tuple[Text, ...] = field(name="not", default=())


class PartedWords(Entry, frozen=True):
    """Words of the general dictionary that hide the field's: 占比达 must not fall into 占 and 比达."""

    forms: Texts
    examples: Texts


class Frame(Entry, frozen=True, dict=True):
    """A qualitative incentive known by words that must stand together in one sentence part."""

    id: Text
    instrument: Instrument
    patterns: Texts
    examples: Texts
    not_: tuple[Text, ...] = field(name="not", default=())

    @cached_property
    def regex(self) -> re.Pattern[str]:
        """The patterns as one; * stands for up to 40 characters inside one statement."""
        return re.compile("|".join(re.escape(words).replace(r"\*", "[^。；]{0,40}?") for words in self.patterns))


class Rule(Entry, frozen=True):
    """A decision on a number: its title, a sentence of why, a text in which it decides, a look-alike in which not.

    ``where``: the function that decides, as file: function.
    """

    id: Text
    title: Text
    why: Text
    where: Text
    good: Text
    bad: Text


class SignTitle(Entry, frozen=True):
    """What a sign of a number means, in the words that a reader sees."""

    id: Text
    title: Text


class Base(Entry, frozen=True):
    """A kind of sum that incentives are counted on; ``axis`` is what an axis that counts it is called."""

    id: Text  # registered, yearly, contract
    name: Text
    axis: Text
    forms: Texts
    not_: tuple[Text, ...] = field(name="not")
    examples: Texts
    look_alikes: Texts

    def matches(self, words: str) -> bool:
        """Whether ``words`` (a stated base, or a trigger) name this kind of sum."""
        return any(form in words for form in self.forms) and not any(other in words for other in self.not_)


class Counted(Entry, frozen=True):
    """One kind of counted thing: decides what may share an axis. ``base`` is the unit of its axis."""

    id: Text
    name: Text
    base: str  # empty, as its units are, in the last entry, which takes all others
    units: tuple[Text, ...]
    example: Text


class LeftOut(Entry, frozen=True):
    """Words, or tags of the lexer, that the comparison of wording leaves out."""

    forms: Texts
    example: Text
    not_: str = field(name="not", default="")


class KindCue(Entry, frozen=True):
    """Words at a place (title, head, text) that speak for a kind of text with a weight."""

    id: Text
    kind: TextKind
    where: Literal["title", "head", "text"]
    weight: int
    regex: re.Pattern[str]
    examples: Texts
    not_: Texts = field(name="not")


class Region(Entry, frozen=True):
    """A provincial unit, or the nation (code 000000), with the places in it that issue texts."""

    code: Code
    name: Text
    full: Text
    sign: str = ""  # the character that opens its document numbers
    cities: tuple[Text, ...] = ()
    suffixed: tuple[Text, ...] = ()  # cities that count only with 市, 州, 盟 or 地区 behind them
    districts: tuple[Text, ...] = ()


class Office(Entry, frozen=True):
    """Who issued a text, by the letters behind the sign of the province: 政办发."""

    name: Text
    letters: Texts
    example: Text


class Counties(Entry, frozen=True):
    """Counties, districts and county-level cities of one city (``city``), or of a province directly (empty)."""

    code: Code
    city: str
    names: Texts


@dataclass(frozen=True, slots=True)
class Place:
    """A place named in a text: its short name, the provincial unit it belongs to (code) and its level."""

    name: str
    code: str
    level: Level
    city: str = ""  # what stands before a county in tables: 温州 for 洞头区

    @property
    def label(self) -> str:
        """The name as tables show it: 温州洞头区."""
        return f"{self.city}{self.name}"
