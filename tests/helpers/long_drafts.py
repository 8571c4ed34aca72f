"""Drafts of any length from the sentences of clean ones: mixed, and numbered anew."""

from __future__ import annotations

import random
import re

from clean_drafts import CLEAN

from analysis.corpus.formats.docx import chinese

_DIGITS = "[一二三四五六七八九十]+"
_NUMBER = re.compile(rf"　　(?:第{_DIGITS}条　|（{_DIGITS}）|\d+\.|{_DIGITS}、)")
# A sentence with one of these says something only where it stands.
_ONCE = re.compile("附件|本办法|达到|安排|有效期|截至|责任单位|不足|申报期|公示期|增加到|以下简称|累计")
_ITEMS = 9  # under a heading
_SENTENCES = 3


def sentences() -> list[str]:
    """The sentences of the clean drafts, without numbers of items."""
    lines = (_NUMBER.sub("", line).strip() for text in CLEAN.values() for line in text.split("\n"))
    found = [sentence for line in lines for sentence in re.findall("[^。]{12,}。", line)]
    return [sentence for sentence in found if not (_ONCE.search(sentence) or sentence[0].isdecimal())]


def long_draft(length: int, seed: int = 7) -> str:
    """A draft of at least ``length`` characters: items 一、, （一）, 1. of sentences in another order."""
    chance = random.Random(seed)
    pool = sentences()
    parts = ["临澜省人民政府关于加快技术转移体系建设的实施意见\n临政发〔2026〕12号\n\n各市（州）人民政府：\n"]
    size, heading = len(parts[0]), 0
    while size < length:
        heading += 1
        lines = [f"　　{chinese(heading)}、建设第{heading}类平台"]
        for item in range(1, _ITEMS + 1):
            words = "".join(chance.sample(pool, _SENTENCES))
            lines.append(f"　　（{chinese(item)}）推进事项{heading}之{item}。{words}（责任单位：省科技厅、省财政厅）")
            if item % 3 == 0:
                lines += [f"　　{at}.{chance.choice(pool)}" for at in (1, 2, 3)]
        part = "\n".join(lines) + "\n"
        parts.append(part)
        size += len(part)
    return "".join((*parts, "　　本意见自2026年6月1日起施行，有效期5年。\n\n临澜省人民政府\n2026年5月8日\n"))
