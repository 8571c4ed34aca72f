"""Whole texts and what they say of themselves: the seeds, a file of one's own, and what annotators noted of others."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable

import pytest
from from_text import card_of, text_in
from places import DEV, DOCUMENTS, GOLD

from analysis.corpus.documents import read_documents
from analysis.model import Status
from analysis.pipeline import read_bytes

SEEDS = {row["document"]: row for row in csv.DictReader((GOLD / "documents.csv").open(encoding="utf-8"))}


def _bare(words: str) -> str:
    return re.sub(r"[\s（()）—–-]", "", words).replace("科学技术", "科技")


@pytest.mark.parametrize("slug", SEEDS)
def test_seeds_say_what_their_cards_say(slug: str) -> None:
    """What an edition says of itself is what its card knows; a field that it does not say stays empty."""
    expected = SEEDS[slug]
    found, _ = read_documents(DOCUMENTS)
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


def _agrees(field: str, value: str | None, wanted: str) -> bool:
    """Whether a proposal is what annotators noted, who name a report after what it reports and note two levels."""
    if field == "region" and wanted.startswith("不详"):
        return value is None
    if not value or not wanted:
        return False
    one, other = _bare(value), _bare(wanted)
    if one in other or other in one:
        return True
    if field == "region":
        short = re.sub("(?<=..)[市区县]$", "", value)
        return any(short in part or part in value or (part[2:] and part[2:] in value) for part in wanted.split("/"))
    if field == "title":
        pairs, more = ({words[at : at + 2] for at in range(len(words) - 1)} for words in (one, other))
        return 2 * len(pairs & more) >= min(len(pairs), len(more))
    return _bare(re.split(r"[ ?(（/]", wanted)[0]) in one


BARS = {  # agreement by field: with a file name that says nothing, and with the name that annotators gave
    "title": (107, 132),
    "doc_number": (15, 15),
    "issued": (81, 120),
    "region": (142, 149),
}


@pytest.mark.skipif(not (DEV / "../dev2").is_dir(), reason=f"the texts are not kept with the project; absent: {DEV}")
@pytest.mark.parametrize("named", [False, True], ids=["by the words", "with the name of the file"])
def test_other_peoples_texts(named: bool, say: Callable[[str], None]) -> None:
    """How many proposals agree with what annotators noted, from the words alone and with the name of the file."""
    agree: dict[str, list[int]] = {name: [0, 0, 0] for name in BARS}
    for folder in (DEV, DEV.parent / "dev2"):
        for row in csv.DictReader((folder / "index.csv").open(encoding="utf-8")):
            name = f"{row['document']}.txt"
            card = card_of(text_in(folder / "texts" / name), name if named else "试.txt")
            for field, tally in agree.items():
                value = getattr(card, field) if field in dict(card.inferred) else None
                tally[0] += bool(row[field])
                tally[1] += value is not None
                tally[2] += _agrees(field, value, row[field])
    tallies = ((field, *tally) for field, tally in agree.items())
    source = "with the name of the file" if named else "by the words"
    lines = (f"{field} {source}: {right} of {known} agree, {made} proposed" for field, known, made, right in tallies)
    say("\n".join(lines))
    for field, bars in BARS.items():
        assert agree[field][2] >= bars[named], field
