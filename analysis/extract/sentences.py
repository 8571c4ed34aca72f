"""Clauses into sentences and parts, with the typed tokens and the quantities of each.

A part is the stretch between commas: the smallest piece that says one thing. A list of counts
(登记机构25家、示范机构40家) is divided behind each count, since every item is a statement of its own.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from analysis.extract import target_patterns as patterns
from analysis.model import Clause, Comparator, Document, Quantity
from analysis.tokenise import Token, tokens

# No sentence of a policy is as long, holds as many numbers or is parted as often: at most 21 of either in all texts at
# hand. What goes beyond is cut, so that reading a text without full stops stays linear in its length.
LONGEST_SENTENCE, MOST_NUMBERS, MOST_PARTS = 800, 40, 60
COUNTED = ("count", "money", "percent", "points", "multiple", "area", "index", "rank")
LIMITING = (Comparator.LE, Comparator.LT)


#: Outermost stretches inside brackets, titles and names: starts and ends, ascending, that do not overlap.
Enclosed = tuple[tuple[int, ...], tuple[int, ...]]


@dataclass(frozen=True, slots=True)
class Part:
    """Words between two commas; offsets into the cleaned text of the document."""

    text: str
    start: int
    end: int
    tokens: tuple[Token, ...]
    known: tuple[Token, ...]  # those of the tokens that have a tag
    quantities: tuple[Quantity, ...]
    opens: bool = False  # first part behind ； or at the head of the sentence

    def tagged(self, *tags: str, before: int | None = None, after: int | None = None) -> list[Token]:
        """Tokens with one of ``tags``, optionally ending by ``before`` or starting from ``after``."""
        return [
            token
            for token in self.known
            if token.tag in tags and (before is None or token.end <= before) and (after is None or token.start >= after)
        ]


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence with its parts and the headings above it."""

    clause: Clause
    headings: tuple[str, ...]  # from the top down to the clause's own
    text: str
    start: int
    end: int
    paragraph: int  # where its paragraph starts
    parts: tuple[Part, ...]
    enclosed: Enclosed = ((), ())  # where the text stands inside brackets and names

    def says(self, *tags: str) -> bool:
        """Whether any of its tokens has one of ``tags``."""
        return any(part.tagged(*tags) for part in self.parts)


@dataclass(frozen=True, slots=True)
class Mention:
    """A number in the words around it."""

    quantity: Quantity
    part: Part
    sentence: Sentence

    @property
    def before(self) -> str:
        """The words of its part before the number."""
        return self.part.text[: self.quantity.start - self.part.start]

    @property
    def behind(self) -> str:
        """The words of its part behind the number."""
        return self.part.text[self.quantity.end - self.part.start :]

    @property
    def enclosure(self) -> str:
        """The mark that opens the bracket, title or name that the number stands in; "" where it stands in none."""
        starts, place = self.sentence.enclosed[0], self.quantity.start - self.sentence.start
        enclosed = inside(self.sentence.enclosed, place)
        return self.sentence.text[starts[bisect_left(starts, place) - 1]] if enclosed else ""

    @property
    def part_before(self) -> Part | None:
        """The part before its own; None where that is the first of the sentence."""
        index = self.sentence.parts.index(self.part)
        return self.sentence.parts[index - 1] if index else None

    def alike(self) -> list[Mention]:
        """The numbers of its part that are of its kind, itself among them."""
        same = (each for each in self.part.quantities if each.dimension == self.quantity.dimension)
        return [Mention(each, self.part, self.sentence) for each in same]

    def later(self) -> list[Quantity]:
        """The numbers of its part that stand behind it."""
        return [each for each in self.part.quantities if each.start > self.quantity.end]

    def tagged_before(self, *tags: str) -> list[Token]:
        """Tokens of its part with one of ``tags`` before the number."""
        return self.part.tagged(*tags, before=self.quantity.start)

    def tagged_behind(self, *tags: str) -> list[Token]:
        """Tokens of its part with one of ``tags`` behind the number."""
        return self.part.tagged(*tags, after=self.quantity.end)


