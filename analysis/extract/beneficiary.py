"""Who receives, as written and as the class that provinces are compared by."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from analysis.extract import receiver_patterns as patterns
from analysis.extract.receiver import receiver_of
from analysis.extract.statements import Statement
from analysis.grammar.pattern import Pattern
from analysis.model import Receiver

UNWRITTEN = "未写明"
LONGEST_CASE = 40  # characters of a case that may stand for a name
LONGEST_HEADING = 24  # characters of a line that is a heading without a number
LOOKED_BACK, LOOKED_AHEAD = 600, 1200  # characters of its paragraph that may say who, before and behind the statement

# In the order of how directly they say it.
_DIRECT = (patterns.SUBMITTED, patterns.LEANING, patterns.CHOSEN, patterns.MERITED, patterns.AGREED, patterns.HOLDER)
# What ends the name is not in the pattern: 平台 of 平台运营单位.
_LOOSE = (patterns.DATIVE, patterns.GRANTED)
# Words behind the name end it.
_ENDED = (
    patterns.BROUGHT,
    patterns.LABELLED,
    patterns.TOPIC,
    patterns.ACTING,
    patterns.SUBJECT,
    patterns.SHARING,
    patterns.HOLDER,
)
_INDIRECT = (
    patterns.TOPIC,
    patterns.URGED,
    patterns.GRANTED,
    patterns.RUN,
    patterns.ACTING,
    patterns.SUBJECT,
    patterns.SHARING,
)


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
    case, kind = _case(_opening(parts)) if parts else ("", "")
    name = spare = ""
    for found in _names(statement, parts, before, case, kind):
        if not patterns.NAMELESS.find(found):
            name = found
            break
        spare = spare or found
    name = _in_full(name, statement)
    name = name or next(_found(patterns.COUNTED_EACH, (*parts, *before, *_behind(statement))), spare)
    if name and receiver_of(name) is Receiver.PROJECT and "给予企业" in text:
        name = "企业"  # 对重大项目，…给予企业最高500万元
    trigger = case if kind == "case" and case not in name else _condition(text)
    name = name or (case if kind == "thing" else _elliptic(case) or _elliptic(trigger))
    return Beneficiary(name or UNWRITTEN, receiver_of(name, text, context), trigger)


def _opening(parts: Sequence[str]) -> str:
    """The first part, with those that a list joins to it: 对投入达到100万元、占收入3%以上的企业，."""
    last = next((index for index, part in enumerate(parts) if not part.endswith("、")), len(parts) - 1)
    return "".join(parts[: last + 1])


def _names(statement: Statement, parts: Sequence[str], before: Sequence[str], case: str, kind: str) -> Iterator[str]:
    """Every name that the words give, best first; ``case`` and ``kind``: what 对…， says."""
    yield from _found(patterns.DATIVE, parts)
    if kind == "name":
        yield case
    if kind == "case":
        yield from _found(patterns.ACTING, (case,))
    yield from _found_by(_DIRECT, parts)
    yield from _found(patterns.SET_UP, (*reversed(parts), *reversed(before)))
    yield from _found(patterns.BECAME, (case, *parts))
    if patterns.SET_ASIDE.find(parts[-1]):
        yield from _found(
            patterns.TO, [part.text for part in statement.sentence.parts if part.start >= statement.parts[-1].end][:1]
        )
    previous = tuple(part.text for part in statement.previous)
    announced = "".join(previous).rstrip().endswith(("：", ":")) and not parts[0].startswith("第")  # no 第三条
    if announced:  # an item of a list: the words before it may say to whom
        yield from _found(patterns.SUBJECT, parts)
        yield from _found(patterns.MERITED, ("".join(previous),))
    yield from _found_by((*_INDIRECT, patterns.HEADED), parts)
    yield from _around(tuple(reversed(before)))
    yield from _found_by((patterns.BROUGHT, patterns.LABELLED), (*reversed(parts), *reversed(before)))
    yield from _around(previous)
    yield from _found(patterns.MERITED, ("".join(previous),))
    near, far = _words_before(statement)
    for sentence in near:
        yield from _found(patterns.AIMED, (sentence,))
        yield from _around(re.split("(?<=[，：])", sentence))
    for heading in reversed(statement.sentence.headings):
        yield from _found(patterns.HEADED, (heading,))
    for sentence in far:  # there only what says outright to whom
        yield from _found(patterns.AIMED, (sentence,))
        yield from _found(patterns.TO, re.split("(?<=[，：])", sentence))
        yield from _found(patterns.MERITED, (sentence,))
        if len(sentence) <= LONGEST_HEADING and not sentence.rstrip().endswith(("。", "；")):  # a line of its own
            yield from _found(patterns.HEADED, (sentence,))


def _words_before(statement: Statement) -> tuple[list[str], list[str]]:
    """The sentences before, of its own paragraph and of those before it in its clause; the nearest first."""
    clause = statement.sentence.clause
    paragraph, end = max(statement.sentence.paragraph - clause.start, 0), statement.sentence.start - clause.start
    spans = ((max(paragraph, end - LOOKED_BACK), end), (max(paragraph - LOOKED_BACK, 0), paragraph))
    near, far = (re.split("(?<=[。；\\n])", clause.text[low:high])[::-1] for low, high in spans)
    return near, far


def _behind(statement: Statement) -> tuple[str, ...]:
    """The words of the paragraph behind the statement: a ceiling there may say of whom (单个企业每年最高…)."""
    clause = statement.sentence.clause
    end = statement.parts[-1].end - clause.start
    return tuple(re.split("(?<=[，；。])", clause.text[end : end + LOOKED_AHEAD].split("\n")[0]))


def _in_full(name: str, statement: Statement) -> str:
    """What the paragraph has said in full of those whom it now calls 企业: 申请对象为引进技术成果的企业."""
    if not name or not patterns.GENERIC.find(name):
        return name
    if f"其他{name}" in statement.text:
        return f"其他{name}"
    near, far = _words_before(statement)
    said = (
        *_found(patterns.TO, [part.text for part in reversed(statement.before)]),
        *_found(patterns.AIMED, (*near, *far)),
    )
    return next((full for full in said if full.endswith(name)), name)


def _around(parts: Sequence[str]) -> Iterator[str]:
    """Names in words that are not the statement's own."""
    yield from _found(patterns.TO, parts)
    yield from _found_by((*_DIRECT, *_INDIRECT), parts)


