"""What of a collection stands on the trends page: regions, and documents with a target on contract value."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from analysis.model import Corpus, Level
from analysis.pipeline.comparing import series_notes
from analysis.store import Choice, Collection, choose, facets
from analysis.trend import regions

_JUDGED = (Level.NATION, Level.PROVINCE, Level.UNKNOWN)
_BELOW = (Level.CITY, Level.DISTRICT)  # no figures of the same place
Region = tuple[str, str]  # code, name


def trend_regions(
    collection: Collection, shown: Corpus, choice: Choice | None = None
) -> tuple[tuple[Region, ...], tuple[Region, ...]]:
    """Regions of the documents in ``shown``, then those with a target on contract value, most documents first.

    After them, apart, all other regions with documents or figures. ``choice`` says which documents count.
    """
    base = choice or Choice()
    near, known = regions(shown)
    found = facets(collection, _aiming(base, _JUDGED)).provinces
    own = dict(near) | {code: name for code, name, _ in sorted(found, key=lambda region: -region[2])}
    every = {code: name for code, name, _ in facets(collection).provinces} | dict(known)
    return tuple(own.items()), tuple(sorted((code, name) for code, name in every.items() if code not in own))


def regions_with_targets(collection: Collection, choice: Choice) -> frozenset[str]:
    """The codes of the regions that set a target on contract value."""
    return frozenset(code for code, _, _ in facets(collection, _aiming(choice, _JUDGED)).provinces)


def on_trend(region_codes: Sequence[str], choice: Choice) -> Choice:
    """The documents of these regions that set a target on contract value."""
    return _aiming(replace(choice, provinces=tuple(region_codes) or ("",)), _JUDGED)  # "": none, where () is all


def cities_on_trend(collection: Collection, region_codes: Sequence[str], choice: Choice) -> int:
    """How many documents of cities and districts in these regions set one: nothing to hold it against is known."""
    below = _aiming(replace(choice, provinces=tuple(region_codes)), _BELOW)
    return choose(collection, below, 1, 1).total if region_codes else 0


def _aiming(choice: Choice, levels: Sequence[Level]) -> Choice:
    return replace(choice, levels=tuple(levels), indicators=tuple(series_notes()))
