"""How a text was issued: its number, the day, who passed and amended it; how long it holds and may be commented on."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from analysis.corpus import metadata_patterns as patterns
from analysis.corpus.headings_and_days import days, ordinal, years_later
from analysis.corpus.headlines import Found, Stated
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


def history(stated: Stated) -> list[Act]:
    """Every act that the preamble tells, in its order; [] for texts without one."""
    found: list[Act] = []
    for line in stated.head[:_LINES]:
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


def issued(stated: Stated, number: Found | None, told: list[Act]) -> Found | None:
    """The day of issue: history, signature, the page's own table, a report on its printing, its number."""
    if made := adoption(told):
        last = max(made, key=lambda act: act.day)
        return Found(last.day, f"取自题注“{last.words}”")
    if signed := stated.signed:
        return Found(signed.day, f"取自{'落款' if signed.names else '单独一行的日期'}“{signed.words}”")
    opened = stated.opened
    if opened and opened["day"] and (day := days(opened["day"])):
        return Found(day[0].iso, f"取自标题后的“{opened['day']}”")
    found = stated.label("成文日期", "发文日期", "发文时间", "印发日期", "印发时间", "生成日期")
    if found and (day := days(found.value)):
        return Found(day[0].iso, found.why)
    title = stated.title.value if stated.title else ""
    shown = _of_page(stated, title)
    for line in stated.lines[:8]:
        sent = patterns.PRINTED.find(line)
        if sent and sent["name"] in title and (sent["year"] or shown):
            year = sent["year"] or (shown.value[:4] if shown else "")
            if day := days(f"{year}年{sent['month']}月{sent['day']}日"):
                return Found(day[0].iso, f"取自“{sent.group()}”" + ("" if sent["year"] else "，年份取自网页"))
    of_number = re.search(r"〔(\d{4})〕", number.value) if number else None
    if shown and (of_number is None or shown.value.startswith(of_number[1])):
        return shown
    return Found(of_number[1], f"由发文字号“{of_number.group()}”推定年份") if of_number else None


def _of_page(stated: Stated, title: str) -> Found | None:
    """The day that the page gives: behind a label, or on a line above the text, or just below its title."""
    lines = stated.lines
    shown = stated.label("发布日期", "发布时间", "公布日期", "发表时间", "日期", "时间", "更新时间")
    if shown and (day := days(shown.value)):
        return Found(day[0].iso, f"{shown.why}，{_PAGE}")
    named = next((at for at, line in enumerate(lines[:_LOWEST]) if title and title in line), 0)
    for line in (*lines[:_ABOVE], *lines[max(named + 1, _ABOVE) : named + 1 + _BELOW]):
        found = patterns.PAGE_DAY.find(line)
        if found is None or _NO_DAY_OF_PAGE.search(found["before"]):
            continue
        if not (found["clock"] or len(found["rest"]) < _SHORT or patterns.CREDIT.find(found["rest"])):
            continue
        parts = [found["y"], found["m"], found["d"]] if found["y"] else re.findall(r"\d+", found["day"])
        if day := days("-".join(parts)):
            return Found(day[0].iso, f"取自网页上的“{line[: found.start('rest')].strip()}”，{_PAGE}")
    return None


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


def number(stated: Stated) -> Found | None:
    """The number of the text itself: on a line of its own, beside the title, behind its label, that of an order, or
    between a title and the text that it runs into.

    A number in the brackets of a sentence is another text's.
    """
    head = stated.head
    for at, line in enumerate(head):
        if at + 1 < len(head) and re.search("(?:令|公告)$", line) and re.match("[（(]?第.{1,8}号[）)]?$", head[at + 1]):
            line += head[at + 1]  # the number of an order often stands below its name
        found = patterns.DOCUMENT_NUMBER.find(line)
        labelled = re.search(r"(?:文 ?号|发文字号)[：: ] ?$", line[: found.start()]) if found else None
        if found and (labelled or _alone(line, found)):
            return Found(tidy(found.group()), f"取自“{line if len(line) <= 40 else found.group()}”")
        order = patterns.ORDER_NUMBER.find(line)
        if order and len(line) <= 80 and not re.search("[《。]", line[: order.start()]):
            words = re.sub(r"^.*日", "", order.group())
            return Found(re.sub("[（）() ]", "", words), f"取自“{line}”")
    opened = stated.opened
    run_in = (opened["number"] or opened["lone"]) if opened else None
    return Found(tidy(run_in), f"取自开头“{run_in}”") if run_in else None


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


# What says that a sentence speaks of its own text.
_OWN = re.compile(
    r"(?:本|此|该|以上|上述)(?:法|条例|办法|规定|细则|规则|意见|方案|计划|措施|政策|若干|通知|规程|指南|文件|行动)"
    r"|^自|(?:解释|公布|发布|印发)，自|(?:^|，)有效期(?!内)"
)
_FROM_ISSUE = re.compile("^(?:印发|发布|公布|下发|发文|颁布)(?:之日)?$")
_SHORT_DAY = re.compile(r"(?:至|到|-|—|－|~|～)[ ]*(?:(\d{1,2})月)?(\d{1,2})日")
_UNTIL = re.compile(r"[日起（）\s]*(?:至|到|—|-|－|~|～)[\s（]*")
_WAITS_FOR_DAY = re.compile("(?:于|截[至止]|前)[^，。]{0,24}$")
_LAST_DAY = re.compile(r"日?(?:（[^）]*）)?(?:\d{1,2}[：:]\d\d)?(?:之?前|以前|止|截止)")
_TWO_YEARS = 100


