"""The page 新旧对照: its title is computed, its state is in the address, own files stay in the session."""

from __future__ import annotations

import traceback
from io import BytesIO

import docx
import pytest
from openpyxl import load_workbook
from shown_pages import lead, markup, opened, press, sound, words
from streamlit.testing.v1 import AppTest
from two_versions import NEW, OLD

from analysis import pipeline
from analysis.lint.draft import Draft
from analysis.model import InputError
from pages import _ui, _versions

PAIR = {"old": "sichuan-2018", "new": "sichuan-2024"}


def query(app: AppTest, name: str) -> str:
    """A value of the address."""
    found = app.query_params[name]
    return found if isinstance(found, str) else found[0]


def brought(old: str = OLD, new: str = NEW, **query: str) -> AppTest:
    """The page with two files dropped on it."""
    app = opened("versions", **query)
    for name, text in ((_versions.OLD, old), (_versions.NEW, new)):
        uploader = next(each for each in app.get("file_uploader") if each.key == f"upload-{name}")
        uploader.upload(f"{_versions.NAMES[name]}.txt", text.encode(), "text/plain").run()
        assert not app.exception
    return app


def test_without_versions_the_page_says_what_to_do_and_leads_to_an_example() -> None:
    app = sound("versions")
    assert "新稿改了哪些条文？" in words(app)
    assert "还没有旧稿和新稿" in words(app)
    assert "versions?old=sichuan-2018&amp;new=sichuan-2024" in markup(app)


def test_one_side_alone_asks_for_the_other() -> None:
    app = sound("versions", old="sichuan-2018")
    assert "还没有新稿" in words(app)


def test_two_documents_of_the_corpus_are_compared_from_the_address() -> None:
    app = sound("versions", **PAIR)
    assert "新稿改了" in words(app)
    assert "旧稿 29 条" in lead(app)
    assert "推动科技成果跨区域转移扩散" in words(app)
    assert [box.value for box in app.selectbox] == ["sichuan-2018", "sichuan-2024", 1]
    assert len(app.get("download_button")) == 2


def test_a_choice_goes_into_the_address() -> None:
    app = sound("versions")
    app.selectbox[0].select("beijing-2022").run()
    assert app.query_params["old"] in ("beijing-2022", ["beijing-2022"])
    assert "还没有新稿" in words(app)


def test_the_sides_change_places() -> None:
    app = press(sound("versions", **PAIR), "swap-versions")
    assert [box.value for box in app.selectbox] == ["sichuan-2024", 1, "sichuan-2018"]


def test_a_kind_of_change_alone_is_shown() -> None:
    app = sound("versions", **PAIR, kind="修改")
    assert "推动科技成果跨区域转移扩散" in words(app)
    assert "打造技术转移平台" not in words(app)


def test_changes_are_gone_through_one_by_one_and_around() -> None:
    app = sound("versions", **PAIR, kind="修改")
    assert "共 4 处改动" in words(app)
    press(app, "change-next")
    assert "1/4" in words(app)
    first = query(app, "change")
    assert f'<tr class="zh-v-changed" id="v{first}">' in markup(app)
    for place in ("2/4", "3/4", "4/4", "1/4"):
        press(app, "change-next")
        assert place in words(app)
    assert query(app, "change") == first
    press(app, "change-back")
    assert "4/4" in words(app)
    app.selectbox[0].select("beijing-2022").run()
    assert "change" not in app.query_params


@pytest.mark.parametrize("change", ["", "-1", "9" * 400, "v1", "<script>"])
def test_any_change_in_the_address_opens(change: str) -> None:
    assert "处改动" in words(sound("versions", **PAIR, change=change))


