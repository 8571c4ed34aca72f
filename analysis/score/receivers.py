"""Who receives: the class of each annotated incentive, and how often class and name agree.

Gold names receivers in the words of the text. Their classes are read by hand and kept by document and line alone, so
the file holds no words of the texts; where it has no line, the class is that of the annotated name.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from analysis.corpus.clean import clean
from analysis.extract.receiver import receiver_of
from analysis.model import InputFault, Receiver
from analysis.score.count import Pair
from analysis.score.gold import GoldRow, rows_of

FILE = "receivers.csv"


@dataclass(frozen=True, slots=True)
class ReceiverAgreement:
    """Of the incentives found: how many have the class and how many the name that was annotated."""

    found: int
    same_class: int
    same_name: int


def read_classes(path: Path) -> Mapping[tuple[str, int], Receiver]:
    """Class by document and line of incentives.csv. Raises ``InputFault`` on a class that is none."""
    classes = {}
    for at, row in enumerate(rows_of(path), start=2):
        try:
            classes[row["document"], int(row["line"])] = Receiver(row["receiver"])
        except (KeyError, ValueError) as problem:
            raise InputFault(path.name, f"第 {at} 行", "行号或对象类别不对", "请改为整数和已有的类别") from problem
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
