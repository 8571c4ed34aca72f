"""A figure as it is drawn, shown to many."""

from __future__ import annotations

import plotly.graph_objects as go

from analysis.present.theme import Figure


class Still(go.Figure):  # type: ignore[misc]  # the library has no types
    """A plain figure for the framework, which would check every part of it again, and copy all of it in every run."""

    def __init__(self, plain: Figure) -> None:
        super().__init__()
        self._plain = plain

    def to_dict(self) -> Figure:
        """The form that becomes JSON; nobody changes it."""
        return self._plain
