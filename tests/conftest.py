"""Fixtures that many tests share."""

from __future__ import annotations

import pytest
from hypothesis import settings

from analysis import pipeline
from analysis.model import Corpus

# A loaded machine is slow, not wrong: no test fails by the clock.
settings.register_profile("house", deadline=None, print_blob=True)
settings.load_profile("house")


@pytest.fixture(scope="session")
def real_corpus() -> Corpus:
    """The corpus that comes with the product, read once."""
    return pipeline.load_corpus(pipeline.default_root())
