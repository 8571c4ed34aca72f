"""Numbers of statements that give: what a person says of each, how sure the signs are, and which role they see."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from analysis.extract.incentive_rows import ROLES, Judged, judged, signs
from analysis.extract.incentive_terms import NOT_GIVEN
from analysis.extract.quantities import in_wan, quantities
from analysis.extract.sentences import sentences
from analysis.extract.statements import statements
from analysis.extract.terms_of_statement import terms_of
from analysis.extract.weigh import Seen, Weights
from analysis.learn.left_out import calibrate_each, fit, fit_each
from analysis.model import Document, Quantity, Reading
from analysis.score.agree import number, overlap
from analysis.score.gold import Gold

FIELDS = {
    "rate_percent": "rate",
    "amount_low_wan": "sum",
    "amount_high_wan": "sum",
    "cap_item_wan": "item",
    "cap_year_wan": "year",
    "threshold_wan": "threshold",
}


@dataclass(frozen=True, slots=True)
class Example:
    """A number of a giving statement. ``role``: what a person says it is, one of ROLES."""

    judged: Judged
    seen: tuple[Seen, ...]
    role: str

    @property
    def given(self) -> bool:
        """Whether a person says that it is given."""
        return self.role not in NOT_GIVEN


@dataclass(frozen=True, slots=True)
class LearntIncentives:
    """Weights that say how sure an incentive is, and what they said of each document when it was left out.

    ``judged``: by document, for each number that the grammar gives, the probability and whether it is given.
    """

    weights: Weights
    judged: tuple[tuple[tuple[float, bool], ...], ...]


def examples(gold: Gold, reading: Reading) -> tuple[Example, ...]:
    """The labelled numbers of one document; those that a fair annotator could decide otherwise are left out."""
    document = reading.document
    result = []
    for statement in statements(sentences(document, reading.clauses, quantities(document.text))):
        if not statement.gives():
            continue
        every = judged(statement, terms_of(statement))
        seen = signs(statement, every, document.card.kind)
        for one in every:
            role = _role(one, gold, document)
            if role is not None:
                result.append(Example(one, tuple(seen[one.quantity.start]), role))
    return tuple(result)


def _role(one: Judged, gold: Gold, document: Document) -> str | None:
    """The field of an overlapping row that holds the number; the grammar's where several do, "none" where none does."""
    rows = [row for row in gold.incentives if overlap(row, one.quantity, document)]
    values = _values(one.quantity)
    money = one.quantity.dimension == "money"
    roles = {
        role
        for row in rows
        for field, role in FIELDS.items()
        if (role != "rate") == money and (value := number(row, field)) is not None and value in values
    }
    if roles:
        return one.role if one.role in roles else min(roles)
    doubtful = any(row.ambiguous for row in rows)
    neutral = any(overlap(row, one.quantity, document) for row in gold.neutral)
    return None if doubtful or neutral else "none"


def _values(quantity: Quantity) -> set[Decimal]:
    """The number as rows state it: money in 万元, rates in percent."""
    if quantity.dimension == "money":
        ends = [quantity.value, *([] if quantity.value_high is None else [quantity.value_high])]
        return {in_wan(quantity, value) for value in ends}
    if quantity.dimension == "ratio":
        return {(100 / quantity.value).quantize(Decimal("0.01"))} if quantity.value else set()
    return {quantity.value / 100 if quantity.unit == "万分之" else quantity.value}


def learn_incentives(every: Sequence[Sequence[Example]]) -> LearntIncentives:
    """Weights from all documents, calibrated on what weights learnt from the others said of each."""
    weights, models = fit_each([[(one.seen, one.given) for one in document] for document in every])
    rows = [
        [((model.logit(one.seen), 0.0, 0.0), one.given) for one in document]
        for document, model in zip(every, models, strict=True)
    ]
    weights, models = calibrate_each(weights, models, rows)
    result = tuple(
        tuple(
            (model.probability(*logits), label)
            for (logits, label), one in zip(weighed, document, strict=True)
            if one.judged.given
        )
        for document, model, weighed in zip(every, models, rows, strict=True)
    )
    return LearntIncentives(weights, result)


def compare_roles(every: Sequence[Sequence[Example]]) -> str:
    """Grammar, signs with the grammar's verdict, signs alone: F1 of each role, one document left out at a time."""
    ways: dict[str, Callable[[Example], tuple[Seen, ...]] | None] = {
        "只用规则": None,
        "权衡迹象，含规则": lambda one: (*one.seen, _verdict(one.judged)),
        "权衡迹象，不含规则": lambda one: tuple(sign for sign in one.seen if not sign[0].startswith(_BESIDE)),
    }
    count = sum(len(document) for document in every)
    lines = [f"给予语句中的 {count} 个数，逐份留出，各角色的 F1：", "  " + "  ".join(["", *ROLES, "全部判对"])]
    for name, seen in ways.items():
        pairs = list(_by_rule(every) if seen is None else _left_out(every, seen))
        lines.append(f"  {name}：" + "  ".join(_figures(pairs)))
    return "\n".join(lines) + "\n"


def _verdict(one: Judged) -> Seen:
    """The grammar's own verdict as a sign."""
    return (f"gift.rule.{one.refused or one.role}", one.quantity.start, one.quantity.end)


_BESIDE = ("gift.previous", "gift.next", "gift.all")


def _by_rule(every: Sequence[Sequence[Example]]) -> Iterable[tuple[str, str]]:
    return ((one.role, one.judged.role) for document in every for one in document)


def _left_out(
    every: Sequence[Sequence[Example]], seen: Callable[[Example], tuple[Seen, ...]]
) -> Iterable[tuple[str, str]]:
    """Role and what models of the other documents take it for: the role whose model is surest."""
    for at, document in enumerate(every):
        if not document:
            continue
        others = [*every[:at], *every[at + 1 :]]
        roles = sorted({one.role for each in others for one in each})
        models = {role: fit([[(seen(one), one.role == role) for one in each] for each in others]) for role in roles}
        for one in document:
            logits = {role: model.logit(seen(one)) for role, model in models.items()}
            yield one.role, max(roles, key=logits.__getitem__)


def _figures(pairs: Sequence[tuple[str, str]]) -> Iterable[str]:
    for role in ROLES:
        both = sum(said == true == role for true, said in pairs)
        either = sum(said == role for _, said in pairs) + sum(true == role for true, _ in pairs)
        yield f"{2 * both / either:.3f}" if either else "—"
    yield f"{sum(said == true for true, said in pairs) / len(pairs):.3f}" if pairs else "—"
