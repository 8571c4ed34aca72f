"""Comments sorted: each tied to clauses, its points and stance told, copies grouped, themes named.

Texts that are the same word for word are read once. Nothing is random and nothing comes from outside: the same
comments give the same answer.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from analysis.consultation import copies
from analysis.consultation.anchors import Anchoring, Spanned, Tied
from analysis.consultation.comment_points import points_of
from analysis.consultation.comment_text import DraftWords, compared
from analysis.consultation.comments import (
    Anchor,
    Comment,
    CommentPoint,
    ConsultedDraft,
    SortedComment,
    Stance,
)
from analysis.consultation.sender_types import sender_type
from analysis.consultation.stance import Leaning, leaning_of
from analysis.consultation.themes import Theme, themes


class Step(StrEnum):
    """What is being done while comments are sorted."""

    READ = "read"
    GROUP = "group"
    THEMES = "themes"


Progress = Callable[[Step, int, int], None]  # how much of how many is done
_STEP = 200  # comments between two reports
_LONG = 300  # characters of a text that may be the draft with remarks in it
_MOSTLY = 0.6  # of it that must be the draft's words
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
    reader = _Reader(Anchoring(draft), DraftWords(draft.raw))
    distinct = list(dict.fromkeys(map(_said, comments)))
    read: list[_Read] = []
    for start in range(0, len(distinct), _STEP):
        if progress:
            progress(Step.READ, start, len(distinct))
        read += reader.read(distinct[start : start + _STEP])
    if progress:
        progress(Step.GROUP, 0, 1)
    places = {said: at for at, said in enumerate(distinct)}
    numbers = copies.groups([each.profile for each in read], [each.leaning.side for each in read])
    at_place = [places[_said(comment)] for comment in comments]
    grouped, found = [numbers[at] for at in at_place], [read[at] for at in at_place]
    names, own = _groups(comments, grouped, found)
    if progress:
        progress(Step.THEMES, 0, 1)
    theme_of = _theme_names(draft, comments, grouped, found)
    return tuple(
        SortedComment(
            comment,
            each.anchor,
            each.points,
            each.leaning.stance,
            sender_type(comment),
            names.get(group, ""),
            own.get(at, ()),
            theme_of.get(group, ""),
        )
        for at, (comment, group, each) in enumerate(zip(comments, grouped, found, strict=True))
    )


def _said(comment: Comment) -> _Said:
    return _Said(comment.text, comment.title, comment.reason, comment.clause)


@dataclass(frozen=True, slots=True)
class _Reader:
    """A draft made ready to read comments on it."""

    anchoring: Anchoring
    words: DraftWords

    def read(self, several: Sequence[_Said]) -> list[_Read]:
        """What is found in each comment by itself."""
        comments = [Comment(0, said.text, title=said.title, reason=said.reason, clause=said.clause) for said in several]
        ties = self.anchoring.tie(comments)
        return [self._one(said, comment, tied) for said, comment, tied in zip(several, comments, ties, strict=True)]

    def _one(self, said: _Said, comment: Comment, tied: Tied) -> _Read:
        leaning, profile = _leaning(said, self.words), _profile(said, self.words)
        remarks = self._remarks(said.text, tied)
        spans = [(each.start, each.end) for each in remarks] or points_of(said.text)
        if len(spans) < 2:
            anchor = _with_missing(tied)
            points = [CommentPoint(start, end, anchor, leaning.stance, tied.others) for start, end in spans]
            return _Read(anchor, tuple(points), leaning, profile)
        parts: Sequence[Tied | Spanned] = remarks or self.anchoring.tie_points(comment, spans)
        points = [
            CommentPoint(start, end, _with_missing(part), self._stance(said.text[start:end]), part.others)
            for (start, end), part in zip(spans, parts, strict=True)
        ]
        return _Read(_with_missing(tied, [each.anchor for each in points]), tuple(points), leaning, profile)

    def _remarks(self, text: str, tied: Tied) -> list[Spanned]:
        """Where a comment is the draft with remarks in it: the remarks."""
        if len(text) < _LONG:
            return []
        words = compared(text).words
        if sum(end - start for start, end in self.words.quoted(words)) < _MOSTLY * len(words):
            return []
        return [each for each in tied.spans if each.end > each.start]

    def _stance(self, text: str) -> Stance:
        return leaning_of(text, self.words).stance


def _with_missing(tied: Tied | Spanned, points: Sequence[Anchor] | None = None) -> Anchor:
    """The anchor with all that its words name and the draft does not have; of several points what these miss."""
    spans = tied.spans if isinstance(tied, Tied) else ()
    among = points if points is not None else [tied.anchor, *(each.anchor for each in spans)]
    return replace(tied.anchor, missing="；".join(dict.fromkeys(each.missing for each in among if each.missing)))


def _leaning(said: _Said, words: DraftWords) -> Leaning:
    """By title and text; by the reasons where these do not say."""
    leaning = leaning_of("\n".join(part for part in (said.title, said.text) if part), words)
    if leaning.stance is Stance.NONE and said.reason:
        return leaning_of(said.reason, words)
    return leaning


def _profile(said: _Said, words: DraftWords) -> copies.Profile:
    """By the text and the reasons; a short one (同意) is the same only where title and clause beside it are."""
    profile = copies.profile("\n".join(part for part in (said.text, said.reason) if part), words)
    if len(profile.words) >= _SHORT:
        return profile
    return copies.profile("\n".join((said.clause, said.title, said.text, said.reason)), words)


def _groups(
    comments: Sequence[Comment], grouped: Sequence[int], read: Sequence[_Read]
) -> tuple[dict[int, str], dict[int, tuple[tuple[int, int], ...]]]:
    """Names of the groups of more than one comment; and of each comment in them what it has of its own."""
    members: dict[int, list[int]] = defaultdict(list)
    for at, group in enumerate(grouped):
        members[group].append(at)
    names: dict[int, str] = {}
    own: dict[int, tuple[tuple[int, int], ...]] = {}
    for group, places in members.items():
        if len(places) > 1:
            names[group] = copies.group_name(read[at].profile for at in places)
            beside = [f"{comments[at].title}\n{comments[at].reason}" for at in places]
            own |= dict(zip(places, copies.own_words([comments[at].text for at in places], beside), strict=True))
    return names, own


def _theme_names(
    draft: ConsultedDraft, comments: Sequence[Comment], grouped: Sequence[int], read: Sequence[_Read]
) -> dict[int, str]:
    """The theme of each group by its number."""
    members: dict[int, list[int]] = defaultdict(list)
    for at, group in enumerate(grouped):
        members[group].append(at)
    tied = [(comment, each.anchor) for comment, each in zip(comments, read, strict=True)]
    made = _themes(draft, tied, list(members.values()))
    numbers = list(members)
    return {numbers[at]: theme.name for theme in made for at in theme.members}


def sorted_themes(draft: ConsultedDraft, found: Sequence[SortedComment], typical: int = 3) -> tuple[Theme, ...]:
    """The themes of comments that are sorted, the largest first: members and typical ones are indices in ``found``.

    Of copies one is typical; all are members.
    """
    groups: dict[str, list[int]] = defaultdict(list)
    for at, each in enumerate(found):
        groups[each.group or f"#{at}"].append(at)
    members = list(groups.values())
    made = _themes(draft, [(each.comment, each.anchor) for each in found], members, typical)
    return tuple(
        Theme(
            theme.name,
            tuple(sorted(at for group in theme.members for at in members[group])),
            tuple(members[group][0] for group in theme.typical),
        )
        for theme in made
    )


def _themes(
    draft: ConsultedDraft, tied: Sequence[tuple[Comment, Anchor]], groups: Sequence[Sequence[int]], typical: int = 3
) -> tuple[Theme, ...]:
    """The themes of groups of copies, which say the same and count once, by the first of their texts in order."""
    texts: list[tuple[str, str]] = []
    for places in groups:
        among = []
        for comment, anchor in (tied[at] for at in places):
            clause = draft.by_path.get(anchor.clause)
            among.append((f"{comment.title}\n{comment.text}\n{comment.reason}", clause.text if clause else ""))
        texts.append(min(among))
    return themes([text for text, _ in texts], [clause for _, clause in texts], typical)
