"""What a line of a draft is for: furniture of web pages is no title, no text and no fault."""

from __future__ import annotations

import pytest
from drafts import draft_from

from analysis.lint.lines import Role
from analysis.lint.run import check

_TEXT = "　　为推动技术转移，提出以下意见。\n　　一、目标\n　　建设平台。\n"


@pytest.mark.parametrize(
    "line",
    [
        "【字体：大 中 小】",
        "当前位置:首页 > 政务公开 > 通知公告",
        "发布时间:2026-03-02 10:00 来源:省科技厅",
        "2026-03-02 09:48:09来源:临澜日报,作者:佚名",
        "打印本页 关闭窗口",
        "上一篇：没有了",
    ],
)
def test_furniture_of_a_page_is_none_of_the_draft(line: str) -> None:
    draft = draft_from(f"关于推进技术转移的意见\n{line}\n{_TEXT}")
    assert draft.lines[1].role is Role.FURNITURE
    assert draft.title == "关于推进技术转移的意见"
    assert not [finding for finding in check(draft) if finding.rule in ("P1", "D4", "D5")]


@pytest.mark.parametrize(
    "line", ["来源于高校的成果，优先支持。", "字号统一为三号，行距固定。", "打印设备，由各单位自备。"]
)
def test_text_that_looks_like_furniture_stays(line: str) -> None:
    assert draft_from(f"关于推进技术转移的意见\n{_TEXT}　　{line}\n").lines[-2].role is Role.BODY


@pytest.mark.parametrize(
    "line", ["投资沃土，创业福地。欢迎各界前来投资!", "热诚欢迎各界前来投资!", "不进行置换。（责任单位：科技厅、"]
)
def test_a_sentence_above_the_text_is_no_title(line: str) -> None:
    assert draft_from(f"{line}\n{_TEXT}").lines[0].role is Role.BODY


def test_lines_that_tell_whom_to_ask_are_no_signers() -> None:
    draft = draft_from(f"关于征求意见的公告\n{_TEXT}联系人：张老师，028-00000000\n省科技厅\n2026年3月2日\n")
    roles = {line.text[:3]: line.role for line in draft.lines}
    assert roles["联系人"] is Role.BODY
    assert roles["省科技"] is Role.SIGNATURE
