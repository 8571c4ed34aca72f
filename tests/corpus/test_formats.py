"""Every format gives the same words, and what cannot be read gives one clear sentence."""

from __future__ import annotations

import hashlib
import importlib.util
import io
import re
import stat
import struct
import subprocess
import zipfile
from pathlib import Path

import formats_samples as samples
import pytest
from events import runs, wait_for
from made_up_files import flagged_as_encrypted
from PIL import Image, ImageDraw, ImageFont
from readers import HERE

from analysis.corpus import formats
from analysis.corpus.clean import clean
from analysis.corpus.files import MAX_BYTES
from analysis.corpus.formats import conversion, limits, office, text_of
from analysis.corpus.formats.kinds import Kind, kind_of
from analysis.model import InputError
from analysis.pipeline import load_corpus, read_bytes, read_path
from analysis.present.export import wire_rows

NO_OCR = importlib.util.find_spec("rapidocr_onnxruntime") is None
PAGE = samples.page("".join(f"<p>　　{words}</p>" for words in samples.POLICY), title=samples.POLICY[0])
FILES = {
    "方案.txt": "\n".join(samples.POLICY).encode(),
    "方案.docx": samples.word(),
    "方案.pdf": samples.pdf(samples.pages_of(samples.POLICY)),
    "方案.html": PAGE,
    "方案.ofd": samples.ofd([words[at : at + 40] for words in samples.POLICY for at in range(0, len(words), 40)]),
    "方案.mht": b"MIME-Version: 1.0\r\nContent-Type: text/html; charset=utf-8\r\n"
    b"Content-Transfer-Encoding: 8bit\r\n\r\n" + PAGE,
}


@pytest.mark.parametrize("name", FILES)
def test_every_format_cleans_to_the_same_words(name: str) -> None:
    assert clean(text_of(FILES[name], name)).text.split("\n") == list(samples.POLICY)


@pytest.mark.parametrize("name", FILES)
def test_every_format_gives_the_same_findings(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(FILES[name])
    reading = read_path(path)
    assert reading.document.id == "方案"
    assert [(str(target.value), target.unit, target.target_year) for target in reading.targets] == [
        ("900", "亿元", 2027),
        ("120", "家", 2027),
        ("2000", "名", 2027),
    ]
    sums = [(str(each.amount_low_wan), str(each.rate_percent), str(each.cap_year_wan)) for each in reading.incentives]
    assert sums == [("50", "None", "None"), ("None", "2", "100")]
    for target in reading.targets:
        start, end = reading.document.raw_span(target.start, target.end)
        assert reading.document.raw[start:end].replace("\n", "") == target.quote


def test_the_name_is_not_believed() -> None:
    assert clean(text_of(FILES["方案.docx"], "方案.doc")).text.split("\n") == list(samples.POLICY)
    assert clean(text_of(FILES["方案.html"], "方案.doc")).text.split("\n") == list(samples.POLICY)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030", "gbk", "big5"])
def test_encodings_of_text(encoding: str) -> None:
    words = "為促進科技成果轉化，對技術轉移機構給予獎勵。" if encoding == "big5" else "为促进科技成果转化，给予奖励。"
    assert text_of(words.encode(encoding), "文.txt") == words


def test_utf16_big_endian_with_its_mark() -> None:
    assert text_of(b"\xfe\xff" + "技术转移。".encode("utf-16-be"), "文.txt") == "技术转移。"


def test_a_document_of_another_format_may_be_in_the_corpus(tmp_path: Path) -> None:
    folder = tmp_path / "documents" / "zhejiang-2030"
    folder.mkdir(parents=True)
    (folder / "notice.docx").write_bytes(FILES["方案.docx"])
    digest = hashlib.sha256(FILES["方案.docx"]).hexdigest()
    (folder / "card.toml").write_text(
        'title = "方案"\nregion_code = "330000"\nregion = "浙江"\nlevel = "province"\nstatus = "in_force"\n'
        f'[[editions]]\nfile = "notice.docx"\nlabel = "网页附件"\nsha256 = "{digest}"\n',
        encoding="utf-8",
    )
    corpus = load_corpus(tmp_path)
    assert [len(reading.targets) for reading in corpus.readings] == [3]


def test_names_leave_the_program_in_the_characters_of_the_file() -> None:
    words = "到2027年，全省技術合同成交額達到900億元。對技術轉移機構給予獎勵50萬元。\n"
    target, incentive = wire_rows(read_bytes(words.encode("big5"), "目標.txt"))
    assert (target["indicator"], target["unit"], target["indicator_id"]) == ("技術合同成交額", "億元", "contract_value")
    assert (incentive["beneficiary"], incentive["amount_low_wan"]) == ("技術轉移機構", "50")


# What cannot be read.


def picture() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (80, 40), "white").save(out, "PNG")
    return out.getvalue()


def old_office(stream: str) -> bytes:
    """The start of a container of old Office, with the name of one stream."""
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + stream.encode("utf-16-le") + bytes(400)


