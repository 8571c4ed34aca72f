"""A string in its contexts (KWIC): every occurrence with the words before and after it, aligned on the string."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from analysis.citation import cite
from analysis.model import Citation, Reading
from analysis.similar.terms import counted_spans, is_counted
from analysis.tokenise import Token, tokens

WINDOW = 22


@dataclass(frozen=True, slots=True)
class Context:
    """One occurrence. ``longer`` is the lexer's word that hides it (科技成果 in 科技成果转化), or "".

    ``counted``: whether it stands in what the frequencies count (see :mod:`analysis.similar.terms`); ``whole``: whether
    the lexer reads it as a word. Frequencies count the occurrences that are both.
    """

    document: str
    clause_index: int
    clause: str
    start: int
    end: int
    before: str
    words: str
    after: str
    longer: str
    counted: bool
    whole: bool
    citation: Citation


def contexts(
    readings: Sequence[Reading], words: str, *, window: int = WINDOW, lexer: Callable[[str], Sequence[Token]] = tokens
) -> tuple[Context, ...]:
    """Every occurrence of ``words`` in the order of the texts; any string of one line, found inside longer words too.

    The context is at most ``window`` characters a side and does not cross a line, so that no two clauses run together.
    An empty string gives nothing.
    """
    if not words:
        return ()
    return tuple(context for reading in readings for context in _in_reading(reading, words, window, lexer))


def _in_reading(reading: Reading, words: str, window: int, lexer: Callable[[str], Sequence[Token]]) -> list[Context]:
    text = reading.document.text
    at = text.find(words)
    if at < 0:
        return []
    lexed = lexer(text)
    starts = [token.start for token in lexed]
    clause_starts = [clause.start for clause in reading.clauses]
    spans = counted_spans(reading)
    found: list[Context] = []
    while at >= 0:
        end = at + len(words)
        line_start = text.rfind("\n", 0, at) + 1
        newline = text.find("\n", end)
        line_end = len(text) if newline < 0 else newline
        clause = reading.clauses[bisect_right(clause_starts, at) - 1]
        holder = lexed[bisect_right(starts, at) - 1] if starts and starts[0] <= at else None
        word = holder.word if holder is not None and holder.end >= end else ""
        found.append(
            Context(
                document=reading.document.id,
                clause_index=clause.index,
                clause=clause.path,
                start=at,
                end=end,
                before=text[max(line_start, at - window) : at],
                words=words,
                after=text[end : min(line_end, end + window)],
                longer="" if word == words else word,
                counted=is_counted(at, end, spans),
                whole=word == words,
                citation=cite(reading.document, at, end, clause.path),
            )
        )
        at = text.find(words, end)
    return found
