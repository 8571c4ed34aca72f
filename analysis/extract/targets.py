"""Numbers that say what is to be reached.

A number is a target when something in its sentence part brings it about (建设, 达到, 突破, 不低于 …) and something in
scope says that it is wanted and not found: a deadline (到2027年), a word of will (力争), a heading (工作目标), a duty
(应当) or a plain imperative. Everything that looks alike is named in :func:`_objection`, with its reason.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from analysis import grammar
from analysis.extract.sentences import COUNTED, Part, Sentence
from analysis.model import Comparator, Quantity, Target, TargetKind, Unparsed
from analysis.tokenise import Token

# 到2025年底，… · 2025年底前 · “十四五”末: a date by which something is to be there.
DEADLINE = re.compile(
    r"(?:(?:到|至|力争|争取|截至到)(?:了)?(?P<a>(?:19|20)\d\d)年(?:底|末)?)|(?:(?P<b>(?:19|20)\d\d)年(?:底|末)?(?:之?前|以前))"
    r"|(?:(?P<c>(?:19|20)\d\d)年(?:底|末))"
)
PLAN = re.compile(r"[“\"]?十(?P<plan>[二三四五六])五[”\"]?(?:规划)?(?P<when>末|期末|期间|时期)")
BARE_YEAR = re.compile(r"^(?:“)?(?P<year>(?:19|20)\d\d)年(?=，|,|[^\d月])")
YEARS = re.compile(r"(?:19|20)\d\d年?[-—–~～至到]+(?P<year>(?:19|20)\d\d)年")
PLAN_YEAR = re.compile(
    r"(?P<year>20\d\d)年(?![-—–~～至到])[^，。；\n]{0,24}?(?:行动方案|工作方案|实施方案|行动计划|工作计划|工作要点|重点任务)"
)
BASELINE = re.compile(r"(?:较|比|相比|在|与)(?P<year>(?:19|20)\d\d)年(?:底|末)?")
FIVE_YEAR_PLAN_END = {"二": 2015, "三": 2020, "四": 2025, "五": 2030, "六": 2035}

GOAL_HEADING = re.compile("目标|主要指标|预期指标")
ELIGIBILITY_HEADING = re.compile("条件|申报|资格|认定标准|罚|法律责任")
YEARLY = re.compile("每年|年均|每個?年度|逐年")
GROWTH = re.compile("增长|增速|增幅|速度|递增|增長")
INCREMENT = re.compile("新增|新建|新培育|新育|新引进|新认定|新設|(?:增加|提高|提升|高于)[^到至]{0,2}$")
TOTAL = re.compile("(?:总数|总量|总额|总规模|规模|数量|累计|总计|合计|總數)$")
SHARE_SUBJECT = re.compile("比例|比重|占|强度|覆盖率|率$|经费|投入|资金")
COMMON_TAIL = re.compile(r"(?:分别|均|各|逐步|累计|总量|总计|共计|不断|力争|争取|要|将|平均|每年|以|按|可|也|总数(?=.$))+$")
LEADING = ("goal", "mood", "oblige", "past", "give", "per", "reach")
CONNECTORS = frozenset("和与及、并或，；：。的了要再将把共其中等（ 新以在各对内前")
SKIPPED = frozenset(
    "力争 其中 并 以及 同时 累计 支持 鼓励 加快 大力 积极 推进 新 重点 再 共 各类 面向 围绕 努力 到 年底 年末 底 末 前 每 年 全面 "
    "全力 进一步 择优 分别 依托 促进 引导 加大 力度 届时 不断 至少 至 约 近 为 由 要".split()
)
# 21个市（州） counts what exists; 10个省级示范区 and 100家市场化机构 do not begin with a unit of government.
ADMINISTRATIVE = re.compile(r"^(?:市|州|县|区|镇|乡|街道|部门|省|自治州|地市)(?![级场域内外属化重])")


@dataclass(frozen=True, slots=True)
class Scope:
    """What the words so far in the paragraph have settled for the numbers that follow."""

    year: int | None = None
    firm: bool = False  # the year was written as a deadline
    indicator: str | None = None
    governed: bool = False  # the last number in this sentence was a target: the next list item inherits
    place: str | None = None


def targets(
    found: Sequence[Sentence], used: frozenset[int], plan_year: int | None = None
) -> tuple[tuple[Target, ...], tuple[Unparsed, ...]]:
    """Targets of all sentences, and the numbers left over with the reason.

    ``used``: starts of the numbers that incentives hold. ``plan_year``: the year that the title plans for; 全年 means it.
    """
    taken: list[Target] = []
    left: list[Unparsed] = []
    scope = Scope()
    paragraph, colon = -1, False
    for sentence in found:
        if sentence.paragraph != paragraph:
            keep = colon or _is_item(sentence)
            scope = replace(scope, indicator=None, governed=False) if keep else Scope()
            paragraph = sentence.paragraph
        scope = replace(scope, governed=False)
        for part in sentence.parts:
            scope = _with_period(part, scope, plan_year)
            for quantity in part.quantities:
                if quantity.dimension not in COUNTED or quantity.start in used:
                    continue
                reason = _objection(quantity, part, sentence) or _unsupported(quantity, part, sentence, scope)
                if reason:
                    left.append(_unparsed(quantity, sentence, reason))
                    continue
                for target in _targets(_bound_by_list(quantity, part), part, sentence, scope):
                    taken.append(target)
                    scope = replace(scope, indicator=target.indicator, governed=True, place=target.scope)
        colon = sentence.text.rstrip().endswith(("：", ":"))
    return _without_derived(taken), tuple(left)


def _is_item(sentence: Sentence) -> bool:
    """Whether the paragraph is an item of a list (——…, ①…, “六个倍增”——…), to which a year carries over."""
    return re.match(r"(?:——|[①-⑳]|“[^”]{1,12}”——)", sentence.text) is not None


def plan_year(title: str, text: str) -> int | None:
    """The one year that a plan is for, from its title or its first lines: 科技赋能行动2025年实施方案."""
    found = PLAN_YEAR.search(title) or PLAN_YEAR.search(text[:600])
    return int(found["year"]) if found else None


def _with_period(part: Part, scope: Scope, plan_year: int | None) -> Scope:
    """The scope after the year that this part names, if it names one."""
    if scope.year is None and plan_year and re.match("全年|当年|年内|今年", part.text):
        return replace(scope, year=plan_year, firm=True)
    if deadline := DEADLINE.search(part.text):
        return replace(scope, year=int(deadline["a"] or deadline["b"] or deadline["c"]), firm=True)
    if plan := PLAN.search(part.text):
        return replace(scope, year=FIVE_YEAR_PLAN_END[plan["plan"]], firm=True)
    if years := YEARS.search(part.text):
        return replace(scope, year=int(years["year"]), firm=True)
    if (bare := BARE_YEAR.search(part.text)) and not BASELINE.search(part.text):
        return replace(scope, year=int(bare["year"]), firm=False)
    if inside := re.search(r"(?<!\d)((?:19|20)\d\d)年(?!\d|以来|度)", part.text):
        if not BASELINE.search(part.text):
            return replace(scope, year=int(inside[1]), firm=False)
    return scope


def _objection(quantity: Quantity, part: Part, sentence: Sentence) -> str | None:
    """Why a number that could look like a target is none, or None. The order is that of how sure the sign is."""
    rest = part.text[quantity.end - part.start :]
    if _inside_brackets(quantity, sentence):
        return "括号、引号或书名号之内"
    if any(token.tag == "penalty" for piece in sentence.parts for token in piece.tokens):
        return "罚则"
    if part.tagged("forecast"):
        return "预测"
    if _is_condition(quantity, part, sentence):
        return "条件"
    if re.match("[一二三四五六七八九十]", quantity.quote) and quantity.dimension == "count" and _enumerated(quantity, part):
        return "前面已逐一列名"
    if ADMINISTRATIVE.match(rest):
        return "行政区划或部门的个数"
    if any(token.word in ("予以", "给予", "给予") for token in part.tagged("give")):
        return "给予的内容"
    if quantity.comparator in (Comparator.LE, Comparator.LT) and quantity.dimension in ("money", "count"):
        return "上限"
    if quantity.dimension in ("count", "money") and re.match("的(?!速度)", rest) and not part.tagged(
        "goal", "reach", before=quantity.start
    ):
        return "修饰成分"
    return None


def _is_condition(quantity: Quantity, part: Part, sentence: Sentence) -> bool:
    """…300万元以上的， · 对…达到1亿元的机构 · 超过部分 · a number in a list of requirements."""
    rest = part.text[quantity.end - part.start :]
    closed = re.search(r"的[，；。;）]?$", part.text) is not None and "目的" not in rest
    head = re.match(r"(?:对于?|凡|符合|满足|具备|具有|若|如)", part.text)
    if closed and not part.text.startswith("——"):
        return True
    if re.match(r"的?(?:部分|以上部分|以上的)", rest):
        return True
    if head and head.group() not in ("具有", "具备") and not part.tagged("goal", before=quantity.start):
        return True
    return any(ELIGIBILITY_HEADING.search(heading) for heading in sentence.headings[1:] or sentence.headings)


def _enumerated(quantity: Quantity, part: Part) -> bool:
    """甲、乙、丙三个中心: a count of what the words before it name."""
    before = part.text[: quantity.start - part.start]
    return "、" in before and not re.search(r"[\d）)]$", before) and not part.tagged("bound", before=quantity.start)


def _inside_brackets(quantity: Quantity, sentence: Sentence) -> bool:
    before = sentence.text[: quantity.start - sentence.start]
    return any(before.count(opening) > before.count(closing) for opening, closing in ("（）", "《》", "“”", "()"))


def _unsupported(quantity: Quantity, part: Part, sentence: Sentence, scope: Scope) -> str | None:
    """Which of the two things a target needs is missing: the verb, or the will."""
    governs = part.tagged("goal", "reach", before=quantity.start)
    reaches = quantity.comparator in (Comparator.GE, Comparator.GT, Comparator.APPROX)
    following = part.tagged("goal", "reach", after=quantity.end)
    if quantity.dimension == "multiple" and quantity.unit == "倍" and "番" in quantity.quote:
        governs = governs or part.tagged("reach")
    if not (governs or reaches or scope.governed or re.match("成为", _rest(part, quantity))):
        if not (following and re.search("支持|扶持", part.text[: quantity.start - part.start])) and not (
            _in_goal_section(sentence)
        ):
            return "没有目标动词"
    past = _past(sentence)
    if scope.year and scope.firm:
        return None if not past or "同比" not in sentence.text else "已发生的事实"
    if past:
        return "已发生的事实"
    if any(piece.tagged("mood") for piece in sentence.parts):
        return None
    if _in_goal_section(sentence) or scope.governed:
        return None
    if scope.year:
        return None if not _measured(quantity) else "已发生的事实"
    if part.tagged("oblige") or any(piece.tagged("oblige") for piece in sentence.parts):
        if quantity.dimension in ("percent", "points") and SHARE_SUBJECT.search(sentence.text):
            return None
        return "义务而非目标"
    if quantity.dimension in ("percent", "points"):
        subject = SHARE_SUBJECT.search(part.text[: quantity.start - part.start])
        directed = any(piece.tagged("goal", "mood") for piece in sentence.parts) or re.search(
            "资金|经费|投入", part.text
        )
        if YEARLY.search(part.text) and directed and part.tagged("goal"):
            return None
        return None if subject and reaches and directed else "没有说明是要达到的"
    directed = part.tagged("goal", before=quantity.start) or YEARLY.search(part.text)
    return None if directed and quantity.dimension in ("count", "area") and not _measured(quantity) else "没有说明是要达到的"


def _rest(part: Part, quantity: Quantity) -> str:
    return part.text[quantity.end - part.start :]


def _in_goal_section(sentence: Sentence) -> bool:
    return any(GOAL_HEADING.search(heading) for heading in sentence.headings)


def _past(sentence: Sentence) -> bool:
    """Whether the sentence tells of what has happened: 同比, 已建成, 布局建设了5个."""
    if re.search(r"[\u4e00-\u9fff]了(?:\d|[一二三四五六七八九十]+[个家项])", sentence.text):
        return True
    return any(
        token.word != "从" or "到" in part.text for part in sentence.parts for token in part.tagged("past")
    )


def _measured(quantity: Quantity) -> bool:
    """Whether the number looks counted rather than set: aims are round (300, 1500), facts are not (1708, 293.9)."""
    if quantity.dimension in ("percent", "points", "multiple"):
        return False
    digits = str(quantity.value.normalize()).split("E")[0].replace(".", "").strip("0")
    return len(digits) >= 3


def _targets(quantity: Quantity, part: Part, sentence: Sentence, scope: Scope) -> Iterator[Target]:
    """The target of this number; none where nothing says what is counted."""
    place, name = _indicator(quantity, part, sentence, scope)
    if not name:
        return
    baseline = BASELINE.search(part.text)
    kind = _kind(quantity, part, name)
    known = grammar.indicator_of(name)
    yield Target(
        document=sentence.clause.document,
        clause_index=sentence.clause.index,
        clause=sentence.clause.path,
        indicator=name,
        indicator_id=known.id if known else None,
        kind=kind,
        comparator=quantity.comparator,
        value=quantity.value,
        value_high=quantity.value_high,
        unit=quantity.unit,
        target_year=scope.year,
        baseline_year=int(baseline["year"]) if baseline else None,
        recurring="yearly" if YEARLY.search(part.text) else None,
        start=part.start,
        end=_trimmed_end(part, quantity),
        value_start=quantity.start,
        value_end=quantity.end,
        quote=part.text[: _trimmed_end(part, quantity) - part.start],
        scope=place,
        steps=quantity.steps,
        why=_why(quantity, part, sentence, scope),
    )


def _trimmed_end(part: Part, quantity: Quantity) -> int:
    return max(quantity.end, part.start + len(part.text.rstrip("，；。、;,：:\n")))


def _bound_by_list(quantity: Quantity, part: Part) -> Quantity:
    """分别达到8%、4.2%和3.2%以上: the comparator behind the last number binds the whole list."""
    last = part.quantities[-1]
    if "分别" in part.text and quantity.comparator is Comparator.EQ and last.dimension == quantity.dimension:
        return replace(quantity, comparator=last.comparator)
    return quantity


def _kind(quantity: Quantity, part: Part, name: str) -> TargetKind:
    if quantity.dimension == "multiple":
        return TargetKind.MULTIPLE
    before = part.text[: quantity.start - part.start]
    if quantity.dimension == "percent":
        growing = GROWTH.search(part.text) and not re.search("比例|比重|占|强度", name)
        return TargetKind.GROWTH if growing else TargetKind.SHARE
    if quantity.dimension == "points" or INCREMENT.search(before):
        return TargetKind.INCREMENT
    return TargetKind.LEVEL


def _why(quantity: Quantity, part: Part, sentence: Sentence, scope: Scope) -> str:
    verbs = part.tagged("goal", "reach", before=quantity.start)
    verb = verbs[-1].word if verbs else (quantity.quote if quantity.comparator is not Comparator.EQ else "承前")
    will = (
        f"期限{scope.year}年"
        if scope.year
        else next((token.word for piece in sentence.parts for token in piece.tagged("mood", "oblige")), "祈使")
    )
    return f"{verb}＋{will}"


def _indicator(quantity: Quantity, part: Part, sentence: Sentence, scope: Scope) -> tuple[str | None, str]:
    """(全省 or the like, what is counted): the words before the number, else those behind it, else the last ones."""
    place, before = _name_before(quantity, part)
    if scope.indicator and TOTAL.fullmatch(before):  # 新增20家，总数达到80家
        return place or scope.place, scope.indicator
    if scope.indicator and part.text.startswith("占"):  # 成交额达到3000亿元，占地区生产总值比重达到5%
        return place or scope.place, f"{scope.indicator}占{before}"
    if before:
        return place, before
    behind = _name_behind(quantity, part)
    if behind:
        return place, behind
    return place or scope.place, scope.indicator or _object_before(part, sentence)


def _object_before(part: Part, sentence: Sentence) -> str:
    """开展…等交流活动，每年组织10场: what the part before brings about."""
    index = sentence.parts.index(part)
    if index == 0:
        return ""
    before = sentence.parts[index - 1]
    verbs = before.tagged("goal")
    words = before.text[verbs[-1].end - before.start :] if verbs else before.text
    return words.rstrip("，；、 ").split("等")[-1]


def _name_before(quantity: Quantity, part: Part) -> tuple[str | None, str]:
    """Words before the number without the verbs that lead in and the words that lead over to the number."""
    words = [token for token in part.tokens if token.end <= quantity.start]
    stop = next((i for i, token in enumerate(words) if token.tag == "baseline" or _starts_period(words, i)), len(words))
    head = _after_period(words)
    words = words[head:stop]
    place = None
    while words and (
        words[0].tag in LEADING or words[0].word in SKIPPED or words[0].word in CONNECTORS or words[0].tag == "scope"
    ):
        if words[0].tag == "scope" and words[0].word.startswith(("全省", "全市", "全区", "全县", "全自治区", "全国")):
            place = words[0].word
        elif words[0].tag == "scope":
            break
        words = words[1:]
    while words and (words[-1].tag in ("reach", "oblige", "mood", "bound", "per") or _leads_over(words[-1])):
        words = words[:-1]
    name = re.sub(r"^[一二三四五\d]+年(?=累计|内|期)?", "", "".join(token.word for token in words))
    return place, COMMON_TAIL.sub("", name).strip("，、；：的 ")


def _leads_over(token: Token) -> bool:
    return token.word in SKIPPED or token.word in CONNECTORS or token.word in ("逐步", "可", "达", "应", "总体")


def _starts_period(words: Sequence[Token], index: int) -> bool:
    """每年 or a year inside the words: what is counted stands before it."""
    token = words[index]
    return index > 0 and token.tag == "per" and token.word in ("每年", "年均")


def _after_period(words: Sequence[Token]) -> int:
    """Index of the first word behind a leading 到2025年底 / 2020年."""
    head = 0
    for index, token in enumerate(words):
        if re.fullmatch(r"(?:19|20)\d\d", token.word) and index + 1 < len(words) and words[index + 1].word.startswith("年"):
            before = words[index - 1].word if index else ""
            if index == 0 or before in ("到", "至", "，", "力争", "“", "-", "—"):
                head = index + 2
    return head


def _name_behind(quantity: Quantity, part: Part) -> str:
    """建设10个示范区: the words behind the number up to the end of the part; behind 成为 or 的 only the last name."""
    rest = _rest(part, quantity).rstrip("，；。、;,：:\n")
    if "成为" in rest:
        rest = rest.split("成为")[-1].split("的")[-1]
    rest = re.sub(r"^(?:以上|左右|的)+", "", rest)
    return re.split(r"[（(]|，", rest)[0] if len(rest) <= 60 else ""


def _without_derived(taken: Sequence[Target]) -> tuple[Target, ...]:
    """翻一番，达到1600亿元: where the level follows and no base year is named, the doubling only restates it."""
    kept = []
    for index, target in enumerate(taken):
        following = taken[index + 1] if index + 1 < len(taken) else None
        if (
            target.kind is TargetKind.MULTIPLE
            and target.baseline_year is None
            and following is not None
            and following.clause_index == target.clause_index
            and following.indicator == target.indicator
        ):
            continue
        kept.append(target)
    return tuple(kept)


def _unparsed(quantity: Quantity, sentence: Sentence, reason: str) -> Unparsed:
    return Unparsed(
        sentence.clause.document, sentence.clause.index, quantity.start, quantity.end, quantity.quote, reason
    )
