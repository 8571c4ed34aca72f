"""Whole texts and what they say of themselves: the seeds, a file of one's own, and what annotators noted of others."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from analysis.corpus.cards import read_documents
from analysis.corpus.files import read_text
from analysis.model import Status
from analysis.pipeline import read_bytes
from tests.test_metadata import card_of

HERE = Path(__file__).parent
DEV = HERE.parent.parent / "shared" / "gold" / "dev"
SEEDS = {row["document"]: row for row in csv.DictReader((HERE / "gold" / "documents.csv").open(encoding="utf-8"))}


def _bare(words: str) -> str:
    return re.sub(r"[\s（()）—–-]", "", words).replace("科学技术", "科技")


@pytest.mark.parametrize("slug", SEEDS)
def test_seeds_say_what_their_cards_say(slug: str) -> None:
    """What an edition says of itself is what its card knows; a field that it does not say stays empty."""
    expected = SEEDS[slug]
    found, _ = read_documents(HERE.parent / "policy_corpus" / "documents")
    editions = [(edition, raw) for card, edition, raw in found if card.slug == slug]
    seen: set[str] = set()
    for edition, raw in editions:
        card = card_of(raw, edition.file)
        for field in ("title", "region", "region_code", "doc_number", "issued", "valid_from", "valid_to"):
            value = getattr(card, field)
            if value is not None:
                assert _bare(value) == _bare(expected[field]), f"{edition.file} {field}"
                seen.add(field)
        for field in ("comment_from", "comment_to"):
            assert getattr(card, field) in (None, expected[field])
            seen |= {field} if getattr(card, field) else set()
        if card.issuers:
            assert _bare(";".join(card.issuers)) == _bare(expected["issuers"])
            seen.add("issuers")
        assert card.status in (Status(expected["status"]), Status.UNKNOWN)
        assert (card.status is Status.DRAFT) == (expected["status"] == "draft_for_comment")
    known = {field for field in expected if expected[field]} - {"document", "status", "editions"}
    assert seen == known  # some edition says each of them


def test_a_file_of_ones_own_is_called_by_its_title() -> None:
    raw = "湖南省成果转化方案\n湘政发〔2020〕3号\n一、目标\n到2025年，技术合同成交额达到3000亿元。\n"
    reading = read_bytes(raw.encode(), "下载 (3).txt")
    card = reading.document.card
    assert (card.slug, card.title, card.region, card.issued) == ("下载 (3)", "湖南省成果转化方案", "湖南", "2020")
    assert card.issuers == ("湖南省人民政府",)
    assert reading.targets[0].document == "下载 (3)"


@pytest.mark.skipif(not DEV.is_dir(), reason=f"the texts are not kept with the project; absent: {DEV}")
def test_other_peoples_texts(say: Callable[[str], None]) -> None:
    """How many proposals agree with what annotators noted; names of reports and of texts without a title cannot."""
    rows = list(csv.DictReader((DEV / "index.csv").open(encoding="utf-8")))
    agree: dict[str, list[int]] = {name: [0, 0, 0] for name in ("title", "doc_number", "issued", "region")}
    for row in rows:
        name = f"{row['document']}.txt"
        card = card_of(read_text(DEV / "texts" / name), name)
        proposed = {
            "title": card.title if "title" in dict(card.inferred) else None,
            "doc_number": card.doc_number,
            "issued": card.issued,
            "region": card.region,
        }
        for field, tally in agree.items():
            wanted = re.split(r"[ ?(（/]", row[field])[0] if field != "title" else row[field]
            value = proposed[field]
            tally[0] += bool(wanted)
            tally[1] += value is not None
            if value and wanted:
                one, other = _bare(value), _bare(wanted)
                tally[2] += one in other or other in one
    tallies = ((field, *tally) for field, tally in agree.items())
    say("\n".join(f"{field}: {right} of {known} agree, {made} proposed" for field, known, made, right in tallies))
    assert agree["title"][2] >= 31
    assert agree["doc_number"][2] >= 2
    assert agree["issued"][2] >= 19
    assert agree["region"][2] >= 38
