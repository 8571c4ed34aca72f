"""The Chinese word for each member of an enumeration and each field of a row: one table for pages, files and reasons.

Receivers and instruments are named in the grammar. Tables keyed by plain strings name enumerations of layers above.
"""

from __future__ import annotations

from collections.abc import Mapping

from analysis.grammar import grammar
from analysis.model import CheckVerdict, Comparator, Instrument, Receiver, Status, TargetKind, TargetStatus, TextKind

COMPARATORS: Mapping[Comparator, str] = {
    Comparator.EQ: "等于",
    Comparator.GE: "不低于",
    Comparator.GT: "超过",
    Comparator.LE: "不超过",
    Comparator.LT: "低于",
    Comparator.APPROX: "约",
}
SIGNS: Mapping[Comparator, str] = {
    Comparator.EQ: "=",
    Comparator.GE: "≥",
    Comparator.GT: ">",
    Comparator.LE: "≤",
    Comparator.LT: "<",
    Comparator.APPROX: "≈",
}
TARGET_KINDS: Mapping[TargetKind, str] = {
    TargetKind.LEVEL: "总量",
    TargetKind.INCREMENT: "新增",
    TargetKind.GROWTH: "增速",
    TargetKind.MULTIPLE: "倍数",
    TargetKind.SHARE: "占比",
}
STATUSES: Mapping[Status, str] = {
    Status.IN_FORCE: "现行有效",
    Status.DRAFT: "征求意见稿",
    Status.EXPIRED: "已失效",
    Status.UNKNOWN: "效力不详",
}
TEXT_KINDS: Mapping[TextKind, str] = {
    TextKind.NORMATIVE: "规范性文件",
    TextKind.PLAN: "规划计划",
    TextKind.STATUTE: "法规条例",
    TextKind.CALL: "通知申报",
    TextKind.NEWS: "新闻报道",
    TextKind.ANSWERS: "解读问答",
    TextKind.SUMMARY: "工作总结",
    TextKind.UNKNOWN: "类型不详",
}
#: What stands behind the short name of a report.
SHORT_KINDS: Mapping[TextKind, str] = {TextKind.NEWS: "新闻", TextKind.SUMMARY: "总结"}
TARGET_STATUSES: Mapping[TargetStatus, str] = {
    TargetStatus.REACHED: "已达成",
    TargetStatus.MISSED: "未达成",
    TargetStatus.NOT_DUE: "未到期",
    TargetStatus.NO_DATA: "无数据",
    TargetStatus.NOT_COMPARABLE: "无序列可比",
}
#: Shape as well as words, so that colour is never the only sign.
VERDICT_SIGNS: Mapping[TargetStatus, str] = {
    TargetStatus.REACHED: "◆",
    TargetStatus.MISSED: "✕",
    TargetStatus.NOT_DUE: "◇",
    TargetStatus.NO_DATA: "○",
    TargetStatus.NOT_COMPARABLE: "－",
}
CHECKS: Mapping[CheckVerdict, str] = {
    CheckVerdict.CONFIRMED: "已核对",
    CheckVerdict.CHANGED: "已更正",
    CheckVerdict.REMOVED: "已删除",
    CheckVerdict.ADDED: "人工补充",
    CheckVerdict.WITHDRAWN: "已撤销",
}
CHECK_SIGNS: Mapping[CheckVerdict, str] = {
    CheckVerdict.CONFIRMED: "✓",
    CheckVerdict.CHANGED: "改",
    CheckVerdict.REMOVED: "删",
    CheckVerdict.ADDED: "补",
    CheckVerdict.WITHDRAWN: "○",
}

#: ``analysis.checked.fields.Part``.
PARTS = {"target": "目标", "incentive": "激励"}
#: ``analysis.trend.Basis`` and ``analysis.model.SeriesName``.
BASES = {"output": "输出", "absorbed": "吸纳", "net": "净输出", "registered": "登记"}
BASIS_PLACES = {"output": "按卖方所在地（技术输出）", "absorbed": "按买方所在地（技术吸纳）", "net": "输出减吸纳"}
#: ``analysis.trend.Measure`` and the unit of each.
MEASURES = {"value": "技术合同成交额", "contracts": "技术合同数", "per_contract": "每项合同金额"}
MEASURE_UNITS = {"value": "亿元", "contracts": "项", "per_contract": "万元"}
#: ``analysis.extract.Outcome``.
OUTCOMES = {**PARTS, "neither": "都不是", "aside": "不作判断"}
#: ``analysis.extract.scope.YearFrom``.
YEAR_FROM = {
    "part": "写在本小句",
    "sentence": "写在本句前面",
    "paragraph": "写在本段前面",
    "list": "写在引出列表的段落",
    "lead": "写在本节导语",
    "heading": "写在上面的小标题",
    "title": "写在文件标题",
    "nowhere": "没有写明",
}

#: Fields of a target and of an incentive.
FIELDS = {
    "indicator": "指标",
    "kind": "类型",
    "comparator": "关系",
    "value": "数值",
    "value_high": "数值上限",
    "unit": "单位",
    "target_year": "目标年",
    "baseline_year": "基年",
    "recurring": "周期",
    "receiver": "对象类别",
    "beneficiary": "对象",
    "instrument": "方式",
    "trigger": "条件",
    "threshold_wan": "起点",
    "rate_comparator": "比例关系",
    "rate_percent": "比例",
    "rate_base": "计算基数",
    "amount_low_wan": "金额下限",
    "amount_high_wan": "金额上限",
    "cap_item_wan": "单项封顶",
    "cap_year_wan": "每年封顶",
    "clause": "条款",
}
#: Fields of a card; ``slug``: the year that a name such as sichuan-2018 holds.
CARD_FIELDS = {
    "slug": "名称中的年份",
    "title": "标题",
    "kind": "文件类型",
    "region_code": "地区代码",
    "region": "地区",
    "level": "层级",
    "doc_number": "发文字号",
    "issuers": "发文机关",
    "issued": "发布时间",
    "status": "效力状态",
    "valid_from": "有效期起",
    "valid_to": "有效期止",
    "comment_from": "征求意见起",
    "comment_to": "征求意见止",
    "source": "网页地址",
}


def reaching(comparator: Comparator) -> str:
    """A comparator as the verb of a sentence: 达到, 达到约, 超过, 不低于."""
    return {Comparator.EQ: "达到", Comparator.APPROX: "达到约"}.get(comparator, COMPARATORS[comparator])


def field_with_unit(field: str) -> str:
    """The name of a field of a row with the unit that its numbers are in: 起点（万元）, 比例（%）."""
    unit = "（万元）" if field.endswith("_wan") else "（%）" if field.endswith("_percent") else ""
    return f"{FIELDS[field]}{unit}"


def receiver_name(receiver: Receiver) -> str:
    """``Receiver.BUYER`` -> 买方企业, as the grammar names it."""
    return grammar().receiver_names[receiver]


def instrument_name(instrument: Instrument) -> str:
    """``Instrument.TITLE`` -> 职称, as the grammar names it."""
    return grammar().instrument_cues[instrument].name
