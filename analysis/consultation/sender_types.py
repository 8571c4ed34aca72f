"""Who sends a comment: by the words of the name, by the column that states it, by the address of a mail."""

from __future__ import annotations

import re

from analysis.consultation.comment_text import as_simple
from analysis.consultation.comments import Comment, SenderType
from analysis.consultation.sender_patterns import (
    ASSOCIATION,
    CITIZEN,
    DEPARTMENT,
    ENTERPRISE,
    FREE_MAIL,
    MAIL,
    NOBODY,
    PERSON,
    UNIVERSITY,
)

_LONGEST = 200  # characters of a cell that are looked at
_BODIES = (
    (SenderType.ENTERPRISE, ENTERPRISE),
    (SenderType.UNIVERSITY, UNIVERSITY),
    (SenderType.ASSOCIATION, ASSOCIATION),
    (SenderType.DEPARTMENT, DEPARTMENT),
)
_HOSTS = {
    "edu": SenderType.UNIVERSITY,
    "ac": SenderType.UNIVERSITY,
    "gov": SenderType.DEPARTMENT,
    "org": SenderType.ASSOCIATION,
}
_PARTS = re.compile(r"[\s　,，;；/、]+")


def sender_type(comment: Comment) -> SenderType:
    """Who sends a comment. A body that the name tells counts more than the column, that more than a person's name."""
    name = as_simple(comment.sender[:_LONGEST]).strip()
    kind = as_simple(comment.sender_kind[:_LONGEST]).strip()
    by_name = _by_words(MAIL.regex.sub(" ", name))
    if by_name not in (SenderType.UNKNOWN, SenderType.CITIZEN):
        return by_name
    for found in (_by_words(kind), by_name, _person(name), _by_mail(f"{name} {comment.contact[:_LONGEST]}")):
        if found is not SenderType.UNKNOWN:
            return found
    return SenderType.UNKNOWN


def _by_words(name: str) -> SenderType:
    """By the word that stands last in the name; a person's word behind a body's leaves the body its sender."""
    last: tuple[int, int, SenderType] | None = None
    for kind, pattern in _BODIES:
        for match in pattern.regex.finditer(name):
            if last is None or (match.end(), match.end() - match.start()) > last[:2]:
                last = (match.end(), match.end() - match.start(), kind)
    if last is not None:
        return last[2]
    return SenderType.CITIZEN if CITIZEN.find(name) else SenderType.UNKNOWN


def _person(name: str) -> SenderType:
    if not name or NOBODY.find(name):
        return SenderType.UNKNOWN
    whole = PERSON.find(name) is not None
    parts = [part for part in _PARTS.split(re.sub(r"[（(].{0,20}[）)]", "", name)) if part]
    if whole or (parts and all(PERSON.find(part) for part in parts)):
        return SenderType.CITIZEN
    return SenderType.UNKNOWN


def _by_mail(words: str) -> SenderType:
    found = MAIL.find(words)
    if found is None:
        return SenderType.UNKNOWN
    host = found["host"].lower()
    if FREE_MAIL.find(host):
        return SenderType.UNKNOWN
    labels = host.split(".")
    return next((_HOSTS[label] for label in labels[1:] if label in _HOSTS), SenderType.ENTERPRISE)
