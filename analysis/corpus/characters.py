"""Characters that stand for another one, one to one: compatibility forms, full-width digits, line and space kinds,
and traditional characters."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Callable, Iterable
from importlib.resources import files

# Radicals that PDF files put in place of a whole simplified character and that Unicode gives no mapping for.
_RADICALS = dict(
    zip(
        "⺠⻁⻄⻅⻆⻉⻋⻑⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻧⻨⻩⻪⻬⻮⻰",
        "民虎西见角贝车長长门青韦页风飞食马骨鬼鱼鸟卤麦黄黾齐齿龙",
        strict=True,
    )
)


def _table() -> dict[int, str]:
    table: dict[int, str] = {}
    # Kangxi radicals and CJK compatibility ideographs come out of PDF files in place of the real character.
    for low, high in ((0x2E80, 0x2FDF), (0xF900, 0xFAFF), (0x2F800, 0x2FA1F)):
        for code in range(low, high + 1):
            plain = unicodedata.normalize("NFKC", chr(code))
            if len(plain) == 1 and plain != chr(code):
                table[code] = plain
    table |= {ord(radical): plain for radical, plain in _RADICALS.items()}
    # Digits and Latin letters to half width; marks stay as wide as Chinese typesetting wants them.
    for code in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B)):
        table[code] = chr(code - 0xFEE0)
    table |= {ord(wide): plain for wide, plain in zip("％＋．＝＆＠＃＊", "%+.=&@#*", strict=True)}
    table |= {ord(sign): ":" for sign in "\ufe30\ua789"}  # in 1︰1 for the sign of ratio
    table |= {ord(space): " " for space in "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009"}
    table |= {ord(space): " " for space in "\u200a\u202f\u205f\u3000\t"}
    table |= {ord(blank): " " for blank in "\u2800\u3164\ufffc"}  # blanks that are called letters or pictures
    table |= {ord(end): "\n" for end in "\u000b\u000c\u0085\u2028\u2029"}
    return table


TABLE = _table()


_FIRST_FAR = "\U00010000"
_FAR = re.compile("[\U00010000-\U0010ffff]")


def _finder(characters: Iterable[str]) -> Callable[[str], list[str]]:
    """What finds each of ``characters`` in a text: a class of the first plane is ten times as fast as a set."""
    known = frozenset(characters)
    near = re.compile(f"[{''.join(map(re.escape, sorted(one for one in known if one < _FIRST_FAR)))}]")
    return lambda text: near.findall(text) + [one for one in _FAR.findall(text) if one in known]


_KNOWN = _finder(map(chr, TABLE))


def plain(text: str) -> str:
    """``text`` with the characters of the table replaced; line ends become LF, a CR before LF a space."""
    if "\r" in text:
        text = re.sub("\r(?!\n)", "\n", text).replace("\r", " ")
    for odd in set(_KNOWN(text)):  # far fewer than the characters of the text
        text = text.replace(odd, TABLE[ord(odd)])
    return text


def _simplified_of() -> dict[str, str]:
    data = tomllib.loads(files(__package__).joinpath("traditional.toml").read_text(encoding="utf-8"))
    return dict(zip(data["traditional"].replace("\n", ""), data["simplified"].replace("\n", ""), strict=True))


def _written_in_big5(character: str) -> bool:
    try:
        return bool(character.encode("big5"))
    except UnicodeEncodeError:
        return False


# Traditional character -> simplified one. Nothing on the right stands on the left.
SIMPLIFIED = _simplified_of()
_TRADITIONAL = _finder(SIMPLIFIED)
# Simplified characters that a traditional text does not have; it does have 后, 里, 台 and the like.
_ONLY_SIMPLIFIED = _finder({plain for plain in SIMPLIFIED.values() if not _written_in_big5(plain)})


def simplified(text: str) -> str:
    """``text`` in simplified characters, one for one, if it is written in traditional ones; else as it is.

    A text is traditional when it has more characters that only traditional texts have than of the other kind: so
    乾 in the name of a county stays, and a text that a program converted in part is read all the same.
    """
    odd = _TRADITIONAL(text)
    if not odd or len(odd) <= len(_ONLY_SIMPLIFIED(text)):
        return text
    for character in set(odd):
        text = text.replace(character, SIMPLIFIED[character])
    return text
