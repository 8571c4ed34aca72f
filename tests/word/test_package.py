"""What a Word file carries is refused or noted in one sentence; nothing is run, fetched or expanded."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import docx
import pytest
from formats_samples import saved, with_parts, word, word_of

from analysis.model import InputError
from analysis.pipeline import annotated_word, check_file
from analysis.present.findings import notes_and_corrections
from analysis.word.annotate import Note, annotated
from analysis.word.package import opened
from analysis.word.paragraphs import word_text

WHEN = datetime(2026, 11, 28, 8, 30, tzinfo=UTC)
MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
MACRO_MAIN = "application/vnd.ms-word.document.macroEnabled.main+xml"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
LINES = ("关于技术转移的意见", "一、建设平台,培养人才。", "三、按照一定比例给予补助。")


def part(data: bytes, name: str) -> str:
    return zipfile.ZipFile(io.BytesIO(data)).read(name).decode()


def linked(data: bytes, kind: str, target: str, part_name: str = "word/_rels/document.xml.rels") -> bytes:
    """The file with one more link to the outside."""
    link = f'<Relationship Id="rId99" Type="{RELATIONS}/{kind}" Target="{target}" TargetMode="External"/>'
    empty = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"></Relationships>'
    names = zipfile.ZipFile(io.BytesIO(data)).namelist()
    old = part(data, part_name) if part_name in names else empty
    return with_parts(data, {part_name: old.replace("</Relationships>", f"{link}</Relationships>")})


def docm() -> bytes:
    """A file with macros, as Word writes it."""
    plain = word(LINES)
    types = part(plain, "[Content_Types].xml").replace(MAIN, MACRO_MAIN)
    override = '<Override PartName="/word/vbaProject.bin" ContentType="application/vnd.ms-office.vbaProject"/>'
    links = part(plain, "word/_rels/document.xml.rels")
    macro = 'Type="http://schemas.microsoft.com/office/2006/relationships/vbaProject" Target="vbaProject.bin"'
    parts = {
        "[Content_Types].xml": types.replace("</Types>", f"{override}</Types>"),
        "word/_rels/document.xml.rels": links.replace("</Relation", f'<Relationship Id="rId98" {macro}/></Relation'),
        "word/vbaProject.bin": "\x00macro",
    }
    return with_parts(plain, parts)


def test_an_ordinary_file_has_no_notes_and_stays_as_it_is() -> None:
    data = word(LINES)
    assert opened(data, "甲.docx").notes == ()
    assert opened(data, "甲.docx").data == data


def test_macros_are_left_out_and_the_rest_is_checked() -> None:
    checked = check_file(docm(), "甲.docm")
    assert checked.notes == ("文件带有宏，没有运行；批注稿是不带宏的 docx",)
    assert "N2" in {each.rule for each in checked.findings}
    made = annotated_word(checked, *notes_and_corrections(checked.findings))
    names = zipfile.ZipFile(io.BytesIO(made)).namelist()
    assert not [name for name in names if "vba" in name.lower()]
    assert "vba" not in part(made, "[Content_Types].xml") + part(made, "word/_rels/document.xml.rels")
    assert MAIN in part(made, "[Content_Types].xml")
    assert len(list(docx.Document(io.BytesIO(made)).comments)) == len(checked.findings)


def test_a_template_becomes_a_document() -> None:
    types = part(word(LINES), "[Content_Types].xml")
    data = with_parts(word(LINES), {"[Content_Types].xml": types.replace("document.main", "template.main")})
    found = opened(data, "甲.dotx")
    assert found.notes == ("文件是 Word 模板，按普通文档检查；批注稿是 docx",)
    assert docx.Document(io.BytesIO(found.data)).paragraphs[0].text == LINES[0]


@pytest.mark.parametrize(
    ("kind", "where", "word_for_it"),
    [
        ("attachedTemplate", "word/_rels/settings.xml.rels", "模板"),
        ("image", "word/_rels/document.xml.rels", "图片"),
        ("oleObject", "word/_rels/document.xml.rels", "对象"),
    ],
)
def test_links_to_the_outside_are_noted_and_kept(kind: str, where: str, word_for_it: str) -> None:
    data = linked(word(LINES), kind, "http://127.0.0.1:9/x", where)
    (note,) = opened(data, "甲.docx").notes
    assert note == f"文件引用了外部的{word_for_it}，没有读取；批注稿原样保留这些引用"
    made = annotated(data, "甲.docx", [Note(0, 2, "批注")], author="政衡", when=WHEN)
    assert part(made, where).count("http://127.0.0.1:9/x") == 1


def test_a_link_that_a_reader_clicks_is_not_noted() -> None:
    assert opened(linked(word(LINES), "hyperlink", "http://127.0.0.1:9/"), "甲.docx").notes == ()


FIELD = '<w:p><w:r><w:instrText>DDEAUTO c:\\\\cmd.exe "/k calc"</w:instrText></w:r><w:r><w:t>结果</w:t></w:r></w:p>'
CHANGE = '<w:p><w:ins w:id="1" w:author="甲"><w:r><w:t>新词</w:t></w:r></w:ins></w:p>'
HIDDEN = "<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>藏</w:t></w:r><w:r><w:t>见</w:t></w:r></w:p>"
BOX = "<w:p><w:r><w:pict><w:txbxContent><w:p><w:r><w:t>框</w:t></w:r></w:p></w:txbxContent></w:pict></w:r></w:p>"


@pytest.mark.parametrize(
    ("block", "note"),
    [
        (FIELD, "文件里有会取用外部内容的域，没有更新，按域里现有的文字检查"),
        (CHANGE, "文件里有还没有接受的修订，按接受之后的文字检查"),
        (HIDDEN, "隐藏文字里的内容没有检查"),
        (BOX, "文本框里的内容没有检查"),
    ],
)
def test_what_is_not_read_or_not_run_is_noted(block: str, note: str) -> None:
    assert opened(word_of(block), "甲.docx").notes == (note,)


def test_a_lock_is_noted_and_kept() -> None:
    made = docx.Document()
    made.add_paragraph("正文")
    lock = made.settings.element.makeelement(made.settings.element.tag.replace("settings", "documentProtection"), {})
    for name, value in (("edit", "readOnly"), ("enforcement", "1")):
        lock.set(made.settings.element.tag.replace("settings", name), value)
    made.settings.element.append(lock)
    (note,) = opened(saved(made), "甲.docx").notes
    assert note.startswith("文件设有编辑限制")


DECLARED = '<!DOCTYPE w [<!ENTITY e "{}"><!ENTITY f SYSTEM "{}">]>'


@pytest.mark.parametrize("where", ["word/document.xml", "word/styles.xml", "word/header9.xml", "docProps/core.xml"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entities_are_refused_wherever_they_are_declared(where: str, encoding: str, tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("机密", encoding="utf-8")
    data = word(LINES)
    names = zipfile.ZipFile(io.BytesIO(data)).namelist()
    old = part(data, where) if where in names else "<w/>"
    body = re.sub(r"^<\?xml[^>]*\?>\s*", "", old)
    text = f'<?xml version="1.0" encoding="{encoding}"?>' + DECLARED.format("展开", secret.as_uri()) + body
    bad = _with_bytes(data, where, text.encode(encoding))
    with pytest.raises(InputError, match="声明了实体") as fault:
        check_file(bad, "甲.docx")
    assert str(fault.value).count("。") == 1
    with pytest.raises(InputError):
        annotated(bad, "甲.docx", [Note(0, 1, "批注")], author="政衡", when=WHEN)


def _with_bytes(data: bytes, name: str, content: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for each in old.namelist():
            if each != name:
                new.writestr(each, old.read(each))
        new.writestr(name, content)
    return out.getvalue()


def test_python_docx_itself_resolves_no_entity(tmp_path: Path) -> None:
    """The library beneath: even where a declaration came through, it expands nothing."""
    from docx.opc.oxml import parse_xml as parse_package
    from docx.oxml.parser import parse_xml

    secret = tmp_path / "secret.txt"
    secret.write_text("机密", encoding="utf-8")
    xml = DECLARED.format("展开", secret.as_uri()) + "<w>&e;&f;</w>"
    for read in (parse_xml, parse_package):
        assert "".join(read(xml).itertext(tag="w")) == ""


ENCRYPTED = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + "EncryptedPackage".encode("utf-16-le") + bytes(512)


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (ENCRYPTED, "文档已加密，请取消密码后再提交"),
        (b"", "文件没有内容"),
        (word([""]), "文档里没有文字"),
        (word(LINES)[:-400], "已损坏"),
        (with_parts(word(LINES), {"word/document.xml": "<w:document"}), "已损坏"),
        (b"PK" + bytes(21 * 1024 * 1024), "超过 20 MB 的上限"),
        (with_parts(word(LINES), {"word/media/a.xml": "0" * 50_000_000}), "解压后过大"),
        (
            with_parts(
                word(LINES), {"word/document.xml": '<d xmlns="http://purl.oclc.org/ooxml/wordprocessingml/main"/>'}
            ),
            "严格 Open XML",
        ),
    ],
    ids=["password", "no bytes", "no words", "cut", "no XML", "large", "bomb", "strict"],
)
def test_what_cannot_be_used_is_one_sentence(data: bytes, problem: str) -> None:
    with pytest.raises(InputError, match=problem) as fault:
        check_file(data, "甲.docx")
    assert str(fault.value).count("。") == 1


def test_a_part_that_is_damaged_is_one_sentence_in_annotating_too() -> None:
    links = part(word(LINES), "word/_rels/document.xml.rels")
    bad = with_parts(word(LINES), {"word/_rels/document.xml.rels": links.replace("styles.xml", "absent.xml")})
    assert word_text(bad, "甲.docx").text.startswith(LINES[0])
    with pytest.raises(InputError, match="已损坏"):
        annotated(bad, "甲.docx", [Note(0, 2, "批注")], author="政衡", when=WHEN)
