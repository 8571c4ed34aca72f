"""Files that a person brings: read at once, kept in memory for that person's browser session, never on disk.

Links to words load the page anew, which ends a Streamlit session. What a person brought is therefore kept beside the
sessions, under a random number that the browser holds in a cookie until it is closed (``_headers.ResponseHeaders``
sets it). Without the cookie a file lives as long as the Streamlit session.
"""

from __future__ import annotations

import hashlib
import re
import secrets
import time
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field, replace
from threading import Lock

import streamlit as st

from analysis import pipeline
from analysis.model import Corpus, Edition, InputError, Reading
from pages._kept import kept

COOKIE = "zh_session"
MOST_FILES = 10
IDLE_HOURS = 2
# Characters of raw text; a reading takes some 25 bytes for each.
MOST_OF_ONE = 3_000_000
MOST_OF_ALL = 20_000_000
_BYTES_OF_ONE = 25
SLUG = "own-"
_TOKEN = re.compile(r"[\w-]{32}")
_LABEL = "本次会话"
_UNDECIDED = pipeline.Decisions()


@dataclass(frozen=True, slots=True)
class OwnFile:
    """One file as it was brought: its name, the digest of its bytes, what was read, and what its owner said of it."""

    name: str
    digest: str
    reading: Reading
    said: tuple[pipeline.Check, ...] = ()

    @property
    def held(self) -> Reading:
        """The reading with its owner's word in place of the machine's rows."""
        return pipeline.checked_reading(self.reading, self.said)


@dataclass(frozen=True, slots=True)
class OwnDraft:
    """A draft that was checked: its name, the digest of its bytes, what was found.

    ``number``: which version it is of those brought; ``before``: the fingerprints found in the version before, None
    for the first one.
    """

    name: str
    digest: str
    number: int
    checked: pipeline.CheckedDraft
    before: frozenset[str] | None = None

    @property
    def answer_key(self) -> Hashable:
        """What names it."""
        return self.digest, self.name, self.number

    @property
    def private(self) -> bool:
        """It is always a visitor's own."""
        return True


@dataclass(frozen=True, slots=True)
class Desk:
    """What a visitor has on the page 草案检查: the draft, what was decided of its findings, ticked corrections.

    ``former``: what was decided of another draft before it.
    """

    draft: OwnDraft | None = None
    decisions: pipeline.Decisions = _UNDECIDED
    ticked: frozenset[str] = frozenset()
    former: pipeline.Decisions = _UNDECIDED


_EMPTY = Desk()


@dataclass(slots=True)
class _Visitor:
    files: tuple[OwnFile, ...] = ()
    seen: float = 0.0
    name: str = ""
    desk: Desk = _EMPTY

    @property
    def size(self) -> int:
        """Characters of all that is held for the visitor; a Word file counts as the characters that take its room."""
        draft = self.desk.draft
        own = len(draft.checked.draft.received) + len(draft.checked.word or b"") // _BYTES_OF_ONE if draft else 0
        return own + _size(*self.files)


@dataclass(slots=True)
class FileStore:
    """The files of all visitors, by visitor. ``clock`` gives seconds; visitors not seen for long are forgotten."""

    clock: Callable[[], float] = time.monotonic
    _visitors: dict[str, _Visitor] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    def files(self, visitor: str) -> tuple[OwnFile, ...]:
        """What a visitor has brought, in that order; asking keeps it alive."""
        with self._lock:
            self._forget()
            held = self._visitors.get(visitor)
            if held is None:
                return ()
            held.seen = self.clock()
            return held.files

    def put(self, visitor: str, file: OwnFile) -> None:
        """Keep a file. Raises ``InputError`` when the visitor has too many or too much, or all together."""
        with self._lock:
            held = self._known(visitor)
            if len(held.files) >= MOST_FILES:
                raise InputError(file.name, "", f"每次会话最多放 {MOST_FILES} 份文件", "请先移除一份再添加")
            self._keep(held, file.name, replace(held, files=(*held.files, file)))

    def desk(self, visitor: str) -> Desk:
        """What a visitor has on the page 草案检查; asking keeps it alive."""
        with self._lock:
            self._forget()
            held = self._visitors.get(visitor)
            if held is None:
                return Desk()
            held.seen = self.clock()
            return held.desk

    def lay(self, visitor: str, change: Callable[[Desk], Desk]) -> None:
        """Change what is there. Raises ``InputError`` where the draft takes too much."""
        with self._lock:
            held = self._known(visitor)
            desk = change(held.desk)
            self._keep(held, desk.draft.name if desk.draft else "", replace(held, desk=desk))

    def _keep(self, held: _Visitor, name: str, then: _Visitor) -> None:
        """Have a visitor hold what ``then`` holds, unless that is more than before and too much."""
        more = then.size - held.size
        if more > 0 and then.size > MOST_OF_ONE:
            problem = f"放入的文件合计超过 {MOST_OF_ONE // 10_000} 万字"
            raise InputError(name, "", problem, "请先移除不用的文件，或只放政策正文")
        if more > 0 and sum(one.size for one in self._visitors.values()) + more > MOST_OF_ALL:
            raise InputError(name, "", "服务器暂存的文件已满", "请移除不用的文件，或过一会儿再试")
        held.files, held.desk = then.files, then.desk

    def say(self, visitor: str, check: pipeline.Check, seen: int) -> None:
        """Keep a check of a file. Raises ``InputError`` where it is gone, or was checked elsewhere since."""
        with self._lock:
            held = self._known(visitor)
            file = next((file for file in held.files if file.reading.document.id == check.document), None)
            if file is None:
                raise InputError(check.document, "", "这份文件已经不在会话里", "请重新放入后再核对")
            now = replace(file, said=pipeline.after(file.said, check, seen))
            held.files = tuple(now if each is file else each for each in held.files)

    def name(self, visitor: str) -> str:
        """What a visitor wants to be called in the records of checking; "" where nothing was said."""
        with self._lock:
            held = self._visitors.get(visitor)
            return held.name if held else ""

    def call(self, visitor: str, name: str) -> None:
        """Remember what a visitor wants to be called."""
        with self._lock:
            self._known(visitor).name = name

    def remove(self, visitor: str, digest: str) -> None:
        """Forget one file; nothing happens when it is not there."""
        with self._lock:
            held = self._known(visitor)
            held.files = tuple(file for file in held.files if file.digest != digest)
            if not (held.files or held.name or held.desk != Desk()):
                del self._visitors[visitor]

    def _known(self, visitor: str) -> _Visitor:
        """A visitor, seen now."""
        self._forget()
        held = self._visitors.setdefault(visitor, _Visitor())
        held.seen = self.clock()
        return held

    def _forget(self) -> None:
        limit = self.clock() - IDLE_HOURS * 3600
        for name in [name for name, held in self._visitors.items() if held.seen < limit]:
            del self._visitors[name]


