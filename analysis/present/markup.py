"""Markup, made by the Jinja templates of this folder and by nothing else.

``render("quality.summary", rows=…)`` calls the macro ``summary`` of ``templates/quality.html.j2``. Whatever a macro is
given is escaped unless another macro made it. What is shown is computed in Python; templates only lay it out.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from jinja2.ext import Extension
from markupsafe import Markup

from analysis import chinese_words
from analysis.present import incentive_text, links, names, numbers, theme

TEMPLATES = Path(__file__).with_name("templates")
_TAG_OR_BREAK = re.compile(r"(\{[{%#].*?[}%#]\})|(?<!\{)[ \t]*\n[ \t]*", re.DOTALL)


class _LayoutIsNotText(Extension):
    """Line breaks and indentation of a template are not part of the page: Chinese wants no space between lines."""

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:
        return _TAG_OR_BREAK.sub(lambda found: found[1] or "{#\n#}", source)  # keeps the numbers of lines in errors


def _spaced(text: str) -> str:
    """A thin space between figures and Han characters; markup stays markup."""
    return type(text)(numbers.spaced(text))


@cache
def _environment() -> Environment:
    made = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        extensions=[_LayoutIsNotText],
        auto_reload=False,
    )
    made.filters |= {
        "figure": numbers.figure,
        "unit": numbers.with_unit,
        "year": numbers.year,
        "date": numbers.date,
        "spaced": _spaced,
        "place": names.place,
        "document_name": names.document_name,
        "clause_name": names.clause_name,
        "receiver_name": chinese_words.receiver_name,
        "instrument_name": chinese_words.instrument_name,
    }
    made.globals |= {
        "thin": numbers.THIN_SPACE,
        "font": theme.SANS,
        "page_link": links.page_link,
        "page_titles": dict(links.PAGES),
        "words_link": links.words_link,
        "document_line": names.document_line,
        "report_kind": names.report_kind,
        "needs_two_lines": names.needs_two_lines,
        "check_word": chinese_words.CHECKS.__getitem__,
        "moment": names.moment,
        "figure_runs": incentive_text.figure_runs,
    }
    return made


@cache
def _macros(family: str) -> Any:
    return _environment().get_template(f"{family}.html.j2").module


def render(name: str, /, **values: object) -> Markup:
    """The markup that a macro makes: ``<template>.<macro>`` with its arguments by name."""
    family, macro = name.split(".")
    made: Markup = getattr(_macros(family), macro)(**values)
    return made


def compile_templates() -> None:
    """Compile every template: the first visitor of each page would wait for it otherwise."""
    for path in TEMPLATES.glob("*.html.j2"):
        _macros(path.name.removesuffix(".html.j2"))
