"""Dates of a draft: how they are written, whether they are days, effect and validity (D7, D8, D14)."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from datetime import date, timedelta

from analysis.corpus.headings_and_days import ordinal, years_later
from analysis.lint.draft import Draft
from analysis.lint.findings import Change, Force, Found, Severity, Source
from analysis.lint.lines import Line, Role
from analysis.lint.registry import Family, rule
from analysis.lint.sources import ARITHMETIC, layout_standard

_BODY = "　　为推动技术转移，提出以下意见。\n"
_DAY = re.compile(r"(?:(?<!\d)(\d{2,4})年)?(?<!\d)(\d{1,2})月(\d{1,2})日")


_SHORT_YEAR = re.compile(r"(?<![\d国第近前满未过后约])\d{2}年\d{1,2}月(?=底|末|前|上旬|中旬|下旬|\d)")
# 2026.6.15前: a day that a sentence sets, not a version, an amount or the line of a web page
_DOTTED = re.compile(
    r"(?<![\d.A-Za-z（(])(20\d\d)\s?[./]\s?(1[0-2]|0?[1-9])\s?[./]\s?(3[01]|[12]\d|0?[1-9])(?=[前起至止之以内到])"
)


@rule(
    "D7",
    "日期写全且不编虚位",
    Family.FORM,
    Severity.WARNING,
    why="成文日期用阿拉伯数字把年、月、日标全，年份四位，月、日不编虚位。",
    source=layout_standard("7.3.5.4"),
    bad=(
        f"{_BODY}\n省科技厅\n2026年03月02日\n",
        f"{_BODY}\n省科技厅\n2026.3.2\n",
        "　　于2026年05月08日前报送。\n",
        "　　于26年5月底前报送。\n",
        "　　材料应当在2026.6.15前报送。\n",
    ),
    good=(
        f"{_BODY}\n省科技厅\n2026年3月2日\n",
        f"{_BODY}\n省科技厅\n2026年　月　日\n",
        "　　10月10日前报送。\n",
        "　　使用2026.1.5版软件。\n",
    ),
)
def leading_zeros(draft: Draft) -> Iterator[Found]:
    """Months and days with a leading zero; an error in the date of the document."""
    for line in draft.lines:
        own = Severity.ERROR if line.role is Role.DATE else None
        if own is None and not line.text.endswith(("。", "；", "：")):
            continue  # the line of a web page that says when it was put there
        for match in re.finditer(r"(?:(?<!\d)\d{2,4}年)?(?<!\d)(?:0\d月(?:\d{1,2}日)?|\d{1,2}月0\d日)", line.text):
            start, end = line.span(match)
            right = re.sub(r"0(\d[月日])", r"\1", match.group())
            message = f"日期“{match.group()}”的月、日编了虚位"
            yield Found(start, end, message, f"写作“{right}”", changes=(Change(start, end, right),), severity=own)
        for match in _SHORT_YEAR.finditer(line.text):
            start, end = line.span(match)
            yield Found(start, end, f"日期“{match.group()}”的年份没有写全", "年份写四位", severity=own)
        for match in _DOTTED.finditer(line.text):
            start, end = line.span(match)
            right = f"{match[1]}年{int(match[2])}月{int(match[3])}日"
            message = f"日期“{match.group()}”没有写明年、月、日"
            yield Found(start, end, message, f"写作“{right}”", changes=(Change(start, end, right),))
        if own and re.fullmatch(r"\d{2,4}\s?\.\s?\d{1,2}\s?\.\s?\d{1,2}", line.text):
            yield Found(line.start, line.end, "成文日期没有写明年、月、日", "写作“2026年3月2日”的样子", severity=own)


@rule(
    "D8",
    "日期存在且前后相符",
    Family.FORM,
    Severity.ERROR,
    why="不存在的日期无法执行；施行日期、有效期和截止日期互相矛盾，读者不知道以哪个为准。",
    source=ARITHMETIC,
    bad=(
        "　　于2026年6月31日前报送。\n",
        "　　本办法自2026年5月1日起施行，有效期3年，至2030年4月30日止。\n",
        "　　第一条　本办法自2026年5月1日起施行。\n　　第二条　有效期至2028年4月30日，期限为5年。\n",
        "　　本办法自2026年1月1日起施行。\n\n省科技厅\n2026年3月2日\n",
        "　　2025年底前建成平台。\n\n省科技厅\n2026年3月2日\n",
        "技术转移三年行动方案（2026—2028年）\n　　评估结果于2025年底前报送。\n",
        "　　建设期为2026年7月至2028年6月，共3年。\n",
        "　　会议定于2026年6月10日（星期五）召开。\n",
    ),
    good=(
        "　　会议定于2026年6月10日（星期三）召开。\n",
        "　　于2028年2月29日前报送。\n",
        "　　本办法自2026年5月1日起施行，有效期3年，至2029年4月30日止。\n",
        "　　本办法自2026年5月1日起施行，有效期至2029年4月30日。\n\n省科技厅\n2026年3月2日\n",
        "　　截至2025年底，已建成平台。2026年底前再建5个。\n\n省科技厅\n2026年3月2日\n",
        "　　建设期为2026年7月至2029年6月，共3年。\n",
    ),
)
def impossible(draft: Draft) -> Iterator[Found]:
    """Days that no calendar has (errors); effect, validity and deadlines that contradict each other (warnings)."""
    for line in draft.lines:
        for match in _DAY.finditer(line.text):
            year, month, day = (int(part) if part else None for part in match.groups())
            assert month is not None
            if not 1 <= month <= 12 or not 1 <= (day or 0) <= calendar.monthrange(year or 2028, month)[1]:
                start, end = line.span(match)
                yield Found(start, end, f"没有“{match.group()}”这一天", "核对后改正日期")
        yield from _weekdays(line)
    issued = _issued(draft)
    yield from _validity(draft, issued)
    known = issued or _term_begins(draft)
    for line in draft.lines:
        if known is not None and line.role is not Role.TITLE:
            yield from _passed(line, known, "成文日期" if issued else f"起始年份{known.year}年")
        yield from _lengths(line)


_WEEKDAY = re.compile(
    r"(?P<year>20\d\d)年(?P<month>\d{1,2})月(?P<day>\d{1,2})日\s?[（(，]?\s?(?:星期|周|礼拜)(?P<named>[一二三四五六日天])(?![至到—－\-])"
)
_NAMED_DAYS = "一二三四五六日"


def _weekdays(line: Line) -> Iterator[Found]:
    """A day with another day of the week than the calendar has: 2026年6月10日（星期五）."""
    for match in _WEEKDAY.finditer(line.text):
        day = _date(match.group())
        if day is not None and _NAMED_DAYS[day.weekday()] != match["named"].replace("天", "日"):
            message = f"{day.year}年{day.month}月{day.day}日是星期{_NAMED_DAYS[day.weekday()]}"
            yield Found(*line.span(match), message, "核对日期与星期", severity=Severity.WARNING)


def _issued(draft: Draft) -> date | None:
    """The date of the document, from the line that states it."""
    return next((day for line in draft.lines if line.role is Role.DATE and (day := _date(line.text))), None)


def _term_begins(draft: Draft) -> date | None:
    """The first day of the term that the title names: （2026—2028年）; None where it names none."""
    term = re.search(r"(20\d\d)年?[—－\-～至到]{1,2}20\d\d年", draft.title)
    return date(int(term[1]), 1, 1) if term else None


_TERM = re.compile(
    r"(?P<year>20\d\d)年(?P<month>\d{1,2})月(?:\d{1,2}日)?[—－\-～至到]{1,2}(?P<last>20\d\d)年(?P<end>\d{1,2})月(?:\d{1,2}日)?"
    r"[，（(]?(?:共|为期|期限|历时|建设期|实施期|周期)(?:限)?(?:为|共)?(?P<length>\d{1,2}|[一二两三四五六七八九十]{1,3})(?P<unit>年|个月)"
)


def _lengths(line: Line) -> Iterator[Found]:
    """A term from month to month with its length beside it: 2026年7月至2028年6月，共3年."""
    for match in _TERM.finditer(line.text):
        first, last = (
            int(match[year]) * 12 + int(match[month]) for year, month in (("year", "month"), ("last", "end"))
        )
        stated = ordinal(match["length"].replace("两", "二"))
        months = (stated or 0) * (12 if match["unit"] == "年" else 1)
        if stated and not 0 <= last - first + 1 - months <= 1:  # 7月至次年7月 is a year, too
            start, end = line.span(match)
            message = f"{match['year']}年{match['month']}月至{match['last']}年{match['end']}月共{last - first + 1}个月"
            suggestion = "改正起止时间或期限"
            yield Found(
                start, end, f"{message}，文中是{match['length']}{match['unit']}", suggestion, severity=Severity.WARNING
            )


def _date(words: str) -> date | None:
    match = _DAY.search(words)
    if not match or not match[1] or len(match[1]) != 4:
        return None
    try:
        return date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        return None


_CLOSE = 6  # lines behind the day of effect in which its end is stated
_EFFECT = re.compile(r"自(\d{4}年\d{1,2}月\d{1,2}日|(?:印发|发布|公布)之日)起(?:正式)?(?:施行|实施|执行|生效)")
_YEARS = re.compile(r"(?:有效期(?:限)?|期限)(?:为|暂定)?\s?(\d{1,2}|[一二三四五六七八九十]{1,2})年")
_UNTIL = re.compile(r"至(\d{4}年\d{1,2}月\d{1,2}日)(?:止|失效|[。，；）)]|$)")


def _validity(draft: Draft, issued: date | None) -> Iterator[Found]:
    """The day of effect, the years and the end of a text, held against each other wherever they stand."""
    effects = ((line, match) for line in draft.body() if (match := _EFFECT.search(line.text)))
    line, effect = next(effects, (None, None))
    if line is None or effect is None or (begun := _date(effect[1]) or issued) is None:
        return
    if issued is not None and begun < issued:
        start, end = line.span(effect)
        message = f"施行日期早于成文日期{issued.year}年{issued.month}月{issued.day}日"
        yield Found(start, end, message, "核对施行日期", severity=Severity.WARNING)
    for other in draft.lines[line.index : line.index + _CLOSE]:
        years = _YEARS.search(other.text)
        until = _UNTIL.search(other.text, effect.end() if other is line else 0)
        ends, count = _date(until[1]) if until else None, ordinal(years[1]) if years else None
        if years is None or until is None or ends is None or count is None:
            continue
        due = date.fromisoformat(years_later(begun.isoformat(), count))
        if ends not in (due, due + timedelta(days=1)):
            message = f"自{effect[1]}起{count}年应到{due.year}年{due.month}月{due.day}日，文中写到{until[1]}"
            start, end = min(years.start(), until.start()), max(until.end(1), years.end())
            place = line.span(effect)
            span = other.start + start, other.start + end
            yield Found(*span, message, "改正年限或截止日期", (place,), severity=Severity.WARNING)


_DEADLINE = re.compile(r"(?<!截至)(?<!截止)(?<!\d)(20\d\d)年(?:(\d{1,2})月)?(?:底|末)?(?:之?前)")
_DAY_DEADLINE = re.compile(
    r"(?<!截至)(?<!截止)(?<!\d)(20\d\d年\d{1,2}月\d{1,2}日)(?:之?前|前)(?=将?[^，。；的已]{0,16}"
    r"(?:报送|提交|上报|报名|完成|建成|办结|公布|出台|印发|反馈)(?!的))"
)


def _passed(line: Line, issued: date, whose: str) -> Iterator[Found]:
    """Deadlines before the day on which the document is made, or before its term begins."""
    for match in _DEADLINE.finditer(line.text):
        year, month = int(match[1]), int(match[2] or 12)
        if (year, month) < (issued.year, issued.month) and not re.search(
            "已|年以前", line.text[match.start() : match.end() + 12]
        ):
            start, end = line.span(match)
            message = f"期限“{match.group()}”早于{whose}"
            yield Found(start, end, message, "核对期限", severity=Severity.WARNING)
    for match in _DAY_DEADLINE.finditer(line.text):
        if (day := _date(match[1])) is not None and day < issued:
            start, end = line.span(match)
            yield Found(start, end, f"期限“{match.group()}”早于成文日期", "核对期限", severity=Severity.WARNING)


_VALID = re.compile(r"有效期(?:限)?(?:为|至|暂定)?\s?[\d一二三四五六七八九十]{1,4}年")


@rule(
    "D14",
    "写明施行日期和有效期",
    Family.FORM,
    Severity.WARNING,
    why="规范性文件不写明何时施行、有效多久，执行的人无从判断它是否有效。",
    source=Source("规章制定程序条例", "第三十二条", Force.RULED),
    bad=(
        "技术转移奖励办法\n　　第一条　本办法由市科技局负责解释，有效期3年。\n",
        "技术转移奖励实施细则\n　　第一条　为推动技术转移，制定本细则。\n　　第二条　本细则由市科技局负责解释。\n",
    ),
    good=(
        "技术转移奖励办法\n　　第一条　制定本办法。\n　　第二条　本办法自2026年5月1日起施行，有效期3年。\n",
        "关于技术转移的意见\n　　一、目标\n　　建设平台。\n　　二、任务\n　　培养人才。\n",
        "关于开展技术交易活动的通知\n　　活动时间为5月。\n",
    ),
)
def effect(draft: Draft) -> Iterator[Found]:
    """Measures without a day of effect; a validity without one; as a note, measures without a validity."""
    text = "\n".join(line.text for line in draft.lines if line.role is Role.BODY)
    measures = re.search("(?:办法|细则|规定)(?:[（(][^（）()]*[）)])?$", draft.title) or any(
        line.role is Role.NUMBER and re.search("规[发字]?〔", line.text) for line in draft.lines
    )
    stated = next((line for line in draft.body() if _VALID.search(line.text)), None)
    last = stated or next((line for line in reversed(draft.lines) if line.role is Role.BODY and line.ordinal), None)
    if last is None or not (measures or stated):
        return
    if not re.search("起(?:正式)?(?:施行|实施|执行|生效)|(?:施行|实施)(?:日期|时间)", text):
        yield Found(last.start, last.end, "没有写明施行日期", "写明“自……起施行”", about="施行日期")
    elif (
        measures and stated is None and not re.search("废止|有效期", text) and draft.title and "条例" not in draft.title
    ):
        yield Found(last.start, last.end, "没有写明有效期", "写明有效期", about="有效期", severity=Severity.INFO)
