"""A checked draft on its page: the answer as a title, the text with its findings marked, the findings beside it."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from markupsafe import Markup

from analysis.lint.changed_words import Run, runs
from analysis.lint.decisions import LONGEST, Decisions, Dismissal
from analysis.lint.draft import Draft
from analysis.lint.findings import ChangeSet, Finding, Severity
from analysis.lint.lines import Line, Role, Style
from analysis.lint.registry import Family, Rule
from analysis.present.corrections import around
from analysis.present.findings import SEVERITIES
from analysis.present.highlight import Mark, MarkKind, segments
from analysis.present.markup import render
from analysis.present.names import clause_name
from analysis.present.numbers import with_unit

_KINDS = {Severity.ERROR: MarkKind.ERROR, Severity.WARNING: MarkKind.WARNING, Severity.INFO: MarkKind.INFO}
_LONGEST_MARK = 400
_SHORT = 60  # of words quoted in a list
_COMPARED = 2000  # of a clause that is held against another
MOST_LISTED = 100  # findings in the list at once
MOST_PLACES = 500  # other places of one finding that are listed


def headline(left: Iterable[Finding], found: bool = False) -> str:
    """The answer: 这份草案还有 1 处错误、3 处提醒. ``found``: whether anything was, though nothing may be left."""
    count = Counter(each.severity for each in left)
    errors, warnings, notes = (with_unit(count[severity], "处") for severity in SEVERITIES)
    if count[Severity.ERROR]:
        return f"这份草案还有 {errors}错误" + (f"、{warnings}提醒" if count[Severity.WARNING] else "")
    if count[Severity.WARNING]:
        return f"这份草案没有错误，还有 {warnings}提醒"
    if count[Severity.INFO]:
        return f"这份草案没有错误和提醒，有 {notes}可供参考"
    return "这份草案查出的问题都已处理" if found else "这份草案没有查出问题"


@dataclass(frozen=True, slots=True)
class Standing:
    """What is left of a draft's findings, worst first, beside what was decided and what an earlier version had.

    ``before``: the fingerprints found in the version before; None for the first one.
    """

    draft: Draft
    left: tuple[Finding, ...]
    every: tuple[Finding, ...]
    decisions: Decisions
    before: frozenset[str] | None = None

    @property
    def new(self) -> frozenset[str]:
        """The findings that the version before had not."""
        return frozenset() if self.before is None else frozenset(each.fingerprint for each in self.left) - self.before

    @property
    def gone(self) -> int:
        """How many findings of the version before are no more."""
        return len((self.before or frozenset()) - {each.fingerprint for each in self.every})

    @property
    def fixable(self) -> tuple[Finding, ...]:
        """The findings that can be corrected mechanically."""
        return tuple(each for each in self.left if each.changes)

    @property
    def dismissed(self) -> tuple[tuple[Dismissal, Finding | None], ...]:
        """What was set aside, the latest first, with the finding that it holds for; None where that is gone."""
        here = {each.fingerprint: each for each in self.every}
        return tuple((each, here.get(each.fingerprint)) for each in reversed(self.decisions.dismissed))

    def alike(self, finding: Finding) -> Dismissal | None:
        """What was set aside of this rule with these words and is found no more: perhaps the same, edited around."""
        here = {each.fingerprint for each in self.every}
        return next(
            (
                each
                for each in reversed(self.decisions.dismissed)
                if (each.rule, each.quote) == (finding.rule, finding.quote[:LONGEST]) and each.fingerprint not in here
            ),
            None,
        )


def lead(standing: Standing, number: int, tiers: int) -> Markup:
    """What was looked at, what to look at first, what can be corrected at once, what was decided."""
    draft = standing.draft
    return render(
        "drafting.lead",
        name=draft.name,
        title=_title(draft),
        characters=sum(not sign.isspace() for sign in draft.text),
        number=number,
        first=standing.left[0] if standing.left else None,
        clause=_where(standing.left[0].clause) if standing.left else "",
        fixable=len(standing.fixable),
        tiers=tiers,
        aside=sum(found is not None for _, found in standing.dismissed),
        off=len(standing.decisions.off),
        compared=standing.before is not None,
        gone=standing.gone,
        new=len(standing.new),
    )


def _title(draft: Draft) -> str:
    titles = [line for line in draft.lines if line.role is Role.TITLE]
    return "".join(line.text for line in titles if line.part == titles[0].part)[:120]


def _where(path: str) -> str:
    return clause_name(path) if path else "文首"


# Filters ---------------------------------------------------------------------------------------------------------


def family_of(finding: Finding, rules: Mapping[str, Rule]) -> Family:
    """The family of the rule that found something."""
    return rules[finding.rule].family if finding.rule in rules else Family.OWN


def clauses_of(left: Iterable[Finding]) -> dict[str, str]:
    """The clauses that findings stand in, with those above them, in the order of the text: path and name."""
    found: dict[str, str] = {}
    for each in sorted(left, key=lambda one: one.start):
        parts = each.clause.split("/")
        for end in range(1, len(parts) + 1):
            path = "/".join(parts[:end])
            found.setdefault(path, _where(path))
    return found


def chosen(
    left: Iterable[Finding], rules: Mapping[str, Rule], severity: str, family: str, clause: str | None
) -> tuple[Finding, ...]:
    """The findings that filters leave; "" and None ask for all."""
    return tuple(
        each
        for each in left
        if (not severity or each.severity.value == severity)
        and (not family or family_of(each, rules).value == family)
        and (clause is None or each.clause == clause or (clause and each.clause.startswith(f"{clause}/")))
    )


# The text ----------------------------------------------------------------------------------------------------------


def place_of(draft: Draft) -> Callable[[int, int], tuple[int, int]]:
    """A span of the text as received -> the span of at least one character that is marked in the text shown."""
    offsets, text = draft.offsets, draft.text

    def placed(start: int, end: int) -> tuple[int, int]:
        if offsets is not None:
            start, end = bisect_left(offsets, start), bisect_left(offsets, end)
        if start >= end:
            start, end = (start, start + 1) if start < len(text) and text[start] != "\n" else (max(start - 1, 0), start)
        return start, min(end, start + _LONGEST_MARK)

    return placed


def anchor(draft: Draft, finding: Finding) -> str:
    """The id of the first words of a finding in the text."""
    return _anchor(place_of(draft)(finding.start, finding.end)[0])


def _anchor(start: int) -> str:
    return f"p{start}"


def text_html(draft: Draft, shown: Iterable[Finding]) -> Markup:
    """The text line by line, tables as tables, with the words of each finding marked and known by its fingerprint."""
    laid = _Lines(draft, _marks(draft, shown))
    return render("drafting.text", blocks=list(laid.blocks()))


def _marks(draft: Draft, shown: Iterable[Finding]) -> list[Mark]:
    placed = place_of(draft)
    marks = []
    for each in shown:
        marks.append(Mark(*placed(each.start, each.end), _KINDS[each.severity], each.message, each.fingerprint))
        marks += [Mark(*placed(*place), MarkKind.ALSO, each.message, each.fingerprint) for place in each.places]
    return sorted(marks, key=lambda mark: (mark.start, mark.end))


class _Lines:
    """Goes through the lines once, with the marks that each holds."""

    def __init__(self, draft: Draft, marks: Sequence[Mark]) -> None:
        self._draft = draft
        self._marks = marks
        self._next = 0
        self._open: list[Mark] = []

    def blocks(self) -> Iterator[dict[str, object]]:
        """A paragraph for each line with words, and a table for its cells."""
        for table, lines in groupby(self._draft.lines, key=lambda line: line.cell.table if line.cell else None):
            if table is None:
                yield from ({"rows": None} | self._line(line) for line in lines if line.text)
            else:
                yield {"rows": list(self._rows(lines))}

    def _rows(self, lines: Iterable[Line]) -> Iterator[list[list[dict[str, object]]]]:
        for _, row in groupby(lines, key=lambda line: line.cell.row if line.cell else 0):
            cells = groupby(row, key=lambda line: line.cell.column if line.cell else 0)
            yield [[self._line(line) for line in cell] for _, cell in cells]

    def _line(self, line: Line) -> dict[str, object]:
        number = line.ordinal
        heading = number is not None and number.style.rank <= Style.CHINESE.rank and len(line.text) <= _SHORT
        automatic = number is not None and number.automatic
        return {
            "id": f"d{line.start}",
            "css": f"zh-d-{line.role.value}" + (" zh-d-heading" if heading else ""),
            "label": f"{number.cited}{number.mark}" if number is not None and automatic else "",
            "pieces": [self._piece(*each) for each in segments(line.start, line.end, self._over(line))],
        }

    def _over(self, line: Line) -> list[Mark]:
        """The marks that begin in a line or reach into it."""
        self._open = [mark for mark in self._open if mark.end > line.start]
        while self._next < len(self._marks) and self._marks[self._next].start < line.end:
            self._open.append(self._marks[self._next])
            self._next += 1
        return self._open

    def _piece(self, start: int, end: int, over: Sequence[Mark]) -> dict[str, object]:
        worst = sorted(over, key=lambda mark: list(MarkKind).index(mark.kind))
        return {
            "words": self._draft.text[start:end],
            "css": f"zh-m-{worst[0].kind}" if worst else "",
            "findings": " ".join(dict.fromkeys(mark.anchor for mark in worst)),
            "id": _anchor(start) if any(mark.start == start for mark in over) else "",
            "title": worst[0].title if worst else "",
        }


# Findings beside the text ------------------------------------------------------------------------------------------


def place_name(draft: Draft, changes: ChangeSet) -> str:
    """Where a change stands that is taken on its own; how many they are where they are taken together."""
    if changes.count > 1:
        return f"其余 {changes.count} 处"
    return _where(draft.clause_at(place_of(draft)(changes.changes[0].start, changes.changes[0].end)[0]))


def list_html(
    shown: Sequence[Finding],
    current: Finding | None,
    standing: Standing,
    ticked: Collection[str],
    address: Callable[[Finding], str],
) -> Markup:
    """The findings as a list of links, those around the open one where they are very many.

    It shows which is open, which are new, and whose correction is taken.
    """
    new = standing.new
    at = next((place for place, each in enumerate(shown) if current and each.fingerprint == current.fingerprint), 0)
    first = at // MOST_LISTED * MOST_LISTED
    part = shown[first : first + MOST_LISTED]
    lines = [
        {
            "fingerprint": each.fingerprint,
            "address": address(each),
            "severity": each.severity.value,
            "name": SEVERITIES[each.severity],
            "message": each.message,
            "clause": _where(each.clause),
            "here": current is not None and each.fingerprint == current.fingerprint,
            "new": each.fingerprint in new,
            "taken": any(one.token in ticked for one in each.change_sets),
        }
        for each in part
    ]
    return render("drafting.list", lines=lines, first=first + 1, total=len(shown))


def card_html(finding: Finding, place: int, total: int, standing: Standing, rule: Rule | None) -> Markup:
    """All that is said of one finding: what, where, what to do, on whose authority, the other places."""
    draft = standing.draft
    placed = place_of(draft)
    places = [
        {"anchor": _anchor(placed(*each)[0]), "clause": _where(_clause(draft, placed(*each)[0])), "words": words}
        for each in finding.places[:MOST_PLACES]
        if (words := _short(draft.received[slice(*each)]) or "此处")
    ]
    return render(
        "drafting.card",
        finding=finding,
        place=place,
        total=total,
        name=SEVERITIES[finding.severity],
        clause=_where(finding.clause),
        rule=rule,
        around=around(draft.received, finding.start, finding.end),
        anchor=anchor(draft, finding),
        places=places,
        more=max(len(finding.places) - MOST_PLACES, 0),
        new=finding.fingerprint in standing.new,
        alike=standing.alike(finding),
        beside=_beside(finding, draft) if finding.beside else None,
    )


def _beside(finding: Finding, draft: Draft) -> dict[str, object]:
    """The clause that a finding holds the draft against, the words that differ marked on both sides."""
    assert finding.beside is not None
    other = finding.beside
    own = other.own or draft.received[finding.start : finding.end]
    first, second = own[:_COMPARED], other.text[:_COMPARED]
    named = (_with_words(first, other.ours), _with_words(second, other.theirs))
    ours, theirs = named if any(not run.same for side in named for run in side) else runs(first, second)
    return {"title": other.title, "document": other.document, "clause": _where(other.clause), "sides": (ours, theirs)}


def _with_words(text: str, words: Sequence[str]) -> tuple[Run, ...]:
    """A text with some of its words set apart, each wherever it stands."""
    if not words:
        return (Run(text, True),)
    parts = re.split(f"({'|'.join(map(re.escape, sorted(words, key=len, reverse=True)))})", text)
    return tuple(Run(part, at % 2 == 0) for at, part in enumerate(parts) if part)


def _clause(draft: Draft, start: int) -> str:
    return draft.clause_at(start)


def _short(words: str) -> str:
    flat = " ".join(words.split())
    return flat if len(flat) <= _SHORT else f"{flat[:40]}……{flat[-16:]}"


# What was decided, and what is looked for ----------------------------------------------------------------------------


def dismissed_html(dismissal: Dismissal, found: Finding | None) -> Markup:
    """What was set aside: the finding, the reason, and what became of it in this version."""
    moved = found is not None and found.clause != dismissal.clause
    return render(
        "drafting.dismissed",
        dismissal=dismissal,
        clause=_where(dismissal.clause),
        gone=found is None,
        moved=_where(found.clause) if found is not None and moved else "",
    )


def rule_name(rule: Rule) -> str:
    """A rule in a list to choose from."""
    return f"{rule.id} {rule.title}"


def families_html(rules: Collection[Rule]) -> Markup:
    """What is looked for, by family: how many rules and the titles of some."""
    by_family = {family: [rule for rule in rules if rule.family is family] for family in Family}
    return render("drafting.families", families={family.value: found for family, found in by_family.items() if found})
