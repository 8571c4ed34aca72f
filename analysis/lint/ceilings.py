"""Ceilings and sums of awards, as levels: 绩效奖励，最高80万元, and 依照第九条给予的绩效奖励，每家不超过60万元.

Two ceilings belong to one award where the later place cites the article of the former, or where both call it by the
same name of its own (首台套推广补助); a bare 奖励 is no name.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace

from analysis.lint.draft import Draft
from analysis.lint.levels import Level, level_of
from analysis.lint.passages import AT_MOST, Figure, Passage, passages
from analysis.model import Comparator

_AWARD = re.compile(r"(?P<name>[\u4e00-\u9fff]{0,14}(?:奖励|奖补|补助|补贴|资助|贴息|奖金))(?:资金|经费|金额|总额|金)?")
_BEFORE_NAME = re.compile(
    r"给予|予以|发放|享受|提供|安排|申请|获得|取得|兑现|一次性|按照?|每年度?|年度|财政|相应|适当|规定|的|由|对|为|和|及"
)
_CITED = re.compile(
    r"(?:依照|按照|根据|依据|适用|享受|符合|对|本(?:办法|细则|规定|措施))(?:本(?:办法|细则|规定|措施))?(第[一二三四五六七八九十百]{1,6}条)"
)
_OVER_TIME = re.compile("每年|年度(?!考核|评[价估选])|累计|合计|总额|总计|期间|年内")
_FOR_WHOM = re.compile("(?:每|单)(?:个|一)?(项|人|名|次|件|笔|场)")
_RANKS = re.compile("国家级|省级|市级|县级|[一二三甲乙]类|[A-D]类|[一二三]等|优秀|良好|合格|首次|重大|重点|一般项目")
_PLAIN_SUM = re.compile("[，：]?(?:每(?:家|个|户|名|人|项)[^，。；、]{0,6}|标准为|为)?")
_SURE_NAME = 6  # characters from which a name alone tells an award


@dataclass(frozen=True, slots=True)
class _Ceiling:
    passage: Passage
    figure: Figure
    name: str  # 绩效奖励; 奖励 where it has no name of its own
    article: str  # 第九条, which it stands in
    cited: str  # the article that its sentence names
    scope: tuple[bool, str]
    ranks: frozenset[str]


def ceilings(draft: Draft) -> Iterator[Level]:
    """The ceilings of awards that another place may state again."""
    found = list(_ceilings(draft))
    by_article: dict[tuple[str, tuple[bool, str]], list[_Ceiling]] = defaultdict(list)
    by_name: dict[tuple[str, tuple[bool, str], frozenset[str]], list[_Ceiling]] = defaultdict(list)
    for each in found:
        by_article[each.article, each.scope].append(each)
        by_name[each.name, each.scope, each.ranks].append(each)
    for each in found:
        if each.cited and each.cited != each.article:
            there = [one for one in by_article[each.cited, each.scope] if one.name == each.name or _bare(each.name)]
            if len(there) == 1:
                key = f"上限/{each.cited}/{there[0].name}"
                yield _level(there[0], key, sure=True)
                yield _level(each, key, sure=True)
    for (name, _, ranks), same in by_name.items():
        if not _bare(name) and not any(one.cited for one in same):
            for each in same:
                yield _level(each, f"上限/{name}/{'/'.join(sorted(ranks))}/{each.scope}", sure=len(name) >= _SURE_NAME)


def _bare(name: str) -> bool:
    return len(name) <= 2


def _ceilings(draft: Draft) -> Iterator[_Ceiling]:
    """Each sentence with one ceiling on money behind the name of an award."""
    for passage in passages(draft):
        money = [each for each in passage.figures if each.dimension == "money"]
        highest = [each for each in money if each.comparator in AT_MOST] or money
        if len(highest) != 1 or highest[0].high is not None:
            continue
        figure = highest[0]
        head = passage.text[max(0, figure.start - 80) : figure.start]
        named = list(_AWARD.finditer(head))
        if not named or (figure.comparator is Comparator.EQ and not _PLAIN_SUM.fullmatch(head, named[-1].end())):
            continue
        cited = _CITED.search(head)
        near = re.split("[，。；：]", head)[-1][-14:] + figure.words
        whom = _FOR_WHOM.search(near)
        yield _Ceiling(
            passage=passage,
            figure=figure,
            name=_BEFORE_NAME.split(named[-1]["name"])[-1],
            article=_article(passage.line.path),
            cited=cited[1] if cited else "",
            scope=(_OVER_TIME.search(near) is not None, whom[1] if whom else ""),
            ranks=frozenset(_RANKS.findall(passage.text)),
        )


def _article(path: str) -> str:
    return next((part for part in path.split("/") if part.startswith("第") and part.endswith("条")), "")


def _level(ceiling: _Ceiling, key: str, *, sure: bool) -> Level:
    level = level_of(ceiling.passage, ceiling.figure, f"{ceiling.name}的上限", key)
    return replace(level, deed=True, sure=sure)
