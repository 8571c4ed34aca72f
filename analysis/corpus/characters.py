"""Characters that stand for another one, one to one (compatibility forms, full-width digits, line and space kinds,
traditional characters), and those that belong to no word: signs against copying, readings in brackets."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Callable, Iterable, Iterator
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


_BOTH = tomllib.loads(files(__package__).joinpath("traditional.toml").read_text(encoding="utf-8"))
# Traditional character -> simplified one. Nothing on the right stands on the left.
SIMPLIFIED = dict(zip(_BOTH["traditional"].replace("\n", ""), _BOTH["simplified"].replace("\n", ""), strict=True))
_TRADITIONAL = _finder(SIMPLIFIED)
# Simplified characters that a traditional text does not have; it does have 后, 里, 台 and the like.
_ONLY_SIMPLIFIED = _finder({plain for plain in SIMPLIFIED.values() if not plain.encode("big5", "ignore")})


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


# Words that a site has disguised against copying, and digits that a reader of scans took for letters: 最1高, 科1技 and
# 最*高 hold a sign that belongs to no word, which is deleted; 不*过 lacks its 超 and 2O万元 its 0, which are put back.
# A lone sign inside a word that is never parted.
_INTRUDER = re.compile(
    r"最[1l*·.](?=[高低大多少优佳新])|科[1l*·](?=技)|技[1l*·](?=部门)|国[1l*·](?=家级)|第[l*·](?=一)"
)
_MASKED = re.compile(r"不\*(?=过)")
_ZERO = re.compile(r"(\d)([Oo]{1,12})(?=[\dOo]{0,12}(?:[.,]\d{1,12})?[ ]?(?:[万亿千百元%％家项个名人]))")


def intruders(text: str) -> Iterator[tuple[int, int]]:
    """Where a sign stands that belongs to no word.

    >>> list(intruders("最1高50万元"))
    [(1, 2)]
    """
    return ((found.start() + 1, found.end()) for found in _INTRUDER.finditer(text))


def restored(text: str) -> str:
    """``text`` with what stands for another character put back, one for one.

    >>> restored("不*过2O万元，O型血")
    '不超过20万元，O型血'
    """
    return _ZERO.sub(lambda found: found[1] + "0" * len(found[2]), _MASKED.sub("不超", text))


# The reading of a character in brackets behind it, as some pages print it: 研发（fā）经（jīng）费.
_TONED = "āáǎàăēéěèĕīíǐìĭōóǒòŏūúǔùŭǖǘǚǜǹńňḿ\u0300\u0301\u0304\u0306\u030c"
_ANY_TONED = re.compile(f"[{_TONED}]")
_VOWEL = f"[aeiouüvɑ\u0308{_TONED}]"
_SYLLABLE = f"(?:zh|ch|sh|[bpmfdtnlgkhjqxzcsryw])?{_VOWEL}{{1,6}}(?:n[gɡ]?|r)?"
# Syllables that are spoken without a tone.
_TONELESS = "de|le|zhe|ma|ne|ba|men|zi|tou|me|ge"
_GLOSS = re.compile(
    "(?<=[\u3400-\u9fff\U00020000-\U0003ffff〇])(?:[（(][ ]?"
    rf"(?:(?=[a-zɑɡüê]{{0,4}}[{_TONED}]){_SYLLABLE}|{_TONELESS})"
    "[ ]?[）)])+"
)


def glosses(text: str) -> list[tuple[int, int]]:
    """Where readings stand: one syllable with a tone mark in brackets right behind a Han character.

    A syllable without a tone (的（de）) is one only where the text has others with a tone: （a） may number an item.
    """
    if not _ANY_TONED.search(text):
        return []
    found = list(_GLOSS.finditer(text))
    return [hit.span() for hit in found] if any(_ANY_TONED.search(hit.group()) for hit in found) else []
