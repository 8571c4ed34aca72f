"""The places that a text names."""

from __future__ import annotations

import re
from functools import cache

from analysis.grammar import Grammar, grammar
from analysis.grammar.vocabularies import Place
from analysis.model import Level

_SUFFIX = r"(?:市|地区|盟|州|[\u4e00-\u9fff]{2,8}?自治州)"


@cache
def _names(known: Grammar) -> re.Pattern[str]:
    longest_first = sorted(known.places, key=lambda name: (-len(name), name))
    return re.compile(f"(?:{'|'.join(map(re.escape, longest_first))})(?!门)")  # 科技部门 is no 科技部


def places_in(text: str) -> list[tuple[int, int, Place]]:
    """(start, end, place) for every place named in ``text``, in order; ``end`` is behind the suffix (省, 市, 州 …)."""
    return [(*_with_suffix(text, found), grammar().places[found.group()]) for found in _names(grammar()).finditer(text)]


_COUNTY = re.compile(
    "(?<=[\u4e00-\u9fff]{2})(?:区(?!域|块|位|间|县)|县(?!级|域|市|区)|市(?!场|级|区|县|委?直)|旗(?!下|舰|帜))"
)
_LONGEST = 16  # 双江拉祜族佤族布朗族傣族自治县


def counties_in(text: str) -> list[tuple[int, int, Place]]:
    """(start, end, county) for every county named in full in ``text``, in order."""
    known = grammar().counties
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
    level = grammar().places[found.group()].level
    suffix = _CITY_SUFFIX if level is Level.CITY else _PROVINCE_SUFFIX
    behind = suffix.match(text, found.end())
    return found.start(), behind.end() if behind else found.end()