def test_editions_of_one_document_are_picked_and_change_places() -> None:
    app = sound("versions", old="sichuan-2024", new="sichuan-2024", new_edition="2")
    assert [box.value for box in app.selectbox] == ["sichuan-2024", 1, "sichuan-2024", 2]
    assert app.selectbox[1].options == ["公告网页", "PDF 附件"]
    assert "两边是同一份文件" not in words(app)
    assert "sichuan-2024-attachment.txt" in words(app)
    press(app, "swap-versions")
    assert [box.value for box in app.selectbox] == ["sichuan-2024", 2, "sichuan-2024", 1]
    app.selectbox[1].select(1).run()
    assert "两边是同一份文件" in words(app)
    for edition in ("0", "99", "x"):
        sound("versions", old="sichuan-2018", new="sichuan-2024", new_edition=edition)


def test_the_same_document_on_both_sides_is_said() -> None:
    assert "两边是同一份文件" in words(opened("versions", old="sichuan-2018", new="sichuan-2018"))


@pytest.mark.parametrize("slug", ["x", "own-12345678", "<script>", "../x"])
def test_an_address_that_names_nothing_is_said(slug: str) -> None:
    app = opened("versions", old=slug, new="sichuan-2018")
    assert "zh-fault" in markup(app)
    assert "<script" not in markup(app)
    assert "还没有旧稿" in words(app)


def test_own_files_are_compared_and_removed() -> None:
    app = brought()
    assert "新稿改了 3 条、删了 1 条、增加 1 条、合并 1 处、拆分 1 处、移动 1 条" in words(app)
    assert "要求加严 2 处" in lead(app)
    assert "<del>可以</del>" in markup(app)
    assert "只留在这次浏览器会话的内存里" in words(app)
    app = press(app, "swap-versions")
    assert "<ins>可以</ins>" in markup(app)
    app = press(app, "remove-old")
    assert "还没有旧稿" in words(app)


def test_own_files_stay_in_their_session() -> None:
    brought()
    assert "技术转移岗位" not in words(opened("versions"))
    assert "还没有旧稿和新稿" in words(opened("versions"))


def test_what_cannot_be_read_is_one_sentence_and_the_place_to_drop_stays() -> None:
    app = opened("versions")
    app.get("file_uploader")[0].upload("坏.docx", b"PK\x03\x04 no zip word/document.xml", "").run()
    assert not app.exception
    assert markup(app).count("zh-fault") == 1
    assert "坏.docx" in words(app)
    assert len(app.get("file_uploader")) == 2


def test_a_file_that_is_too_long_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_versions, "MOST_CHARACTERS", 100)
    app = opened("versions")
    app.get("file_uploader")[0].upload("长.txt", OLD.encode(), "text/plain").run()
    assert "请只保留要对照的部分" in words(app)


def test_a_comparison_that_takes_too_long_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    def never(old: Draft, new: Draft) -> None:
        raise InputError("甲与乙", "", "读取超过 20 秒", "请拆分")

    monkeypatch.setattr(pipeline, "compare_drafts", never)
    app = opened("versions", old="beijing-2022", new="sichuan-2018")
    assert "甲与乙" in words(app)
    assert "zh-fault" in markup(app)


def test_a_file_that_takes_too_long_is_no_private_name_in_a_log(monkeypatch: pytest.MonkeyPatch) -> None:
    def never() -> bytes:
        raise InputError("密件.docx", "", "读取超过 60 秒", "请拆分")

    made = _ui.unnamed(never)
    assert callable(made)
    with pytest.raises(RuntimeError) as caught:
        made()
    assert "密件" not in "".join(traceback.format_exception(caught.value))


def test_files_leave_when_they_are_asked_for() -> None:
    held = pipeline.open_collection(pipeline.default_root())
    drafts = [pipeline.draft_of_text(pipeline.full_readings(held, slug)[0]) for slug in PAIR.values()]
    sides = [_versions.Version(draft, slug, False) for draft, slug in zip(drafts, PAIR.values(), strict=True)]
    versions = _versions.Versions(*sides)
    assert docx.Document(BytesIO(_versions.word_file(versions))).tables
    assert load_workbook(BytesIO(_versions.excel_file(versions))).active is not None
