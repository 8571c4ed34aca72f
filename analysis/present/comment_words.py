"""The Chinese words of a consultation: decisions, stances, senders, what ties a comment, states of duties, roles."""

from __future__ import annotations

from collections.abc import Mapping

from analysis.consultation.comment_columns import Column
from analysis.consultation.comments import Decision, How, SenderType, Stance
from analysis.consultation.compliance import DocumentKind, DutyState
from analysis.present.names import clause_name
from analysis.present.numbers import THIN_SPACE
from analysis.records.record_values import CountLine, Role

DECISIONS: Mapping[Decision, str] = {
    Decision.ADOPTED: "采纳",
    Decision.PARTLY: "部分采纳",
    Decision.NOT_ADOPTED: "未采纳",
    Decision.EXPLAINED: "解释说明",
    Decision.MERGED: "重复合并",
    Decision.UNRELATED: "与本稿无关",
}
OPEN = "未处理"
STANCES: Mapping[Stance, str] = {
    Stance.SUPPORT: "赞成",
    Stance.OPPOSE: "反对",
    Stance.SUGGEST: "建议",
    Stance.ASK: "询问",
    Stance.NONE: "未表态",
}
SENDER_TYPES: Mapping[SenderType, str] = {
    SenderType.CITIZEN: "个人",
    SenderType.ENTERPRISE: "企业",
    SenderType.UNIVERSITY: "高校院所",
    SenderType.ASSOCIATION: "协会",
    SenderType.DEPARTMENT: "部门",
    SenderType.UNKNOWN: "未写明",
}
TIES: Mapping[How, str] = {
    How.EXPLICIT: "写明了条款",
    How.QUOTE: "引用了原文",
    How.SIMILAR: "内容相近",
    How.NONE: "没有对应条款",
}
DOCUMENT_KINDS: Mapping[DocumentKind, str] = {
    DocumentKind.MARKET_DOCUMENT: "行政规范性文件（与市场主体生产经营密切相关）",
    DocumentKind.OTHER_DOCUMENT: "其他行政规范性文件",
    DocumentKind.MAJOR_DECISION: "重大行政决策",
    DocumentKind.GOVERNMENT_RULE: "规章",
    DocumentKind.ADMINISTRATIVE_REGULATION: "行政法规",
}
DUTY_STATES: Mapping[DutyState, str] = {
    DutyState.MET: "符合",
    DutyState.MISSING: "缺少",
    DutyState.UNKNOWN: "待核对",
    DutyState.LATER: "期满后办理",
}
ROLES: Mapping[Role, str] = {Role.NONE: "无", Role.READER: "查阅", Role.REVIEWER: "办理", Role.LEAD: "负责"}
COLUMNS: Mapping[Column, str] = {
    Column.TEXT: "意见",
    Column.SENDER: "反馈人",
    Column.UNIT: "单位",
    Column.KIND: "反馈人类别",
    Column.CLAUSE: "涉及条款",
    Column.ORIGINAL: "原文",
    Column.PROPOSED: "修改为",
    Column.REASON: "修改理由",
    Column.TITLE: "标题",
    Column.CONTACT: "联系方式",
    Column.SUBMITTED: "提交时间",
    Column.NUMBER: "序号",
    Column.OTHER: "不读取",
}
WHOLE_DRAFT = "全文或未对应条款"


def decided(decision: Decision | None) -> str:
    """A decision in words; that there is none, too."""
    return DECISIONS[decision] if decision else OPEN


def clause_words(path: str) -> str:
    """The path of a clause for people: 四（九）, 第二章 第九条; what stands for none."""
    return clause_name(path.split("#")[0]) if path else WHOLE_DRAFT


def count_line_text(line: CountLine) -> str:
    """收到 143 条 = 采纳 20 条 + … ; a consultation that is still open has 未处理 too."""
    parts = [(DECISIONS[decision], line.decided.get(decision, 0)) for decision in Decision]
    parts += [(OPEN, line.still_open)] if line.still_open else []
    told = " + ".join(f"{name}{THIN_SPACE}{count:,}{THIN_SPACE}条" for name, count in parts)
    return f"收到{THIN_SPACE}{line.received:,}{THIN_SPACE}条 = {told}"
