"""Sentences into statements: the stretches that say one incentive each.

A statement runs from 对… (or the head of the sentence, or behind ；) to the next 对… or ；. What stands before it in
the sentence, and the sentence before, is context: it may say who and when, and gives nothing itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from analysis.extract import incentive_patterns as patterns
from analysis.extract.sentences import Part, Sentence
from analysis.extract.target_patterns import NUMBERING

LIST_REACH = 1500  # characters over which the items of a list may stand behind the sentence that announces it


@dataclass(frozen=True, slots=True)
class Statement:
    """Parts that say one incentive, with its context."""

    sentence: Sentence
    parts: tuple[Part, ...]
    before: tuple[Part, ...]  # earlier in the sentence
    previous: tuple[Part, ...]  # the sentence before, or the one that announces the list

    @property
    def text(self) -> str:
        """The words of the statement."""
        return "".join(part.text for part in self.parts)

    @property
    def start(self) -> int:
        """Offset of its first character."""
        return self.parts[0].start

    def gives(self) -> bool:
        """Whether it has a word of giving money, a share, a right or a rank."""
        if any(part.tagged("give", "grant") for part in self.parts) or goes_on(self.parts, self.before, self.previous):
            return True
        if self.announced():
            return True
        dimensions = {number.dimension for part in self.parts for number in part.quantities}
        if dimensions.isdisjoint(("money", "percent", "ratio")):
            return False
        # 最高支持300万元: 支持 alone is no word of giving
        return patterns.GIVES_NUMBER.find(self.text) is not None

    def announced(self) -> bool:
        """Whether a heading (三、奖励标准) or the question that it answers (问：补助多少？) says that it is given."""
        return _announced(self.parts, self.sentence, self.previous)

    def quote(self, start: int, end: int) -> str:
        """The words of the sentence between two offsets of the document."""
        return self.sentence.text[start - self.sentence.start : end - self.sentence.start]


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
        if not any(part.tagged("penalty") for part in sentence.parts):
            yield from _divide(sentence, previous)


def _announces(lead: Sentence, sentence: Sentence) -> bool:
    """Whether ``sentence`` is an item of the list that ``lead`` (…按照下列规定给予奖励：) announces."""
    item = NUMBERING.regex.match(sentence.text)
    row = _heads_table(lead) and patterns.GOES_ON.find(sentence.text.strip()) is not None
    return (item is not None or row) and 0 < sentence.start - lead.end < LIST_REACH


def _heads_table(sentence: Sentence) -> bool:
    """A line that is the head of a table of incentives: 序号 奖励事项 奖励标准."""
    return patterns.STANDARD.find(sentence.text.strip()) is not None


def _announced(parts: Sequence[Part], sentence: Sentence, previous: Sequence[Part]) -> bool:
    """Whether a heading or a question before says that the numbers of ``parts`` are given."""
    text = "".join(part.text for part in parts)
    asked = "".join(part.text for part in previous)
    if (
        sentence.text.startswith(("答", "A："))
        and asked.endswith(("？", "?"))
        and any(states(part) for part in previous)
    ):
        return True
    headed = any(patterns.STANDARD.find(heading) for heading in sentence.headings[-1:])
    return headed and patterns.GOES_ON.find(text.strip()) is not None


def _divide(sentence: Sentence, previous: tuple[Part, ...]) -> Iterator[Statement]:
    current: list[Part] = []
    done: list[Part] = []
    for part in sentence.parts:
        if current and (part.opens or patterns.OPENING.find(part.text)):
            said = any(states(piece) for piece in current) or goes_on(current, done, previous) or _lends(current)
            if said or _announced(current, sentence, previous):
                yield Statement(sentence, tuple(current), tuple(done), previous)
            done += current
            current = []
        current.append(part)
    yield Statement(sentence, tuple(current), tuple(done), previous)


def _lends(parts: Sequence[Part]) -> bool:
    """可申请不超过60万元的信用贷款: lending needs no word of giving."""
    return patterns.MAY_BORROW.find("".join(part.text for part in parts)) is not None


def states(part: Part) -> bool:
    """Whether the part has any word of giving, as verb or noun."""
    if part.tagged("give", "grant") or patterns.STATED.find(part.text):
        return True
    return any(pattern.find(part.text) is not None for pattern in (patterns.SHARE_GOES_TO, patterns.TURNED_TO_SHARES))


def goes_on(parts: Sequence[Part], before: Sequence[Part], previous: Sequence[Part]) -> bool:
    """Whether a piece with no word of giving of its own goes on with what the words before it give.

    新认定的奖励30万元/家；重新认定的10万元/家；最高不超过100万元。
    """
    if not any(part.quantities for part in parts):
        return False
    text = "".join(part.text for part in parts)
    announced = any(part.text.endswith("：") for part in before) and any(states(part) for part in before)
    if announced and patterns.BOUNDED_SUM.find(text):
        return True  # 按30%予以资助：通过初审的，最高50万元；通过终审的，最高80万元
    if not patterns.GOES_ON.find(text):
        return False
    return any(states(part) for part in (*before, *(() if before else previous)))
