"""Fixtures that many tests share."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
import store_corpus
from hypothesis import settings

from analysis import pipeline
from analysis.model import Corpus

# A loaded machine is slow, not wrong: no test fails by the clock.
settings.register_profile("house", deadline=None, print_blob=True)
settings.load_profile("house")


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
def large_root(real_corpus: Corpus, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A corpus of forty made-up documents as ``ingest`` leaves it, with three files that could not be read."""
    folder = tmp_path_factory.mktemp("large")
    return store_corpus.write(store_corpus.made_up(real_corpus), folder / "tables", folder)
