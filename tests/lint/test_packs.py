"""Rules of one's own from a folder: they find what they say, and a slip in them is one sentence."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest
from drafts import draft_from

from analysis.lint.packs import read_packs, usable_packs
from analysis.lint.run import check
from analysis.model import InputError

PACK = """
[[forbidden]]
forms = ["技术经纪人"]
instead = "技术经理人"
severity = "error"
why = "本厅统一称技术经理人。"
source = "本厅公文用语规范 第3条"
force = "规定"

[[fixed]]
name = "科技厅"
wrong = ["科学技术厅", "省科委"]

[[form]]
pattern = "第[0-9]+条"
message = "条的序号用汉字"
suggestion = "改用汉字"

[[floor]]
words = ["净收入"]
least = 50
"""


def _folder(tmp_path: Path, words: str) -> Path:
    (tmp_path / "本厅.toml").write_text(words, encoding="utf-8")
    return tmp_path


def test_a_pack_finds_what_it_says(tmp_path: Path) -> None:
    text = "　　由省科委培养技术经纪人，见第3条。转让净收入的40%用于奖励，其余60%留用。\n"
    findings = check(draft_from(text), by=read_packs(_folder(tmp_path, PACK)))
    assert [(each.rule, each.quote) for each in findings] == [
        ("本厅.固定名称1", "省科委"),
        ("本厅.禁用词1", "技术经纪人"),
        ("本厅.写法1", "第3条"),
        ("本厅.上位界限1", "40%"),
    ]
    assert (findings[1].severity, str(findings[1].source), findings[1].source.force) == (
        "error",
        "本厅公文用语规范 第3条",
        "规定",
    )
    assert [change.words for change in findings[1].changes] == ["技术经理人"]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ('[[forbidden]]\nform = ["甲"]\n', "本厅.toml（第 1 条“甲”，form）：不认识这一项，请改为 forms，或者删去。"),
        ('[[fixed]]\nname = "甲"\n', "本厅.toml（第 1 条“甲”，wrong）：缺少这一项，请补上。"),
        ('[[form]]\npattern = "("\nmessage = "甲"\n', "本厅.toml（第 1 条“(”，pattern）：正则表达式"),
        ('[[forbiden]]\nforms = ["甲"]\n', "本厅.toml（[forbiden]）：不认识这张表，请改为 forbidden。"),
        ('[[forbidden]]\nforms = ["甲"]\nseverity = "bad"\n', "请改为下列之一：error、warning、info"),
    ],
)
def test_a_slip_is_one_sentence(tmp_path: Path, words: str, sentence: str) -> None:
    with pytest.raises(InputError) as caught:
        read_packs(_folder(tmp_path, words))
    assert sentence in str(caught.value)


def test_a_broken_pack_leaves_the_others_and_is_one_sentence(tmp_path: Path) -> None:
    _folder(tmp_path, PACK)
    (tmp_path / "乙.toml").write_text("[[fixed]]\n", encoding="utf-8")
    (tmp_path / "丙.toml").mkdir()
    found, faults = usable_packs(tmp_path)
    assert [rule.id for rule in found] == ["本厅.禁用词1", "本厅.固定名称1", "本厅.写法1", "本厅.上位界限1"]
    assert [fault.file for fault in faults] == ["丙.toml", "乙.toml"]
    assert all(fault.message.endswith("。") for fault in faults)
    assert [fault.problem for fault in usable_packs(tmp_path / "none")[1]] == ["找不到规则文件夹"]


def test_rules_go_into_another_process_as_they_are(tmp_path: Path) -> None:
    draft = draft_from("　　由省科委培养技术经纪人，见第3条。转让净收入的40%用于奖励，其余60%留用。\n")
    own = read_packs(_folder(tmp_path, PACK))
    assert check(draft, by=pickle.loads(pickle.dumps(own))) == check(draft, by=own)


def test_a_folder_without_rules_says_so(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="没有 TOML 规则文件"):
        read_packs(tmp_path)
    with pytest.raises(InputError, match="找不到规则文件夹"):
        read_packs(tmp_path / "none")
