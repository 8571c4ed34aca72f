"""Laws, standards and practice that rules rest on. ``Force`` says how sure their wording is."""

from __future__ import annotations

from analysis.lint.findings import Force, Source


def layout_standard(clause: str) -> Source:
    """GB/T 9704-2012, whose clauses were seen in a careful transcription."""
    return Source("GB/T 9704-2012", clause, Force.RULED)


def punctuation_standard(clause: str) -> Source:
    """GB/T 15834-2011, seen in full."""
    return Source("GB/T 15834-2011", clause, Force.RULED)


def numerals_standard(clause: str) -> Source:
    """GB/T 15835-2011, of which the clauses were not seen: to be verified."""
    return Source("GB/T 15835-2011", clause, Force.TO_VERIFY)


DOCUMENT_RULES = "党政机关公文处理工作条例"
PRACTICE = Source("公文写作惯例", "", Force.PRACTICE)
LAYOUT_PRACTICE = Source("公文排版惯例", "", Force.PRACTICE)
STRUCTURE = Source("条文结构自洽", "", Force.PRACTICE)
ARITHMETIC = Source("文内数字核算", "", Force.PRACTICE)
CONVERSION = Source("文件转换残留", "", Force.PRACTICE)
