"""核对 on 原文 without a browser: what the address asks for, what each button does, and what follows from it."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from checked_samples import TEXT
from own_files import VISITOR, own
from places import PROJECT
from shown_pages import markup, opened, press

from analysis import pipeline
from analysis.model import CheckVerdict
from pages import _session
from pages._kept import forget_all

SLUG = "sichuan-2018"


@pytest.fixture
def corpus(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A corpus of its own that is open for checking by a visitor called 甲."""
    shutil.copytree(PROJECT / "policy_corpus", tmp_path / "corpus")
    monkeypatch.setenv("ZHENGHENG_CORPUS", str(tmp_path / "corpus"))
    monkeypatch.setenv("ZHENGHENG_CHECKING", "1")
    monkeypatch.setattr(_session, "visitor", lambda: VISITOR)
    _session.file_store().call(VISITOR, "甲")
    yield tmp_path / "corpus"
    forget_all()


def verdicts(root: Path) -> list[str]:
    return [str(check.verdict) for check in pipeline.read_checks(root)[0].get(SLUG, ())]


def test_without_the_operators_word_nothing_of_it_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ZHENGHENG_CHECKING", raising=False)
    app = opened("reader", document=SLUG, check="1")
    assert not [button for button in app.button if button.key and button.key.startswith("check-")]
    assert "已核对" not in markup(app)
    assert "zh-clause-side" in markup(app)


def test_whoever_only_reads_sees_one_quiet_word(corpus: Path) -> None:
    app = opened("reader", document=SLUG)
    assert [button.key for button in app.button if button.key] == ["check-on"]
    assert "zh-clause-side" in markup(app)
    press(app, "check-on")
    assert app.query_params["check"] == "1"
    assert "zh-clause-side" not in markup(app)
    assert "已核对 0 / 12" in markup(app)
    press(app, "check-on")
    assert "check" not in app.query_params


def test_each_button_says_its_word_and_goes_on(corpus: Path) -> None:
    app = opened("reader", document=SLUG, check="1")
    press(app, "check-yes")
    press(app, "check-no")
    assert verdicts(corpus) == ["confirmed", "removed"]
    assert "已核对 2 / 12" in markup(app)
    press(app, "check-undo")
    assert verdicts(corpus) == ["confirmed", "removed", "withdrawn"]
    assert "已核对 1 / 12" in markup(app)
    press(app, "check-back")
    assert "✓ 甲 " in markup(app), "the row before is the confirmed one"
    assert pipeline.load_corpus(corpus).readings == pipeline.load_corpus(PROJECT / "policy_corpus").readings


def test_a_changed_row_shows_both_and_the_comparison_follows(corpus: Path) -> None:
    app = opened("reader", document=SLUG, check="1")
    press(app, "check-edit")
    year = next(each for each in app.text_input if each.label == "目标年")
    year.input("三年后")
    press(app, ".*check-save")
    assert "“目标年”要填四位年份" in markup(app)
    next(each for each in app.text_input if each.label == "目标年").input("2022")
    press(app, ".*check-save")
    press(app, "check-back")
    assert "机器读作 2020" in markup(app)
    reading = opened("reader", document=SLUG)
    assert "✓ 已更正" in markup(reading)
    assert "<dt>机器读</dt>" in markup(reading)
    reading.switch_page("targets.py").run()
    assert "✓ 已更正" in markup(reading)
    assert "2022\u2009年" in markup(reading)


def test_the_filter_and_the_order_are_in_the_address(corpus: Path) -> None:
    press(opened("reader", document=SLUG, check="1"), "check-no")
    app = opened("reader", document=SLUG, check="1", show="有出入", order="按原文顺序")
    assert markup(app).count('aria-label="已删除"') == 1
    assert 'aria-label="未核对"' not in markup(app)
    assert "show=%E6%9C%89%E5%87%BA%E5%85%A5" in markup(app)
    left = opened("reader", document=SLUG, check="1", show="未核对")
    assert markup(left).count('aria-label="未核对"') == 11
    press(opened("reader", document=SLUG, check="1"), "check-undo")
    assert "没有这样的条目" in markup(opened("reader", document=SLUG, check="1", show="已核对"))


def test_comparisons_can_be_narrowed_to_what_was_checked(corpus: Path) -> None:
    assert "核对" not in [pills.label for pills in opened("targets").get("button_group")]
    every = pipeline.items(pipeline.load_corpus(corpus).readings[-1], ())
    assert pipeline.load_corpus(corpus).readings[-1].document.id == SLUG
    press(opened("reader", document=SLUG, check=every[0].key), "check-yes")
    everything = len(re.findall("zh-big", markup(opened("targets"))))
    assert len(re.findall("zh-big", markup(opened("targets", checked="已核对")))) == 1
    assert len(re.findall("zh-big", markup(opened("targets", checked="未核对")))) == everything - 1
    assert "没有目标同时满足" in markup(opened("targets", checked="有出入"))


