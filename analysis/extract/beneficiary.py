"""Who receives, as written and as the class that provinces are compared by."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from analysis import grammar
from analysis.extract.receiver import receiver_of
from analysis.extract.statements import Statement
from analysis.model import Receiver

UNWRITTEN = "未写明"
LONGEST_CASE = 40  # characters of a case that may stand for a name
LOOKED_BACK = 600  # characters of its paragraph that may say who, before the statement

# In the order of how directly they say it.
_DIRECT = ("submitted", "leaning", "chosen", "merited", "agreed", "holder")
_LOOSE = ("dative", "granted")  # what ends the name is not in the pattern: 平台 of 平台运营单位
_ENDED = ("topic", "acting", "subject", "sharing", "holder")  # words behind the name end it
_INDIRECT = ("topic", "urged", "granted", "run", "acting", "subject", "sharing")


@dataclass(frozen=True, slots=True)
class Beneficiary:
    """Name as written, class, and the words that say when it is given."""

    name: str
    receiver: Receiver
    trigger: str


def beneficiary(statement: Statement) -> Beneficiary:
    """Who a statement gives to.

    The nearer words are asked first: its own, those before it in the sentence, the sentence before, the paragraph
    from its end to its head, the headings from the lowest up, the paragraphs before. 每家机构 and the like name nobody;
    they and the bare case (复审通过的) stand only where nothing better is said.
    """
    parts = tuple(part.text for part in statement.parts)
    before = tuple(part.text for part in statement.before)
    text, context = "".join(parts), "".join(before)
    case, kind = _case(parts[0]) if parts else ("", "")
    nameless = grammar.patterns()["nameless"]
    name = next((name for name in _names(statement, parts, before, case, kind) if not nameless.find(name)), "")
    name = name or next(_found("counted_each", (*parts, *before)), "")
    trigger = case if kind == "case" and case not in name else _condition(text)
    name = name or (case if kind == "thing" else _elliptic(case) or _elliptic(trigger))
    return Beneficiary(name or UNWRITTEN, receiver_of(name, text, context), trigger)


def _names(statement: Statement, parts: Sequence[str], before: Sequence[str], case: str, kind: str) -> Iterator[str]:
    """Every name that the words give, best first; ``case`` and ``kind``: what 对…， says."""
    yield from _found("dative", parts)
    if kind == "name":
        yield case
    if kind == "case":
        yield from _found("acting", (case,))
    for name in _DIRECT:
        yield from _found(name, parts)
    yield from _found("set_up", (*reversed(parts), *reversed(before)))
    yield from _found("became", (case, *parts))
    if grammar.patterns()["set_aside"].find(parts[-1]):
        yield from _found(
            "to", tuple(part.text for part in statement.sentence.parts if part.start >= statement.parts[-1].end)[:1]
        )
    for name in (*_INDIRECT, "headed"):
        yield from _found(name, parts)
    yield from _around(tuple(reversed(before)))
    previous = tuple(part.text for part in statement.previous)
    yield from _around(previous)
    yield from _found("merited", ("".join(previous),))
    clause = statement.sentence.clause
    paragraph, end = statement.sentence.paragraph - clause.start, statement.sentence.start - clause.start
    yield from _back(clause.text[max(paragraph, end - LOOKED_BACK, 0) : end])
    for heading in reversed(statement.sentence.headings):
        yield from _found("headed", (heading,))
    yield from _back(clause.text[max(paragraph - LOOKED_BACK, 0) : max(paragraph, 0)])


def _back(words: str) -> Iterator[str]:
    """Names in the sentences before, the nearest first."""
    for sentence in reversed(re.split("(?<=[。；\\n])", words)):
        yield from _found("aimed", (sentence,))
        yield from _around(re.split("(?<=[，：])", sentence))


def _around(parts: Sequence[str]) -> Iterator[str]:
    """Names in words that are not the statement's own."""
    yield from _found("to", parts)
    for name in (*_DIRECT, *_INDIRECT):
        yield from _found(name, parts)


def _found(pattern: str, parts: Sequence[str]) -> Iterator[str]:
    """The names that a pattern finds in the parts, where they name somebody."""
    patterns = grammar.patterns()
    for part in parts:
        if found := patterns[pattern].find(part.strip("；。、 ") if pattern == "to" else part):
            group = found.lastgroup or "who"
            behind = found.string[found.end(group) :]
            longer = patterns["longer" if pattern in _LOOSE else "noun"].regex.match(behind)
            who = found[group] + (longer.group() if longer and pattern not in _ENDED else "")
            if any(patterns[no].find(who) for no in ("nobody", "nameless") if pattern != "counted_each"):
                continue
            who = _short(who)
            if patterns["noun"].find(who) and not who.endswith("的") and not patterns["nobody"].find(who):
                yield who


def _case(part: str) -> tuple[str, str]:
    """What 对…， at the head says: a ``name``, a ``case`` without one (对复审通过的，), a ``thing`` (对备案活动，)."""
    patterns = grammar.patterns()
    found = patterns["to"].find(part.strip("，；。、 "))
    who = _short(found["who"]) if found else ""
    if not found or not who or patterns["nobody"].find(who):
        return "", ""
    if found["who"].endswith("的"):
        return who, "case"
    named = patterns["noun"].find(who) or receiver_of(who) is not Receiver.OTHER  # 国内授权的发明专利
    return who, "name" if named else "thing"


def _short(who: str) -> str:
    """The name without what leads over to it and what is said behind it."""
    patterns = grammar.patterns()
    who = who.split("对")[-1] if re.match("[^对]{1,6}对", who) else who  # 银行对科技型企业
    if spent := patterns["spent"].find(who):
        who = spent["who"]
    for _ in range(2):  # in front, then behind
        who = patterns["aside"].regex.sub("", who)
    return who.strip("，、；的 ")


def _elliptic(case: str) -> str:
    """A case that stands for those it is about (获得一等奖的), where it says of what kind they are."""
    name = f"{_short(case)}的"
    return name if 2 < len(name) <= LONGEST_CASE and receiver_of(name) is not Receiver.OTHER else ""


def _condition(text: str) -> str:
    """The first stretch that ends in 的， (the case that is supported)."""
    found = re.search(r"(?:^|，)([^，；]{4,60}?)的(?:（含[^）]*）)?，", text)
    return found[1].strip("，") if found else ""
