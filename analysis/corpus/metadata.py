"""What a text says about itself: the card of a document that has none.

Every field that is proposed is also in ``Card.inferred`` with the words it was read from; what the text does not say
stays unknown. Nothing here knows today's date, so that nothing is called expired because time has passed.
"""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import PurePosixPath

from analysis.corpus import headlines, issue
from analysis.corpus import metadata_patterns as patterns
from analysis.corpus.headlines import Found, Signature, Title, label
from analysis.corpus.issue import Act, adoption, amendments, history, year_of, year_of_reported
from analysis.corpus.kind import (
    MARKS,
    Reported,
    file_issued,
    file_place,
    file_title,
    held,
    kind_of,
    leaned_on,
    purpose,
    reported,
)
from analysis.corpus.region import place_of
from analysis.grammar import grammar
from analysis.grammar.vocabularies import Place
from analysis.model import Card, Document, Level, Status, TextKind


def introduced(document: Document) -> Document:
    """``document`` with the card that its text proposes."""
    return replace(document, card=propose(document))


def with_kind(document: Document) -> Document:
    """``document`` with the kind of its text, where its card says nothing of it; the title is the card's."""
    card = document.card
    kind = kind_of(document.text.split("\n"), (card.title,)) if card.kind is TextKind.UNKNOWN else None
    if kind is None:
        return document
    return replace(document, card=replace(card, kind=kind.kind, inferred=(*card.inferred, ("kind", kind.why))))


def propose(document: Document) -> Card:
    """The card of ``document`` with what its text says about it; fields that its card already knows are kept."""
    card = document.card
    lines = document.text.split("\n")
    reasons: dict[str, str] = {}
    changes: dict[str, object] = {}

    def put(field: str, found: Found | None) -> None:
        if found is not None:
            changes[field], reasons[field] = found.value, found.why

    name = PurePosixPath(document.edition.file).stem
    title = headlines.title(lines)
    unknown = card.kind is TextKind.UNKNOWN
    told_kind = kind_of(lines, (title.value, title.letter) if title else (), name) if unknown else None
    kind = told_kind.kind if told_kind else card.kind
    if told_kind:
        changes["kind"], reasons["kind"] = kind, told_kind.why
    about = reported(lines) if kind in MARKS else None
    unnamed = about is None and title is None and kind is TextKind.NEWS
    about = held(lines) if unnamed else about
    quoted = leaned_on(lines) if unnamed and about is None else None
    put("title", _title(title, about, kind, name) or _title(None, quoted, kind, "") or purpose(lines))
    about = about or quoted
    number = issue.number(lines) or issue.run_in_number(lines)
    press = patterns.PRESS.find("\n".join(lines[:4])) is not None or bool(title and title.headline)
    signed = _signature(lines)
    told = history(lines)
    issuers, why = _issuers(lines, title, number, signed, told)
    issued = issue.issued(lines, title, number, signed, told) or year_of(kind, title.value if title else "", lines)
    issued = issued or file_issued(name, kind) or year_of_reported(kind, about.title if about else "")
    put("issued", issued)
    pages = (
        label(lines, ("发布单位", "发布机构", "发文单位", "来源于", "信息来源", "区域", "地区")),
        label(lines, ("来源",)),
    )
    about_number = _number_of(about, kind)
    put("doc_number", number or about_number)
    found = place_of(
        document.text,
        title,
        issuers,
        number,
        (about.title,) if about else (),
        [page for page in pages if page],
        about_number,
    )
    place, level, because = found or file_place(name) or (None, Level.UNKNOWN, "")
    if issuers:
        changes["issuers"], reasons["issuers"] = tuple(_full(one, place) for one in issuers), why
    if place:
        # The code leads to the province; the level keeps a city from being held against its province's figures.
        changes |= {"region_code": place.code, "region": place.label}
        reasons["region"] = because
    if level is not Level.UNKNOWN:
        changes["level"], reasons["level"] = level, because
    own_title = title.value + title.letter if title and not title.headline else ""
    period = issue.validity(lines, own_title, issued.value if issued and not press else None)
    put("valid_from", period.first)
    put("valid_to", period.last)
    status, why = _status(lines, own_title)
    if status is not Status.UNKNOWN:
        changes["status"], reasons["status"] = status, why
    notes = list(card.notes) + amendments(told)
    if status is Status.DRAFT:
        answers = issue.comment_period(lines, issued.value if issued else None)
        put("comment_from", answers.first)
        put("comment_to", answers.last)
        if contact := issue.contact(lines):
            notes.append(f"反馈意见的联系方式：{contact}")
    known = {field for field in changes if getattr(card, field) and field not in ("title", "status", "level", "kind")}
    kept = {field: value for field, value in changes.items() if field not in known}
    inferred = dict(card.inferred) | {field: why for field, why in reasons.items() if field not in known}
    return replace(card, **kept, inferred=tuple(inferred.items()), notes=tuple(notes))  # type: ignore[arg-type]


