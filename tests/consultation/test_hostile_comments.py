"""Files made to hurt cost steps in proportion to their length."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pytest
from comment_files import lines_of, workbook
from comment_files_more import document_of
from steps import MOST, steps

from analysis.consultation.receive import receive

HEAD = "发件人: 甲 <a@example.com>\n主题: 转发: 意见\n\n"


def _merged(many: int) -> bytes:
    """Areas that all begin in the first row, over all rows."""
    rows = [["单位", "意见"], *([f"第{at}局", "好。"] for at in range(many))]
    return workbook(("甲", rows, [f"A{at}:A{many}" for at in range(2, many // 2)]))


#: By how many pieces they have: the bytes and the name of a file.
HURTING: dict[str, Callable[[int], tuple[bytes, str]]] = {
    "mails passed on": lambda many: ((f"{HEAD}---原始邮件---\n" * many + "好。").encode(), "信.txt"),
    "mails below each other": lambda many: (f"{HEAD}好。\n".encode() * many, "信.txt"),
    "quoted lines": lambda many: (HEAD.encode() + "> 引用\n正文\n".encode() * many, "信.txt"),
    "numbered lines": lambda many: ("1. 好。\n（1）好。\n一、好。\n".encode() * many, "信.txt"),
    "labels": lambda many: ("姓名：甲\n意见：好。\n".encode() * many, "信.txt"),
    "letters": lambda many: ("尊敬的领导：\n好。\n此致\n2025年1月1日\n".encode() * many, "信.txt"),
    "headers": lambda many: (lines_of([["单位", "意见"]] * many + [["甲", "好。"]]).encode(), "表.csv"),
    "quotation marks": lambda many: (("单位,意见\n甲,好。\n" + '甲,"好。\n' * many).encode(), "表.csv"),
    "cells of a row": lambda many: (
        lines_of([["单位", "意见"], ["甲", "好。", *["x"] * (many // 4)]]).encode(),
        "表.csv",
    ),
    "merged cells": lambda many: (_merged(many), "表.xlsx"),
    "cells of a page": lambda many: (
        ("<html><table><tr><td>单位<td>意见</tr>" + "<tr><td rowspan=100>甲<td>好。</tr>" * many + "</table>").encode(),
        "表.xls",
    ),
    "tables of a Word file": lambda many: (
        document_of([["单位", "意见"], ["甲", "好。"]], *[[["甲", "好。"]]] * (many // 8)),
        "表.docx",
    ),
}


@pytest.mark.parametrize("made", HURTING.values(), ids=HURTING)
def test_twice_the_file_takes_twice_thesteps(
    made: Callable[[int], tuple[bytes, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    receive(*made(16))  # what is made once is made now
    once, twice = (steps(partial(receive, *made(many)), monkeypatch) for many in (400, 800))
    assert twice <= MOST * once, (once, twice)
