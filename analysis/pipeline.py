"""One function for each question a user asks; the only place where the stages meet.

``load_corpus`` reads everything once; the rest takes what it returns. Nothing here keeps state: callers cache.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from pathlib import Path

import pandas as pd

from analysis.compare import (
    Answer,
    IncentiveMatrix,
    Rule,
    TargetMatrix,
    answer,
    incentive_matrix,
    incentive_table,
    key,
    narrow,
    rules,
    target_matrix,
    target_table,
)
from analysis.compare import (
    years as years_of,
)
from analysis.compare.targets import Key
from analysis.corpus.cards import read_documents
from analysis.corpus.documents import anonymous_card, document
from analysis.corpus.files import read_bytes as file_bytes
from analysis.corpus.formats import text_of
from analysis.corpus.metadata import introduced
from analysis.corpus.series import read_series
from analysis.coverage import Coverage, coverage
from analysis.extract import extract
from analysis.grammar import indicators
from analysis.model import (
    Card,
    Corpus,
    Document,
    Edition,
    Fault,
    InputFault,
    Instrument,
    Point,
    Reading,
    Receiver,
    SeriesCard,
    SeriesName,
    Verdict,
)
from analysis.overview import Overview, overview
from analysis.score import Score as Score  # pages name the type
from analysis.score import Tally, gold_documents, score
from analysis.score.baseline import recorded
from analysis.score.known import FRAME, known_failures, rows_read
from analysis.score.known import Known as Known
from analysis.segment import Gap, counts, gaps, segment
from analysis.similar import (
    Context,
    EditionComparison,
    KeyTerm,
    TermRow,
    contexts,
    count_terms,
    edition_differences,
    frequencies,
    group_names,
    keyness,
)
from analysis.similar import GroupBy as GroupBy  # pages name the types
from analysis.similar import TermCounts as TermCounts
from analysis.trend import Basis, Measure, TrendRow, TrendView, counted_year, trend_rows
from analysis.trend import regions as regions_of
from analysis.trend import view as view_of

ROOT_VARIABLE = "ZHENGHENG_CORPUS"
DEVELOPMENT_VARIABLE = "ZHENGHENG_DEVELOPMENT"


def default_root() -> Path:
    """The folder of the corpus: ``$ZHENGHENG_CORPUS``, else ``policy_corpus`` beside the package."""
    chosen = os.environ.get(ROOT_VARIABLE)
    return Path(chosen) if chosen else Path(__file__).resolve().parent.parent / "policy_corpus"


def read(text: Document) -> Reading:
    """Everything the program understands in one cleaned document. Pure."""
    clauses = segment(text)
    found = extract(text, clauses)
    return Reading(
        document=text,
        clauses=clauses,
        quantities=found.quantities,
        targets=found.targets,
        incentives=found.incentives,
        unparsed=found.unparsed,
    )


def read_bytes(data: bytes, name: str) -> Reading:
    """Read a file of any format that is no part of the corpus; ``name`` is what tables and faults call it.

    Raises ``InputFault`` when the bytes hold no readable text.
    """
    card = anonymous_card(name, data)
    return read(introduced(document(card, card.editions[0], text_of(data, name))))


def read_path(path: Path) -> Reading:
    """Read a file of any format that is no part of the corpus. Raises ``InputFault`` when it cannot be read."""
    data = file_bytes(path, str(path))
    card = anonymous_card(path.name, data)
    return read(introduced(document(card, card.editions[0], text_of(data, str(path)))))


def score_gold(folder: Path, corpus: Corpus) -> Score:
    """Score the reading against the annotations in ``folder``.

    The texts are those of ``corpus``, or those beside the annotations. Texts that cannot be read are left out.
    Raises ``InputFault`` when ``folder`` holds no annotations.
    """
    readings: dict[str, Reading] = {}
    for name, path in gold_documents(folder):
        reading = corpus.reading(name) if path is None else _read_if_there(path)
        if reading is not None:
            readings[name] = reading
    return score(folder, readings)


def _read_if_there(path: Path) -> Reading | None:
    return read_path(path) if path.is_file() else None


def load_corpus(root: Path) -> Corpus:
    """Read every document and series below ``root``.

    One broken folder never stops the rest: its fault goes to ``Corpus.faults``. Raises ``InputFault`` only when
    ``root`` itself is no folder.
    """
    if not root.is_dir():
        raise InputFault(str(root), "", "语料文件夹不存在", f"请检查路径或环境变量 {ROOT_VARIABLE}")
    found, faults = read_documents(root / "documents")
    readings, editions, more = _read_all(found)
    card, points, rest = _read_series(root / "series")
    return Corpus(readings, editions, card, points, (*faults, *more, *rest))


def _read_all(
    found: list[tuple[Card, Edition, str]],
) -> tuple[tuple[Reading, ...], tuple[Reading, ...], list[Fault]]:
    """First editions, further editions, faults; newest document first, undated ones last."""
    first: list[Reading] = []
    further: list[Reading] = []
    faults: list[Fault] = []
    seen: set[str] = set()
    for card, edition, raw in found:
        try:
            reading = read(document(card, edition, raw))
        except InputFault as fault:
            faults.append(Fault(fault.file, fault.place, str(fault)))
            continue
        (further if card.slug in seen else first).append(reading)
        seen.add(card.slug)
    first.sort(key=lambda reading: reading.document.id)
    first.sort(key=lambda reading: reading.document.card.issued or "", reverse=True)
    return tuple(first), tuple(further), faults


def _read_series(folder: Path) -> tuple[SeriesCard | None, tuple[Point, ...], list[Fault]]:
    """The first readable series folder; a second one would need a name in ``Corpus``."""
    faults: list[Fault] = []
    for place in sorted(entry for entry in folder.glob("*") if entry.is_dir()):
        try:
            card, points = read_series(place)
        except InputFault as fault:
            faults.append(Fault(fault.file, fault.place, str(fault)))
            continue
        return card, points, faults
    return None, (), faults


def editions_of(corpus: Corpus, slug: str) -> tuple[Reading, ...]:
    """All editions of a document in the order of its card; empty when there is no such document."""
    every = (*corpus.readings, *corpus.editions)
    return tuple(reading for reading in every if reading.document.id == slug)


def structure(reading: Reading) -> tuple[int, int, tuple[Gap, ...]]:
    """Chapters, articles and the numbers that are skipped."""
    return (*counts(reading.clauses), gaps(reading.clauses))


def compare_editions(first: Reading, second: Reading) -> EditionComparison:
    """Where two editions of a document differ, character by character."""
    return edition_differences(first, second)


def wording_groups(readings: Sequence[Reading], by: GroupBy, names: Mapping[str, str]) -> tuple[str, ...]:
    """The group each text is read in; ``names`` are short names by slug. Periods go by the year a text counts from."""
    cards = [reading.document.card for reading in readings]
    return group_names(cards, by, {card.slug: counted_year(card)[0] for card in cards}, names)


def term_counts(readings: Sequence[Reading]) -> TermCounts:
    """How often each text uses each term: the one costly step behind the questions on wording."""
    return count_terms(readings)


def term_frequencies(table: TermCounts, groups: Sequence[str], *, inside: bool, least: int) -> tuple[TermRow, ...]:
    """What each group of texts talks about, most used terms first."""
    return frequencies(table, groups, inside=inside, least=least)


def key_terms(table: TermCounts, groups: Sequence[str], focus: str, *, inside: bool, least: int) -> tuple[KeyTerm, ...]:
    """What sets one group of texts apart from the others."""
    return keyness(table, groups, focus, inside=inside, least=least)


def words_in_context(readings: Sequence[Reading], words: str) -> tuple[Context, ...]:
    """Every occurrence of any string with what stands around it."""
    return contexts(readings, words)


def target_comparison(corpus: Corpus) -> TargetMatrix:
    """Who set which targets: indicators × documents, newest document first."""
    return target_matrix(corpus.readings, indicators())


def target_outcomes(
    corpus: Corpus,
    as_of: date,
    series: Sequence[SeriesName] = (SeriesName.OUTPUT, SeriesName.REGISTERED),
) -> tuple[TrendRow, ...]:
    """Each target on contract value against what happened by each series, as of a date."""
    cards = {reading.document.id: reading.document.card for reading in corpus.readings}
    return trend_rows(
        [target for reading in corpus.readings for target in reading.targets],
        cards,
        corpus.points,
        as_of,
        definitions=_series_notes(),
        series=series,
    )


def target_verdicts(corpus: Corpus, as_of: date) -> Mapping[Key, TrendRow]:
    """What became of the targets that the output series can answer, as of a date."""
    found = target_outcomes(corpus, as_of, (SeriesName.OUTPUT,))
    return {(row.document, row.start, row.end, str(row.kind)): row for row in found}


def target_records(corpus: Corpus, as_of: date) -> pd.DataFrame:
    """All targets as a tidy table, one a row, each with its document, clause, span and verdict."""
    verdicts = {name: row.status for name, row in target_verdicts(corpus, as_of).items()}
    return target_table(corpus.readings, indicators(), verdicts)


def incentive_records(corpus: Corpus) -> pd.DataFrame:
    """All incentives as a tidy table, one a row, each with its document, clause and span."""
    return incentive_table(corpus.readings)


def choose_targets(
    matrix: TargetMatrix,
    verdicts: Mapping[Key, TrendRow],
    *,
    documents: Collection[str],
    indicator_keys: Collection[str] = (),
    years: Collection[int | None] = (),
    statuses: Collection[Verdict] = (),
) -> TargetMatrix:
    """The part of a matrix that filters leave; an empty filter lets everything through, except ``documents``."""

    def status(name: Key) -> Verdict:
        return verdicts[name].status if name in verdicts else Verdict.NOT_COMPARABLE

    return narrow(
        matrix,
        documents,
        lambda row, target: (
            (not indicator_keys or row.key in indicator_keys)
            and (not years or target.target_year in years)
            and (not statuses or status(key(target)) in statuses)
        ),
    )


def target_years(matrix: TargetMatrix) -> tuple[int | None, ...]:
    """The target years of a matrix, ascending; None last where a target has none."""
    return years_of(matrix.targets)


def incentive_comparison(
    corpus: Corpus,
    *,
    documents: Collection[str] | None = None,
    receivers: Collection[Receiver] = (),
    instruments: Collection[Instrument] = (),
) -> IncentiveMatrix:
    """Who gets what: receivers × documents; an empty filter lets everything through, None means all documents."""
    shown = [reading for reading in corpus.readings if documents is None or reading.document.id in documents]
    wanted = [receiver for receiver in Receiver if not receivers or receiver in receivers]
    return incentive_matrix(shown, wanted, instruments or tuple(Instrument))


def receiver_answer(matrix: IncentiveMatrix, receiver: Receiver) -> Answer | None:
    """Who pays these receivers, from what sum, how much and up to what; None where the matrix has no such row."""
    row = next((row for row in matrix.rows if row.receiver is receiver), None)
    return answer(row, matrix.cards) if row else None


def contract_rules(matrix: IncentiveMatrix) -> tuple[Rule, ...]:
    """The incentives of a matrix whose money follows from a sum of contracts."""
    return rules(matrix.incentives)


def trend_regions(corpus: Corpus) -> tuple[tuple[tuple[str, str], ...], tuple[tuple[str, str], ...]]:
    """(code, name) of the regions with a document, newest document first, and of all others in the series."""
    return regions_of(corpus)


def trend_view(
    corpus: Corpus,
    region_codes: Sequence[str],
    *,
    basis: str = Basis.OUTPUT,
    measure: str = Measure.VALUE,
    as_of: date,
    extrapolate: bool = False,
) -> TrendView:
    """What was aimed at and what came of it, for a choice of regions and measure, as of a date."""
    return view_of(
        corpus,
        region_codes,
        Basis(basis),
        Measure(measure),
        as_of,
        definitions=_series_notes(),
        extrapolate=extrapolate,
    )


def _series_notes() -> Mapping[str, str]:
    """Indicators that the series can answer, with how their definition differs from it."""
    return {entry.id: entry.series_note for entry in indicators() if entry.series}


def corpus_overview(corpus: Corpus, as_of: date) -> Overview:
    """The corpus at a glance and the differences worth knowing first, as of a date."""
    return overview(corpus, target_comparison(corpus), incentive_comparison(corpus), target_verdicts(corpus, as_of))


def series_coverage(corpus: Corpus) -> Coverage:
    """For which regions and years there are figures."""
    return coverage(corpus.points)


def gold_folder() -> Path | None:
    """The annotations that come with the product, or None where they do not."""
    folder = Path(__file__).resolve().parent.parent / "tests" / "gold"
    return folder if folder.is_dir() else None


def development_gold() -> Path | None:
    """Annotated texts that the reading was developed with, where this machine has them; they are other people's.

    The folder is ``$ZHENGHENG_DEVELOPMENT``, else the one kept beside a developer's checkout.
    """
    chosen = os.environ.get(DEVELOPMENT_VARIABLE)
    folder = Path(chosen) if chosen else Path(__file__).resolve().parents[2] / "shared" / "gold" / "dev"
    return folder if (folder / "index.csv").is_file() else None


def recorded_development() -> dict[str, Tally] | None:
    """Counts of the last recorded run over the texts of development, by part; None where none was recorded."""
    return recorded(Path(__file__).resolve().parent.parent / "tests" / "gold" / "dev_baseline.json")


def known_wrong() -> tuple[tuple[Known, tuple[tuple[str, ...], ...]], ...]:
    """Sentences that are still read wrongly, each with what is read from it now, row by row."""
    path = Path(__file__).resolve().parent.parent / "tests" / "cases" / "known_failures.toml"
    card = anonymous_card("句子")
    now = (
        (known, rows_read(known, read(document(card, card.editions[0], f"{FRAME}{known.text}"))))
        for known in known_failures(path)
    )
    return tuple((known, rows) for known, rows in now if rows != known.rows)


def original(root: Path, slug: str, edition: Edition) -> bytes | None:
    """The file of an edition as received, or None where it is no longer there."""
    path = root / "documents" / slug / edition.file
    return path.read_bytes() if path.is_file() else None
