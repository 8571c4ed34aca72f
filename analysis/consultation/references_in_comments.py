"""The places of a draft that a comment refers to by number: 第九条, （九）, 四、（九）, 第三部分第二段, 最后一条.

What is found is only what the words say; ``draft_places`` finds it in the draft. A number of another text
(《促进科技成果转化法》第四十五条) and the numbers with which a comment counts its own points are no references.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from analysis.consultation import reference_patterns as patterns
from analysis.corpus.headings_and_days import ordinal
from analysis.grammar.pattern import Pattern

_MOST = 60  # references of one comment; a list of hundreds of numbers names none
_LONGEST_RANGE = 20
_SENTENCE_END = "\n。;!?:"


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a reference: 第四部分, 第（九）项. ``value`` counts from the end where it is negative."""

    unit: str
    value: int
    start: int
    end: int

    @property
    def rank(self) -> float:
        """How far down in a draft it stands."""
        return patterns.RANKS[self.unit]


@dataclass(frozen=True, slots=True)
class Reference:
    """A place that a comment names, from the highest step to the lowest, and where in the folded words.

    ``words`` as written; "" where they name several places at once (第九、十条).
    """

    steps: tuple[Step, ...]
    start: int
    end: int
    words: str = ""


@dataclass(frozen=True, slots=True)
class DraftNames:
    """What tells references from other numbers: the draft's title and headings (folded), and whether it has 第X条."""

    title: str
    headings: tuple[str, ...]
    articles: bool


@dataclass(frozen=True, slots=True)
class References:
    """The references of a text to the draft in order, and where it names places of other texts (laws, policies)."""

    own: tuple[Reference, ...]
    others: tuple[tuple[int, int], ...]


@lru_cache(maxsize=256)  # a comment is asked for them twice, among the others that are read with it
def references(text: str, names: DraftNames, beside: bool = False) -> References:
    """The references in a folded text. ``beside``: it stands in a column that only names clauses."""
    steps = list(_steps(text, beside))
    if not beside:
        own = _own_counting(text, steps, names)
        steps = [step for step in steps if step not in own]
    at_once = Counter((step.start, step.end) for step in steps)  # 第八、九条 is two steps with one place
    found: list[Reference] = []
    others: list[tuple[int, int]] = []
    for chain in _chains(text, steps, patterns.CONTINUES_BESIDE if beside else patterns.CONTINUES):
        first, last = chain[0], chain[-1]
        listed = bool(others) and patterns.LISTS.find(text[others[-1][1] : last.start]) is not None
        name = None if beside else _of_another_text(text, first.start, names)
        if name is not None or (listed and not beside):
            others.append((first.start if name is None else name, last.end))
        else:
            words = "" if at_once[last.start, last.end] > 1 else text[first.start : last.end]
            found.append(Reference(tuple(chain), first.start, last.end, words))
    return References(tuple(found[:_MOST]), tuple(others))


def _steps(text: str, beside: bool) -> Iterable[Step]:
    pattern = patterns.BESIDE if beside else patterns.STEP
    for match in pattern.regex.finditer(text):
        given = {name: words for name, words in match.groupdict().items() if words is not None}
        numbers = next((given[name] for name in given if name.endswith(("number", "numbers", "digits", "below"))), "")
        unit = next((given[name] for name in given if name.endswith("unit")), None)
        if match.lastgroup == "dotted":
            yield from _dotted(given["dotted_places"], match)
        elif match.lastgroup == "last":
            yield Step(unit or "", -(ordinal(given.get("from_end", "一")) or 1), *match.span())
        elif match.lastgroup == "enclosure":
            yield Step(patterns.ENCLOSURE, ordinal(numbers) or 0, *match.span())
        elif match.lastgroup == "lead":
            yield Step(patterns.LEAD, ordinal(numbers) or 0, *match.span())
        else:
            alone = patterns.BARE if numbers[:1].isdecimal() else patterns.LEAD  # 四 alone is the part 四、
            bare = patterns.BRACKETED if match.lastgroup == "bracketed" else alone
            yield from _numbered(numbers, unit or bare, match)


def _dotted(written: str, match: re.Match[str]) -> Iterable[Step]:
    """2.2.1: one step below the other; each stands where its own number does."""
    at = match.start()
    units = (patterns.LEAD, patterns.BRACKETED, patterns.BARE, "目")
    for unit, number in zip(units, written.split("."), strict=False):
        yield Step(unit, int(number), at, match.end())
        at = match.end()


