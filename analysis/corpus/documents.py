"""From a card and a raw text to a cleaned document."""

from __future__ import annotations

import hashlib

from analysis.corpus.clean import clean
from analysis.corpus.formats.kinds import ENDINGS
from analysis.model import Card, Document, Edition


def document(card: Card, edition: Edition, raw: str) -> Document:
    """Clean ``raw`` (the decoded file of ``edition``) and keep the way back to it."""
    cleaned = clean(raw)
    return Document(card, edition, cleaned.text, cleaned.offsets, raw, cleaned.removed)


def anonymous_card(name: str, data: bytes = b"") -> Card:
    """Card for a user's own file, of which only the name is known; ``data`` gives the edition its digest."""
    stem = name.rsplit("/", 1)[-1].rsplit("\\", 1)[-1]
    ending = next((each for each in ENDINGS if stem.lower().endswith(each)), "")
    stem = stem[: len(stem) - len(ending)] or "未命名"
    edition = Edition(name, "用户文件", hashlib.sha256(data).hexdigest())
    return Card(slug=stem, title=stem, editions=(edition,))
