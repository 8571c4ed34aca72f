"""The little markup that Plotly knows in texts of charts: bold words and lines. Everything else is escaped."""

from __future__ import annotations

from markupsafe import Markup, escape

_LINE = 26  # characters of a quote in one line


def bold(text: str) -> Markup:
    """Words in bold."""
    return Markup("<b>{}</b>").format(text)


def lines(*parts: str) -> Markup:
    """Parts one under the other; empty ones are left out."""
    return Markup("<br>").join(part for part in parts if part)


def folded(text: str, width: int = _LINE) -> Markup:
    """Text broken every ``width`` characters."""
    return lines(*(text[at : at + width] for at in range(0, len(text), width)))


def template(*parts: str) -> Markup:
    """Lines as a ``hovertemplate``, in which Plotly fills in ``%{…}``, without its box for the name of the trace."""
    return lines(*parts) + Markup("<extra></extra>")


def literal(text: str) -> str:
    """Words of a document for a ``hovertemplate``: nothing in them is filled in."""
    return escape(text).replace("%{", "% {")
