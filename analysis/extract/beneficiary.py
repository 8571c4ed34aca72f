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
LONGEST_HEADING = 24  # characters of a line that is a heading without a number
LOOKED_BACK = 600  # characters of its paragraph that may say who, before the statement

# In the order of how directly they say it.
_DIRECT = ("submitted", "leaning", "chosen", "merited", "agreed", "holder")
_LOOSE = ("dative", "granted")  # what ends the name is not in the pattern: 平台 of 平台运营单位
_ENDED = ("brought", "labelled", "topic", "acting", "subject", "sharing", "holder")  # words behind the name end it
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
    case, kind = _case(_opening(parts)) if parts else ("", "")
    nameless = grammar.patterns()["nameless"]
    name = spare = ""
    for found in _names(statement, parts, before, case, kind):
        if not nameless.find(found):
            name = found
            break
        spare = spare or found
    name = _in_full(name, statement)
    name = name or next(_found("counted_each", (*parts, *before, *_behind(statement))), spare)
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
            "to", [part.text for part in statement.sentence.parts if part.start >= statement.parts[-1].end][:1]
        )
    previous = tuple(part.text for part in statement.previous)
    announced = "".join(previous).rstrip().endswith(("：", ":")) and not parts[0].startswith("第")  # no 第三条
    if announced:  # an item of a list: the words before it may say to whom
        yield from _found("subject", parts)
        yield from _found("merited", ("".join(previous),))
    for name in (*_INDIRECT, "headed"):
        yield from _found(name, parts)
    yield from _around(tuple(reversed(before)))
    for name in ("brought", "labelled"):
        yield from _found(name, (*reversed(parts), *reversed(before)))
    yield from _around(previous)
    yield from _found("merited", ("".join(previous),))
    near, far = _words_before(statement)
    for sentence in near:
        yield from _found("aimed", (sentence,))
        yield from _around(re.split("(?<=[，：])", sentence))
    for heading in reversed(statement.sentence.headings):
        yield from _found("headed", (heading,))
    for sentence in far:  # there only what says outright to whom
        yield from _found("aimed", (sentence,))
        yield from _found("to", re.split("(?<=[，：])", sentence))
        yield from _found("merited", (sentence,))
        if len(sentence) <= LONGEST_HEADING and not sentence.rstrip().endswith(("。", "；")):  # a line of its own
            yield from _found("headed", (sentence,))


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
    return tuple(re.split("(?<=[，；。])", clause.text[end:].split("\n")[0]))


def _in_full(name: str, statement: Statement) -> str:
    """What the paragraph has said in full of those whom it now calls 企业: 申请对象为引进技术成果的企业."""
    if not name or not grammar.patterns()["generic"].find(name):
        return name
    if f"其他{name}" in statement.text:
        return f"其他{name}"
    near, far = _words_before(statement)
    said = (
        *_found("to", [part.text for part in reversed(statement.before)]),
        *_found("aimed", (*near, *far)),
    )
    return next((full for full in said if full.endswith(name)), name)


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
            refused = who.endswith("的") or any(patterns[no].find(who) for no in ("nobody", "nameless"))
            if (refused and pattern != "counted_each") or patterns["nobody"].find(_short(who)):
                continue
            if pattern == "acting" and behind.startswith("将") and patterns["payer_place"].find(who):
                continue
            if patterns["noun"].find(_short(who)):
                yield _short(who)


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
    who = who.split("对")[-1] if re.match("[^对]{1,6}对(?!象)|.{0,20}是指对", who) else who  # 银行对科技型企业
    who = patterns["lent_by"].regex.sub("", who) if patterns["lent_by"].find(who) else who
    if spent := patterns["spent"].find(who):
        who = spent["who"] or spent["same"]
    for _ in range(2):  # in front, then behind
        who = patterns["aside"].regex.sub("", who)
    return who.strip("，、；的 ")


def _elliptic(case: str) -> str:
    """A case that stands for those it is about (获得一等奖的), where it says of what kind they are."""
    if grammar.patterns()["spent"].find(case) and (doer := _short(case)) != case:
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
