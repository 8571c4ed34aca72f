"""The text of a Word file is what python-docx gives, and every character has its element."""

from __future__ import annotations

import io
import zipfile

import docx
import pytest
from docx.oxml import OxmlElement

from analysis.model import InputError
from analysis.word.paragraphs import Cell, word_text


def _file() -> tuple[bytes, str]:
    """A document with a table between paragraphs, and its text as python-docx tells it."""
    made = docx.Document()
    made.add_paragraph("关于技术转移的意见")
    mixed = made.add_paragraph("一、")
    mixed.add_run("目标").bold = True
    mixed.add_run("\t到2028年")
    table = made.add_table(rows=2, cols=2)
    for number, cell in enumerate(cell for row in table.rows for cell in row.cells):
        cell.text = f"格{number}"
    table.cell(1, 1).add_paragraph("第二段")
    made.add_paragraph("")
    made.add_paragraph("落款")
    lines: list[str] = []
    for block in made.iter_inner_content():
        if isinstance(block, docx.text.paragraph.Paragraph):
            lines.append(block.text)
        else:
            lines += [line.text for row in block.rows for cell in row.cells for line in cell.paragraphs]
    stream = io.BytesIO()
    made.save(stream)
    return stream.getvalue(), "\n".join(lines)


def test_the_text_is_that_of_paragraphs_and_cells_in_document_order() -> None:
    data, text = _file()
    found = word_text(data, "甲.docx")
    assert found.text == text
    assert len(found.cells) == len(found.labels) == text.count("\n") + 1
    assert [cell for cell in found.cells if cell][-1] == Cell(0, 1, 1)


def test_every_character_has_its_element() -> None:
    data, text = _file()
    for paragraph in word_text(data, "甲.docx").paragraphs:
        assert (
            "".join(text[piece.start : piece.end] for piece in paragraph.pieces)
            == text[paragraph.start : paragraph.end]
        )
        for piece in paragraph.pieces:
            if piece.element.tag.endswith("}t"):
                assert piece.element.text == text[piece.start : piece.end]


def test_inserted_words_are_read_and_deleted_ones_are_not() -> None:
    made = docx.Document()
    paragraph = made.add_paragraph("支持")
    for tag, inner, words in (("w:ins", "w:t", "高校"), ("w:del", "w:delText", "企业")):
        change, run, text = OxmlElement(tag), OxmlElement("w:r"), OxmlElement(inner)
        text.text = words
        run.append(text)
        change.append(run)
        paragraph._p.append(change)
    stream = io.BytesIO()
    made.save(stream)
    assert word_text(stream.getvalue(), "甲.docx").text == "支持高校"


@pytest.mark.parametrize("data", [b"PK\x03\x04 broken", b""])
def test_a_broken_file_is_one_sentence(data: bytes) -> None:
    with pytest.raises(InputError, match=r"甲\.docx"):
        word_text(data, "甲.docx")


def test_a_file_without_lists_and_styles_is_read() -> None:
    """As LibreOffice and other programs write it: only the document."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(_file()[0])) as old, zipfile.ZipFile(stream, "w") as new:
        for name in old.namelist():
            if name not in ("word/numbering.xml", "word/styles.xml"):
                new.writestr(name, old.read(name))
    assert word_text(stream.getvalue(), "甲.docx").text == _file()[1]
