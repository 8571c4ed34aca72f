"""The text that a report or an answer is about: its title and its number, as the first sentences name it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from analysis.grammar.metadata import marks
from analysis.model import TextKind

_HEAD = 600
_NUMBER = re.compile(r"[（(]([\u4e00-\u9fff]{1,10}[〔\[]20\d\d[〕\]]\d{1,4} ?号)[）)]$")
_YEARS = re.compile(r"[（(]20\d\d ?年?[—–―－~～至-]{1,2} ?20\d\d ?年?[）)]")
_LETTER = re.compile("^关于(?:印发|发布|公布)|的通知$")
MARKS = {TextKind.NEWS: "报道", TextKind.ANSWERS: "解读"}


@dataclass(frozen=True, slots=True)
class Reported:
    """The text that is spoken of: its title, its number ("" where none is given) and the words that name it."""

    title: str
    number: str
    words: str
    mark: str = ""  # what the text is to it, where its kind does not say: 答复


def reported(lines: Sequence[str]) -> Reported | None:
    """The first text that the head of a report says was issued; None where none is."""
    head = "\n".join(lines)[:_HEAD]
    answered = marks()["proposal"].find(head)
    if answered:
        return Reported(f"《{answered['name']}》提案", "", f"《{answered['name']}》", "答复")
    found = marks()["reported"].find(head)
    if found is None:
        return None
    name = found["name"] or found["second"]
    number = found["number"] or found["second_number"] or ""
    inside = _NUMBER.search(name)
    if inside:
        name, number = name[: inside.start()], inside[1]
    years = _YEARS.match(head, found.end())
    title = name + (years.group() if years else "")
    return Reported(_LETTER.sub("", title), number.replace(" ", ""), f"《{name}》")
