"""A Word file made of lines: the words are those of the text, and its layout breaks no rule of GB/T 9704."""

from __future__ import annotations

from analysis import pipeline
from analysis.lint.registry import Family
from analysis.word.paragraphs import word_text
from analysis.word.tables import of_lines

TEXT = "关于建设平台的意见\n一、总体要求\n（一）加快建设。支持“双创”平台。\n\n二、保障\n由科技厅负责。"


def test_the_words_are_those_of_the_text() -> None:
    assert word_text(of_lines(TEXT), "x.docx").text == TEXT
    assert word_text(of_lines("甲\x00乙\x0b"), "x.docx").text == "甲乙"


def test_the_example_has_the_page_and_the_fonts_of_the_standard() -> None:
    checked = pipeline.check_file(*pipeline.example_draft())
    families = {rule.id: rule.family for rule in pipeline.draft_rules()}
    layout = [each for each in checked.findings if families[each.rule] is Family.LAYOUT]
    assert [each.message for each in layout if each.severity.value != "info"] == []
    assert pipeline.worst_first(checked.findings)[0].rule == "N2"
