"""Damaged and hostile bytes: a reader gives text or one sentence, and nothing else ever."""

from __future__ import annotations

import contextlib
import io
import zipfile

import formats_samples as samples
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analysis.corpus.clean import clean
from analysis.corpus.formats import read_here, tables, text_of
from analysis.corpus.formats.docx import chinese, written
from analysis.corpus.formats.kinds import Kind, decoded, kind_of
from analysis.corpus.formats.layout import Page, Piece, text_of_pages
from analysis.model import InputError

QUIET = settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
SAMPLES = {
    "DOCX": samples.word(),
    "PDF": samples.pdf(samples.pages_of(samples.POLICY)),
    "HTML": samples.page("<p>到2027年，达到900亿元。</p><table><tr><td>甲<td>乙<tr><td>1<td>2</table>", title="方案"),
    "OFD": samples.ofd(samples.POLICY),
    "MHTML": b"MIME-Version: 1.0\r\nContent-Type: text/html\r\n\r\n" + samples.page("<p>一，二。</p>"),
}
# The XML of a docx, so that what is damaged is the document and not only its zip.
PARTS = ("word/document.xml", "word/numbering.xml", "word/styles.xml")
Damage = list[tuple[float, int, bytes]]
DAMAGE = st.lists(
    st.tuples(
        st.floats(0, 1), st.integers(0, 40), st.binary(max_size=8) | st.sampled_from([b"<w:p>", b">", b'"', b"/"])
    ),
    min_size=1,
    max_size=8,
)


def damaged(data: bytes, damage: Damage) -> bytes:
    """``data`` with stretches replaced: where (as a share), how many bytes, by what."""
    for share, length, new in damage:
        at = int(share * len(data))
        data = data[:at] + new + data[at + length :]
    return data


def read(kind: str, data: bytes) -> str | None:
    """Read in this process, where nothing hides a crash; None where it was refused in one sentence."""
    try:
        return read_here(data, kind, "文件")
    except InputError:
        return None


@pytest.mark.parametrize("kind", SAMPLES)
@QUIET
@given(damage=DAMAGE)
def test_damaged_files(kind: str, damage: Damage) -> None:
    read(kind, damaged(SAMPLES[kind], damage))


@QUIET
@given(part=st.sampled_from(PARTS), damage=DAMAGE)
def test_damaged_parts_of_a_docx(part: str, damage: Damage) -> None:
    with zipfile.ZipFile(io.BytesIO(SAMPLES["DOCX"])) as archive:
        words = archive.read(part)
    changed = samples.with_parts(SAMPLES["DOCX"], {part: damaged(words, damage).decode("utf-8", "replace")})
    read("DOCX", changed)


@QUIET
@given(st.binary(max_size=400), st.sampled_from([b"", b"PK\x03\x04", b"%PDF-1.7\n", b"<html>", b"\xd0\xcf\x11\xe0"]))
def test_any_bytes_have_a_kind_and_text_has_an_encoding(data: bytes, head: bytes) -> None:
    assert kind_of(head + data) in Kind
    text = decoded(data)
    assert text is None or isinstance(text, str)


@given(st.text(max_size=200))
def test_text_comes_back_as_it_was_saved(words: str) -> None:
    for encoding in ("utf-8", "utf-8-sig"):
        assert decoded(words.encode(encoding)) == words.removeprefix("\ufeff" if encoding == "utf-8" else "")


@settings(max_examples=8)
@given(kind=st.sampled_from(["DOCX", "PDF", "OFD"]), damage=DAMAGE)
def test_damaged_files_in_the_process_that_users_get(kind: str, damage: Damage) -> None:
    with contextlib.suppress(InputError):
        clean(text_of(damaged(SAMPLES[kind], damage), "文件.bin"))


def test_control_characters_in_a_page() -> None:
    for odd in ("\x01", "&#1;", "&#xFFFE;", "\ufffe", "&#xD800;"):
        words = f"到2027年，<!-- x -->{odd}<b>达到</b>{odd}<script>1</script>{odd}900亿元。"
        page = f"<html><body><p>{words}</p></body></html>"
        assert "900亿元" in (read("HTML", page.encode()) or "")


def test_nested_without_end() -> None:
    deep = "<div>" * 20_000 + "到2027年，达到900亿元。"
    assert "900亿元" in (read("HTML", f"<html><body>{deep}".encode()) or "900亿元")
    cells = "<w:tbl><w:tr><w:tc>" * 300 + "<w:p/>" + "</w:tc></w:tr></w:tbl>" * 300
    body = f"<w:document {samples.W}><w:body>{cells}</w:body></w:document>"
    read("DOCX", samples.with_parts(SAMPLES["DOCX"], {"word/document.xml": body}))


WORDS = st.text("技术合同成交额亿元（）()%：；年家0123456789.- ", max_size=12)
CELLS = WORDS | st.integers(10_000, 99_999).map(str)


@given(st.lists(st.lists(CELLS, max_size=5), max_size=6), WORDS)
def test_no_number_of_a_table_is_lost_or_changed(rows: list[list[str]], above: str) -> None:
    said = "".join(tables.lines(rows, above)).replace(" ", "")
    for row in rows[3:]:  # the first rows may be titles and headers
        for cell in row:
            if cell.strip().isdecimal() and len(cell.strip()) > 4:
                assert cell.strip() in said


PIECES = st.builds(
    lambda words, left, top, width: Piece(words, left, top, left + width, top + 12),
    st.text("技术转移机构，。0123456789 ", min_size=1, max_size=30).filter(lambda words: bool(words.strip())),
    st.floats(0, 500),
    st.floats(0, 800),
    st.floats(1, 400),
)


@given(st.lists(st.builds(Page, st.lists(PIECES, max_size=20).map(tuple), st.just(842.0), st.just(12.0)), max_size=3))
def test_layout_keeps_every_word_that_is_no_running_head(pages: list[Page]) -> None:
    said = "".join(text_of_pages(pages).split())
    for page in pages:
        for piece in page.pieces:
            inner = 0.13 * page.height < piece.top and piece.bottom < 0.87 * page.height
            if inner and not any(character.isdecimal() for character in piece.text):
                assert all(character in said for character in "".join(piece.text.split()))


@given(st.integers(-5, 200_000), st.sampled_from(["chineseCounting", "decimal", "upperRoman", "lowerLetter", "aiueo"]))
def test_any_number_can_be_written(number: int, style: str) -> None:
    assert written(number, style)


def test_automatic_numbers_in_chinese_are_distinct() -> None:
    assert len({chinese(number) for number in range(10_000)}) == 10_000
