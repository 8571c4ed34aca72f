"""Making a word of what a person decides: on a row of the list, or on words that the machine made no row of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from analysis.checked.apply import Item, items, key_of
from analysis.checked.fields import fields_of
from analysis.checked.values import Check, Part
from analysis.model import CheckVerdict, Reading


def judged(
    reading: Reading, item: Item, who: str, when: str, *, fields: Mapping[str, str] | None = None, remove: bool = False
) -> Check:
    """A word on a row: that it holds as shown, that it holds with these ``fields``, or that it is to go.

    What it is called follows from what it says: a row put back to what the machine reads is confirmed.
    """
    machine = fields_of(item.machine) if item.machine else {}
    wanted = fields if fields is not None else fields_of(item.shown) if item.shown else {}
    start, end = reading.document.raw_span(item.start, item.end)
    span = reading.document.raw_span(item.machine.start, item.machine.end) if item.machine else (None, None)
    if remove:
        verdict, wanted = CheckVerdict.REMOVED, {}
    elif item.machine is None:
        verdict = CheckVerdict.ADDED
    else:
        verdict = CheckVerdict.CONFIRMED if dict(wanted) == machine else CheckVerdict.CHANGED
    return Check(
        document=reading.document.id,
        row=item.key,
        part=item.part,
        verdict=verdict,
        who=who,
        when=when,
        clause=reading.clause_at(item.start).path,
        quote=reading.document.raw[start:end],
        start=start,
        end=end,
        fields=wanted,
        machine=machine,
        machine_start=span[0],
        machine_end=span[1],
    )


def added(
    reading: Reading,
    said: Sequence[Check],
    part: Part,
    span: tuple[int, int],
    fields: Mapping[str, str],
    who: str,
    when: str,
) -> Check:
    """A row over clean ``span`` that the machine does not have."""
    start, end = reading.document.raw_span(*span)
    taken = [item.key for item in items(reading, said)] + [check.row for check in said]
    return Check(
        document=reading.document.id,
        row=key_of(part, start, end, taken),
        part=part,
        verdict=CheckVerdict.ADDED,
        who=who,
        when=when,
        clause=reading.clause_at(span[0]).path,
        quote=reading.document.raw[start:end],
        start=start,
        end=end,
        fields=dict(fields),
    )


def withdrawn(check: Check, when: str) -> Check:
    """The word that takes another back."""
    return replace(check, verdict=CheckVerdict.WITHDRAWN, when=when)
