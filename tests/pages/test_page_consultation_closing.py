"""汇总 and 结项 of 意见处理. All comments, names and numbers are made up."""

from __future__ import annotations

from pathlib import Path

import pytest
from shown_pages import lead, markup, opened, press, sound, words
from streamlit.testing.v1 import AppTest

from analysis import pipeline
from analysis.pipeline import Actor, Consultation, Decision, DraftKind, Records, Role

DRAFT = """关于加强技术经理人队伍建设的若干措施
（征求意见稿）
一、总体要求
（一）主要目标。到2027年，培养技术经理人8000人以上。
二、主要措施
（二）资金支持。对促成技术交易的机构，按实际成交额的3%给予最高30万元补助。
（三）人才培养。支持高校开设技术转移专业，建设省级人才培养基地。
"""
TABLE = """序号,姓名/单位,意见内容,联系电话,提交时间
1,朱丽华,（二）中3%的比例太低，建议提高到5%。,19950000777,2024-10-19
2,朱丽华,（三）的培养基地太少。,,2024-10-20
3,吴倩,支持（一）的目标。,,2024-10-21
"""
LEAD = Actor("张三", Role.LEAD)


@pytest.fixture
def records(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Records:
    """An empty database for this test."""
    monkeypatch.setenv("ZHENGHENG_RECORDS", str(tmp_path / "records"))
    return pipeline.open_records(pipeline.consultations_place())


@pytest.fixture
def held(records: Records) -> Consultation:
    """A consultation that is decided; its revised draft keeps one promise of two and has a change of its own."""
    made = pipeline.create_consultation(records, LEAD, "若干措施", opens="2024-10-18", closes="2024-11-17")
    pipeline.add_draft(records, LEAD, made.uid, pipeline.draft_of_words(DRAFT, "措施.txt"))
    pipeline.take_in(records, LEAD, made.uid, TABLE.encode(), "意见.csv")
    pipeline.sort_again(records, LEAD, made.uid)
    for number, decision in ((1, Decision.ADOPTED), (2, Decision.ADOPTED), (3, Decision.EXPLAINED)):
        pipeline.decide(records, LEAD, made.uid, number, 0, decision, "理由。")
    revised = DRAFT.replace("3%", "5%").replace("8000", "9000")
    pipeline.add_draft(records, LEAD, made.uid, pipeline.draft_of_words(revised, "修改稿.txt"), DraftKind.REVISED)
    return made


def closing(held: Consultation, **query: str) -> AppTest:
    """结项, where a lead has given a name."""
    app = opened("consultation", consultation=held.uid, view="closing", **query)
    next(each for each in app.text_input if each.key == "identity-name").set_value("李四").run()
    assert not app.exception
    return app


def test_the_summary_says_letters_and_people_and_links_clauses_to_their_comments(held: Consultation) -> None:
    app = sound("consultation", consultation=held.uid, view="summary")
    assert "来信 3 条，来自 2 人" in words(app)
    assert "都已处理" in lead(app)
    assert "view=comments&amp;clause=" in markup(app)


def test_each_list_holds_what_it_says_with_the_words_that_changed(held: Consultation) -> None:
    app = closing(held)
    assert "修改稿还有 2 处要核对" in words(app)
    shown = words(app)
    assert "清单 A：答应采纳，条文没有变　1 1处没有核对" in shown
    assert "清单 B：改了，但没有采纳的意见作来由　1 1处没有核对" in shown
    assert "意见里也有的新词句：5%" in shown
    assert "<ins>9</ins>" in markup(app) or "<ins>9000</ins>" in markup(app)


def test_closing_waits_for_a_note_on_every_item(records: Records, held: Consultation) -> None:
    app = closing(held)
    press(app, "closing-close")
    assert "修改稿里还有 2 处没有核对" in words(app)
    found = pipeline.revision(records, held.uid)
    assert found is not None
    app = closing(held, item=found.to_examine[0])
    note = next(each for each in app.text_input if each.key == "item-note")
    note.set_value("在别处改了：见（一）").run()
    press(app, "item-save")
    assert "在别处改了：见（一） 李四" in words(app)
    assert app.query_params["item"] in (found.to_examine[1], [found.to_examine[1]])  # the next one is open
    next(each for each in app.text_input if each.key == "item-note").set_value("文字修改").run()
    press(app, "item-save")
    assert "可以办结" in words(app)
    press(app, "closing-close")
    assert "这次征求意见已经办结" in words(app)


def test_the_later_of_two_people_is_told_what_the_other_noted(records: Records, held: Consultation) -> None:
    found = pipeline.revision(records, held.uid)
    assert found is not None
    item = found.to_examine[0]
    app = closing(held, item=item)
    next(each for each in app.text_input if each.key == "item-note").set_value("没有改").run()
    pipeline.examine(records, LEAD, held.uid, found.draft.number, {item: "在别处改了"}, {})
    press(app, "item-save")
    assert "张三 刚刚注明过“在别处改了”" in words(app)
    assert pipeline.examined_of(records, held.uid, found.draft.number)[item].note == "在别处改了"


def test_an_archive_is_verified_told_and_opened_in_another_installation(
    records: Records, held: Consultation, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    packed = pipeline.archive(records, held.uid)
    monkeypatch.setenv("ZHENGHENG_RECORDS", str(tmp_path / "elsewhere"))
    app = opened("consultation")
    next(each for each in app.text_input if each.key == "identity-name").set_value("李四").run()
    uploader = next(each for each in app.get("file_uploader") if each.label == "归档文件")
    uploader.upload("归档.zip", packed[:-40], "application/zip").run()
    assert "不是意见库的归档或备份，或已损坏" in words(app)
    uploader = next(each for each in app.get("file_uploader") if each.label == "归档文件")
    uploader.upload("归档.zip", packed, "application/zip").run()
    assert "“归档.zip”完好，装着《若干措施》，3条意见" in words(app)
    press(app, "archive-take")
    assert pipeline.count_line(pipeline.open_records(pipeline.consultations_place()), held.uid).received == 3
    assert app.query_params["consultation"] in (held.uid, [held.uid])
