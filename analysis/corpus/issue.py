"""How a text was issued: the day, as precisely as it says, who passed, approved and amended it, and its number."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from analysis.corpus import metadata_patterns as patterns
from analysis.corpus.dates import days
from analysis.corpus.headlines import Found, Signature, Title, head_lines, label, run_in
from analysis.model import TextKind

# What the lines below the title of a statute tell of it.
_LINES = 12
AMENDED, REVISED, IN_FORCE = "修正", "修订", "施行"


@dataclass(frozen=True, slots=True)
class Act:
    """One act: its day (ISO), what was done, the body that met ("" where none is named) and the words."""

    day: str
    done: str
    body: str
    words: str


def history(lines: list[str]) -> list[Act]:
    """Every act that the preamble tells, in its order; [] for texts without one."""
    found: list[Act] = []
    for line in head_lines(lines)[:_LINES]:
        dated = days(line)
        if not dated or not patterns.ACT.find(line) or re.search("[。，]", line):
            continue
        ends = [day.start for day in dated[1:]] + [len(line)]
        for day, end in zip(dated, ends, strict=True):
            words = line[day.end : end]
            acts = [act.group() for act in patterns.ACT.regex.finditer(re.sub("《[^》]*》(?!$)", "", words))]
            if acts and day.whole:
                said = line[day.start : end].removesuffix("根据").strip(" ）)")
                found.append(Act(day.iso, acts[-1], _body(words), said))
    # A decision to amend that one body passes and another one approves is one amendment.
    return [
        replace(act, done=AMENDED) if act.done == "通过" and _approved_amendment(found, at) else act
        for at, act in enumerate(found)
    ]


def _approved_amendment(found: list[Act], at: int) -> bool:
    after = found[at + 1] if at + 1 < len(found) else None
    return at > 0 and after is not None and after.done == AMENDED and "批准" in after.words


def _body(words: str) -> str:
    """The body that met: 上海市第十四届人大常委会第三次会议 -> 上海市人民代表大会常务委员会."""
    session = patterns.SESSION.find(words)
    if session is None or not (session["place"] or session["nation"]):
        return ""
    place = session["nation"] or session["place"].removeprefix("由")
    return f"{place}人民代表大会{'常务委员会' if session['committee'] else ''}"


def adoption(told: list[Act]) -> list[Act]:
    """The acts by which this version was made: since the last revision, or amendment by a decision on this text alone.

    Decisions that touch up many texts at once make no new version; :func:`amendments` notes them.
    """
    acts = [act for act in told if act.done not in (AMENDED, IN_FORCE) or patterns.OWN_DECISION.find(act.words)]
    last = max((at for at, act in enumerate(acts) if act.done in (REVISED, AMENDED)), default=0)
    return acts[last:]


def amendments(told: list[Act]) -> list[str]:
    """A note on amendments after the day that counts as the day of issue."""
    made = adoption(told)
    issued = max((act.day for act in made), default="9999")
    later = [act.day for act in told if act.done == AMENDED and AMENDED in act.words and act.day > issued]
    return [f"正文已收入{'、'.join(later)}的修正。"] if later else []


_ABOVE = 14  # lines in which a page says when it was put there
_LOWEST, _BELOW = 40, 3  # how low a title may stand, and how far below it a page may give its day
_HEAD = 200  # characters in which a report says of which day it is
_NO_DAY_OF_PAGE = re.compile("今天是|[至到自从于前]$|截[至止]|申报|受理|报名|征[集求]|反馈|公示|[执施]行|实施|有效")
_SHORT = 3  # what may stand behind the day on its line
_PAGE = "是网页发布日期，成文日期不详"
_PLANNED = (TextKind.PLAN, TextKind.NORMATIVE, TextKind.CALL)


def issued(
    lines: list[str], title: Title | None, number: Found | None, signed: Signature | None, told: list[Act]
) -> Found | None:
    """The day of issue: history, signature, the page's own table, a report on its printing, its number."""
    if made := adoption(told):
        last = max(made, key=lambda act: act.day)
        return Found(last.day, f"取自题注“{last.words}”")
    if signed and signed.day:
        words = lines[_day_line(lines, signed)]
        return Found(signed.day.iso, f"取自落款“{words}”" if signed.names else f"取自单独一行的日期“{words}”")
    opened = run_in(lines)
    if opened and opened["day"] and (day := days(opened["day"])):
        return Found(day[0].iso, f"取自标题后的“{opened['day']}”")
    found = label(lines, ("成文日期", "发文日期", "发文时间", "印发日期", "印发时间", "生成日期"))
    if found and days(found.value):
        return Found(days(found.value)[0].iso, found.why)
    shown = _of_page(lines, title.value if title else "")
    page = shown.value if shown else None
    for line in lines[:8]:
        sent = patterns.PRINTED.find(line)
        if sent and title and sent["name"] in title.value and (sent["year"] or page):
            year = sent["year"] or (page or "")[:4]
            day = days(f"{year}年{sent['month']}月{sent['day']}日")
            if day:
                return Found(day[0].iso, f"取自“{sent.group()}”" + ("" if sent["year"] else "，年份取自网页"))
    of_number = re.search(r"〔(\d{4})〕", number.value) if number else None
    if shown and (of_number is None or shown.value.startswith(of_number[1])):
        return shown
    return Found(of_number[1], f"由发文字号“{of_number.group()}”推定年份") if of_number else None


