"""What the texts and the figures say, as frozen values.

Standard library only. Numbers that a text states are ``Decimal``, never ``float``. Offsets are Python string
offsets into the *cleaned* text of a document; :meth:`Document.raw_span` carries them back to the file as received.
Unknown is ``None`` everywhere: it is never 0 and never an empty guess.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum


class Level(StrEnum):
    """Level of government that issued a text."""

    NATION = "nation"
    PROVINCE = "province"
    CITY = "city"
    DISTRICT = "district"
    UNKNOWN = "unknown"


class Status(StrEnum):
    """Legal state of a text."""

    IN_FORCE = "in_force"
    DRAFT = "draft_for_comment"
    EXPIRED = "expired"
    UNKNOWN = "unknown"


class Comparator(StrEnum):
    """How a stated number binds: 达到 eq, 以上 ge, 超过 gt, 不超过 le, 低于 lt, 左右 approx."""

    EQ = "eq"
    GE = "ge"
    GT = "gt"
    LE = "le"
    LT = "lt"
    APPROX = "approx"


class TargetKind(StrEnum):
    """What the number of a target measures."""

    LEVEL = "level"
    INCREMENT = "increment"
    GROWTH = "growth"
    MULTIPLE = "multiple"
    SHARE = "share"


class Instrument(StrEnum):
    """How an incentive gives."""

    SUBSIDY = "subsidy"
    REWARD = "reward"
    INCOME_SHARE = "income_share"
    EQUITY_SHARE = "equity_share"
    INSURANCE = "insurance_compensation"
    TAX = "tax"
    LOAN = "loan"
    TITLE = "title"
    AWARD = "award"
    VOUCHER = "voucher"
    TALENT = "talent_programme"
    PERFORMANCE_PAY = "performance_pay"
    EXEMPTION = "liability_exemption"
    OTHER = "other"


class Receiver(StrEnum):
    """Who receives an incentive, in the classes that provinces are compared by."""

    BUYER = "buyer"
    SELLER = "seller"
    AGENCY = "agency"
    REGISTRATION_BODY = "registration_body"
    TECHNOLOGY_MANAGER = "technology_manager"
    INVENTOR = "inventor"
    FIRST_SET = "first_set"
    PATENTEE = "patentee"
    PILOT_BASE = "pilot_base"
    INCUBATOR = "incubator"
    NEW_RD = "new_rd"
    PLATFORM = "platform"
    PARK = "park"
    INVESTOR = "investor"
    HIGH_TECH = "high_tech"
    GROWTH_FIRM = "growth_firm"
    TECH_SME = "tech_sme"
    UNIVERSITY = "university"
    TALENT = "talent"
    HONOURED = "honoured"
    PROJECT = "project"
    ENTERPRISE = "enterprise"
    OTHER = "other"


class SeriesName(StrEnum):
    """The three measures of technology contracts; never drawn as one line."""

    OUTPUT = "output"
    ABSORBED = "absorbed"
    REGISTERED = "registered"


class TargetStatus(StrEnum):
    """What became of a target, as of a date."""

    REACHED = "reached"
    MISSED = "missed"
    NOT_DUE = "not_due"
    NO_DATA = "no_data"
    NOT_COMPARABLE = "not_comparable"


class TextKind(StrEnum):
    """What kind of text it is; news and summaries are no policies and stay out of counts of policies."""

    NORMATIVE = "normative"  # 规范性文件: measures, opinions, detailed rules
    PLAN = "plan"  # 规划计划: plans, schemes, annual points
    STATUTE = "statute"  # 条例: laws and regulations
    CALL = "call"  # 通知申报: calls for applications, guides
    NEWS = "news"  # 新闻报道
    ANSWERS = "answers"  # 解读问答
    SUMMARY = "summary"  # 工作总结: reports of work done
    UNKNOWN = "unknown"

    @property
    def is_policy(self) -> bool:
        """Whether texts of this kind are counted as policies."""
        return self not in (TextKind.NEWS, TextKind.SUMMARY)


class InputError(Exception):
    """Something a user gave cannot be used; ``str()`` is one Chinese sentence: which file, where, what to do."""

    def __init__(self, file: str, place: str, problem: str, remedy: str) -> None:
        self.file, self.place, self.problem, self.remedy = file, place, problem, remedy
        where = f"{file}（{place}）" if place else file
        super().__init__(f"{where}：{problem}，{remedy}。")


@dataclass(frozen=True, slots=True)
class Edition:
    """One file of a document, byte for byte as received."""

    file: str
    label: str  # e.g. 公告网页, PDF 附件
    sha256: str


OWN_MARK = "（本次会话）"  # stands after the name of a user's own file, wherever it is shown beside the corpus


@dataclass(frozen=True, slots=True)
class Card:
    """What is known about a document apart from its words. ``None``: not known."""

    slug: str
    title: str
    region_code: str | None = None  # GB/T 2260, six digits
    region: str | None = None
    level: Level = Level.UNKNOWN
    doc_number: str | None = None
    issuers: tuple[str, ...] = ()
    issued: str | None = None  # ISO 8601, as precise as known: 2017, 2022-09, 2022-09-23
    status: Status = Status.UNKNOWN
    kind: TextKind = TextKind.UNKNOWN
    valid_from: str | None = None
    valid_to: str | None = None
    comment_from: str | None = None
    comment_to: str | None = None
    source: str | None = None
    editions: tuple[Edition, ...] = ()
    inferred: tuple[tuple[str, str], ...] = ()  # (field, why we think so)
    notes: tuple[str, ...] = ()
    own: bool = False  # a user's file, kept for one session and no part of the corpus

    @property
    def issued_year(self) -> int | None:
        """Year of issue, if known."""
        return int(self.issued[:4]) if self.issued else None

    @property
    def counted_year(self) -> int | None:
        """The year that names the text and that baselines count from.

        The year of issue; failing that the year in the slug (``sichuan-2018``) where ``inferred`` explains it.
        """
        if self.issued_year is not None:
            return self.issued_year
        found = re.search(r"-((?:19|20)\d\d)(?:-|$)", self.slug)
        return int(found[1]) if found and "slug" in dict(self.inferred) else None


@dataclass(frozen=True, slots=True)
class Removal:
    """Something cleaning took out: what kind, the raw span and the words."""

    reason: str
    start: int
    end: int
    words: str


@dataclass(frozen=True, slots=True)
class Citation:
    """Words of a file, so that they are found again; made and followed by :mod:`analysis.citation`.

    ``start``/``end`` are offsets into the file as received, ``digest`` is the SHA-256 of its bytes or the head of it,
    ``exact`` the words (long ones with an ellipsis for the middle), ``prefix`` and ``suffix`` what stands beside them.
    """

    document: str
    digest: str
    start: int
    end: int
    exact: str
    prefix: str = ""
    suffix: str = ""
    clause: str = ""  # path of the clause, for people; nothing is found by it


@dataclass(frozen=True, slots=True)
class Document:
    """One edition, cleaned. ``offsets[i]`` is where clean character ``i`` stands in the raw text."""

    card: Card
    edition: Edition
    text: str
    offsets: Sequence[int]
    raw: str
    removed: tuple[Removal, ...] = ()

    @property
    def id(self) -> str:
        """Slug of the card: the name of the document in every table."""
        return self.card.slug

    def raw_span(self, start: int, end: int) -> tuple[int, int]:
        """Clean span -> span in the raw text (empty spans are not allowed)."""
        return self.offsets[start], self.offsets[end - 1] + 1

    def clean_span(self, start: int, end: int) -> tuple[int, int] | None:
        """Raw span -> span in the cleaned text; None where nothing of it is left there."""
        first, last = bisect_left(self.offsets, start), bisect_left(self.offsets, end)
        return (first, last) if first < last else None


@dataclass(frozen=True, slots=True)
class Clause:
    """A stretch of text under one heading. The clauses of a document tile its text."""

    document: str
    index: int  # running number in the document; the key that links use
    path: str  # numbered headings from the top, as cited: 二/（四）; "" before the first heading
    level: int  # 0 before the first heading, 1 for 一、, 2 for （一）, 3 for 1., 4 run-in heading
    number: str | None  # as written: 一, （四）, 1; None for an unnumbered run-in heading
    heading: str
    text: str
    start: int
    end: int
    bodies: tuple[str, ...] = ()  # 责任单位, from closing brackets


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with what it counts and how it binds. ``value`` is in the text's own unit."""

    value: Decimal
    unit: str  # as written before normalising: 亿元, 万家, %, 年
    dimension: str  # money count percent ratio multiple year date period duration level
    start: int
    end: int
    quote: str
    value_high: Decimal | None = None
    comparator: Comparator = Comparator.EQ
    steps: tuple[str, ...] = ()  # how the number was made: 三成 -> 3 × 10 %


