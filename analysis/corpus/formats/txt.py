"""Plain text in the encodings that Chinese offices write: UTF-8, UTF-16, GB18030, BIG5."""

from __future__ import annotations

import codecs
import re

from analysis.model import InputError

# The commonest characters of running text in either script: what a right guess is full of and a wrong one lacks.
_COMMON = re.compile(
    "[的一是和在有中人大为业发国工技术科企成果化展产创新转移合同机构市省政府资金支持家第条应当与及对以上年月日"
    "為業發國術產創轉構資條應當與對於會實設關進經機開動學區項萬億員務標準額]"
)
_HAN = re.compile("[\u3400-\u9fff]")
_MARKED = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))


def read(data: bytes, name: str) -> str:
    """Bytes of a text file -> its characters; line ends stay as they are. Raises InputError: no known encoding.

    UTF-8 is certain by its form. GB18030 and BIG5 share most byte pairs: of those that can be decoded, the one whose
    Han characters are common ones wins, GB18030 on a draw.
    """
    text = decoded(data)
    if text is None:
        raise InputError(name, "", "文字编码不是 UTF-8、UTF-16、GB18030 或 BIG5", "请另存为 UTF-8 编码的 .txt 文件")
    return text


def decoded(data: bytes) -> str | None:
    """The text of ``data``, or None where no encoding fits."""
    for mark, encoding in _MARKED:
        if data.startswith(mark):
            return _try(data[len(mark) :], encoding)
    plain = _try(data, "utf-8")
    if plain is not None:
        return plain
    guesses = [guess for guess in (_try(data, "gb18030"), _try(data, "big5hkscs")) if guess is not None]
    return max(guesses, key=_familiar, default=None)


def _try(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _familiar(text: str) -> float:
    """Share of common characters among Han, of the first 20,000 characters."""
    sample = text[:20_000]
    han = len(_HAN.findall(sample))
    odd = sum("\ue000" <= character <= "\uf8ff" for character in sample)  # private use: a sign of the wrong table
    return (len(_COMMON.findall(sample)) - odd) / han if han else 0.0