def bomb() -> bytes:
    """A docx whose body unpacks to more than the limit."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        with archive.open("word/document.xml", "w", force_zip64=True) as part:
            for _ in range(limits.MAX_UNPACKED // 2**20 + 1):
                part.write(b" " * 2**20)
    return out.getvalue()


def lying_bomb() -> bytes:
    """The same, with sizes in its directory that look harmless."""
    data = bytearray(bomb())
    at = data.rindex(b"PK\x01\x02")
    data[at + 24 : at + 28] = struct.pack("<I", 1000)
    return bytes(data)


def entities() -> bytes:
    """A docx whose XML would grow without bounds where entities are resolved."""
    steps = "".join(f'<!ENTITY e{at} "{f"&e{at - 1};" * 10 if at else "啊" * 100}">' for at in range(9))
    body = "<w:body><w:p><w:r><w:t>&e8;</w:t></w:r></w:p></w:body>"
    words = f"<!DOCTYPE w [{steps}]><w:document {samples.W}>{body}</w:document>"
    return samples.with_parts(samples.word(), {"word/document.xml": words})


REFUSED: list[tuple[str, bytes, str]] = [
    ("空.docx", b"", "没有内容"),
    ("空白.txt", b" \r\n\t ", "没有内容"),
    ("大.pdf", b"%PDF-" + bytes(MAX_BYTES), "20 MB"),
    ("图片.docx", picture(), "内容却是图片"),
    ("坏.docx", samples.word()[:-400], "损坏"),
    ("缺.docx", samples.with_parts(samples.word(), {"word/document.xml": "<w:x"}), "损坏"),
    ("炸弹.docx", bomb(), "解压后过大"),
    ("假炸弹.docx", lying_bomb(), "损坏"),
    ("实体.docx", entities(), "损坏"),
    ("密.docx", flagged_as_encrypted(samples.word()), "加密"),
    ("密码.docx", old_office("EncryptedPackage"), "加密"),
    ("空文.docx", samples.word(()), "没有文字"),
    ("坏.pdf", b"%PDF-1.7\n" + bytes(range(256)) * 9, "损坏"),
    ("截断.pdf", FILES["方案.pdf"][:400], "损坏"),
    ("密.pdf", samples.pdf(samples.pages_of(samples.POLICY), password="secret"), "加密"),
    ("长.pdf", samples.pdf([[(90, 100, "技术转移")]] * 500), "500 页"),
    ("坏.ofd", samples.with_parts(FILES["方案.ofd"], {"OFD.xml": "<"}), "损坏"),
    ("空网页.html", b"<!DOCTYPE html><html><body><p>404</p></body></html>", "正文"),
    ("表.xls", old_office("Workbook"), "电子表格"),
    ("稿.ppt", old_office("PowerPoint Document"), "演示文稿"),
    ("包.zip", samples.with_parts(FILES["方案.ofd"], {"a": "b"}).replace(b"OFD.xml", b"XFD.xml"), "压缩包"),
    ("包.rar", b"Rar!\x1a\x07\x00" + bytes(100), "压缩包"),
    ("程序.txt", b"\x7fELF" + bytes(1000), "认不出"),
    ("乱码.txt", b"\xff\xff\xff\xff\xff", "编码"),
    ("长.txt", "技术转移。\n".encode() * 400_000, "200 万字"),
]


@pytest.mark.parametrize(("name", "data", "word"), REFUSED, ids=[row[0] for row in REFUSED])
def test_what_cannot_be_read_is_said_in_one_sentence(name: str, data: bytes, word: str) -> None:
    with pytest.raises(InputError) as caught:
        text_of(data, name)
    said = str(caught.value)
    assert said.startswith(name)
    assert word in said
    assert re.fullmatch(r"[^\n。]+：[^\n。]+，[^\n。]+。", said), said


def test_a_file_that_takes_too_long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(formats, "SECONDS", 0.01)
    monkeypatch.setattr(formats, "READER", f"{HERE}:hanging")
    with pytest.raises(InputError, match=r"慢\.pdf：读取超过"):
        text_of(FILES["方案.pdf"], "慢.pdf")


def test_a_file_that_takes_too_much_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(formats, "READER", f"{HERE}:greedy")
    with pytest.raises(InputError, match=r"大\.docx：读取时占用内存过多"):
        text_of(FILES["方案.docx"], "大.docx")


def test_a_process_that_dies_of_a_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(formats, "READER", f"{HERE}:nobody")
    with pytest.raises(InputError, match="损坏"):
        text_of(FILES["方案.pdf"], "崩.pdf")


def test_a_scan_without_the_recogniser(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(formats, "recogniser_installed", lambda: False)
    out = io.BytesIO()
    Image.new("RGB", (200, 300), "white").save(out, "PDF")
    with pytest.raises(InputError, match=r"扫描件.*requirements-ocr\.txt"):
        text_of(out.getvalue(), "扫描.pdf")
    with pytest.raises(InputError, match=r"图片.*requirements-ocr\.txt"):
        text_of(picture(), "扫描.png")


@pytest.mark.skipif(NO_OCR, reason="没有安装可选的文字识别组件（requirements-ocr.txt）")
def test_a_picture_is_recognised() -> None:
    font = Path("/usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc")
    if not font.exists():
        pytest.skip("没有 Noto 中文字体")
    sheet = Image.new("RGB", (1240, 400), "white")
    ImageDraw.Draw(sheet).text(
        (100, 120), "全省技术合同成交额达到900亿元。", font=ImageFont.truetype(str(font), 40), fill="black"
    )
    out = io.BytesIO()
    sheet.save(out, "PNG")
    assert [str(target.value) for target in read_bytes(out.getvalue(), "扫描.png").targets] == ["900"]


# Old Office, with and without LibreOffice.


def test_old_office_without_libreoffice(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(office, "program", lambda: None)
    for name, data in (
        ("通知.doc", old_office("WordDocument")),
        ("通知.wps", old_office("WordDocument")),
        ("通知.rtf", b"{\\rtf1\\ansi}"),
    ):
        with pytest.raises(InputError, match=r"LibreOffice.*另存为 docx") as caught:
            text_of(data, name)
        assert str(caught.value).startswith(name)


def stand_in(folder: Path, monkeypatch: pytest.MonkeyPatch, script: str) -> Path:
    """A program under the name of LibreOffice; it writes where it ran to ``trace``."""
    (folder / "answer.docx").write_bytes(samples.word())
    program = folder / "soffice"
    program.write_text(f"#!/bin/sh\npwd > {folder}/trace\n{script}\n", encoding="utf-8")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setattr(office, "program", lambda: str(program))
    return folder / "trace"


def test_old_office_goes_through_libreoffice_and_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    trace = stand_in(tmp_path, monkeypatch, f"mkdir out && cp {tmp_path}/answer.docx out/source.docx")
    assert clean(text_of(old_office("WordDocument"), "通知.doc")).text.split("\n") == list(samples.POLICY)
    assert not Path(trace.read_text(encoding="utf-8").strip()).exists()


def test_libreoffice_that_hangs_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It has started another program when its time is over."""
    trace = stand_in(
        tmp_path, monkeypatch, f"sleep 600 & echo $! > {tmp_path}/new; mv {tmp_path}/new {tmp_path}/child; wait"
    )

    class OutOfTime(subprocess.Popen[bytes]):
        def wait(self, timeout: float | None = None) -> int:
            if timeout is None:
                return super().wait()
            wait_for((tmp_path / "child").exists)
            raise subprocess.TimeoutExpired(self.args, timeout)

    monkeypatch.setattr(conversion.subprocess, "Popen", OutOfTime)
    with pytest.raises(subprocess.TimeoutExpired), conversion.private_folder(tmp_path) as folder:
        conversion.convert(str(office.program()), ".rtf", b"{\\rtf1}", 60, folder, lambda _: None)
    assert Path(trace.read_text(encoding="utf-8").strip()) == folder
    assert not folder.exists()
    child = int((tmp_path / "child").read_text(encoding="utf-8"))
    wait_for(lambda: not runs(child))


