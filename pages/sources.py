"""语料与来源: documents and where each comes from, files that could not be read, own files, and the series."""

from __future__ import annotations

from functools import partial

from analysis import pipeline
from analysis.model import SeriesName
from analysis.pipeline import Collection
from analysis.present import tables_sources
from analysis.present.export import Table
from analysis.present.markup import render
from pages import _choice, _corpus, _files, _ui
from pages._kept import kept
from pages._ui import Still


@kept()
def coverage_chart(held: Collection, dark: bool) -> Still:
    """For which regions and years there are figures."""
    return _ui.styled(
        tables_sources.coverage_chart(pipeline.series_coverage(held.points), _names(held), dark=dark), dark
    )


@kept()
def coverage_table(held: Collection, title: str) -> Table:
    """The same to take away."""
    return tables_sources.coverage_table(pipeline.series_coverage(held.points), _names(held), title)


def _names(held: Collection) -> dict[SeriesName, str]:
    return {series: name for series, name, _ in held.series.definitions} if held.series else {}


def page(held: Collection) -> None:
    """What there is and where it comes from."""
    result = _corpus.score()
    _ui.header(
        "这些数字从哪里来，读得准不准？",
        tables_sources.lead(_choice.totals(held, pipeline.Choice()), len(held.points), result),
    )
    if faults := _corpus.faults():
        _ui.html(render("sources.unusable", sentences=[fault.message for fault in faults]))
    _files.unread(held)
    if held.documents:
        _files.documents(held)
    _files.own(partial(pipeline.title_of, held))
    if result is not None:
        _ui.html(render("sources.score", gold=result.gold))
    if held.series is not None:
        _ui.html(render("sources.series", card=held.series))
        _ui.section("哪些地方、哪些年份有数据", level=3)
        _ui.figure(
            coverage_chart(held, _ui.is_dark()),
            key="coverage",
            alt="方格图：各地区各年份有哪些口径的数据",
            table=coverage_table(held, held.series.title),
            notes=(tables_sources.KEY,),
        )
        _ui.html(tables_sources.series_sources_html(held.series))
    _ui.foot(source="各文件卡片与数据卡片，随语料一起保存", notes=())


page(_corpus.collection())
