"""Numbers as Chinese texts write them, to ``Decimal``.

Reads: 1000 · 1,000 · 1.1 · 一百二十三 · 二〇二五 · 一点五 · 3万 · 1.2万亿 · 两.
Leaves alone: 十几, 若干, 数百 (no number), ordinals (第三), and 一 alone where it only means "a" (the caller decides).
"""

from __future__ import annotations

import re
from decimal import Decimal

DIGITS = {character: value for value, character in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2, "兩": 2}
SMALL = {"十": 10, "百": 100, "千": 1000}
LARGE = {"万": 10**4, "萬": 10**4, "亿": 10**8, "億": 10**8}

ARABIC = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
HAN_DIGITS = "".join(DIGITS)
HAN = f"[{HAN_DIGITS}十百千][{HAN_DIGITS}十百千万萬亿億]*(?:点[{HAN_DIGITS}]+)?"
NUMBER = f"(?:{ARABIC}|{HAN})"

_ARABIC = re.compile(ARABIC)


def value_of(written: str) -> Decimal:
    """The value of one number as written.

    >>> value_of("1,000"), value_of("一百零二"), value_of("二〇二五"), value_of("一点五"), value_of("两千")
    (Decimal('1000'), Decimal('102'), Decimal('2025'), Decimal('1.5'), Decimal('2000'))

    Raises ``ValueError`` for anything else.
    """
    if _ARABIC.fullmatch(written):
        return Decimal(written.replace(",", ""))
    whole, point, fraction = written.partition("点")
    if point and not (fraction and all(character in DIGITS for character in fraction)):
        raise ValueError(f"not a number: {written!r}")
    decimals = "." + "".join(str(DIGITS[character]) for character in fraction) if point else ""
    return Decimal(f"{_whole(whole)}{decimals}")


def _whole(written: str) -> int:
    if written and all(character in DIGITS for character in written):  # 二〇二五: digit by digit
        return int("".join(str(DIGITS[character]) for character in written))
    total = section = digit = 0
    for character in written:
        if character in DIGITS:
            digit = DIGITS[character]
        elif character in SMALL:
            section += (digit or 1) * SMALL[character]
            digit = 0
        elif character in LARGE:
            section += digit
            total = (
                (total + (section or 1)) * LARGE[character]
                if LARGE[character] > 10**4
                else (total + (section or 1) * LARGE[character])
            )
            section = digit = 0
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
