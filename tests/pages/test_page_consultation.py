"""The page 意见处理. All comments, names and numbers are made up."""

from __future__ import annotations

from pathlib import Path

import comment_files
import pytest
from shown_pages import lead, markup, opened, press, sound, words
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Button

from analysis import pipeline
from analysis.pipeline import Actor, CommentFilter, Consultation, Decision, Records, Role

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
2,青衣云帆生物科技有限公司,支持（三），希望尽快落实。,,2024-10-20
3,吴倩,<b>反对</b>设立协会，=1+1,,2024-10-21
合计,3,,,
"""
LEAD = Actor("张三", Role.LEAD)


@pytest.fixture
def records(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Records:
    """An empty database for this test."""
    monkeypatch.setenv("ZHENGHENG_RECORDS", str(tmp_path / "records"))
    return pipeline.open_records(pipeline.consultations_place())


@pytest.fixture
def held(records: Records) -> Consultation:
    """A consultation with three comments, sorted."""
    made = pipeline.create_consultation(
        records, LEAD, "若干措施（征求意见稿）", opens="2024-10-18", closes="2024-11-17"
    )
    pipeline.add_draft(records, LEAD, made.uid, pipeline.draft_of_words(DRAFT, "措施.txt"))
    pipeline.take_in(records, LEAD, made.uid, TABLE.encode(), "意见.csv")
    pipeline.sort_again(records, LEAD, made.uid)
    return made


def named(app: AppTest, name: str = "李四") -> AppTest:
    """Somebody gives a name."""
    next(each for each in app.text_input if each.key == "identity-name").set_value(name).run()
    assert not app.exception
    return app


def button(app: AppTest, key: str) -> Button:
    """A button by its key."""
    return next(each for each in app.button if each.key == key)


def test_without_a_consultation_the_page_asks_for_one(records: Records) -> None:
    app = sound("consultation")
    assert "意见收来了，怎样逐条给出答复？" in words(app)
    assert "还没有征求意见" in words(app)
    assert str(records.name) in words(app)  # where everything is kept
    assert not app.get("file_uploader")  # nobody has said who they are


def test_a_draft_of_the_corpus_becomes_a_consultation(records: Records) -> None:
    app = named(opened("consultation"))
    app.selectbox[0].select("sichuan-2024").run()
    press(app, "start-make")
    (made,) = pipeline.all_consultations(records)
    assert (made.opens, made.closes, made.document) == ("2024-10-18", "2024-11-17", "sichuan-2024")
    assert "公告还缺 2 项" in words(app)
    assert "2024年10月18日至2024年11月17日" in lead(app).replace("\u2009", "")


def test_what_a_sender_wrote_is_shown_and_never_rendered(held: Consultation) -> None:
    app = sound("consultation", consultation=held.uid, view="comments", number="3")
    assert "<b>反对</b>" not in markup(app)
    assert "<b>反对</b>设立协会" in words(app)


def test_nobody_decides_without_a_name(held: Consultation) -> None:
    app = sound("consultation", consultation=held.uid, view="comments")
    assert "还有 3 条意见没有答复" in words(app)
    assert not [button for button in app.button if button.key and button.key.startswith("decide-")]


def test_a_decision_needs_a_reason_and_is_kept_with_who_and_when(records: Records, held: Consultation) -> None:
    app = named(opened("consultation", consultation=held.uid, view="comments", number="1"))
    press(app, "decide-adopted")
    press(app, "decision-save")
    assert "没有写理由" in words(app)
    assert pipeline.comment_row(records, held.uid, 1).handling.decision is None
    app.text_area[0].set_value("比例确实偏低，改为5%。").run()
    press(app, "decision-save")
    assert "没有写理由" not in words(app)
    handling = pipeline.comment_row(records, held.uid, 1).handling
    assert (handling.decision, handling.reason, handling.decided_by) == (
        Decision.ADOPTED,
        "比例确实偏低，改为5%。",
        "李四",
    )
    assert app.query_params["number"] in ("2", ["2"])  # the next one is open


def test_the_later_of_two_people_is_told_and_nothing_is_overwritten(records: Records, held: Consultation) -> None:
    app = named(opened("consultation", consultation=held.uid, view="comments", number="2"))
    press(app, "decide-adopted")
    app.text_area[0].set_value("采纳。").run()
    other = Actor("王五", Role.REVIEWER)
    pipeline.decide(records, other, held.uid, 2, 0, Decision.EXPLAINED, "已有安排。")
    press(app, "decision-save")
    assert "王五" in words(app)
    assert app.text_area[0].value == "采纳。"  # what was typed is still there
    assert pipeline.comment_row(records, held.uid, 2).handling.decision is Decision.EXPLAINED


def test_the_last_step_is_taken_back_wherever_it_was(records: Records, held: Consultation) -> None:
    app = named(opened("consultation", consultation=held.uid, view="comments", number="1"))
    assert button(app, "decision-undo").disabled
    press(app, "decide-adopted")
    app.text_area[0].set_value("采纳。").run()
    press(app, "decision-save")
    assert button(app, "decision-undo").label == "撤销上一步（第 1 条）"
    press(app, "decision-undo")
    assert pipeline.comment_row(records, held.uid, 1).handling.decision is None
    assert app.query_params["number"] in ("1", ["1"])
    assert app.text_area[0].value == ""


def test_ticked_comments_are_decided_together_and_each_can_be_changed(records: Records, held: Consultation) -> None:
    app = named(opened("consultation", consultation=held.uid, view="comments"))
    press(app, "bulk-begin")
    for number in (1, 2, 3):
        app.checkbox(key=f"tick-{held.uid}-{number}").check().run()
    other = Actor("王五", Role.REVIEWER)
    pipeline.decide(records, other, held.uid, 2, 0, Decision.EXPLAINED, "已有安排。")
    press(app, "together-not_adopted")
    app.text_area[0].set_value("另行研究。").run()
    press(app, "together-save")
    assert "作了处理 2 条，另有 1 条没有改" in words(app)
    assert "第2条" in words(app)
    assert "王五" in words(app)
    decided = {row.number: row.handling.decision for row in pipeline.comment_rows(records, held.uid)}
    assert decided == {1: Decision.NOT_ADOPTED, 2: Decision.EXPLAINED, 3: Decision.NOT_ADOPTED}
    press(app, "decision-undo")
    assert pipeline.how_many(records, held.uid, CommentFilter(is_open=True)) == 2
    press(app, "together-end")
    assert app.query_params.get("together") is None


def test_ticked_comments_are_given_to_a_person_and_stay_ticked(records: Records, held: Consultation) -> None:
    app = named(opened("consultation", consultation=held.uid, view="comments", together="1"))
    press(app, "together-page")
    app.selectbox(key="together-assigned").select("李四").run()
    press(app, "together-assign")
    press(app, "together-second")
    rows = pipeline.comment_rows(records, held.uid)
    assert {(row.handling.assigned_to, row.handling.second_wanted) for row in rows} == {("李四", True)}


def test_a_reason_is_kept_for_later_used_and_retired(records: Records, held: Consultation) -> None:
    app = named(opened("consultation", consultation=held.uid, view="comments", number="1"))
    app.text_area[0].set_value("已有安排，见国家规定。").run()
    press(app, "decision-template-keep")
    (template,) = pipeline.templates_of(records, held.uid)
    app.query_params["number"] = "2"
    app.run()
    assert app.text_area[0].value == ""
    app.selectbox(key="decision-template").select(template).run()
    assert app.text_area[0].value == "已有安排，见国家规定。"
    press(app, f"decision-retire-{template.number}")
    assert not pipeline.templates_of(records, held.uid)


def test_a_comment_is_merged_with_one_that_is_named(records: Records, held: Consultation) -> None:
    app = named(opened("consultation", consultation=held.uid, view="comments", number="1"))
    press(app, "decide-merged")
    app.text_area[0].set_value("与第2条相同。").run()
    press(app, "decision-save")
    assert "没有写明并入哪一条" in words(app)
    app.number_input(key="decision-main-number").set_value(2).run()
    assert "青衣云帆" in words(app)
    press(app, "decision-save")
    assert pipeline.comment_row(records, held.uid, 1).handling.main == 2


def test_a_theme_is_set_by_hand(records: Records, held: Consultation) -> None:
    app = named(opened("consultation", consultation=held.uid, view="comments", number="1"))
    next(each for each in app.text_input if each.label == "另起主题").set_value("补助比例").run()
    assert pipeline.comment_row(records, held.uid, 1).theme == "补助比例"


def test_words_that_the_clause_has_too_are_marked_in_both(held: Consultation) -> None:
    app = sound("consultation", consultation=held.uid, view="comments", number="1")
    assert "zh-c-named" in markup(app)
    assert "程序判断：写明了条款" in words(app)


def test_whoever_types_on_after_another_decided_is_told_before_anything_is_kept(
    records: Records, held: Consultation
) -> None:
    app = named(opened("consultation", consultation=held.uid, view="comments", number="2"))
    press(app, "decide-adopted")
    pipeline.decide(records, Actor("王五", Role.REVIEWER), held.uid, 2, 0, Decision.EXPLAINED, "已有安排。")
    app.text_area[0].set_value("采纳。").run()  # the page is drawn anew: it shows what holds now
    assert "别人先改过" in words(app)
    press(app, "decision-save")
    assert "别人先改过" in words(app)
    assert pipeline.comment_row(records, held.uid, 2).handling.decision is Decision.EXPLAINED
    press(app, "decision-save")  # it was seen
    assert pipeline.comment_row(records, held.uid, 2).handling.decision is Decision.ADOPTED


def test_giving_a_comment_to_a_person_leaves_what_is_typed(records: Records, held: Consultation) -> None:
    app = named(opened("consultation", consultation=held.uid, view="comments", number="1"))
    press(app, "decide-adopted")
    app.text_area[0].set_value("采纳。").run()
    next(each for each in app.selectbox if each.key and each.key.startswith("assigned-")).select("李四").run()
    assert app.text_area[0].value == "采纳。"
    press(app, "decision-save")
    assert "别人先改过" not in words(app)
    handling = pipeline.comment_row(records, held.uid, 1).handling
    assert (handling.decision, handling.assigned_to) == (Decision.ADOPTED, "李四")


def test_filters_stand_in_the_address(held: Consultation) -> None:
    app = sound("consultation", consultation=held.uid, view="comments", words="协会")
    assert '<p class="zh-second zh-c-total">1\u2009条</p>' in markup(app)
    app = sound("consultation", consultation=held.uid, view="comments", words="没有这样的话")
    assert "筛选之后没有意见" in words(app)


def test_a_file_is_shown_before_it_is_taken_in(records: Records) -> None:
    made = pipeline.create_consultation(records, LEAD, "若干措施")
    app = named(opened("consultation", consultation=made.uid, view="intake"))
    app.get("file_uploader")[0].upload("意见.csv", TABLE.encode(), "text/csv").run()
    assert "收下 3条" in words(app)
    assert "1行不收" in words(app)
    assert pipeline.how_many(records, made.uid) == 0
    press(app, "intake-take")
    assert "收下了 3 条" in words(app)
    assert pipeline.how_many(records, made.uid) == 3
    app.get("file_uploader")[0].upload("意见.csv", TABLE.encode(), "text/csv").run()
    press(app, "intake-take")
    assert "这次没有增加" in words(app)
    assert pipeline.how_many(records, made.uid) == 3


def test_one_comment_is_written_down_by_hand(records: Records, held: Consultation) -> None:
    app = named(opened("consultation", consultation=held.uid, view="intake"))
    next(each for each in app.text_area if each.label == "意见内容").set_value("建议延长期限。")
    next(button for button in app.button if button.label == "收下这一条").click().run()
    assert pipeline.how_many(records, held.uid, CommentFilter(words="延长期限")) == 1


def test_closing_is_refused_while_a_comment_waits_and_the_lists_name_what_is_missing(
    records: Records, held: Consultation
) -> None:
    for number, decision in ((1, Decision.ADOPTED), (2, Decision.EXPLAINED)):
        pipeline.decide(records, LEAD, held.uid, number, 0, decision, "理由。")
    pipeline.add_draft(
        records,
        LEAD,
        held.uid,
        pipeline.draft_of_words(DRAFT.replace("8000", "9000"), "修改稿.txt"),
        pipeline.DraftKind.REVISED,
    )
    app = named(opened("consultation", consultation=held.uid, view="closing"))
    assert "还有 1 条没有处理" in words(app)
    press(app, "closing-close")
    assert "请先逐条作出处理" in words(app)
    pipeline.decide(records, LEAD, held.uid, 3, 0, Decision.NOT_ADOPTED, "协会有必要。")
    found = pipeline.revision(records, held.uid)
    assert found is not None
    notes = dict.fromkeys(found.to_examine, "在别处改了")
    pipeline.examine(records, LEAD, held.uid, found.draft.number, notes, {})
    press(app, "closing-close")
    assert "这次征求意见已经办结" in words(app)
    assert pipeline.count_line(records, held.uid).reconciles


@pytest.mark.parametrize("view", ["sheet", "intake", "comments", "summary", "closing", "nonsense"])
def test_every_view_stands_odd_addresses(held: Consultation, view: str) -> None:
    odd = {"number": "-1", "page": "99999999999", "clause": "九", "order": "?", "state": "x", "rejected": "0"}
    sound("consultation", consultation=held.uid, view=view, **odd)


def test_a_consultation_that_is_not_there_is_said(records: Records) -> None:
    app = opened("consultation", consultation="../../etc")
    assert "意见库里没有" in words(app)
    assert "新建" not in words(app)  # nobody has said who they are


def test_the_example_is_made_up_and_says_so_and_is_made_once(records: Records) -> None:
    app = named(opened("consultation"))
    press(app, "start-example")
    (made,) = pipeline.all_consultations(records)
    assert made.made_up
    assert pipeline.how_many(records, made.uid) == 16
    assert "都是虚构的" in words(app)
    assert pipeline.comment_row(records, made.uid, 4).proposal.anchor.missing  # type: ignore[union-attr]
    assert pipeline.comment_row(records, made.uid, 1).clause == "四/（九）"
    app = named(opened("consultation"))
    press(app, "start-example")
    assert len(pipeline.all_consultations(records)) == 1


def test_a_sheet_that_was_not_taken_for_comments_is_read_when_a_person_names_its_columns(records: Records) -> None:
    made = pipeline.create_consultation(records, LEAD, "若干措施")
    app = named(opened("consultation", consultation=made.uid, view="intake"))
    data = comment_files.workbook(
        ("甲", [["姓名", "意见"], ["赵一", "同意。"]], ()), ("乙", [["孙二", "比例太低。"]], ())
    )
    app.get("file_uploader")[0].upload("两张表.xlsx", data, "application/octet-stream").run()
    assert "收下 1条" in words(app)
    app.checkbox(key="intake-use-1").check().run()
    assert next(button for button in app.button if button.key == "intake-take").disabled
    app.number_input(key="intake-header-1").set_value(0).run()
    app.selectbox(key="intake-column-1-0").select(pipeline.Column.SENDER).run()
    app.selectbox(key="intake-column-1-1").select(pipeline.Column.TEXT).run()
    press(app, "intake-again")
    assert "收下 2条" in words(app)
    press(app, "intake-take")
    assert [row.comment.sender for row in pipeline.comment_rows(records, made.uid)] == ["赵一", "孙二"]


def test_a_day_that_is_none_is_said(records: Records, held: Consultation) -> None:
    app = named(opened("consultation", consultation=held.uid, view="sheet"))
    app.text_input(key="sheet-closes").set_value("2024年12月1日").run()
    assert pipeline.consultation(records, held.uid).closes == "2024-12-01"
    app.text_input(key="sheet-closes").set_value("下个月").run()
    assert "截止日：填的不是一个日期" in words(app)
    assert pipeline.consultation(records, held.uid).closes == "2024-12-01"
