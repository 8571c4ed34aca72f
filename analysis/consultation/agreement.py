"""Agreement of the sorting of comments with the answers of careful readers, figure by figure.

Copies of one letter count once: the share of them that is right. A group that begins with ``~`` is optional, and pairs
with one of it count neither way.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from analysis.consultation.comment_answers import Answer, Answers, Place
from analysis.consultation.comments import How, Received, SortedComment, Stance

NONE = "none"
_SURE = (0.0, 0.3, 0.5, 0.7, 0.85, 0.95, 1.01)  # where bins of confidence begin
_HEAD = 30  # characters by which a row is known again
_WRONG, _EXPLICIT, _QUOTE, _CONTENT = "wrong_reference", "explicit", "quote", "content"


@dataclass(frozen=True, slots=True)
class Miss:
    """One comment on which the two differ: where it stands, what was wanted, what was found, how it begins."""

    figure: str
    place: Place
    wanted: str
    found: str
    head: str


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure: how much of how much is right (copies weigh less than 1 each), and what must be reached."""

    name: str
    right: float
    of: float
    least: float | None = None

    @property
    def share(self) -> float:
        """0 to 1; 1 where there is nothing to get right."""
        return self.right / self.of if self.of else 1.0

    @property
    def reached(self) -> bool:
        """Whether it is what must be reached, or nothing must."""
        return self.least is None or self.share >= self.least


@dataclass(frozen=True, slots=True)
class Sureness:
    """How often the clause is right where the program is so sure: ``low`` to below ``high``, ``mean`` of these."""

    low: float
    high: float
    mean: float
    right: float
    of: float


@dataclass(frozen=True, slots=True)
class Agreement:
    """Every figure, every comment on which the two differ, and how sure the program was of its clauses."""

    figures: tuple[Figure, ...]
    misses: tuple[Miss, ...]
    sureness: tuple[Sureness, ...] = ()


def head_of(text: str) -> str:
    """The beginning of a text by which a row is known again."""
    return " ".join(text.split())[:_HEAD]


def agreement(
    gold: Answers, received: Mapping[str, Received], found: Mapping[str, Sequence[SortedComment]]
) -> Agreement:
    """The figures for tables that were received and sorted, each by its name in ``gold``."""
    judged = _Judged(gold, received, found)
    figures = (
        *judged.clauses(),
        judged.wrong_references(),
        judged.no_false_alarm(),
        judged.without_clause(),
        judged.spans(),
        judged.grouping(),
        *judged.stances(),
        judged.sender_types(),
        *judged.rows(),
    )
    return Agreement(figures, tuple(judged.misses), tuple(judged.sureness()))


