"""What a number counts: the name of the indicator as the text writes it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from analysis.extract import target_patterns as patterns
from analysis.extract.sentences import Mention
from analysis.tokenise import Token

LEADING = ("goal", "bring", "mood", "oblige", "past", "give", "per", "reach", "lead")
CLOSING = ("reach", "oblige", "mood", "bound", "per", "lead", "past")
LONGEST_VERB = 2
LEAST_ATTRIBUTE = 4  # characters: 市、县财政支出的比例 lists places and no attributes
_COUNTS = re.compile("第?[\\d一二三四五六七八九十百]")
_DURATION = re.compile(r"[一二三四五六七八九十两\d]+年")
MARKS = frozenset("，；：。、（ ")
WHOLE = ("全省", "全市", "全区", "全县", "全自治区", "全国")


@dataclass(frozen=True, slots=True)
class Name:
    """What a number counts in the words around it: before it, in the label in front of it, or behind it."""

    place: str | None  # 全省 or the like
    before: str
    label: str
    behind: str

    @property
    def own(self) -> str:
        """The name without any taken over from a number before; "" where there is none."""
        return self.before or self.label or self.behind


def own_name(number: Mention) -> Name:
    """The words before the number, else its label, else those behind it (建设10个示范区)."""
    place, before = _before(number)
    if number.quantity.dimension == "percent":  # 技术合同成交额年均增速不低于15%
        before = patterns.GROWTH_TAIL.regex.sub("", before)
    # 产生100项以上重大科技成果: two characters before the number and a whole name behind it are a verb
    verb = len(before) <= LONGEST_VERB and len(_behind(number)) > 2 * LONGEST_VERB - 1
    if before and not verb:
        return Name(place, before, "", "")
    label = label_before(number)
    return Name(place, "", label, "" if label else _behind(number))


def indicator_name(number: Mention, name: Name, named: Sequence[str], place: str | None) -> tuple[str | None, str]:
    """(全省 or the like, what is counted).

    The words of the number's own, else the name of the number before (…，2020年达到170亿元), else what the part before
    brings about (开展交流活动，每年组织10场). "" where nothing says it. ``named``: the names so far in the paragraph,
    the last of them inherited.
    """
    part, inherited = number.part, named[-1] if named else None
    here, before = name.place, name.before
    if inherited and "分别" in part.text and (answered := _respective(number, named)):
        return place, answered
    if inherited and patterns.TOTAL.find(before):  # 新增20家，总数达到80家
        return here or place, inherited
    if inherited and part.text.startswith("占"):  # 成交额达到3000亿元，占地区生产总值比重达到5%
        return here or place, f"{inherited}占{before}"
    if inherited and patterns.GRADE_ONLY.find(name.own):  # 示范机构100家，其中国家级20家
        return here or place, name.own + patterns.GRADE_HEAD.regex.sub("", inherited)
    if before and (share := share_before(number)):
        return here, f"{before}{share}"
    if name.own:
        return here, name.own
    return here or place, inherited or _object_before(number)


def _before(number: Mention) -> tuple[str | None, str]:
    """Words before the number without the verbs that lead in and the words that lead over to the number."""
    quantity, part = number.quantity, number.part
    item = patterns.NUMBERING.regex.match(part.text)  # （一）专职人员
    item = item or patterns.ENUMERATION.regex.match(part.text)  # 一是培育企业
    head = part.start + (item.end() if item else 0)
    opened = max(map(number.before.rfind, "（("))
    if opened >= 0 and not re.search("[）)]", number.before[opened:]):
        head = max(head, part.start + opened + 1)  # 新增60家（其中10家国家级）
    words = [token for token in part.tokens if head <= token.start and token.end <= quantity.start]
    stop = next((i for i in range(len(words)) if _ends_name(words, i)), len(words))
    words = _behind_will(words[_behind_period(words) : stop])
    place = None
    while words and (_leads_in(words) or words[0].word in MARKS or _DURATION.fullmatch(words[0].word)):
        if words[0].tag == "scope":
            if words[0].word not in WHOLE:
                break
            place = words[0].word
        words = words[1:]
    while words and (words[-1].tag in CLOSING or words[-1].word in MARKS or _is_year(words[-1])):
        words = words[:-1]
    if words and words[-1].tag in ("goal", "bring") and _behind(number):
        return place, ""  # 每个市至少建成1家机构: the verb stands at the number, the name behind it
    return place, _without_attributes("".join(token.word for token in words).strip("，、；：的 "))


def _behind_will(words: list[Token]) -> list[Token]:
    """Words behind the last word of will where a name follows it (我省将力争增加值), else those before it (企业要净增).

    全省 within the words begins the name.
    """
    for at in range(len(words) - 1, 0, -1):
        token = words[at]
        if token.word in WHOLE and token.word != "全国":
            return words[at:]
        if token.tag == "mood" or token.word in ("将", "要", "拟"):
            behind = words[at + 1 :]
            named = any(each.tag not in CLOSING and each.tag not in ("goal", "bring") for each in behind)
            return behind if named else words[:at]
    return words


def _leads_in(words: Sequence[Token]) -> bool:
    """Whether the first of ``words`` only leads in; 年服务收入 and 每万人专利拥有量 begin with their name."""
    if words[0].word == "每" and len(words) > 1 and words[1].word.startswith("万"):
        return False
    return words[0].tag in (*LEADING, "scope") and words[0].word != "年"


def share_before(number: Mention) -> str:
    """The share that the part before announces for this one: 投入占销售收入的比例，大型企业不低于1.5%."""
    parts = number.sentence.parts
    earlier = [part for part in parts if part.start < number.part.start and not part.quantities]
    found = patterns.SHARE_OF.find(earlier[-1].text) if earlier else None
    return found["share"].removeprefix("企业") if found else ""


def _respective(number: Mention, named: Sequence[str]) -> str:
    """分别增长50%和60% answers the names before it one to one; 比例分别达到8%和3% has one name for all."""
    alike = number.alike()
    if not _before(alike[0])[1] and len(named) >= len(alike) > 1:
        return named[-len(alike)]  # each answer is appended, so the next name is always this far back
    return named[-1] if number.quantity != alike[0].quantity else ""


def _ends_name(words: Sequence[Token], index: int) -> bool:
    """较2023年, 由1200亿元 and 每年以 lead away from what is counted."""
    token = words[index]
    if token.tag == "baseline" and index and words[index - 1].word == "之":
        return False  # 与主营业务收入之比
    if token.tag == "baseline" or _yearly(words, index):
        return True
    return index > 0 and token.word in ("由", "从") and any(_COUNTS.match(each.word) for each in words[index:])


def _is_year(token: Token) -> bool:
    return len(token.word) == 4 and token.word[:2] in ("19", "20") and token.word.isdecimal()


def _yearly(words: Sequence[Token], index: int) -> bool:
    """每年 that leads over to the number (成交额每年以8%): what is counted stands before it."""
    if index == 0 or words[index].word not in ("每年", "年均"):
        return False
    return all(token.tag in (*CLOSING, "bring", "goal") or token.word in MARKS for token in words[index + 1 :])


def _behind_period(words: Sequence[Token]) -> int:
    """Index of the first word behind a leading 到2025年底 or 2020年."""
    head = 0
    for index, (token, following) in enumerate(pairwise(words)):
        if _is_year(token) and following.word.startswith("年"):
            before = words[index - 1].word if index else ""
            if index == 0 or before in ("到", "至", "，", "、", "力争", "“", "-", "—"):
                head = index + 2
    return head


def _behind(number: Mention) -> str:
    """建设10个示范区: the words behind the number up to the end of the part; behind 成为 only the last name."""
    rest = number.behind.rstrip("，；。、;,：:\n")
    if "成为" in rest:
        rest = rest.split("成为")[-1].split("的")[-1]
    rest = re.sub(r"^(?:以上|左右|的|大关|关口|台阶)+", "", rest)
    if re.match(r"[和、及]", rest):  # 50%和60%
        return ""
    return _without_attributes(re.split(r"[（(]|，", rest)[0]) if len(rest) <= 60 else ""


def _without_attributes(name: str) -> str:
    """功能定位清晰、服务能力突出的中试平台: a list of attributes is no part of the name; a single one may be."""
    attributes, of, noun = name.rpartition("的")
    listed = attributes.split("、")
    return noun if of and noun and len(listed) > 1 and min(map(len, listed)) >= LEAST_ATTRIBUTE else name


def label_before(number: Mention) -> str:
    """技术合同成交额：300亿元 in a table or a list: the label in front of the number."""
    before = number.part_before
    if before is None or number.before or before.quantities or not before.text.endswith(("：", ":")):
        return ""
    return before.text.strip("，；：:、 ")


def _object_before(number: Mention) -> str:
    before = number.part_before
    if before is None:
        return ""
    verbs = before.tagged("goal", "bring")
    words = before.text[verbs[-1].end - before.start :] if verbs else before.text
    years = (patterns.DEADLINE, patterns.FIVE_YEAR_PLAN, patterns.BARE_YEAR, patterns.THIS_YEAR)
    if any(pattern.find(words) for pattern in years):
        return ""  # 到2027年，建成30家
    return words.rstrip("，；：:、 ").split("等")[-1]