@dataclass(frozen=True, slots=True)
class Span:
    """First and last day (ISO), each with its reason; None where the text does not say."""

    first: Found | None = None
    last: Found | None = None


def validity(lines: list[str], title: str, issued: str | None) -> Span:
    """From when until when a text holds, as it says itself; failing that the years of the plan in its title.

    ``issued`` (ISO) is what 自印发之日起 counts from.
    """
    for line in reversed(lines):
        if "施行" not in line and "有效期" not in line and "实施" not in line and "执行" not in line:
            continue
        if not _OWN.search(line):
            continue
        span = _of_line(line, issued)
        if span.first or span.last:
            return span
    found = patterns.PLAN_PERIOD.find(title)
    if found and int(found["first"]) < int(found["last"]) < int(found["first"]) + _TWO_YEARS:
        why = f"取自标题中的“{found.group()}”"
        return Span(Found(found["first"], why), Found(found["last"], why))
    return Span()


def _of_line(line: str, issued: str | None) -> Span:
    first = last = None
    sentences = [words for words in line.split("。") if words]
    own = [words for words in sentences if not re.search("《[^》]*》[^，。]{0,6}同时废止$", words)] or sentences
    text = "。".join(own)
    if found := patterns.IN_FORCE_FROM.find(text):
        whole = [day for day in days(found["day"]) if day.whole]
        words = _quoted(found.group())
        if whole:
            first = Found(whole[0].iso, words)
        elif _FROM_ISSUE.match(found["day"].strip()) and issued and len(issued) == 10:
            first = Found(issued, f"{words}，按发文日期计")
    if found := patterns.VALID_UNTIL.find(text):
        until = [day.iso for day in days(found["day"] or found["other"])]
        last = Found(until[0], _quoted(found.group())) if until else None
    found = patterns.VALID_FOR.find(text) if last is None and first else None
    if found and first:
        years = int(found["years"]) if found["years"].isdecimal() else ordinal(found["years"].replace("两", "二"))
        if years:
            last = Found(years_later(first.value, years), f"{_quoted(found.group())}，自 {first.value} 起算")
    return Span(first, last)


def comment_period(lines: list[str], issued: str | None = None) -> Span:
    """When a draft may be commented on. A deadline alone gives the last day only, its year perhaps from ``issued``."""
    for number, line in enumerate(lines):
        if not patterns.REPLY_TIME.find(line):
            continue
        text = line if days(line) else "".join(lines[number : number + 2])
        found = [day for day in days(text) if day.whole]
        if not found:
            if last := _deadline(text, issued):
                return Span(None, last)
            continue
        if len(found) >= 2 and _UNTIL.fullmatch(text, found[0].end, found[1].start):
            words = _quoted(text[found[0].start : found[1].end])
            return Span(Found(found[0].iso, words), Found(found[1].iso, words))
        if short := _SHORT_DAY.match(text, found[0].end):
            until = days(f"{found[0].iso[:4]}年{short[1] or found[0].iso[5:7]}月{short[2]}日")
            words = _quoted(text[found[0].start : short.end()])
            return Span(Found(found[0].iso, words), Found(until[0].iso, words) if until else None)
        day = found[-1]
        if _WAITS_FOR_DAY.search(text, 0, day.start) or _LAST_DAY.match(text, day.end):
            return Span(None, Found(day.iso, _quoted(text[max(day.start - 12, 0) : day.end + 2])))
    return Span()


def _deadline(text: str, issued: str | None) -> Found | None:
    """请于7月30日前反馈 in a text of July 2025 -> 2025-07-30; None where the year is open."""
    found = re.search(r"(?:于|截至|截止到?)[^，。]{0,4}?(\d{1,2})月(\d{1,2})日(?:（[^）]*）)?(?:之?前|以前|止)", text)
    if not found or not issued or len(issued) != 10:
        return None
    until = days(f"{issued[:4]}年{found[1]}月{found[2]}日")
    later = bool(until) and until[0].iso >= issued
    return Found(until[0].iso, f"{_quoted(found.group())}，年份取自发文日期") if later else None


def contact(lines: list[str]) -> str | None:
    """How to reach who asks for comments, as written; None where the text does not say."""
    found: list[str] = []
    for match in filter(None, map(patterns.CONTACT.find, lines)):
        label = "" if match["label"] in ("联系人", "联系方式") else match["label"]
        found.append(label + match["words"].strip())
    return "；".join(found[:3]) or None


def _quoted(words: str) -> str:
    return f"读自“{words.strip()}”"