class _Judged:
    """Answers beside what was found, and what differs."""

    def __init__(
        self, gold: Answers, received: Mapping[str, Received], found: Mapping[str, Sequence[SortedComment]]
    ) -> None:
        self.gold = gold
        self.misses: list[Miss] = []
        self._rejected = {
            (name, each.row)
            for name, file in received.items()
            for each in file.rejected
            if not _is_further(file, each.sheet)
        }
        self._sorted: dict[Place, SortedComment] = {}
        for name, file in received.items():
            for each in found[name]:
                if not _is_further(file, each.comment.sheet):
                    self._sorted.setdefault((name, each.comment.row), each)
        self.pairs = [
            (answer, self._sorted[answer.place])
            for answer in gold.answers
            if answer.may_be_comment and answer.place in self._sorted
        ]
        sizes = Counter(answer.group for answer, _ in self.pairs if answer.group)
        self._weight = {answer.place: 1 / sizes[answer.group] if answer.group else 1.0 for answer, _ in self.pairs}

    def clauses(self) -> Iterable[Figure]:
        """Clause right, by what ties the comment."""
        for kind, least in ((_EXPLICIT, 0.97), (_QUOTE, 0.93), (_CONTENT, 0.65), (_WRONG, None)):
            yield self._figure(f"clause/{kind}", self._of_kind(kind), least, _is_clause_right, _clauses, _clause)

    def wrong_references(self) -> Figure:
        """Wrong references that are said to be wrong."""
        return self._figure("wrong_reference", self._of_kind(_WRONG), 0.8, _says_missing, lambda _: "说明有误", _clause)

    def no_false_alarm(self) -> Figure:
        """Other comments, of which nothing is said to be wrong."""
        chosen = [pair for pair in self.pairs if pair[0].kind != _WRONG]
        return self._figure(
            "right_reference", chosen, None, lambda *pair: not _says_missing(*pair), lambda _: "说明无误", _missing
        )

    def without_clause(self) -> Figure:
        """Comments of no clause that are given none."""
        chosen = [pair for pair in self.pairs if not pair[0].clauses and pair[0].kind == NONE]
        return self._figure("clause/none", chosen, 0.8, lambda _, found: not found.anchor.clause, _clauses, _clause)

    def sureness(self) -> Iterable[Sureness]:
        """Clauses that were given, by how sure the program was; copies weigh less than 1 each."""
        for low, high in pairwise(_SURE):
            among = [
                (self._weight[answer.place], found.anchor.confidence, _is_clause_right(answer, found))
                for answer, found in self.pairs
                if found.anchor.clause and low <= found.anchor.confidence < high
            ]
            of = sum(weight for weight, _, _ in among)
            if of:
                mean = sum(weight * sure for weight, sure, _ in among) / of
                yield Sureness(low, high, mean, sum(weight for weight, _, right in among if right), of)

    def spans(self) -> Figure:
        """Spans that are those of their clause."""
        tied = [pair for pair in self.pairs if pair[1].anchor.clause]

        def right(_: Answer, found: SortedComment) -> bool:
            anchor = found.anchor
            return self.gold.spans.get(anchor.clause) == (anchor.start, anchor.end)

        def wanted_span(_: Answer) -> str:
            return "条款的起止"

        return self._figure(
            "span",
            tied,
            1.0,
            right,
            wanted_span,
            lambda one: f"{one.anchor.clause} {one.anchor.start}–{one.anchor.end}",
        )

    def grouping(self) -> Figure:
        """F1 of pairs of copies."""
        both = wanted = found = 0
        pairs = [pair for pair in self.pairs if not pair[0].group.startswith("~")]
        in_gold, in_found = Counter[str](), Counter[str]()
        in_both = Counter[tuple[str, str]]()
        for answer, one in pairs:
            in_gold[answer.group] += 1
            in_found[one.group] += 1
            in_both[answer.group, one.group] += 1
        wanted = sum(_pairs(count) for group, count in in_gold.items() if group)
        found = sum(_pairs(count) for group, count in in_found.items() if group)
        both = sum(_pairs(count) for (group, name), count in in_both.items() if group and name)
        self._miss_groups(pairs)
        return Figure("groups", 2.0 * both, float(wanted + found), 0.95)

    def _miss_groups(self, pairs: Sequence[tuple[Answer, SortedComment]]) -> None:
        """Comments that are not in the group most of their copies are in."""
        by_answer: dict[str, list[tuple[Answer, SortedComment]]] = defaultdict(list)
        for answer, one in pairs:
            by_answer[answer.group].append((answer, one))
        taken: dict[str, str] = {}
        for group, members in by_answer.items():
            if group:
                name, _ = Counter(one.group for _, one in members).most_common(1)[0]
                taken[name] = group
        for answer, one in pairs:
            group = taken.get(one.group, "") if one.group else ""
            if group != answer.group:
                self._miss("groups", answer, answer.group or "不成组", group or one.group or "不成组")

    def stances(self) -> Iterable[Figure]:
        """Recall of each stance, and their mean."""
        figures = []
        for stance in Stance:
            chosen = [pair for pair in self.pairs if pair[0].stances[:1] == (stance.value,)]
            figures.append(
                self._figure(f"stance/{stance.value}", chosen, None, _is_stance_right, _stances, _stance, whole=True)
            )
        told = [figure for figure in figures if figure.of]
        mean = Figure("stance", sum(figure.share for figure in told), float(len(told)), 0.85)
        return (*figures, mean)

    def sender_types(self) -> Figure:
        """Senders of the right kind."""
        chosen = [pair for pair in self.pairs if pair[0].sender_type]

        def right(answer: Answer, found: SortedComment) -> bool:
            return answer.sender_type == found.sender_type.value

        return self._figure(
            "sender_type",
            chosen,
            None,
            right,
            lambda one: one.sender_type,
            lambda one: one.sender_type.value,
            whole=True,
        )

    def rows(self) -> Iterable[Figure]:
        """Rows that came back, comments as comments, under their number, and rows that are none as none."""
        answers = self.gold.answers
        back = [one for one in answers if one.place in self._sorted or one.place in self._rejected]
        self._miss_rows("rows", (one for one in answers if one not in back), "没有回来")
        comments = [one for one in answers if one.is_comment]
        taken = [one for one in comments if one.place in self._sorted]
        self._miss_rows("rows/comment", (one for one in comments if one not in taken), "未作意见")
        under = [one for one, found in self.pairs if one.head == head_of(found.comment.text) or not one.head]
        self._miss_rows("rows/number", (one for one, _ in self.pairs if one not in under), "行号不对")
        others = [one for one in answers if not one.may_be_comment]
        refused = [one for one in others if one.place in self._rejected and one.place not in self._sorted]
        self._miss_rows("rows/rejected", (one for one in others if one not in refused), "误作意见")
        yield Figure("rows", len(back), len(answers), 1.0)
        yield Figure("rows/comment", len(taken), len(comments), 1.0)
        yield Figure("rows/number", len(under), len(self.pairs), 1.0)
        yield Figure("rows/rejected", len(refused), len(others), 1.0)

    def _of_kind(self, kind: str) -> list[tuple[Answer, SortedComment]]:
        return [pair for pair in self.pairs if pair[0].kind == kind]

    def _figure(
        self,
        name: str,
        pairs: Sequence[tuple[Answer, SortedComment]],
        least: float | None,
        is_right: Callable[[Answer, SortedComment], bool],
        wanted: Callable[[Answer], str],
        got: Callable[[SortedComment], str],
        *,
        whole: bool = False,
    ) -> Figure:
        right = of = 0.0
        for answer, found in pairs:
            weight = 1.0 if whole else self._weight[answer.place]
            of += weight
            if is_right(answer, found):
                right += weight
            else:
                self._miss(name, answer, wanted(answer), got(found))
        return Figure(name, round(right, 6), round(of, 6), least)

    def _miss(self, figure: str, answer: Answer, wanted: str, found: str) -> None:
        self.misses.append(Miss(figure, answer.place, wanted, found, answer.head))

    def _miss_rows(self, figure: str, answers: Iterable[Answer], found: str) -> None:
        for answer in answers:
            self._miss(figure, answer, answer.expect, found)


