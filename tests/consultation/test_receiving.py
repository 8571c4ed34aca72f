"""Comments read in a process of their own: progress comes through, faults name the file."""

from __future__ import annotations

import pytest
from comment_files import departments, lines_of

from analysis.consultation.receive import preview, receive
from analysis.model import InputError
from analysis.pipeline import preview_comments, receive_file


def test_the_same_as_here() -> None:
    made = departments()
    assert receive_file(made.data, made.name) == receive(made.data, made.name)
    assert preview_comments(made.data, made.name) == preview(made.data, made.name)


def test_progress_comes_through() -> None:
    told: list[tuple[int, int]] = []
    rows = [["姓名", "意见"], *([f"第{at}人", f"意见{at}。"] for at in range(2500))]
    received = receive_file(lines_of(rows).encode(), "多.csv", progress=lambda done, of: told.append((done, of)))
    assert len(received.comments) == 2500
    assert [done for done, _ in told] == [1000, 2000, 2500]


def test_a_fault_names_the_file() -> None:
    with pytest.raises(InputError, match=r"^表\.csv：没有找到写意见的一列"):
        receive_file("甲,乙\n1,2\n".encode(), "表.csv")
