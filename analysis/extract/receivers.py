"""Who receives: name as written, class by which provinces are compared, one receiver for each sum of a list."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import product

from analysis.extract import receiver_patterns as patterns
from analysis.extract.statements import Statement
from analysis.grammar import grammar
from analysis.grammar.pattern import Pattern
from analysis.grammar.vocabularies import ReceiverClass
from analysis.model import Receiver

UNWRITTEN = "未写明"
LONGEST_CASE = 40  # characters of a case that may stand for a name
LONGEST_HEADING = 24  # characters of a line that is a heading without a number
LOOKED_BACK, LOOKED_AHEAD = 600, 1200  # characters of its paragraph that may say who, before and behind the statement
RUN = ("incubator", "platform", "pilot_base", "park")  # what has somebody to run it
_MARKS = re.compile(r"[（）()“”「」『』\"]")
_LIST = re.compile(r"以及|[、，和及或与]")
_PEOPLE = re.compile(r"(?:人员|人才|个人|人|者|团队|专员|专家|带头人|对象|成员|员|的)$")


def receiver_of(name: str, *around: str) -> Receiver:
    """The first class that the name has a cue of.

    A name that could be anybody (企业, 高校院所, none at all) is first what the words ``around`` it, nearest first, say
    that it does. A list is what its first member is: 双创载体和科技服务机构 are incubators. Cues of plain projects and
    enterprises count only where nothing else does.
    """
    return next((one.id for one in _classes(name, around)), Receiver.OTHER)


def _classes(name: str, around: Sequence[str]) -> Iterator[ReceiverClass]:
    """The classes that the name or the words around it have a cue of, the best first."""
    known = grammar().receivers
    if not name or patterns.GENERIC.find(name):
        yield from (one for words in around for one in known if _said_around(one, name, words))
    if patterns.OPERATES.find(name):
        yield from (one for words in around for one in known if one.id in RUN and one.hit(words))
    heads = _heads(name)
    yield from (one for head in heads for one in known if one.where != "last" and _says(one, name, head))
    yield from (one for words in (*heads, name) for one in known if one.where == "last" and one.hit(words))


def _says(receiver: ReceiverClass, name: str, head: str) -> bool:
    """Whether the name says the class: what one does may stand anywhere in it, what one is only in its head."""
    if receiver.where in ("name", "deed") or (receiver.where == "person" and _PEOPLE.search(name)):
        head = name
    return receiver.hit(head) or receiver.hit(_MARKS.sub("", head))


def _said_around(receiver: ReceiverClass, name: str, words: str) -> bool:
    """Whether the words around a name that could be anybody say what it does, or name it in full: 机构 … 登记机构."""
    if receiver.where == "deed" or (receiver.where == "person" and (not name or _PEOPLE.search(name))):
        return receiver.hit(words)
    full = receiver.where == "head" and name in ("机构", "单位", "平台")
    return full and any(cue.endswith(name) and cue in words for cue in receiver.cues)


def _heads(name: str) -> tuple[str, ...]:
    """The nouns that end the name, those of a list one by one; all of it where it ends in 的 and so has none."""
    bare, *_ = patterns.OPERATOR.regex.split(name.rstrip("等，、 "))  # 园区（孵化器）管理运营机构: what is run
    head = bare if bare.endswith("的") else re.split("的(?![^（(]*[）)])", bare)[-1]
    plain = re.sub("[（(][^）)]*[）)]", "", head)  # 转移机构（经纪人） is a 转移机构 first
    items = [item for item in _LIST.split(plain) if len(item) > 1]
    return tuple(dict.fromkeys((*items, plain, head)))


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
    name = name or next(_found((*parts, *before, *_behind(statement)), patterns.COUNTED_EACH), spare)
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
    yield from _found(parts, patterns.DATIVE)
    if kind == "name":
        yield case
    if kind == "case":
        yield from _found((case,), patterns.ACTING)
    yield from _found(parts, *patterns.DIRECT)
    yield from _found((*reversed(parts), *reversed(before)), patterns.SET_UP)
    yield from _found((case, *parts), patterns.BECAME)
    if patterns.SET_ASIDE.find(parts[-1]):
        behind = [part.text for part in statement.sentence.parts if part.start >= statement.parts[-1].end]
        yield from _found(behind[:1], patterns.TO)
    previous = tuple(part.text for part in statement.previous)
    announced = "".join(previous).rstrip().endswith(("：", ":")) and not parts[0].startswith("第")  # no 第三条
    if announced:  # an item of a list: the words before it may say to whom
        yield from _found(parts, patterns.SUBJECT)
        yield from _found(("".join(previous),), patterns.MERITED)
    yield from _found(parts, *patterns.INDIRECT, patterns.HEADED)
    yield from _around(tuple(reversed(before)))
    yield from _found((*reversed(parts), *reversed(before)), patterns.BROUGHT, patterns.LABELLED)
    yield from _around(previous)
    yield from _found(("".join(previous),), patterns.MERITED)
    near, far = _words_before(statement)
    for sentence in near:
        yield from _found((sentence,), patterns.AIMED)
        yield from _around(re.split("(?<=[，：])", sentence))
    for heading in reversed(statement.sentence.headings):
        yield from _found((heading,), patterns.HEADED)
    for sentence in far:  # there only what says outright to whom
        yield from _found((sentence,), patterns.AIMED)
        yield from _found(re.split("(?<=[，：])", sentence), patterns.TO)
        yield from _found((sentence,), patterns.MERITED)
        if len(sentence) <= LONGEST_HEADING and not sentence.rstrip().endswith(("。", "；")):  # a line of its own
            yield from _found((sentence,), patterns.HEADED)


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
    before = [part.text for part in reversed(statement.before)]
    said = (*_found(before, patterns.TO), *_found((*near, *far), patterns.AIMED))
    return next((full for full in said if full.endswith(name)), name)


def _around(parts: Sequence[str]) -> Iterator[str]:
    """Names in words that are not the statement's own."""
    yield from _found(parts, patterns.TO)
    yield from _found(parts, *patterns.DIRECT, *patterns.INDIRECT)


