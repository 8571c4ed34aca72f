"""Rules: each is one function that looks at a draft, with everything that is to be said about it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from analysis.lint.draft import Draft
from analysis.lint.findings import Found, Severity, Source


class Family(StrEnum):
    """What a rule is about, in the order in which a reader meets it."""

    NUMBERING = "结构层次"
    FORM = "字号标题日期"
    REFERENCES = "引用与简称"
    PUNCTUATION = "标点"
    NUMERALS = "数字用法"
    LAYOUT = "版式"
    RESIDUE = "转换残留"
    CONTENT = "内容一致"
    SUPERIOR = "上位规定"
    WORDING = "用语"
    PEERS = "对照他文"
    OWN = "自定义"


Check = Callable[[Draft], Iterator[Found]]


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule: what it is called, how grave it is, why, on whose authority, and drafts that break and keep it."""

    id: str
    title: str
    family: Family
    severity: Severity
    why: str
    source: Source
    bad: tuple[str, ...]
    good: tuple[str, ...]
    check: Check
    beside: tuple[str, ...] = ()  # the other texts that the examples are held against


_rules: dict[str, Rule] = {}


def rule(
    id: str,
    title: str,
    family: Family,
    severity: Severity,
    *,
    why: str,
    source: Source,
    bad: tuple[str, ...],
    good: tuple[str, ...],
    beside: tuple[str, ...] = (),
) -> Callable[[Check], Check]:
    """Register the function below as a rule; ``bad`` and ``good`` are drafts, its tests and its examples for people."""

    def register(check: Check) -> Check:
        if id in _rules:
            raise ValueError(f"two rules are called {id}")
        _rules[id] = Rule(id, title, family, severity, why, source, bad, good, check, beside)
        return check

    return register


def rules() -> tuple[Rule, ...]:
    """All rules, by family and in the order of their files."""
    import analysis.lint.families  # noqa: F401  registers them

    order = list(Family)
    return tuple(sorted(_rules.values(), key=lambda each: order.index(each.family)))
