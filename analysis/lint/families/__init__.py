"""The rules by family; importing this package registers them all."""

from analysis.lint.families import numbering

__all__ = ["numbering"]
