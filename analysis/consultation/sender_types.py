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
    OWN_ASSOCIATION,
    OWN_DEPARTMENT,
    OWN_ENTERPRISE,
    OWN_UNIVERSITY,
    PERSON,
    PUPIL,
    TRADE,
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
_OWN = (
    (SenderType.ENTERPRISE, OWN_ENTERPRISE),
    (SenderType.UNIVERSITY, OWN_UNIVERSITY),
    (SenderType.ASSOCIATION, OWN_ASSOCIATION),
    (SenderType.DEPARTMENT, OWN_DEPARTMENT),
)
_LONGEST_TEXT = 2_000
_MASK = re.compile(r"[*＊○〇●×xX某/\-—\s]{0,20}")
_FIRMS, _SCHOOLS = frozenset({"集团", "公司"}), frozenset({"大学", "学院", "科学院"})
_NUMBER = re.compile(r"\s*\d{7,13}$")  # a telephone number behind a name
_PARTS = re.compile(r"[\s　,，;；/、]+")


def sender_type(comment: Comment) -> SenderType:
    """Who sends a comment.

    A body that the name tells counts most, then what the column beside it says, a person's name, the address of a mail,
    and last what the text calls its sender (我公司). 个人 beside a name that hides who it is says nothing.
    """
    name = as_simple(comment.sender[:_LONGEST]).strip()
    kind = as_simple(comment.sender_kind[:_LONGEST]).strip()
    by_name, by_kind = _by_words(MAIL.regex.sub(" ", name)), _by_words(kind)
    if by_name not in (SenderType.UNKNOWN, SenderType.CITIZEN):
        return by_name
    if by_kind is SenderType.CITIZEN and (NOBODY.find(name) or _MASK.fullmatch(name)):
        by_kind = SenderType.UNKNOWN
    for found in (by_kind, by_name, _person(name), _by_mail(f"{name} {comment.contact[:_LONGEST]}")):
        if found is not SenderType.UNKNOWN:
            return found
    return _by_text(comment.text[:_LONGEST_TEXT])


def _by_text(text: str) -> SenderType:
    """What a text calls its sender, where it calls it one thing."""
    found = {kind for kind, pattern in _OWN if pattern.find(as_simple(text))}
    return found.pop() if len(found) == 1 else SenderType.UNKNOWN


def _by_words(name: str) -> SenderType:
    """By the word that stands last in the name; a person's word behind a body's leaves the body its sender.

    An institute of a group of firms is a firm, and who studies at a body does not speak for it.
    """
    if PUPIL.find(name):
        return SenderType.CITIZEN
    last: tuple[int, int, SenderType] | None = None
    kinds = set()
    for kind, pattern in _BODIES:
        for match in pattern.regex.finditer(name):
            kinds.add(match.group())
            if last is None or (match.end(), match.end() - match.start()) > last[:2]:
                last = (match.end(), match.end() - match.start(), kind)
    if last is None and TRADE.find(name):
        return SenderType.ENTERPRISE
    if last is None:
        return SenderType.CITIZEN if CITIZEN.find(name) else SenderType.UNKNOWN
    if last[2] is SenderType.UNIVERSITY and kinds & _FIRMS and not kinds & _SCHOOLS:
        return SenderType.ENTERPRISE
    return last[2]


def _person(name: str) -> SenderType:
    if not name or NOBODY.find(name):
        return SenderType.UNKNOWN
    name = _NUMBER.sub("", name)
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
    return next((_HOSTS[label] for label in labels[1:] if label in _HOSTS), SenderType.UNKNOWN)
