"""Hold the lexer in Rust against the one in Python: words, readings, times.

``python tests/benchmarks/compare_lexers.py [FOLDER ...]`` reads the corpus, every text file below the folders, and
mixes of them made up by cutting; ends with 1 if a single word or row differs.
"""

from __future__ import annotations

import random
import re
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TypeVar
from unittest.mock import patch

T = TypeVar("T")
ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from analysis import tokenise  # noqa: E402
from analysis.corpus.documents import (  # noqa: E402
    anonymous_card,
    document,
    read_documents,
)
from analysis.corpus.files import decode  # noqa: E402
from analysis.extract import extract  # noqa: E402
from analysis.model import Reading  # noqa: E402
from analysis.segment import segment  # noqa: E402
from analysis.tokenise import Lexer  # noqa: E402


def corpus_texts(*folders: Path) -> list[str]:
    """The texts of the corpus and every ``.txt`` below ``folders``, as received."""
    found, faults = read_documents(ROOT / "policy_corpus" / "documents")
    assert not faults, faults
    files = sorted(path for folder in folders for path in folder.rglob("*.txt"))
    return [raw for _, _, raw in found] + [decode(path.read_bytes(), path.name) for path in files]


def mixes(texts: Sequence[str], count: int) -> Iterator[str]:
    """``count`` texts each of sentences, of scraps and of single characters, drawn from ``texts``; always the same."""
    draw = random.Random(20261122)
    whole = "".join(texts)
    for parts in (re.findall(r"[^。；，\n]*[。；，\n]", whole), re.findall(r"(?s).{1,4}", whole), whole):
        for _ in range(count):
            yield "".join(draw.choices(parts, k=400))


def differing(one: Lexer, other: Lexer, texts: Sequence[str]) -> list[tuple[list[str], list[str]]]:
    """For every text that is not cut alike, the words only one of the two has."""
    pairs = [(list(one.cut(text)), list(other.cut(text))) for text in texts]
    return [([word for word in a if word not in b], [word for word in b if word not in a]) for a, b in pairs if a != b]


def readings(lexer: Lexer, texts: Sequence[str]) -> list[Reading]:
    """What is read of ``texts`` with the words of ``lexer``."""
    with patch.object(tokenise, "lexer", lambda: lexer):
        cards = [anonymous_card(f"text-{number}.txt") for number in range(len(texts))]
        found = [document(card, card.editions[0], text) for card, text in zip(cards, texts, strict=True)]
        return [extract(each, segment(each)) for each in found]


def main(folders: Sequence[str]) -> int:
    """Print the comparison; 0 if nothing differs."""
    python, seconds_python = _timed(tokenise.with_jieba)
    rust, seconds_rust = _timed(tokenise.with_rjieba)
    texts = corpus_texts(*map(Path, folders))
    made_up = list(mixes(texts, 300))
    words = sum(1 for text in texts for _ in python.cut(text))
    words_made_up = sum(1 for text in made_up for _ in python.cut(text))
    cut_otherwise = differing(python, rust, [*texts, *made_up])
    print(f"{words:,} words of {len(texts)} texts, {words_made_up:,} of {len(made_up)} made up by cutting")
    print(f"texts cut otherwise: {len(cut_otherwise)}", *cut_otherwise[:20], sep="\n")
    _, cutting_python = _timed(lambda: [list(python.cut(text)) for text in texts])
    _, cutting_rust = _timed(lambda: [list(rust.cut(text)) for text in texts])
    read_python, whole_python = _timed(lambda: readings(python, texts))
    read_rust, whole_rust = _timed(lambda: readings(rust, texts))
    rows = sum(len(each.quantities) + len(each.targets) + len(each.incentives) for each in read_python)
    print(f"{rows:,} rows read; alike with both: {read_python == read_rust}")
    print("processor seconds, jieba and rjieba: ", end="")
    print(f"to load {seconds_python:.2f}, {seconds_rust:.2f}; ", end="")
    print(f"to cut {cutting_python:.2f}, {cutting_rust:.2f}; to read {whole_python:.2f}, {whole_rust:.2f}")
    return int(bool(cut_otherwise) or read_python != read_rust)


def _timed(work: Callable[[], T]) -> tuple[T, float]:
    start = time.process_time()
    return work(), time.process_time() - start


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
