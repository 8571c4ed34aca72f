"""Ties comments to the clauses of a draft: by what they name, by the draft's words that they quote, by their subject.

What a comment names comes first. Where the words around a number are clearly those of another clause the number is
said to be wrong (``Anchor.missing``) and the clause is the one of the words. Nothing is tied silently: every anchor
says what it rests on, how sure it is, and which other clauses could be meant.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from math import exp, log

from analysis.consultation.comments import Anchor, Comment, ConsultedDraft, DraftClause, How
from analysis.consultation.draft_places import DraftPlaces
from analysis.consultation.folded_words import Folded, folded
from analysis.consultation.named_places import Named, below, family, named_places, same_place
from analysis.consultation.quoted_words import QuotableWords, Quoted
from analysis.consultation.references_in_comments import references
from analysis.consultation.subjects import DraftSubjects, Related, unrelated

_QUOTED, _QUOTED_MARKED = 2.8, 0.9  # weight from which words are a quotation, and where they stand in quotation marks
_RIVAL = 0.6  # of the weight of a quotation that the same words of another clause must have to be meant as well
_QUOTED_BESIDE = 1.9  # the same in a column that is there to say which clause
_QUOTES_ANOTHER = 4.0  # weight of words of another clause that make a number wrong
_LEAST_SCORE, _LEAST_SCORE_WRONG, _LEAST_SCORE_UNRELATED = 1.7, 3.0, 5.0
_LEAST_SCORE_ANOTHER, _OTHER_SUBJECT = 4.0, 3.2  # how much more another clause must answer for before a number is wrong
_SURE, _NO_SCORE, _SURE_ENOUGH, _ONE_WORD = 0.92, 1.0, 0.5, 0.8
_MOST_OTHERS = 4
_SHORTEST_SCOPE = 14  # characters around a number that can say that it is wrong
_COPIED_CLAUSES, _COPIED_SHARE, _MOST_COPIED = 4, 0.6, 200  # a comment that is the draft with remarks in it
_REMARK = re.compile(r"[^\s。;,、:()附\d][^\n]*")
_HAN = re.compile(r"[\u3400-\u9fff]")
_SHORTEST_REMARK = 8
_SHORTEST_TITLE = 6
_MOST_WORDS = 24  # characters of a comment that evidence repeats


@dataclass(frozen=True, slots=True)
class Spanned:
    """An anchor with the words of the comment that it rests on: ``start`` to ``end`` in the comment's text."""

    start: int
    end: int
    anchor: Anchor
    others: tuple[Anchor, ...] = ()


@dataclass(frozen=True, slots=True)
class Tied:
    """What ties a comment: as a whole, and by each place it names or quotes, in the order of its words."""

    anchor: Anchor
    others: tuple[Anchor, ...] = ()
    spans: tuple[Spanned, ...] = ()


@dataclass(frozen=True, eq=False)
class Anchoring:
    """A draft made ready to tie comments to it; made once, then only read."""

    draft: ConsultedDraft

    @cached_property
    def places(self) -> DraftPlaces:
        """Its numbers and headings."""
        return DraftPlaces(self.draft)

    @cached_property
    def words(self) -> QuotableWords:
        """Its words."""
        return QuotableWords(self.draft)

    @cached_property
    def subjects(self) -> DraftSubjects:
        """Its subjects."""
        return DraftSubjects(self.draft)

    def tie(self, comments: Sequence[Comment]) -> list[Tied]:
        """What ties each comment: its text with the title above it, the reasons below, the clause in a column beside.

        The same comment gives the same answer, whatever stands beside it. Time is linear in the comments.
        """
        wholes = [self._whole(comment) for comment in comments]
        related = self.subjects.related([whole.text for whole in wholes])
        ties = []
        for comment, whole, nearest in zip(comments, wholes, related, strict=True):
            quotes = [each for each in self.words.quoted(whole) if _is_quotation(each)]
            first = len(comment.title) + 1 if comment.title else 0
            tied = _Tie(self, whole, folded(comment.clause), nearest, quotes).tied()
            ties.append(replace(tied, spans=tuple(_within(each, first, len(comment.text)) for each in tied.spans)))
        return ties

    def _whole(self, comment: Comment) -> Folded:
        """All that a comment says, folded; names of the draft and places of other texts are blank: they say nothing."""
        whole = folded("\n".join(part for part in (comment.title, comment.text, comment.reason) if part))
        names = self.places.names
        called = re.escape(names.title) if len(names.title) >= _SHORTEST_TITLE else "(?!)"
        spans = [match.span() for match in re.finditer(f"《?{called}(?:\\([^()\n]{{2,12}}\\))?》?", whole.text)]
        for start, end in (*references(whole.text, names).others, *spans):
            blank = "\n" * (end - start)
            whole = replace(whole, text=whole.text[:start] + blank + whole.text[end:])
        return whole

    def tie_points(self, comment: Comment, points: Sequence[tuple[int, int]]) -> list[Tied]:
        """What ties each point of a comment (its spans in the text): its own words, else the column beside it."""
        if len(points) == 1:
            return self.tie([comment])
        own = self.tie([replace(comment, text=comment.text[start:end], title="", reason="") for start, end in points])
        moved = []
        for (at, _), tied in zip(points, own, strict=True):
            spans = tuple(replace(each, start=each.start + at, end=each.end + at) for each in tied.spans)
            moved.append(replace(tied, spans=spans))
        return moved


