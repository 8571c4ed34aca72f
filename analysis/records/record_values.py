"""What the database of consultations gives: frozen values, free of SQL; who acts; what goes wrong between people."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from enum import StrEnum

from analysis.consultation.comments import Comment, ConsultedDraft, Decision, How, SenderType, SortedComment, Stance
from analysis.model import InputError


class Role(StrEnum):
    """What a person may do: nothing; look; handle comments; also open, divide, and close consultations."""

    NONE = "none"
    READER = "reader"
    REVIEWER = "reviewer"
    LEAD = "lead"

    def covers(self, least: Role) -> bool:
        """Whether this role may do what ``least`` may do."""
        order = list(Role)
        return order.index(self) >= order.index(least)


@dataclass(frozen=True, slots=True)
class Actor:
    """The person who changes something, with the role that the configuration gives."""

    name: str
    role: Role


class Status(StrEnum):
    """Whether comments of a consultation can still be handled."""

    OPEN = "open"
    CLOSED = "closed"


class DraftKind(StrEnum):
    """What a text of a consultation is."""

    CONSULTED = "consulted"  # comments were invited on it
    REVISED = "revised"
    NOTICE = "notice"  # it invites the comments


@dataclass(frozen=True, slots=True)
class Consultation:
    """A consultation. Days are ISO 8601, empty where not known; times are UTC."""

    uid: str
    title: str
    document: str  # slug of a document of the corpus; empty where the draft was uploaded
    place: str
    kind: str
    opens: str
    closes: str
    made_up: bool
    status: Status
    created_by: str
    created_at: str
    closed_by: str = ""
    closed_at: str = ""


@dataclass(frozen=True, slots=True)
class DraftRecord:
    """A text of a consultation; ``sha256`` is that of ``draft.raw`` as UTF-8."""

    number: int
    kind: DraftKind
    sha256: str
    draft: ConsultedDraft
    added_by: str
    added_at: str


@dataclass(frozen=True, slots=True)
class Batch:
    """What one file, letter or entry by hand brought in. Every row is a comment or a rejected row.

    ``repeated`` of the rejected rows were left out because the same comment had come in before.
    """

    number: int
    name: str
    sha256: str
    channel: str
    mapping: str
    comments: int
    rejected: int
    repeated: int
    added_by: str
    added_at: str


@dataclass(frozen=True, slots=True)
class RejectedRow:
    """A row that became no comment, with the reason in Chinese."""

    batch: int
    row: int
    sheet: str
    reason: str
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Handling:
    """What people decided of a comment. ``clause`` and ``theme`` are empty where the proposal holds.

    ``version`` grows with every change; ``changed``, ``changed_by`` and ``changed_at`` tell the last one.
    """

    version: int = 0
    decision: Decision | None = None
    reason: str = ""
    reply: str = ""
    decided_by: str = ""
    decided_at: str = ""
    clause: str = ""
    theme: str = ""
    main: int | None = None  # the comment that this one was merged with
    assigned_to: str = ""
    second_wanted: bool = False
    second_by: str = ""
    second_agrees: bool | None = None
    second_note: str = ""
    second_at: str = ""
    changed: str = ""
    changed_by: str = ""
    changed_at: str = ""


@dataclass(frozen=True, slots=True)
class CommentRow:
    """A comment with the machine's proposal and the people's handling, each apart; what holds is in the last fields."""

    number: int  # 1-based in the consultation
    batch: int
    comment: Comment
    proposal: SortedComment | None
    program: str  # the version of the program that proposed
    handling: Handling
    clause: str  # what people set, or else what the machine proposed
    theme: str
    day: str  # ISO 8601 of ``comment.submitted``; empty where it cannot be read


def storable(words: str) -> str:
    """Words as both databases keep them: without U+0000 and halves of a pair, which PostgreSQL refuses."""
    return words.replace("\0", "\ufffd").encode("utf-8", "replace").decode() if words else words


@dataclass(frozen=True, slots=True)
class Template:
    """Words that are used again in reasons and replies, for one decision or (None) for any."""

    number: int
    title: str
    text: str
    decision: Decision | None
    retired: bool = False


def typed(words: str, what: str, most: int = 60) -> str:
    """Words that a person typed, as they are kept. Raises ``InputError`` beyond ``most`` characters."""
    if len(words) > most:
        raise InputError(what, "", f"太长，有 {len(words)} 个字", f"请缩短到 {most} 个字以内")
    return storable(words.strip())


LONG = 10_000  # characters of a reason, a reply or a template


@dataclass(frozen=True, slots=True)
class Examined:
    """What a person found of an item of a revised draft; ``note`` is empty where it was taken back."""

    item: str
    note: str
    version: int
    examined_by: str
    examined_at: str


@dataclass(frozen=True, slots=True)
class ToExamine:
    """The items that are to be looked at before closing, over which revised draft, as of how many changes."""

    draft: int
    items: tuple[str, ...]
    changes: int


class Field(StrEnum):
    """What lists are ordered by and counts are made by."""

    NUMBER = "number"
    CLAUSE = "clause"
    THEME = "theme"
    SENDER_TYPE = "sender_type"
    DECISION = "decision"
    GROUP = "group"
    STANCE = "stance"
    HOW = "how"
    DAY = "day"
    ASSIGNED = "assigned_to"
    CONFIDENCE = "confidence"


@dataclass(frozen=True, slots=True)
class CommentFilter:
    """Which comments; what is None or empty does not narrow. ``clause`` takes what lies below it too."""

    clause: str | None = None  # "" asks for those without a clause
    theme: str | None = None
    sender_type: SenderType | None = None
    decision: Decision | None = None
    is_open: bool | None = None
    stance: Stance | None = None
    how: How | None = None
    group: str | None = None
    assigned_to: str | None = None
    day: str | None = None
    batch: int | None = None
    main: int | None = None
    second_awaited: bool | None = None
    refers_to_nothing: bool | None = None  # names a place that the draft does not have
    words: str = ""  # in the opinion, its title, or the sender
    numbers: tuple[int, ...] | None = None


EVERYTHING = CommentFilter()


@dataclass(frozen=True, slots=True)
class Count:
    """How many comments have ``value``, and how many of them are not decided."""

    value: str
    total: int
    still_open: int


@dataclass(frozen=True, slots=True)
class CountLine:
    """收到 = 采纳 + 部分采纳 + 未采纳 + 解释说明 + 重复合并 + 无关 (+ 未处理 while the consultation is open).

    ``received`` is counted from the comments and ``imported`` from the batches, ``decided`` from the decisions.
    """

    received: int
    imported: int
    decided: Mapping[Decision, int]
    still_open: int

    @property
    def reconciles(self) -> bool:
        """Whether the three counts, each made from rows of its own, agree."""
        return self.received == self.imported == sum(self.decided.values()) + self.still_open


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """One change: ``before`` and ``after`` hold the fields that changed; ``hash`` covers all and the hash ``previous``.

    ``kind`` and ``key`` name what changed: comment and its number, consultation, draft, batch, template.
    """

    seq: int
    kind: str
    key: str
    action: str
    who: str
    role: str
    at: str
    before: Mapping[str, object]
    after: Mapping[str, object]
    previous: str
    hash: str


class NotAllowed(InputError):
    """The person's role does not cover what was asked; nothing was changed."""

    def __init__(self, actor: Actor, least: Role) -> None:
        self.actor, self.least = actor, least
        held, wanted = ROLE_NAMES[actor.role], ROLE_NAMES[least]
        told = (f"这一步需要{wanted}的权限，没有作任何改动", f"请由{wanted}来做")
        if least is Role.READER:
            told = ("没有查阅意见的权限", "请管理员把您写进人员名单")
        super().__init__(actor.name or "未登记的人", held, *told)


class Conflict(InputError):
    """Somebody changed the comment after it was shown; nothing was overwritten. ``handling`` is what holds now."""

    def __init__(self, number: int, handling: Handling) -> None:
        self.number, self.handling = number, handling
        what = ACTIONS.get(handling.changed, "处理情况")
        by = (
            f"{handling.changed_by} 已于 {_in_china(handling.changed_at)} 改过{what}"
            if handling.changed_by
            else "已有变化"
        )
        super().__init__(f"第 {number} 条意见", "", f"{by}，您的改动没有保存", "请看过之后再定")


def _in_china(utc: str) -> str:
    return datetime.fromisoformat(utc).astimezone(_CHINA).strftime("%Y-%m-%d %H:%M:%S")


_CHINA = timezone(timedelta(hours=8))
ROLE_NAMES = {Role.NONE: "", Role.READER: "查阅人员", Role.REVIEWER: "办理人员", Role.LEAD: "负责人"}
ACTIONS = {
    "decide": "处理决定", "reopen": "处理决定", "clause": "所属条款", "theme": "主题", "assign": "分派",
    "second": "复核意见", "want_second": "复核要求", "undo": "处理情况（撤回了上一步）",
}  # fmt: skip