def _found(parts: Sequence[str], *several: Pattern) -> Iterator[str]:
    """The names that one pattern after the other finds in the parts, where they name somebody."""
    for pattern, part in product(several, parts):
        if found := pattern.find(part.strip("；。、 ") if pattern is patterns.TO else part):
            group = found.lastgroup or "who"
            behind = found.string[found.end(group) :]
            longer = (patterns.LONGER if pattern in patterns.LOOSE else patterns.NOUN).regex.match(behind)
            who = found[group] + (longer.group() if longer and pattern not in patterns.ENDED else "")
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


_AND = "[、和及与或]"
_NEXT_SUM = re.compile(r"[^，,；。]*|[\d.,%％‰万亿元]+[，,]")  # what stands from one sum of a list to the next


def respective(who: Beneficiary, statement: Statement, sums: Sequence[int]) -> tuple[Beneficiary, ...]:
    """A receiver for each of the incentives, whose first numbers begin at ``sums``.

    Sums that stand in one list share out the list of receivers, grades or cases before them, where it is as long;
    a receiver named behind its own share has it.
    """
    text = statement.text
    places = [at - statement.start for at in sums]
    given = [_graded(who, grade, who.trigger) for grade in _graded_sums(text, places)]
    for low, high in _runs(text, places) if not given else ():
        given += _shared_out(who, text[places[low - 1] if low else 0 : places[low]], high - low)
    if len(given) > 1:
        spans = zip(given, [0, *places[:-1]], places, [*places[1:], len(text)], strict=True)
        given = [_own(one, text[:at], text[at:end], text[low:at] if low else "") for one, low, at, end in spans]
    return tuple(given)


