"""Text -> clauses: every stretch of text with the heading it stands under.

Clauses tile the text. A new one starts at every line that opens with a numbered heading, and where a section has
several dash items (——坚持…) or paragraphs that open with a short sentence used as a heading (完善市场功能。…), at each.
What comes before the first heading (title, document number, letter) is a clause of level 0; so is what a letter
sends, every enclosure (附件) up to its first heading, and a signature, so that a covering letter never shares a clause
with what it covers and numbering starts anew behind it. The questions of a page with answers are headings as well.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from analysis.corpus.document_parts import closing_bodies, parts
from analysis.corpus.headings_and_days import ANSWER, MARKER, QUESTION, ordinal
from analysis.corpus.headlines import head_lines, titles
from analysis.model import Clause, Document

# Rank in the hierarchy: a heading closes all open ones of its own or a higher rank.
_RANKS = {
    "part": 0,
    "chapter": 1,
    "chinese": 1,
    "section": 2,
    "article": 3,
    "bracketed": 4,
    "arabic": 5,
    "arabic_bracketed": 6,
    "circled": 8,
}
_LEVELS = {"part": 1, "chapter": 1, "chinese": 1, "section": 2, "article": 2, "bracketed": 2, "arabic": 3}
_RUN_IN_RANK = 7
_QUESTION_RANK = 3  # an answer may hold lists
_BARE = re.compile(r"[（(）)、.．\s]+")
_FIRST_SENTENCE = re.compile(r"([^。；：！？:]{2,40})[。：:](?=.)")
_RUN_IN = re.compile(
    r"(?!各|对|到|其|该|本|在|为|凡|经|因|由|从|按|以上|上述|前款|有下列|根据|依照|不得|同时|此外|[^。]{0,12}(?:应当|应予|必须|可以|给予))"
    r"([\u3400-\u9fff“”、（）]{4,32}(?:，[\u3400-\u9fff“”、（）]{4,16})?)。(?=[^\n]{8})"
)
_DASH = re.compile(r"——([^。；：，\n]{2,20}(?:，[^。；：\n]{2,16})?)[。：；，]")
_ITEM_ENDS = ("；", "。", "，", "、", "：")


@dataclass(frozen=True, slots=True)
class Gap:
    """Numbers missing between two headings that follow each other. ``missing`` as they would be written."""

    before: Clause
    after: Clause
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Opening:
    start: int
    rank: int | None  # None: level 0
    level: int
    number: str | None
    heading: str


def segment(document: Document) -> tuple[Clause, ...]:
    """The clauses of a document, in order; joined they give back its text. An empty text has none."""
    text = document.text
    if not text:
        return ()
    openings = _openings(text)
    _part_closing_words(text, openings)
    if not openings or openings[0].start > 0:
        openings.insert(0, _Opening(0, None, 0, None, _first_heading(text[: openings[0].start] if openings else text)))
    clauses: list[Clause] = []
    path: list[tuple[int, str]] = []
    ends = [opening.start for opening in openings[1:]] + [len(text)]
    spans = [(opening.start, end) for opening, end in zip(openings, ends, strict=True)]
    bodies = closing_bodies([text[start:end] for start, end in spans])
    for index, (opening, (start, end)) in enumerate(zip(openings, spans, strict=True)):
        if opening.rank is None:
            path = []
        else:
            path = [step for step in path if step[0] < opening.rank]
            if opening.number is not None:
                path.append((opening.rank, opening.number))
        clauses.append(
            Clause(
                document=document.id,
                index=index,
                path="/".join(number for _, number in path),
                level=opening.level,
                number=opening.number,
                heading=opening.heading,
                text=text[start:end],
                start=start,
                end=end,
                bodies=bodies[index],
            )
        )
    return tuple(clauses)


def _first_heading(head: str) -> str:
    """What the words before the first heading are called: their title, else their first line."""
    lines = head.split("\n")
    named = titles(head_lines(lines))
    heading = named[0][2] if named else lines[0]
    return heading if len(heading) <= 60 else ""


def _openings(text: str) -> list[_Opening]:
    """Where clauses start, with what is known from the line that opens them."""
    found: list[_Opening] = []
    articles = False  # inside 第X条, paragraphs are 款 and never run-in headings
    numbered = False
    start = 0
    rows = text.split("\n")
    apart = parts(rows)
    answered = any(ANSWER.match(line) for line in rows)
    for row, line in enumerate(rows):
        marker = None if row in apart.listed else MARKER.match(line)
        question = QUESTION.match(line) if answered else None
        if row in apart.starts:
            found.append(_Opening(start, None, 0, None, apart.starts[row]))
            articles = numbered = False
        elif marker and marker.lastgroup:
            kind = marker.lastgroup
            if kind == "chinese" and articles and line.endswith(_ITEM_ENDS):
                kind = "bracketed"  # older statutes number the items of an article 一、 二、
            articles = kind == "article" or (articles and kind not in ("chapter", "chinese", "part"))
            numbered = True
            level = _LEVELS.get(kind, 4) + (articles and kind in ("bracketed", "arabic"))
            rest = line[marker.end() :]
            asked = QUESTION.match(rest) if answered else None
            heading = _heading(rest[asked.end() if asked else 0 :], kind, articles)
            number = _number(marker.lastgroup, marker.group())
            found.append(_Opening(start, _RANKS[kind], level, number, heading))
        elif question:
            heading = line[question.end() :].rstrip("？?。")
            found.append(_Opening(start, _QUESTION_RANK, 4, None, heading if len(heading) <= 60 else ""))
            articles = numbered = False
        elif articles and line and found[-1].number and (found[-1].rank or 0) >= _RANKS["bracketed"]:
            found.append(_Opening(start, _RANKS["bracketed"], 3, None, ""))  # 款 after a list of （一）（二）
        elif numbered and not articles:
            run_in = _DASH.match(line) or _RUN_IN.match(line)
            if run_in:
                found.append(_Opening(start, _RUN_IN_RANK, 4, None, run_in.group(1)))
        start += len(line) + 1
    return _without_only_children(found)


def _without_only_children(openings: list[_Opening]) -> list[_Opening]:
    """Drop a run-in heading that has no sister below its numbered heading: it is a topic sentence."""
    kept: list[_Opening] = []
    for number, opening in enumerate(openings):
        before = kept[-1] if kept else None
        after = openings[number + 1] if number + 1 < len(openings) else None
        sisters = any(other is not None and other.rank == _RUN_IN_RANK for other in (before, after))
        if opening.rank != _RUN_IN_RANK or sisters:
            kept.append(opening)
    return kept


def _part_closing_words(text: str, openings: list[_Opening]) -> None:
    """What follows the responsible bodies of the last clause belongs to the whole text, not to that clause."""
    signed = 1 if len(openings) > 1 and openings[-1].rank is None and not openings[-1].heading else 0
    last = openings[-1 - signed] if openings else None
    if last is None or last.number is None:
        return
    start, end = last.start, openings[-1].start if signed else len(text)
    for line in text[start:end].removesuffix("\n").split("\n")[:-1]:
        start += len(line) + 1
        if start < end and closing_bodies([line])[0]:
            openings.insert(len(openings) - signed, _Opening(start, None, 0, None, ""))
            return


def _number(kind: str, marker: str) -> str:
    """The number as it is cited: 一, （四）, 1, 第三条."""
    if kind in ("bracketed", "arabic_bracketed"):
        return f"（{_BARE.sub('', marker)}）"
    return _BARE.sub("", marker)


def _heading(rest: str, kind: str, articles: bool) -> str:
    """The heading in what follows a number on its line; empty where the line is running text.

    In statutes (第X条) full sentences follow the numbers, so that only a short opening counts there.
    """
    first = _FIRST_SENTENCE.match(rest)
    if first:
        heading = first.group(1).strip()
        if not articles or (kind != "article" and len(heading) <= 20 and "，" not in heading):
            return heading
        return ""
    bare = rest.strip()
    if bare.endswith(("；", ";", "。", "：", ":", "？", "！")):
        if articles or len(bare) > 41 or bare[-1] in "；;" or bare.count("，") > 1:
            return ""
        bare = bare[:-1]
    return bare if len(bare) <= 60 and not re.search("[。；;]", bare) else ""


def counts(clauses: tuple[Clause, ...]) -> tuple[int, int]:
    """Number of chapters (一、 or 第X章) and of articles: 第X条, else （一）, else 1. right below the chapters."""
    chapters = sum(clause.level == 1 and clause.number is not None for clause in clauses)
    numbers = [clause.number or "" for clause in clauses if clause.level in (2, 3)]
    statutes = sum(number.endswith(("条", "條")) for number in numbers)
    bracketed = sum(number.startswith("（") for number in numbers)
    return chapters, statutes or bracketed or sum(number.isdecimal() for number in numbers)


def gaps(clauses: tuple[Clause, ...]) -> tuple[Gap, ...]:
    """Numbers that are skipped. Numbering may start anew at 1 anywhere; only an upward jump is a gap."""
    found: list[Gap] = []
    last: dict[str, Clause] = {}
    for clause in clauses:
        if clause.level == 0:
            last.clear()
        if clause.number is None:
            continue
        kind = _kind(clause.number)
        before, value = last.get(kind), ordinal(clause.number) or 0
        last[kind] = clause
        if before is None or before.number is None:
            continue
        previous = ordinal(before.number) or 0
        if previous + 1 < value <= previous + 20:
            missing = tuple(_written(clause.number, number) for number in range(previous + 1, value))
            found.append(Gap(before, clause, missing))
    return tuple(found)


def _kind(number: str) -> str:
    """What series a number belongs to: its look with the digits taken out."""
    return re.sub(r"[〇零一二三四五六七八九十百]+", "一", re.sub(r"\d+", "1", number))


def _written(like: str, value: int) -> str:
    """``value`` in the style of the heading number ``like``."""
    if re.search(r"\d", like):
        return re.sub(r"\d+", str(value), like)
    return re.sub(r"[〇零一二三四五六七八九十百]+", _chinese(value), like, count=1)


def _chinese(value: int) -> str:
    digits = "零一二三四五六七八九"
    hundreds, rest = divmod(value, 100)
    tens, ones = divmod(rest, 10)
    if hundreds:
        middle = f"{digits[tens]}十" if tens else "零" if ones else ""
        return f"{digits[hundreds]}百{middle}{digits[ones] if ones else ''}"
    if not tens:
        return digits[ones]
    return f"{digits[tens] if tens > 1 else ''}十{digits[ones] if ones else ''}"
