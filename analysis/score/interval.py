"""How far a share could lie from what few rows show."""

from __future__ import annotations

from math import sqrt

_Z = 1.959964  # 95 %


def interval(hits: int, total: int) -> tuple[float, float] | None:
    """Wilson's 95 % interval for ``hits`` of ``total``, both ends in 0–1; None over nothing.

    It holds for rows drawn by chance; it says nothing of texts that were looked at while the rules were written.
    """
    if not total:
        return None
    share, square = hits / total, _Z * _Z
    middle = (share + square / (2 * total)) / (1 + square / total)
    reach = _Z * sqrt(share * (1 - share) / total + square / (4 * total * total)) / (1 + square / total)
    return max(0.0, middle - reach), min(1.0, middle + reach)
