"""Comments stand at their words, corrections are tracked, and nothing else of the file changes."""

from __future__ import annotations

import io
import subprocess
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.corpus.formats import office
from analysis.model import InputError
from analysis.word.annotate import Correction, Note, annotated
from analysis.word.paragraphs import W, word_text

WHEN = datetime(2026, 11, 28, 8, 30, tzinfo=UTC)


def _document() -> bytes:
    made = docx.Document()
    made.add_paragraph("关于技术转移的意见")
    line = made.add_paragraph("一、")
    line.add_run("建设平台").bold = True
    line.add_run(",培养人才。")
    table = made.add_table(rows=1, cols=2)
    table.cell(0, 0).text = "中试 基地"
    table.cell(0, 1).text = "40个"
    made.add_comment(line.runs[0], text="原有批注", author="张三", initials="张")
    stream = io.BytesIO()
    made.save(stream)
    return stream.getvalue()


def _commented(data: bytes) -> dict[str, str]:
    """The text of each comment, and the words that it stands at."""
    document = docx.Document(io.BytesIO(data))
    words: dict[str, str] = {}
    opened: set[str] = set()
    for element in document.element.body.iter():
        if element.tag == f"{W}commentRangeStart":
            opened.add(element.get(f"{W}id"))
        elif element.tag == f"{W}commentRangeEnd":
            opened.discard(element.get(f"{W}id"))
        elif element.tag in (f"{W}t", f"{W}delText"):
            for each in opened:
                words[each] = words.get(each, "") + (element.text or "")
    return {each.text: words.get(str(each.comment_id), "") for each in document.comments}


def _find(data: bytes, words: str) -> tuple[int, int]:
    at = word_text(data, "甲.docx").text.index(words)
    return at, at + len(words)


def test_comments_stand_at_their_words_also_across_runs_and_in_tables() -> None:
    data = _document()
    notes = [Note(*_find(data, words), f"批注{words}") for words in ("平台,培养", "中试 基地", "技术转移")]
    made = annotated(data, "甲.docx", notes, author="政衡", when=WHEN)
    assert word_text(made, "甲.docx").text == word_text(data, "甲.docx").text
    assert _commented(made) == {
        "原有批注": "一、",
        "批注平台,培养": "平台,培养",
        "批注中试 基地": "中试 基地",
        "批注技术转移": "技术转移",
    }


def test_formatting_stays_where_runs_are_cut() -> None:
    data = _document()
    made = annotated(data, "甲.docx", [Note(*_find(data, "设平"), "批注")], author="政衡", when=WHEN)
    paragraph = docx.Document(io.BytesIO(made)).paragraphs[1]
    assert [(run.text, bool(run.bold)) for run in paragraph.runs if run.text] == [
        ("一、", False),
        ("建", True),
        ("设平", True),
        ("台", True),
        (",培养人才。", False),
    ]


def test_corrections_are_tracked_and_can_be_accepted() -> None:
    data = _document()
    start, end = _find(data, ",")
    space = _find(data, " 基")[0]
    wanted = [Correction(start, end, "，"), Correction(space, space + 1, ""), Correction(end + 4, end + 4, "（新增）")]
    made = annotated(data, "甲.docx", [], wanted, author="政衡", when=WHEN)
    text = word_text(made, "甲.docx").text
    assert "一、建设平台，培养人才（新增）。" in text
    assert "中试基地" in text
    root = docx.Document(io.BytesIO(made)).element
    changes = [*root.iter(f"{W}ins"), *root.iter(f"{W}del")]
    assert {each.get(f"{W}author") for each in changes} == {"政衡"}
    assert {each.get(f"{W}date") for each in changes} == {"2026-11-28T08:30:00Z"}
    assert len({each.get(f"{W}id") for each in changes}) == len(changes) == 4
    assert [each.text for each in root.iter(f"{W}delText")] == [",", " "]


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_any_spans_leave_the_words_as_they_are(given_data: Any) -> None:
    data = _document()
    text = word_text(data, "甲.docx").text
    spans = given_data.draw(st.lists(st.tuples(st.integers(0, len(text)), st.integers(0, 12)), max_size=6))
    notes = [Note(start, min(start + length, len(text)), f"第{at}条") for at, (start, length) in enumerate(spans)]
    made = annotated(data, "甲.docx", notes, author="政衡", when=WHEN)
    assert word_text(made, "甲.docx").text == text
    placed = _commented(made)
    for note in notes:
        words = text[note.start : note.end].replace("\n", "")
        if words:
            assert placed[note.text] == words


def test_a_damaged_file_is_one_sentence() -> None:
    with pytest.raises(InputError, match="已损坏"):
        annotated(b"PK\x03\x04", "甲.docx", [], author="政衡", when=WHEN)


@pytest.mark.skipif(office.program() is None, reason="LibreOffice is not installed")
def test_libreoffice_opens_it_and_the_comments_are_still_at_their_words(tmp_path: Path) -> None:
    data = _document()
    notes = [Note(*_find(data, words), f"批注{words}") for words in ("平台,培养", "中试 基地")]
    made = annotated(data, "甲.docx", notes, [Correction(*_find(data, ","), "，")], author="政衡", when=WHEN)
    (tmp_path / "in.docx").write_bytes(made)
    profile = (tmp_path / "profile").as_uri()
    command = [str(office.program()), "--headless", f"-env:UserInstallation={profile}"]
    command += ["--convert-to", "docx:MS Word 2007 XML", "--outdir", str(tmp_path / "out"), str(tmp_path / "in.docx")]
    subprocess.run(command, check=True, capture_output=True, env={"HOME": str(tmp_path), "PATH": "/usr/bin:/bin"})
    saved = (tmp_path / "out" / "in.docx").read_bytes()
    commented = _commented(saved)
    assert commented["批注中试 基地"] == "中试 基地"
    assert commented["批注平台,培养"].replace("，", "") == "平台,培养"
    assert "原有批注" in commented
    assert "一、建设平台，培养人才。" in word_text(saved, "甲.docx").text
