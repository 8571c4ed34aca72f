"""The places that issue texts, from ``metadata.toml``."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from analysis import grammar
from analysis.grammar.regions import regions
from analysis.model import Level

_SUFFIX = r"(?:市|地区|盟|州|[\u4e00-\u9fff]{2,8}?自治州)"


@dataclass(frozen=True, slots=True)
class Place:
    """A place named in a text: its short name, the provincial unit it belongs to (code) and its level."""

    name: str
    code: str
    level: Level
    city: str = ""  # what stands before a county in tables: 温州 for 洞头区

    @property
    def region(self) -> str:
        """Short name of the provincial unit."""
        return regions()[self.code].name

    @property
    def label(self) -> str:
        """The name as tables show it: 温州洞头区."""
        return f"{self.city}{self.name}"


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
def counties() -> Mapping[str, Place]:
    """Counties, districts and county-level cities by their full name, where no other place has the same."""
    found: dict[str, Place] = {}
    for entry in grammar.load("counties")["city"]:
        region = regions()[entry["code"]]
        city = entry["city"] or (region.name if region.full.endswith("市") else "")
        found |= {name: Place(name, entry["code"], Level.DISTRICT, city) for name in entry["names"]}
    return found


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


_COUNTY = re.compile(
    "(?<=[\u4e00-\u9fff]{2})(?:区(?!域|块|位|间|县)|县(?!级|域|市|区)|市(?!场|级|区|县|委?直)|旗(?!下|舰|帜))"
)
_LONGEST = 16  # 双江拉祜族佤族布朗族傣族自治县


def counties_in(text: str) -> list[tuple[int, int, Place]]:
    """(start, end, county) for every county named in full in ``text``, in order."""
    known = counties()
    found: list[tuple[int, int, Place]] = []
    for suffix in _COUNTY.finditer(text):
        end = suffix.end()
        for start in range(max(found[-1][1] if found else 0, end - _LONGEST), end - 2):
            if text[start:end] in known:
                found.append((start, end, known[text[start:end]]))
                break
    return found


def all_places_in(text: str) -> list[tuple[int, int, Place]]:
    """Provinces, cities, districts and counties of ``text`` in order; of two that overlap, the longer."""
    found: list[tuple[int, int, Place]] = []
    for one in sorted((*places_in(text), *counties_in(text)), key=lambda one: (one[0], -one[1])):
        if found and one[0] < found[-1][1]:
            if one[1] - one[0] > found[-1][1] - found[-1][0]:
                found[-1] = one
        else:
            found.append(one)
    return found


_PROVINCE_SUFFIX = re.compile("(?:省|市|回族自治区|壮族自治区|维吾尔自治区|自治区|特别行政区)?")
_CITY_SUFFIX = re.compile(f"{_SUFFIX}?")


def _with_suffix(text: str, found: re.Match[str]) -> tuple[int, int]:
    level = places()[found.group()].level
    suffix = _CITY_SUFFIX if level is Level.CITY else _PROVINCE_SUFFIX
    behind = suffix.match(text, found.end())
    return found.start(), behind.end() if behind else found.end()
