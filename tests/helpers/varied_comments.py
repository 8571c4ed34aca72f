"""Made-up copies of comments: words in place of others, a part left out, sentences of one's own, other marks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from random import Random

_OTHER_WORDS = {
    "建议": "希望", "希望": "建议", "应当": "应该", "提高": "提升", "太": "过于", "我们": "我单位", "没有": "没",
    "企业": "公司", "增加": "补充", "明确": "写清楚", "标准": "尺度", "不够": "不足", "目前": "现在", "删去": "删除",
    "规定": "要求",
}  # fmt: skip
# The same for all: what two comments have in common that are no copies.
_SET_PHRASES = (
    "我在一线干了十几年，深有体会。", "请予采纳。", "以上意见供参考。", "我公司去年就遇到过这种情况，跑了三趟才办成。",
    "另外网站打不开，请修一下。", "我是替我父亲提的，他不会上网。", "我们村也盼着这个政策。",
)  # fmt: skip
_PART = re.compile("[^，。；！？]+[，。；！？]*")
_SHORTEST = 30  # characters of a comment that is copied


def varied(texts: Sequence[str], seed: int) -> Iterator[tuple[int, str]]:
    """Each text with its number, and for two in five some copies under the same number; the same for the same seed."""
    random = Random(seed)
    for at, text in enumerate(texts):
        yield at, text
        if len(text) >= _SHORTEST and random.random() < 0.4:
            for _ in range(random.randint(1, 5)):
                yield at, _copy(text, random)


def _copy(text: str, random: Random) -> str:
    changes = random.sample(range(5), random.choice([1, 1, 2, 2, 3]))
    if 0 in changes:
        for word, other in _OTHER_WORDS.items():
            if word in text and random.random() < 0.6:
                text = text.replace(word, other, 1)
    parts = _PART.findall(text)
    if 1 in changes and len(parts) > 2:
        parts.pop(random.randrange(len(parts)))
        text = "".join(parts)
    before = random.choice(_SET_PHRASES) if 2 in changes else ""
    behind = random.choice(_SET_PHRASES) if 3 in changes else ""
    text = f"{before}{text}{behind}"
    return text.replace("，", ",").replace("。", " ") if 4 in changes else text
