"""Sentences into statements, the stretches that say one incentive each, and the numbers there that are not given.

A statement runs from 对… (or the head of the sentence, or behind ；) to the next 对… or ；. What stands before it in
the sentence, and the sentence before, is context: it may say who and when, and gives nothing itself.

Some of its numbers must be met before anything is given: 大于1000万元（含）且…的 · 达到1亿元的机构 · 超过1亿元部分 ·
占比高于3%的企业. Others are neither given nor asked for, and a rule says why: 低于1万元的不享受 · 由2万元提高到5万元
(the 2) · 各按50%拨付 · 遴选不超过25%的项目 · 每增加1亿元 · 每年安排200万元资金 · 已获得30万元奖励的 · 2000元的整数倍.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from analysis.extract import incentive_patterns as patterns
from analysis.extract import refusal_patterns as refused
from analysis.extract.sentences import LIMITING, Mention, Part, Sentence
from analysis.extract.target_patterns import NUMBERING
from analysis.grammar.pattern import Pattern
from analysis.model import Comparator
from analysis.tokenise import Token

LIST_REACH = 1500  # characters over which the items of a list may stand behind the sentence that announces it


@dataclass(frozen=True)
class Statement:
    """Parts that say one incentive, with its context."""

    sentence: Sentence
    parts: tuple[Part, ...]
    before: tuple[Part, ...]  # earlier in the sentence
    previous: tuple[Part, ...]  # the sentence before, or the one that announces the list

    @cached_property
    def text(self) -> str:
        """The words of the statement."""
        return "".join(part.text for part in self.parts)

    @property
    def start(self) -> int:
        """Offset of its first character."""
        return self.parts[0].start

    def mentions(self, part: Part) -> list[StatedNumber]:
        """The numbers of one of its parts."""
        return [StatedNumber(quantity, part, self.sentence, self) for quantity in part.quantities]

    def gives(self) -> bool:
        """Whether it has a word of giving money, a share, a right or a rank."""
        if any(part.tagged("give", "grant") for part in self.parts) or self.goes_on() or self.announced():
            return True
        dimensions = {number.dimension for part in self.parts for number in part.quantities}
        if dimensions.isdisjoint(("money", "percent", "ratio")):
            return False
        # 最高支持300万元: 支持 alone is no word of giving
        return patterns.GIVES_NUMBER.find(self.text) is not None

    def announced(self) -> bool:
        """Whether a heading (三、奖励标准) or the question that it answers (问：补助多少？) says that it is given."""
        asked = self.previous and self.previous[-1].text.endswith(("？", "?"))
        if asked and self.sentence.text.startswith(("答", "A：")) and any(map(states, self.previous)):
            return True
        headed = any(patterns.STANDARD.find(heading) for heading in self.sentence.headings[-1:])
        return headed and patterns.GOES_ON.find(self.text.strip()) is not None

    def goes_on(self) -> bool:
        """Whether it has no word of giving of its own and goes on with what the words before it give.

        新认定的奖励30万元/家；重新认定的10万元/家；最高不超过100万元。
        """
        if not any(part.quantities for part in self.parts):
            return False
        announced = any(part.text.endswith("：") for part in self.before) and any(map(states, self.before))
        if announced and patterns.BOUNDED_SUM.find(self.text):
            return True  # 按30%予以资助：通过初审的，最高50万元；通过终审的，最高80万元
        return patterns.GOES_ON.find(self.text) is not None and any(map(states, self.before or self.previous))

    def says(self) -> bool:
        """Whether any of its words give; lending (可申请不超过60万元的信用贷款) needs no word of giving."""
        lends = patterns.MAY_BORROW.find(self.text) is not None
        return lends or any(map(states, self.parts)) or self.goes_on() or self.announced()

    def quote(self, start: int, end: int) -> str:
        """The words of the sentence between two offsets of the document."""
        return self.sentence.text[start - self.sentence.start : end - self.sentence.start]


@dataclass(frozen=True, slots=True)
class StatedNumber(Mention):
    """A number of a statement, which may be given or asked for."""

    statement: Statement

    def since(self, other: StatedNumber | None) -> str:
        """The words of the statement from another number to this one; none where there is no other."""
        if other is None:
            return ""
        start = self.statement.start
        return self.statement.text[other.quantity.end - start : self.quantity.start - start]

    def bound(self, comparator: Comparator) -> StatedNumber:
        """The same number bound otherwise."""
        return replace(self, quantity=replace(self.quantity, comparator=comparator))


def statements(found: Sequence[Sentence]) -> Iterator[Statement]:
    """All statements in order; sentences that threaten a penalty have none."""
    before: Sentence | None = None
    lead: Sentence | None = None
    for sentence in found:
        previous = before.parts if before and before.clause is sentence.clause else ()
        if lead and _announces(lead, sentence):
            previous = lead.parts
        if sentence.text.rstrip().endswith(("：", ":")) or _heads_table(sentence):
            lead = sentence
        before = sentence
        if not sentence.says("penalty"):
            yield from _divide(sentence, previous)


def _announces(lead: Sentence, sentence: Sentence) -> bool:
    """Whether ``sentence`` is an item of the list that ``lead`` (…按照下列规定给予奖励：) announces."""
    item = NUMBERING.regex.match(sentence.text) or (_heads_table(lead) and patterns.GOES_ON.find(sentence.text.strip()))
    return bool(item) and 0 < sentence.start - lead.end < LIST_REACH


def _heads_table(sentence: Sentence) -> bool:
    """A line that is the head of a table of incentives: 序号 奖励事项 奖励标准."""
    return patterns.STANDARD.find(sentence.text.strip()) is not None


def _divide(sentence: Sentence, previous: tuple[Part, ...]) -> Iterator[Statement]:
    parts, begin = sentence.parts, 0
    for at, part in enumerate(parts):
        if at and (part.opens or patterns.OPENING.find(part.text)):
            piece = Statement(sentence, parts[begin:at], parts[:begin], previous)
            begin = at
            if piece.says():
                yield piece
    yield Statement(sentence, parts[begin:], parts[:begin], previous)


def states(part: Part) -> bool:
    """Whether the part has any word of giving, as verb or noun."""
    said = (patterns.STATED, patterns.SHARE_GOES_TO, patterns.TURNED_TO_SHARES)
    return bool(part.tagged("give", "grant")) or any(pattern.find(part.text) for pattern in said)


def is_threshold(number: Mention) -> bool:
    """Whether a sum of money qualifies, or bounds what qualifies, and is not given itself."""
    before, rest, comparator = number.before, number.behind, number.quantity.comparator
    if patterns.BEYOND.find(rest) or comparator is Comparator.LT or _is_step(number):
        return True
    if comparator in (Comparator.GE, Comparator.GT):
        if not patterns.GIVEN_JUST_BEFORE.find(before):
            return True
        return rest.startswith("的") and not patterns.GIVEN_BEHIND.find(rest)
    if _given_before(number):
        return patterns.TIER_AFTER.find(rest) is not None
    if patterns.GIVEN_BEHIND.find(rest):
        return False
    if patterns.QUALIFIES_AFTER.find(rest):
        return True
    if comparator not in LIMITING and patterns.QUALIFIES_BEFORE.find(before):
        return True
    if number.quantity.quote.endswith("以下") and before.endswith("以上"):
        return True  # 100万元以上500万元以下奖励1万元
    if patterns.STATED.find(before) or (comparator in LIMITING and not number.quantity.quote.endswith("以下")):
        return False
    return patterns.MEASURED_BEFORE.find(before) is not None  # 合同额500万元，补贴2%


def _is_step(number: Mention) -> bool:
    """Whether a sum is one of several to be reached: 突破1亿元、5亿元、10亿元的企业 · 突破10亿元、50亿元的，."""
    quantity, rest = number.quantity, number.behind
    if rest[:1] in "、/" and quantity.comparator not in LIMITING:
        following = next((each for each in number.part.quantities if each.start == quantity.end + 1), None)
        if following and is_threshold(replace(number, quantity=following)):
            return True
    return rest.endswith("的，") and not patterns.STATED.find(number.before + rest)


def is_required_share(number: Mention) -> bool:
    """Whether a share qualifies: 占比3%以上的部分 · 比例达到百分之一的，可以享受… · 增长10%以上，给予…."""
    before, rest, part = number.before, number.behind, number.part
    if patterns.BEYOND.find(rest) or rest.startswith("的，"):
        return True
    if patterns.BASE_BEHIND.find(rest):
        return False  # 可获得不低于90%的转让收益
    given = bool(_giving(part))
    if refused.BOUNDED_BEHIND.find(rest) or (part.text.endswith("的，") and not given):
        return True
    if _given_before(number) or patterns.GIVEN_BEHIND.find(rest):
        return False
    if refused.BOUNDED_RATE.find(before):
        return True
    if not given and rest.startswith("的") and patterns.OPENING.find(part.text):
        return True  # 对超过1%且小于3%的不良贷款
    if number.quantity.comparator not in (Comparator.GE, Comparator.GT, Comparator.LT):
        return False
    if patterns.QUALIFIES_AFTER.find(rest):
        return True
    if not rest.strip("，；、") and (not before or before.endswith("、")):
        return True  # 4%≤占比<5%、5%以上，: a bare bound is a step
    return refused.SHARE_NAMED_BEHIND.find(rest) is not None  # 3%≤占比<4%


def _given_before(number: Mention) -> bool:
    """Whether a word of giving stands before the number or inside it (最高补助300万元)."""
    return bool(patterns.STATED.find(number.quantity.quote) or _giving(number.part, before=number.quantity.start))


def _giving(part: Part, before: int | None = None) -> list[Token]:
    """The words of giving of a part; in 加计扣除额 and 研发费用加计扣除的企业 nothing is given."""
    return [
        token
        for token in part.tagged("give", "grant", before=before)
        if not (token.word.endswith("扣除") and part.text[token.end - part.start :][:1] in "额的研费基金数")
    ]


def refusal(number: StatedNumber) -> str | None:
    """The id of the rule by which ``number`` has no part in what is given, or None."""
    if number.enclosure and not _stated_in_bracket(number):
        return "incentive.refused.bracketed"
    name = _by_pattern(number) or _by_place(number)
    return f"incentive.refused.{name}" if name else None


def _by_pattern(number: StatedNumber) -> str | None:
    """What the words of the part just before or behind the number say of it."""
    before, rest, dimension = number.before, number.behind, number.quantity.dimension
    of_sums = refused.RULES_SUM_BEFORE if dimension == "money" else ()
    if name := _first(before, (*refused.RULES_BEFORE, *of_sums)):
        return name
    if refused.MULTIPLE_OF.find(rest):
        return "step"
    if refused.MODEL_BEFORE.find(before) and refused.MODEL_BEHIND.find(rest):
        return "model"
    if dimension in ("percent", "ratio"):
        if name := _first(before, refused.RULES_SHARE_BEFORE) or _first(rest, refused.RULES_SHARE_BEHIND):
            return name
        if refused.INSTITUTION.find(before) and refused.DIVIDED.find(number.statement.text):
            return "institution"
    return "price" if dimension == "money" and refused.PRICED.find(rest) else None


def _first(words: str, rules: Sequence[tuple[str, Pattern]]) -> str | None:
    """The name of the first rule whose pattern hits."""
    return next((name for name, pattern in rules if pattern.find(words)), None)


def _by_place(number: StatedNumber) -> str | None:
    """What the rest of the statement says of the number: who pays, who gets nothing, that money is only set aside."""
    before, part, statement = number.before, number.part, number.statement
    if part is not statement.parts[0] and refused.PAYERS_PART.find(before):
        return "payer"
    if _excluded(part, statement):
        return "exclusion"
    behind = refused.FUND_BEHIND.find(number.behind) and refused.SET_ASIDE_BEFORE.find(before)
    funded = number.quantity.dimension == "money" and (behind or refused.FUND_BEFORE.find(before))
    return "fund" if funded and not _for_somebody(part, statement) else None


def _stated_in_bracket(number: Mention) -> bool:
    """Whether the bracket around the number says how much is given: 给予奖励（最高不超过50万元）."""
    part, opened = number.part, number.before.rfind("（")
    if opened < 0 or refused.STATED_IN_BRACKET.find(number.before[opened + 1 :] + number.quantity.quote):
        return opened >= 0
    first = all(each.start >= part.start + opened for each in part.quantities)  # no sum that the bracket explains
    return first and refused.INCENTIVE_AT_END.find(part.text[:opened]) is not None and not is_threshold(number)


def _excluded(part: Part, statement: Statement) -> bool:
    """Whether who falls under the number gets nothing: 低于1万元的，不享受."""
    index = statement.parts.index(part)
    several = statement.parts[index : index + 2] if part.text.endswith("的，") else (part,)
    return any(refused.DENIED.find(each.text) for each in several)


def _for_somebody(part: Part, statement: Statement) -> bool:
    """Whether the statement says for whom (对…， 给予…), so that money set aside is money given."""
    return bool(part.tagged("grant")) or any(
        patterns.OPENING.find(each.text)
        or each.text.endswith("的，")
        or any(token.word == "给予" for token in each.tagged("give"))
        for each in statement.parts
        if each.start <= part.start
    )
