"""意见处理: summary."""

from __future__ import annotations

from analysis.pipeline import Consultation
from pages import _ui


def view(here: Consultation) -> None:
    """Drawn."""
    _ui.header("summary", here.title)