def test_a_conversion_that_takes_too_long_is_one_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stand_in(tmp_path, monkeypatch, "sleep 600")
    monkeypatch.setattr(office, "SECONDS", 0)
    with pytest.raises(InputError, match="超过 0 秒，请另存为 docx"):
        text_of(b"{\\rtf1}", "慢.rtf")


def test_libreoffice_that_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stand_in(tmp_path, monkeypatch, "exit 1")
    with pytest.raises(InputError, match="损坏"):
        text_of(b"{\\rtf1}", "坏.rtf")


@pytest.fixture(scope="module")
def converted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the sample as doc, rtf and odt, as LibreOffice writes them."""
    command = office.program()
    assert command, "LibreOffice is missing; as root: apt-get install --no-install-recommends libreoffice-writer-nogui"
    folder = tmp_path_factory.mktemp("office")
    (folder / "方案.docx").write_bytes(samples.word())
    for ending in ("doc", "rtf", "odt"):
        options = ("--headless", f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--convert-to", ending)
        subprocess.run([command, *options, "--outdir", folder, folder / "方案.docx"], check=True, capture_output=True)
    return folder


@pytest.mark.parametrize(("name", "kind"), [("doc", Kind.DOC), ("wps", Kind.DOC), ("rtf", Kind.RTF), ("odt", Kind.ODT)])
def test_old_office_is_really_converted(converted: Path, name: str, kind: Kind) -> None:
    """WPS writes the container of old Word under another name."""
    data = (converted / f"方案.{name.replace('wps', 'doc')}").read_bytes()
    assert kind_of(data) is kind
    assert clean(text_of(data, f"方案.{name}")).text.split("\n") == list(samples.POLICY)


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"BM is how this text begins", Kind.TEXT),
        (b"<p>no page</p>", Kind.TEXT),
        (b"\xef\xbb\xbf<!DOCTYPE html><html>", Kind.HTML),
        (b'<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml">', Kind.HTML),
        (b"\xff\xd8\xff\xe0", Kind.PICTURE),
        (b"\x00\n%PDF-1.4", Kind.PDF),
    ],
)
def test_kinds(data: bytes, kind: Kind) -> None:
    assert kind_of(data) is kind
