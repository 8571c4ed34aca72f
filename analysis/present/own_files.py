"""A user's own files in words: what is kept of them and where, and what was read from each."""

from __future__ import annotations

from markupsafe import Markup

from analysis.model import Card, Corpus, Level, Reading
from analysis.present.html import render
from analysis.present.names import document_name, known_kind


def intro(most: int, hours: int) -> Markup:
    """What happens to a file that is dropped, and what is kept of it."""
    return render("sources.own_intro", most=most, hours=hours)


def line(reading: Reading, checked: int = 0) -> Markup:
    """One file: its title as the way to its words, how it is called on the pages, and what was read from it.

    ``checked``: how many of its rows its owner has checked.
    """
    card = reading.document.card
    return render(
        "sources.own_file",
        card=card,
        targets=len(reading.targets),
        incentives=len(reading.incentives),
        quantified=sum(incentive.quantified for incentive in reading.incentives),
        checked=checked,
        kind=known_kind(card),
        region=_region(card),
    )


def without_region(corpus: Corpus) -> str:
    """Which of the user's files cannot be held against the figures of a region; "" where there are none."""
    cards = [reading.document.card for reading in corpus.readings]
    names = "、".join(document_name(card) for card in cards if card.own and card.region_code is None)
    return f"{names}没有认出是哪个地区的文件，目标不在这一页；请看“目标对比”。" if names else ""


def _region(card: Card) -> str:
    if card.region is None:
        return "没有认出是哪个地区的文件，不与分省数据对照"
    if card.level in (Level.CITY, Level.DISTRICT):
        return f"认作{card.region}的文件，没有市县一级的数据可对照"
    return f"认作{card.region}的文件，可与该地区数据对照"


def where_to_look() -> Markup:
    """The pages on which the files now stand beside the corpus."""
    pages = (("targets", "目标对比"), ("incentives", "激励对比"), ("trends", "趋势与目标"), ("wording", "用词对比"))
    return render("sources.where_to_look", pages=pages)