def _found_by(several: Iterable[Pattern], parts: Sequence[str]) -> Iterator[str]:
    """The names that each of several patterns finds, one pattern after the other."""
    for pattern in several:
        yield from _found(pattern, parts)


def _found(pattern: Pattern, parts: Sequence[str]) -> Iterator[str]:
    """The names that a pattern finds in the parts, where they name somebody."""
    for part in parts:
        if found := pattern.find(part.strip("；。、 ") if pattern is patterns.TO else part):
            group = found.lastgroup or "who"
            behind = found.string[found.end(group) :]
            longer = (patterns.LONGER if pattern in _LOOSE else patterns.NOUN).regex.match(behind)
            who = found[group] + (longer.group() if longer and pattern not in _ENDED else "")
            refused = who.endswith("的") or patterns.NOBODY.find(who) or patterns.NAMELESS.find(who)
            if (refused and pattern is not patterns.COUNTED_EACH) or patterns.NOBODY.find(_short(who)):
                continue
            if pattern is patterns.ACTING and behind.startswith("将") and patterns.PAYER_PLACE.find(who):
                continue
            if patterns.NOUN.find(_short(who)):
                yield _short(who)


def _case(part: str) -> tuple[str, str]:
    """What 对…， at the head says: a ``name``, a ``case`` without one (对复审通过的，), a ``thing`` (对备案活动，)."""
    found = patterns.TO.find(part.strip("，；。、 "))
    who = _short(found["who"]) if found else ""
    if not found or not who or patterns.NOBODY.find(who):
        return "", ""
    if found["who"].endswith("的"):
        return who, "case"
    named = patterns.NOUN.find(who) or receiver_of(who) is not Receiver.OTHER  # 国内授权的发明专利
    return who, "name" if named else "thing"


def _short(who: str) -> str:
    """The name without what leads over to it and what is said behind it."""
    who = who.split("对")[-1] if re.match("[^对]{1,6}对(?!象)|.{0,20}是指对", who) else who  # 银行对科技型企业
    who = patterns.LENT_BY.regex.sub("", who) if patterns.LENT_BY.find(who) else who
    if spent := patterns.SPENT.find(who):
        who = spent["who"] or spent["same"]
    for _ in range(2):  # in front, then behind
        who = patterns.ASIDE.regex.sub("", who)
    return who.strip("，、；的 ")


def _elliptic(case: str) -> str:
    """A case that stands for those it is about (获得一等奖的), where it says of what kind they are."""
    if patterns.SPENT.find(case) and (doer := _short(case)) != case:
        return doer  # 企业新建技术中心的: the firm
    name = f"{_short(case)}的"
    return name if 2 < len(name) <= LONGEST_CASE and receiver_of(name) is not Receiver.OTHER else ""


def _condition(text: str) -> str:
    """The first stretch that ends in 的， (the case that is supported), or in 的 before a word of giving."""
    found = re.search(r"(?:^|，)([^，；]{4,60}?)的(?:（含[^）]*）)?，", text)
    found = found or re.search(
        r"(?:^|，)([^，；对按可%％]{4,40}?)的(?=(?:一次性|每[家个项])?(?:给予|奖励|补助|补贴|资助))", text
    )
    return found[1].strip("，") if found else ""
