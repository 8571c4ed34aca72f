"""What is given to whom: subsidies, rewards, shares, titles — with numbers or without.

A statement is the stretch that says one gift: from 对… (or the head of the sentence) to the next 对… or ；. Inside it
every number gets one role — threshold, rate, sum, cap for one item, cap for one year — by where it stands and how it
binds. Several gifts in one statement (分别给予50万元、20万元; 超过部分按0.6‰) become rows of their own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from analysis import grammar
from analysis.extract.beneficiary import NUMBERING, Beneficiary, beneficiary
from analysis.extract.quantities import in_wan
from analysis.extract.sentences import Part, Sentence
from analysis.model import Comparator, Incentive, Instrument, Quantity

OPENING = re.compile(rf"^{NUMBERING}(?:对于?|對|凡)(?!接|口|标|外|照)")
YEAR_CAP = re.compile("每年|每个?年度|单一年度|单个年度|年度(?!技术)|每家每年|当年|每人每年|每年度")
OPEN_RATE = re.compile("一定比例|适当比例|一定的比例")
ONE_OFF = re.compile("一次性|一次 ?性")
LE_BEFORE = re.compile(
    r"(?:不高于|不高於|不超过|不超過|最高(?:可)?(?:以)?(?:按照?|以|享有)?|不得超过)[^，；\d]{1,20}$|可以?达到?$"
)
GE_BEFORE = re.compile(r"(?:不低于|不少于|不得低于)[^，；\d]{1,24}$")
SHARE_WORDS = re.compile("股权|股份|份额|净收入|营业利润|收益|所有权|税|征收|扣除|抵扣")
FUNDER = re.compile(r"(省级财政|市级财政|省财政|市财政|区财政|县级财政|财政)(?=[^，；。]{0,12}(?:给予|按|安排|予以))")
STATED = re.compile("给予|予以|奖励|奖|补助|资助|补贴|补偿|支持|提取|享有|享受|獎|補|資助|給予")


@dataclass(frozen=True, slots=True)
class Statement:
    """Parts that say one gift, with the parts before them in the sentence for who and why."""

    sentence: Sentence
    parts: tuple[Part, ...]
    before: tuple[Part, ...]
    previous: tuple[Part, ...]  # the sentence before, in the same clause

    @property
    def text(self) -> str:
        """The words of the statement."""
        return "".join(part.text for part in self.parts)


@dataclass(frozen=True, slots=True)
class Roles:
    """The numbers of one gift while its statement is read."""

    threshold: Decimal | None = None
    rate: Decimal | None = None
    rate_comparator: Comparator | None = None
    base: str | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    cap_item: Decimal | None = None
    cap_year: Decimal | None = None
    first: Quantity | None = None  # the first number that is given, not required
    used: tuple[Quantity, ...] = ()
    notes: tuple[str, ...] = field(default=())

    @property
    def gives(self) -> bool:
        """Whether something is given yet."""
        return any(number is not None for number in (self.rate, self.low, self.cap_item, self.cap_year))


def incentives(found: Sequence[Sentence]) -> tuple[tuple[Incentive, ...], frozenset[int]]:
    """Incentives in the order of the text, and the starts of the numbers they have used."""
    rows: list[Incentive] = []
    used: set[int] = set()
    lead: Sentence | None = None
    for before, sentence in zip((None, *found), found, strict=False):
        previous = before.parts if before and before.clause is sentence.clause else ()
        if lead and lead is not sentence and _heads(lead, sentence):
            previous = lead.parts
        if sentence.text.rstrip().endswith(("：", ":")):
            lead = sentence
        if any(token.tag == "penalty" for part in sentence.parts for token in part.tokens):
            continue
        for statement in _statements(sentence, previous):
            gifts = _gifts(statement)
            for roles in gifts:
                rows.append(_incentive(statement, roles))
                used.update(quantity.start for quantity in roles.used)
            if not gifts:
                rows.extend(_qualitative(statement))
        rows = _with_later_cap(rows, sentence)
    return tuple(_tidy(rows)), frozenset(used)


def _heads(lead: Sentence, sentence: Sentence) -> bool:
    """Whether ``sentence`` is an item of the list that ``lead`` (…按照下列规定给予奖励：) announces."""
    return re.match(NUMBERING + "(?<=.)", sentence.text) is not None and 0 < sentence.start - lead.end < 1500


# --- statements ---------------------------------------------------------------------------------------------------


def _statements(sentence: Sentence, previous: tuple[Part, ...]) -> Iterator[Statement]:
    """Divide a sentence where a new 对… follows something given, and behind ；."""
    current: list[Part] = []
    done: list[Part] = []
    for part in sentence.parts:
        opening = OPENING.match(part.text) is not None
        finished = any(_gives(piece) for piece in current)
        if current and (opening or part.opens):
            if finished:
                yield Statement(sentence, tuple(current), tuple(done), previous)
            done += current  # what stood before is context, not part of the gift
            current = []
        current.append(part)
    if current:
        yield Statement(sentence, tuple(current), tuple(done), previous)


def _gives(part: Part) -> bool:
    return bool(part.tagged("give", "grant")) or STATED.search(part.text) is not None


# --- roles --------------------------------------------------------------------------------------------------------


def _gifts(statement: Statement) -> list[Roles]:
    """The numbers of the statement as one or several gifts; empty where nothing with a number is given."""
    if not any(part.tagged("give", "grant") for part in statement.parts):
        return []
    if any(part.tagged("forecast") for part in statement.parts) or _is_report(statement):
        return []
    gifts: list[Roles] = []
    roles = Roles()
    for part in statement.parts:
        numbers = [number for number in part.quantities if number.dimension in ("money", "percent")]
        numbers = [number for number in numbers if not _bracketed(number, statement.sentence)]
        several = _listed(part, numbers)
        if several:
            shared = roles
            first = _with(shared, several[0], part, statement)
            steps = _steps(statement, part, len(several))
            for number, step in zip(several, steps, strict=True):
                gift = _with(shared, number, part, statement)
                gift = replace(gift, rate_comparator=first.rate_comparator, base=first.base)
                gifts.append(replace(gift, threshold=step) if step is not None else gift)
            rest = [number for number in numbers if number not in several]
            roles = Roles()
            for number in rest:
                gifts = [_with(gift, number, part, statement) for gift in gifts]
            continue
        for number in numbers:
            if gifts and not roles.gives and number.comparator is Comparator.LE and number.dimension == "money":
                gifts = [_with(gift, number, part, statement) for gift in gifts]
                continue
            starts_anew = roles.gives and _is_new_gift(roles, number, part)
            if starts_anew:
                gifts.append(roles)
                roles = Roles(threshold=roles.threshold)
            roles = _with(roles, number, part, statement)
    if waived := _WAIVED.search(statement.text):
        roles = replace(roles, rate=Decimal(100 if waived.group().startswith("免") else 50), base=_taxed(statement))
        if not roles.used:
            return []
    if roles.gives or (roles.threshold is not None and any(part.tagged("grant") for part in statement.parts)):
        gifts.append(roles)
    return _share_caps([gift for gift in gifts if gift.gives or gift.threshold is not None])


_WAIVED = re.compile("免征|减半征收")  # the share of the tax that is not levied


def _taxed(statement: Statement) -> str | None:
    found = re.search(r"([^，；。]{2,30}部分)", statement.text)
    return found[1] if found else None


def _is_report(statement: Statement) -> bool:
    """Money that has been paid: 累计发放…3748万元, 已支持…, 去年奖励…."""
    words = [token.word for part in statement.parts for token in part.tagged("past")]
    return any(word not in ("从", "已") for word in words) and not any(
        re.search("最高|不超过|给予", part.text) for part in statement.parts
    )


def _bracketed(number: Quantity, sentence: Sentence) -> bool:
    before = sentence.text[: number.start - sentence.start]
    return any(before.count(opening) > before.count(closing) for opening, closing in ("（）", "《》", "()"))


def _listed(part: Part, numbers: Sequence[Quantity]) -> list[Quantity]:
    """分别…A、B、C: the numbers that belong to one each of the receivers or grades named before."""
    if "分别" not in part.text and "分別" not in part.text:
        return []
    mark = part.start + max(part.text.find("分别"), part.text.find("分別"))
    following = [number for number in numbers if number.start > mark]
    if not following:
        return []
    kind = following[0].dimension
    return [number for number in following if number.dimension == kind and number.comparator in _PLAIN]


def _steps(statement: Statement, part: Part, count: int) -> list[Decimal | None]:
    """10亿元、50亿元、100亿元的，分别给予…: the thresholds that the sums answer one to one, else none."""
    for before in statement.parts:
        money = [number for number in before.quantities if number.dimension == "money"]
        if before.end <= part.start and len(money) == count > 1:
            return [in_wan(number) for number in money]
    return [None] * count


_PLAIN = (Comparator.EQ, Comparator.GE)


def _is_new_gift(roles: Roles, number: Quantity, part: Part) -> bool:
    """A second rate or sum, given by its own words in a later part, is a gift of its own."""
    if roles.first is not None and part.start <= roles.first.start < part.end:
        return False
    own = STATED.search(part.text) is not None
    if number.dimension == "percent":
        ceiling = _rate_comparator(number, part.text[: number.start - part.start]) is Comparator.LE
        return own and (roles.rate is not None or roles.low is not None) and not ceiling
    return own and number.comparator is Comparator.EQ and (roles.low is not None or roles.rate is not None)


def _with(roles: Roles, number: Quantity, part: Part, statement: Statement) -> Roles:
    """``roles`` after this number has found its place."""
    used = (*roles.used, number)
    head = part.text[: number.start - part.start]
    rest = part.text[number.end - part.start :]
    if number.dimension == "percent":
        if roles.rate is not None or _is_requirement(part, rest):
            return roles
        comparator = _rate_comparator(number, head)
        if roles.low is not None and comparator is Comparator.LE:  # 每人500元，不超过开支的50%
            return replace(roles, used=used)
        rate = number.value if number.unit != "万分之" else number.value / 100
        base = _base(number, head, rest)
        return replace(
            roles, rate=rate, rate_comparator=comparator, base=base, first=roles.first or number, used=used
        )
    amount = in_wan(number)
    if _is_threshold(number, head, rest, statement, given_before=_given_before(number, statement)):
        if number.comparator in (Comparator.LE, Comparator.LT):
            return replace(roles, used=used)
        return replace(roles, threshold=amount if roles.threshold is None else roles.threshold, used=used)
    first = roles.first or number
    if number.comparator in (Comparator.LE, Comparator.LT):
        if YEAR_CAP.search(head):
            return replace(roles, cap_year=amount if roles.cap_year is None else roles.cap_year, first=first, used=used)
        return replace(roles, cap_item=amount if roles.cap_item is None else roles.cap_item, first=first, used=used)
    if roles.low is not None:
        return roles
    high = in_wan(number, number.value_high) if number.value_high is not None else amount
    return replace(roles, low=amount, high=high, first=first, used=used)


def _given_before(number: Quantity, statement: Statement) -> bool:
    """Whether a word of giving stands before the number (or inside it: 最高补助300万元)."""
    return any(
        part.tagged("give", "grant", before=number.start) for part in statement.parts
    ) or STATED.search(number.quote) is not None


def _is_requirement(part: Part, rest: str) -> bool:
    """A share that qualifies: 占比3%以上的部分 · 比例达到百分之一的，可以享受…."""
    if re.match(r"的?(?:以上)?的?部分|的，", rest):
        return True
    return part.text.endswith("的，") and not part.tagged("give", "grant")


def _is_threshold(number: Quantity, head: str, rest: str, statement: Statement, *, given_before: bool) -> bool:
    """Money that qualifies: 大于1000万元（含）且…的 · 达到1亿元的机构 · 超过1亿元部分 · 5000万元以上的."""
    if re.match(r"的?(?:以上|超出|超过)?部分", rest):
        return True
    if rest.endswith("的，") and not STATED.search(head + rest):  # 突破10亿元、50亿元、100亿元的，
        return True
    if number.comparator in (Comparator.GE, Comparator.GT):
        return not re.search("(?:给予|奖励|补助|资助|补贴)[^，]{0,6}$", head) or re.match("的", rest) is not None
    if given_before and not re.match(r"的(?:企业|机构|单位|项目|重大|重点|，)", rest):
        return False
    return re.search("(?:达到|达|满|在|累计|实现)$", head) is not None or re.match(r"的(?:，|企业|机构|单位)", rest) is not None


def _rate_comparator(number: Quantity, head: str) -> Comparator | None:
    """None for a plain rate; 最高X% le, 不低于X% ge — also where the base stands between: 不高于实际交易额的5%."""
    if number.comparator is not Comparator.EQ:
        return {Comparator.GT: Comparator.GE, Comparator.LT: Comparator.LE}.get(number.comparator, number.comparator)
    if LE_BEFORE.search(head):
        return Comparator.LE
    if GE_BEFORE.search(head):
        return Comparator.GE
    return None


_BASES = (
    re.compile(r"从(?P<base>[^，；]{2,40}?)(?:中|中，)(?:可以|可)?(?:提取|划拨|安排)?"),
    re.compile(r"在(?P<base>[^，；]{2,30}?)中"),
    re.compile(r"(?:最高)?(?:按照|按|以|占|给予其|给予|享有|将|可以用|不低于|享有该)(?:不高于|不高於|不超过|不超過|最高|不低于)?(?P<base>[^，；]{2,40}?)的?$"),
)


def _base(number: Quantity, head: str, rest: str) -> str | None:
    """What the rate is taken of."""
    bare = re.sub(r"(?:给予|提取|奖励|补助|的|可|最高|用于|比例|可以|按照|按|给予最高)+$", "", head)
    for pattern in _BASES:
        if found := pattern.search(head) or pattern.search(bare):
            base = re.sub(r"^(?:其|该项?|不高于|不超过|最高|一次性)", "", found["base"])
            base = re.sub(r"[的，]$", "", base)
            if len(base) >= 2:
                return base
    if found := re.match(r"的(?P<base>[^，；。]{0,8}?(?:股权|股份|税率|份额|净收入|收入|收益))", rest):
        return found["base"]
    if len(bare) >= 2 and re.search("额|收入|利润|费用|股权|股份|价|成本|资金|出资", bare):
        return bare.lstrip("，")
    return None


def _share_caps(gifts: list[Roles]) -> list[Roles]:
    """Tiers share the cap that stands behind them."""
    if len(gifts) < 2:
        return gifts
    item = next((gift.cap_item for gift in reversed(gifts) if gift.cap_item is not None), None)
    year = next((gift.cap_year for gift in reversed(gifts) if gift.cap_year is not None), None)
    return [
        replace(
            gift,
            cap_item=item if gift.cap_item is None else gift.cap_item,
            cap_year=year if gift.cap_year is None else gift.cap_year,
        )
        for gift in gifts
        if gift.rate is not None or gift.low is not None or len(gifts) == 1
    ] or gifts


# --- rows ---------------------------------------------------------------------------------------------------------


def _incentive(statement: Statement, roles: Roles) -> Incentive:
    who = beneficiary(statement.parts, statement.before, statement.previous)
    first = roles.first or roles.used[0]
    start, end = _span(statement)
    clause = statement.sentence.clause
    instrument = _instrument(statement, first)
    text = statement.text
    return Incentive(
        document=clause.document,
        clause_index=clause.index,
        clause=clause.path,
        beneficiary=who.name,
        receiver=who.receiver,
        instrument=instrument,
        trigger=who.trigger,
        start=start,
        end=end,
        quote=_quote(statement, start, end),
        threshold_wan=roles.threshold,
        rate_comparator=roles.rate_comparator,
        rate_percent=roles.rate,
        rate_base=roles.base or _open_base(text),
        rate_open=roles.rate is None and OPEN_RATE.search(text) is not None,
        amount_low_wan=roles.low,
        amount_high_wan=roles.high,
        cap_item_wan=roles.cap_item,
        cap_year_wan=roles.cap_year,
        one_off=ONE_OFF.search(text) is not None,
        funder=found[1] if (found := FUNDER.search(text)) else None,
        notes=_notes(statement),
        why=f"{instrument.value}: {first.quote}",
    )


def _open_base(text: str) -> str | None:
    found = re.search(r"按照?([^，；]{2,20}?)的?一定比例", text)
    return found[1] if found else None


def _span(statement: Statement) -> tuple[int, int]:
    start = statement.parts[0].start
    text = statement.text
    return start + len(text) - len(text.lstrip("，；：、 ")), statement.parts[-1].start + len(
        statement.parts[-1].text.rstrip("，；。、\n ")
    )


def _quote(statement: Statement, start: int, end: int) -> str:
    return statement.sentence.text[start - statement.sentence.start : end - statement.sentence.start]


_NOTES = (
    ("超过部分", re.compile("超过.{1,12}部分|超出部分|超过部分")),
    ("非关联交易", re.compile("非关联")),
    ("省内交易", re.compile("在省内进行技术交易")),
)


_ONE_SIDE = re.compile("单方面支持|只支持一方|仅支持一方")


def _notes(statement: Statement) -> tuple[str, ...]:
    """Conditions that change who can stack what, each as the short words that tables show."""
    found = [note for note, pattern in _NOTES if pattern.search(statement.text)]
    if _ONE_SIDE.search(statement.sentence.text):  # said once for both sides, at the end of the sentence
        found.append("买卖双方只支持一方")
    return tuple(found)


def _instrument(statement: Statement, first: Quantity) -> Instrument:
    """By the words of giving: special instruments anywhere behind the condition, else what stands next to the sum."""
    text = statement.text
    special = ("insurance_compensation", "tax", "title", "equity_share", "income_share", "loan", "voucher")
    given = "".join(
        part.text
        for part in statement.parts
        if _gives(part) or part.start <= first.start < part.end or re.search("从[^，]+中，$", part.text)
    )
    cues = {cue.id: cue for cue in grammar.instruments()}
    for name in special:
        if _hit(cues[name], given):
            return Instrument(name)
    offset = max(0, first.end - statement.parts[0].start)
    for region in (text[offset : offset + 16], text[offset:], text[:offset]):
        hits = [
            (region.find(word), name)
            for name in ("reward", "subsidy")
            for word in cues[name].cues
            if word in region and word not in ("给予", "給予", "经费", "支持", "扶持")
        ]
        if hits:
            return Instrument(min(hits)[1])
    if any(part.tagged("grant") for part in statement.parts):
        return Instrument.TITLE
    return Instrument.SUBSIDY


def _hit(cue: grammar.Cue, text: str) -> bool:
    for exception in cue.exceptions:
        text = text.replace(exception, "")
    return any(word in text for word in cue.cues)


# --- without numbers ----------------------------------------------------------------------------------------------


def _qualitative(statement: Statement) -> Iterator[Incentive]:
    """Incentives without a number: one for each frame that matches a part of the statement."""
    seen: set[str] = set()
    for frame, pattern in _frame_patterns():
        if frame.id in seen:
            continue
        found = pattern.search(statement.text)
        if not found or any(part.tagged("past") and "同比" in part.text for part in statement.parts):
            continue
        seen.add(frame.id)
        clause = statement.sentence.clause
        start, end = _frame_span(statement, found.start(), found.end())
        who: Beneficiary = beneficiary(statement.parts, statement.before, statement.previous)
        yield Incentive(
            document=clause.document,
            clause_index=clause.index,
            clause=clause.path,
            beneficiary=who.name,
            receiver=who.receiver,
            instrument=Instrument(frame.instrument),
            trigger=who.trigger,
            start=start,
            end=end,
            quote=_quote(statement, start, end),
            rate_open=OPEN_RATE.search(statement.text) is not None,
            rate_base=_open_base(statement.text),
            why=f"{frame.id}: {found.group()}",
        )


def _frame_patterns() -> Iterator[tuple[grammar.Frame, re.Pattern[str]]]:
    for frame in grammar.frames():
        alternatives = (re.escape(pattern).replace(r"\*", r"[^。；]{0,40}?") for pattern in frame.patterns)
        yield frame, re.compile("|".join(alternatives))


def _frame_span(statement: Statement, low: int, high: int) -> tuple[int, int]:
    """From the head of the part where the frame begins to the end of the part where it ends."""
    base = statement.parts[0].start
    first = max(part.start for part in statement.parts if part.start <= base + low)
    last = min(part for part in (piece.end for piece in statement.parts) if part >= base + high)
    words = statement.sentence.text[first - statement.sentence.start : last - statement.sentence.start]
    return first, first + len(words.rstrip("，；。、\n "))


# --- across sentences ---------------------------------------------------------------------------------------------


def _with_later_cap(rows: list[Incentive], sentence: Sentence) -> list[Incentive]:
    """同一企业每年度补助不超过500万元。 behind a gift is its cap and no gift of its own."""
    if len(rows) < 2:
        return rows
    last = rows[-1]
    alone = last.rate_percent is None and last.amount_low_wan is None and last.threshold_wan is None
    if not (alone and last.start >= sentence.start and re.match("(?:同一|单个|每家|每个|每人|累计)", last.quote)):
        return rows
    if not (last.cap_year_wan or last.cap_item_wan):
        return rows
    capped = list(rows[:-1])
    for index in range(len(capped) - 1, -1, -1):  # back over the gifts that have no cap of their own
        row = capped[index]
        bare = row.cap_item_wan is None and row.cap_year_wan is None
        if row.clause_index != last.clause_index or not row.quantified or not bare:
            break
        capped[index] = replace(row, cap_item_wan=last.cap_item_wan, cap_year_wan=last.cap_year_wan)
    return capped


def _tidy(rows: Sequence[Incentive]) -> Iterator[Incentive]:
    """Each gift once."""
    seen: set[tuple[object, ...]] = set()
    for row in rows:
        key = (row.start, row.end, row.instrument, row.rate_percent, row.amount_low_wan, row.cap_item_wan)
        if key not in seen:
            seen.add(key)
            yield row
