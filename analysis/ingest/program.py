"""Which program reads: the digest that tells rows of one version from those of another."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.metadata import version
from pathlib import Path

from analysis.corpus.formats import office
from analysis.corpus.formats.scan import available

_ROOT = Path(__file__).resolve().parents[1]
_APART = ("present", "cli")  # what shows rows has no say in what they are
_LIBRARIES = ("jieba", "lxml", "pypdfium2", "pyarrow")


@cache
def program_digest() -> str:
    """SHA-256 over the modules and vocabularies of ``analysis``, the libraries that read, and the optional readers."""
    whole = hashlib.sha256()
    for path in sorted((*_ROOT.rglob("*.py"), *_ROOT.rglob("*.toml"))):
        name = path.relative_to(_ROOT).as_posix()
        if not name.startswith(_APART):
            whole.update(f"{name}\0{hashlib.sha256(path.read_bytes()).hexdigest()}\n".encode())
    for library in _LIBRARIES:
        whole.update(f"{library} {version(library)}\n".encode())
    whole.update(f"{office.program() is not None} {available()}\n".encode())
    return whole.hexdigest()
