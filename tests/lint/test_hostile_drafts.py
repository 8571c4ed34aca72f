"""Checking a draft takes steps in proportion to its length, whatever it contains (``steps.py``).

What happens inside one search of a pattern is not seen here; ``tests/benchmarks/bench_drafts.py`` measures it.
"""

from __future__ import annotations

from functools import partial

import pytest
from drafts import draft_from
from hostile import PIECES, Piece
from long_drafts import long_draft
from steps import MOST, SMALL, steps

from analysis.lint.findings import Severity
from analysis.lint.run import check

LENGTH = 4_000  # bytes
# What rules look for, repeated: numbers of items, references, short names, tiers, sums, years, tables, signatures.
DRAFTING = (
    "　　（一）甲；\n",
    "　　一、甲\n　　（一）乙\n",
    "　　1.甲\n　　一、乙\n",
    "　　第一条　违反本办法第九条的，追回资金。\n",
    "　　第二条　前款规定。\n",
    "见附件3。\n",
    "附件：1.表\n2.表\n",
    "附件1\n表\n",
    "（以下简称甲）",
    "《实施办法》、",
    "《关于印发《甲》的通知》、",
    "〔2026〕第05号",
    "国办发（2016）28号",
    "以下三项：一是甲，二是乙。",
    "100万元以上200万元以下的，奖励1万元；",
    "年度\t金额（万元）\n2026年\t300\n合计\t400\n",
    "由2025年的100家增加到2028年的150家，增长80%，",
    "到2030年，技术合同成交额达到900亿元。\n",
    "技术经理人、技术经纪人，",
    "自2026年5月1日起施行，有效期3年，至2030年4月30日止。\n",
    "公示5个工作日，公示5日，",
    "一定比例给予补助，",
    "在本市注册，不得迁出，",
    "近300余家，",
    "省科技厅\n2026年3月2日\n",
    "征求意见时间为2026年3月1日至2026年3月10日",
    "（责任单位：省科技厅）\n",
)


@pytest.mark.parametrize("piece", [*map(Piece, DRAFTING), *PIECES], ids=str)
def test_checking_twice_the_text_takes_twice_the_steps(piece: Piece, monkeypatch: pytest.MonkeyPatch) -> None:
    check(draft_from(piece.text(LENGTH // 4)))  # what is made once is made now
    drafts = [draft_from(piece.text(length)) for length in (LENGTH, 2 * LENGTH)]
    once, twice = (steps(partial(check, draft), monkeypatch) for draft in drafts)
    assert twice < SMALL or twice <= MOST * once, (once, twice)


def test_checking_a_clean_draft_of_twice_the_length_takes_twice_the_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    drafts = [draft_from(long_draft(length)) for length in (4_000, 8_000)]
    once, twice = (steps(partial(check, draft), monkeypatch) for draft in drafts)
    assert twice <= MOST * once, (once, twice)


def test_a_long_clean_draft_has_no_error() -> None:
    """The text of the benchmark is no string of faults."""
    findings = check(draft_from(long_draft(10_000)))
    assert not [finding for finding in findings if finding.severity is Severity.ERROR]
