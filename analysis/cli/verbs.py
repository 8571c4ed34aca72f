"""All verbs, in the order in which the help names them."""

from __future__ import annotations

from analysis.cli.comparing import COMPARE, TREND
from analysis.cli.explaining import EXPLAIN
from analysis.cli.ingesting import INGEST
from analysis.cli.learning import LEARN
from analysis.cli.texts import CORPUS, EXTRACT, SCORE

VERBS = (EXTRACT, EXPLAIN, COMPARE, TREND, CORPUS, SCORE, LEARN, INGEST)
