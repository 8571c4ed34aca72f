"""Finds in a draft what a comment names: by number, by heading, or as title, opening and enclosure."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from analysis.consultation import reference_patterns as patterns
from analysis.consultation.comments import ConsultedDraft, DraftClause
from analysis.consultation.draft_clauses import OPENING, TITLE
from analysis.consultation.folded_words import folded
from analysis.consultation.references_in_comments import DraftNames, Reference, Step
from analysis.lint.lines import Style, ordinal_of

_TOP_UNITS = frozenset({"部分", "大部分", "大点", "大项", "大条", "大块", "板块", patterns.LEAD})
_PARAGRAPHS = frozenset({"段", "自然段", "段落", "小段"})
_LOWEST = frozenset({"款", "目"})
_WITHIN = frozenset({"项", "点", "小点", "小项", "小条"})
_SENTENCE = re.compile("[。；;]")
_TWO = 2
_TOP_ALSO = frozenset({"条", "点"})
_IGNORED = frozenset({"句", "句话", "行"})
_STYLES = {  # which series of numbers a unit means where nothing stands in front of it, the likeliest first
    "编": (Style.PART,),
    "篇": (Style.PART,),
    "章": (Style.CHAPTER, Style.CHINESE),
    "节": (Style.SECTION, Style.BRACKETED),
    "条": (Style.ARTICLE, Style.BRACKETED, Style.ARABIC, Style.CHINESE),
    patterns.BRACKETED: (Style.BRACKETED, Style.ARABIC_BRACKETED, Style.ARABIC),
    patterns.LEAD: (Style.BRACKETED, Style.ARTICLE, Style.ARABIC),
    patterns.BARE: (Style.ARTICLE, Style.BRACKETED, Style.ARABIC, Style.CHINESE),
}
_ITEM_STYLES = (Style.BRACKETED, Style.ARABIC, Style.ARABIC_BRACKETED, Style.CHINESE)
_CALLED_DRAFT = re.compile(r"\(?(?:征求意见稿|公开征求意见稿|草案|送审稿|讨论稿|修订稿|审议稿)\)?$")
_SHORT_HEADING = 5
_VERB = 2  # characters of the verb that opens most headings


@dataclass(frozen=True, slots=True)
class Found:
    """What a reference means: clauses, the likeliest first, or ``missing``: in Chinese, why there is none.

    ``elsewhere``: clauses with the number under another heading than the one that the reference names.
    """

    clauses: tuple[DraftClause, ...] = ()
    missing: str = ""
    elsewhere: tuple[DraftClause, ...] = ()


@dataclass(frozen=True, eq=False)
class DraftPlaces:
    """The numbered clauses of a draft as a reader looks for them."""

    draft: ConsultedDraft

    @cached_property
    def numbers(self) -> dict[str, tuple[Style, int]]:
        """Series and value of the number of each clause, by path; an enclosure has none."""
        found = {}
        for clause in self.draft.clauses:
            number = ordinal_of(f"{clause.number}甲")  # a number is one only where words follow
            if number is not None:
                found[clause.path] = (number.style, number.value or _by_digits(number.digits))
        return found

    @cached_property
    def children(self) -> dict[str, list[DraftClause]]:
        """The clauses right below each, by path; those below none under ""."""
        found: dict[str, list[DraftClause]] = {}
        for clause in self.draft.clauses:
            if clause.path in self.numbers:
                found.setdefault(clause.parent, []).append(clause)
        return found

    @cached_property
    def names(self) -> DraftNames:
        """The draft's title and headings as comments write them."""
        title = self.draft.by_path[TITLE].text if TITLE in self.draft.by_path else ""
        headings = tuple(folded(clause.heading).text for clause in self.draft.clauses if clause.heading)
        articles = any(style is Style.ARTICLE for style, _ in self.numbers.values())
        return DraftNames(_CALLED_DRAFT.sub("", folded(title).text), headings, articles)

    def find(self, reference: Reference, under: DraftClause | None = None, led: bool = False) -> Found:
        """The clauses that a reference means. ``under``: the clause named before it, for a number that stands alone;
        ``led``: its name stands right before the number (总体要求第二段)."""
        steps = [step for step in reference.steps if step.unit not in _IGNORED]
        if not steps:
            return Found()
        if steps[0].unit == patterns.ENCLOSURE and steps[0].value < _TWO and len(steps) > 1 and not self._enclosures(0):
            steps = steps[1:]  # what a notice encloses is the draft itself
        if steps[0].unit == patterns.PAGE:
            return Found(missing=f"意见所指的“{_cited(reference)}”是按页码说的，草案文本没有页码，无法对应")
        places = self._below(under, steps[0]) if led and under is not None else []
        places = places or (self._outer(steps) or self._first(steps[0], under))
        for step in steps[1:]:
            above = places
            places = [below for place in above for below in self._below(place, step)]
            if not places:
                return self._not_below(reference, step, above)
        if not places and steps[0].unit in _PARAGRAPHS | _LOWEST:
            return Found()  # which paragraph of what is not said
        if not places and steps[0].unit == patterns.ENCLOSURE and not steps[0].value:
            return Found()  # 附件 without a number: as likely the sender's own
        if not places:
            return Found(missing=f"草案中没有“{_cited(reference)}”")
        return Found(tuple(dict.fromkeys(places)))

    def _outer(self, steps: Sequence[Step]) -> list[DraftClause]:
        """The parts that 第五点 means before 第四小点; a part that has what follows."""
        if len(steps) == 1 or self.names.articles or steps[0].unit not in _TOP_ALSO:
            return []
        return [each for each in self._by_value(self._parts, steps[0]) if self._below(each, steps[1], numbered=True)]

    def _not_below(self, reference: Reference, step: Step, above: Sequence[DraftClause]) -> Found:
        """A number that is not under the clause named in front of it."""
        if not above:
            return Found(missing=f"草案中没有“{_cited(reference)}”")
        inside = reference.steps[0].unit == patterns.ENCLOSURE  # not a number of the draft itself
        counted = inside or step.unit in _PARAGRAPHS | _LOWEST | _WITHIN  # a number that begins anew in every clause
        elsewhere = (above[0],) if counted else tuple(self._first(step, None))
        where = f"；{'、'.join(clause.path for clause in elsewhere[:3])}有这个编号" if elsewhere and not counted else ""
        return Found(missing=f"草案中没有“{_cited(reference)}”{where}", elsewhere=elsewhere)

    def _first(self, step: Step, under: DraftClause | None) -> list[DraftClause]:
        """The clauses that the first step of a reference may mean, the likeliest first."""
        if under is not None and step.unit not in _TOP_UNITS:
            below = self._below(under, step, numbered=True)
            if below:
                return below
        if step.unit == patterns.ENCLOSURE:
            return self._enclosures(step.value)
        if step.unit == patterns.LEAD and self.names.articles:
            return self._by_value(self._main_of(Style.ARTICLE), step) or self._by_value(self._tops, step)
        if step.unit in _TOP_UNITS:
            top = self._by_value(self._tops, step)
            if top or step.unit != patterns.LEAD:
                return top
        if step.unit in _PARAGRAPHS:
            return []
        return self._by_series(step)

    def _by_series(self, step: Step) -> list[DraftClause]:
        """The clauses with a number in the likeliest of the series that a unit may mean."""
        if step.unit == "点" and self.names.articles:
            articles = self._by_value(self._main_of(Style.ARTICLE), step)
            return [*articles, *self._by_value(self._main_of(Style.BRACKETED), step)]
        for style in _STYLES.get(step.unit, _ITEM_STYLES):
            found = self._by_value(self._main_of(style), step)
            if len(found) > 1 and step.unit in _TOP_ALSO:  # begins anew in each part: 第一条 may be the part 一、
                return [*self._by_value(self._parts, step), *found]
            if found:
                return found
        return []

    @cached_property
    def _tops(self) -> list[DraftClause]:
        """The clauses of the draft itself that stand in no other."""
        return [each for each in self.children.get("", []) if _main(each)]

    @cached_property
    def _parts(self) -> list[DraftClause]:
        """Those of them that are numbered 一、."""
        return [each for each in self._tops if self._style(each) is Style.CHINESE]

    def _main_of(self, style: Style) -> list[DraftClause]:
        return self._by_style.get(style, [])

    @cached_property
    def _by_style(self) -> dict[Style, list[DraftClause]]:
        found: dict[Style, list[DraftClause]] = {}
        for clause in self.draft.clauses:
            style = self._style(clause)
            if style is not None and _main(clause):
                found.setdefault(style, []).append(clause)
        return found

    def _below(self, place: DraftClause, step: Step, numbered: bool = False) -> list[DraftClause]:
        """The clauses under ``place`` that a step means; ``numbered``: by their number alone, not by counting."""
        if step.unit in _PARAGRAPHS:
            return self._paragraph(place, step)
        if step.unit == "款" and self._style(place) is Style.ARTICLE:
            inside = [place, *(each for each in self.draft.clauses if each.path.startswith(place.path + "/"))]
            if step.value <= 1 + sum(each.text.count("\n") for each in inside):
                return [place]
        below = self.children.get(place.path, [])
        found = self._by_value(below, step)
        if (
            not found and step.unit == "条" and self.names.articles and not numbered
        ):  # the second of a chapter, or 第二条
            counted = below[step.value - 1 : step.value] if step.value > 0 else []
            return [*counted, *self._by_value(self._main_of(Style.ARTICLE), step)] if counted else []
        if not found:
            deeper = [each for child in below for each in self.children.get(child.path, [])]
            found = self._by_value(deeper, step)
        if numbered or step.unit == patterns.BRACKETED:
            return found
        if not below and step.unit not in (patterns.LEAD, patterns.BARE):
            sentences = sum(bool(sentence.strip()) for sentence in _SENTENCE.split(place.text))
            whole = step.unit in _LOWEST | _WITHIN and step.value <= sentences and not self.names.articles
            return [place] if whole else self._paragraph(place, step)
        counted = below[step.value - 1 : step.value] if step.value > 0 else []
        return [*found, *(each for each in counted if each not in found)]

    def _paragraph(self, place: DraftClause, step: Step) -> list[DraftClause]:
        """The clause of the n-th paragraph of a clause: its own paragraphs, then those of the clauses below it."""
        own = place.text.split("\n")
        headed = len(own) > 1 and folded(own[0]).text.rstrip("。") == folded(place.heading).text
        lone = len(own) == 1 and bool(self.children.get(place.path)) and own[0] == place.heading
        paragraphs = [place] * (len(own) - headed - lone)
        paragraphs += [each for each in self.draft.clauses if each.path.startswith(place.path + "/")]
        at = step.value - 1 if step.value > 0 else len(paragraphs) + step.value
        return paragraphs[at : at + 1] if at >= 0 else []

    def _by_value(self, among: Sequence[DraftClause], step: Step) -> list[DraftClause]:
        numbered = [each for each in among if each.path in self.numbers]
        if step.value < 0:
            return numbered[step.value :][:1] if len(numbered) >= -step.value else []
        return [each for each in numbered if self.numbers[each.path][1] == step.value]

    def _enclosures(self, value: int) -> list[DraftClause]:
        found = [each for each in self.draft.clauses if not _main(each) and "/" not in each.path]
        if not value:
            return found[:1]
        numbered = [each for each in found if _bare(each) and re.search(rf"\D{value}(?:#\d+)?$", each.path)]
        return numbered or (found if value == 1 and len(found) == 1 and not re.search(r"\d", found[0].path) else [])

    def _style(self, clause: DraftClause) -> Style | None:
        return self.numbers[clause.path][0] if clause.path in self.numbers else None

    def named(self, text: str, beside: bool = False) -> Iterable[tuple[int, int, DraftClause]]:
        """Where a folded text names headings of the draft, and of which clauses; short headings only in quotation
        marks, in brackets or before 部分 and the like, or where the text is nothing else."""
        for words, clause in self._tails:
            at = text.find(words)
            if at >= 0 and patterns.PART_BEHIND.find(text[at + len(words) : at + len(words) + 4]):
                yield at, at + len(words), clause
        for words, clause in self._headings:
            at = text.find(words)
            while at >= 0:
                end = at + len(words)
                if len(words) > _SHORT_HEADING or beside or _set_apart(text, at, end):
                    yield at, end, clause
                    break
                at = text.find(words, end)

    @cached_property
    def _headings(self) -> list[tuple[str, DraftClause]]:
        """Headings, and the halves of long ones, that one clause alone has."""
        found: dict[str, list[DraftClause]] = {}
        for clause in self.draft.clauses:
            if clause.path == TITLE or not clause.heading:
                continue
            heading = folded(clause.heading).text
            halves = [half for half in heading.split(",") if len(half) > _SHORT_HEADING]
            for words in {heading, *halves}:
                if len(words) >= 2:
                    found.setdefault(words, []).append(clause)
        return [(words, clauses[0]) for words, clauses in found.items() if len(clauses) == 1]

    @cached_property
    def _tails(self) -> list[tuple[str, DraftClause]]:
        """Headings without the verb in front, as a part is called by its matter (加大政策支持: 政策支持部分)."""
        words = [(heading[_VERB:], clause) for heading, clause in self._headings if len(heading) >= _VERB + 4]
        alone = Counter(tail for tail, _ in words)
        return [(tail, clause) for tail, clause in words if alone[tail] == 1]

    def called(self, text: str, beside: bool = False) -> Iterable[tuple[int, int, DraftClause]]:
        """Where a folded text speaks of the title or the opening paragraph."""
        for path, pattern in ((TITLE, patterns.TITLE_NAMED), (OPENING, patterns.OPENING_NAMED)):
            match = pattern.find(text) if path in self.draft.by_path else None
            if match and (not beside or len(text) < 12):
                yield match.start(), match.end(), self.draft.by_path[path]


