"""Made-up corpora: marked where they show, the same for the same seed, readable where they say so."""

from __future__ import annotations

import csv
import hashlib
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from made_up import CARD, COLUMNS, MARK, NEAR, SAYS_SO, SIDECAR, Made, issuing, make, text_of
from made_up_files import BROKEN

from analysis.corpus.documents import read_card, read_edition
from analysis.model import InputError, Level
from analysis.pipeline import read_bytes, read_path

COUNT = 130


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Made]:
    """A tree of 130 documents."""
    folder = tmp_path_factory.mktemp("made-up")
    return folder, make(COUNT, folder)


def files(folder: Path) -> list[Path]:
    """Files that are neither sidecars nor cards."""
    return sorted(path for path in folder.rglob("*") if path.is_file() and path.suffix not in (".csv", ".toml"))


def test_it_holds_what_it_says(tree: tuple[Path, Made]) -> None:
    folder, made = tree
    found = files(folder)
    readable = [path for path in found if not path.name.startswith("坏-")]
    texts = Counter(hashlib.sha256(path.read_bytes()).digest() for path in readable)
    assert made.documents == COUNT == len(texts)
    assert made.files == len(found)
    assert made.unreadable == len(found) - len(readable) == 1
    assert made.twice == sum(count - 1 for count in texts.values()) == 1
    assert made.provinces > 25
    assert made.cities > 60


def test_every_text_says_that_it_is_made_up(tree: tuple[Path, Made]) -> None:
    folder, _ = tree
    for path in files(folder):
        if path.suffix == ".txt" and not path.name.startswith("坏-"):
            first, title, *_ = path.read_text("utf-8").split("\n")
            assert first == SAYS_SO
            assert title.startswith(MARK)
    for path in folder.rglob(SIDECAR):
        with path.open(encoding="utf-8-sig", newline="") as file:
            table = csv.DictReader(file)
            rows = list(table)
        assert tuple(table.fieldnames or ()) == COLUMNS
        assert all(row["title"].startswith(MARK) and (path.parent / row["file"]).is_file() for row in rows)


def test_every_format_reads_and_says_so_as_well(tree: tuple[Path, Made]) -> None:
    folder, _ = tree
    for ending in (".txt", ".html", ".docx"):
        path = next(path for path in files(folder) if path.suffix == ending and not path.name.startswith("坏-"))
        reading = read_path(path)
        assert reading.document.card.title.startswith(MARK)
        assert reading.document.text.startswith(SAYS_SO)
        assert reading.document.card.issued
        assert reading.targets or reading.incentives


def test_cards_are_as_the_corpus_wants_them(tree: tuple[Path, Made]) -> None:
    folder, _ = tree
    cards = [path.parent for path in folder.rglob("card.toml")]
    assert len(cards) == 1
    for place in cards:
        card = read_card(place)
        assert card.title.startswith(MARK)
        assert all(read_edition(place, edition) for edition in card.editions)


@pytest.mark.parametrize(("name", "data"), BROKEN, ids=[name for name, _ in BROKEN])
def test_nobody_can_read_the_broken_ones(name: str, data: bytes) -> None:
    with pytest.raises(InputError):
        read_bytes(data, name)


def test_the_same_seed_gives_the_same_bytes_and_another_does_not(tree: tuple[Path, Made], tmp_path: Path) -> None:
    folder, made = tree
    assert make(COUNT, tmp_path / "again") == made
    for path in (path for path in folder.rglob("*") if path.is_file()):
        assert (tmp_path / "again" / path.relative_to(folder)).read_bytes() == path.read_bytes()
    assert text_of(7, 1) != text_of(7, 2)


def test_near_duplicates_differ_by_a_few_characters_only() -> None:
    one, other = text_of(NEAR - 1, 1), text_of(NEAR, 1)
    assert other != one
    assert replace(other, number=one.number, body=(*other.body[:-1], one.body[-1])) == one
    assert len("".join(other.body)) - len("".join(one.body)) < 20


def test_places_are_those_of_the_vocabulary() -> None:
    provinces, below = issuing()
    assert len(provinces) == 31
    assert 280 <= len(below) <= 360
    assert len({(whose.province, whose.name) for whose in below}) == len(below)
    assert all(text_of(number, 1).whose.level is Level.PROVINCE for number in range(CARD, 1000, 100))
