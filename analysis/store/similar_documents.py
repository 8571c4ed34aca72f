"""The documents of a collection of any size that are nearest to a text in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from analysis.model import TextKind
from analysis.store.collection import Collection, rows, storable

_TERMS = 80  # of the terms that a text uses most: more of them change little and cost time
# BM25, as search engines rank: a term counts the more the fewer documents have it, a second use counts less than the
# first, and long documents are not nearer for being long.
_NEAREST = """
WITH chosen AS (
    SELECT number, rank, document, counted FROM documents
    WHERE list_contains($kinds, kind) AND {place}
), asked AS (
    SELECT unnest($terms) AS word, unnest($uses) AS uses
), used AS (
    SELECT number, a.word, a.uses, w.count
    FROM word_counts w JOIN asked a ON w.word::VARCHAR = a.word JOIN chosen USING (number) WHERE w.term
), rare AS (
    SELECT word, ln(1 + (SELECT count(*) FROM chosen) / count(DISTINCT number)) AS weight FROM used GROUP BY word
)
SELECT document FROM used JOIN rare USING (word) JOIN chosen USING (number)
GROUP BY document, rank, counted
ORDER BY round(sum(weight * ln(1 + uses) * 2.2 * count
    / (count + 1.2 * (0.25 + 0.75 * counted / (SELECT greatest(avg(counted), 1) FROM chosen)))), 6) DESC, rank
LIMIT $most
"""


def nearest_documents(
    collection: Collection,
    terms: Mapping[str, int],
    kinds: Sequence[TextKind],
    most: int,
    *,
    region: str | None = None,
    elsewhere: bool = True,
) -> tuple[str, ...]:
    """The first editions of some kinds that are nearest to a text with these terms, nearest first, ``most`` of them.

    ``region``: code of the place of the text; documents of that place are left out, or with ``elsewhere`` False none
    but those are taken. Time grows with the documents that have the terms, by some milliseconds a thousand.
    """
    asked = sorted(((word, uses) for word, uses in terms.items() if storable(word)), key=lambda each: -each[1])[:_TERMS]
    if not asked or (region is None and not elsewhere):
        return ()
    values: dict[str, object] = {
        "kinds": [kind.value for kind in kinds],
        "terms": [word for word, _ in asked],
        "uses": [uses for _, uses in asked],
        "most": most,
    }
    place = "true"
    if region is not None:
        place = "region_code IS DISTINCT FROM $region" if elsewhere else "region_code = $region"
        values["region"] = region
    return tuple(slug for (slug,) in rows(collection, _NEAREST.format(place=place), values))
