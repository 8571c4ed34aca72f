"""The places of a draft that a comment names: numbers and headings together, each place once.

A heading beside its own number is one place with it; beside the number of another clause it makes that number wrong.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from analysis.consultation.comments import ConsultedDraft, DraftClause
from analysis.consultation.draft_places import DraftPlaces, Found
from analysis.consultation.folded_words import Folded
from analysis.consultation.references_in_comments import references
from analysis.corpus.headings_and_days import ordinal

_BEHIND = 3  # characters between a number and the heading that belongs to it
_LEADS = 2  # characters between a heading and the number of a paragraph below it
_NEAR = 44  # characters between the number of a part and that of its item


@dataclass(frozen=True, slots=True)
class Named:
    """A place that a comment names. ``start`` to ``end`` in the folded comment; both 0 where a column names it."""

    start: int
    end: int
    found: Found
    words: str
    beside: bool = False
    heading: bool = False
    value: int = 0  # the last number of it


def named_places(places: DraftPlaces, text: Folded, beside: bool = False) -> list[Named]:
    """The places of a draft that a folded text names, in order, each once. ``beside``: the text names nothing else."""
    headings = [
        Named(start, end, Found((clause,)), text.text[start:end], beside, heading=True)
        for start, end, clause in (*places.named(text.text, beside), *places.called(text.text, beside))
    ]
    numbers: list[Named] = []
    under: DraftClause | None = None
    for reference in references(text.text, places.names, beside).own:
        above = [each for each in headings if 0 <= reference.start - each.end <= _LEADS]
        led = above[-1].found.clauses[0] if above else None
        found = places.find(reference, led or under, led=led is not None)
        under = _above(found.clauses, places.draft) or under
        if found.clauses or found.missing:
            words = text.text[reference.start : reference.end]
            value = reference.steps[-1].value
            numbers.append(Named(reference.start, reference.end, found, words, beside, value=value))
    return _without_containers(_joined(numbers, headings), text.text)


def _joined(numbers: list[Named], headings: list[Named]) -> list[Named]:
    """Numbers and headings in order; a heading beside its own number, or inside another name, is not named twice."""
    kept = [each for each in headings if not _named_already(each, numbers, headings)]
    for number in numbers:
        behind = next((each for each in kept if 0 <= each.start - number.end <= _BEHIND), None)
        if behind is None or not number.found.clauses or behind.found.clauses[0] in number.found.clauses:
            kept.append(number)
            continue
        clause = behind.found.clauses[0]
        kept.remove(behind)
        said = f"意见写的是“{number.words}”，所写标题“{behind.words}”却是{clause.path}的"
        same_number = ordinal(clause.number) == number.value  # 第四条保障措施 of the part 四、
        kept.append(replace(number, found=Found((clause,)) if same_number else Found((), said, (clause,))))
    return sorted(kept, key=lambda each: (each.start, each.end))


def _named_already(heading: Named, numbers: Sequence[Named], headings: Sequence[Named]) -> bool:
    clause = heading.found.clauses[0]
    with_number = any(
        clause in each.found.clauses and -_BEHIND <= heading.start - each.end <= _NEAR for each in numbers
    )
    leads = any(
        0 <= each.start - heading.end <= _LEADS and any(family(clause, other) for other in each.found.clauses)
        for each in numbers
    )
    return (with_number or leads) or any(
        each is not heading
        and each.start <= heading.start
        and heading.end <= each.end
        and (each.start, each.end) != (heading.start, heading.end)
        for each in (*headings, *numbers)
    )


def _without_containers(named: list[Named], text: str) -> list[Named]:
    """第四部分“加强政策供给”第（九）项 names one place: a clause that only leads to the next one is left out."""
    kept: list[Named] = []
    for at, place in enumerate(named):
        after = named[at + 1] if at + 1 < len(named) else None
        leads = (
            after is not None
            and place.found.clauses
            and 0 <= after.start - place.end <= _NEAR
            and not set("。;\n") & set(text[place.end : after.start])
            and any(below(inner.path, outer.path) for inner in after.found.clauses for outer in place.found.clauses)
        )
        if not leads:
            kept.append(place)
    return kept


def _above(clauses: Sequence[DraftClause], draft: ConsultedDraft) -> DraftClause | None:
    """What a number that follows without its part is looked for under: the clause named, or the one it stands in."""
    if not clauses:
        return None
    first = clauses[0]
    has_below = any(each.parent == first.path for each in draft.clauses)
    return first if has_below else draft.by_path.get(first.parent)


def same_place(place: Named, others: Sequence[Named]) -> bool:
    """Whether a place names what others name already."""
    named = [clause for each in others for clause in each.found.clauses]
    return any(family(clause, other) for clause in place.found.clauses for other in named)


def below(path: str, other: str) -> bool:
    return path.startswith(other + "/")


def family(one: DraftClause, other: DraftClause) -> bool:
    """Whether one of two clauses is, or holds, the other."""
    return one.path == other.path or below(one.path, other.path) or below(other.path, one.path)
