"""The number of a text: on a line of its own, beside its title, in the page's table, or an order's number."""

from __future__ import annotations

import re

from analysis.corpus import metadata_patterns as patterns
from analysis.corpus.headlines import Found, head_lines, run_in

_SENTENCE = re.compile(r"[。；！]|，")


def number(lines: list[str]) -> Found | None:
    """The number of the text itself: on a line of its own, beside the title, behind its label, or an order's number.

    A number in the brackets of a sentence is another text's.
    """
    head = head_lines(lines)
    for at, line in enumerate(head):
        if at + 1 < len(head) and re.search("(?:令|公告)$", line) and re.match("[（(]?第.{1,8}号[）)]?$", head[at + 1]):
            line += head[at + 1]  # the number of an order often stands below its name
        found = patterns.DOCUMENT_NUMBER.find(line)
        label = re.search(r"(?:文 ?号|发文字号)[：: ] ?$", line[: found.start()]) if found else None
        if found and (label or _alone(line, found)):
            return Found(tidy(found.group()), f"取自“{line if len(line) <= 40 else found.group()}”")
        order = patterns.ORDER_NUMBER.find(line)
        if order and len(line) <= 80 and not re.search("[《。]", line[: order.start()]):
            words = re.sub(r"^.*日", "", order.group())
            return Found(re.sub("[（）() ]", "", words), f"取自“{line}”")
    return None


def run_in_number(lines: list[str]) -> Found | None:
    """The number between a title and the text that it runs into."""
    opened = run_in(lines)
    number = (opened["number"] or opened["lone"]) if opened else None
    return Found(tidy(number), f"取自开头“{number}”") if number else None


def _alone(line: str, found: re.Match[str]) -> bool:
    """Whether a number stands by itself: it is its line, or opens or closes a title."""
    before, after = line[: found.start()].strip(" •·*-"), line[found.end() :]
    if not before and re.match(" ?(?:各|时效|成文|发布|公开)", after):
        return True
    if not before.strip(" （") and not after.strip(" ）"):
        return True
    if _SENTENCE.search(line) or line.endswith(("：", ":")) or before.endswith(("（", "(", "》")):
        return False
    return (not before and bool(patterns.KIND.find(after.strip(" 《》")))) or (
        not after and bool(patterns.KIND.find(before.strip(" 《》")))
    )


def tidy(words: str) -> str:
    """``川科成[2018] 3 号`` -> ``川科成〔2018〕3号``."""
    return re.sub(r"[〔﹝\[［（(]((?:19|20)\d\d)[〕﹞\]］）)]", r"〔\1〕", words.replace(" ", ""))