def _title(title: Title | None, about: Reported | None, kind: TextKind, name: str) -> Found | None:
    """The title of a text; of a report without a headline the text that it is about; else what its file is called."""
    if title:
        return Found(title.value, title.why)
    if about:
        return Found(f"{about.title}（{about.mark or MARKS[kind]}）", f"没有标题，取正文所说的{about.words}")
    return file_title(name)


def _number_of(about: Reported | None, kind: TextKind) -> Found | None:
    """The number of the text that a report or an answer is about."""
    if about is None or not about.number:
        return None
    return Found(issue.tidy(about.number), f"取自正文“{about.words}（{about.number}）”，是所{MARKS[kind]}文件的文号")


def _signature(lines: list[str]) -> Signature | None:
    """The signature of a text: the first one with names, else a date alone in its head or at its end."""
    found = headlines.signatures(lines)
    named = [one for one in found if one.names]
    edges = [one for one in found if one.line < len(headlines.head_lines(lines)) or one.line >= len(lines) - 3]
    return named[0] if named else edges[0] if edges else None


def _issuers(
    lines: list[str],
    title: Title | None,
    number: Found | None,
    signed: Signature | None,
    told: list[Act],
) -> tuple[tuple[str, ...], str]:
    """Who issued the text, and why we think so."""
    if signed and signed.names:
        return signed.names, f"取自落款“{'”“'.join(signed.names)}”"
    for act in (*adoption(told), *told):
        if act.body and act.done in ("通过", "修订", "修正") and "批准" not in act.words:
            return (act.body,), f"取自题注“{act.words}”"
    for words in (title.letter, title.value) if title else ():
        found = patterns.BODY_BEFORE.find(words)
        if found and not found["body"].startswith(("关于", "的")):
            return tuple(headlines.split_names(found["body"])), f"取自标题“{words}”"
    labelled = label(lines, ("发文机关", "发文单位", "发布机构", "制定机关"))
    if labelled:
        return (labelled.value,), labelled.why
    ordered = re.match("(.+(?:人民政府|委员会|部|局|厅))(?:令|公告)第", number.value) if number else None
    if ordered:
        return (ordered[1],), f"由文号“{number.value if number else ''}”推定"
    if number and number.value[0] in grammar().number_signs:
        office = grammar().office_names.get(number.value[1 : number.value.find("〔")])
        if office:
            full = grammar().regions[grammar().number_signs[number.value[0]]].full
            return (full + office,), f"由发文字号“{number.value.split('〔')[0]}”推定"
    return (), ""


def _full(name: str, place: Place | None) -> str:
    """省人民政府 -> 湖北省人民政府, where the text is known to be of 湖北."""
    suffix = {Level.PROVINCE: "省", Level.CITY: "市"}.get(place.level, "") if place else ""
    return f"{place.name}{name}" if place and suffix and name.startswith(suffix) else name


def _status(lines: list[str], title: str) -> tuple[Status, str]:
    """Legal state as far as a text can say it itself: a draft says so; that it still holds only its page can say."""
    draft = patterns.DRAFT.find(title)
    if draft:
        return Status.DRAFT, f"标题中有“{draft.group()}”"
    labelled = label(lines, ("有效性", "是否有效", "时效性"))
    if labelled:
        gone = re.search("失效|废止|无效|否", labelled.value)
        return (Status.EXPIRED if gone else Status.IN_FORCE), labelled.why
    return Status.UNKNOWN, ""
