"""Pair predictions with gold rows and count; how far a share could lie; how often the receivers agree.

Within a document every possible pair is ranked (right before merely found, then fewer differing fields, then the
longer common span) and taken greedily, best first; a row is used at most once.

Gold names receivers in the words of the text. Their classes are read by hand and kept by document and line alone, so
the file holds no words of the texts; where it has no line, the class is that of the annotated name.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from math import sqrt
from pathlib import Path

from analysis.corpus.clean import clean
from analysis.extract.receivers import receiver_of
from analysis.model import Document, Incentive, InputError, Reading, Receiver, Target
from analysis.score.agree import Difference, differences, found, overlap, right
from analysis.score.gold import Gold, GoldRow, rows_of

_Rows = Sequence[Target | Incentive]


@dataclass(frozen=True, slots=True)
class Tally:
    """Counts and the rates they give; a rate over nothing is None, never 0 or 1."""

    gold: int
    predicted: int
    found: int
    right: int

    def rates(self, hits: int) -> tuple[float | None, float | None, float | None]:
        """Precision, recall, F1 for ``hits`` (``found`` or ``right``)."""
        precision = hits / self.predicted if self.predicted else None
        recall = hits / self.gold if self.gold else None
        f1 = 2 * hits / (self.gold + self.predicted) if self.gold + self.predicted else None
        return precision, recall, f1


def total(tallies: Iterable[Tally]) -> Tally:
    """Counts of several documents together."""
    rows = [(one.gold, one.predicted, one.found, one.right) for one in tallies]
    return Tally(*(sum(column) for column in zip(*rows, strict=True))) if rows else Tally(0, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Pair:
    """A gold row with the prediction that was found for it."""

    gold: GoldRow
    predicted: Target | Incentive
    right: bool
    differences: tuple[Difference, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """Result for one kind of row. ``extra``: predictions with no gold row, those that count neither way left out."""

    name: str  # targets, incentives
    documents: tuple[str, ...]
    pairs: tuple[Pair, ...]
    missed: tuple[GoldRow, ...]
    extra: tuple[Target | Incentive, ...]

    def tally(self, document: str | None = None, *, ambiguous: bool = True) -> Tally:
        """Counts for one document or, by default, all; without ambiguous rows when told so."""

        def kept(row: GoldRow) -> bool:
            return document in (None, row.document) and (ambiguous or not row.ambiguous)

        pairs = [pair for pair in self.pairs if kept(pair.gold)]
        missed = sum(kept(row) for row in self.missed)
        extra = sum(document in (None, row.document) for row in self.extra)
        right = sum(pair.right for pair in pairs)
        return Tally(len(pairs) + missed, len(pairs) + extra, len(pairs), right)


def count_targets(gold: Gold, readings: Mapping[str, Reading]) -> Part:
    """Targets of all documents of ``gold`` against ``readings``."""
    return _count("targets", gold, gold.targets, readings, lambda reading: reading.targets)


def count_incentives(gold: Gold, readings: Mapping[str, Reading]) -> Part:
    """Incentives with a number; those without are looked at by :func:`qualitative`."""

    def quantified(reading: Reading) -> _Rows:
        return [row for row in reading.incentives if row.quantified]

    return _count("incentives", gold, gold.incentives, readings, quantified)


def _count(
    name: str, gold: Gold, rows: Sequence[GoldRow], readings: Mapping[str, Reading], read: Callable[[Reading], _Rows]
) -> Part:
    pairs: list[Pair] = []
    missed: list[GoldRow] = []
    extra: list[Target | Incentive] = []
    seeds = not (gold.folder / "index.csv").is_file()  # only there do the paths of clauses mean the same
    for document in gold.documents:
        text, predicted = readings[document].document, read(readings[document])
        wanted = [row for row in rows if row.document == document]
        neutral = [row for row in gold.neutral if row.document == document]
        paired = _pair(wanted, predicted, text, clause=seeds)
        used_gold, used = {at for at, _ in paired}, {to for _, to in paired}
        pairs += paired.values()
        missed += [row for at, row in enumerate(wanted) if at not in used_gold]
        extra += [
            one
            for to, one in enumerate(predicted)
            if to not in used and not any(overlap(row, one, text) for row in neutral)
        ]
    return Part(name, gold.documents, tuple(pairs), tuple(missed), tuple(extra))


def _pair(wanted: Sequence[GoldRow], predicted: _Rows, text: Document, *, clause: bool) -> dict[tuple[int, int], Pair]:
    """Pairs by (place of the gold row, place of the prediction), in the order of the gold."""
    ranked = []
    for at, row in enumerate(wanted):
        for to, one in enumerate(predicted):
            common = overlap(row, one, text)
            if common and found(row, one):
                pair = Pair(row, one, right(row, one), differences(row, one, clause=clause))
                ranked.append((not pair.right, len(pair.differences), -common, at, to, pair))
    ranked.sort(key=lambda entry: entry[:5])
    pairs: dict[tuple[int, int], Pair] = {}
    for *_, at, to, pair in ranked:
        if not any(at == other_at or to == other_to for other_at, other_to in pairs):
            pairs[at, to] = pair
    return dict(sorted(pairs.items()))


def taken(gold: Gold, readings: Mapping[str, Reading]) -> tuple[tuple[GoldRow, Target], ...]:
    """Rows of ``not_targets.csv`` that were taken for a target: the number of the target lies in the row's words."""
    result = []
    for row in gold.traps:
        reading = readings[row.document]
        for target in reading.targets:
            start, end = reading.document.raw_span(target.value_start, target.value_end)
            if row.located and row.start <= start and end <= row.end:
                result.append((row, target))
    return tuple(result)


