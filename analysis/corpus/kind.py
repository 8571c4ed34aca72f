"""What kind of text a document is: cues of its title, its head and its form are added up, the highest sum decides."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from analysis.grammar import grammar
from analysis.grammar.vocabularies import KindCue
from analysis.model import TextKind

_TOLD = 2  # cues that are named as the reason
_LEAST = 3  # what a kind must reach; below it the kind is not known
_HEAD = 500  # characters that count as the head of a text
_LINE = 60  # a first line that may be a headline
_PARTS = re.compile("[_ ]+")  # of a file name: a place, a title, a remark
_ABOUT = re.compile("试题|题库|考试|名录|名单")  # what only asks or lists is not of the kind of what it names
_TEXT = 2500  # characters that are looked at: what a text is shows early


@dataclass(frozen=True, slots=True)
class Kind:
    """The kind of a text and the words it was read from, in Chinese."""

    kind: TextKind
    why: str


def kind_of(lines: Sequence[str], titles: Sequence[str] = (), name: str = "") -> Kind | None:
    """The kind of a text by its ``lines`` and ``titles`` (its title, its letter's, or a headline).

    ``name`` is that of its file; it is asked where the text itself is silent. None: nothing tells.
    """
    text = "\n".join(lines)[:_TEXT]
    titles = [title for title in titles if title] or [line for line in lines[:1] if len(line) <= _LINE]
    names = [name] if _ABOUT.search(name) else [name, *_PARTS.split(name)]
    return _decide(_found(titles, text)) or _decide(_of_titles(names), "取自文件名")


def _found(titles: Sequence[str], text: str) -> list[tuple[KindCue, str]]:
    found = _of_titles(titles)
    for cue in grammar().kind_cues:
        if cue.where == "title":
            continue
        match = cue.regex.search(text, 0, _HEAD) if cue.where == "head" else cue.regex.search(text)
        if match:
            found.append((cue, _short(match.group())))
    return found


def _of_titles(titles: Sequence[str]) -> list[tuple[KindCue, str]]:
    return [
        (cue, title)
        for cue in grammar().kind_cues
        if cue.where == "title"
        for title in [next((one for one in titles if cue.regex.search(one)), "")]
        if title
    ]


def _decide(found: list[tuple[KindCue, str]], source: str = "") -> Kind | None:
    sums: Counter[TextKind] = Counter()
    for cue, _ in found:
        sums[cue.kind] += cue.weight
    if not sums:
        return None
    # Reports and answers repeat the forms of what they speak of, so that they win where sums are equal.
    kind, weight = max(sums.items(), key=lambda item: (item[1], _ORDER.index(item[0])))
    if weight < _LEAST:
        return None
    heaviest = sorted((one for one in found if one[0].kind is kind), key=lambda one: -one[0].weight)
    told: list[str] = []
    for cue, words in heaviest:
        if len(told) < _TOLD and not any(words in one for one in told):
            told.append(f"{source or _SOURCE[cue.where]}“{words}”")
    return Kind(kind, "、".join(told))


_ORDER = tuple(TextKind)
_SOURCE = {"title": "标题为", "head": "开头有", "text": "文中有"}


def _short(words: str, longest: int = 24) -> str:
    words = " ".join(words.split()).strip("，。：；（(“”、 ")
    return words if len(words) <= longest else words[: longest - 1] + "…"
