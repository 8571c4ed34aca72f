"""The process that reads a file of any format but plain text: ``python -m analysis.corpus.formats.worker KIND``.

The file comes on standard input, the answer goes to standard output as JSON: ``{"text": …}`` or ``{"fault": [place,
problem, remedy], "scan": whether it is a PDF of pictures}``. With ``MANY`` for the kind many files come, each behind a
line ``{"task": KIND, "size": bytes}``, and each answer stands behind a line ``{"size": bytes, "last": whether the
process ends with it}``. What a damaged file does to a library, it does to this process only;
:mod:`analysis.corpus.formats` sets its limits of time and memory.
"""

from __future__ import annotations

import json
import os
import sys
from math import ceil
from pathlib import Path
from time import process_time
from typing import BinaryIO

from analysis.corpus.formats.kinds import Kind
from analysis.corpus.formats.limits import MEMORY, SCAN_MEMORY, SCAN_SECONDS, SECONDS
from analysis.model import InputFault

SCAN = "SCAN"  # a PDF of pictures, beside the members of Kind
MANY = "MANY"
_ENOUGH = 512 * 1024**2


def read(data: bytes, kind: str, name: str) -> str:
    """The text of a file of a known kind, read in this process. Raises InputFault.

    Libraries are imported for the one format that needs them, so that the process starts at once.
    """
    if kind == Kind.DOCX.name:
        from analysis.corpus.formats import docx

        return docx.read(data, name)
    if kind == Kind.PDF.name:
        from analysis.corpus.formats import pdf

        return pdf.read(data, name)
    if kind in (Kind.HTML.name, Kind.MHTML.name):
        from analysis.corpus.formats import html

        return html.read(data, name) if kind == Kind.HTML.name else html.read_archive(data, name)
    if kind == Kind.OFD.name:
        from analysis.corpus.formats import ofd

        return ofd.read(data, name)
    from analysis.corpus.formats import scan

    return scan.read_pdf(data, name) if kind == SCAN else scan.read_picture(data, name)


def _limit(kind: str, used: int = 0) -> None:
    """Cap processor time, beyond the seconds ``used``, and address space, where the system can."""
    try:
        import resource
    except ImportError:  # Windows: the time that the caller waits is the only limit
        return
    scanning = kind in (SCAN, Kind.PICTURE.name)
    seconds, memory = (SCAN_SECONDS * 4, SCAN_MEMORY) if scanning else (SECONDS, MEMORY)
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (used + seconds, resource.RLIM_INFINITY if kind == MANY else seconds + 5))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _said(data: bytes, kind: str) -> bytes:
    """The answer for one file, as JSON."""
    said: dict[str, object]
    try:
        said = {"text": read(data, kind, "")}
    except InputFault as fault:
        said = {"fault": [fault.place, fault.problem, fault.remedy], "scan": type(fault).__name__ == "NoTextLayer"}
    except MemoryError:
        said = {"fault": ["", "读取时占用内存过多", "请拆分，或另存为 txt 后再提交"], "scan": False}
    return json.dumps(said).encode()


def _serve(answer: BinaryIO) -> None:
    """Read files until standard input ends, or until much memory is held: the next process begins afresh."""
    last = False
    while not last and (line := sys.stdin.buffer.readline()):
        asked = json.loads(line)
        _limit(MANY, ceil(process_time()))
        said = _said(sys.stdin.buffer.read(asked["size"]), asked["task"])
        last = _memory_held() > _ENOUGH
        answer.write(json.dumps({"size": len(said), "last": last}).encode() + b"\n" + said)
        answer.flush()


def _memory_held() -> int:
    """Memory that this process holds, in bytes; 0 where the system does not say.

    Not the most it ever held: that begins with what the process had that started this one.
    """
    try:
        pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
    except OSError:
        return 0
    return pages * os.sysconf("SC_PAGE_SIZE")


def main() -> None:
    """Read standard input, answer on standard output; whatever libraries print goes to standard error."""
    answer = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    kind = sys.argv[1]
    if kind == MANY:
        _serve(answer)
    else:
        _limit(kind)
        answer.write(_said(sys.stdin.buffer.read(), kind))
    answer.close()
    os._exit(0)  # no library gets a chance to fail while it is taken down


if __name__ == "__main__":
    main()
