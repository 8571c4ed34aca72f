"""Checking a draft leaves no word of it on a disk, in a cache or in a log, and reaches nothing outside.

The command runs with a home, a temporary folder and a working folder of its own, which are watched while it runs and
compared afterwards; in the folders that it shares with others (project, system) new files are searched for a random
word of the draft.
"""

from __future__ import annotations

import http.server
import io
import logging
import os
import secrets
import subprocess
import sys
import tempfile
import threading
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from formats_samples import word
from traces import SHARED, Watch, files_below, holding, old_word

from analysis.corpus.formats import conversion, office
from analysis.corpus.formats.kinds import Kind
from analysis.model import InputError
from analysis.pipeline import annotated_word, check_file, compare_drafts, open_draft
from analysis.present import version_table
from analysis.present.findings import notes_and_corrections
from analysis.present.findings_report import report_docx, report_xlsx

PROJECT = Path(__file__).resolve().parents[2]
needs_office = pytest.mark.skipif(office.program() is None, reason="LibreOffice is not installed")


def _lines(marker: str) -> tuple[str, ...]:
    return ("关于技术转移的意见", f"一、{marker}建设平台,培养人才。", f"三、按照一定比例给予{marker}补助。")


@pytest.mark.parametrize("ending", ["txt", "docx", pytest.param("doc", marks=needs_office)])
def test_checking_writes_no_word_of_a_draft(ending: str, tmp_path: Path) -> None:
    marker = f"x{secrets.token_hex(12)}"
    lines = _lines(marker)
    data = {
        "txt": lambda: "\n".join(lines).encode(),
        "docx": lambda: word(lines),
        "doc": lambda: old_word(lines, tmp_path / "made"),
    }[ending]()
    given, home, temporary, here = (tmp_path / name for name in ("given", "home", "temporary", "here"))
    for folder in (given, home, temporary, here):
        folder.mkdir()
    draft = given / f"草案.{ending}"
    draft.write_bytes(data)
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": str(home),
        "TMPDIR": str(temporary),
        "PYTHONPATH": str(PROJECT),
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    shared = [folder for folder in (*SHARED, PROJECT) if folder.is_dir() and folder not in tmp_path.parents]
    before = files_below(*shared, depth=3)
    command = [sys.executable, "-m", "analysis", "check", str(draft), "--format", "json"]
    with Watch(home, temporary, here, given) as watch:
        done = subprocess.run(command, cwd=here, env=environment, capture_output=True, check=False)
    assert done.returncode == 1, done.stderr.decode()
    assert marker not in done.stderr.decode()
    assert {path for path in watch.seen if path != draft and path.name != "jieba.cache"} == set()
    assert draft.read_bytes() == data
    after = files_below(*shared, depth=3)
    assert holding(marker, {path for path in after if before.get(path) != after[path]}) == []


