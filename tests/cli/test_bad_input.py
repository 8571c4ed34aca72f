"""Bad input: one Chinese sentence with file, place and remedy, exit code 2, and the rest still served."""

from __future__ import annotations

import hashlib
import io
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest
from places import PROJECT

from analysis.cli import main
from analysis.model import InputError
from analysis.pipeline import ROOT_VARIABLE, default_root, load_corpus

CORPUS = PROJECT / "policy_corpus"
BROKEN = "heilongjiang-2017"
SERIES = "technology-contracts"


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the corpus that a test may break."""
    folder = tmp_path / "corpus"
    shutil.copytree(CORPUS, folder)
    monkeypatch.setenv(ROOT_VARIABLE, str(folder))
    return folder


def card(root: Path) -> Path:
    return root / "documents" / BROKEN / "card.toml"


def text(root: Path) -> Path:
    return next((root / "documents" / BROKEN).glob("*.txt"))


def edit(path: Path, pattern: str, new: str) -> None:
    old = path.read_text(encoding="utf-8")
    changed = re.sub(pattern, lambda _: new, old, count=1, flags=re.MULTILINE)
    assert changed != old, f"{pattern} is not in {path.name}"
    path.write_text(changed, encoding="utf-8", newline="")


def reseal(root: Path) -> None:
    """Write the digest of the changed data file on the card, so that only the change itself is wrong."""
    folder = root / "series" / SERIES
    digest = hashlib.sha256((folder / "data.csv").read_bytes()).hexdigest()
    edit(folder / "card.toml", r'^"data.csv" = ".*"$', f'"data.csv" = "{digest}"')


def put(path: Path, data: bytes) -> None:
    path.write_bytes(data)


DOCUMENT_BREAKS: list[tuple[str, Callable[[Path], object], tuple[str, ...]]] = [
    ("no card", lambda root: card(root).unlink(), ("card.toml",)),
    ("no TOML", lambda root: put(card(root), b'title = "'), ("card.toml",)),
    ("title missing", lambda root: edit(card(root), r"^title = .*\n", ""), ("card.toml", "title")),
    ("unknown key", lambda root: edit(card(root), r"^title", "colour = 1\ntitle"), ("card.toml", "colour")),
    ("unknown region", lambda root: edit(card(root), r"230000", "990000"), ("card.toml", "region")),
    (
        "region and code differ",
        lambda root: edit(card(root), r'^region = "黑龙江"', 'region = "四川"'),
        ("card.toml", "region"),
    ),
    ("bad date", lambda root: edit(card(root), r'^issued = "2017"', 'issued = "去年"'), ("card.toml", "issued")),
    ("unknown status", lambda root: edit(card(root), '"in_force"', '"perhaps"'), ("card.toml", "status", "perhaps")),
    ("no text", lambda root: text(root).unlink(), (f"{BROKEN}.txt",)),
    ("text changed", lambda root: put(text(root), text(root).read_bytes() + b"."), (f"{BROKEN}.txt", "sha256")),
    ("no text at all", lambda root: put(text(root), b"\xff\x00\xfe\x00" * 9), (f"{BROKEN}.txt",)),
]


@pytest.mark.parametrize("words", [["list"], ["list", "--format", "json"], ["verify"]])
def test_an_empty_corpus_is_no_fault_and_says_what_is_missing(
    tmp_path: Path,
    words: list[str],
    monkeypatch: pytest.MonkeyPatch,
    capfdbinary: pytest.CaptureFixture[bytes],
) -> None:
    (tmp_path / "documents").mkdir()
    monkeypatch.setenv(ROOT_VARIABLE, str(tmp_path))
    assert main(["corpus", *words]) == 0
    sentence = one_sentence(capfdbinary.readouterr().err)
    assert sentence == f"{tmp_path / 'documents'} 里没有文件：请为每份文件建一个文件夹，放入原文和 card.toml。"


@pytest.mark.parametrize(
    ("break_it", "named"), [row[1:] for row in DOCUMENT_BREAKS], ids=[r[0] for r in DOCUMENT_BREAKS]
)
def test_a_broken_document_is_named_and_the_rest_is_served(
    root: Path, break_it: Callable[[Path], object], named: tuple[str, ...], capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    before = load_corpus(CORPUS)
    break_it(root)
    corpus = load_corpus(root)
    kept = {reading.document.id for reading in before.readings} - {BROKEN}
    assert {reading.document.id for reading in corpus.readings} == kept
    assert corpus.points == before.points
    assert len(corpus.faults) == 1
    for word in named:
        assert word in corpus.faults[0].message
    assert main(["corpus", "list"]) == 2
    said = capfdbinary.readouterr()
    assert all(slug in said.out.decode() for slug in kept)
    assert one_sentence(said.err) == corpus.faults[0].message


SERIES_BREAKS: list[tuple[str, Callable[[Path], object], tuple[str, ...]]] = [
    ("no number", lambda file: edit(file, r"232\.88", "二百三十二"), ("data.csv", "行", "二百三十二")),
    ("infinite", lambda file: edit(file, r"232\.88", "inf"), ("data.csv", "行")),
    (
        "unknown region",
        lambda file: edit(file, r"^230000,黑龙江,2019", "239999,黑龙江,2019"),
        ("data.csv", "行", "239999"),
    ),
    (
        "unknown series",
        lambda file: edit(file, r"^(230000,黑龙江,2019),output", "230000,黑龙江,2019,sold"),
        ("行", "sold"),
    ),
    ("twice", lambda file: edit(file, r"\Z", first_row(file)), ("data.csv", "行")),
    ("header", lambda file: edit(file, r"\A.*$", "a,b,c"), ("data.csv", "第 1 行")),
]


def first_row(file: Path) -> str:
    return file.read_text(encoding="utf-8").splitlines()[1] + "\n"


@pytest.mark.parametrize(("break_it", "named"), [row[1:] for row in SERIES_BREAKS], ids=[r[0] for r in SERIES_BREAKS])
def test_a_broken_series_is_named_and_the_texts_are_served(
    root: Path, break_it: Callable[[Path], object], named: tuple[str, ...]
) -> None:
    break_it(root / "series" / SERIES / "data.csv")
    reseal(root)
    corpus = load_corpus(root)
    assert len(corpus.readings) == len(load_corpus(CORPUS).readings)
    assert corpus.series is None
    assert len(corpus.faults) == 1
    for word in named:
        assert word in corpus.faults[0].message


def test_no_corpus_at_all(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    monkeypatch.setenv(ROOT_VARIABLE, str(tmp_path / "nowhere"))
    assert default_root() == tmp_path / "nowhere"
    with pytest.raises(InputError, match="nowhere"):
        load_corpus(default_root())
    assert main(["corpus", "verify"]) == 2
    assert "nowhere" in one_sentence(capfdbinary.readouterr().err)


def one_sentence(said: bytes) -> str:
    """The one line that was said: Chinese, ending as a sentence, and no traceback."""
    lines = said.decode().splitlines()
    assert len(lines) == 1
    assert re.search(r"[\u4e00-\u9fff]", lines[0])
    assert lines[0].endswith("。")
    assert "Traceback" not in lines[0]
    return lines[0]


UNUSABLE: list[tuple[str, bytes | None]] = [
    ("没有这个文件.txt", None),
    ("空.txt", b""),
    ("图片.txt", b"\x89PNG\r\n\x1a\n\x00\x00\x00"),
    ("乱码.txt", b"\xff\xff\xff\xff\xff"),
]


@pytest.mark.parametrize(("name", "data"), UNUSABLE)
def test_an_unusable_file_on_the_command_line(
    tmp_path: Path, name: str, data: bytes | None, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    path = tmp_path / name
    if data is not None:
        path.write_bytes(data)
    good = tmp_path / "好.txt"
    good.write_text("到2030年，全省技术合同成交额达到900亿元。\n", encoding="utf-8")
    assert main(["extract", str(path), str(good)]) == 2
    said = capfdbinary.readouterr()
    assert name in one_sentence(said.err)
    assert '"document":"好"' in said.out.decode()


def test_a_folder_is_no_file(tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    assert main(["extract", str(tmp_path)]) == 2
    assert tmp_path.name in one_sentence(capfdbinary.readouterr().err)


def test_a_file_name_that_is_no_utf8(tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    assert main(["extract", str(tmp_path / "\udcff.txt")]) == 2
    assert "?.txt" in one_sentence(capfdbinary.readouterr().err)


def test_an_output_that_cannot_be_written(tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    assert main(["extract", "beijing-2022", "-o", str(tmp_path / "没有" / "出.jsonl")]) == 2
    said = capfdbinary.readouterr()
    assert said.out == b""
    assert "出.jsonl" in one_sentence(said.err)


def test_an_empty_terminal_is_not_waited_for(
    monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(isatty=lambda: True, buffer=io.BytesIO()))
    assert main(["extract"]) == 2
    assert "没有给出文件" in one_sentence(capfdbinary.readouterr().err)


@pytest.mark.parametrize(
    ("fault", "word"),
    [("ZeroDivisionError('x')", "ZeroDivisionError"), ("ModuleNotFoundError('x', name='jieba')", "make install")],
)
def test_no_traceback_even_for_a_fault_of_our_own(fault: str, word: str) -> None:
    """The process that a user starts, with a fault planted where nothing expects one."""
    plant = (
        "import sys\nfrom analysis import __main__, cli\n"
        f"def main(): raise {fault}\ncli.main = main\nsys.exit(__main__.run())"
    )
    done = subprocess.run([sys.executable, "-c", plant], cwd=PROJECT, capture_output=True, check=False)
    assert done.returncode == 2
    assert word in one_sentence(done.stderr)


def test_a_closed_pipe_ends_quietly() -> None:
    command = f"{sys.executable} -m analysis extract heilongjiang-2017 sichuan-2024 | head -n 1"
    done = subprocess.run(["sh", "-c", command], cwd=PROJECT, capture_output=True, check=False)
    assert done.stdout.startswith(b'{"type"')
    assert done.stderr == b""
