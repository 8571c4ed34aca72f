"""The documents of the corpus on 语料与来源: filtered, a page at a time, each with its files and its reasons."""

from __future__ import annotations

from markupsafe import Markup

from analysis import pipeline
from analysis.pipeline import Choice, Chosen, Collection
from analysis.present import tables_sources
from analysis.present.links import page_link
from analysis.present.markup import render
from pages import _choice, _originals, _pager, _ui
from pages._kept import kept


def panel(held: Collection) -> None:
    """Filters, pager, one row for each document, and all that were chosen to download."""
    _ui.section("文件")
    with _ui.controls("documents"):
        choice = _choice.listing(held)
    chosen, markup = shown(held, choice, _pager.page())
    if not chosen.total:
        _choice.empty(held, choice, {"kinds": "类型"})
        return
    if choice != Choice():
        _ui.say(render("sources.chosen", total=chosen.total, documents=held.documents), "zh-found")
    _pager.pager(chosen.total, chosen.page, pipeline.LISTED)
    _ui.html(markup)
    _ui.download_row(
        "语料文件登记",
        lambda: tables_sources.catalogue_table(pipeline.catalogue(held, choice, 1, chosen.total)[1]),
        key="cards",
        what=_ui.ALL,
    )


@kept()
def shown(held: Collection, choice: Choice, number: int) -> tuple[Chosen, Markup]:
    """A page of the chosen documents, and its markup."""
    chosen, entries = pipeline.catalogue(held, choice, number)
    return chosen, tables_sources.entries_html(entries, _address)


def _address(slug: str, edition: int) -> str:
    return page_link(_originals.PATH.lstrip("/"), document=slug, edition=edition)
