"""How a row that a person stands for is marked, in tables, beside the text and in files."""

from __future__ import annotations

from html import escape

from analysis.model import Checked, CheckVerdict

_WORDS = {
    CheckVerdict.CONFIRMED: "已核对",
    CheckVerdict.CHANGED: "已更正",
    CheckVerdict.ADDED: "人工补充",
    CheckVerdict.REMOVED: "已删除",
}


def verdict_word(verdict: CheckVerdict) -> str:
    """``CheckVerdict.CHANGED`` -> 已更正."""
    return _WORDS.get(verdict, "")


def day(when: str) -> str:
    """``2026-11-28T05:00:00+00:00`` -> ``2026-11-28``."""
    return when[:10]


def moment(when: str) -> str:
    """``2026-11-28T05:00:00+00:00`` -> ``2026-11-28 05:00（UTC）``."""
    return f"{when[:10]} {when[11:16]}（UTC）" if len(when) >= 16 else when


def mark_text(mark: Checked | None) -> str:
    """``已更正（张三，2026-11-28）`` for files; "" for a row of the machine alone."""
    return f"{_WORDS[mark.verdict]}（{mark.who}，{day(mark.when)}）" if mark else ""


def mark_html(mark: Checked | None) -> str:
    """``✓ 已核对`` with who and when as a hint; "" for a row of the machine alone."""
    if mark is None:
        return ""
    hint = escape(f"{mark.who}，{moment(mark.when)}")
    return f'<span class="zh-checked" title="{hint}">✓ {_WORDS[mark.verdict]}</span>'