_PAIRS = {"）": "（", ")": "(", "》": "《", "”": "“", "】": "【", "〕": "〔", "」": "「"}
_ENCLOSING = re.compile(r"[（）()《》“”【】〔〕「」]")
LONGEST_NAME = 24  # a longer stretch in quotation marks is speech, and no name


def enclosing(text: str) -> Enclosed:
    """Where ``text`` stands inside brackets, titles and short quotation marks.

    A mark without its partner encloses nothing, nor do brackets around whole sentences; speech is no name.
    """
    if not _ENCLOSING.search(text):
        return (), ()
    stops = [match.start() for match in re.finditer("。", text)]
    found: list[tuple[int, int]] = []
    stack: list[tuple[str, int]] = []
    waiting: Counter[str] = Counter()
    for match in _ENCLOSING.finditer(text):
        mark, place = match.group(), match.start()
        opening = _PAIRS.get(mark)
        if opening is None:
            stack.append((mark, place))
            waiting[mark] += 1
        while opening and waiting[opening]:
            kind, start = stack.pop()
            waiting[kind] -= 1
            if kind == opening:
                speech = kind == "“" and (place - start > LONGEST_NAME or "，" in text[start:place])
                inner = bisect_left(stops, start)
                whole = inner < len(stops) and stops[inner] < place - 1
                found += () if speech or whole else ((start, place),)
                break
    outermost: list[tuple[int, int]] = []
    for start, end in sorted(found):
        if not outermost or start > outermost[-1][1]:
            outermost.append((start, end))
    return tuple(start for start, _ in outermost), tuple(end for _, end in outermost)


def inside(enclosed: Enclosed, place: int) -> bool:
    """Whether ``place`` lies inside one of the stretches."""
    starts, ends = enclosed
    at = bisect_left(starts, place) - 1
    return at >= 0 and place < ends[at]


def sentences(document: Document, clauses: Sequence[Clause], numbers: Sequence[Quantity]) -> tuple[Sentence, ...]:
    """All sentences that hold a quantity or a word of giving; others say nothing that can be extracted."""
    found: list[Sentence] = []
    starts, ends = [number.start for number in numbers], [number.end for number in numbers]
    for chain in chains(clauses):
        clause, headings = chain[-1], tuple(above.heading for above in chain)
        for start, end, paragraph in _bounds(document.text, clause, ends):
            within = numbers[bisect_left(starts, start) : bisect_right(ends, end)]
            text = document.text[start:end]
            if within or patterns.WORTH_READING.find(text):
                enclosed = enclosing(text)
                parts = _parts(text, start, within, enclosed)
                found.append(Sentence(clause, headings, text, start, end, paragraph, parts, enclosed))
    return tuple(found)


def chains(clauses: Sequence[Clause]) -> Iterator[list[Clause]]:
    """Each clause behind those above it. Run-in headings (level 4) hang below the numbered clause before them."""
    stack: list[Clause] = []
    for clause in clauses:
        stack = [*(above for above in stack if above.level < clause.level), clause]
        yield stack


def _bounds(text: str, clause: Clause, ends: Sequence[int]) -> Iterator[tuple[int, int, int]]:
    """(start, end, start of the paragraph) of each sentence of the clause; ``ends`` of the numbers of ``text``."""
    paragraph = clause.start
    while paragraph < clause.end:
        newline = text.find("\n", paragraph, clause.end)
        stop = clause.end if newline < 0 else newline
        words = text[paragraph:stop]
        enclosed = enclosing(words)
        start = paragraph
        for match in re.finditer(r"[。！？!?]", words):
            position = paragraph + match.end()
            if not inside(enclosed, match.start()) and position > start:
                for low, high in _pieces(text, start, position, ends):
                    yield low, high, paragraph
                start = position
        for low, high in _pieces(text, start, stop, ends):
            yield low, high, paragraph
        paragraph = stop + 1


