"""Bare jieba against the whole reading, and growth with the text."""

from __future__ import annotations

from collections.abc import Iterator

import jieba
from timing import ms, processor_time, timed

from analysis.corpus.cards import read_documents
from analysis.corpus.documents import anonymous_card, document
from analysis.model import Reading
from analysis.pipeline import default_root, read
from analysis.tokenise import lexer

COPIES = (1, 10, 100)
AIM = 2


def lines() -> Iterator[str]:
    """Markdown."""
    found, faults = read_documents(default_root() / "documents")
    assert not faults, faults
    dictionary = processor_time(lexer)
    plain = jieba.Tokenizer()
    plain.FREQ, plain.total = plain.gen_pfdict(plain.get_dict_file())
    plain.initialized = True  # no cache file in a world-writable folder

    def whole() -> list[Reading]:
        return [read(document(card, edition, raw)) for card, edition, raw in found]

    texts = [reading.document.text for reading in whole()]
    raw_size, size = sum(len(raw) for _, _, raw in found), sum(map(len, texts))
    default, without, reading = timed(
        lambda: [list(plain.cut(text)) for text in texts],
        lambda: [list(plain.cut(text, HMM=False)) for text in texts],
        whole,
    )
    yield f"Corpus: {len(found)} editions, {raw_size:,} characters as received, {size:,} after cleaning. "
    yield f"jieba's dictionary with the grammar's words loads in {dictionary:.2f} s, apart from what follows."
    yield ""
    yield "| processor time over the corpus text | best | median | of bare jieba |"
    yield "| --- | ---: | ---: | ---: |"
    yield f"| bare jieba, as it comes (HMM on) | {ms(default.best)} | {ms(default.median)} | 1.00 |"
    yield f"| bare jieba, HMM off | {ms(without.best)} | {ms(without.median)} | {without.best / default.best:.2f} |"
    ratio = reading.best / default.best
    yield f"| the whole reading, from the raw text on | {ms(reading.best)} | {ms(reading.median)} | **{ratio:.2f}** |"
    yield ""
    off = reading.best / without.best
    yield f"Aim: at most {AIM} times bare jieba. Measured: {ratio:.2f} times ({off:.2f} times with HMM off)."
    yield ""
    yield "| copies | as separate texts | per copy | as one long text | per copy |"
    yield "| ---: | ---: | ---: | ---: | ---: |"
    for copies in COPIES:
        separate = processor_time(lambda copies=copies: [whole() for _ in range(copies)])  # type: ignore[misc]
        long = "\n".join(raw for _, _, raw in found for _ in range(copies))
        card = anonymous_card("long.txt", b"")
        one = processor_time(lambda long=long, card=card: read(document(card, card.editions[0], long)))  # type: ignore[misc]
        yield f"| {copies} | {separate:.2f} s | {ms(separate / copies)} | {one:.2f} s | {ms(one / copies)} |"
    yield ""
    yield "Aim: linear, that is, the time per copy stays."
