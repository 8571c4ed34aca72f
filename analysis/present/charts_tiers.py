"""Lists of tiers as number lines: each tier a stroke with a full end where the bound counts, seams that fail in red.

Bounds stand at equal distances, for tiers often grow tenfold. Sizes are pixels of the page.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Sequence
from decimal import Decimal

from markupsafe import Markup

from analysis.lint.draft import Draft
from analysis.lint.tier_lists import Seam, Tier, Tiers, at_seam
from analysis.present import theme
from analysis.present.label_placement import text_width
from analysis.present.markup import render
from analysis.present.names import clause_name
from analysis.present.numbers import spaced

_SIDE, _WIDEST, _ROW, _BELOW = 40.0, 170.0, 30.0, 50.0
_SHORT = 22  # characters of a tier's words


def drawings(every: Sequence[Tiers], draft: Draft, width: int, dark: bool) -> list[Markup]:
    """For each list of tiers a heading, what is wrong with it, and its number line."""
    return [_head(tiers, draft) + _picture(tiers, width, dark) for tiers in every]


def _head(tiers: Tiers, draft: Draft) -> Markup:
    start = min(tier.start for tier in tiers.tiers)
    path = draft.clause_at(start)
    return render(
        "drafting.tiers_head",
        subject=tiers.subject or "分档",
        where=clause_name(path) if path else "文首",
        anchor=f"d{draft.line_at(start).start}",
        seams=[_said(seam) for seam in tiers.seams],
    )


def _said(seam: Seam) -> str:
    return f"{at_seam(seam)}{'同时落在两档' if seam.overlap else '不在任何一档'}"


def _picture(tiers: Tiers, width: int, dark: bool) -> Markup:
    bounds = sorted({value for tier in tiers.tiers for value in (tier.low, tier.high) if value is not None})
    step = min((width - 2 * _SIDE) / max(len(bounds) - 1, 1), _WIDEST)
    at = {value: _SIDE + number * step for number, value in enumerate(bounds)}
    across = 2 * _SIDE + step * max(len(bounds) - 1, 1)
    baseline = 14 + _ROW * len(tiers.tiers)
    shades = theme.shades(dark)
    svg = render(
        "drafting.tiers",
        width=across,
        height=baseline + _BELOW,
        colours=shades,
        rows=[_row(tier, at, across, 24 + _ROW * number) for number, tier in enumerate(tiers.tiers)],
        ticks=[(at[value], spaced(_figure(tiers, value))) for value in bounds],
        seams=[_seam(seam, at, across) for seam in tiers.seams],
        baseline=baseline,
    )
    address = f"data:image/svg+xml;base64,{b64encode(svg.encode()).decode()}"
    alt = "数轴：" + "；".join(tier.shown for tier in tiers.tiers) + "".join(f"；{_said(seam)}" for seam in tiers.seams)
    return render("pictures.picture", address=address, width=across, height=baseline + _BELOW, alt=alt, links=[])


def _figure(tiers: Tiers, value: Decimal) -> str:
    """A bound in the unit that its tier is written in."""
    return next(tier.figure.show(value) for tier in tiers.tiers if value in (tier.low, tier.high))


def _row(tier: Tier, at: dict[Decimal, float], across: float, y: float) -> dict[str, object]:
    left = at[tier.low] if tier.low is not None else 0.0
    right = at[tier.high] if tier.high is not None else across
    words = tier.words if len(tier.words) <= _SHORT else f"{tier.words[:_SHORT]}…"
    half = text_width(words, 12) / 2
    middle = (left + right) / 2
    side, label_x = "middle", middle
    if middle - half < 0:
        side, label_x = "start", 0.0
    elif middle + half > across:
        side, label_x = "end", across
    ends = [(at[tier.low], tier.low_in)] if tier.low is not None else []
    ends += [(at[tier.high], tier.high_in)] if tier.high is not None else []
    return {"left": left, "right": right, "y": y, "ends": ends, "words": words, "side": side, "label_x": label_x}


def _seam(seam: Seam, at: dict[Decimal, float], across: float) -> dict[str, object]:
    """A seam as a band: as wide as what falls between or into both, and wide enough to be seen."""
    left, right = at[seam.low] - 4, at[seam.high] + 4
    middle = (left + right) / 2
    side = "start" if middle < _SIDE else "end" if middle > across - _SIDE else "middle"
    return {"left": left, "right": right, "middle": middle, "side": side, "said": "重叠" if seam.overlap else "空档"}
