"""Annotating changes nothing but what it adds: other parts byte by byte, the document element by element."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

import docx
import pytest
from formats_samples import with_parts, word_of
from lxml import etree

from analysis.corpus.formats import office
from analysis.pipeline import annotated_word, check_file
from analysis.present.findings import notes_and_corrections
from analysis.word.annotate import Correction, Note, annotated
from analysis.word.paragraphs import W, word_text

WHEN = datetime(2026, 11, 28, 8, 30, tzinfo=UTC)
NAMESPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"

FOOTNOTED = (
    '<w:p><w:r><w:rPr><w:b/><w:sz w:val="32"/></w:rPr><w:t>一、建设平台</w:t><w:footnoteReference w:id="1"/>'
    "<w:t>,培养人才。</w:t></w:r></w:p>"
)
CHANGED = (
    '<w:p><w:r><w:t>支持</w:t></w:r><w:ins w:id="7" w:author="张三" w:date="2026-11-01T00:00:00Z"><w:r>'
    "<w:rPr><w:i/></w:rPr><w:t>高校,院所</w:t></w:r></w:ins>"
    '<w:del w:id="8" w:author="张三" w:date="2026-11-01T00:00:00Z"><w:r><w:delText>企业</w:delText></w:r></w:del>'
    "<w:r><w:t>开展转化。</w:t></w:r></w:p>"
)
LINKED = (
    '<w:p><w:hyperlink w:anchor="a"><w:r><w:t>网上,填报</w:t></w:r></w:hyperlink><w:r><w:t>材料。</w:t></w:r></w:p>'
)
FIELD = (
    '<w:p><w:r><w:t>见第</w:t></w:r><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> REF a \\h '
    "</w:instrText>"
    '</w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>二,三</w:t></w:r>'
    '<w:r><w:fldChar w:fldCharType="end"/></w:r><w:r><w:t>条。</w:t></w:r></w:p>'
)
SIMPLE = (
    '<w:p><w:fldSimple w:instr=" DATE "><w:r><w:t>今天,明天</w:t></w:r></w:fldSimple><w:r><w:t>办理。</w:t></w:r></w:p>'
)
CONTROL = (
    '<w:p><w:r><w:t>由</w:t></w:r><w:sdt><w:sdtPr><w:alias w:val="单位"/></w:sdtPr><w:sdtContent><w:r>'
    "<w:t>科技厅,财政厅</w:t></w:r></w:sdtContent></w:sdt><w:r><w:t>负责。</w:t></w:r></w:p>"
)
BLOCK = "<w:sdt><w:sdtContent><w:p><w:r><w:t>整段,内容控件。</w:t></w:r></w:p></w:sdtContent></w:sdt>"
BOX = (
    "<w:p><w:r><w:t>图示,如下</w:t></w:r><w:r><w:pict><w:txbxContent><w:p><w:r><w:t>框内,文字</w:t></w:r></w:p>"
    "</w:txbxContent></w:pict></w:r></w:p>"
)
TABLE = (
    '<w:tbl><w:tblPr><w:tblStyle w:val="a"/></w:tblPr><w:tr><w:tc><w:tcPr><w:gridSpan w:val="2"/></w:tcPr><w:p><w:pPr>'
    '<w:jc w:val="center"/></w:pPr><w:r><w:t>指标,数值</w:t></w:r></w:p></w:tc></w:tr></w:tbl>'
)
BLOCKS = (FOOTNOTED, CHANGED, LINKED, FIELD, SIMPLE, CONTROL, BLOCK, BOX, TABLE)


@pytest.fixture(scope="module")
def rich() -> bytes:
    """A file with one of everything that may not be lost."""
    data = word_of(*BLOCKS)
    document = docx.Document(io.BytesIO(data))
    document.sections[0].header.paragraphs[0].text = "页眉,不动"
    document.sections[0].footer.paragraphs[0].text = "— 1 —"
    document.add_comment(document.paragraphs[0].runs[0], text="原有,批注", author="张三", initials="张")
    out = io.BytesIO()
    document.save(out)
    data = out.getvalue()
    words = "<w:p><w:r><w:t>注,解</w:t></w:r></w:p>"
    note = f'<w:footnotes {NAMESPACE}><w:footnote w:id="1">{words}</w:footnote></w:footnotes>'
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        types = archive.read("[Content_Types].xml").decode()
        links = archive.read("word/_rels/document.xml.rels").decode()
    override = f'<Override PartName="/word/footnotes.xml" ContentType="{WORD}.footnotes+xml"/>'
    link = f'<Relationship Id="rId77" Type="{OFFICE}/footnotes" Target="footnotes.xml"/>'
    return with_parts(
        data,
        {
            "word/footnotes.xml": note,
            "[Content_Types].xml": types.replace("</Types>", f"{override}</Types>"),
            "word/_rels/document.xml.rels": links.replace("</Relationships>", f"{link}</Relationships>"),
            "customXml/unreferenced.xml": "<a>  留 着  </a>",
        },
    )


def _parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _commas(data: bytes) -> list[int]:
    return [found.start() for found in re.finditer(",", word_text(data, "甲.docx").text)]


def _bare(data: bytes, added: Iterable[str]) -> bytes:
    """The document without the added comments, and with runs that were cut put together again."""
    root = etree.fromstring(_parts(data)["word/document.xml"])
    for tag in ("commentRangeStart", "commentRangeEnd", "commentReference"):
        for each in list(root.iter(f"{W}{tag}")):
            if each.get(f"{W}id") in added:
                gone = each.getparent() if tag == "commentReference" else each
                gone.getparent().remove(gone)
    for run in list(root.iter(f"{W}r")):
        before = run.getprevious()
        if before is not None and before.tag == run.tag and _properties(before) == _properties(run):
            before.extend([child for child in run if child.tag != f"{W}rPr"])
            run.getparent().remove(run)
            for child in list(before.iter(f"{W}t")):
                _join(child)
    for words in root.iter(f"{W}t"):
        words.attrib.clear()
    bare: bytes = etree.tostring(root, method="c14n")
    return bare


def _properties(run: Any) -> bytes:
    found = run.find(f"{W}rPr")
    return b"" if found is None else etree.tostring(found, method="c14n")


def _join(words: Any) -> None:
    before = words.getprevious()
    if before is not None and before.tag == words.tag:
        before.text = (before.text or "") + (words.text or "")
        words.getparent().remove(words)


def test_every_other_part_stays_byte_by_byte(rich: bytes) -> None:
    spots = _commas(rich)
    notes = [Note(at, at + 1, "批注") for at in spots]
    made = annotated(rich, "甲.docx", notes, [Correction(spots[0], spots[0] + 1, "，")], author="政衡", when=WHEN)
    before, after = _parts(rich), _parts(made)
    changed = {name for name in before | after if before.get(name) != after.get(name)}
    assert changed == {"word/document.xml", "word/comments.xml"}
    assert list(before) == list(after)


def test_a_file_without_comments_gets_only_what_names_them() -> None:
    data = word_of(*BLOCKS)
    before = _parts(data)
    after = _parts(annotated(data, "甲.docx", [Note(0, 2, "批注")], author="政衡", when=WHEN))
    changed = {name for name in before | after if before.get(name) != after.get(name)}
    named = {"[Content_Types].xml", "word/_rels/document.xml.rels"}
    assert changed == {"word/document.xml", "word/comments.xml", *named}
    assert before["word/_rels/document.xml.rels"].count(b"<Relationship ") + 1 == after[
        "word/_rels/document.xml.rels"
    ].count(b"<Relationship ")


def test_the_document_is_the_same_but_for_the_comments(rich: bytes) -> None:
    spots = _commas(rich)
    assert len(spots) == len(BLOCKS)
    spans = [(at - 2, at + 2) for at in spots]
    made = annotated(rich, "甲.docx", [Note(*span, "批注") for span in spans], author="政衡", when=WHEN)
    assert word_text(made, "甲.docx").text == word_text(rich, "甲.docx").text
    comments = list(docx.Document(io.BytesIO(made)).comments)
    assert [each.text for each in comments] == ["原有,批注", *["批注"] * len(spans)]
    added = {str(each.comment_id) for each in comments[1:]}
    assert _bare(made, added) == _bare(rich, ())


def test_comments_in_insertions_links_fields_and_controls_stand_at_their_words(rich: bytes) -> None:
    text = word_text(rich, "甲.docx").text
    wanted = ["高校,院", "网上,填", "二,", "今天,明", "科技厅,财", "整段,内", "指标,数", "持高校", "明天办理", "报材料"]
    notes = [Note(text.index(words), text.index(words) + len(words), words) for words in wanted]
    made = annotated(rich, "甲.docx", notes, author="政衡", when=WHEN)
    root = etree.fromstring(_parts(made)["word/document.xml"])
    names = {str(each.comment_id): each.text for each in docx.Document(io.BytesIO(made)).comments}
    opened: set[str] = set()
    found: dict[str, str] = {}
    for element in root.iter():
        if element.tag == f"{W}commentRangeStart":
            opened.add(element.get(f"{W}id"))
        elif element.tag == f"{W}commentRangeEnd":
            opened.remove(element.get(f"{W}id"))
        elif element.tag == f"{W}t":
            for each in opened:
                found[names[each]] = found.get(names[each], "") + element.text
    assert {words: found[words] for words in wanted} == {**dict(zip(wanted, wanted, strict=True)), "二,": "二,三"}


def test_corrections_stand_beside_changes_of_others(rich: bytes) -> None:
    spots = _commas(rich)
    made = annotated(rich, "甲.docx", [], [Correction(at, at + 1, "，") for at in spots], author="政衡", when=WHEN)
    assert word_text(made, "甲.docx").text == word_text(rich, "甲.docx").text.replace(",", "，")
    root = etree.fromstring(_parts(made)["word/document.xml"])
    for inserted in root.iter(f"{W}ins"):
        assert not list(inserted.iterchildren(f"{W}ins"))
    others = [each for each in root.iter(f"{W}ins", f"{W}del") if each.get(f"{W}author") == "张三"]
    words = ["".join(part.text or "" for part in each.iter(f"{W}t", f"{W}delText")) for each in others]
    assert words == ["高校,", "院所", "企业"]
    assert [each.getparent().tag for each in root.iter(f"{W}footnoteReference")] == [f"{W}r"]
    assert root.find(f".//{W}footnoteReference").getparent().getparent().tag == f"{W}p"


def test_a_checked_file_keeps_everything_too(rich: bytes) -> None:
    checked = check_file(rich, "甲.docx")
    correct = [one.token for each in checked.findings for one in each.change_sets]
    made = annotated_word(checked, *notes_and_corrections(checked.findings, correct))
    before, after = _parts(rich), _parts(made)
    assert {name for name in before if before[name] != after[name]} <= {"word/document.xml", "word/comments.xml"}


@pytest.mark.skipif(office.program() is None, reason="LibreOffice is not installed")
def test_libreoffice_opens_what_was_written_into_changes_and_controls() -> None:
    # A content control around whole paragraphs is left out: LibreOffice repeats its words also without a comment.
    rich = word_of(*(block for block in BLOCKS if block is not BLOCK and block is not FOOTNOTED))
    spots = _commas(rich)
    notes = [Note(at - 1, at + 2, f"批注{number}") for number, at in enumerate(spots)]
    wanted = [Correction(at, at + 1, "，") for at in spots]
    made = annotated(rich, "甲.docx", notes, wanted, author="政衡", when=WHEN)
    saved = office.to_docx(made, office.Kind.ODT, "甲.docx")
    found = {each.text for each in docx.Document(io.BytesIO(saved)).comments}
    assert {note.text for note in notes} <= found
    assert "科技厅，财政厅" in word_text(saved, "甲.docx").text
