"""What a comment asks of a clause, and how a title calls its draft; each with what proves it."""

from __future__ import annotations

from analysis.grammar.pattern import Pattern

# That a clause or words be taken out.
WANTS_GONE = Pattern(
    r"删(?:除|去|掉|减|了)?|去掉|取消|拿掉|不(?:宜|必|应|要|再)(?:设|写|列|规定|保留|单列)|没有必要|不予保留|合并到|并入|移[至到]",
    examples=("建议删除本条", "取消（五）", "本条没有必要", "不宜单列", "建议并入（三）"),
    not_=("建议提高比例", "增加一条"),
)
# That something be put in beside what is there.
WANTS_MORE = Pattern(
    r"增[加设补列写]|新增|补充|加[上入写]|加一[条款项章]|添[加上]|另(?:设|立|列|起)|单(?:列|设|独)|应(?:有|当有)|缺[少乏]|没有(?:写|规定|提到|涉及)|未(?:涉及|规定|明确)"
    r"|独立(?:成|为)|拆[分成]|分(?:成|为|开)|一章|一节|漏",
    examples=("建议增加一条", "应补充信用管理", "缺少监督的规定", "建议单列", "没有写失信怎么办", "分成两条"),
    not_=("比例太低", "建议删除"),
)
# What a title has beside its words while the text is a draft.
DRAFT_MARK = Pattern(
    r"\s*[（(〔\[][^（()）〔〕\[\]\n]{0,8}(?:征求意见|送审|草案|讨论|审议|修订|修改|报批|公开)稿?[^（()）〔〕\[\]\n]{0,8}[）)〕\]]\s*$",
    examples=("管理办法（征求意见稿）", "办法(草案送审稿)", "办法（草案）", "办法（修改稿第二版）"),
    not_=("管理办法", "办法（四川）实施细则", "管理办法（试行）", "（草案）编制办法"),
)