def _pieces(text: str, start: int, end: int, ends: Sequence[int]) -> Iterator[tuple[int, int]]:
    """The span itself or, where it holds more than a sentence can, pieces that end behind a mark or a number."""
    while (most := _furthest(text, start, end, ends)) < end:
        behind = max(text.rfind(mark, start, most) for mark in "；，、") + 1
        cut = behind or most
        yield start, cut
        start = cut
    if start < end:
        yield start, end


def _furthest(text: str, start: int, end: int, ends: Sequence[int]) -> int:
    """The furthest place at which a sentence that begins at ``start`` may end."""
    most = min(end, start + LONGEST_SENTENCE)
    last = bisect_right(ends, start) + MOST_NUMBERS - 1
    if last + 1 < len(ends) and ends[last] < most:
        most = ends[last] + (text[ends[last]] in "；，、")
    if most - start > MOST_PARTS:
        marks = list(islice(_PARTING.finditer(text, start, most), MOST_PARTS))
        most = marks[-1].end() if len(marks) == MOST_PARTS else most
    return most


def _parts(text: str, start: int, numbers: Sequence[Quantity], enclosed: Enclosed) -> tuple[Part, ...]:
    words = tokens(text, start)
    # Who reports it (某某网讯, 本报讯（记者…）) is a part only with a number (3月23日讯), so that it names nothing.
    reported = patterns.NEWS_LEAD.regex.match(text)
    lead = reported.end() if reported and reported.end() < len(text) else 0
    cuts = [lead, *(cut for cut in _cuts(text, start, numbers, enclosed) if cut > lead)]
    found: list[Part] = []
    of_words, of_numbers = [token.start for token in words], [number.start for number in numbers]
    opens = True
    for low, high in zip([0, *cuts], [*cuts, len(text)], strict=True):
        begin, end = start + low, start + high
        own = words[bisect_left(of_words, begin) : bisect_left(of_words, end)]
        counted = tuple(numbers[bisect_left(of_numbers, begin) : bisect_left(of_numbers, end)])
        if low < high and (counted or high != lead):
            known = tuple(token for token in own if token.tag)
            found.append(Part(text[low:high], begin, end, own, known, counted, opens))
            opens = text[high - 1] in "；;" or high == lead
    return tuple(found)


# The last but one is the space between the cells of a row; the one behind 第一条 is none.
_PARTING = re.compile(
    r"[，；;：]|(?<!\d)[,:]|[,:](?!\d)"
    r"|(?<=[\u3400-\u9fff）])(?<![编章节条]) (?=[\u3400-\u9fff])|(?=(?:19|20)\d\d年)"
)
_MARKS = re.compile(f"、|{_PARTING.pattern}")


def _cuts(text: str, start: int, numbers: Sequence[Quantity], enclosed: Enclosed) -> list[int]:
    """Where parts begin: behind ，；： outside brackets, behind 、 between counts, before a year glued to a number,
    and behind the space between two cells of a row."""
    ends = {number.end - start: number for number in numbers}
    starts = {number.start - start: number for number in numbers}
    cuts: list[int] = []
    for match in _MARKS.finditer(text):
        mark, position = match.group(), match.end()
        if not mark:
            if position in ends and position in starts:
                cuts.append(position)
        elif 0 < position < len(text) and not inside(enclosed, match.start()):
            part = text[cuts[-1] if cuts else 0 : position]
            if mark != "、" or _divides(part, ends.get(position - 1), starts.get(position)):
                cuts.append(position)
    return cuts


def _divides(part: str, before: Quantity | None, after: Quantity | None) -> bool:
    """Whether a 、 ends a statement: 25家、示范机构40家 and 10家中心、20家基地 do; 10亿元、50亿元 and 分别… do not."""
    if "分别" in part or "分別" in part or (before is None and after is None):
        return False
    return before is None or after is None or before.dimension != after.dimension
