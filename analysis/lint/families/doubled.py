"""Marks and words that stand twice, as a slip of editing leaves them (P2b, T2)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from analysis.lint.draft import Draft
from analysis.lint.findings import Change, Found, Severity
from analysis.lint.lines import Role
from analysis.lint.registry import Family, rule
from analysis.lint.sources import PRACTICE, punctuation_standard

_MARKS = re.compile("[，。；：、]{2,4}")


@rule(
    "P2b",
    "标点不连用",
    Family.PUNCTUATION,
    Severity.WARNING,
    why="两个点号连用多是删改时留下的，读者不知道句子是停还是没有写完。",
    source=punctuation_standard("4"),
    bad=("　　给予50%的补助。。\n", "　　加强领导，，落实责任。\n", "　　建设平台、。\n"),
    good=("　　给予50%的补助……。\n", "　　加强领导，落实责任。\n", "　　（一）有场所；\n"),
)
def marks(draft: Draft) -> Iterator[Found]:
    """Two stops or pauses with nothing between them; the first of the strongest stays."""
    for line in draft.lines:
        if line.role is Role.FURNITURE:
            continue
        for match in _MARKS.finditer(line.text):
            start, end = line.span(match)
            right = next(sign for sign in "。；：，、" if sign in match.group())
            message = f"标点“{match.group()}”重复连用"
            yield Found(start, end, message, f"只留“{right}”", changes=(Change(start, end, right),))


_WORDS = re.compile("([\u4e00-\u9fff]{2,5})\\1(?![\u4e00-\u9fff]?\\1)")
_SINGLE = re.compile(
    "的的(?!确)|和和(?!平|谐|解|美)|与与(?!会)|及及(?!时|早|格)|(?<!实)在在(?!建|编|职|岗|校|线|册|研|读|库|孵|逃|押)|对对(?!口|接|外|方|象|标|照|比|应|策|于)|了了(?!解)|将将|由由"
)
_MEANT = re.compile(
    "^[一每逐层个日年代步点条项]|^(?:研究|讨论|商量|考虑|学习|反复|多多|方方|时时|处处|人人|天天|样样|大大|小小|常常|渐渐|哈哈|谢谢)"
)


@rule(
    "T2",
    "词语不重复",
    Family.WORDING,
    Severity.WARNING,
    why="同一个词连写两遍是删改、粘贴时留下的。",
    source=PRACTICE,
    bad=("　　定期公布办理办理情况。\n", "　　加强对技术市场的的监督。\n", "　　未经许可许可不得转让。\n"),
    good=(
        "　　一项一项抓落实，一步一步推进。\n",
        "　　构建和和谐社会相适应的机制，服务在在建项目之外的企业。\n",
        "　　促进高质量发展，发展新质生产力。\n",
        "　　推动企业与与会专家对接。\n",
    ),
)
def words(draft: Draft) -> Iterator[Found]:
    """A word of two characters or more twice in a row, or a particle that is never doubled."""
    for line in draft.body():
        for match in _WORDS.finditer(line.text):
            if not _MEANT.match(match[1]):
                start, end = line.span(match)
                change = Change(start + len(match[1]), end, "")
                yield Found(start, end, f"“{match[1]}”重复", "删去一个", changes=(change,))
        for match in _SINGLE.finditer(line.text):
            start, end = line.span(match)
            yield Found(start, end, f"“{match.group()[0]}”重复", "删去一个", changes=(Change(start + 1, end, ""),))
