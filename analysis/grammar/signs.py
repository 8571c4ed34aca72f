"""What the signs of a number mean, in the words that a reader sees (signs.toml)."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from analysis.grammar import rules

_RULE = "against."  # against.<rule>: the sign that a rule of the grammar objects; its title is that of the rule


@cache
def signs() -> Mapping[str, str]:
    """The title of each sign by its name, but for those that rules give their title to."""
    kept = tomllib.loads(files(__package__).joinpath("signs.toml").read_text(encoding="utf-8"))
    return {str(name): str(title) for name, title in kept["signs"].items()}


def sign_title(name: str) -> str:
    """What a sign means. One that is no longer known, in a row that an older version wrote, is its name."""
    if name in signs():
        return signs()[name]
    rule = rules().get(f"target.{name.removeprefix(_RULE)}") if name.startswith(_RULE) else None
    return f"规则提示：{rule.title}" if rule else name