def _numbered(written: str, unit: str, match: re.Match[str]) -> Iterable[Step]:
    """第九、十条 and 第九至十一条: one step for each number."""
    before: int | None = None
    joined = False
    for part in patterns.NUMBER_OR_JOINT.regex.finditer(written):
        if part[0] in patterns.TO:
            joined = True
            continue
        value = ordinal(part[0].replace("两", "二")) or 0
        if joined and before is not None and before < value <= before + _LONGEST_RANGE:
            yield from (Step(unit, between, *match.span()) for between in range(before + 1, value))
        yield Step(unit, value, *match.span())
        before, joined = value, False


def _own_counting(text: str, steps: Sequence[Step], names: DraftNames) -> set[Step]:
    """The steps with which a comment counts its own points: those that open its sentences, the first of them 1."""
    opening: dict[str, list[Step]] = {}
    for step in steps:
        opens = step.start == 0 or text[step.start - 1] in _SENTENCE_END
        headed = any(text.startswith(heading[:4], step.end) for heading in names.headings)
        if step.unit in patterns.COUNTS_OWN and opens and not headed and not (step.unit == "条" and names.articles):
            opening.setdefault(step.unit, []).append(step)
    own: set[Step] = set()
    for found in opening.values():
        if [step.value for step in found[:2]] == [1, 2]:
            own.update(found)
    ordinals = list(patterns.COUNTED_ORDINALS.regex.finditer(text))
    if [ordinal(match["number"]) for match in ordinals[:2]] == [1, 2]:
        places = {(match.start(), ordinal(match["number"])) for match in ordinals}
        own.update(step for step in steps if (step.start, step.value) in places)
    counted = list(patterns.COUNTED.regex.finditer(text))
    if [ordinal(match["number"]) for match in counted[:2]] == [1, 2]:
        starts = {match.start() for match in counted}
        own.update(step for step in steps if step.unit == patterns.LEAD and step.start in starts)
    return own


def _chains(text: str, steps: Sequence[Step], continues: Pattern) -> Iterable[list[Step]]:
    """Steps that make up one reference; the next of a list (第四部分第（九）、（十）项) keeps the higher steps."""
    chain: list[Step] = []
    for step in steps:
        if not chain:
            chain = [step]
            continue
        last, between = chain[-1], text[chain[-1].end : step.start]
        near = len(between) <= patterns.WIDEST_JOINT
        higher = [each for each in chain[:-1] if each.rank < step.rank]
        if step.start == last.start and step.unit == last.unit:  # 第九、十条
            yield chain
            chain = [*higher, step]
        elif (near and step.rank > last.rank and continues.find(between)) or _is_inside(step, last, between):
            chain.append(step)
        elif step.unit == last.unit and between in patterns.TO and last.value < step.value:  # 第八条至第十条
            values = range(last.value, min(step.value, last.value + _LONGEST_RANGE))
            yield from ([*higher, Step(step.unit, value, last.start, step.end)] for value in values)
            chain = [*higher, step]
        elif near and patterns.LISTS.find(between):
            yield chain
            chain = [*higher, step]
        else:
            yield chain
            chain = [step]
    if chain:
        yield chain


def _is_inside(step: Step, above: Step, between: str) -> bool:
    """Whether of two units that may stand at any level the second is inside the first: 第二点第二小点."""
    return between in patterns.INSIDE and step.unit != above.unit and {step.unit, above.unit} <= patterns.COUNTS


def _of_another_text(text: str, start: int, names: DraftNames) -> int | None:
    """Where the name of a law or another policy begins to which the number at ``start`` belongs; None: to none."""
    window = max(start - patterns.FARTHEST_NAME, 0)
    before = text[window:start]
    named = patterns.NAMED_TEXT.find(before)
    bare = before.rstrip("的中之里“”《》")
    if any(heading and bare.endswith(heading) for heading in names.headings):
        return None
    if named is None or patterns.THIS_TEXT.find(before[named.start() :].rstrip("的中之里")):
        return None
    title, name = named["title"], named["name"]
    if title:
        own = title in names.title or (names.title and names.title in title)
    else:
        own = any(name.endswith(names.title[at:]) for at in range(len(names.title) - 1))
    return None if own else window + named.start()
