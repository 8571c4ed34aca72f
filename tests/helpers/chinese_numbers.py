"""Whole numbers written in Chinese, for tests that read them back."""

from __future__ import annotations


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
