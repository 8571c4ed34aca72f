"""Which program reads: the digest that tells rows of one version from those of another."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from functools import cache
from importlib.metadata import version
from pathlib import Path

from analysis.corpus.formats import office
from analysis.corpus.formats.scan import available

ROOT = Path(__file__).resolve().parents[1]
# What a part is made by. A test reads documents and looks for modules that are missing here.
_READERS = (
    *("model.py", "citation.py", "grammar", "corpus", "segment.py", "tokenise.py", "extract", "pipeline/reading.py"),
    *("similar/terms.py", "compare/targets.py", "store/rows.py", "store/schema.py"),
    *("ingest/batch.py", "ingest/parts.py"),
)
_LIBRARIES = ("jieba", "lxml", "pypdfium2", "pyarrow")


def readers() -> Iterator[Path]:
    """The modules and vocabularies that make a part."""
    for name in _READERS:
        place = ROOT / name
        yield from [place] if place.is_file() else sorted((*place.rglob("*.py"), *place.rglob("*.toml")))


@cache
def program_digest() -> str:
    """SHA-256 over the modules and vocabularies that read, the libraries they read with, and the optional readers."""
    whole = hashlib.sha256()
    for path in readers():
        whole.update(f"{path.relative_to(ROOT).as_posix()}\0{hashlib.sha256(path.read_bytes()).hexdigest()}\n".encode())
    for library in _LIBRARIES:
        whole.update(f"{library} {version(library)}\n".encode())
    whole.update(f"{office.program() is not None} {available()}\n".encode())
    return whole.hexdigest()
