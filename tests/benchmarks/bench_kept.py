"""What each way to keep something brings: the same people, on servers that lack one of them each.

``bench_kept.py OUT`` serves the tables in OUT. A server without one thing is the real server, started by this file
(``bench_kept.py --without NAME …``), which takes that one thing out before anything else is loaded.
"""

from __future__ import annotations

import asyncio
import os
import runpy
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(Path(__file__).parent)]

from timing import wrapped  # noqa: E402
from visitors import SUMMARY, load, served, summary, warm  # noqa: E402

PEOPLE, THINK, SECONDS = 20, 1.5, 45.0


def no_answers() -> None:
    """Every page makes what it shows anew; what is opened once stays, or each page would read the whole corpus."""
    from pages import _kept

    keep = _kept.kept

    def kept(most: int = 200, seconds: float = float("inf")) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
        def keeping(make: Callable[..., Any]) -> Callable[..., Any]:
            return keep(most, seconds)(make) if make.__name__ in ("_open", "_loaded", "file_store", "_score") else make

        return keeping

    _kept.kept = kept  # type: ignore[assignment]


def no_freeze() -> None:
    """The collector looks through dictionaries and answers as through all else."""
    import gc

    gc.freeze = lambda: None


def collect_after_each_run() -> None:
    """The framework's own way: one full collection after every run of a page."""
    os.environ["STREAMLIT_RUNNER_POST_SCRIPT_GC"] = "true"


def nothing_held() -> None:
    """Tables stay in their files, however small the collection."""
    from analysis.store import opening

    opening.HELD_BYTES = -1


WITHOUT: dict[str, tuple[str, Callable[[], None]]] = {
    "answers": ("without kept answers (`pages/_kept.py`)", no_answers),
    "freeze": ("without `gc.freeze` after the warm-up (`app.py`)", no_freeze),
    "collector": (
        "with the framework's collection after every run (`app.py` does it every 20 s)",
        collect_after_each_run,
    ),
    "tables": ("without small tables held in memory (`analysis/store/opening.py`)", nothing_held),
}


def lines(corpus: Path) -> Iterator[str]:
    """One row for each server; Markdown."""
    yield SUMMARY[0].replace("| people", "| server | people", 1)
    yield SUMMARY[1] + " ---: |"
    this = str(Path(__file__).resolve())
    servers = {"as it is": ()} | {
        words: (sys.executable, this, "--without", name) for name, (words, _) in WITHOUT.items()
    }
    for words, command in servers.items():
        with served(corpus, command=command) as server:
            asyncio.run(warm(server.address))
            found = asyncio.run(load(server, PEOPLE, THINK, SECONDS))
        yield f"| {words} {summary(found)}"
    yield ""
    yield from wrapped(
        "The same throws of dice for every server, each newly started and warmed up. Compare the processor time of a "
        "page and p95; memory is of the server with all people there."
    )


def main() -> None:
    """Print the rows, or serve without one thing."""
    if sys.argv[1] == "--without":
        WITHOUT[sys.argv[2]][1]()
        sys.argv = ["streamlit", *sys.argv[sys.argv.index("run") :]]
        runpy.run_module("streamlit", run_name="__main__")
        return
    for line in lines(Path(sys.argv[1])):
        print(line, flush=True)


if __name__ == "__main__":
    main()
