"""汇总 in words and rows: how much came in, from whom, on what, when, and what became of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from analysis.consultation.comments import ConsultedDraft, Decision, DraftClause, SenderType, Stance
from analysis.present.charts_consultation import Bar, Days
from analysis.present.comment_words import DECISIONS, OPEN, SENDER_TYPES, STANCES, clause_words
from analysis.present.export import Table, tabulate
from analysis.present.numbers import THIN_SPACE, figure, with_unit
from analysis.records.record_values import Consultation, Count, CountLine
from analysis.records.tallies import Summary

MADE_UP = "所列意见均为虚构，供演示使用。"
_MANY = 60  # clauses; of more, those without comments are left out
_MOST_THEMES = 12
_AROUND = timedelta(days=31)  # before and after the period: other days are taken for slips of the pen
_OTHER = "其他"
_QUOTED = 90  # characters of a typical comment
Link = Callable[..., str]  # the address of the comments that some filters leave


def headline(found: Summary) -> str:
    """The answer: how much came in, from how many."""
    if not found.line.received:
        return "意见还没有收进来"
    return f"来信 {figure(found.line.received)} 条，来自 {figure(found.people)} 人"


def lead(found: Summary, draft: ConsultedDraft | None) -> str:
    """What they are about, what they want, and how far the work is."""
    if not found.line.received:
        return "收到意见后，这里会列出它们集中在哪些条款、哪些主题。"
    told = []
    ranked = sorted((each for each in found.by_clause if each.value), key=lambda each: -each.total)
    if ranked:
        most = ranked[0]
        heading = draft.by_path[most.value].heading if draft and most.value in draft.by_path else ""
        named = f"{clause_words(most.value)}{f'“{heading}”' if heading else ''}"
        told.append(f"最集中的是{named}，{with_unit(most.total, '条')}，占 {_share(most.total, found.line.received)}")
    if found.copies:
        told.append(f"{with_unit(found.copies, '条')}是 {with_unit(found.letters, '封')}相同或相近的来信")
    opposed = sum(count for (_, stance), count in found.stances.items() if stance == Stance.OPPOSE)
    if opposed:
        told.append(f"明确反对的 {with_unit(opposed, '条')}")
    told.append(f"{with_unit(found.line.still_open, '条')}还没有处理" if found.line.still_open else "都已处理")
    return "；".join(told) + "。"


# By day -----------------------------------------------------------------------------------------------------------


def days(here: Consultation, found: Summary) -> Days | None:
    """The days on the chart; None where no comment has one."""
    opens, closes = _day(here.opens), _day(here.closes)
    dated = {day: each.total for each in found.by_day if (day := _day(each.value))}
    within = {day: count for day, count in dated.items() if _plausible(day, opens, closes)}
    if not within:
        return None
    first = min([*within, *filter(None, (opens,))])
    last = max([*within, *filter(None, (closes,))])
    return Days(within, first, last, opens, closes)


def _plausible(day: date, opens: date | None, closes: date | None) -> bool:
    return (opens is None or day >= opens - _AROUND) and (closes is None or day <= closes + _AROUND)


def days_heading(here: Consultation, shown: Days) -> str:
    """When most came."""
    total = sum(shown.counts.values())
    if shown.closes and total:
        late = sum(count for day, count in shown.counts.items() if day > shown.closes)
        week = sum(
            count for day, count in shown.counts.items() if timedelta() <= shown.closes - day < timedelta(days=7)
        )
        told = f"截止前一周来了 {figure(week)} 条，占 {_share(week, total)}"
        return f"{told}；逾期 {figure(late)} 条" if late else told
    peak = max(shown.counts, key=lambda day: shown.counts[day])
    return f"最多的一天是{peak.month}月{peak.day}日，{figure(shown.counts[peak])} 条"


def days_notes(found: Summary, shown: Days | None) -> tuple[str, ...]:
    """What is not on the chart."""
    dated = sum(shown.counts.values()) if shown else 0
    left = found.line.received - dated
    notes = [f"另有 {with_unit(left, '条')}没有写明时间，或时间远在征求意见期之外，不在图上。"] if left else []
    if shown and shown.closes and any(day > shown.closes for day in shown.counts):
        notes.append("空心的是截止之后收到的。")
    return tuple(notes)


def days_table(here: Consultation, found: Summary) -> Table:
    """Counts by day."""
    return _table(
        here,
        "每天收到的意见",
        {
            "日期": lambda each: each.value or "没有写明",
            "收到（条）": lambda each: each.total,
            "未处理（条）": lambda each: each.still_open,
        },
        found.by_day,
    )


def _day(iso: str) -> date | None:
    try:
        return date.fromisoformat(iso)
    except ValueError:
        return None


# By clause --------------------------------------------------------------------------------------------------------


def clause_bars(found: Summary, draft: ConsultedDraft | None, link: Link) -> list[Bar]:
    """The tree of clauses, each with its comments; what is tied to none comes last."""
    counted = {each.value: each for each in found.by_clause}
    clauses = draft.clauses if draft else ()
    parents = {clause.parent for clause in clauses}
    known = {clause.path for clause in clauses}
    rows = []
    for clause in clauses:
        below = sum(each.total for path, each in counted.items() if path.startswith(f"{clause.path}/"))
        own = counted.get(clause.path)
        if len(clauses) > _MANY and own is None and not below:
            continue
        rows.append(_clause_bar(found, clause, own, below, clause.path in parents, link))
    rows += [
        Bar(
            clause_words(path), _open_parts(each), _said(each, found.clause_people.get(path, 0)), _of_clause(link, path)
        )
        for path, each in counted.items()
        if path not in known
    ]
    return rows


def _clause_bar(found: Summary, clause: DraftClause, own: Count | None, below: int, is_part: bool, link: Link) -> Bar:
    label = f"{clause_words(clause.path.rsplit('/', 1)[-1] if clause.parent else clause.path)} {clause.heading}".strip()
    depth = clause.path.count("/") if clause.parent else 0
    href = _of_clause(link, clause.path) if own or below else ""
    if is_part:
        said = f"连同其下 {figure(below + (own.total if own else 0))} 条" if below or own else "没有意见"
        return Bar(label, _open_parts(own) if own else (), said, href, depth, heading=True)
    said = _said(own, found.clause_people.get(clause.path, 0)) if own else "没有意见"
    return Bar(label, _open_parts(own) if own else (), said, href, depth)


def _of_clause(link: Link, path: str) -> str:
    return link(clause=clause_words(path))


def _open_parts(each: Count) -> tuple[tuple[int, str], ...]:
    return ((each.total - each.still_open, "decided"), (each.still_open, "open"))


def _said(each: Count, people: int) -> str:
    told = f"{figure(each.total)} 条" + (f"，{figure(people)} 人" if people and people != each.total else "")
    return f"{told}，未处理 {figure(each.still_open)}" if each.still_open else told


def clauses_table(here: Consultation, found: Summary) -> Table:
    """Counts by clause."""
    return _table(
        here,
        "各条款的意见",
        {
            "条款": lambda each: clause_words(each.value),
            "来信（条）": lambda each: each.total,
            "来自（人）": lambda each: found.clause_people.get(each.value, 0),
            "已处理（条）": lambda each: each.total - each.still_open,
            "未处理（条）": lambda each: each.still_open,
        },
        found.by_clause,
    )


HOLLOW = "实心是已处理的，虚线框是未处理的；点一条看它的意见。"


def clauses_heading(found: Summary, draft: ConsultedDraft | None) -> str:
    """How many clauses have comments, and how many comments have none."""
    known = {each.value for each in found.by_clause if each.value}
    loose = next((each.total for each in found.by_clause if not each.value), 0)
    of = f"{figure(len(draft.clauses))} 个条款里 " if draft and draft.clauses else ""
    told = f"{of}{figure(len(known))} 个有意见"
    return f"{told}；对全文或没有对应条款的 {figure(loose)} 条" if loose else told


def themes_heading(found: Summary) -> str:
    """The themes that most is about."""
    named = [each for each in found.by_theme if each.value and each.value != _OTHER]
    if not named:
        return "意见太少，没有归出主题"
    told = "，".join(f"“{each.value}”{figure(each.total)} 条" for each in named[:3])
    more = f"；共 {figure(len(named))} 个主题" if len(named) > 3 else ""
    return f"最多的是{told}{more}"


def notes(here: Consultation, found: Summary) -> tuple[str, ...]:
    """How things are counted."""
    told = ["“人”按姓名或单位各计一次；没有署名的，一封计一人。", "主题由程序按用词归并，条款和主题都可以由人改。"]
    return (*told, MADE_UP) if here.made_up else tuple(told)


# By theme, decision, sender ---------------------------------------------------------------------------------------


def theme_bars(found: Summary, link: Link) -> list[Bar]:
    """The largest themes."""
    return [
        Bar(each.value or "未归类", _open_parts(each), _said(each, 0), link(theme=each.value or "未归类"))
        for each in found.by_theme[:_MOST_THEMES]
    ]


def theme_examples(found: Summary, address: Callable[[int], str]) -> list[dict[str, Any]]:
    """Typical comments of each theme."""
    return [
        {
            "theme": each.value,
            "comments": [
                {"number": row.number, "words": _cut(row.comment.text), "address": address(row.number)} for row in rows
            ],
        }
        for each in found.by_theme[:_MOST_THEMES]
        if each.value != _OTHER and (rows := found.typical.get(each.value, ()))
    ]


def themes_table(here: Consultation, found: Summary) -> Table:
    """Counts by theme."""
    return _table(
        here,
        "各主题的意见",
        {
            "主题": lambda each: each.value or "未归类",
            "来信（条）": lambda each: each.total,
            "未处理（条）": lambda each: each.still_open,
            "典型意见": lambda each: "；".join(_cut(row.comment.text) for row in found.typical.get(each.value, ())),
        },
        found.by_theme,
    )


def decision_bars(line: CountLine, link: Link) -> list[Bar]:
    """What became of the comments."""
    rows = [
        Bar(
            DECISIONS[each],
            ((line.decided[each], "decided"),),
            f"{figure(line.decided[each])} 条",
            link(decision=DECISIONS[each]) if line.decided[each] else "",
        )
        for each in Decision
    ]
    if line.still_open:
        rows.append(Bar(OPEN, ((line.still_open, "open"),), f"{figure(line.still_open)} 条", link(state=OPEN)))
    return rows


def decisions_heading(line: CountLine) -> str:
    """How far the work is, and how many were adopted."""
    done = line.received - line.still_open
    if not done:
        return "还没有处理过"
    taken = line.decided[Decision.ADOPTED] + line.decided[Decision.PARTLY]
    return f"已处理 {figure(done)} 条，占 {_share(done, line.received)}；其中采纳和部分采纳 {figure(taken)} 条"


def senders_heading(found: Summary) -> str:
    """Who sent most, and what most comments want."""
    kinds: Counter[str] = Counter()
    wants: Counter[str] = Counter()
    for (kind, stance), count in found.stances.items():
        if kind and stance:
            kinds[kind] += count
            wants[stance] += count
    if not kinds:
        return "意见还没有分拣"
    (kind, most), (stance, asked) = kinds.most_common(1)[0], wants.most_common(1)[0]
    said = "没有表态" if stance == Stance.NONE else f"是{STANCES[Stance(stance)]}"
    sender = "没有写明身份的" if kind == SenderType.UNKNOWN else f"{SENDER_TYPES[SenderType(kind)]}的"
    return f"{sender}最多，{figure(most)} 条；多数{said}，{figure(asked)} 条"


def decisions_table(here: Consultation, line: CountLine) -> Table:
    """The count line as a table."""
    rows = [(DECISIONS[each], line.decided[each]) for each in Decision] + [
        (OPEN, line.still_open),
        ("收到", line.received),
    ]
    return _table(here, "意见的处理情况", {"处理": lambda row: row[0], "意见（条）": lambda row: row[1]}, rows)


def sender_bars(found: Summary, link: Link) -> list[Bar]:
    """Kinds of sender, each with what its comments want."""
    rows = []
    for kind in SenderType:
        counts = {stance: found.stances.get((kind.value, stance.value), 0) for stance in _STANCE_ORDER}
        total = sum(counts.values())
        if not total:
            continue
        told = "，".join(f"{STANCES[stance]}{THIN_SPACE}{figure(count)}" for stance, count in counts.items() if count)
        parts = tuple((count, stance.value) for stance, count in counts.items())
        words = SENDER_TYPES[kind]
        rows.append(Bar(words, parts, f"{figure(total)} 条", link(sender=words), below=told))
    return rows


_STANCE_ORDER = (Stance.SUPPORT, Stance.SUGGEST, Stance.ASK, Stance.OPPOSE, Stance.NONE)


def stances_table(here: Consultation, found: Summary) -> Table:
    """Counts by kind of sender and stance."""
    kinds = [kind for kind in SenderType if any(one == kind for one, _ in found.stances)]

    def of(stance: Stance) -> Callable[[SenderType], int]:
        return lambda kind: found.stances.get((kind, stance), 0)

    columns: dict[str, Callable[[SenderType], Any]] = {"反馈人类别": SENDER_TYPES.__getitem__}
    columns |= {f"{STANCES[stance]}（条）": of(stance) for stance in _STANCE_ORDER}
    return _table(here, "反馈人与态度", columns, kinds)


def _table(here: Consultation, name: str, columns: Mapping[str, Callable[[Any], Any]], rows: Sequence[Any]) -> Table:
    notes = (MADE_UP,) if here.made_up else ()
    return tabulate(name, f"《{here.title}》{name}", columns, rows, f"意见库中的“{here.title}”", notes)


def _cut(words: str) -> str:
    line = " ".join(words.split())
    return line if len(line) <= _QUOTED else line[:_QUOTED] + "…"


def _share(part: int, whole: int) -> str:
    """26%; less than one in a hundred is said so."""
    share = part * 100 / whole
    return "不到 1%" if 0 < share < 1 else f"{share:.0f}%"