def _size(*files: OwnFile) -> int:
    return sum(len(file.reading.document.raw) for file in files)


@kept(most=1)
def file_store() -> FileStore:
    """The one store of this server."""
    return FileStore()


def new_token() -> str:
    """A random number that cannot be guessed, as the cookie holds it."""
    return secrets.token_urlsafe(24)


def is_token(text: str) -> bool:
    """Whether ``text`` has the form of :func:`new_token`."""
    return _TOKEN.fullmatch(text) is not None


def visitor() -> str:
    """Who is asking: the number in the cookie, else one for this Streamlit session alone."""
    said = str(st.context.cookies.get(COOKIE, ""))
    if is_token(said):
        return said
    if "visitor" not in st.session_state:
        st.session_state.visitor = new_token()
    return str(st.session_state.visitor)


def files() -> tuple[OwnFile, ...]:
    """What this visitor has brought."""
    return file_store().files(visitor())


def with_own(corpus: Corpus, own: tuple[OwnFile, ...]) -> Corpus:
    """The corpus with a visitor's files after its own, as their owner left them."""
    brought = tuple(file.held for file in own)
    return replace(corpus, readings=(*corpus.readings, *brought)) if brought else corpus


def bring(data: bytes, name: str, known: Callable[[str], str | None]) -> OwnFile:
    """Read a file and keep it; ``known`` gives the title of the document that has a file with this SHA-256.

    Raises ``InputError``: unreadable, here already, too many.
    """
    name = clean_name(name)
    digest = hashlib.sha256(data).hexdigest()
    same = next((file for file in files() if file.digest == digest), None)
    if same:
        raise InputError(name, "", f"与已经放入的“{same.name}”内容相同", "不必再放")
    if title := known(digest):
        raise InputError(name, "", f"与语料中的“{title}”是同一个文件", "不必再放")
    file = OwnFile(name, digest, own_reading(pipeline.read_upload(data, name), name, digest))
    file_store().put(visitor(), file)
    return file


def own_reading(reading: Reading, name: str, digest: str) -> Reading:
    """The reading under a name that is safe in addresses, every row of it, its card marked as the visitor's own."""
    edition = Edition(name, _LABEL, digest)
    card = replace(reading.document.card, slug=f"{SLUG}{digest[:8]}", editions=(edition,), own=True)
    return pipeline.filed(reading, card, edition)


def clean_name(name: str) -> str:
    """A file's name without folders and control characters, not overlong."""
    last = re.split(r"[/\\]", name)[-1]
    shown = "".join(sign for sign in last if sign.isprintable()).strip()
    return (shown if len(shown) <= 80 else f"{shown[:60]}…{shown[-15:]}") or "未命名"


def gone(slug: str) -> str:
    """What to say of an address that names a file of another session; "" where the name is none of ours."""
    if not slug.startswith(SLUG) or any(file.reading.document.id == slug for file in files()):
        return ""
    return "这个网址指向一份只留在别人或以前会话里的文件，已经打不开；请到“语料与来源”重新放入这份文件。"
