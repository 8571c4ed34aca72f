"""Fixtures that many tests share."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
import store_corpus
from hypothesis import settings

from analysis import pipeline
from analysis.model import Corpus
from analysis.store import open_corpus, open_tables, opening

# A loaded machine is slow, not wrong: no test fails by the clock.
settings.register_profile("house", deadline=None, print_blob=True)
settings.load_profile("house")


def pytest_configure(config: pytest.Config) -> None:
    """Consultations of tests are kept apart from those of this checkout, for each process of tests by itself."""
    kept = tempfile.TemporaryDirectory(prefix="zhengheng-records-", ignore_cleanup_errors=True)
    os.environ["ZHENGHENG_RECORDS"] = kept.name
    config.add_cleanup(kept.cleanup)


@pytest.fixture
def say(record_property: Callable[[str, object], None]) -> Callable[[str], None]:
    """``say(text)`` shows ``text`` when all tests are done, whichever process the test ran in."""
    return lambda text: record_property("said", text)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """What tests had to say."""
    for report in [*terminalreporter.getreports("passed"), *terminalreporter.getreports("failed")]:
        for name, text in report.user_properties:
            if name == "said" and report.when == "call":
                terminalreporter.write_line(f"\n{text}")


@pytest.fixture(scope="session")
def real_corpus() -> Corpus:
    """The corpus that comes with the product, read once."""
    return pipeline.load_corpus(pipeline.default_root())


@pytest.fixture(scope="session")
def made(real_corpus: Corpus) -> Corpus:
    """A corpus of forty made-up documents and three faults."""
    return store_corpus.made_up(real_corpus)


@pytest.fixture(scope="session")
def large_root(made: Corpus, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The made-up documents as ``ingest`` leaves them, with three files that could not be read."""
    folder = tmp_path_factory.mktemp("large")
    return store_corpus.write(made, folder / "tables", folder)


@pytest.fixture(scope="session")
def out(made: Corpus, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same tables where the path has signs that mean something in SQL and in patterns."""
    folder = tmp_path_factory.mktemp("it's [a] 语料 *")
    return store_corpus.write(made, folder / "out", pipeline.default_root())


@pytest.fixture(scope="session")
def collections(made: Corpus, out: Path) -> tuple[pipeline.Collection, ...]:
    """The made-up documents in memory; out of tables; out of tables that are too large to be searched in memory."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(opening, "HELD_BYTES", 0)
        larger = open_tables(out, made.series, made.points)
    return open_corpus(made, Path("nowhere"), "digest"), open_tables(out, made.series, made.points), larger
