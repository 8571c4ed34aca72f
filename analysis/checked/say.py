"""What a person decides: on a row of the list, or on words marked in the text that the machine made no row of."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from analysis.checked.apply import Item, items, key_of
from analysis.checked.fields import fields_of
from analysis.checked.values import Check, Part
from analysis.extract.quantities import quantities
from analysis.grammar import grammar
from analysis.model import CheckVerdict, Comparator, Instrument, Quantity, Reading, TargetKind


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


_COUNTED = ("money", "count", "percent", "ratio", "multiple")
_IN_WAN = {"元": Decimal("0.0001"), "万元": Decimal(1), "亿元": Decimal(10_000)}
_LEADING = re.compile(
    r"^.*(?:力争|达到|实现|建设|建成|培育|新增|完成|突破|超过|年底?[，,]|[全我][省市县区国]|已有|累计)"
)
_TRAILING = re.compile(r"(?:达到|达|超过|突破|不低于|不少于|为|新增|增长|到|约|至少|力争)+$")


def place_of(reading: Reading, words: str) -> tuple[int, int] | None:
    """Clean span of words that a person typed or pasted, white space apart; None where they stand nowhere or twice."""
    pattern = r"\s*".join(re.escape(sign) for sign in words if not sign.isspace())
    found = [match.span() for match in re.finditer(pattern, reading.document.text)] if pattern else []
    return found[0] if len(found) == 1 else None


def trimmed(reading: Reading, start: int, end: int) -> tuple[int, int] | None:
    """A marked span without the white space and stops at its ends; None where nothing is left of it."""
    text = reading.document.text
    start, end = max(0, start), min(end, len(text))
    while start < end and (text[start].isspace() or text[start] in "，。；、：,;:."):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in "，。；、：,;:."):
        end -= 1
    return (start, end) if start < end else None


def begun(reading: Reading, start: int, end: int) -> tuple[Part, dict[Part, dict[str, str]]]:
    """Which kind of row marked words look like, and the columns of either kind that can be read from them."""
    words = reading.document.text[start:end]
    found = [each for each in quantities(words) if each.dimension in _COUNTED]
    tool = next((cue.id for cue in grammar().instruments if cue.hit(words)), None)
    part = Part.INCENTIVE if tool else Part.TARGET
    return part, {Part.TARGET: _target(words, found), Part.INCENTIVE: _incentive(words, found, tool)}


def _target(words: str, found: Sequence[Quantity]) -> dict[str, str]:
    years = [each for each in quantities(words) if each.dimension == "year"]
    fields = {"kind": str(TargetKind.LEVEL), "comparator": str(Comparator.EQ)}
    if years:
        fields["target_year"] = f"{years[-1].value:f}"
    if found:
        number = found[0]
        before = _TRAILING.sub("", words[: number.start])
        fields |= {
            "indicator": (_LEADING.sub("", before) or words[number.end :]).strip("的，、：； "),
            "value": f"{number.value:f}",
            "unit": number.unit,
            "comparator": str(number.comparator),
            "kind": str(_kind(number, words[: number.start])),
        }
        if number.value_high is not None:
            fields["value_high"] = f"{number.value_high:f}"
    return {name: text for name, text in fields.items() if text}


def _kind(number: Quantity, before: str) -> TargetKind:
    if number.dimension == "multiple":
        return TargetKind.MULTIPLE
    if number.dimension in ("percent", "ratio"):
        return TargetKind.GROWTH if re.search("增长|增速|提高", before) else TargetKind.SHARE
    return TargetKind.INCREMENT if before.endswith(("新增", "增加")) else TargetKind.LEVEL


def _incentive(words: str, found: Sequence[Quantity], tool: str | None) -> dict[str, str]:
    fields = {"instrument": tool or str(Instrument.SUBSIDY)}
    who = re.match(r"(?:对|给予|支持)?(.{2,20}?)(?:，|按|给予|每年|最高|的)", words)
    if who:
        fields["beneficiary"] = who[1]
    for number in found:
        if number.dimension == "percent":
            fields.setdefault("rate_percent", f"{number.value:f}")
            if number.comparator is not Comparator.EQ:
                fields.setdefault("rate_comparator", str(number.comparator))
        elif number.unit in _IN_WAN:
            sums = f"{(number.value * _IN_WAN[number.unit]).normalize():f}"
            if number.comparator in (Comparator.LE, Comparator.LT):
                yearly = re.search("每年|年度", words[: number.start][-8:])
                fields.setdefault("cap_year_wan" if yearly else "cap_item_wan", sums)
            elif number.comparator in (Comparator.GE, Comparator.GT):
                fields.setdefault("threshold_wan", sums)
            else:
                fields.setdefault("amount_low_wan", sums)
                fields.setdefault("amount_high_wan", sums)
    return fields
