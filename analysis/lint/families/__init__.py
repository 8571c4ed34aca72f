"""The rules by family; importing this package registers them all."""

from analysis.lint.families import numbering, numerals, punctuation, residue

__all__ = ["numbering", "numerals", "punctuation", "residue"]