def _is_further(file: Received, sheet: str) -> bool:
    """Whether a sheet is not the first of its file; rows of further sheets have no answers."""
    sheets = [each.sheet for each in file.comments] or [each.sheet for each in file.rejected]
    return bool(sheets) and sheet != sheets[0]


def _pairs(count: int) -> int:
    return count * (count - 1) // 2


def _is_clause_right(answer: Answer, found: SortedComment) -> bool:
    if found.anchor.how is How.NONE or not found.anchor.clause:
        return NONE in answer.clauses or not answer.clauses
    return found.anchor.clause in answer.clauses


def _says_missing(_: Answer, found: SortedComment) -> bool:
    return any(anchor.missing for anchor in (found.anchor, *(point.anchor for point in found.points)))


def _missing(found: SortedComment) -> str:
    anchors = (found.anchor, *(point.anchor for point in found.points))
    return "；".join(dict.fromkeys(anchor.missing for anchor in anchors if anchor.missing))


def _is_stance_right(answer: Answer, found: SortedComment) -> bool:
    return found.stance.value in answer.stances


def _clauses(answer: Answer) -> str:
    return "|".join(answer.clauses) or NONE


def _clause(found: SortedComment) -> str:
    return f"{found.anchor.clause or NONE}（{found.anchor.how.value}）"


def _stances(answer: Answer) -> str:
    return "|".join(answer.stances)


def _stance(found: SortedComment) -> str:
    return found.stance.value
