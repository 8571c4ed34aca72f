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
from analysis.lint.provisions import Provision, closed_up, provisions
from analysis.model import Document, Edition, Reading

TITLE = "标题"
OPENING = "引言"
CLOSING = "结尾"  # the paragraph behind the last number that says from when to when the draft is in force
_KIND = "(?:意见|办法|方案|措施|规定|细则|通知|计划|决定|条例|规划|政策|规范|准则)"
_CLOSES = re.compile(
    f"(?:本|上述|以上|此)(?:实施|管理|行动|工作|若干)?{_KIND}.{{0,40}}(?:施行|实施|执行|有效期|解释|印发之日)"
)
_DATE_TO_COME = re.compile(r"(?:20[\dXx×]{0,2}|[\dXx×]{0,4})\s*年[\s\d×X]*月[\s\d×X]*日")
_SIGNER = re.compile(r"[\u3400-\u9fff、（）\s]{3,40}")
_MOST_SIGNERS = 6
_DRAFT = re.compile("征求意见稿|草案|送审稿|讨论稿|审议稿|修订稿|公开稿")
_ABOUT = re.compile(r"(?:通知|公告|通告|启事|函|说明|依据|反馈表|意见表|对照表)(?:[（(].{0,20})?$")
_LONGEST_HEADING = 40
_SPACED = re.compile(r"\s+")
_NAMED_ARTICLE = re.compile(r"[（(【\[]\s*([^（）()【】\[\]。，；\n]{2,20})[】\])）]")


def consulted_draft(raw: str, name: str) -> ConsultedDraft:
    """The clauses of a draft in order, with spans in ``raw``: title, opening paragraph, each numbered clause.

    ``text`` of a clause is its own words as they are read (cleaned, simplified, without the number and without the
    clauses below it). What closes the draft behind its last number has the path 结尾. A clause whose path a draft uses
    twice has ``#2`` behind it. A text without any number has one clause for each paragraph: 第1段.
    """
    cleaned = document(anonymous_card(name), Edition(name, "", ""), raw)
    if not cleaned.text.strip():
        return ConsultedDraft(name, raw, ())
    # Lines are joined already: the draft is the cleaned text as if it had been received so.
    joined = document(anonymous_card(name), Edition(name, "", ""), cleaned.text)
    draft = draft_of(name, cleaned.text, Reading(joined, (), (), (), ()))
    draft = _unsigned(draft)
    found = list(provisions(draft))
    parts = [draft.line_at(each.start).part for each in found]
    main = _main_part(draft)
    found, start, end = _closing(draft, found, parts, main)
    clauses = [*_head(draft, found, parts, main), *_numbered(draft, found, parts, main)]
    if not any(clause.number for clause in clauses):
        clauses = [*(each for each in clauses if each.path == TITLE), *_paragraphs(found, parts, main)]
    if end:
        clauses.append(DraftClause(CLOSING, "", "", closed_up(cleaned.text[start:end]), start, end))
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
    own = next((line for line in draft.lines if line.role is Role.ENCLOSURE and line.part == main), None)
    prefix = f"{_SPACED.sub('', own.path)}/" if own else ""
    mine = [each for each, part in zip(found, parts, strict=True) if part == main and each.number]
    clauses = _tree(mine, prefix)
    for line in draft.lines:
        if line.role is Role.ENCLOSURE and line.part > main:
            below = [each for each, part in zip(found, parts, strict=True) if part == line.part]
            clauses += _enclosure(draft, line, below)
    return clauses


def _tree(found: Sequence[Provision], prefix: str = "", top: str = "") -> list[DraftClause]:
    """Numbered provisions as clauses, each with the span of those below it; ``top`` is the path above all of them."""
    clauses: list[DraftClause] = []
    open_clauses: list[int] = []
    for each in found:
        path = each.path.removeprefix(prefix)
        while open_clauses and not path.startswith(f"{clauses[open_clauses[-1]].path}/"):
            open_clauses.pop()
        for at in open_clauses:
            clauses[at] = replace(clauses[at], end=each.end)
        parent = clauses[open_clauses[-1]].path if open_clauses else top
        heading, text = _named(each)
        clauses.append(DraftClause(path, each.number, heading, text, each.start, each.end, parent))
        open_clauses.append(len(clauses) - 1)
    return clauses


def _enclosure(draft: Draft, line: Line, found: Sequence[Provision]) -> list[DraftClause]:
    """An enclosure, from the line that names it to its last line, and the clauses below it."""
    lines = [each for each in draft.lines if each.part == line.part and each.text]
    title = "".join(each.text for each in lines if each.role is Role.TITLE)
    text = "\n".join((title, *(each.text for each in found if not each.number)))
    whole = DraftClause(line.path, line.text, title, text, line.start, lines[-1].end)
    return [whole, *_tree([each for each in found if each.number], top=line.path)]


def _closing(draft: Draft, found: list[Provision], parts: Sequence[int], main: int) -> tuple[list[Provision], int, int]:
    """The provisions without the paragraph behind the last number that closes a draft (本意见自……起施行), and where it
    stands (0, 0 where there is none); in a draft with 第X条 it is an article."""
    last = max((at for at, part in enumerate(parts) if part == main and found[at].number), default=-1)
    if last < 0:
        return found, 0, 0
    provision = found[last]
    inside = [line for line in draft.lines if provision.start < line.start < provision.end and line.text]
    closing = next((line for line in inside if _CLOSES.match(line.text)), None)
    if closing is None:
        return found, 0, 0
    before = [provision.start + len(provision.number), *(line.end for line in inside if line.start < closing.start)]
    first = next(line for line in draft.lines if line.start == provision.start)
    words = provision.text.split("\n")[: len(before)]
    cut = replace(provision, text="\n".join(words), end=max(first.end, before[-1]))
    return [*found[:last], cut, *found[last + 1 :]], closing.start, provision.end


def _unsigned(draft: Draft) -> Draft:
    """The draft without the date that is still to be filled in (2026年　月　日) and the names of bodies above it."""
    lines = list(draft.lines)
    for at, line in enumerate(lines):
        if line.role is Role.BODY and _DATE_TO_COME.fullmatch(line.text):
            lines[at] = replace(line, role=Role.DATE)
            for above in range(at - 1, max(at - _MOST_SIGNERS, -1), -1):
                named = lines[above]
                if named.text and (named.role is not Role.BODY or named.ordinal or not _SIGNER.fullmatch(named.text)):
                    break
                lines[above] = replace(named, role=Role.SIGNATURE) if named.text else named
    return replace(draft, lines=tuple(lines))


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