def qualitative(gold: Gold, readings: Mapping[str, Reading]) -> tuple[tuple[GoldRow, ...], tuple[Incentive, ...]]:
    """(missing, further): qualitative incentives of the gold that no prediction of the same instrument overlaps, one
    for one, and predictions left over. Both empty for gold without qualitative rows."""
    missing: list[GoldRow] = []
    further: list[Incentive] = []
    for name in gold.documents if gold.qualitative else ():
        free = [row for row in readings[name].incentives if not row.quantified]
        for row in (row for row in gold.qualitative if row.document == name):
            match = max(
                (one for one in free if one.instrument == row.fields["instrument"]),
                key=lambda one: overlap(row, one, readings[name].document),
                default=None,
            )
            if match is None or not overlap(row, match, readings[name].document):
                missing.append(row)
            else:
                free.remove(match)
        further += free
    return tuple(missing), tuple(further)


_Z = 1.959964  # 95 %


def interval(hits: int, total: int) -> tuple[float, float] | None:
    """Wilson's 95 % interval for ``hits`` of ``total``, both ends in 0–1; None over nothing.

    It holds for rows drawn by chance; it says nothing of texts that were looked at while the rules were written.
    """
    if not total:
        return None
    share, square = hits / total, _Z * _Z
    middle = (share + square / (2 * total)) / (1 + square / total)
    reach = _Z * sqrt(share * (1 - share) / total + square / (4 * total * total)) / (1 + square / total)
    return max(0.0, middle - reach), min(1.0, middle + reach)


FILE = "receivers.csv"


@dataclass(frozen=True, slots=True)
class ReceiverAgreement:
    """Of the incentives found: how many have the class and how many the name that was annotated."""

    found: int
    same_class: int
    same_name: int


def read_classes(path: Path) -> Mapping[tuple[str, int], Receiver]:
    """Class by document and line of incentives.csv. Raises ``InputError`` on a class that is none."""
    classes = {}
    for at, row in enumerate(rows_of(path), start=2):
        try:
            classes[row["document"], int(row["line"])] = Receiver(row["receiver"])
        except (KeyError, ValueError) as problem:
            raise InputError(path.name, f"第 {at} 行", "行号或对象类别不对", "请改为整数和已有的类别") from problem
    return classes


def with_class(row: GoldRow, classes: Mapping[tuple[str, int], Receiver]) -> GoldRow:
    """The row with the field ``receiver``: as annotated, else the class of the annotated name."""
    kept = classes.get((row.document, row.line))
    words = [clean(row.fields.get(field, "") or " ").text.strip() for field in ("beneficiary", "trigger")]
    return replace(row, fields={**row.fields, "receiver": str(kept or receiver_of(*words))})


def agreement(pairs: Sequence[Pair]) -> ReceiverAgreement:
    """How often class and name of the receiver agree among the rows found."""
    wrong = [{one.field for one in pair.differences} for pair in pairs]
    return ReceiverAgreement(
        found=len(pairs),
        same_class=sum("receiver" not in fields for fields in wrong),
        same_name=sum("beneficiary" not in fields for fields in wrong),
    )
