"""Word files as other programs write them: saved by LibreOffice, and with a main part of another name."""

from __future__ import annotations

import io
import subprocess
import zipfile
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

import pytest
from clean_drafts import CLEAN
from word_drafts import WAYS, bytes_of, draft_of_word, standard_docx, with_part_renamed

from analysis.corpus.formats import office, text_of
from analysis.corpus.formats.kinds import Kind, kind_of
from analysis.lint.run import check
from analysis.word.annotate import Note, annotated
from analysis.word.paragraphs import word_text

TEXT = CLEAN["实施意见"]


def layout_findings(data: bytes) -> list[tuple[str, str]]:
    return [(each.rule, each.message) for each in check(draft_of_word(data)) if each.rule.startswith("L")]


def converted(files: Mapping[str, bytes], start: str, end: str, folder: Path) -> dict[str, bytes]:
    """The files as LibreOffice saves them in another format, all at once."""
    for name, data in files.items():
        (folder / f"{name}.{start}").write_bytes(data)
    command = [str(office.program()), "--headless", f"-env:UserInstallation={(folder / 'profile').as_uri()}"]
    sources = [str(folder / f"{name}.{start}") for name in files]
    command += ["--convert-to", end, "--outdir", str(folder / "out"), *sources]
    subprocess.run(command, check=True, capture_output=True)
    return {name: (folder / "out" / f"{name}.{end}").read_bytes() for name in files}


@pytest.mark.skipif(office.program() is None, reason="LibreOffice is not installed")
@pytest.mark.parametrize("format_", ["docx", "odt", "doc"])
def test_a_file_in_the_form_of_the_standard_keeps_it_through_libreoffice(format_: str, tmp_path: Path) -> None:
    """Quotes too: LibreOffice tells which font they have from the words around them."""
    files = {way: bytes_of(standard_docx(TEXT, way)) for way in WAYS}
    for start, end in {"docx": [("docx", "docx")]}.get(format_, [("docx", format_), (format_, "docx")]):
        folder = tmp_path / f"{start}-{end}"
        folder.mkdir()
        files = converted(files, start, end, folder)
    assert {way: layout_findings(data) for way, data in files.items()} == {way: [] for way in WAYS}


def test_a_main_part_of_another_name_is_found_by_its_relation() -> None:
    data = bytes_of(standard_docx(TEXT))
    renamed = with_part_renamed(data, "word/document.xml", "word/document2.xml")
    assert kind_of(renamed) is Kind.DOCX
    assert layout_findings(renamed) == []
    assert text_of(renamed, "甲.docx") == text_of(data, "甲.docx")
    note = Note(0, 4, "看这里")
    made = annotated(renamed, "甲.docx", [note], author="甲", when=datetime(2026, 3, 2, tzinfo=UTC))
    assert "看这里" in zipfile.ZipFile(io.BytesIO(made)).read("word/comments.xml").decode()
    assert word_text(made, "甲.docx").text == word_text(data, "甲.docx").text


def test_a_zip_that_is_no_word_file_stays_one() -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("a.xml", "<a/>")
    assert kind_of(made.getvalue()) is Kind.ARCHIVE
