"""What an entry of each vocabulary holds, and the TOML files they are taken from, checked.

A form is what a text may say; ``examples`` prove it, ``not_`` refutes it. Keys in a file are the names here, but for
``not`` and ``except``. Nothing here decides anything: the frames in :mod:`analysis.extract` do. Whatever is wrong in a
file is one sentence with file, entry, key and what to do.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from difflib import get_close_matches
from enum import EnumMeta
from functools import cached_property
from pathlib import Path
from typing import Annotated, Any, Literal, NamedTuple, TypeVar, get_args

import msgspec
from msgspec import Meta, Struct

from analysis.model import InputError, Instrument, Level, Receiver, TextKind

Text = Annotated[str, Meta(min_length=1)]
Texts = Annotated[tuple[Text, ...], Meta(min_length=1)]
Code = Annotated[str, Meta(pattern=r"^\d{6}$")]
Dimension = Literal["money", "count", "area", "percent", "points", "multiple", "duration", "ordinal"]
Means = Literal["ge", "gt", "le", "lt", "approx", "inclusive"]


class Entry(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, rename={"not_": "not", "except_": "except"}):
    """An entry of a TOML file, checked when it is loaded."""


class Indicator(Entry, frozen=True):
    """What a target can measure. ``series``: slug of the data set that holds actual values, if any."""

    id: Text
    name: Text
    dimension: Dimension
    forms: Texts
    examples: Texts
    not_: tuple[Text, ...] = ()
    definition: str = ""
    series: Literal["technology-contracts"] | None = None
    series_note: str = ""


class Cue(Entry, frozen=True):
    """A class (receiver, instrument) that is known by cue words; earlier classes win."""

    name: Text
    cues: tuple[Text, ...]  # the class of all others has none
    examples: tuple[Text, ...]
    not_: tuple[Text, ...] = ()
    except_: tuple[Text, ...] = ()  # phrases in which a cue means something else

    def hit(self, text: str) -> bool:
        """Whether any cue stands in ``text``."""
        for words in self.except_:
            text = text.replace(words, "\0" * len(words))
        return any(map(text.__contains__, self.cues))


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
    not_: tuple[Text, ...] = ()


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
    not_: tuple[Text, ...] = ()
    inside: str = ""  # characters before which the form is the end of another word (签约20项)


class Bound(NamedTuple):
    """A comparator word, its place (before, after, bracket) and what it means (``inclusive`` for a bracket)."""

    form: str
    place: str
    means: str
    inside: str


class TaggedWords(Entry, frozen=True):
    """Words with one role in a frame."""

    tag: Text
    forms: Texts
    examples: Texts
    not_: tuple[Text, ...] = ()


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
    not_: tuple[Text, ...] = ()

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
    not_: tuple[Text, ...]
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
    not_: str = ""


class KindCue(Entry, frozen=True):
    """Words at a place (title, head, text) that speak for a kind of text with a weight."""

    id: Text
    kind: TextKind
    where: Literal["title", "head", "text"]
    weight: int
    regex: re.Pattern[str]
    examples: Texts
    not_: Texts


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


class Misused(Entry, frozen=True):
    """A word that is written where another is meant."""

    form: Text
    right: Text
    why: Text
    examples: Texts
    not_: tuple[Text, ...] = ()


class TermForms(Entry, frozen=True):
    """One thing by several names, the usual one first; ``grave``: two of them in one text are a warning.

    ``body``: it is a body, whose names may be declared as short ones and stand in full where it signs.
    """

    forms: Annotated[tuple[Text, ...], Meta(min_length=2)]
    grave: bool
    why: Text
    examples: Texts
    body: bool = False


Column = Literal[
    "number", "unit", "sender", "kind", "title", "text", "original", "proposed", "reason", "clause", "contact",
    "submitted", "other",
]  # fmt: skip


class Heading(Entry, frozen=True):
    """What the headings of one column of a table of comments say; ``name`` is what people choose from."""

    id: Column
    name: Text
    forms: Texts
    examples: Texts
    not_: tuple[Text, ...] = ()


class Repealed(Entry, frozen=True):
    """A law or document that has ceased: since when, what stands in its place, and where that is said."""

    forms: Texts
    since: date
    instead: Text
    source: Text
    examples: Texts
    not_: tuple[Text, ...] = ()


class Renamed(Entry, frozen=True):
    """A body by its former names, with its name since a year."""

    forms: Texts
    now: Text
    since: int
    examples: Texts
    not_: tuple[Text, ...] = ()


class Numbered(Entry, frozen=True):
    """A document of the centre: words of its title that no other has, and its number."""

    title: Text
    letters: Text
    year: int
    number: int


class SuperiorBound(Entry, frozen=True):
    """A floor or a ceiling that superior law sets, and the words by which a statement of a draft is about it.

    ``seen``: its wording was seen; ``note``: a statement may keep it all the same, and is only pointed out.
    """

    id: Text
    law: Text
    article: Text
    what: Text
    region: Code
    since: int
    unit: Literal["percent", "year", "workday", "day"]
    condition: str
    about: Annotated[tuple[re.Pattern[str], ...], Meta(min_length=1)]
    beside: re.Pattern[str]
    except_: re.Pattern[str]
    examples: Texts
    not_: Texts
    least: Decimal | None = None
    most: Decimal | None = None
    seen: bool = True
    note: bool = False


class CommentPeriod(Entry, frozen=True):
    """How long comments on a draft of some kinds are invited at least, in days or working days, and who asks it."""

    id: Text
    kinds: Texts
    least: int
    law: Text
    article: Text
    force: Literal["规定", "实务通常", "建议核对"]
    asks: Text
    workdays: bool = False


class ConsultationDuty(Entry, frozen=True):
    """What a rule asks of a consultation on drafts of some kinds (none: all), and the words that show it is done."""

    id: Text
    title: Text
    kinds: tuple[Text, ...]
    law: Text
    article: Text
    force: Literal["规定", "实务通常", "建议核对"]
    asks: Text
    when: Literal["notice", "after"]
    by_analogy: bool = False
    about: tuple[re.Pattern[str], ...] = ()
    examples: tuple[Text, ...] = ()
    not_: tuple[Text, ...] = ()


class Limit(Entry, frozen=True):
    """Words that limit who has something (scope) or when (condition); those ``about`` the same are compared.

    ``strict``: how much they limit, where silence is 0; None where the words alone do not say.
    """

    id: Text
    about: Text
    kind: Literal["scope", "condition"]
    regex: re.Pattern[str]
    examples: Texts
    not_: Texts
    strict: int | None = None


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


Kind = TypeVar("Kind", bound=Entry)
# What msgspec says of a wrong value, and what that asks of whoever writes the file; the first that fits.
_WRONG = (
    ("Expected `array` of length", '不能是空的，请至少写一段，如 ["甲"]'),
    ("Expected `array", '应是若干段文字的列表，请写成 ["甲", "乙"]'),
    ("Expected `str` of length", "不能是空的，请写出文字"),
    ("Expected `str` matching", "应是六位数字的地区代码，请改正"),
    ("Expected `str", "应是一段文字，请加引号写出"),
    ("Expected `int", "应是整数，请不加引号写出"),
    ("Expected `bool", "应是 true 或 false，请不加引号写出"),
    ("Expected `date", "应是日期，请写作 2026-11-28 这样，不加引号"),
    ("Expected `decimal", "应是数字，请加引号写出"),
    ("Invalid decimal", "应是数字，请改正"),
)


class Vocabulary:
    """One file of a folder: its tables are taken one after another. Raises InputError at the first thing wrong."""

    def __init__(self, folder: Path, name: str, *tables: str) -> None:
        self.file = f"{name}.toml"
        try:
            self.tables = tomllib.loads((folder / self.file).read_text(encoding="utf-8"))
        except FileNotFoundError:
            raise InputError(self.file, "", "找不到这个词表", f"请把它放回 {folder}") from None
        except UnicodeDecodeError:
            raise InputError(self.file, "", "文字编码不是 UTF-8", "请另存为 UTF-8") from None
        except tomllib.TOMLDecodeError as error:
            line = re.search(r"line (\d+)", str(error))
            place = f"第 {line[1]} 行" if line else "文件末尾"
            raise InputError(self.file, place, "不符合 TOML 写法", "请检查引号、等号和方括号") from None
        for table in self.tables:
            if table not in tables:
                raise InputError(self.file, f"[{table}]", "不认识这张表", f"请改为 {_nearest(table, tables)}")

    def take(self, table: str, kind: type[Kind]) -> tuple[Kind, ...]:
        """The entries of ``[[table]]``, each of them a ``kind``."""
        entries = self.tables.get(table)
        if isinstance(entries, dict):  # [signs]: a title for each id
            entries = [{"id": id_, "title": title} for id_, title in entries.items()]
        if not isinstance(entries, list) or not entries:
            raise InputError(self.file, f"[[{table}]]", "缺少这一组", f"请至少写一段 [[{table}]]")
        found: list[Kind] = []
        names: dict[str, int] = {}
        for number, entry in enumerate(entries, 1):
            name = _name(entry)
            try:
                found.append(msgspec.convert(entry, kind, dec_hook=_pattern))
            except msgspec.ValidationError as error:
                raise InputError(self.file, *_told(str(error), entry, kind, f"第 {number} 条“{name}”")) from None
            if "id" in kind.__struct_fields__ and names.setdefault(name, number) != number:
                place = f"第 {number} 条“{name}”，id"
                raise InputError(self.file, place, f"与第 {names[name]} 条的 id 相同", "请换一个")
        return tuple(found)


def _name(entry: Any) -> str:
    """What an entry is called in a message: its id, or the first text that it holds."""
    texts = [entry.get("id"), *entry.values()] if isinstance(entry, dict) else [entry]
    texts = [text[0] if isinstance(text, list) and text else text for text in texts]
    return next((text for text in texts if isinstance(text, str)), "")


def _pattern(_: type, value: Any) -> re.Pattern[str]:
    """The one type that msgspec does not know of itself."""
    if not isinstance(value, str):
        raise ValueError("应是一段文字，请加引号写出")
    try:
        return re.compile(value)
    except re.error as error:
        raise ValueError(f"正则表达式在第 {(error.pos or 0) + 1} 个字符处写错了，请检查括号和反斜杠") from None


def _told(words: str, entry: Any, kind: type[Entry], place: str) -> tuple[str, str, str]:
    """Place, problem and remedy of what msgspec says in English of an entry."""
    keys = [each.encode_name for each in msgspec.structs.fields(kind)]
    what, _, path = words.partition(" - at `$")
    if key := re.search("(?:unknown|required) field `(.*)`", what):
        place = f"{place}，{key[1]}"
        if "required" in what:
            return place, "缺少这一项", "请补上"
        return place, "不认识这一项", f"请改为 {_nearest(key[1], keys)}，或者删去"
    key = re.match(r"\.?(\w+)", path)
    if key is None:
        return place, "应是一段表", "请写成 [[…]] 及其下的若干行"
    place = f"{place}，{key[1]}"
    if what.startswith("Invalid enum value"):
        allowed = _allowed(next(each.type for each in msgspec.structs.fields(kind) if each.encode_name == key[1]))
        return place, f"不认识“{entry[key[1]]}”", f"请改为下列之一：{'、'.join(allowed)}"
    said = next((told for head, told in _WRONG if what.startswith(head)), what)  # a pattern's fault is Chinese already
    problem, _, remedy = said.partition("，")
    return place, problem, remedy


def _allowed(kind: Any) -> list[str]:
    """The values that an enumeration or a Literal allows, also where the key may be left out."""
    if isinstance(kind, EnumMeta):
        return list(map(str, kind))
    inside = get_args(kind)
    return [word for each in inside for word in _allowed(each)] if inside else [kind] if isinstance(kind, str) else []


def _nearest(word: str, known: Iterable[str]) -> str:
    """The one of ``known`` that was meant, or all of them."""
    return "、".join(get_close_matches(word, known, 1) or known)