def _within(spanned: Spanned, first: int, length: int) -> Spanned:
    """A place in all that a comment says -> its place in the text; both 0 for one in the title or the reasons."""
    start, end = spanned.start - first, spanned.end - first
    inside = 0 <= start < end <= length
    return replace(spanned, start=start if inside else 0, end=end if inside else 0)


@dataclass(frozen=True, slots=True)
class _Tie:
    """One comment on its way."""

    draft: Anchoring
    comment: Folded
    beside: Folded
    related: list[Related]
    quotes: list[Quoted]

    def tied(self) -> Tied:
        """All that ties it."""
        between = self._between_the_lines()
        if between:
            return Tied(between[0].anchor, between[0].others, tuple(between))
        named = self._named()
        spans = [] if any(each.beside for each in named) else self._words_beside()
        for at, place in enumerate(named):
            until = named[at + 1].start if at + 1 < len(named) and not place.beside else len(self.comment.text)
            spans.append(self._by_name(place, until, first=at == 0))
        good = [each for each in spans if each.anchor.clause and not each.anchor.missing]
        missing = next((each.anchor.missing for each in spans if each.anchor.missing), "")
        spans.extend(self._quotations([each.anchor for each in good]))
        spans.sort(key=lambda each: (each.start, each.end))
        first = good[0] if good else next((each for each in spans if each.anchor.clause), None) or self._by_subject()
        anchor = replace(first.anchor, missing=missing)
        return Tied(anchor, first.others, tuple(spans))

    def _between_the_lines(self) -> list[Spanned]:
        """Where a comment is the draft with remarks in it: each remark with the clause that it stands behind."""
        copied = _apart(self.quotes)
        if len({each.clause.path for each in copied}) < _COPIED_CLAUSES:
            return []
        if sum(each.copied for each in copied) < _COPIED_SHARE * min(len(self.comment.text), self.draft.words.length):
            return []
        remarks = []
        ends = [*(each.start for each in copied[1:]), len(self.comment.text)]
        for before, end in zip(copied, ends, strict=True):
            words = _REMARK.search(self.comment.text, before.end, end)
            if words is None or len(_HAN.findall(words[0])) < _SHORTEST_REMARK:
                continue
            evidence = f"意见写在该条原文“{_cut(self.comment.text[before.start : before.end])}”之后"
            anchor = _anchor(How.QUOTE, 0.85, before.clause, evidence)
            remarks.append(Spanned(*self.comment.span(*words.span()), anchor))
        return remarks

    # What a comment names

    def _named(self) -> list[Named]:
        """The places that the comment and the column beside it name, in order; those of the column first."""
        beside = named_places(self.draft.places, self.beside, beside=True) if self.beside.text else []
        own = named_places(self.draft.places, self.comment)
        if not beside:
            return own
        return beside + [each for each in own if each.found.clauses and not same_place(each, beside)]

    def _by_name(self, place: Named, until: int, first: bool) -> Spanned:
        """The anchor of a place that is named; ``first`` of the comment or not. ``until``: where it names the next."""
        start, end = (0, 0) if place.beside else self.comment.span(place.start, place.end)
        scope = (0, until) if place.beside or first else (place.start, until)
        if not place.found.clauses:
            anchor, others = self._by_words(scope, place.found.missing, place.found.elsewhere)
            return Spanned(start, end, anchor, others)
        clause, certain = self._meant(place.found.clauses, scope)
        other = None if place.heading else self._speaks_of_another(place, clause, scope)
        if other is not None:
            said = f"意见写的是“{place.words}”，所说的却是{other.clause}的内容"
            return Spanned(start, end, replace(other, missing=said))
        inner = self._narrower(clause, scope)
        source = "涉及条款一栏写明" if place.beside else "意见写明标题" if place.heading else "意见写明"
        evidence = f"{source}“{_cut(place.words)}”"
        if inner is not None:
            evidence += f"，并引用其中“{_cut(self.comment.text[inner.start : inner.end])}”"
        meant = inner.clause if inner is not None else clause
        confidence = 0.97 if certain else 0.75
        rest = [each for each in (clause, *place.found.clauses) if each is not meant][:_MOST_OTHERS]
        return Spanned(
            start,
            end,
            _anchor(How.EXPLICIT, confidence, meant, evidence),
            tuple(_anchor(How.EXPLICIT, 0.2, each, evidence) for each in dict.fromkeys(rest)),
        )

    def _meant(self, clauses: Sequence[DraftClause], scope: tuple[int, int]) -> tuple[DraftClause, bool]:
        """Which of several clauses with the same number is meant, by the words around it."""
        if len(clauses) == 1:
            return clauses[0], True
        support = [(self._quoted_weight(each, scope), self._score(each)) for each in clauses]
        best = max(
            range(len(clauses)),
            key=lambda at: (support[at][0] >= _QUOTED_MARKED, support[at][0], round(support[at][1], 6), -at),
        )
        if support[best][0] < _QUOTED_MARKED and support[best][1] < 1.5 * support[0][1] + 1.0:
            best = 0
        return clauses[best], False

    def _speaks_of_another(self, place: Named, clause: DraftClause, scope: tuple[int, int]) -> Anchor | None:
        """The anchor of another clause where the words around a number are clearly that clause's."""
        own = self._quoted_weight(clause, scope)
        for quote in self._quotes_in(scope):
            if quote.weight >= _QUOTES_ANOTHER and own < quote.weight / 4 and not family(quote.clause, clause):
                return self._quoted_anchor(quote)[0]
        related = self._related_in(scope)
        if own or not related:
            return None
        top = related[0]
        mine = max((each.score for each in related if family(each.clause, clause)), default=0.0)
        if (
            top.score >= _LEAST_SCORE_ANOTHER
            and top.score > _OTHER_SUBJECT * (mine + 0.4)
            and not family(top.clause, clause)
        ):
            return self._subject_anchor(top)[0]
        return None

    def _related_in(self, scope: tuple[int, int]) -> list[Related]:
        """The clauses that part of the comment speaks of; none where it is too short to say."""
        if scope[1] - scope[0] < _SHORTEST_SCOPE:
            return []
        if scope[0] == 0 and scope[1] == len(self.comment.text):
            return self.related
        return self.draft.subjects.related([self.comment.text[slice(*scope)]])[0]

    def _narrower(self, clause: DraftClause, scope: tuple[int, int]) -> Quoted | None:
        """Words that the comment quotes from one clause below the one that it names."""
        below = [each for each in self._quotes_in(scope) if each.clause.path.startswith(clause.path + "/")]
        own = self._quoted_weight(clause, scope, family=False)
        return below[0] if below and below[0].weight > own else None

    # The draft's words

    def _quotes_in(self, scope: tuple[int, int]) -> list[Quoted]:
        return [each for each in self.quotes if scope[0] <= each.start < scope[1]]

    def _quoted_weight(self, clause: DraftClause, scope: tuple[int, int], family: bool = True) -> float:
        own = [
            each.weight
            for each in self._quotes_in(scope)
            if each.clause is clause or (family and each.clause.path.startswith(clause.path + "/"))
        ]
        return max(own, default=0.0)

    def _quotations(self, named: Sequence[Anchor]) -> list[Spanned]:
        """The quotations of clauses that are not named, each clause once."""
        seen = {anchor.clause for anchor in named}
        spans = []
        taken: list[tuple[int, int]] = []
        for quote in self.quotes:
            near = any(
                quote.clause.path == path or below(quote.clause.path, path) or below(path, quote.clause.path)
                for path in seen
            )
            overlaps = any(start < quote.end and quote.start < end for start, end in taken)
            if near or overlaps or (named and quote.weight < _QUOTES_ANOTHER):
                continue
            seen.add(quote.clause.path)
            taken.append((quote.start, quote.end))
            anchor, others = self._quoted_anchor(quote)
            spans.append(Spanned(*self.comment.span(quote.start, quote.end), anchor, others))
        return spans

    def _words_beside(self) -> list[Spanned]:
        """The clause whose words a column beside the comment repeats (原文), where it names none."""
        found = [each for each in self.draft.words.quoted(self.beside) if each.weight >= _QUOTED_BESIDE]
        if not found:
            return []
        evidence = f"涉及条款一栏写着原文“{_cut(self.beside.text[found[0].start : found[0].end])}”"
        same = [each.clause for each in found[1:] if each.weight >= _RIVAL * found[0].weight]
        others = tuple(_anchor(How.QUOTE, 0.4, clause, evidence) for clause in same if clause is not found[0].clause)
        return [Spanned(0, 0, _anchor(How.QUOTE, 0.5 if others else 0.93, found[0].clause, evidence), others)]

    def _quoted_anchor(self, quote: Quoted) -> tuple[Anchor, tuple[Anchor, ...]]:
        """The anchor of a quotation; the same words in other clauses are others that could be meant."""
        rivals = [
            each
            for each in self.quotes
            if each.clause is not quote.clause
            and each.start < quote.end
            and quote.start < each.end
            and each.weight >= _RIVAL * quote.weight
        ]
        evidence = f"引用原文“{_cut(self.comment.text[quote.start : quote.end])}”"
        sure = 1 / (1 + exp(-(quote.weight - 0.5) * (1.2 if quote.marked else 0.7)))
        confidence = sure / (1 + 0.6 * len(rivals))
        others = {each.clause.path: each.clause for each in rivals}.values()
        return (
            _anchor(How.QUOTE, confidence, quote.clause, evidence),
            tuple(_anchor(How.QUOTE, confidence * 0.8, each, evidence) for each in others)[:_MOST_OTHERS],
        )

    def _by_words(
        self, scope: tuple[int, int], missing: str, elsewhere: Sequence[DraftClause]
    ) -> tuple[Anchor, tuple[Anchor, ...]]:
        """Where the rest of a comment belongs whose reference leads nowhere."""
        quotes = self._quotes_in(scope) or self.quotes
        if quotes:
            anchor, others = self._quoted_anchor(quotes[0])
            return replace(anchor, missing=missing), others
        spanned = self._by_subject(_LEAST_SCORE_WRONG)
        if spanned.anchor.confidence < _SURE_ENOUGH:
            spanned = _nowhere()
        if not spanned.anchor.clause and elsewhere:
            evidence = f"草案中有这个编号的是{elsewhere[0].path}"
            return _anchor(How.EXPLICIT, 0.5, elsewhere[0], evidence, missing), ()
        return replace(spanned.anchor, missing=missing), spanned.others

    # The subject

    def _score(self, clause: DraftClause) -> float:
        return next((each.score for each in self.related if each.clause is clause), 0.0)

    def _by_subject(self, least: float = _LEAST_SCORE) -> Spanned:
        """The clause that speaks of what the comment as a whole speaks of, or none."""
        if not self.related:
            return _nowhere()
        elsewhere = unrelated(self.comment.text) or unrelated(self.beside.text)
        if self.related[0].score < (_LEAST_SCORE_UNRELATED if elsewhere else least):
            return _nowhere()
        return Spanned(0, 0, *self._subject_anchor(self.related[0]))

    def _subject_anchor(self, top: Related) -> tuple[Anchor, tuple[Anchor, ...]]:
        shared = "、".join(self.draft.subjects.shared(self.comment.text, top.clause))
        rivals = [each for each in self.related if each is not top and each.score >= 0.6 * top.score][:_MOST_OTHERS]
        next_best = max((each.score for each in self.related if each is not top), default=0.0)
        nearer, better = log(top.score), log(top.score / max(next_best, _NO_SCORE))
        # Fitted on made-up comments on nine drafts, then drawn to the middle: they helped to find the everyday words.
        sure = _SURE / (1 + exp(-(1.2 * nearer + 3.0 * better - 1.5))) * (1.0 if "、" in shared else _ONE_WORD)
        anchors = [
            _anchor(How.SIMILAR, sure * 0.6 * each.score / top.score, each.clause, "说的事相近") for each in rivals
        ]
        evidence = f"说的事相同：{shared}" if shared else "用词相近"
        return _anchor(How.SIMILAR, sure, top.clause, evidence), tuple(anchors)


def _apart(quotes: Sequence[Quoted]) -> list[Quoted]:
    """The weightiest quotations that do not overlap, in the order of the comment."""
    kept: list[Quoted] = []
    for quote in quotes[:_MOST_COPIED]:
        if all(quote.end <= other.start or other.end <= quote.start for other in kept):
            kept.append(quote)
    return sorted(kept, key=lambda each: each.start)


def _is_quotation(quote: Quoted) -> bool:
    return quote.weight >= (_QUOTED_MARKED if quote.marked else _QUOTED)


def _cut(words: str) -> str:
    return words if len(words) <= _MOST_WORDS else f"{words[: _MOST_WORDS - 1]}…"


def _nowhere() -> Spanned:
    return Spanned(0, 0, Anchor(How.NONE, 0.5, evidence="没有条款号，没有原文，也没有哪一条说的是同一件事"))


def _anchor(how: How, confidence: float, clause: DraftClause, evidence: str, missing: str = "") -> Anchor:
    return Anchor(how, round(confidence, 3), clause.path, clause.start, clause.end, evidence, missing)
