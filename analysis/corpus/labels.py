"""The table that sites put above a text: 发文机关：…, 发布日期：…"""

from __future__ import annotations

import re
from collections.abc import Sequence

from analysis.corpus import headlines
from analysis.corpus import metadata_patterns as patterns
from analysis.corpus.headlines import Found


def label(lines: list[str], names: Sequence[str]) -> Found | None:
    """The value that a table above the text gives for the first of ``names`` that it has."""
    found: dict[str, Found] = {}
    for line in headlines.head_lines(lines):
        labels = list(patterns.LABEL.regex.finditer(line))
        for one, after in zip(labels, [*labels[1:], None], strict=False):
            value = line[one.end() : after.start() if after else len(line)].strip()
            value = re.split(r"(?:责任编辑|浏览|名称|主题分类|索引号)", value)[0].strip()
            if value:
                found.setdefault(one["name"], Found(value, f"取自“{one['name']}：{value}”"))
    return next((found[name] for name in names if name in found), None)
