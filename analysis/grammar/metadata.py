"""How a text says what it is, and the places that issue texts, from ``metadata.toml``."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from analysis import grammar
from analysis.grammar import Pattern
from analysis.grammar.regions import regions
from analysis.model import Level

_SUFFIX = r"(?:市|地区|盟|州|[\u4e00-\u9fff]{2,8}?自治州)"


@dataclass(frozen=True, slots=True)
class Place:
    """A place named in a text: its short name, the provincial unit it belongs to (code) and its level."""

    name: str
    code: str
    level: Level

    @property
    def region(self) -> str:
        """Short name of the provincial unit."""
        return regions()[self.code].name


@cache
def marks() -> Mapping[str, Pattern]:
    """Every pattern of metadata.toml by id; ``{{name}}`` is replaced by the pattern of that name above it."""
    sources: dict[str, str] = {}
    found: dict[str, Pattern] = {}
    for entry in grammar.load("metadata")["pattern"]:
        source = re.sub(r"\{\{(\w+)\}\}", lambda name: sources[name[1]], entry["regex"])
        sources[entry["id"]] = source
        found[entry["id"]] = Pattern(
            entry["id"],
            re.compile(source),
            tuple(entry["examples"]),
            tuple(entry.get("not", ())),
            tuple(entry.get("except", ())),
        )
    return found


@cache
def places() -> Mapping[str, Place]:
    """Every place by the name it is known by: provinces short, cities short (or with their suffix), districts."""
    found = {
        region.name: Place(region.name, code, Level.NATION if code == "000000" else Level.PROVINCE)
        for code, region in regions().items()
    }
    for entry in grammar.load("metadata")["province"]:
        for name in entry.get("cities", ()):
            found[name] = Place(name, entry["code"], Level.CITY)
        for name in entry.get("suffixed", ()):
            found |= {name + end: Place(name + end, entry["code"], Level.CITY) for end in ("市", "州", "盟", "地区")}
        for name in entry.get("districts", ()):
            found[name] = Place(name, entry["code"], Level.DISTRICT)
    nation = Place("全国", "000000", Level.NATION)
    return found | dict.fromkeys(("中华人民共和国", "国务院", "科技部", "科学技术部"), nation)


@cache
def signs() -> Mapping[str, str]:
    """Code of the provincial unit by the character that opens its document numbers."""
    return {entry["sign"]: entry["code"] for entry in grammar.load("metadata")["province"] if "sign" in entry}


@cache
def offices() -> Mapping[str, str]:
    """What the letters behind the sign of a province stand for: 政办发 -> 人民政府办公厅."""
    return {letters: entry["name"] for entry in grammar.load("metadata")["office"] for letters in entry["letters"]}


@cache
def _names() -> re.Pattern[str]:
    longest_first = sorted(places(), key=lambda name: (-len(name), name))
    return re.compile(f"(?:{'|'.join(map(re.escape, longest_first))})(?!门)")  # 科技部门 is no 科技部


def places_in(text: str) -> list[tuple[int, int, Place]]:
    """(start, end, place) for every place named in ``text``, in order; ``end`` is behind the suffix (省, 市, 州 …)."""
    return [(*_with_suffix(text, found), places()[found.group()]) for found in _names().finditer(text)]


_PROVINCE_SUFFIX = re.compile("(?:省|市|回族自治区|壮族自治区|维吾尔自治区|自治区|特别行政区)?")
_CITY_SUFFIX = re.compile(f"{_SUFFIX}?")


def _with_suffix(text: str, found: re.Match[str]) -> tuple[int, int]:
    level = places()[found.group()].level
    suffix = _CITY_SUFFIX if level is Level.CITY else _PROVINCE_SUFFIX
    behind = suffix.match(text, found.end())
    return found.start(), behind.end() if behind else found.end()
