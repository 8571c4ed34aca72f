"""The documents of a large corpus on 语料与来源: filtered, a page at a time, each with its files and its reasons."""

from __future__ import annotations

from functools import partial

from analysis import pipeline
from analysis.present import catalogue
from analysis.present.links import page_link
from pages import _choice, _originals, _pager, _ui


def panel(collection: pipeline.Collection) -> None:
    """Filters, pager, one row for each document, and all that were chosen to download."""
    _ui.html("<h2>文件</h2>")
    with _ui.controls("documents"):
        choice = _choice.pickers(collection, listing=True)
    chosen, markup = shown(collection, choice, _pager.page())
    if not chosen.total:
        _choice.empty(collection, choice, {"kinds": "类型"})
        return
    if choice != pipeline.Choice():
        _ui.html(f'<p class="zh-found">{catalogue.chosen(chosen.total, collection.documents)}</p>')
    _pager.pager(chosen.total, chosen.page, pipeline.LISTED)
    _ui.html(markup)
    _ui.download_row(
        "语料文件登记",
        lambda: catalogue.catalogue_table(pipeline.catalogue(collection, choice, 1, chosen.total)[1]),
        key="cards",
        what=_ui.ALL,
    )


def shown(collection: pipeline.Collection, choice: pipeline.Choice, number: int) -> tuple[pipeline.Chosen, str]:
    """A page of the chosen documents, and its markup."""
    return _ui.shared(partial(_drawn, collection, choice, number), "catalogue", choice, number)


def _drawn(collection: pipeline.Collection, choice: pipeline.Choice, number: int) -> tuple[pipeline.Chosen, str]:
    chosen, entries = pipeline.catalogue(collection, choice, number)
    return chosen, catalogue.entries_html(entries, _address)


def _address(slug: str, edition: int) -> str:
    return page_link(_originals.PATH.lstrip("/"), document=slug, edition=edition)
