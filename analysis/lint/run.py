"""Checking a draft: every rule that is switched on, one list of findings, the worst first in the order of the text."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from analysis.lint.draft import Draft
from analysis.lint.findings import Change, ChangeSet, Finding, Found, Severity, fingerprints
from analysis.lint.page_text import is_news, page_lines
from analysis.lint.registry import Rule, rules
from analysis.lint.tier_lists import Tiers

LEFT_BY_CONVERSION = ("R1", "R2")  # marks and characters that are wrong wherever they stand
FOLDED_FROM = 5  # so many findings of one rule with one message become one, with all its places
TAKEN_APART = 30  # so many of its places can be corrected one by one, the others together


@dataclass(frozen=True)
class CheckedDraft:
    """A draft and what was found in it.

    ``word``: the Word file that offsets and changes refer to; None for other formats. ``notes``: one sentence, without
    its full stop, on each thing that a file carries and that was not read, not run or not fetched. ``tiers``: its lists
    of tiers, to be drawn. ``own``: rules of one's own that it was checked by besides those of the program.
    ``beside``: slug and title of each text that it was held against.
    """

    draft: Draft
    findings: tuple[Finding, ...]
    word: bytes | None = None
    notes: tuple[str, ...] = ()
    tiers: tuple[Tiers, ...] = ()
    own: tuple[Rule, ...] = ()
    beside: tuple[tuple[str, str], ...] = ()

    @property
    def rules(self) -> tuple[Rule, ...]:
        """All rules that it was checked by, those that are switched off among them."""
        return (*rules(), *self.own)


def check(draft: Draft, *, off: Collection[str] = (), by: Iterable[Rule] | None = None) -> tuple[Finding, ...]:
    """What the rules find, in the order of the text; ``off`` names rules that are switched off."""
    found: list[tuple[Rule, Found]] = []
    news, around = is_news(draft), {line.index for line in page_lines(draft)}
    for rule in by if by is not None else rules():
        if rule.id not in off:
            every = rule.check(draft)
            if rule.id not in LEFT_BY_CONVERSION and (news or around):
                every = _of_the_draft(draft, rule, every, news, around)
            found += [(rule, each) for each in _folded(every)]
    found.sort(key=lambda pair: (pair[1].start, pair[1].end, pair[0].id))
    names = fingerprints(draft.text, [(rule.id, each) for rule, each in found])
    # Names of the places inside a folded finding are others than its own, which is made from the first of them.
    inside = fingerprints(draft.text, [(f"{rule.id}/", one) for rule, each in found for one in _apart(each)])
    tokens = iter(inside)
    return tuple(
        _finding(draft, rule, each, name, list(islice(tokens, len(_apart(each)))))
        for (rule, each), name in zip(found, names, strict=True)
    )


def _of_the_draft(
    draft: Draft, rule: Rule, found: Iterable[Found], news: bool, around: Collection[int]
) -> Iterator[Found]:
    """Notes, and what stands in lines of the draft's own: nobody corrects a web page, or news, by what drafts keep."""
    for each in found:
        note = (each.severity or rule.severity) is Severity.INFO
        if note or not (news or draft.line_at(each.start).index in around):
            yield each


def _apart(found: Found) -> tuple[Found, ...]:
    """The places of a folded finding that can be corrected one by one."""
    return tuple(islice((one for one in found.folded if one.changes), TAKEN_APART))


def _finding(draft: Draft, rule: Rule, found: Found, fingerprint: str, tokens: Sequence[str]) -> Finding:
    """A finding with its offsets in the text as received."""
    start, end = draft.received_span(found.start, found.end)
    return Finding(
        rule=rule.id,
        severity=found.severity or rule.severity,
        clause=draft.clause_at(found.start),
        start=start,
        end=end,
        quote=draft.received[start:end],
        message=found.message,
        suggestion=found.suggestion,
        source=found.source or rule.source,
        fingerprint=fingerprint,
        places=tuple(draft.received_span(*place) for place in found.places),
        changes=_received(draft, found.changes),
        beside=found.beside,
        apart=_change_sets(draft, found, fingerprint, tokens),
    )


def _change_sets(draft: Draft, found: Found, fingerprint: str, tokens: Sequence[str]) -> tuple[ChangeSet, ...]:
    """The changes of a folded finding: one by one as far as there are ``tokens``, then the others together."""
    one_by_one = _apart(found)
    sets = [ChangeSet(token, _received(draft, one.changes)) for token, one in zip(tokens, one_by_one, strict=True)]
    others = [one for one in found.folded if one.changes][len(one_by_one) :]
    if others:
        changes = tuple(change for one in others for change in one.changes)
        sets.append(ChangeSet(f"{fingerprint}+", _received(draft, changes), len(others)))
    return tuple(sets)


def _received(draft: Draft, changes: Iterable[Change]) -> tuple[Change, ...]:
    return tuple(Change(*draft.received_span(each.start, each.end), each.words) for each in changes)


def worst_first(findings: Iterable[Finding]) -> list[Finding]:
    """Errors, then warnings, then notes; first what somebody must decide, then what can be corrected mechanically.

    Each in the order of the text.
    """
    return sorted(findings, key=lambda finding: (finding.severity.rank, bool(finding.changes), finding.start))


def _folded(found: Iterable[Found]) -> list[Found]:
    """The findings of one rule, those with the same message and suggestion as one where they are many."""
    alike: dict[tuple[str, str], list[Found]] = {}
    for each in found:
        alike.setdefault((each.message, each.suggestion), []).append(each)
    kept: list[Found] = []
    for same in alike.values():
        if len(same) < FOLDED_FROM:
            kept += same
            continue
        first = same[0]
        places = tuple(place for each in same for place in ((each.start, each.end), *each.places))[1:]
        changes = tuple(change for each in same for change in each.changes)
        message = f"{first.message}（共 {len(same)} 处）"
        kept.append(replace(first, message=message, places=places, changes=changes, folded=tuple(same)))
    return kept
