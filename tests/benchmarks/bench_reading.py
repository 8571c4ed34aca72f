"""Bare jieba against the whole reading, and growth with the text."""

from __future__ import annotations

from collections.abc import Iterator
from unittest.mock import patch

import jieba
from timing import ms, processor_time, timed

from analysis import tokenise
from analysis.corpus.documents import anonymous_card, document, read_documents
from analysis.model import Reading
from analysis.pipeline import default_root, read
from analysis.tokenise import lexer, with_jieba

COPIES = (1, 10, 100)
AIM = 2


def lines() -> Iterator[str]:
    """Markdown."""
    found, faults = read_documents(default_root() / "documents")
    assert not faults, faults
    dictionary, name = processor_time(lexer), lexer().name
    by_jieba = with_jieba()
    plain = jieba.Tokenizer()
    plain.FREQ, plain.total = plain.gen_pfdict(plain.get_dict_file())
    plain.initialized = True  # no cache file in a world-writable folder

    def whole() -> list[Reading]:
        return [read(document(card, edition, raw)) for card, edition, raw in found]

    def whole_by_jieba() -> list[Reading]:
        with patch.object(tokenise, "lexer", lambda: by_jieba):
            return whole()

    texts = [reading.document.text for reading in whole()]
    raw_size, size = sum(len(raw) for _, _, raw in found), sum(map(len, texts))
    default, without, reading, slower = timed(
        lambda: [list(plain.cut(text)) for text in texts],
        lambda: [list(plain.cut(text, HMM=False)) for text in texts],
        whole,
        whole_by_jieba,
    )
    yield f"Corpus: {len(found)} editions, {raw_size:,} characters as received, {size:,} after cleaning. "
    yield f"jieba's dictionary with the grammar's words loads in {dictionary:.2f} s, apart from what follows."
    yield ""
    yield "| processor time over the corpus text | best | median | of bare jieba |"
    yield "| --- | ---: | ---: | ---: |"
    yield f"| bare jieba, as it comes (HMM on) | {ms(default.best)} | {ms(default.median)} | 1.00 |"
    yield f"| bare jieba, HMM off | {ms(without.best)} | {ms(without.median)} | {without.best / default.best:.2f} |"
    ratio, off, slow = (
        one.best / other.best for one, other in ((reading, default), (reading, without), (slower, default))
    )
    for how, timing, times in ((name, reading, ratio), *((("jieba", slower, slow),) if name != "jieba" else ())):
        told = f"the whole reading, from the raw text on, words cut by {how}"
        yield f"| {told} | {ms(timing.best)} | {ms(timing.median)} | **{times:.2f}** |"
    yield ""
    yield f"Aim: at most {AIM} times bare jieba. Measured: {ratio:.2f} times ({off:.2f} times with HMM off)"
    yield f"with {name}, {slow:.2f} times with jieba, which is what is used where rjieba is not installed"
    yield "([lexer.md](decisions/lexer.md)). What follows is with the faster of the two."
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
