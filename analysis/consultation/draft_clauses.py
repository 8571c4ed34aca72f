"""The clauses of a draft on which comments are invited, in the draft as it was received.

A file often holds more than the draft: the letter or notice that sends it, an explanation of it, its enclosures. The
draft itself is the part whose title says so (征求意见稿), else the first one that is numbered. Its clauses have bare
paths (``四/（九）``, ``第二章/第九条``) even where the file calls it an enclosure; what follows keeps the name of its
enclosure in front: ``附件1/二/1``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from analysis.consultation.comments import ConsultedDraft, DraftClause
from analysis.corpus.documents import anonymous_card, document
from analysis.lint.draft import Draft, draft_of
from analysis.lint.lines import Line, Role
from analysis.lint.provisions import Provision, provisions
from analysis.model import Document, Edition, Reading

TITLE = "标题"
OPENING = "引言"
_DRAFT = re.compile("征求意见稿|草案|送审稿|讨论稿|审议稿|修订稿|公开稿")
_ABOUT = re.compile(r"(?:通知|公告|通告|启事|函|说明|依据|反馈表|意见表|对照表)(?:[（(].{0,20})?$")
_LONGEST_HEADING = 40
_SPACED = re.compile(r"\s+")
_NAMED_ARTICLE = re.compile(r"[（(【\[]\s*([^（）()【】\[\]。，；\n]{2,20})[】\])）]")


def consulted_draft(raw: str, name: str) -> ConsultedDraft:
    """The clauses of a draft in order, with spans in ``raw``: title, opening paragraph, each numbered clause.

    ``text`` of a clause is its own words as they are read (cleaned, simplified, without the number and without the
    clauses below it). A clause whose path the draft uses twice has ``#2`` behind it. A text without any number has
    one clause for each paragraph: 第1段.
    """
    cleaned = document(anonymous_card(name), Edition(name, "", ""), raw)
    if not cleaned.text.strip():
        return ConsultedDraft(name, raw, ())
    draft = draft_of(name, cleaned.text, Reading(cleaned, (), (), (), ()))
    found = provisions(draft)
    parts = [draft.line_at(each.start).part for each in found]
    main = _main_part(draft)
    clauses = [*_head(draft, found, parts, main), *_numbered(draft, found, parts, main)]
    if not any(clause.number for clause in clauses):
        clauses = [*(each for each in clauses if each.path == TITLE), *_paragraphs(found, parts, main)]
    clauses = _told_apart(sorted(clauses, key=lambda clause: (clause.start, -clause.end)))
    placed = tuple(_in_raw(clause, cleaned) for clause in clauses)
    return ConsultedDraft(name, raw, placed, {clause.path: clause for clause in placed})


def _main_part(draft: Draft) -> int:
    """Which text of the file is the draft."""
    titles: dict[int, str] = {}
    numbered = {line.part for line in draft.lines if line.ordinal is not None}
    for line in draft.lines:
        if line.role is Role.TITLE:
            titles[line.part] = titles.get(line.part, "") + line.text
    parts = sorted({line.part for line in draft.lines if line.role is not Role.BLANK})

    def worth(part: int) -> int:
        title = titles.get(part, "")
        return (part in numbered) * 2 + (_DRAFT.search(title) is not None) - 3 * (_ABOUT.search(title) is not None)

    return max(parts, key=lambda part: (worth(part), -part), default=0)


def _head(draft: Draft, found: Sequence[Provision], parts: Sequence[int], main: int) -> list[DraftClause]:
    """The title and the opening paragraphs of the draft."""
    titles = [line for line in draft.lines if line.role is Role.TITLE and line.part == main]
    clauses = []
    if titles:
        words = "".join(dict.fromkeys(line.text for line in titles))  # web pages print it twice
        clauses.append(DraftClause(TITLE, "", words, words, titles[0].start, titles[-1].end))
    opening: list[Provision] = []
    for each, part in zip(found, parts, strict=True):
        if part == main and each.number:
            break
        if part == main:
            opening.append(each)
    if opening:
        words = "\n".join(each.text for each in opening)
        clauses.append(DraftClause(OPENING, "", "", words, opening[0].start, opening[-1].end))
    return clauses


def _numbered(draft: Draft, found: Sequence[Provision], parts: Sequence[int], main: int) -> list[DraftClause]:
    """The numbered clauses of the draft, and its enclosures with theirs."""
    enclosures = {line.part: line for line in draft.lines if line.role is Role.ENCLOSURE and line.part > main}
    own = next((line for line in draft.lines if line.role is Role.ENCLOSURE and line.part == main), None)
    prefix = f"{_SPACED.sub('', own.path)}/" if own else ""
    clauses: list[DraftClause] = []
    open_clauses: list[int] = []
    below: Line | None = None

    def close(path: str, end: int) -> None:
        while open_clauses and not path.startswith(clauses[open_clauses[-1]].path + "/"):
            open_clauses.pop()
        for at in open_clauses:
            clauses[at] = replace(clauses[at], end=end)

    for each, part in zip(found, parts, strict=True):
        if part < main or (part > main and part not in enclosures):
            continue
        path = each.path.removeprefix(prefix) if part == main else each.path
        if part > main and below is not enclosures[part]:
            below = enclosures[part]
            close(below.path, each.end)
            titles = [line.text for line in draft.lines if line.part == part and line.role is Role.TITLE]
            title = "".join(titles)
            clauses.append(DraftClause(below.path, below.text, title, title, below.start, each.end))
            open_clauses.append(len(clauses) - 1)
        if not each.number:
            if part > main and open_clauses:
                at = open_clauses[-1]
                words = "\n".join(filter(None, (clauses[at].text, each.text)))
                clauses[at] = replace(clauses[at], text=words)
                close(each.path + "/", each.end)
            continue
        close(path, each.end)
        parent = clauses[open_clauses[-1]].path if open_clauses else ""
        heading, text = _named(each)
        clauses.append(DraftClause(path, each.number, heading, text, each.start, each.end, parent))
        open_clauses.append(len(clauses) - 1)
    return clauses


def _named(provision: Provision) -> tuple[str, str]:
    """What a clause is about, and its words; the name of an article may stand in brackets: 第三条（政府职责）."""
    named = _NAMED_ARTICLE.match(provision.text) if provision.number.startswith("第") else None
    first, _, rest = provision.text.partition("\n")
    alone = first.removesuffix("。") if rest and len(first) <= _LONGEST_HEADING and "。" not in first[:-1] else ""
    return named[1] if named else provision.heading or alone, provision.text


def _paragraphs(found: Sequence[Provision], parts: Sequence[int], main: int) -> list[DraftClause]:
    own = [each for each, part in zip(found, parts, strict=True) if part == main]
    return [
        DraftClause(f"第{number}段", "", each.heading, each.text, each.start, each.end)
        for number, each in enumerate(own, 1)
    ]


def _told_apart(clauses: list[DraftClause]) -> list[DraftClause]:
    """Clauses in order; the second of one path is called so, and what stands below it follows it."""
    seen: dict[str, int] = {}
    called: dict[str, str] = {}
    told: list[DraftClause] = []
    for clause in clauses:
        parent = called.get(clause.parent, "")
        path = parent + clause.path[len(clause.parent) :] if parent else clause.path
        seen[path] = seen.get(path, 0) + 1
        path = path if seen[path] == 1 else f"{path}#{seen[path]}"
        called[clause.path] = path
        told.append(replace(clause, path=path, parent=parent))
    return told


def _in_raw(clause: DraftClause, cleaned: Document) -> DraftClause:
    start, end = cleaned.raw_span(clause.start, clause.end)
    return replace(clause, start=start, end=end)
