"""Who receives, as written and as the class that provinces are compared by."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from analysis import grammar
from analysis.extract.sentences import Part
from analysis.model import Receiver

UNWRITTEN = "未写明"


@dataclass(frozen=True, slots=True)
class Beneficiary:
    """Name as written, class, and the words that say when it is given."""

    name: str
    receiver: Receiver
    trigger: str


def beneficiary(parts: Sequence[Part], before: Sequence[Part], previous: Sequence[Part]) -> Beneficiary:
    """Who a statement gives to.

    ``parts`` are the statement's, ``before`` those before it in its sentence, ``previous`` those of the sentence
    before; each is asked only where the nearer one is silent.
    """
    text = "".join(part.text for part in parts)
    context = "".join(part.text for part in before)
    name, condition = _named(parts, before)
    if not name:
        name, _ = _named(previous, ())
    if not name and condition:
        name = f"{condition}的"  # 对重新认定的: the text names no other receiver
    if not name and (found := grammar.patterns()["merited"].find("".join(part.text for part in previous))):
        name = _short(found["who"])
    return Beneficiary(name or UNWRITTEN, _receiver(name, text, context), condition or _condition(text))


def respective(who: Beneficiary, count: int) -> tuple[Beneficiary, ...]:
    """``count`` receivers for a list with 分别: 输出方和吸纳方 are two, 国家、省技术转移机构 stay one name for all."""
    names = re.split("[、和及与]", who.name)
    ends = re.compile(f"{grammar.patterns()['noun'].regex.pattern}$")
    if count < 2 or len(names) != count or not all(ends.search(name) for name in names):
        return (who,) * count
    return tuple(replace(who, name=name, receiver=_receiver(name, name, "")) for name in names)


def _named(parts: Sequence[Part], before: Sequence[Part]) -> tuple[str, str]:
    """(who, in which case): either may be empty. Asks the patterns in the order of how directly they say it."""
    if not parts:
        return "", ""
    patterns = grammar.patterns()
    condition = ""
    if found := patterns["to"].find(parts[0].text.strip("，；。、 ")):
        who = found["who"]
        if not who.endswith("的") and patterns["noun"].find(who):
            return _short(who), ""
        condition = _short(who)
    asked = (
        *((name, parts) for name in ("submitted", "leaning", "chosen", "merited", "agreed", "holder")),
        *((name, tuple(reversed((*before, *parts)))) for name in ("set_up", "urged")),
        ("granted", parts),
        ("acting", (*parts, *before)),
        ("subject", (*before, *parts)),
    )
    for name, places in asked:
        for part in places:
            if found := patterns[name].find(part.text):
                return _short(found["who"] or found["whom"]), condition
    return "", condition


def _short(who: str) -> str:
    who = who.split("对")[-1] if re.match("[^对]{1,6}对", who) else who  # 银行对科技型企业
    return re.sub(r"^(?:我[省市](?:设立的)?|符合条件的|一次性|对|于|其他)", "", who).strip("，、；的")


def _condition(text: str) -> str:
    """The first stretch that ends in 的， (the case that is supported)."""
    found = re.search(r"(?:^|，)([^，；]{4,60}?)的(?:（含[^）]*）)?，", text)
    return found[1].strip("，") if found else ""


def _receiver(name: str, text: str, context: str) -> Receiver:
    """The class of the name; of a name that could be anybody (企业), that of the words around it."""
    generic = grammar.patterns()["generic"].find(name) is not None
    for words in (name, *((text, context) if generic else ())):
        for receiver in grammar.receivers():
            if receiver.hit(words):
                return Receiver(receiver.id)
    return Receiver.OTHER
