"""What of a large collection stands on the trends page: regions and documents with a target on contract value."""

from __future__ import annotations

from collections.abc import Sequence

from analysis.model import Level, TextKind
from analysis.pipeline.comparing import series_notes
from analysis.store import Choice, Chosen, Collection, choose, facets

_JUDGED = (Level.NATION, Level.PROVINCE, Level.UNKNOWN)
_BELOW = (Level.CITY, Level.DISTRICT)  # no figures of the same place
Region = tuple[str, str]  # code, name


def collection_regions(
    collection: Collection, kinds: Sequence[TextKind] = ()
) -> tuple[tuple[Region, ...], tuple[Region, ...]]:
    """Regions with a target on contract value, most documents first, and all others with documents or figures.

    ``kinds``: the kinds of text that count here and below; none named means all.
    """
    aims = Choice(levels=_JUDGED, kinds=tuple(kinds), indicators=tuple(series_notes()))
    found = facets(collection, aims).provinces
    own = [(code, name) for code, name, _ in sorted(found, key=lambda region: -region[2])]
    held = dict.fromkeys((point.region_code, point.region) for point in collection.points)
    every = dict.fromkeys((*((code, name) for code, name, _ in facets(collection).provinces), *held))
    known = {code for code, _ in own}
    return tuple(own), tuple(sorted((pair for pair in every if pair[0] not in known), key=lambda pair: pair[0]))


def documents_on_trend(
    collection: Collection, region_codes: Sequence[str], page: int = 1, kinds: Sequence[TextKind] = ()
) -> Chosen:
    """The documents of these regions that set a target on contract value, newest first, a page of them."""
    return choose(collection, _about(region_codes, _JUDGED, kinds), page)


def cities_on_trend(collection: Collection, region_codes: Sequence[str], kinds: Sequence[TextKind] = ()) -> int:
    """How many documents of cities and districts in these regions set one: nothing to hold it against is known."""
    return choose(collection, _about(region_codes, _BELOW, kinds), 1, 1).total if region_codes else 0


def _about(region_codes: Sequence[str], levels: Sequence[Level], kinds: Sequence[TextKind]) -> Choice:
    # No region chosen is no document, where an empty filter would let all through.
    regions = tuple(region_codes) or ("",)
    return Choice(provinces=regions, levels=tuple(levels), kinds=tuple(kinds), indicators=tuple(series_notes()))