@dataclass(frozen=True, slots=True)
class Sign:
    """One sign for a decision (weight above 0) or against it; the span is where it stands.

    ``name`` is that of ``grammar/signs.toml``, which gives its title in Chinese. A sign with no place of its own
    (the kind of text) has the span of the number it was weighed for. Weights are logits: they add up.
    """

    name: str
    weight: float
    start: int
    end: int


class CheckVerdict(StrEnum):
    """What a person decided about a row, in 核对."""

    CONFIRMED = "confirmed"
    CHANGED = "changed"
    REMOVED = "removed"
    ADDED = "added"
    WITHDRAWN = "withdrawn"  # takes back the last decision about the row


@dataclass(frozen=True, slots=True)
class Checked:
    """That a person stands for a row: the decision, by whom, and when (ISO 8601, UTC).

    ``machine``: the row as it was read, which stays visible; None where it was not read.
    """

    verdict: CheckVerdict
    who: str
    when: str
    machine: Target | Incentive | None = None


@dataclass(frozen=True, slots=True)
class Target:
    """One aim with a number. ``start``/``end`` bound the sentence part, ``value_start``/``value_end`` the number."""

    document: str
    clause_index: int
    clause: str
    indicator: str  # as written
    indicator_id: str | None  # canonical name, see grammar/indicators.toml
    kind: TargetKind
    comparator: Comparator
    value: Decimal
    value_high: Decimal | None
    unit: str
    target_year: int | None
    baseline_year: int | None
    recurring: str | None  # "yearly" or None
    start: int
    end: int
    value_start: int
    value_end: int
    quote: str
    scope: str | None = None  # 全省, 全市
    steps: tuple[str, ...] = ()
    rule: str = ""  # id of the decision, see docs/rules-of-reading.md
    probability: float | None = None  # calibrated; None where hard grammar decided
    evidence: tuple[Sign, ...] = ()
    checked: Checked | None = None  # a person's decision; the rest is the machine's
    citation: Citation | None = field(default=None, compare=False, repr=False)  # of ``start``–``end``