def test_the_list_may_hold_the_rows_of_every_document(corpus: Path) -> None:
    count = sum(len(pipeline.items(each, ())) for each in pipeline.load_corpus(corpus).readings)
    app = opened("reader", document=SLUG, check="1", scope="全部文件")
    assert markup(app).count('aria-label="未核对"') == count
    assert "document=heilongjiang-2017&amp;check=t" in markup(app)
    assert "已核对 0 / 12" in markup(app), "the rows gone through are those of this document"


def test_a_link_opens_its_row(corpus: Path) -> None:
    reading = pipeline.load_corpus(corpus).readings[-1]
    key = pipeline.items(reading, ())[-1].key
    app = opened("reader", document=reading.document.id, check=key)
    assert f'check={key}" target="_self" title="未核对" aria-current="true"' in markup(app)


def test_two_people_the_later_one_is_told(corpus: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    late = opened("reader", document=SLUG, check="1")
    press(opened("reader", document=SLUG, check="1"), "check-yes")
    _session.file_store().call(VISITOR, "乙")
    press(late, "check-no")
    assert "甲刚刚核对过这一行" in markup(late)
    assert verdicts(corpus) == ["confirmed"]
    other = opened("reader", document=SLUG, check=pipeline.items(pipeline.load_corpus(corpus).readings[-1], ())[-1].key)
    _session.file_store().call(VISITOR, "甲")
    press(opened("reader", document=SLUG, check="1"), "check-yes")
    _session.file_store().call(VISITOR, "乙")
    press(other, "check-no")
    assert "这期间甲也在核对这份文件，多了 1 条判断" in markup(other)
    assert verdicts(corpus) == ["confirmed", "confirmed", "removed"]


def test_pasted_words_begin_a_row_and_unknown_ones_are_explained(corpus: Path) -> None:
    app = opened("reader", document=SLUG, check="1")
    app.text_input(key="check_paste").input("这句话不在文中").run()
    assert "原文中找不到这段文字" in markup(app)
    app.text_input(key="check_paste").input("培育600家科技成果转移转化示范企业").run()
    assert next(each.value for each in app.text_input if each.label == "数值") == "600"
    press(app, ".*check-save")
    assert verdicts(corpus) == ["added"]
    assert "人工补充" in markup(app)


@pytest.mark.parametrize("marked", ["c1:2", "c99:0-c99:4", "<b>", "c0:9-c0:2"])
def test_a_place_that_is_none_is_explained_or_ignored(corpus: Path, marked: str) -> None:
    app = opened("reader", document=SLUG, check="1")
    app.text_input(key="check_marked").input(marked).run()
    assert not app.exception
    assert not [each for each in app.text_input if each.label == "数值"]


@pytest.mark.parametrize("check", ["<script>", "t9-9", "done", "i1-2.7"])
def test_an_address_of_no_row_breaks_nothing(corpus: Path, check: str) -> None:
    assert "<script>alert" not in markup(opened("reader", document=SLUG, check=check))
    assert "已核对 0 / 12" in markup(opened("reader", document=SLUG, check=check))


def test_without_a_name_nothing_goes_into_the_file(corpus: Path) -> None:
    _session.file_store().call(VISITOR, "")
    app = press(opened("reader", document=SLUG, check="1"), "check-yes")
    assert "请先在“核对人”一栏写上姓名" in markup(app)
    assert verdicts(corpus) == []


def test_a_file_of_ones_own_is_checked_in_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ZHENGHENG_CHECKING", raising=False)
    monkeypatch.setattr(_session, "visitor", lambda: VISITOR)
    file = own(TEXT)
    try:
        _session.file_store().put(VISITOR, file)
        app = opened("reader", document=file.reading.document.id, check="1", order="按原文顺序")
        press(app, "check-no")
        assert [check.verdict for check in _session.files()[0].said] == [CheckVerdict.REMOVED]
        assert _session.files()[0].said[0].who == "本人"
        app.switch_page("targets.py").run()
        assert "（本次会话）" in markup(app)
        assert len(_session.files()[0].held.targets) == len(file.reading.targets) - 1
        assert _session.files()[0].held.document is file.reading.document
    finally:
        forget_all()


def test_what_people_write_is_never_markup(corpus: Path) -> None:
    evil = "<img src=x onerror=alert(1)>"
    _session.file_store().call(VISITOR, evil)
    app = press(opened("reader", document=SLUG, check="1"), "check-edit")
    next(each for each in app.text_input if each.label == "指标").input(f"=1+1{evil}")
    press(app, ".*check-save")
    press(app, "check-back")
    assert "&lt;img" in markup(app)
    for page in ("reader", "targets", "incentives", "trends", "overview"):
        app.switch_page(f"{page}.py").run()
        assert "<img src=x" not in markup(app), page
    assert b",'=1+1<img" in pipeline.checked_path(corpus, SLUG).read_bytes()


def test_a_damaged_file_is_shown_among_the_faults(corpus: Path) -> None:
    pipeline.checked_path(corpus, SLUG).write_text("甲,乙\r\n1,2\r\n", "utf-8")
    forget_all()
    app = opened("reader", document=SLUG, check="1")
    assert "缺少 document 一列" in markup(app)
    assert "zh-clause-side" in markup(app), "it can be read and not checked"
    app.switch_page("sources.py").run()
    assert "checked.csv" in markup(app)