@needs_office
def test_libreoffice_keeps_to_its_private_folder_which_is_gone_afterwards(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = old_word(_lines("密件"), tmp_path / "made")
    home, temporary = tmp_path / "home", tmp_path / "temporary"
    home.mkdir()
    temporary.mkdir()
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("TMPDIR", str(temporary))
    monkeypatch.setattr(tempfile, "tempdir", None)
    memory = tmp_path / "memory"
    memory.mkdir()
    monkeypatch.setattr(conversion, "_MEMORY", memory)
    with Watch(home, temporary, memory) as watch:
        office.to_docx(data, Kind.DOC, "甲.doc")
    assert any(path.name == "source.doc" for path in watch.seen)
    assert {path.relative_to(memory).parts[0].startswith("zhengheng-") for path in watch.seen} == {True}
    assert list(memory.iterdir()) == []


def test_nothing_of_a_draft_goes_to_a_log_or_a_file_in_this_process(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    marker = f"x{secrets.token_hex(12)}"
    monkeypatch.chdir(tmp_path)
    opened: list[object] = []
    watching = True

    def hook(event: str, given: tuple[object, ...]) -> None:
        if watching and event == "open" and _writes(given):
            opened.append(given)

    sys.addaudithook(hook)  # stays for as long as the process
    with caplog.at_level(logging.DEBUG):
        checked = check_file(word(_lines(marker)), "甲.docx")
        draft = open_draft(word(_lines(marker)), "甲.docx")
        compared = compare_drafts(draft, checked.draft)
        annotated_word(checked, *notes_and_corrections(checked.findings))
        reports = (report_xlsx(checked, {}), report_docx(checked, {}))
        tables = (version_table.to_docx(compared), version_table.workbook(compared))
    watching = False
    assert all((*reports, *tables))
    assert marker not in caplog.text
    assert opened == []


def _writes(given: tuple[object, ...]) -> bool:
    """Whether ``open`` was called to write to a file by its name (pipes of processes have numbers)."""
    mode = given[1]
    return isinstance(given[0], (str, bytes)) and isinstance(mode, str) and any(sign in mode for sign in "wax+")


@pytest.fixture
def asked() -> Iterator[tuple[str, list[str]]]:
    """The address of a server on this machine, and the paths that it was asked for."""
    paths: list[str] = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            paths.append(self.path)
            self.send_error(404)

        do_HEAD = do_OPTIONS = do_PROPFIND = do_GET

        def log_message(self, format: str, *given: object) -> None:
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}", paths
    server.shutdown()


ODT = (
    '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
    ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:xlink="http://www.w3.org/1999/xlink"'
    ' xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"'
    ' xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0" office:version="1.2"><office:body>'
    '<office:text><text:p>一、目标。<draw:frame svg:width="2cm" svg:height="2cm" text:anchor-type="as-char"><draw:image'
    ' xlink:href="{place}/image.png" xlink:type="simple" xlink:actuate="onLoad"/></draw:frame></text:p>'
    '<text:section text:name="S"><text:section-source xlink:href="{local}"/><text:p>旧</text:p></text:section>'
    "</office:text></office:body></office:document-content>"
)
TYPE = "application/vnd.oasis.opendocument.text"


def _odt(content: str, entry: str = "") -> bytes:
    out = io.BytesIO()
    space = 'xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.2"'
    names = (("/", TYPE, ""), ("content.xml", "text/xml", entry))
    entries = "".join(
        f'<manifest:file-entry manifest:full-path="{name}" manifest:media-type="{kind}">{inner}</manifest:file-entry>'
        for name, kind, inner in names
    )
    with zipfile.ZipFile(out, "w") as made:
        made.writestr("mimetype", TYPE)
        made.writestr("content.xml", content)
        made.writestr("META-INF/manifest.xml", f"<manifest:manifest {space}>{entries}</manifest:manifest>")
    return out.getvalue()


@needs_office
def test_libreoffice_fetches_no_picture_and_reads_no_other_file(asked: tuple[str, list[str]], tmp_path: Path) -> None:
    place, paths = asked
    secret = tmp_path / "别的文件.txt"
    secret.write_text("LOCALSECRET", encoding="utf-8")
    checked = check_file(_odt(ODT.format(place=place, local=secret.as_uri())), "甲.odt")
    assert paths == []
    assert checked.draft.text == "一、目标。\n\n旧"
    assert checked.word is not None
    assert b"LOCALSECRET" not in checked.word
    assert checked.notes[0].startswith("odt 文档已由 LibreOffice 转成 docx")


def test_a_word_file_fetches_nothing(asked: tuple[str, list[str]]) -> None:
    from test_package import linked

    place, paths = asked
    data = word(_lines("甲"))
    for kind, where in (
        ("attachedTemplate", "word/_rels/settings.xml.rels"),
        ("image", "word/_rels/document.xml.rels"),
    ):
        data = linked(data, kind, f"{place}/{kind}", where)
    checked = check_file(data, "甲.docx")
    annotated_word(checked, *notes_and_corrections(checked.findings))
    assert paths == []


def test_old_formats_with_a_password_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(office, "program", lambda: "soffice")
    header = bytearray(512)
    header[:4] = b"\xec\xa5\xc1\x00"
    header[10:12] = (0x100).to_bytes(2, "little")
    old = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + "WordDocument".encode("utf-16-le") + bytes(488) + header
    for data, name in ((old, "甲.doc"), (_odt("密", '<manifest:encryption-data manifest:checksum="x"/>'), "甲.odt")):
        with pytest.raises(InputError, match="文档已加密，请取消密码后再提交"):
            check_file(data, name)
