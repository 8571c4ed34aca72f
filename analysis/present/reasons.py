"""Why a number was taken or refused, in words: title and reason of the rule, how sure, signs for and against."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from analysis.grammar import grammar
from analysis.model import Reading, Sign

BY_RULE = "规则直接认定"
SURE_NOTE = f"“把握”是这一行确为目标或激励的概率，0 到 1；“{BY_RULE}”指由规则认定，没有估算概率。"


@dataclass(frozen=True, slots=True)
class Spoke:
    """A sign as a reader sees it. ``words``: the words where it stands, "" where that is the number itself."""

    title: str
    weight: float
    words: str = ""

    @property
    def side(self) -> str:
        """支持 or 反对."""
        return "支持" if self.weight > 0 else "反对"


def rule_title(rule: str) -> str:
    """The title of a rule; one that an older version wrote and this one no longer knows is its id."""
    known = grammar().rules.get(rule)
    return known.title if known else rule


def rule_why(rule: str) -> str:
    """Why a rule decides as it does, "" where that is not known."""
    known = grammar().rules.get(rule)
    return known.why if known else ""


def sureness(probability: float | None) -> str:
    """How sure a decision is that this is a target: ``92%``; 规则直接认定 where nothing was weighed."""
    if probability is None:
        return BY_RULE
    return f"{min(max(round(probability * 100), 1), 99)}%"


def spoke(signs: Sequence[Sign], reading: Reading) -> tuple[Spoke, ...]:
    """Signs as titles with their words, in the given order."""
    return tuple(Spoke(grammar().sign_title(sign.name), sign.weight, _words(sign, reading)) for sign in signs)


def _words(sign: Sign, reading: Reading) -> str:
    """The words where a sign stands; "" where that is the number it was weighed for."""
    numbers = reading.quantities
    at = bisect_left(numbers, sign.start, key=lambda number: number.start)
    if at < len(numbers) and (numbers[at].start, numbers[at].end) == (sign.start, sign.end):
        return ""
    return reading.document.text[sign.start : sign.end]


def titles(signs: Sequence[Sign]) -> str:
    """Signs in one cell of a table: 支持：…、…；反对：…"""
    sides = []
    for side, found in (
        ("支持", [sign for sign in signs if sign.weight > 0]),
        ("反对", [sign for sign in signs if sign.weight <= 0]),
    ):
        if found:
            sides.append(f"{side}：{'、'.join(dict.fromkeys(grammar().sign_title(sign.name) for sign in found))}")
    return "；".join(sides)
