"""References that find their article, though not what they say of it: its paragraph, its subject, its kind of text.

本办法第五条第三款 where the article has two paragraphs; 第十二条规定的公示程序 where others speak of 公示, not that
one; 本条例 in a text that calls itself 规定.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from analysis.corpus.headings_and_days import ordinal
from analysis.lint.cited_articles import ARTICLE
from analysis.lint.draft import Draft
from analysis.lint.findings import Found, Severity
from analysis.lint.lines import Line, Role, Style
from analysis.lint.passages import in_table

_SAID = re.compile(
    r"(?:规定|所列|确定|明确)的?(?P<what>[\u3400-\u9fff]{2,8}?)(?P<of>程序|条件|标准|期限|材料|方式|比例|范围|情形|流程)(?![\u3400-\u9fff]{0,1}[》”])"
)
_NO_SUBJECT = re.compile(
    "上述|下列|有关|相关|其他|各项|前款|具体|相应|同等|该项|申请人|其中|规定|两种|三种|一种|条款|权限|期限|时间|职责|的"
)
_KINDS = "条例|办法|规定|细则|意见|方案|措施|规划|计划|政策|规则"
_OWN = re.compile(rf"本(?P<kind>{_KINDS})(?![的之]?(?:要求的|执行情况))")
_TITLE_KIND = re.compile(rf"(?P<kind>{_KINDS})(?:[（(][^（）()]*[）)])?$")
_OFTEN = 2  # times that a text must call itself by its own kind


@dataclass(frozen=True, slots=True)
class _Article:
    """An article of one part: its words, and how many paragraphs it has."""

    line: Line
    words: str
    paragraphs: int


def said_otherwise(draft: Draft) -> Iterator[Found]:
    """References that find their article but not what they say of it; a name of the text that is another's."""
    articles = _articles(draft)
    for line in draft.lines:
        of_part = articles.get(line.part, {})
        for match in ARTICLE.finditer(line.text):
            article = of_part.get(ordinal(match["article"]) or 0)
            if article is None or not match["own"]:
                continue
            yield from _paragraph(line, match, article)
            yield from _subject(line, match, article, of_part)
    yield from _other_names(draft)


def _articles(draft: Draft) -> Mapping[int, Mapping[int, _Article]]:
    """The articles of each part by their numbers; those of a repeated number are left out."""
    found: dict[int, dict[int, _Article]] = {}
    twice: set[tuple[int, int]] = set()
    lines: list[Line] = []
    for line in (*(each for each in draft.lines if each.role is not Role.BLANK), None):
        opens = line is not None and line.ordinal is not None and line.ordinal.style is Style.ARTICLE
        ends = line is None or opens or line.role is not Role.BODY or _above_articles(line)
        if lines and ends:
            first = lines[0]
            number = first.ordinal.value if first.ordinal else None
            if number is not None:
                if number in found.setdefault(first.part, {}):
                    twice.add((first.part, number))
                found[first.part][number] = _article(lines)
            lines = []
        if line is not None and (opens or (lines and line.role is Role.BODY)):
            lines.append(line)
    for part, number in twice:
        del found[part][number]
    return found


def _above_articles(line: Line) -> bool:
    """Whether a line opens a chapter or a part."""
    return line.ordinal is not None and line.ordinal.style.rank < Style.ARTICLE.rank


def _article(lines: Sequence[Line]) -> _Article:
    paragraphs = 1 + sum(each.ordinal is None and not in_table(each) for each in lines[1:])
    return _Article(lines[0], "\n".join(each.text for each in lines), paragraphs)


def _paragraph(line: Line, match: re.Match[str], article: _Article) -> Iterator[Found]:
    """第五条第三款 where the article has two paragraphs."""
    cited = ordinal(match["paragraph"]) if match["paragraph"] else None
    if cited is not None and cited > article.paragraphs:
        message = f"第{match['article']}条只有{article.paragraphs}款，没有第{match['paragraph']}款"
        place = (article.line.start, article.line.end)
        yield Found(*line.span(match), message, "核对后改正引用", (place,), severity=Severity.WARNING)


def _subject(line: Line, match: re.Match[str], article: _Article, every: Mapping[int, _Article]) -> Iterator[Found]:
    """第十二条规定的公示程序 where the article does not speak of 公示, though others do."""
    said = _SAID.match(line.text, match.end())
    if said is None or _NO_SUBJECT.search(said["what"]):
        return
    what = said["what"][-4:]
    others = [one for one in every.values() if one is not article and not _within(one, line)]
    meant = max(others, key=lambda one: one.words.count(what), default=article)
    if what in article.words or said["of"] in article.words or what not in meant.words:
        return
    other = meant.line
    cited = other.ordinal.cited if other.ordinal else ""
    start, end = line.start + match.start(), line.start + said.end()
    message = f"第{match['article']}条没有讲“{what}”，讲“{what}”的是{cited}"
    yield Found(start, end, message, "核对后改正引用", ((other.start, other.end),), severity=Severity.WARNING)


def _within(article: _Article, line: Line) -> bool:
    """Whether a line is part of an article."""
    return line.path.startswith(article.line.path) and line.part == article.line.part


def _other_names(draft: Draft) -> Iterator[Found]:
    """本条例 in a text that is called 规定 and calls itself so elsewhere."""
    for _, of_part in groupby(draft.lines, key=lambda line: line.part):  # parts follow each other
        lines = list(of_part)
        title = "".join(
            line.text for line in lines if line.role is Role.TITLE and not line.text.startswith(("（", "("))
        )
        named = _TITLE_KIND.search(title)
        if named is None:
            continue
        used = [(line, match) for line in lines if line.role is Role.BODY for match in _OWN.finditer(line.text)]
        often = Counter(match["kind"] for _, match in used)
        if often[named["kind"]] < _OFTEN:
            continue
        for line, match in used:
            rare = match["kind"] not in title and 3 * often[match["kind"]] <= often[named["kind"]]
            if rare and not re.search("“[^”]{0,60}$", line.text[: match.start()][-60:]):
                message = f"本文是“{named['kind']}”，此处自称“{match.group()}”"
                yield Found(*line.span(match), message, f"改为“本{named['kind']}”", severity=Severity.WARNING)
