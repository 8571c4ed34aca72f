"""The rules by family; importing this package registers them all."""

from analysis.lint.families import form, numbering, numerals, punctuation, references, residue, wording

__all__ = ["form", "numbering", "numerals", "punctuation", "references", "residue", "wording"]
