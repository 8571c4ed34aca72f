"""Every pattern of the program with the name it has in its module."""

from __future__ import annotations

from importlib import import_module
from pkgutil import walk_packages

import analysis
from analysis.grammar.pattern import Pattern


def every_pattern() -> dict[str, Pattern]:
    """``module.NAME`` -> pattern; one that other modules import is named once."""
    found: dict[Pattern, str] = {}
    for module in walk_packages(analysis.__path__, "analysis."):
        if not module.name.endswith("__main__"):
            for name, value in vars(import_module(module.name)).items():
                if isinstance(value, Pattern):
                    found.setdefault(value, f"{module.name.rsplit('.', 1)[-1]}.{name}")
    return {name: pattern for pattern, name in found.items()}
