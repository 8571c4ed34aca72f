"""How quick pages are for others while the server reads a file that takes it as long as it allows."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Iterator
from statistics import median

from visitors import percentile, served
from wire import Answer, Tab

CLICKS = 120
# The most characters that are read, of sentences with a number each: reading them takes longer than is allowed.
SLOW = "".join(
    f"（{at}）到2027年，技术合同成交额达到{at}亿元，对技术经理人给予最高{at}万元奖励。\n" for at in range(45_000)
)


async def _measured(address: str) -> tuple[list[Answer], list[Answer], Answer]:
    """Pages alone, pages while the file is read, and what became of the file."""
    visitor, owner = Tab(address, random.Random(1)), Tab(address, random.Random(2))
    await visitor.load("")
    await owner.load("sources")
    pages = visitor.pages()
    for page in pages:  # what is kept for all is made before
        await visitor.navigate(page)
    alone = [await visitor.navigate(pages[at % len(pages)]) for at in range(CLICKS)]
    bringing = asyncio.create_task(owner.bring("slow.txt", SLOW[:1_999_000].encode()))
    beside: list[Answer] = []
    while not bringing.done():
        beside.append(await visitor.navigate(pages[len(beside) % len(pages)]))
    brought = await bringing
    await visitor.close()
    await owner.close()
    return alone, beside, brought


def lines() -> Iterator[str]:
    """Two rows and their ratio."""
    with served(None) as server:
        alone, beside, brought = asyncio.run(_measured(server.address))
    yield "One visitor clicks through all pages; another one brings a text of two million characters.\n"
    yield "| | pages | median | p95 |"
    yield "| --- | ---: | ---: | ---: |"
    rows = {"before": alone, "while it is read": beside}
    seconds = {name: [answer.seconds for answer in answers] for name, answers in rows.items()}
    for name, some in seconds.items():
        yield f"| {name} | {len(some)} | {median(some):.3f} s | {percentile(some, 95):.3f} s |"
    first, second = seconds.values()
    ratios = median(second) / median(first), percentile(second, 95) / percentile(first, 95)
    yield f"| ratio | | {ratios[0]:.1f} | {ratios[1]:.1f} |"
    said = brought.faults[0] if brought.faults else "it was read"
    yield f"\nAfter {brought.seconds:.0f} s its owner was told: {said}"
