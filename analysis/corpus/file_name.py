"""What the name of a file says of the text in it: a place, a title, a year. It is asked where the text is silent."""

from __future__ import annotations

import re

from analysis.corpus import metadata_patterns as patterns
from analysis.corpus.dates import days
from analysis.corpus.headlines import Found
from analysis.corpus.region import Where, named_in
from analysis.model import TextKind

_NO_TITLE = re.compile(
    r"^(?:新建|下载|未命名|无标题|文档|文件|附件|正文|政策|扫描|微信|副本|untitled|document|download)", re.I
)
_CHINESE = re.compile("[\u4e00-\u9fff]")
_PREFIX = re.compile(r"^[A-Za-z]{0,2}\d{0,4}[_\-. 、]+")
_LEAST = 6


def title(name: str) -> Found | None:
    """The title that a file name states: six Chinese characters at least, and no name that a program gave."""
    words = _PREFIX.sub("", name).replace("_", " ").strip()
    if _NO_TITLE.match(words) or len(_CHINESE.findall(words)) < _LEAST:
        return None
    return Found(words, f"取自文件名“{name}”")


def place(name: str) -> Where | None:
    """The place that a file name begins with, or the only one that it names."""
    if title(name) is None:
        return None
    found = named_in(_PREFIX.sub("", name), "取自文件名")
    return (found[0], found[1], f"取自文件名“{name}”") if found else None


def issued(name: str, kind: TextKind = TextKind.UNKNOWN) -> Found | None:
    """The day or the year in a file name that states a title; of a period the first year.

    A summary is named after the year it looks back on, a call after the year that is paid for.
    """
    if title(name) is None:
        return None
    why = f"取自文件名“{name}”"
    whole = days(name) or days(re.sub(r"(?<!\d)(20\d\d)([01]\d)([0-3]\d)(?!\d)", r"\1-\2-\3", name))
    if whole:
        return Found(whole[0].iso, why)
    if (kind is TextKind.SUMMARY and "总结" in name) or (kind is TextKind.CALL and "年度" in name):
        return None
    year = patterns.TITLE_YEAR.find(name)
    return Found(year["year"], why) if year else None
