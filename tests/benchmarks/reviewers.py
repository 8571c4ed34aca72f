"""Many reviewers at once: people who go through comments on a draft and decide, each a real session over the wire.

``reviewers.py --people 30 --comments 20000`` makes a consultation of made-up comments, sorts them, starts the server
over it, lets people work for a while, and prints what a list and a decision took. Each works alone on a stretch of the
comments; now and then somebody looks at another page of the list, or at the comments on one clause. In the end the
counts must reconcile, and every decision that a page confirmed must be there.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import random
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(Path(__file__).parent)]

from timing import wrapped  # noqa: E402
from visitors import percentile, served  # noqa: E402
from wire import Answer, Tab  # noqa: E402

from analysis import pipeline  # noqa: E402
from analysis.pipeline import Actor, Comment, CommentFilter, Role  # noqa: E402
from analysis.records.importing import Source, import_comments  # noqa: E402

GOAL_SECONDS = 1.0
PEOPLE, COMMENTS, WORKING, THINK = 30, 20_000, 60.0, 5.0
LEAD = Actor("负责人", Role.LEAD)
_DRAFT = ROOT / "policy_corpus/documents/sichuan-2024/sichuan-2024-notice.txt"
_SUBJECTS = (
    "补助比例",
    "登记机构",
    "星级备案",
    "职称评聘",
    "收益分配",
    "协会章程",
    "培训师资",
    "引进人才",
    "出海平台",
    "统计口径",
)
_WISHES = (
    "太低，建议提高",
    "不够清楚，请写明",
    "我们赞成，希望尽快落实",
    "建议删除",
    "能否给中小企业放宽",
    "应由谁负责",
)
_PLACES = ("（九）", "（十）", "第三部分", "（十四）", "", "", "（二）", "四、（九）", "（十六）", "")
_SENDERS = ("某某科技有限公司", "某某大学科研处", "市民", "某某协会", "某市科技局")


@dataclass(slots=True)
class Work:
    """What one person saw: the pages with lists, the decisions, and the comments that a page said were decided."""

    lists: list[Answer] = field(default_factory=list)
    decisions: list[Answer] = field(default_factory=list)
    confirmed: list[int] = field(default_factory=list)


def comment(number: int) -> Comment:
    """A made-up comment; one in ten repeats another."""
    dice = random.Random(number - number % 10 if number % 10 == 9 else number)
    place, subject, wish = dice.choice(_PLACES), dice.choice(_SUBJECTS), dice.choice(_WISHES)
    more = "".join(dice.choice(_SUBJECTS) + dice.choice(_WISHES) + "；" for _ in range(dice.randint(0, 4)))
    day = f"2024-10-{18 + number % 14:02}"
    return Comment(number, f"{place}{subject}{wish}。{more}", f"{dice.choice(_SENDERS)}{number}", submitted=day)


def filled(folder: Path, comments: int) -> str:
    """A database with a consultation of so many comments, sorted; its uid."""
    os.environ["ZHENGHENG_RECORDS"] = str(folder)
    records = pipeline.open_records(pipeline.consultations_place())
    made = pipeline.create_consultation(
        records, LEAD, "多人办理", opens="2024-10-18", closes="2024-11-17", made_up=True
    )
    draft = pipeline.draft_of_words(_DRAFT.read_text(encoding="utf-8"), _DRAFT.name)
    pipeline.add_draft(records, LEAD, made.uid, draft)
    rows = (comment(number) for number in range(1, comments + 1))
    import_comments(records, LEAD, made.uid, Source("虚构意见", "0" * 64), rows)
    pipeline.sort_again(records, LEAD, made.uid)
    return made.uid


async def work(address: str, uid: str, person: int, first: int, last: int, until: float, think: float) -> Work:
    """One person goes through comments ``first`` to ``last``."""
    dice, found = random.Random(person), Work()
    tab = Tab(address, dice)
    await asyncio.sleep(dice.uniform(0, think))
    at = f"consultation?consultation={uid}&view=comments"
    await tab.load(at)
    await tab.enter("identity-name", f"办理人{person}")
    for number in range(first, last + 1):
        if time.monotonic() > until:
            break
        look = dice.choice(
            (f"&page={number // 20 + 1}", f"&clause={quote('四（九）')}", f"&state={quote('未处理')}", "")
        )
        found.lists.append(await tab.load(f"{at}&number={number}{look}"))
        await asyncio.sleep(dice.expovariate(1 / think))
        found.decisions.append(await tab.press("decide-explained"))
        await asyncio.sleep(dice.expovariate(1 / think))
        answer = await tab.press("decision-save", {"decision-reason": f"已有安排，第{number}条。"})
        found.decisions.append(answer)
        if not answer.faults:
            found.confirmed.append(number)
        await asyncio.sleep(dice.expovariate(1 / think))
    await tab.close()
    return found


async def all_at_once(address: str, uid: str, people: int, comments: int, seconds: float, think: float) -> list[Work]:
    """Everybody at once, each on a stretch of the comments."""
    until, share = time.monotonic() + seconds, comments // people
    return list(
        await asyncio.gather(
            *(
                work(address, uid, person, person * share + 1, (person + 1) * share, until, think)
                for person in range(people)
            )
        )
    )


def lines(
    people: int = PEOPLE, comments: int = COMMENTS, seconds: float = WORKING, think: float = THINK
) -> Iterator[str]:
    """What people had to wait, as Markdown."""
    with tempfile.TemporaryDirectory() as folder:
        start = time.monotonic()
        uid = filled(Path(folder), comments)
        made = time.monotonic() - start
        with served(None) as server:
            asyncio.run(work(server.address, uid, people, comments, comments, time.monotonic() + seconds, 0.1))
            done = asyncio.run(all_at_once(server.address, uid, people, comments, seconds, think))
        records = pipeline.open_records(pipeline.consultations_place())
        line = pipeline.count_line(records, uid)
        kept = pipeline.how_many(records, uid, CommentFilter(is_open=False))
    confirmed = [comments, *(number for each in done for number in each.confirmed)]
    yield "| what | times | p50 | p95 | p99 | wanted p95 | faults |"
    yield "| --- | ---: | ---: | ---: | ---: | ---: | ---: |"
    for name, answers in (
        ("a list with an open comment, a new session", [each for one in done for each in one.lists]),
        ("a decision: chosen, or kept", [each for one in done for each in one.decisions]),
    ):
        times = [answer.seconds for answer in answers]
        marks = " | ".join(f"{percentile(times, mark) * 1000:,.0f} ms" for mark in (50, 95, 99))
        wrong = sum(bool(answer.faults) for answer in answers)
        yield f"| {name} | {len(times)} | {marks} | {GOAL_SECONDS * 1000:,.0f} ms | {wrong} |"
    yield ""
    yield from wrapped(
        f"{people} people, {comments:,} made-up comments, {think:g} seconds between clicks on average, SQLite; one "
        f"person opened the desk and decided before. "
        f"Taking in and sorting the comments took {made:.0f} s. "
        f"Decisions that a page confirmed: {len(confirmed)}; in the database: {kept}; "
        f"the counts {'reconcile' if line.reconciles else 'do not reconcile'}."
    )
    wrong = {sentence for one in done for each in (*one.lists, *one.decisions) for sentence in each.faults}
    if wrong or kept < len(confirmed) or not line.reconciles:
        yield ""
        yield from (f"- {sentence[:160]}" for sentence in sorted(wrong)[:8])


def main() -> None:
    """Print what reviewers had to wait."""
    arguments = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    arguments.add_argument("--people", type=int, default=PEOPLE)
    arguments.add_argument("--comments", type=int, default=COMMENTS)
    arguments.add_argument("--seconds", type=float, default=WORKING, help="how long people work")
    arguments.add_argument("--think", type=float, default=THINK, help="seconds between clicks")
    asked = arguments.parse_args()
    print(f"Load of the machine before: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores.\n", flush=True)
    for line in lines(asked.people, asked.comments, asked.seconds, asked.think):
        print(line, flush=True)


if __name__ == "__main__":
    main()
