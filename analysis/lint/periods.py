"""How long a period lasts, as levels: 公示期为7个工作日; 自收到申请之日起20个工作日内决定.

Periods are one where they have one name, or where they begin with the same event and what is to be done is the same.
They are counted in days; a working day is 1.4 of them.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from analysis.lint.draft import Draft
from analysis.lint.levels import Level, level_of
from analysis.lint.passages import Figure, Passage, passages

_PERIOD = re.compile(
    r"(?P<name>[\u4e00-\u9fff]{0,8}(?:公示期限?|公示时间|建设期限?|聘期|存续期限?|试用期限?|保护期限?|整改期限?))(?:一般)?(?:为|是|不少于|不超过)?$"
)
_BEGINS = re.compile(
    r"(?P<event>(?:收到|接到|收齐|受理|签订|签署|公示|印发|发布|批准|备案|通过|生效|登记|届满|到账|提交|申请|验收|立项|公布|认定|知道|取得|获得|形成|结束|完成)"
    r"(?!机构|部门|单位|机关|人|中心|专家|小组)[\u4e00-\u9fff]{0,10}?)(?:之日起?|之时起?|当日起?|次日起?|以?后|起)(?:的|，)?$"
)
_MUST = re.compile(r"，?[^，。；：\d]{0,12}(?:应当?|须|必须)(?:在|于)?$|，(?:在|于)$")  # 受理申请后，应当在
_OPENS = re.compile("[，。；：、]|自(?!行|然|主|愿)|从(?!事)|在(?!线)|于")
_FILLING = re.compile("申报|有关|相关|完整|全部|书面|合格|齐全|的|材料|资料|文件|其|该")
_ACTION = re.compile(
    "决定|审核|审查|评审|答复|办结|受理|反馈|公示|公布|备案|登记|拨付|兑现|兑付|支付|补正|告知|报送|提交|披露|申报|签订|核查|复核|复查"
    "|验收|整改|认定|通知|公开|缴纳|退还|归还|上报|签署|提出|发放|批复|出具|移送|转送|送达"
)
# What these are done to tells one period from another: 支付首付款, 支付尾款.
_OBJECT = re.compile(
    r"(?:支付|签订|报送|提交|通知|告知|公布|提出|发放|上报|签署|退还|出具)(?:了|给)?[\u4e00-\u9fff]{2}"
)
_CASE = re.compile("的，|对于?|复杂|特殊|简易|紧急|加急|属于|延长")  # one case of several
_SUBJECT = re.compile(
    r"(?:^|[，。；：、])(?:由|经)?(?P<who>[\u4e00-\u9fff]{2,14}?)(?:应当?|须|必须|要|负责)?(?:自|从|在|于)?$"
)
_REACH = 24
_DAYS = {
    "工作日": Decimal("1.4"),
    "日": Decimal(1),
    "天": Decimal(1),
    "周": Decimal(7),
    "月": Decimal(30),
    "年": Decimal(365),
}


def periods(draft: Draft) -> Iterator[Level]:
    """The length of each period that a draft calls by name or by its beginning, whatever year it is."""
    found: list[tuple[Level, str]] = []
    for passage in passages(draft):
        for figure in passage.figures:
            if figure.dimension != "duration" or figure.high is not None:
                continue
            named = _PERIOD.search(passage.text[max(0, figure.start - 20) : figure.start])
            if named is not None:
                yield from _period(passage, figure, named["name"], sure=False)
            else:
                found += _from_event(passage, figure)
    subjects: dict[str, set[str]] = defaultdict(set)
    for level, subject in found:
        if subject:
            subjects[level.key].add(subject)
    for level, _ in found:
        alone = len(subjects[level.key]) < 2
        yield level if alone else replace(level, sure=False)  # the county and the city may have periods of their own


def _from_event(passage: Passage, figure: Figure) -> Iterator[tuple[Level, str]]:
    """自收到披露之日起20个工作日内决定: told by what it begins with and what is done; with who has to do it."""
    head = passage.text[max(0, figure.start - 2 * _REACH) : figure.start]
    must = _MUST.search(head)
    before = (head[: must.start()] if must else head).rstrip("，的")
    opening = _OPENS.split(before)[-1][-_REACH:]
    begins = _BEGINS.search(opening)
    behind = re.split("[；。]", passage.text[figure.end : figure.end + _REACH])[0]
    action = _ACTION.search(behind)
    if begins is None or action is None or not re.match("之?内|以内", behind):
        return
    event = _FILLING.sub("", begins["event"])
    what = _OBJECT.match(behind, action.start())
    name = f"{event}后{what.group() if what else action.group()}的期限"
    clause = re.split("[；。]", before)[-1]
    sure = len(event) >= 4 and _CASE.search(clause[: len(clause) - len(begins.group())]) is None
    subject = _SUBJECT.search(before[: len(before) - len(opening) + begins.start()])
    for level in _period(passage, figure, name, sure=sure):
        yield level, subject["who"] if subject else ""


def _period(passage: Passage, figure: Figure, name: str, *, sure: bool) -> Iterator[Level]:
    days = next((days for unit, days in _DAYS.items() if figure.unit.endswith(unit)), None)
    if days is None:
        return
    level = level_of(passage, figure, name, f"{name}/期限")
    yield replace(level, value=figure.value * days, base=figure.unit, dimension="duration", deed=True, sure=sure)
