"""How a row that a person stands for is marked, in tables, beside the text and in files."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta, timezone
from html import escape

from analysis.model import Checked, CheckVerdict

_CHINA = timezone(timedelta(hours=8))
_WORDS = {
    CheckVerdict.CONFIRMED: "已核对",
    CheckVerdict.CHANGED: "已更正",
    CheckVerdict.ADDED: "人工补充",
    CheckVerdict.REMOVED: "已删除",
}


#: What a comparison can be narrowed to, by who stands for its rows.
STATES: Mapping[str, Callable[[Checked | None], bool]] = {
    "已核对": lambda mark: mark is not None,
    "有出入": lambda mark: mark is not None and mark.verdict is not CheckVerdict.CONFIRMED,
    "未核对": lambda mark: mark is None,
}


def verdict_word(verdict: CheckVerdict) -> str:
    """``CheckVerdict.CHANGED`` -> 已更正."""
    return _WORDS.get(verdict, "")


def day(when: str) -> str:
    """``2026-11-28T17:00:00+00:00`` -> ``2026-11-29``: the day in China, where it is read."""
    return _in_china(when)[:10]


def moment(when: str) -> str:
    """``2026-11-28T05:00:00+00:00`` -> ``2026-11-28 13:00``: as clocks in China show it."""
    return _in_china(when)


def _in_china(when: str) -> str:
    try:
        return datetime.fromisoformat(when).astimezone(_CHINA).strftime("%Y-%m-%d %H:%M")
    except ValueError:
        return when  # a person wrote it into the file otherwise


def mark_text(mark: Checked | None) -> str:
    """``已更正（张三，2026-11-28）`` for files; "" for a row of the machine alone."""
    return f"{_WORDS[mark.verdict]}（{mark.who}，{day(mark.when)}）" if mark else ""


def mark_html(mark: Checked | None) -> str:
    """``✓ 已核对`` with who and when as a hint; "" for a row of the machine alone."""
    if mark is None:
        return ""
    hint = escape(f"{mark.who}，{moment(mark.when)}")
    return f'<span class="zh-checked" title="{hint}">✓ {_WORDS[mark.verdict]}</span>'
