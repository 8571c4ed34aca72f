"""How long a text holds, and until when a draft may be commented on."""

from __future__ import annotations

import re
from dataclasses import dataclass

from analysis.corpus import metadata_patterns as patterns
from analysis.corpus.dates import days, years_later
from analysis.corpus.headings import ordinal
from analysis.corpus.headlines import Found

# What says that a sentence speaks of its own text.
_OWN = re.compile(
    r"(?:本|此|该|以上|上述)(?:法|条例|办法|规定|细则|规则|意见|方案|计划|措施|政策|若干|通知|规程|指南|文件|行动)"
    r"|^自|(?:解释|公布|发布|印发)，自|(?:^|，)有效期(?!内)"
)
_FROM_ISSUE = re.compile("^(?:印发|发布|公布|下发|发文|颁布)(?:之日)?$")
_SHORT_DAY = re.compile(r"(?:至|到|-|—|－|~|～)[ ]*(?:(\d{1,2})月)?(\d{1,2})日")
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
        cue = patterns.REPLY_TIME.find(line)
        if not cue:
            continue
        text = line if days(line) else "".join(lines[number : number + 2])
        found = [day for day in days(text) if day.whole]
        if not found:
            last = _deadline(text, issued)
            if last:
                return Span(None, last)
            continue
        if len(found) >= 2 and re.fullmatch(
            r"[日起（）\s]*(?:至|到|—|-|－|~|～)[\s（]*", text[found[0].end : found[1].start]
        ):
            words = _quoted(text[found[0].start : found[1].end])
            return Span(Found(found[0].iso, words), Found(found[1].iso, words))
        short = _SHORT_DAY.match(text, found[0].end)
        if short:
            until = days(f"{found[0].iso[:4]}年{short[1] or found[0].iso[5:7]}月{short[2]}日")
            words = _quoted(text[found[0].start : short.end()])
            return Span(Found(found[0].iso, words), Found(until[0].iso, words) if until else None)
        if re.search(r"(?:于|截至|截止|前|截止到|截止至)[^，。]{0,24}$", text[: found[-1].start]) or re.match(
            r"[日]?(?:（[^）]*）)?(?:\d{1,2}[：:]\d\d)?(?:之?前|以前|止|截止)", text[found[-1].end :]
        ):
            day = found[-1]
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
    matches = [match for line in lines if (match := patterns.CONTACT.find(line))]
    found = [
        match["words"].strip()
        if match["label"] in ("联系人", "联系方式")
        else f"{match['label']}{match['words'].strip()}"
        for match in matches
    ]
    return "；".join(found[:3]) if found else None


def _quoted(words: str) -> str:
    return f"读自“{words.strip()}”"
