"""The documents name what exists: links, paths, modules; the two READMEs say the same, and their example runs."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import yaml
from places import PROJECT

FOLDERS = ("", "docs/**/", "policy_corpus/", "tests/gold/**/")
DOCUMENTS = sorted(path.relative_to(PROJECT) for part in FOLDERS for path in PROJECT.glob(f"{part}*.md"))
LINK = re.compile(r"\]\(([^)#:]+)(?:#[^)]*)?\)")
PATH = re.compile(r"`((?:analysis|tests|docs|policy_corpus|pages)/[\w/.-]+)`")
SHORT = re.compile(r"`([a-z]+/[\w/]+\.(?:py|toml|js))\b")  # extract/scope.py, of analysis
MODULE = re.compile(r"`(analysis(?:\.[a-z_]+)+)`")
EXAMPLE = re.compile(r"```python\n(.*?)```\n+[^\n`]+\n+```\n(.*?)```", re.DOTALL)  # a program, and what it prints


@pytest.mark.parametrize("path", DOCUMENTS, ids=str)
def test_links_and_paths_lead_somewhere(path: Path) -> None:
    text = (PROJECT / path).read_text(encoding="utf-8")
    example = "zhejiang-2030"  # the folder that CONTRIBUTING makes as an example
    named = {(PROJECT / path).parent / link for link in LINK.findall(text)} | {
        PROJECT / link for link in PATH.findall(text) if example not in link
    }
    for link in SHORT.findall(text):
        named.add(PROJECT / link if (PROJECT / link).exists() else PROJECT / "analysis" / link)
    assert not [str(each) for each in sorted(named) if not each.exists()]


def test_every_module_has_its_place_in_the_architecture() -> None:
    text = (PROJECT / "docs" / "architecture.md").read_text(encoding="utf-8")
    parts = {each.stem for each in (PROJECT / "analysis").iterdir() if not each.name.startswith("_")}
    assert {f"analysis.{part}" for part in parts} <= set(MODULE.findall(text))
    for name in MODULE.findall(text):
        place = PROJECT / name.replace(".", "/")
        assert place.is_dir() or place.with_suffix(".py").exists(), name


def test_both_readmes_show_the_same() -> None:
    english, chinese = ((PROJECT / name).read_text(encoding="utf-8") for name in ("README.md", "README.zh-CN.md"))
    headings = re.compile(r"^## ", re.MULTILINE)
    assert len(headings.findall(english)) == len(headings.findall(chinese))
    pictures = [link for link in LINK.findall(english) if link.startswith("docs/pictures/")]
    assert pictures == [link for link in LINK.findall(chinese) if link.startswith("docs/pictures/")]
    for command in (
        "make run",
        "make test",
        "score tests/gold",
        "extract",
        "compare",
        "trend --as-of",
        "corpus verify",
    ):
        assert command in english
        assert command in chinese


def test_the_chinese_readme_asks_what_the_pages_ask() -> None:
    chinese = (PROJECT / "README.zh-CN.md").read_text(encoding="utf-8")
    asked = [
        question
        for page in sorted((PROJECT / "pages").glob("[a-z]*.py"))
        for question in re.findall(r'_ui\.header\("([^"]+)"', page.read_text(encoding="utf-8"))
    ]
    assert asked
    assert [question for question in asked if question not in chinese] == []


@pytest.mark.parametrize("name", ["README.md", "README.zh-CN.md"])
def test_the_example_prints_what_the_readme_says(name: str) -> None:
    ((program, printed),) = EXAMPLE.findall((PROJECT / name).read_text(encoding="utf-8"))
    environment = {key: value for key, value in os.environ.items() if key != "ZHENGHENG_CORPUS"}
    told = subprocess.run(
        [sys.executable, "-X", "utf8", "-c", program],
        cwd=PROJECT,
        env=environment,
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    assert told.stdout == printed


def test_the_program_can_be_cited() -> None:
    """CITATION.cff has the keys that the Citation File Format 1.2.0 requires, and says what pyproject.toml says."""
    citation = yaml.safe_load((PROJECT / "CITATION.cff").read_text(encoding="utf-8"))
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert citation["cff-version"] == "1.2.0"
    assert citation["message"]
    assert citation["title"]
    assert [author["name"] for author in citation["authors"]] == ["The Zhengheng authors"]
    assert citation["version"] == project["version"]
    assert citation["license"] == project["license"]
