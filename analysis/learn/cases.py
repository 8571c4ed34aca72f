"""Made-up sentences with what a careful reader takes from them, as further examples to learn from.

They are the grammar's own examples and tests (``tests/cases/targets.toml``); no figure is ever taken of them.
"""

from __future__ import annotations

import tomllib
from decimal import Decimal
from pathlib import Path

from analysis.corpus.documents import anonymous_card, document
from analysis.extract import prepare
from analysis.extract.target_signs import signs
from analysis.learn.fit import Labelled
from analysis.score.known import FRAME
from analysis.segment import segment


def labelled_cases(path: Path) -> list[list[Labelled]]:
    """The numbers of each case, with whether the case lists them as a target; none where there is no such file."""
    if not path.is_file():
        return []
    cases = tomllib.loads(path.read_text(encoding="utf-8"))["case"]
    return [_labelled(case["text"], [(Decimal(row[2]), row[3]) for row in case["targets"]]) for case in cases]


def _labelled(text: str, wanted: list[tuple[Decimal, str]]) -> list[Labelled]:
    card = anonymous_card("句子")
    made = document(card, card.editions[0], f"{FRAME}{text}")
    every = prepare(made, segment(made)).candidates
    rows: list[Labelled] = []
    for one, seen in zip(every, signs(every), strict=True):
        if one.refused is None:
            number = (one.quantity.value, one.quantity.unit)
            label = number in wanted
            if label:
                wanted.remove(number)
            rows.append((tuple(seen), label))
    return rows
