"""Markup comes from the templates alone: no HTML in Python, everything escaped, nothing shown that was not given."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from jinja2 import UndefinedError

from analysis.present.markup import TEMPLATES, render

ROOT = Path(__file__).resolve().parents[2]
TAG = re.compile(r"</|<[a-z][a-z0-9]*[ >/]")
#: Where Python may hold what looks like a tag: it is looked for, read by another program, or a text of a chart.
ALLOWED = {
    "analysis/corpus/formats/conversion.py": "settings of LibreOffice, in its own XML",
    "analysis/lint/families/residue.py": "looks for tags that a conversion left in a draft",
    "analysis/present/theme.py": "the little markup that Plotly knows",
    "pages/_headers.py": "replaces words of the framework's own page",
}


def strings(path: Path) -> Iterator[tuple[int, str]]:
    """Every string of a module with its line, but for its docstrings and the names of groups in patterns."""
    tree = ast.parse(path.read_text("utf-8"))
    documented = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    docstrings = {id(node.body[0].value) for node in ast.walk(tree)
                  if isinstance(node, documented) and node.body and isinstance(node.body[0], ast.Expr)}  # fmt: skip
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings:
            yield node.lineno, re.sub(r"\(\?P?<[!=]?\w*>?", "", node.value)


def test_no_html_stands_in_python() -> None:
    found = {
        f"{path.relative_to(ROOT)}:{line}: {text[:60]}"
        for folder in ("analysis", "pages")
        for path in sorted((ROOT / folder).rglob("*.py"))
        if str(path.relative_to(ROOT)) not in ALLOWED
        for line, text in strings(path)
        if TAG.search(text)
    }
    assert not found


@pytest.mark.parametrize("path", ALLOWED)
def test_what_is_allowed_is_still_needed(path: str) -> None:
    assert any(TAG.search(text) for _, text in strings(ROOT / path))


def test_the_check_sees_html(tmp_path: Path) -> None:
    module = tmp_path / "made.py"
    module.write_text('"""<p> in a docstring"""\nX = f"<p class={1}>"\nY = "a < b"\nZ = "(?P<name>x)"\n', "utf-8")
    assert [line for line, text in strings(module) if TAG.search(text)] == [2]


def test_templates_mark_nothing_as_safe() -> None:
    for path in TEMPLATES.glob("*.html.j2"):
        assert not re.search(r"\|\s*safe\b|autoescape", path.read_text("utf-8")), path.name


def test_whatever_is_given_is_escaped() -> None:
    evil = '<script>alert("x")</script>'
    assert "<script" not in render("page.header", question=evil, answer=evil)
    assert render("page.paragraph", words=render("page.inline", words="甲", css="b"), css="").count("<span") == 1


def test_what_is_missing_is_an_error() -> None:
    with pytest.raises(UndefinedError):
        render("page.header", question="问")
    with pytest.raises(TypeError):
        render("page.header", question="问", answer="答", unasked="")


def test_line_breaks_of_a_template_do_not_reach_the_page() -> None:
    assert "\n" not in render("page.foot", notes=("甲", "乙"), source="丙")
