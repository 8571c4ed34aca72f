"""The corpus as it lies there, and what a reader is told when something in a card is wrong."""

from __future__ import annotations

import csv
import hashlib
from pathlib import Path

import pytest
from places import DOCUMENTS, GOLD

from analysis.corpus.documents import anonymous_card, document, read_card, read_documents, read_edition
from analysis.corpus.files import MAX_BYTES, decode, read_bytes
from analysis.grammar import grammar
from analysis.model import InputError, Level, Status

ANNOTATED = {row["document"]: row for row in csv.DictReader((GOLD / "documents.csv").open(encoding="utf-8"))}
WORDS = "一、总体要求\n坚持创新。\n"
CARD = f"""\
title = "某方案"
region_code = "510000"
region = "四川"
level = "province"
issued = "2024-10-18"
status = "in_force"

[[editions]]
file = "a.txt"
label = "网页"
sha256 = "{hashlib.sha256(WORDS.encode()).hexdigest()}"
"""


def _folder(root: Path, card: str | None = CARD, words: bytes | None = WORDS.encode(), name: str = "someplace") -> Path:
    folder = root / name
    folder.mkdir(parents=True)
    if card is not None:
        (folder / "card.toml").write_text(card, encoding="utf-8")
    if words is not None:
        (folder / "a.txt").write_bytes(words)
    return folder


def test_every_gold_document_has_its_card() -> None:
    found, faults = read_documents(DOCUMENTS)
    assert faults == []
    assert {card.slug for card, _, _ in found} >= set(ANNOTATED)


@pytest.mark.parametrize("slug", sorted(ANNOTATED))
def test_card_says_what_the_gold_says(slug: str) -> None:
    card, row = read_card(DOCUMENTS / slug), ANNOTATED[slug]
    for key in ("region", "region_code", "title", "status"):
        assert getattr(card, key) == row[key]
    for key in ("doc_number", "issued", "valid_from", "valid_to", "comment_from", "comment_to"):
        assert getattr(card, key) == (row[key] or None), key
    assert card.issuers == tuple(name for name in row["issuers"].split(";") if name)
    assert [edition.file for edition in card.editions] == row["editions"].split(";")


@pytest.mark.parametrize("slug", sorted(ANNOTATED))
def test_originals_are_as_received(slug: str) -> None:
    card = read_card(DOCUMENTS / slug)
    for edition in card.editions:
        assert read_edition(DOCUMENTS / slug, edition)
        data = (DOCUMENTS / slug / edition.file).read_bytes()
        assert hashlib.sha256(data).hexdigest() == edition.sha256
    assert {path.name for path in (DOCUMENTS / slug).iterdir()} == {
        "card.toml",
        *(edition.file for edition in card.editions),
    }


def test_what_the_card_infers_is_on_the_card() -> None:
    for slug in ANNOTATED:
        card = read_card(DOCUMENTS / slug)
        assert all(why for _, why in card.inferred)
        assert all(getattr(card, key) for key, _ in card.inferred)
    assert "issued" in dict(read_card(DOCUMENTS / "heilongjiang-2017").inferred)


def test_a_whole_card(tmp_path: Path) -> None:
    folder = _folder(tmp_path)
    card = read_card(folder)
    assert (card.slug, card.region, card.level, card.status) == ("someplace", "四川", Level.PROVINCE, Status.IN_FORCE)
    assert card.doc_number is None
    assert card.issuers == ()
    assert read_documents(tmp_path)[1] == []


def test_a_city_belongs_to_its_province(tmp_path: Path) -> None:
    card = CARD.replace('"510000"', '"510100"').replace('"四川"', '"成都"').replace('"province"', '"city"')
    assert read_card(_folder(tmp_path, card)).region == "成都"