def _by_digits(written: str) -> int:
    """The value of a number that is written digit by digit, as in 一二、; 0 where it is none."""
    digits = ["零一二三四五六七八九".find(character) for character in written]
    return 0 if -1 in digits else int("".join(map(str, digits)))


def _main(clause: DraftClause) -> bool:
    """Whether a clause belongs to the draft itself and not to an enclosure."""
    return not re.match(r"附[件录表]?\d{0,2}(?:#\d+)?(?:/|$)", clause.path)


def _bare(clause: DraftClause) -> str:
    return clause.path.rsplit("/", 1)[-1]


def _cited(reference: Reference) -> str:
    """A reference as the comment has it; one of several that are named at once by itself."""
    return reference.words or "".join(map(_written, reference.steps))


def _written(step: Step) -> str:
    """A step as it is cited."""
    if step.value < 0:
        return f"倒数第{-step.value}{step.unit}" if step.value < -1 else f"最后一{step.unit}"
    if step.unit == patterns.ENCLOSURE:
        return f"附件{step.value or ''}"
    if step.unit == patterns.BRACKETED:
        return f"（{step.value}）"
    return f"{step.value}{step.unit}" if step.unit in (patterns.LEAD, patterns.BARE) else f"第{step.value}{step.unit}"


def _set_apart(text: str, start: int, end: int) -> bool:
    """Whether words stand apart as a name does: “保障措施”, 保障措施部分, 对保障措施:."""
    before, after = text[max(start - 2, 0) : start], text[end : end + 2]
    marked = before[-1:] in set('“《"(、)章条节分项点款') or after[:1] in ("”", "》", '"', "(")
    behind = patterns.HEADING_BEHIND.find(text[end : end + 4]) is not None
    opens = start == 0 and (not after or after[0] in ":,。中里第")
    return marked or behind or opens
