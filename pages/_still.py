"""A figure that no longer changes, shown to many."""

from __future__ import annotations

from typing import Any

import plotly.graph_objects as go


class Still(go.Figure):  # type: ignore[misc]  # the library has no types
    """A figure whose plain form is made once: the framework asks for it in every run, and making it copies all."""

    def __init__(self, plain: dict[str, Any]) -> None:
        super().__init__()
        self._plain = plain

    def to_dict(self) -> dict[str, Any]:
        """The form that becomes JSON; nobody changes it."""
        return self._plain
