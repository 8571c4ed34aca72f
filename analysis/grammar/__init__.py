"""The grammar: the vocabularies of the field as one value, made once from the TOML files of this folder.

``grammar()`` is the grammar that reads; a test reads with another one inside ``with use(load(folder)):``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from threading import Lock

from analysis.grammar.pattern import Pattern
from analysis.grammar.vocabularies import (
    Base,
    Bound,
    CommentPeriod,
    ComparatorForms,
    ConsultationDuty,
    Counted,
    Counties,
    Frame,
    Heading,
    Indicator,
    InstrumentClass,
    KindCue,
    LeftOut,
    Limit,
    Misused,
    Numbered,
    Office,
    PartedWords,
    Place,
    ReceiverClass,
    Region,
    Renamed,
    Repealed,
    Rule,
    SignTitle,
    SuperiorBound,
    TaggedWords,
    TermForms,
    Unit,
    UnitForms,
    Vocabulary,
)
from analysis.model import InputError, Level

FOLDER = Path(__file__).parent
_RULE = "against."  # against.<rule>: the sign that a rule of the grammar objects; its title is that of the rule
_MULTIPLIERS = {"十": 10, "百": 100, "千": 1_000, "万": 10_000, "萬": 10_000, "亿": 100_000_000, "億": 100_000_000}
_NAME_TAIL = Pattern(  # said behind the name of an indicator without changing what it is
    "(?<=.)(?:总数|总量|总额|数量|规模|队伍|数)+$",
    examples=("高新技术企业总数", "技术合同总量", "技术合同总额", "产业规模", "技术经理人队伍", "机构数", "企业数量"),
    not_=("技术合同成交额", "总数达到"),
)


@dataclass(frozen=True, eq=False)
class Grammar:
    """Every vocabulary, in the order of its file, and what follows from it. Two are the same only if they are one."""

    indicators: tuple[Indicator, ...]  # in the order of rows on screen
    receivers: tuple[ReceiverClass, ...]  # first match wins
    instruments: tuple[InstrumentClass, ...]  # first match wins
    unit_forms: tuple[UnitForms, ...]
    comparator_forms: tuple[ComparatorForms, ...]
    words: tuple[TaggedWords, ...]
    apart: tuple[PartedWords, ...]
    frames: tuple[Frame, ...]
    rules: Mapping[str, Rule]
    signs: Mapping[str, str]  # titles, but for those that rules give their title to
    bases: tuple[Base, ...]  # most specific first: the first that matches is meant
    counted: tuple[Counted, ...]  # in display order; the last one takes every unit that no other has
    left_out_words: tuple[LeftOut, ...]
    left_out_tags: tuple[LeftOut, ...]
    kind_cues: tuple[KindCue, ...]
    regions: Mapping[str, Region]  # by code, in the order of the standard
    offices: tuple[Office, ...]
    counties: Mapping[str, Place]  # by full name, where no other place has the same
    misused: tuple[Misused, ...]
    terms: tuple[TermForms, ...]
    repealed: tuple[Repealed, ...]
    renamed: tuple[Renamed, ...]
    numbered: tuple[Numbered, ...]
    superior: tuple[SuperiorBound, ...]  # what superior law sets a floor or a ceiling for
    headings: tuple[Heading, ...]  # of columns in tables of comments, in the order people choose from
    comment_periods: tuple[CommentPeriod, ...]
    consultation_duties: tuple[ConsultationDuty, ...]
    limits: tuple[Limit, ...]  # what limits who has something, and when; of overlapping words the first counts

    @cached_property
    def units(self) -> Mapping[str, Unit]:
        """Every unit form with its meaning."""
        return {
            form: Unit(form, entry.dimension, entry.base or form.removeprefix("万"), entry.factor)
            for entry in self.unit_forms
            for form in entry.forms
        }

    @cached_property
    def bounds(self) -> tuple[Bound, ...]:
        """Every comparator word, longest first."""
        found = [
            Bound(form, entry.place, entry.means, entry.inside)
            for entry in self.comparator_forms
            for form in entry.forms
        ]
        return tuple(sorted(found, key=lambda bound: -len(bound.form)))

    @cached_property
    def receiver_names(self) -> Mapping[str, str]:
        """Names of classes of receivers by id."""
        return {entry.id: entry.name for entry in self.receivers}

    @cached_property
    def instrument_cues(self) -> Mapping[str, InstrumentClass]:
        """The classes of instruments by id."""
        return {entry.id: entry for entry in self.instruments}

    @cached_property
    def any_frame(self) -> re.Pattern[str]:
        """What the words of any frame begin like: where nothing does, no frame is filled."""
        return re.compile("|".join(frame.regex.pattern for frame in self.frames))

    @cached_property
    def left_out(self) -> tuple[frozenset[str], frozenset[str]]:
        """(words, tags of the lexer) that do not count as terms."""
        words = frozenset(form for entry in self.left_out_words for form in entry.forms)
        return words, frozenset(form for entry in self.left_out_tags for form in entry.forms)

    @cached_property
    def places(self) -> Mapping[str, Place]:
        """Every place by the name it is known by: provinces short, cities short (or with their suffix), districts."""
        found = {
            region.name: Place(region.name, code, Level.NATION if code == "000000" else Level.PROVINCE)
            for code, region in self.regions.items()
        }
        for code, region in self.regions.items():
            cities = (*region.cities, *(name + end for name in region.suffixed for end in ("市", "州", "盟", "地区")))
            found |= {name: Place(name, code, Level.CITY) for name in cities}
            found |= {name: Place(name, code, Level.DISTRICT) for name in region.districts}
        nation = Place("全国", "000000", Level.NATION)
        return found | dict.fromkeys(("中华人民共和国", "国务院", "科技部", "科学技术部"), nation)

    @cached_property
    def number_signs(self) -> Mapping[str, str]:
        """Code of the provincial unit by the character that opens its document numbers."""
        return {region.sign: code for code, region in self.regions.items() if region.sign}

    @cached_property
    def office_names(self) -> Mapping[str, str]:
        """What the letters behind the sign of a province stand for: 政办发 -> 人民政府办公厅."""
        return {letters: office.name for office in self.offices for letters in office.letters}

    def lexicon(self) -> Iterator[tuple[str, str]]:
        """(word, tag) for the lexer: all that is one word for the grammar. Of two entries the first counts."""
        yield from ((form, entry.tag) for entry in self.words for form in entry.forms)
        yield from ((form, "indicator") for indicator in self.indicators for form in indicator.forms)
        yield from ((cue, "actor") for receiver in self.receivers for cue in receiver.cues)
        yield from ((bound.form, "bound") for bound in self.bounds)

    def indicator_of(self, name: str) -> Indicator | None:
        """The indicator that a name as written stands for: the longest form inside it, unless ``not`` holds it.

        A form must end the name (省级技术转移示范机构) or be followed only by 数量 总数 总量 规模 and the like, so that
        技术转移机构从业人员 is not 技术转移机构.
        """
        best: tuple[int, Indicator] | None = None
        bare = _NAME_TAIL.regex.sub("", name)
        for indicator in self.indicators:
            if name in indicator.not_ or not (bare.endswith(indicator.forms) or name.endswith(indicator.forms)):
                continue
            for form in indicator.forms:
                if (bare.endswith(form) or name.endswith(form)) and (best is None or len(form) > best[0]):
                    best = (len(form), indicator)
        return best[1] if best else None

    def region_of(self, code: str) -> Region | None:
        """The provincial unit that a six-digit code belongs to (a city's code gives its province); None if unknown."""
        if len(code) != 6 or not code.isdecimal():
            return None
        return self.regions.get(code) or self.regions.get(f"{code[:2]}0000")

    def sign_title(self, name: str) -> str:
        """What a sign means. One that is no longer known, in a row that an older version wrote, is its name."""
        if name in self.signs:
            return self.signs[name]
        rule = self.rules.get(f"target.{name.removeprefix(_RULE)}") if name.startswith(_RULE) else None
        return f"规则提示：{rule.title}" if rule else name

    def in_base(self, value: Decimal, unit: str) -> tuple[Decimal, Counted]:
        """``value`` in the base unit of what ``unit`` counts: 1.1 万家 -> 11,000 家."""
        factor, rest = split_unit(unit)
        kind = next((entry for entry in self.counted if rest in entry.units), self.counted[-1])
        return value * (factor / (Decimal(100_000_000) if kind.id == "money" else Decimal(1))), kind


def split_unit(unit: str) -> tuple[Decimal, str]:
    """``万家`` -> (10000, 家); ``亿元`` -> (100000000, 元). A unit that is only a multiplier stays as it is."""
    factor = Decimal(1)
    rest = unit
    while len(rest) > 1 and rest[0] in _MULTIPLIERS:
        factor *= _MULTIPLIERS[rest[0]]
        rest = rest[1:]
    return factor, rest


def load(folder: Path = FOLDER) -> Grammar:
    """The grammar of a folder of TOML files. Raises InputError: which file, which entry, which key, what to do."""
    words = Vocabulary(folder, "words", "word", "apart")
    wording = Vocabulary(folder, "wording", "word", "tag")
    places = Vocabulary(folder, "regions", "region", "office")
    drafting = Vocabulary(folder, "drafting", "misused", "term", "repealed", "renamed", "numbered")
    consultation = Vocabulary(folder, "consultation", "period", "duty")
    regions = {region.code: region for region in places.take("region", Region)}
    counties: dict[str, Place] = {}
    for number, entry in enumerate(Vocabulary(folder, "counties", "city").take("city", Counties), 1):
        region = regions.get(entry.code)
        if region is None:
            where = f"第 {number} 条“{entry.code}”，code"
            raise InputError("counties.toml", where, "regions.toml 里没有这个代码", "请改正代码，或在那里补上")
        city = entry.city or (region.name if region.full.endswith("市") else "")
        counties |= {name: Place(name, entry.code, Level.DISTRICT, city) for name in entry.names}
    return Grammar(
        indicators=Vocabulary(folder, "indicators", "indicator").take("indicator", Indicator),
        receivers=Vocabulary(folder, "receivers", "receiver").take("receiver", ReceiverClass),
        instruments=Vocabulary(folder, "instruments", "instrument").take("instrument", InstrumentClass),
        unit_forms=Vocabulary(folder, "units", "unit").take("unit", UnitForms),
        comparator_forms=Vocabulary(folder, "comparators", "comparator").take("comparator", ComparatorForms),
        words=words.take("word", TaggedWords),
        apart=words.take("apart", PartedWords),
        frames=Vocabulary(folder, "qualitative", "frame").take("frame", Frame),
        rules={rule.id: rule for rule in Vocabulary(folder, "rules", "rule").take("rule", Rule)},
        signs={sign.id: sign.title for sign in Vocabulary(folder, "signs", "signs").take("signs", SignTitle)},
        bases=Vocabulary(folder, "bases", "base").take("base", Base),
        counted=Vocabulary(folder, "counted", "counted").take("counted", Counted),
        left_out_words=wording.take("word", LeftOut),
        left_out_tags=wording.take("tag", LeftOut),
        kind_cues=Vocabulary(folder, "kinds", "cue").take("cue", KindCue),
        regions=regions,
        offices=places.take("office", Office),
        counties=counties,
        misused=drafting.take("misused", Misused),
        terms=drafting.take("term", TermForms),
        repealed=drafting.take("repealed", Repealed),
        renamed=drafting.take("renamed", Renamed),
        numbered=drafting.take("numbered", Numbered),
        superior=Vocabulary(folder, "superior", "bound").take("bound", SuperiorBound),
        headings=Vocabulary(folder, "headings", "heading").take("heading", Heading),
        comment_periods=consultation.take("period", CommentPeriod),
        consultation_duties=consultation.take("duty", ConsultationDuty),
        limits=Vocabulary(folder, "limits", "limit").take("limit", Limit),
    )


_lock = Lock()
_in_use: list[Grammar] = []


def grammar() -> Grammar:
    """The grammar that reads: that of this folder, made when it is first asked for, or the one in :func:`use`."""
    if not _in_use:
        with _lock:
            if not _in_use:
                _in_use.append(load())
    return _in_use[-1]


@contextmanager
def use(other: Grammar) -> Iterator[Grammar]:
    """Read with another grammar, in all threads of this process. What was made from the former one stays with it."""
    former = grammar()
    _in_use.append(other)
    try:
        yield other
    finally:
        _in_use[:] = [former]