@dataclass(frozen=True, slots=True)
class Incentive:
    """One thing given to somebody. Money in 万元, rates in percent; a qualitative one has no numbers."""

    document: str
    clause_index: int
    clause: str
    beneficiary: str  # as written
    receiver: Receiver
    instrument: Instrument
    trigger: str
    start: int
    end: int
    quote: str
    threshold_wan: Decimal | None = None
    rate_comparator: Comparator | None = None
    rate_percent: Decimal | None = None
    rate_percent_high: Decimal | None = None  # the upper end of a range (1%—3%); None for a single rate
    rate_base: str | None = None
    rate_open: bool = False  # the text says 一定比例 and no number
    amount_low_wan: Decimal | None = None
    amount_high_wan: Decimal | None = None
    cap_item_wan: Decimal | None = None
    cap_year_wan: Decimal | None = None
    one_off: bool = False
    funder: str | None = None
    notes: tuple[str, ...] = ()
    rule: str = ""  # id of the decision, see docs/rules-of-reading.md
    probability: float | None = None  # calibrated; None where hard grammar decided
    evidence: tuple[Sign, ...] = ()
    checked: Checked | None = None  # a person's decision; the rest is the machine's
    citation: Citation | None = field(default=None, compare=False, repr=False)  # of ``start``–``end``

    @property
    def quantified(self) -> bool:
        """Whether the text gives any number for it."""
        money = (self.threshold_wan, self.amount_low_wan, self.amount_high_wan, self.cap_item_wan, self.cap_year_wan)
        return any(number is not None for number in (self.rate_percent, *money))


@dataclass(frozen=True, slots=True)
class Unparsed:
    """A number that was seen and not made into a target or an incentive, with the reason."""

    document: str
    clause_index: int
    start: int
    end: int
    quote: str
    reason: str  # the title of the rule
    rule: str = ""  # id of the decision, see docs/rules-of-reading.md
    probability: float | None = None  # calibrated; None where hard grammar decided
    evidence: tuple[Sign, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """Everything read from one edition of one document."""

    document: Document
    clauses: tuple[Clause, ...]
    quantities: tuple[Quantity, ...]
    targets: tuple[Target, ...]
    incentives: tuple[Incentive, ...]
    unparsed: tuple[Unparsed, ...] = ()

    def clause_at(self, offset: int) -> Clause:
        """The clause that holds clean offset ``offset``."""
        return self.clauses[bisect_right(self.clauses, offset, key=lambda clause: clause.start) - 1]


@dataclass(frozen=True, slots=True)
class Point:
    """One year of one series of one region. ``value_yi`` in 亿元 (current prices), ``contracts`` in 项."""

    region_code: str
    region: str
    year: int
    series: SeriesName
    value_yi: Decimal
    contracts: int | None
    source: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class SeriesCard:
    """Definitions and sources of a data set."""

    slug: str
    title: str
    unit: str
    definitions: tuple[tuple[SeriesName, str, str], ...]  # series, Chinese name, definition
    sources: tuple[tuple[str, str, str], ...]  # source id, name in Chinese (else as received), reference as received
    gaps: tuple[str, ...] = ()
    sha256: tuple[tuple[str, str], ...] = ()  # file, digest
    remarks: tuple[tuple[str, str], ...] = ()  # source id, what the reference says, in Chinese


@dataclass(frozen=True, slots=True)
class Fault:
    """A part of the corpus that could not be used, as an ``InputError`` describes it; shown on 语料与来源."""

    file: str
    place: str
    problem: str
    remedy: str

    @property
    def message(self) -> str:
        """One Chinese sentence: which file, where, what to do."""
        return str(InputError(self.file, self.place, self.problem, self.remedy))


def fault_of(raised: InputError) -> Fault:
    """What was raised, as a value to keep."""
    return Fault(raised.file, raised.place, raised.problem, raised.remedy)


@dataclass(frozen=True, slots=True)
class Corpus:
    """All readings (first edition of each document), the further editions, the series, and what was unusable."""

    readings: tuple[Reading, ...]
    editions: tuple[Reading, ...] = ()  # second and further editions
    series: SeriesCard | None = None
    points: tuple[Point, ...] = ()
    faults: tuple[Fault, ...] = ()

    def reading(self, slug: str) -> Reading | None:
        """The reading of document ``slug``, or None."""
        return next((reading for reading in self.readings if reading.document.id == slug), None)
