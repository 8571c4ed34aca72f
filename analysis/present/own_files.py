"""A user's own files in words: what is kept of them and where, and what was read from each."""

from __future__ import annotations

from html import escape

from analysis.model import Card, Corpus, Level, Reading
from analysis.present import numbers
from analysis.present.links import page_link
from analysis.present.names import document_name, known_kind
from analysis.present.tables import kind_mark

_THIN = numbers.THIN_SPACE


def intro(most: int, hours: int) -> str:
    """What happens to a file that is dropped, and what is kept of it: markup."""
    return (
        "<p>放入 TXT、PDF、Word 等格式的政策文本，当场读出目标和激励，并在各页与语料并排比较，名称后注明“本次会话”。"
        f'</p><p class="zh-second">只有你看得到，不写入磁盘，至多 {most}{_THIN}份；'
        f"关闭浏览器后就打不开，{hours}{_THIN}小时没有操作即从内存清除。</p>"
    )


def line(reading: Reading, checked: int = 0) -> str:
    """One file: its title as the way to its words, how it is called on the pages, and what was read from it: markup.

    ``checked``: how many of its rows its owner has checked.
    """
    card = reading.document.card
    quantified = sum(incentive.quantified for incentive in reading.incentives)
    found = (
        f"目标 <strong>{len(reading.targets)}</strong>{_THIN}项，"
        f"激励 <strong>{len(reading.incentives)}</strong>{_THIN}项"
        f"（{quantified}{_THIN}项写明数额）"
    )
    if not reading.targets and not reading.incentives:
        found = "没有读出目标和激励"
    address = escape(page_link("reader", document=card.slug))
    check = escape(page_link("reader", document=card.slug, check=1))
    done = f"已核对{_THIN}{checked}{_THIN}条" if checked else "逐条核对"
    return (
        f'<div class="zh-own"><a href="{address}" target="_self">{escape(card.title)}</a>{kind_mark(card)}　{found}　'
        f'<a href="{check}" target="_self">{done}</a>'
        f'<div class="zh-small">列为{_THIN}{escape(document_name(card))}；{escape(_kind(card))}{escape(_known(card))}；'
        f'<span class="zh-as-received">{escape(card.editions[0].file)}</span></div></div>'
    )


def without_region(corpus: Corpus) -> str:
    """Which of the user's files cannot be held against the figures of a region; "" where there are none."""
    cards = [reading.document.card for reading in corpus.readings]
    names = "、".join(document_name(card) for card in cards if card.own and card.region_code is None)
    return f"{names}没有认出是哪个地区的文件，目标不在这一页；请看“目标对比”。" if names else ""


def _kind(card: Card) -> str:
    return f"读作{known_kind(card)}；" if known_kind(card) else ""


def _known(card: Card) -> str:
    if card.region is None:
        return "没有认出是哪个地区的文件，不与分省数据对照"
    if card.level in (Level.CITY, Level.DISTRICT):
        return f"认作{card.region}的文件，没有市县一级的数据可对照"
    return f"认作{card.region}的文件，可与该地区数据对照"


def where_to_look() -> str:
    """The pages on which the files now stand beside the corpus: markup."""
    pages = (("targets", "目标对比"), ("incentives", "激励对比"), ("trends", "趋势与目标"), ("wording", "用词对比"))
    links = "、".join(f'<a href="{escape(page_link(page))}" target="_self">{escape(name)}</a>' for page, name in pages)
    return f'<p class="zh-second">现在可以到{links}去比较。</p>'