def _of_page(lines: Sequence[str], title: str) -> Found | None:
    """The day that the page gives: behind a label, or on a line above the text, or just below its title."""
    shown = label(list(lines), ("发布日期", "发布时间", "公布日期", "发表时间", "日期", "时间", "更新时间"))
    if shown and days(shown.value):
        return Found(days(shown.value)[0].iso, f"{shown.why}，{_PAGE}")
    named = next((at for at, line in enumerate(lines[:_LOWEST]) if title and title in line), 0)
    for line in (*lines[:_ABOVE], *lines[max(named + 1, _ABOVE) : named + 1 + _BELOW]):
        found = patterns.PAGE_DAY.find(line)
        if found is None or _NO_DAY_OF_PAGE.search(found["before"]):
            continue
        if not (found["clock"] or len(found["rest"]) < _SHORT or patterns.CREDIT.find(found["rest"])):
            continue
        if iso := _iso(found):
            return Found(iso, f"取自网页上的“{line[: found.start('rest')].strip()}”，{_PAGE}")
    return None


def _iso(found: re.Match[str]) -> str:
    parts = [found["y"], found["m"], found["d"]] if found["y"] else re.findall(r"\d+", found["day"])
    read = days("-".join(parts))
    return read[0].iso if read else ""


def _day_line(lines: Sequence[str], signed: Signature) -> int:
    return next(at for at in range(signed.line, len(lines)) if days(lines[at]))


def year_of(kind: TextKind, title: str, lines: Sequence[str]) -> Found | None:
    """A day or year that the words of a text let conclude where none is stated: its dateline, title or first words."""
    head = "\n".join(lines)[:_HEAD]
    if kind in (TextKind.NEWS, TextKind.ANSWERS):
        dated = patterns.DATELINE_DAY.find(head)
        day = days(dated["day"]) if dated else ()
        return Found(day[0].iso, f"取自报道开头“{dated.group().strip()}”") if dated and day else None
    if kind not in _PLANNED:
        return None
    found = patterns.TITLE_YEAR.find(title)
    if found and not re.search("[到至和]$", title[: found.start()]) and not (kind is TextKind.CALL and "年度" in title):
        return Found(found["year"], f"由标题中的“{found.group()}”推定年份")
    opened = next((one for line in lines[:_ABOVE] if (one := patterns.OPENING_YEAR.find(line))), None)
    return Found(opened["year"], f"由首句“{opened.group()}”推定年份") if opened and kind is TextKind.PLAN else None


def year_of_reported(kind: TextKind, about: str) -> Found | None:
    """The year of what a report is about: the first year of a plan, the year of a meeting; the least sure of all."""
    told = patterns.TITLE_YEAR.find(about) if kind is TextKind.NEWS else None
    sure = told and (told["range"] or told.start() == 0)
    return Found(told["year"], f"由所报道的“{about}”推定年份") if told and sure else None


# The number of a text.
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
