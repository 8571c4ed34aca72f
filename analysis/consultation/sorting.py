"""Comments sorted: each tied to clauses, its points and stance told, copies grouped, themes named.

Texts that are the same word for word are read once. Nothing is random and nothing comes from outside: the same
comments give the same answer.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from analysis.consultation import copies
from analysis.consultation.comment_points import points_of
from analysis.consultation.comment_text import DraftWords
from analysis.consultation.comments import (
    Anchor,
    Comment,
    CommentPoint,
    ConsultedDraft,
    How,
    SortedComment,
    Stance,
)
from analysis.consultation.sender_types import sender_type
from analysis.consultation.stance import Leaning, leaning_of
from analysis.consultation.themes import themes

Progress = Callable[[str, int, int], None]  # what is being done (in Chinese), how much of how many is done
_STEP = 200  # comments between two reports
_SHORT = 12  # characters of a text that says the same of whatever clause stands beside it


@dataclass(frozen=True, slots=True)
class _Said:
    """What one comment says, without who says it."""

    text: str
    title: str
    reason: str
    clause: str


@dataclass(frozen=True, slots=True)
class _Read:
    """What is found in it by itself."""

    anchor: Anchor
    points: tuple[CommentPoint, ...]
    leaning: Leaning
    profile: copies.Profile


def sort_comments(
    draft: ConsultedDraft, comments: Sequence[Comment], progress: Progress | None = None
) -> tuple[SortedComment, ...]:
    """What the program proposes for each comment, in their order. Time grows in proportion to the comments."""
    words = DraftWords(draft.raw)
    distinct = list(dict.fromkeys(map(_said, comments)))
    read: list[_Read] = []
    for at, said in enumerate(distinct):
        if progress and at % _STEP == 0:
            progress("逐条阅读", at, len(distinct))
        read.append(_read(said, words))
    if progress:
        progress("归并相同来信", 0, 1)
    places = {said: at for at, said in enumerate(distinct)}
    numbers = copies.groups([each.profile for each in read], [each.leaning.side for each in read])
    grouped = [numbers[places[_said(comment)]] for comment in comments]
    names, own = _groups(comments, grouped)
    if progress:
        progress("归纳主题", 0, 1)
    theme_of = _themes(comments, grouped)
    return tuple(
        SortedComment(
            comment,
            found.anchor,
            found.points,
            found.leaning.stance,
            sender_type(comment),
            names.get(group, ""),
            own.get(at, ()),
            theme_of.get(group, ""),
        )
        for at, (comment, group, found) in enumerate(
            zip(comments, grouped, (read[places[_said(comment)]] for comment in comments), strict=True)
        )
    )


def _said(comment: Comment) -> _Said:
    return _Said(comment.text, comment.title, comment.reason, comment.clause)


def _read(said: _Said, words: DraftWords) -> _Read:
    points = tuple(
        CommentPoint(start, end, _no_anchor(), leaning_of(said.text[start:end], words).stance)
        for start, end in points_of(said.text)
    )
    return _Read(_no_anchor(), points, _leaning(said, words), _profile(said, words))


def _no_anchor() -> Anchor:
    return Anchor(How.NONE, 0.0)


def _leaning(said: _Said, words: DraftWords) -> Leaning:
    """By title and text; by the reasons where these do not say."""
    leaning = leaning_of("\n".join(part for part in (said.title, said.text) if part), words)
    if leaning.stance is Stance.NONE and said.reason:
        return leaning_of(said.reason, words)
    return leaning


def _profile(said: _Said, words: DraftWords) -> copies.Profile:
    """By the text; a short one (同意) is the same only where title and clause beside it are."""
    profile = copies.profile(said.text, words)
    if len(profile.words) >= _SHORT:
        return profile
    return copies.profile("\n".join((said.clause, said.title, said.text)), words)


def _groups(
    comments: Sequence[Comment], grouped: Sequence[int]
) -> tuple[dict[int, str], dict[int, tuple[tuple[int, int], ...]]]:
    """Names of the groups of more than one comment; and of each comment in them what it has of its own."""
    members: dict[int, list[int]] = defaultdict(list)
    for at, group in enumerate(grouped):
        members[group].append(at)
    names: dict[int, str] = {}
    own: dict[int, tuple[tuple[int, int], ...]] = {}
    for group, places in members.items():
        if len(places) > 1:
            texts = [comments[at].text for at in places]
            names[group] = copies.group_name(texts)
            own |= dict(zip(places, copies.own_words(texts), strict=True))
    return names, own


def _themes(comments: Sequence[Comment], grouped: Sequence[int]) -> dict[int, str]:
    """The theme of each group: copies say the same and count once, by the first of their texts in order."""
    texts: dict[int, str] = {}
    for comment, group in zip(comments, grouped, strict=True):
        text = f"{comment.title}\n{comment.text}"
        texts[group] = min(texts.get(group, text), text)
    order = list(texts)
    return {order[at]: theme.name for theme in themes([texts[group] for group in order]) for at in theme.members}
