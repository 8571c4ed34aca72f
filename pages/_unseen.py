"""What 抽取质量 says first: how well texts are read that nobody has tuned for."""

from __future__ import annotations

from analysis import pipeline
from analysis.present import charts_quality, quality_unseen
from pages import _ui
from pages._shared import once


def unseen() -> pipeline.Unseen | None:
    """What leaving out one document at a time gave; None where nothing is recorded."""
    folder = pipeline.gold_folder()
    if folder is None:
        return None
    return once(lambda: pipeline.unseen_texts(folder), "unseen", pipeline.collection_state(folder))


def fresh() -> pipeline.Fresh | None:
    """The first run over the texts that were collected last; None where none is recorded."""
    folder = pipeline.gold_folder()
    if folder is None:
        return None
    return once(lambda: pipeline.fresh_texts(folder), "fresh", pipeline.collection_state(folder))


def show(result: pipeline.Unseen) -> None:
    """Counts and rates with their intervals."""
    _ui.html(quality_unseen.unseen_html(result))
    _ui.downloads(quality_unseen.unseen_table(result), key="unseen")
    _ui.small_print(quality_unseen.definitions())


def show_fresh(result: pipeline.Fresh) -> None:
    """The same of texts that were annotated before the first run over them, and where they come from."""
    _ui.html(quality_unseen.fresh_html(result))
    _ui.downloads(quality_unseen.fresh_table(result), key="fresh")
    if result.texts:
        _ui.html(quality_unseen.sources_html(result))
        _ui.downloads(quality_unseen.sources_table(result), key="fresh-sources")


def show_more(result: pipeline.Unseen) -> None:
    """Kinds of text, the rules alone beside the weights, how far a probability is to be believed, and the limits."""
    _ui.html(f"<h2>{quality_unseen.kinds_heading(result)}</h2>{quality_unseen.kinds_html(result)}")
    _ui.downloads(quality_unseen.kinds_table(result), key="unseen-kinds")
    _ui.small_print(quality_unseen.kinds_notes())

    _ui.html(f"<h2>{quality_unseen.versus_heading(result)}</h2>{quality_unseen.versus_html(result)}")
    _ui.downloads(quality_unseen.versus_table(result), key="unseen-versus")
    _ui.small_print(quality_unseen.versus_notes(result))

    if result.bins:
        words = charts_quality.reliability_words(result)
        _ui.html(f"<h2>{charts_quality.reliability_heading(result)}</h2><p>{words}</p>")
        _ui.figure(
            lambda: charts_quality.reliability_chart(result, dark=_ui.is_dark()),
            key="reliability",
            alt=charts_quality.reliability_alt(result),
            table=charts_quality.reliability_table(result),
            notes=charts_quality.reliability_notes(),
        )
    _ui.html(quality_unseen.unsaid_html())