@pytest.mark.parametrize(
    ("old", "new", "parts"),
    [
        ('title = "某方案"\n', "", ("title", "缺少")),
        ('title = "某方案"', 'title = ""', ("title",)),
        ('title = "某方案"', "title = 3", ("title",)),
        ('title = "某方案"', 'titel = "某方案"', ("titel", "title")),
        ('title = "某方案"', 'title = "某方案', ("第 1 行", "TOML")),
        ('"510000"', '"990000"', ("region_code", "990000")),
        ('"510000"', '"5100"', ("region_code", "5100")),
        ('"四川"', '"北京"', ("region", "四川", "110000")),
        ('"in_force"', '"valid"', ("status", "valid", "draft_for_comment")),
        ('"province"', '"prov"', ("level", "prov")),
        ('"2024-10-18"', '"2024-13"', ("issued", "2024-13")),
        ('"2024-10-18"', '"18.10.2024"', ("issued", "18.10.2024")),
        ('"2024-10-18"', "2024-10-18", ("issued", "引号")),
        ('issued = "2024-10-18"', 'issuers = "某厅"', ("issuers", "列表")),
        ('"a.txt"', '"b.txt"', ("b.txt", "找不到")),
        ('"a.txt"', '"../a.txt"', ("editions", "路径")),
        ('label = "网页"\n', "", ("editions 第 1 段", "label")),
        ("[[editions]]", "[other]", ("other",)),
        ("sha256 = ", "sha = ", ("sha",)),
    ],
)
def test_a_wrong_card_is_told_in_one_sentence(tmp_path: Path, old: str, new: str, parts: tuple[str, ...]) -> None:
    assert old in CARD
    _folder(tmp_path, CARD.replace(old, new, 1))
    _folder(tmp_path, name="well")
    found, faults = read_documents(tmp_path)
    assert [card.slug for card, _, _ in found] == ["well"]
    assert len(faults) == 1
    message = faults[0].message
    assert message.startswith("someplace/")
    assert message.endswith("。")
    assert message.count("。") == 1
    assert all(part in message for part in parts), message


def test_missing_editions(tmp_path: Path) -> None:
    _, faults = read_documents(_folder(tmp_path, CARD.split("[[")[0]).parent)
    assert "[[editions]]" in faults[0].message


def test_a_changed_file_is_not_read(tmp_path: Path) -> None:
    _folder(tmp_path, words=b"something else")
    found, faults = read_documents(tmp_path)
    assert found == []
    assert "校验值不符" in faults[0].message


def test_missing_card_and_missing_root(tmp_path: Path) -> None:
    _folder(tmp_path, card=None)
    assert "someplace/card.toml" in read_documents(tmp_path)[1][0].message
    found, faults = read_documents(tmp_path / "nowhere")
    assert found == []
    assert len(faults) == 1


@pytest.mark.parametrize("data", [b"", b" \n", b"\x00\x01\x02", b"\xff\xfe\xfa\xfb\xff\xff"])
def test_no_text(data: bytes) -> None:
    with pytest.raises(InputError, match=r"^坏\.txt：.*。$"):
        decode(data, "坏.txt")


def test_encodings() -> None:
    assert decode("技术转移".encode("utf-8-sig"), "a.txt") == "技术转移"
    assert decode("技术转移㐂".encode("gb18030"), "a.txt") == "技术转移㐂"
    assert decode("行一\r\n行二\r".encode(), "a.txt") == "行一\r\n行二\r"


def test_too_large_and_no_file(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="上限"):
        decode(b"a" * (MAX_BYTES + 1), "大.txt")
    with pytest.raises(InputError, match="找不到"):
        read_bytes(tmp_path / "无.txt")
    (tmp_path / "夹.txt").mkdir()
    with pytest.raises(InputError, match="打不开"):
        read_bytes(tmp_path / "夹.txt")


def test_a_users_own_file() -> None:
    card = anonymous_card("某市办法.txt", b"x")
    text = document(card, card.editions[0], "到 2027 年,建成。")
    assert (text.id, text.text) == ("某市办法", "到2027年，建成。")
    assert text.raw[slice(*text.raw_span(1, 6))] == "2027 年"
    assert card.region is None
    assert card.status is Status.UNKNOWN


def test_regions() -> None:
    assert len(grammar().regions) == 35
    assert all(len(code) == 6 and region.code == code for code, region in grammar().regions.items())
    assert len({region.name for region in grammar().regions.values()}) == 35
    assert all(region.full.startswith(region.name) for code, region in grammar().regions.items() if code != "000000")
    assert grammar().region_of("510100") == grammar().regions["510000"]
    assert grammar().region_of("990000") is None
    assert grammar().region_of("51") is None
