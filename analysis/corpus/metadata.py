"""What a text says about itself: the card of a document that has none.

Every field that is proposed is also in ``Card.inferred`` with the words it was read from; what the text does not say
stays unknown. Nothing here knows today's date, so that nothing is called expired because time has passed.
"""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import PurePosixPath
from typing import Any

from analysis.corpus import issue
from analysis.corpus import metadata_patterns as patterns
from analysis.corpus.headlines import Found, Stated, split_names
from analysis.corpus.issue import Act, adoption, amendments, history, year_of, year_of_reported
from analysis.corpus.kind import (
    MARKS,
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

_ALWAYS = ("title", "status", "level", "kind")  # what a card says of these unasked gives way


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
    stated = Stated(lines)
    name = PurePosixPath(document.edition.file).stem
    proposed: dict[str, tuple[object, str]] = {}  # field -> value, why

    def put(field: str, found: Found | None) -> None:
        if found is not None:
            proposed[field] = found.value, found.why

    kind, title = card.kind, stated.title
    if kind is TextKind.UNKNOWN and (told := kind_of(lines, (title.value, title.letter) if title else (), name)):
        kind = told.kind
        proposed["kind"] = kind, told.why
    about, quoted = reported(lines) if kind in MARKS else None, None
    if about is None and title is None and kind is TextKind.NEWS:
        about = held(lines)
        quoted = leaned_on(lines) if about is None else None
    own_or_files = title or (about and about.titled(kind)) or file_title(name)
    put("title", own_or_files or (quoted and quoted.titled(kind)) or purpose(lines))
    about = about or quoted
    number, about_number = issue.number(stated), about.numbered(kind) if about else None
    acts = history(stated)
    issued = (
        issue.issued(stated, number, acts)
        or year_of(kind, title.value if title else "", lines)
        or file_issued(name, kind)
        or year_of_reported(kind, about.title if about else "")
    )
    put("issued", issued)
    put("doc_number", number or about_number)
    issuers, why = _issuers(stated, number, acts)
    found = place_of(document.text, stated, issuers, number, about.title if about else "", about_number)
    place, because = found or file_place(name) or (None, "")
    if issuers:
        proposed["issuers"] = tuple(_full(one, place) for one in issuers), why
    if place:
        # The code leads to the province; the level keeps a city from being held against its province's figures.
        proposed |= {"region_code": (place.code, ""), "region": (place.label, because), "level": (place.level, because)}
    own_title = title.value + title.letter if title and not title.headline else ""
    press = patterns.PRESS.find("\n".join(lines[:4])) is not None or bool(title and title.headline)
    period = issue.validity(lines, own_title, issued.value if issued and not press else None)
    put("valid_from", period.first)
    put("valid_to", period.last)
    status, why = _status(stated, own_title)
    if status is not Status.UNKNOWN:
        proposed["status"] = status, why
    notes = [*card.notes, *amendments(acts)]
    if status is Status.DRAFT:
        answers = issue.comment_period(lines, issued.value if issued else None)
        put("comment_from", answers.first)
        put("comment_to", answers.last)
        if contact := issue.contact(lines):
            notes.append(f"反馈意见的联系方式：{contact}")
    new = {field: one for field, one in proposed.items() if field in _ALWAYS or not getattr(card, field)}
    inferred = dict(card.inferred) | {field: why for field, (_, why) in new.items() if why}
    values: dict[str, Any] = {field: value for field, (value, _) in new.items()}
    return replace(card, **values, inferred=tuple(inferred.items()), notes=tuple(notes))


def _issuers(stated: Stated, number: Found | None, told: list[Act]) -> tuple[tuple[str, ...], str]:
    """Who issued the text, and why we think so."""
    signed, title = stated.signed, stated.title
    if signed and signed.names:
        return signed.names, f"取自落款“{'”“'.join(signed.names)}”"
    for act in (*adoption(told), *told):
        if act.body and act.done in ("通过", "修订", "修正") and "批准" not in act.words:
            return (act.body,), f"取自题注“{act.words}”"
    for words in (title.letter, title.value) if title else ():
        found = patterns.BODY_BEFORE.find(words)
        if found and not found["body"].startswith(("关于", "的")):
            return tuple(split_names(found["body"])), f"取自标题“{words}”"
    if labelled := stated.label("发文机关", "发文单位", "发布机构", "制定机关"):
        return (labelled.value,), labelled.why
    return _issuers_of_number(number) if number else ((), "")


def _issuers_of_number(number: Found) -> tuple[tuple[str, ...], str]:
    if ordered := re.match("(.+(?:人民政府|委员会|部|局|厅))(?:令|公告)第", number.value):
        return (ordered[1],), f"由文号“{number.value}”推定"
    letters = number.value.split("〔")[0]
    region = grammar().regions.get(grammar().number_signs.get(letters[:1], ""))
    office = grammar().office_names.get(letters[1:])
    return ((region.full + office,), f"由发文字号“{letters}”推定") if region and office else ((), "")


def _full(name: str, place: Place | None) -> str:
    """省人民政府 -> 湖北省人民政府, where the text is known to be of 湖北."""
    suffix = {Level.PROVINCE: "省", Level.CITY: "市"}.get(place.level, "") if place else ""
    return f"{place.name}{name}" if place and suffix and name.startswith(suffix) else name


def _status(stated: Stated, title: str) -> tuple[Status, str]:
    """Legal state as far as a text can say it itself: a draft says so; that it still holds only its page can say."""
    draft = patterns.DRAFT.find(title)
    if draft:
        return Status.DRAFT, f"标题中有“{draft.group()}”"
    if labelled := stated.label("有效性", "是否有效", "时效性"):
        gone = re.search("失效|废止|无效|否", labelled.value)
        return (Status.EXPIRED if gone else Status.IN_FORCE), labelled.why
    return Status.UNKNOWN, ""
