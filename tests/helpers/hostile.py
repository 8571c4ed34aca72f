"""Texts made to hurt: a piece repeated, or marks opened in their thousands and closed again.

They are what the grammar looks for, cut where a pattern has begun and cannot end, or what it joins with itself. Each
must be read in linear time, however long: uploads come from anybody.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Piece:
    """``opening`` as often as it goes, ``middle`` once, ``closing`` as often as ``opening``."""

    opening: str
    middle: str = ""
    closing: str = ""

    def __str__(self) -> str:
        words = f"{self.opening} … {self.middle} … {self.closing}" if self.middle or self.closing else self.opening
        return words.replace("\n", "\\n").replace("\u200b", "\\u200b")

    def text(self, length: int) -> str:
        """A text of at most ``length`` bytes."""
        times = (length - len(self.middle.encode())) // len((self.opening + self.closing).encode())
        return self.opening * times + self.middle + self.closing * times


NUMBERS = ("7", "1,", "1.5", "一二三", "百万", "7万元", "9亿1万", "100家、", "1-", "5:", "7万元至")
SHARES = ("按5%", "10%", "百分之", "三分之", "按成交额的3%，", "一半", "翻一番")
TIMES = ("2025年", "到2025年", "2025年1月2日", "2021-2023年", "二〇二五", "十四五", "三年内")
BRACKETS = (
    "(",
    "（",
    "）",
    "[",
    "【",
    "〔",
    "《",
    "“",
    '"',
    "（）",
    "（\n",
    "[\n",
    "（含",
    "〔2024〕",
    "浙政发〔2024〕1号",
)
WEB = (
    "![",
    "![](http://x",
    "![a](http://x)",
    "<!--",
    "[bookmark:",
    "[1]",
    "#",
    "# ",
    "<p>",
    "&nbsp;",
    "xxx.png\n",
    "http://a.b/",
)
NUMBERING = ("一、", "（一）", "（一）\n", "第一条", "第一条 ", "第一章\n", "1.", "①", "——", "—", "——甲，", "-1-\n")
LAYOUT = (
    " ",
    "\n",
    "。",
    "，",
    "；",
    "：",
    "甲 ",
    "……",
    "..",
    "1\n",
    "甲\n",
    "a\n",
    "|甲|乙|\n",
    "目录 … 1\n",
    "\u200b",
    "a",
)
PARTS = (
    "附件",
    "附件1\n",
    "附件：1.表\n",
    "二、目标\n",
    "关于甲的通知\n",
    "某省人民政府\n2024年1月2日\n",
    "答：",
    "问：甲？\n",
)
WORDS = (
    "其中",
    "不低于",
    "企业、",
    "对企业",
    "支持企业",
    "奖励",
    "给予",
    "最高补助",
    "的，",
    "每增加",
    "分别",
    "省科技厅、",
)
STATEMENTS = (
    "对企业给予100万元奖励，",
    "奖励100万元、",
    "按保费的80%给予扶持，",
    "其中省级20家，",
    "培育企业100家。",
    "到2025年，技术合同成交额达到100亿元；",
    "对企业给予100万元、200万元、",
    "最高不超过100万元，",
    "责任单位：省科技厅、",
    "企业和",
    "奖励甲申请人、",
    "，获评甲申请人、",
    "每促成1项给予",
    "在2020年基础上",
)
NESTED = (
    Piece("![", "", "](http://x)"),
    Piece("<!--", "", "-->"),
    Piece("[bookmark:", "", "]"),
    Piece("<!--![", "", "](http://x)-->"),
    Piece("(", "甲", ")"),
    Piece("(a", "甲", "a)"),
    Piece("（", "7万元", "）"),
    Piece("《", "甲", "》"),
    Piece("“", "甲，", "”"),
    Piece(",", "甲", ","),
    Piece("", "甲", ",("),
    Piece("", "研", "（fā）"),
    Piece("1O", "", "1O万元"),
    Piece("某省科技厅\n", "", "2024年1月2日\n"),
    Piece("一、甲\n", "", "某省科技厅\n2024年1月2日\n"),
    Piece("对企业，", "", "给予100万元，"),
)
PIECES = (
    *map(
        Piece,
        (
            *NUMBERS,
            *SHARES,
            *TIMES,
            *BRACKETS,
            *WEB,
            *NUMBERING,
            *LAYOUT,
            *PARTS,
            *WORDS,
            *STATEMENTS,
        ),
    ),
    *NESTED,
)
