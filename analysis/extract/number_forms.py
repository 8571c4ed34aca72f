"""Numbers as Chinese texts write them, to ``Decimal``, and the one pattern that finds them with unit and bounds.

Read: 1000 · 1,000 · 3，000 · 10 000 · 1.1 · 一百二十三 · 二〇二五 · 一点五 · 3万 · 1万5千 · 1.2万亿 · 两.
Left alone: 十几, 若干, 数百, 三五 (no number), ordinals (第三), and 一 alone where it only means "a" (the caller
decides).

The pattern has one alternative for each written form: dates, spans of years, 百分之, 三成五, fractions, 一半, 翻番,
ratios, ranges, 两年半, a sum without 元, and a plain number with its unit. The groups that took part say which form was
met; :mod:`analysis.extract.quantities` gives them meaning. Every repetition is bounded, so that a page of nothing but
不超过, or a million digits, is read in linear time.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache

from analysis.grammar import Grammar

DIGITS = {character: value for value, character in enumerate("零一二三四五六七八九")}
DIGITS |= {"〇": 0, "○": 0, "两": 2, "兩": 2}
SMALL = {"十": 10, "百": 100, "千": 1000}
HUNDRED_MILLION = 10**8
LARGE = {"万": 10**4, "萬": 10**4, "亿": HUNDRED_MILLION, "億": HUNDRED_MILLION}

# Groups of three may be parted by a comma, or, where only zeros follow, by the marks that also part list items.
ARABIC = r"(?:\d{1,3}(?:,\d{3}){1,4}|\d{1,3}(?:[， ]000){1,3}|\d{1,2}，\d00|\d{1,15})(?:\.\d{1,6})?"
HAN_DIGITS = "".join(DIGITS)
SCALES = "十百千万萬亿億"
HAN = f"(?:[{HAN_DIGITS}十百千][{HAN_DIGITS}{SCALES}]{{0,20}}(?:点[{HAN_DIGITS}]{{1,6}})?|[万萬][亿億])"
MIXED = f"{ARABIC}[{SCALES}]{{1,3}}(?:{ARABIC}[{SCALES}]{{0,3}}){{0,2}}"  # 3千, 9亿, 1万5千
NUMBER = f"(?:{ARABIC}|{MIXED}|{HAN})"

_ARABIC = re.compile(ARABIC)
_PIECES = re.compile(f"{ARABIC}|.", re.DOTALL)


def value_of(written: str) -> Decimal:
    """The value of one number as written.

    >>> value_of("1,000"), value_of("一百零二"), value_of("二〇二五"), value_of("一点五"), value_of("1万5千")
    (Decimal('1000'), Decimal('102'), Decimal('2025'), Decimal('1.5'), Decimal('15000'))

    Raises ``ValueError`` for anything else: 三五 (three to five), 007, 一万二万.
    """
    if _ARABIC.fullmatch(written):
        if re.match(r"0\d", written):
            raise ValueError(f"not a number: {written!r}")
        return Decimal(re.sub("[,， ]", "", written))
    whole, point, fraction = written.partition("点")
    if point and not (fraction and all(character in DIGITS for character in fraction)):
        raise ValueError(f"not a number: {written!r}")
    return _whole(whole) + Decimal("0." + "".join(str(DIGITS[character]) for character in fraction) if point else 0)


def _whole(written: str) -> Decimal:
    if len(written) > 1 and all(character in DIGITS for character in written):  # 二〇二五: digit by digit
        digits = "".join(str(DIGITS[character]) for character in written)
        if digits[0] == "0" or (len(digits) < 4 and "0" not in digits):
            raise ValueError(f"not a number: {written!r}")
        return Decimal(digits)
    total = section = digit = Decimal(0)
    for piece in _PIECES.findall(written):
        if piece in DIGITS or _ARABIC.fullmatch(piece):
            if digit:
                raise ValueError(f"not a number: {written!r}")  # 三四十
            digit = Decimal(DIGITS[piece] if piece in DIGITS else value_of(piece))
        elif piece in SMALL:
            section += (digit or Decimal(1)) * SMALL[piece]
            digit = Decimal(0)
        elif LARGE.get(piece) == HUNDRED_MILLION and total < HUNDRED_MILLION:
            total, section, digit = (total + section + digit or Decimal(1)) * HUNDRED_MILLION, Decimal(0), Decimal(0)
        elif LARGE.get(piece) == 10**4 and total % HUNDRED_MILLION == 0:
            total, section, digit = total + (section + digit or Decimal(1)) * 10**4, Decimal(0), Decimal(0)
        else:
            raise ValueError(f"not a number: {written!r}")
    if not written:
        raise ValueError("not a number: ''")
    return total + section + digit


# Words that may stand between a comparator and its number without changing either: 最高补助300万元.
FILLER = r"(?:可|给予|予以|补助|资助|奖励|奖补|补贴|支持|达到|达|為|为|给予一次性|按|一次性|[（(]含[）)])?"
RANGE = r"(?:[-—–―~～－−‐‑]{1,2}|至|到)"
# A bare number is an index behind its verb, and a rank behind the field it is taken in.
INDEX = "(?:(?<=指数达到)|(?<=指数达)|(?<=指数为)|(?<=指数提高到)|(?<=指数提升至)|(?<=指数保持在)|(?<=指数))"
FIELD = "(?:(?<=全国)|(?<=世界)|(?<=全球)|(?<=全省)|(?<=全市)|(?<=全区)|(?<=国内))"
RANKED = (
    f"(?:{FIELD}|(?<=排名)|(?<=位次)|(?<=位居)|(?<=跃居)|(?<=进入)|(?<=跻身)|(?<=进位)|(?<=稳居)|(?<=保持)|(?<=列))"
)
OVER = "(?<![通超经跨])过(?=[百千万])"  # 过千亿元; alone 过 is no comparator: 通过3项, 经过5年
ARABIC_YEAR = r"(?:19|20)\d\d"
HAN_YEAR = f"(?:一九|二[〇○零])[{HAN_DIGITS}]{{2}}"
YEAR = f"(?:{ARABIC_YEAR}|{HAN_YEAR})"
# What makes a bare 500万 money: a word of money close before it, or what is given right behind it.
MONEY_BEHIND = re.compile("的?[\u4e00-\u9fff]{0,4}(?:奖励|奖补|补助|补贴|资助|资金|支持)")
MONEY_BEFORE = re.compile(
    r"(?:给予|拨付|安排|奖励|奖补|补助|补贴|资助|[交成]?额|收入|投入|资金|产值|投资|经费|贷款)(?:的?企业|机构)?[^，。；、\d]{0,8}$"
)


def forms_of(known: Grammar, place: str) -> str:
    """The comparator words of a place (before, after, bracket) as alternatives, longest first."""
    return "|".join(
        f"(?<![{bound.inside}]){re.escape(bound.form)}" if bound.inside else re.escape(bound.form)
        for bound in known.bounds
        if bound.place == place
    )


@cache
def pattern(known: Grammar) -> re.Pattern[str]:
    """One pattern for all forms that a grammar knows.

    Must not match: a number glued to Latin letters or a hyphenated telephone number; 第 + number (an ordinal);
    数十, 几百, 上千 (no number); the rest of a number that is parted in an unknown way (1，234).
    """
    unit = "|".join(re.escape(form) for form in sorted(known.units, key=len, reverse=True))
    unit = unit.replace("|年|", "|年(?!度)|")  # 单一年度 is no length of time
    unit = re.sub(r"(万?人)(?=\||$)", r"\1(?!民币|口)", unit)  # 100万人民币 is no crowd, 百万人口 no head count
    unit = unit.replace("|个|", "|个(?!亿)|")  # 2个亿 is money
    unit = unit.replace("|人年|", "|人年(?![均内底末])|")
    han = f"{HAN_DIGITS}{SCALES}"
    before = f"(?P<before>(?:(?:{forms_of(known, 'before')}|{OVER}){FILLER} ?){{1,3}})?"
    included = forms_of(known, "bracket")
    bracket = rf"(?:{included}|的?[（(]不?(?:含|包括|包含)(?:本数|[\d{han}][^（）()，。]{{0,8}})?[）)])"
    tail = rf"(?P<bracket>{bracket})?(?P<after>{forms_of(known, 'after')})?(?P<inclusive>{bracket})?"
    day, month = rf"(?:\d{{1,2}}|[{HAN_DIGITS}十]{{1,3}})日", rf"(?:\d{{1,2}}|[{HAN_DIGITS}十]{{1,3}})月"
    per = "百分之|千分之|万分之"
    digit = "[一二三四五六七八九两]"
    times = (
        rf"(?P<date>{YEAR}年{month}{day})",
        rf"(?P<month>{YEAR}年{month}(?:底|末)?)",
        rf"(?P<years>{YEAR}年?{RANGE}{YEAR}年(?!\d))",
        rf"(?P<year>{YEAR}年(?:年?[底末])?(?!\d(?!\d{{3}}年)))",
    )
    numbers = (
        rf"(?P<per>{per})(?P<per_low>{NUMBER})(?:{RANGE}(?P<per_again>{per})?(?P<per_high>{NUMBER}))?",
        rf"(?P<tenths>{digit})成(?P<hundredths>半|{digit}(?=[以左的，。；、（）]|$))",
        rf"(?P<part_low>{HAN})分之(?P<part_high>{HAN})",
        r"(?(before)(?P<nominator>[1-9])/(?P<denominator>[2-9])(?![/\d])|(?!))",
        r"(?P<half>一半|半数(?=以上))",
        rf"(?P<doubling>翻(?P<times>{HAN})?番)",
        rf"(?P<ratio_low>{NUMBER})(?:[∶︰](?P<ratio_high>{NUMBER})|[:：比](?P<ratio_to>{NUMBER})(?=的?(?:比例|标准|配套|匹配|给予|予以|进行|联动|资助|补助)|[、和及与或/]\d+[:：]\d))",
        rf"(?P<low>{NUMBER})(?P<low_unit>{unit})?{bracket}?{RANGE}(?P<high>{NUMBER})(?P<high_unit>{unit})",
        rf"(?P<halved>{NUMBER})年半",
        rf"(?P<number>{NUMBER})\s?(?P<odd>[余多])?(?P<unit>{unit})(?:[（(][家个項项名人件][）)])?",
        rf"{INDEX}(?P<index>\d+(?:\.\d+)?)(?=以上|左右|以内|[，。；、\n]|$)",
        rf"{RANKED}前(?P<rank>{NUMBER})(?![\d位名强家个项年期列月天日批])",
        rf"{FIELD}第(?P<nth>{NUMBER})(?P<nth_unit>[位名])?(?![\d个家批次年期届条章季])",
    )
    some = f"(?:{ARABIC}|{MIXED})"
    listed = (
        rf"(?:(?<=[\u4e00-\u9fff])|(?<=[\d万亿][、/]))(?P<member>{some})"
        rf"(?=(?:[、/]{some}){{0,4}}[、/和]{some}(?P<member_unit>[万亿]?元|%))"
    )
    bare = rf"(?:(?P<bare_low>{ARABIC}|{MIXED}){RANGE})?(?P<bare>(?:{ARABIC}|{MIXED})[余多]?[万亿](?:人民币)?)"
    ends = r"(?=[^\u4e00-\u9fff\da-zA-Z—–―~～-]|的|给予|以上|以下|以内|左右|$)"
    # Every form begins with one of these; the look-ahead spares the alternatives at all other characters.
    heads = {form.form[0] for form in known.bounds if form.place == "before"}
    first = f"(?=[\\d{han}翻半过前第{re.escape(''.join(sorted(heads)))}])"
    whole = (
        rf"(?<![A-Za-z\d.第-])(?!(?<=\d[， ])\d{{3}}(?!\d))(?!(?<=[{han}])[{han}](?!分之))"
        rf"(?!(?<=[数几好])[{SCALES}](?!分之))(?!(?<=上)(?<![以之]上)[{SCALES}](?!分之))"
    )
    return re.compile(
        rf"{first}{whole}(?:{'|'.join(times)}|{before}(?:{'|'.join(numbers)}|{listed}|{bare}{ends}){tail})"
    )