def _runs(text: str, places: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Stretches of incentives whose sums stand in one list, as (from, to)."""
    low = 0
    for high in range(1, len(places) + 1):
        if high == len(places) or not _NEXT_SUM.fullmatch(text[places[high - 1] : places[high]]):
            yield low, high
            low = high


def _graded_sums(text: str, places: Sequence[int]) -> list[str]:
    """The grades that stand each before its sum, if every sum has one of its own."""
    behind = [0, *places]
    found = [patterns.GRADE_JUST_BEFORE.find(text[low:high]) for low, high in zip(behind[:-1], places, strict=True)]
    grades = [one["grade"] for one in found if one]
    return grades if len(set(grades)) == len(places) > 1 else []


def _shared_out(who: Beneficiary, before: str, count: int) -> Sequence[Beneficiary]:
    """One receiver for each of ``count`` sums in a row: from the name, from the case, from the words ``before``."""
    if count < 2:
        return (who,) * count
    triggers = _each_grade(who.trigger, count)
    if graded := _each_grade(who.name, count):
        return _named_by_grade(graded, [trigger for _, trigger in triggers] or [who.trigger] * count)
    if members := _members(who.name, count):
        case, names = members
        trigger = who.trigger or case
        return [Beneficiary(name, receiver_of(name), trigger) for name in names]
    if triggers:
        return [_graded(who, grade, trigger) for grade, trigger in triggers]
    return [_graded(who, grade, who.trigger) for grade, _ in _each_grade(before, count)] or [who] * count


def _named_by_grade(graded: Sequence[tuple[str, str]], triggers: Sequence[str]) -> list[Beneficiary]:
    """A receiver for each (grade, name): 新认定的国家级孵化器 is 国家级孵化器 in the case 新认定."""
    found = []
    for (grade, name), trigger in zip(graded, triggers, strict=True):
        case = re.match(f"(.+)的(?=[^的]*{re.escape(grade)})", name)
        if case and len(name) - case.end() > len(grade):
            name, trigger = name[case.end() :], trigger or case[1]
        found.append(Beneficiary(name, receiver_of(name), trigger))
    return found


def _graded(who: Beneficiary, grade: str, trigger: str) -> Beneficiary:
    """The receiver with its grade beside the name: 完成单位（一等奖）."""
    if who.name == UNWRITTEN:
        return replace(who, trigger=trigger or grade)
    return replace(who, name=who.name if grade in who.name else f"{who.name}（{grade}）", trigger=trigger)


def _each_grade(words: str, count: int) -> list[tuple[str, str]]:
    """(grade, the words with that grade alone) for a list of exactly ``count`` grades: 一、二等奖 -> 一等奖, 二等奖."""
    grade = patterns.GRADE.text
    found = re.search(f"{grade}(?:{_AND}{grade}){{{count - 1},}}", words)
    items = re.findall(grade, found.group()) if found else []
    if not found or len(items) != count:
        return []
    ending = re.search("(?:级|等奖|等|类|档)$", items[-1])
    items = [item if not ending or item.endswith(ending.group()) else item + ending.group() for item in items]
    return [(item, words[: found.start()] + item + words[found.end() :]) for item in items]


def _members(name: str, count: int) -> tuple[str, tuple[str, ...]] | None:
    """(case, names) for a list of exactly ``count`` names: 首次认定的A、B和C -> 首次认定, (A, B, C).

    A list inside an attribute shares the noun behind it: 突破1亿元、5亿元的机构 -> 突破1亿元的机构, 突破5亿元的机构.
    """
    case = re.match(".*[的为]", re.split(_AND, name)[0])
    names = re.split(_AND, name[case.end() if case else 0 :])
    if len(names) != count or not all(names):
        return None
    ends = re.compile(f"{patterns.NOUN.text}$")
    last, attribute, noun = names[-1].partition("的")
    if attribute and last and _parallel((*names[:-1], last), ends):
        verb = re.split(r"\d", names[0])[0]  # 突破 of 突破1亿元、5亿元
        shared = (verb + each if each[0].isdigit() else each for each in (*names[:-1], last))
        names = [f"{each}的{noun}" for each in shared]
    elif not all(map(ends.search, names)):
        return None
    return (case.group()[:-1] if case else ""), tuple(names)


def _parallel(names: Sequence[str], ends: re.Pattern[str]) -> bool:
    """Whether the members of a list are of one make: all end in a noun, or in the same two characters."""
    return all(ends.search(each) for each in names) or len({each[-2:] for each in names}) == 1


def _own(who: Beneficiary, before: str, behind: str, between: str) -> Beneficiary:
    """The receiver named beside a share: 70%奖励给成果完成人 · …，管理人员获得的份额不低于5%.

    ``between``: the words since the number before.
    """
    nearest = re.split("[，；]", before)[-1]
    found = patterns.OWN_SHARE.find(re.split("，(?=并|再|另|同时)", behind)[0])  # 并给予… is of the next sum
    found = found or (patterns.GIVEN_TO_BEFORE.find(nearest) if nearest != before else None)
    if not found and nearest != before:
        own = (pattern.find(nearest) for pattern in (patterns.HOLDER, patterns.TOPIC, patterns.SHARING))
        found = next((one for one in own if one), None)
    if found and any(no.find(found["who"]) for no in (patterns.NAMELESS, patterns.NOBODY)):
        found = None
    found = found or patterns.WHO_JUST_BEFORE.find(between)
    if case := patterns.CASE_JUST_BEFORE.find(before) if nearest != before else None:
        who = replace(who, trigger=case["case"])
    return replace(who, name=found["who"], receiver=receiver_of(found["who"])) if found else who
