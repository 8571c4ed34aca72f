"""草案检查 without a browser: the answer first, filters, decisions that hold for the next version, faults in words."""

from __future__ import annotations

import json
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import docx
import formats_samples
import pytest
from openpyxl import load_workbook
from own_files import VISITOR
from shown_pages import lead, markup, opened, plain, press, words
from streamlit.testing.v1 import AppTest
from traces import old_word

from analysis import pipeline
from analysis.cli import main
from analysis.corpus.formats import office
from analysis.present import findings as exports
from analysis.present.findings_report import report_docx, report_xlsx
from pages import _session, _ui
from pages._kept import forget_all

DRAFT = """关于促进技术转移的若干措施

一、主要任务
(一)加大资金支持。对技术合同成交额100万元以上、500万元以下的，给予5万元奖励。
（二）技术合同成交额500万元以上、1000万元以下的，给予一定比例奖励。
（四）建立台帐,签定合同。
（五）由科技厅负责落实。
"""


@pytest.fixture(autouse=True)
def alone(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """One visitor, who has nothing before and leaves nothing behind."""
    monkeypatch.setattr(_session, "visitor", lambda: VISITOR)
    yield
    _session.file_store().lay(VISITOR, lambda desk: _session.Desk())
    forget_all()


def pasted(text: str = DRAFT, app: AppTest | None = None) -> AppTest:
    """The page with a draft that was pasted."""
    app = app or opened("check")
    app.text_area(key="draft_paste").set_value(text).run()
    return press(app, "draft-paste")


def dropped(app: AppTest, *files: tuple[str, bytes]) -> AppTest:
    """The page after files were dropped on it."""
    app.file_uploader(key="draft_upload").set_value([(name, data, "") for name, data in files]).run()
    assert not app.exception
    return app


def title(app: AppTest) -> str:
    return plain(markup(app).split("<h1>")[1].split("</h1>")[0])


def findings(app: AppTest) -> list[str]:
    """The messages of the list, in order."""
    shown = markup(app)
    listed = shown.split('<ol class="zh-findings">')[1].split("</ol>")[0] if "zh-findings" in shown else ""
    return [plain(each) for each in listed.split("<li>")[1:]]


def test_before_there_is_a_draft_the_page_says_what_it_looks_for() -> None:
    app = opened("check")
    assert title(app).endswith("？")
    assert "条规则" in lead(app)
    assert "结构层次" in words(app)
    assert "不写入磁盘" in words(app)


def test_the_answer_is_the_title_and_the_worst_stands_first() -> None:
    app = pasted()
    assert title(app).startswith("这份草案还有")
    assert "处错误" in title(app)
    first = findings(app)[0]
    assert first.startswith("错误")
    assert "缺（三）" in first
    assert "缺（三）" in lead(app)
    assert "<mark" in markup(app)


def test_the_words_of_the_draft_are_all_there_and_never_markup() -> None:
    app = pasted(DRAFT + "<img src=x onerror=alert(1)>一定比例<script>。\n")
    assert "<img src=x" not in markup(app)
    assert "<script>。" not in markup(app)
    assert "<img src=x onerror=alert(1)>一定比例<script>。" in words(app)


def test_nothing_pasted_is_one_sentence() -> None:
    assert "还没有粘贴文字" in words(press(opened("check"), "draft-paste"))


def test_what_cannot_be_read_is_one_sentence_and_the_draft_before_stays() -> None:
    app = dropped(pasted(), ("坏.docx", b"PK\x03\x04broken"))
    assert "坏.docx" in words(app)
    assert markup(app).count("zh-fault") == 1
    assert "缺（三）" in findings(app)[0]


def test_the_same_draft_again_says_so() -> None:
    assert "内容相同" in words(pasted(app=pasted()))


def test_filters_leave_what_is_asked_for() -> None:
    app = pasted()
    every = findings(app)
    app.pills(key="severity").set_value("错误").run()
    errors = findings(app)
    assert 0 < len(errors) < len(every)
    assert all(each.startswith("错误") for each in errors)
    app.pills(key="severity").set_value(None).run()
    app.selectbox(key="family").set_value("结构层次").run()
    assert any("缺（三）" in each for each in findings(app))
    assert not any("一定比例" in each for each in findings(app))
    app.selectbox(key="family").set_value(None).run()
    app.selectbox(key="clause").set_value("一（四）").run()
    assert findings(app)
    assert not any("一定比例" in each for each in findings(app))


@pytest.mark.parametrize("name", ["severity", "family", "clause", "finding", "fixes", "aside"])
@pytest.mark.parametrize("value", ["", "-1", "9" * 400, "错误", "<script>", "\x00"])
def test_any_address_opens(name: str, value: str) -> None:
    pasted()
    assert "zh-fault" not in markup(opened("check", **{name: value}))


def test_the_next_finding_and_the_one_before() -> None:
    app = pasted()
    listed = findings(app)
    assert "1/" in words(app)
    press(app, "finding-next")
    assert f"2/{len(listed)}" in words(app)
    press(app, "finding-back")
    press(app, "finding-back")
    assert f"{len(listed)}/{len(listed)}" in words(app)


def test_a_finding_is_set_aside_with_a_reason_and_taken_up_again() -> None:
    app = pasted()
    before = findings(app)
    press(app, "finding-aside")
    app.text_input(key="reason_typed").set_value("").run()
    assert findings(app) == before, "no reason, no decision"
    app.text_input(key="reason_typed").set_value("上级要求").run()
    assert not app.exception
    assert len(findings(app)) == len(before) - 1
    assert not any("缺（三）" in each for each in findings(app))
    assert "理由：上级要求" in words(app)
    assert "已忽略 1处" in lead(app)
    press(app, "finding-undo")
    assert findings(app) == before


def test_decisions_hold_for_the_next_version_which_is_compared() -> None:
    app = pasted()
    press(app, "finding-aside")
    app.pills(key="reason_offered").set_value("本地惯例").run()
    press(app, "off-.*")
    rule = app.multiselect(key="rules_off").value
    assert len(rule) == 1
    pasted(DRAFT.replace("加大资金支持", "加大财政支持").replace("由科技厅", "按照规定由科技厅"), app)
    assert "第2稿" in lead(app)
    assert "与上一稿相比" in lead(app)
    assert app.multiselect(key="rules_off").value == rule
    assert not any("缺（三）" in each for each in findings(app))
    assert "理由：本地惯例" in words(app)


def test_where_all_is_set_aside_the_title_says_so_and_no_filter_stands_there() -> None:
    app = pasted("关于技术转移的通知\n\n一、目标\n建设平台。\n三、任务\n培养人才。\n")
    while findings(app):
        press(app, "finding-aside")
        app.pills(key="reason_offered").set_value("本地惯例").run()
    assert title(app) == "这份草案查出的问题都已处理"
    assert "没有要处理的发现" in words(app)
    assert [each.label for each in app.pills] == []
    press(app, "finding-undo")
    assert "都已处理" not in title(app)
    assert app.pills


def test_where_the_words_around_it_were_edited_the_reason_is_offered_and_not_taken() -> None:
    app = pasted()
    press(app, "finding-aside")
    app.text_input(key="reason_typed").set_value("上级要求").run()
    pasted(DRAFT.replace("建立台帐,签定合同", "建立台账"), app)
    assert "缺（三）" in findings(app)[0]
    assert "忽略过相近的一处，理由：上级要求" in words(app)
    press(app, "finding-aside")
    assert app.pills(key="reason_offered").options[0] == "上级要求"


def test_another_draft_starts_anew_and_may_take_over() -> None:
    app = pasted()
    press(app, "finding-aside")
    app.pills(key="reason_offered").set_value("本地惯例").run()
    pasted("关于举办运动会的通知\n\n一、时间\n（一）上午入场。\n（三）下午比赛。\n", app)
    assert "第2稿" not in lead(app)
    assert "理由：本地惯例" not in words(app)
    press(app, "draft-take-over")
    assert "理由：本地惯例" in words(app)


def test_a_rule_is_switched_off_and_on_again() -> None:
    app = pasted()
    before = findings(app)
    press(app, "off-N2")
    assert not any("缺（三）" in each for each in findings(app))
    assert "关闭 1条规则" in lead(app)
    app.multiselect(key="rules_off").set_value([]).run()
    assert findings(app) == before


def test_the_record_comes_back_with_the_draft(tmp_path: Path) -> None:
    app = pasted()
    press(app, "finding-aside")
    app.text_input(key="reason_typed").set_value("上级要求").run()
    held = _session.file_store().desk(VISITOR)
    record = _session.pipeline.decisions_json("草案", held.decisions)
    press(app, "draft-clear")
    assert title(app).endswith("？")
    app = dropped(opened("check"), ("取舍.json", record), ("草案.txt", DRAFT.encode()))
    assert "理由：上级要求" in words(app)
    assert not any("缺（三）" in each for each in findings(app))


def test_the_record_of_the_page_is_a_baseline_of_the_command(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    draft, record = tmp_path / "草案.txt", tmp_path / "取舍.json"
    draft.write_text(DRAFT, "utf-8")
    app = dropped(opened("check"), (draft.name, DRAFT.encode()))
    press(app, "finding-aside")
    app.text_input(key="reason_typed").set_value("上级要求").run()
    press(app, "off-.*")
    held = _session.file_store().desk(VISITOR)
    assert held.draft is not None
    assert (len(held.decisions.dismissed), len(held.decisions.off)) == (1, 1)
    record.write_bytes(pipeline.decisions_json("草案.txt", held.decisions))
    main(["check", str(draft), "--peers", "--format", "json", "--baseline", str(record)])
    found = json.loads(capfd.readouterr().out)["findings"]
    wanted = {each.fingerprint for each in held.decisions.left(held.draft.checked.findings)}
    assert {each["fingerprint"] for each in found} == wanted
    for nonsense in ("[]x", '{"findings": [], "off": 1}', '["甲"]', "[" * 100_000):
        record.write_text(nonsense, "utf-8")
        assert main(["check", str(draft), "--baseline", str(record)]) == 2
        assert (
            "不是检查结果，请给出 check --format json 写出的文件，或草案检查页下载的取舍记录。"
            in capfd.readouterr().err
        )


@pytest.mark.skipif(office.program() is None, reason="LibreOffice is not installed")
@pytest.mark.parametrize(("ending", "kind"), [("doc", "doc"), ("wps", "doc"), ("rtf", "rtf"), ("odt", "odt")])
def test_files_of_other_office_programs_are_checked_and_leave_as_word(ending: str, kind: str, tmp_path: Path) -> None:
    app = dropped(opened("check"), (f"草案.{ending}", old_word(DRAFT.split("\n"), tmp_path / "made", kind)))
    assert f"草案.{ending}" in lead(app)
    assert "缺（三）" in findings(app)[0]
    assert "已由 LibreOffice 转成 docx 再检查" in words(app)
    assert "下载 Word 批注稿" in [each.label for each in app.get("download_button")]
    draft = _session.file_store().desk(VISITOR).draft
    assert draft is not None
    made = pipeline.annotated_word(draft.checked, *exports.notes_and_corrections(draft.checked.findings))
    assert any("缺（三）" in each.text for each in docx.Document(BytesIO(made)).comments)


@pytest.mark.skipif(office.program() is None, reason="LibreOffice is not installed")
def test_a_broken_file_of_another_office_program_is_one_sentence() -> None:
    app = dropped(opened("check"), ("坏.rtf", b"{\\rtf1 "), ("坏.odt", b"PK\x03\x04mimetypeapplication/vnd.oasis"))
    assert 1 <= markup(app).count("zh-fault") <= 2
    assert "坏.rtf" in words(app)


def test_a_file_that_is_no_record_is_one_sentence() -> None:
    app = dropped(pasted(), ("别的.json", json.dumps({"a": 1}).encode()))
    assert "不是取舍记录" in words(app)


def test_of_several_drafts_the_first_is_checked() -> None:
    app = dropped(opened("check"), ("甲.txt", DRAFT.encode()), ("乙.txt", b"x"))
    assert "甲.txt" in lead(app)
    assert "一次检查一份草案" in words(app)


def test_corrections_are_shown_before_and_after_and_ticked_one_by_one() -> None:
    app = dropped(opened("check"), ("草案.docx", formats_samples.word(DRAFT.split("\n"))))
    assert [each.label for each in app.checkbox]
    assert "<del>,</del>" in markup(app)
    assert "<ins>，</ins>" in markup(app)
    app.checkbox[0].check().run()
    assert "已勾选 1 处" in words(app)
    press(app, "tick-all")
    assert all(each.value for each in app.checkbox)
    press(app, "tick-all")
    assert not any(each.value for each in app.checkbox)


def test_rules_of_ones_own_are_listed_applied_switched_off_and_in_every_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pack = '[[forbidden]]\nforms = ["加大"]\ninstead = "增加"\nseverity = "error"\nwhy = "本厅不写加大。"\n'
    (tmp_path / "本厅_*a*.toml").write_text(pack, "utf-8")
    monkeypatch.setenv(pipeline.RULES_VARIABLE, str(tmp_path))
    rule = "本厅_*a*.禁用词1"
    assert "禁用“加大”" in words(opened("check"))
    app = pasted()
    assert any("用了禁用的“加大”" in each for each in findings(app))
    app.selectbox(key="family").set_value("自定义").run()
    assert "本厅不写加大" in words(app)
    assert next(each.label for each in app.button if each.key == f"off-{rule}") == r"关闭规则 本厅\_\*a\*\.禁用词1"
    draft = _session.file_store().desk(VISITOR).draft
    assert draft is not None
    checked = draft.checked
    assert rule in exports.sarif([(draft.name, checked.findings)], checked.rules).split('"results"')[0]
    assert rule in [each["rule"] for each in exports.values(draft.name, checked.findings)["findings"]]
    sheet = load_workbook(BytesIO(report_xlsx(checked, {}))).active
    assert sheet is not None
    assert f"{rule} 禁用“加大”" in [row[1].value for row in sheet.iter_rows()]
    tables = docx.Document(BytesIO(report_docx(checked, {}))).tables
    assert any(f"{rule} 禁用“加大”" in row.cells[1].text for table in tables for row in table.rows)
    app.selectbox(key="family").set_value(None).run()
    app.multiselect(key="rules_off").set_value([rule]).run()
    assert not any("用了禁用的“加大”" in each for each in findings(app))


def test_a_broken_pack_is_one_sentence_of_its_own_and_the_draft_is_checked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "甲.toml").write_text('[[forbidden]]\nform = ["加大"]\n', "utf-8")
    (tmp_path / "乙.toml").write_text("[[fixed\n", "utf-8")
    (tmp_path / "丙.toml").write_text('[[forbidden]]\nforms = ["加大"]\n', "utf-8")
    monkeypatch.setenv(pipeline.RULES_VARIABLE, str(tmp_path))
    for app in (opened("check"), pasted()):
        assert markup(app).count("zh-fault") == 2
        assert "自定义规则：甲.toml（第 1 条“加大”，form）：不认识这一项，请改为 forms，或者删去。" in words(app)
        assert "自定义规则：乙.toml（第 1 行）：不符合 TOML 写法" in words(app)
        assert "粘贴的草案.txt：" not in words(app)
    assert any("用了禁用的“加大”" in each for each in findings(app))


def test_a_folder_of_rules_that_is_not_there_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(pipeline.RULES_VARIABLE, "/没有的/文件夹")
    assert "自定义规则：/没有的/文件夹：找不到规则文件夹，请检查路径。" in words(opened("check"))


def test_words_of_a_draft_or_a_record_are_no_markdown_of_a_label() -> None:
    assert _ui.literal("![a](http://x/y.png) :red[甲]") == r"\!\[a\]\(http\:\/\/x\/y\.png\) \:red\[甲\]"


def test_places_of_a_folded_finding_are_ticked_one_by_one() -> None:
    text = "关于促进技术转移的若干措施\n" + "".join(
        f"（{number}）支持{number}类机构,建设平台。\n" for number in "一二三四五六"
    )
    app = dropped(opened("check"), ("草案.docx", formats_samples.word(text.split("\n"))))
    draft = _session.file_store().desk(VISITOR).draft
    assert draft is not None
    (folded,) = (each for each in draft.checked.findings if len(each.change_sets) > 1)
    sets = folded.change_sets
    assert [each.count for each in sets] == [1] * 6
    assert "合起来 6 处" in words(app) or "合起来 7 处" in words(app)
    press(app, f"open-{folded.fingerprint}")
    boxes = [app.checkbox(key=f"tick-{each.token}") for each in sets]
    assert [box.label for box in boxes] == ["（一）", "（二）", "（三）", "（四）", "（五）", "（六）"]
    boxes[1].check().run()
    app.checkbox(key=f"tick-{sets[4].token}").check().run()
    assert "已勾选 2 处" in words(app)
    assert not app.checkbox(key=f"tick-{folded.fingerprint}").value
    ticked = _session.file_store().desk(VISITOR).ticked
    assert ticked == {sets[1].token, sets[4].token}
    changed = exports.corrected(draft.checked.draft.received, draft.checked.findings, ticked)
    assert [line for line in changed.split("\n") if "，" in line] == [
        "（二）支持二类机构，建设平台。",
        "（五）支持五类机构，建设平台。",
    ]
    app.checkbox(key=f"tick-{folded.fingerprint}").check().run()
    assert all(app.checkbox(key=f"tick-{each.token}").value for each in sets)
    app.checkbox(key=f"tick-{sets[0].token}").uncheck().run()
    assert not app.checkbox(key=f"tick-{folded.fingerprint}").value
    assert "已勾选 5 处" in words(app)


def test_tiers_are_drawn() -> None:
    app = pasted()
    assert "data:image/svg+xml" in markup(app)
    assert "同时落在两档" in words(app)


def test_the_example_shows_the_missing_articles_first() -> None:
    app = press(opened("check"), "draft-example")
    assert "缺（十二）至（十三）" in findings(app)[0]
    said = "".join(findings(app))
    for found in ("一定比例", "没有写明责任单位", "3884.3", "31日"):
        assert found in said.replace(",", "")
