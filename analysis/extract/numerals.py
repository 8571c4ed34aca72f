"""Numbers as Chinese texts write them, to ``Decimal``.

Reads: 1000 · 1,000 · 3，000 · 10 000 · 1.1 · 一百二十三 · 二〇二五 · 一点五 · 3万 · 1万5千 · 1.2万亿 · 两.
Leaves alone: 十几, 若干, 数百, 三五 (no number), ordinals (第三), and 一 alone where it only means "a" (the caller
decides). No number is longer than a number can be, so that a text of a million digits is read in linear time.
"""

from __future__ import annotations

import re
from decimal import Decimal

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
    decimals = "0." + "".join(str(DIGITS[character]) for character in fraction) if point else "0"
    return _whole(whole) + Decimal(decimals)


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


def han(number: int) -> str:
    """A whole number from 0 to 99,999,999 in Chinese, the way texts write it (十二, 一百零二, 一万零五十).

    >>> han(12), han(102), han(10050)
    ('十二', '一百零二', '一万零五十')
    """
    if not 0 <= number < 10**8:
        raise ValueError(f"out of range: {number}")
    if number >= 10**4:
        high, low = divmod(number, 10**4)
        gap = "零" if low and (low < 1000 or high % 10 == 0) else ""
        return f"{han(high)}万{gap}{_below_ten_thousand(low, leading=True) if low else ''}"
    return _below_ten_thousand(number, leading=False)


def _below_ten_thousand(number: int, *, leading: bool) -> str:
    if number == 0:
        return "零"
    digits = "零一二三四五六七八九"
    written, zero = "", False
    for size, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, number = divmod(number, size)
        if digit:
            written += ("零" if zero and written else "") + digits[digit] + name
            zero = False
        else:
            zero = True
    if written.startswith("一十") and not leading:
        written = written[1:]
    return written
