"""Whoever writes an entry wrongly is told in one Chinese sentence: which file, which entry, which key, what to do."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from places import PROJECT

from analysis.grammar import FOLDER, grammar, load
from analysis.model import InputError

# For each file a line of one of its entries that is broken in turn, and what that entry is called.
LINES = {
    "bases": ('axis = "登记金额"', "registered"),
    "comparators": ('place = "before"', "不低于"),
    "consultation": ("least = 30", "Q1"),
    "counted": ('base = "亿元"', "money"),
    "counties": ('city = "石家庄"', "130000"),
    "drafting": ('right = "账"', "帐"),
    "headings": ('name = "序号"', "number"),
    "indicators": ('name = "技术合同成交额"', "contract_value"),
    "instruments": ('name = "职称"', "title"),
    "kinds": ("weight = 6", "statute_title"),
    "limits": ('about = "重复享受"', "not_twice"),
    "qualitative": ('patterns = ["免除*责任", "不追究*责任", "不承担*责任", "予以免责"]', "exemption"),
    "receivers": ('name = "合同登记机构"', "registration_body"),
    "regions": ('full = "北京市"', "110000"),
    "rules": ('title = "是目标"', "target.rule"),
    "superior": ('what = "转让、许可净收入中奖励给完成和转化人员的比例"', "income_share"),
    "units": ('factor = "1"', "元"),
    "wording": (f'example = "{grammar().left_out_words[0].example}"', "相关"),
    "words": ('examples = ["比例应当达到3%", "比例应达到2%", "经费须占2%", "比例必须达到2%", "應當達到2%"]', "oblige"),
}
VALUES = [  # file, line, what is written instead, key, what is said of it
    ("consultation", "least = 30", 'least = "三十"', "least", "应是整数"),
    ("consultation", 'when = "notice"', 'when = "before"', "when", "不认识“before”"),
    ("drafting", "grave = true", 'grave = "是"', "grave", "应是 true 或 false，请不加引号写出"),
    ("drafting", "since = 2012-07-01", "since = 2012", "since", "应是日期，请写作 2026-11-28 这样"),
    ("indicators", 'dimension = "money"', 'dimension = "monye"', "dimension", "不认识“monye”，请改为下列之一：money、"),
    (
        "indicators",
        'series = "technology-contracts"',
        'series = "contracts"',
        "series",
        "请改为下列之一：technology-contracts",
    ),
    ("headings", 'id = "number"', 'id = "numbers"', "id", "不认识“numbers”"),
    ("instruments", 'id = "tax"', 'id = "taxes"', "id", "不认识“taxes”"),
    ("comparators", 'means = "ge"', 'means = "ge "', "means", "不认识“ge ”"),
    ("kinds", "weight = 6", "weight = '6'", "weight", "应是整数"),
    ("kinds", "regex = '(?:条例|", "regex = '(((?:条例|", "regex", "正则表达式在第 2 个字符处写错了"),
    ("superior", 'least = "50"', 'least = "五十"', "least", "应是数字"),
    ("superior", "since = 2015", 'since = "2015"', "since", "应是整数"),
    ("superior", 'beside = "连续|', 'beside = "(连续|', "beside", "正则表达式在第 1 个字符处写错了"),
    ("limits", 'kind = "scope"', 'kind = "scop"', "kind", "不认识“scop”，请改为下列之一：scope、condition"),
    ("limits", "strict = 2", 'strict = "2"', "strict", "应是整数"),
    ("units", 'factor = "1"', 'factor = "一"', "factor", "应是数字"),
    ("counties", 'code = "110000"', 'code = "11"', "code", "应是六位数字的地区代码"),
    ("counties", 'code = "110000"', 'code = "990000"', "code", "regions.toml 里没有这个代码"),
    ("regions", 'name = "北京"', "name = 3", "name", "应是一段文字"),
    ("words", 'tag = "goal"', 'tag = ""', "tag", "不能是空的"),
    ("wording", '"之间"]', '"之间", 3]', "forms", "应是一段文字"),
    ("rules", 'id = "target.weighed"', 'id = "target.rule"', "id", "与第 1 条的 id 相同"),
    ("signs", '"全文是规范性文件"', "3", "title", "应是一段文字"),
    ("receivers", 'where = "person"', 'where = "persons"', "where", "不认识“persons”"),
    ("qualitative", 'patterns = ["纳入创新券", ', 'patterns = ["", ', "patterns", "不能是空的"),
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the grammar to be broken."""
    return shutil.copytree(FOLDER, tmp_path / "grammar", ignore=shutil.ignore_patterns("*.py", "__pycache__"))


def change(folder: Path, name: str, line: str, instead: str) -> None:
    """Write something else in place of a line, once."""
    path = folder / f"{name}.toml"
    text = path.read_text(encoding="utf-8")
    assert line in text
    path.write_text(text.replace(line, instead, 1), encoding="utf-8")


def said(folder: Path) -> str:
    """What is said of the mistake: one sentence."""
    with pytest.raises(InputError) as caught:
        load(folder)
    assert "\n" not in str(caught.value)
    assert str(caught.value).endswith("。")
    return str(caught.value)


def test_every_file_is_broken_here() -> None:
    assert {f"{name}.toml" for name in (*LINES, "signs")} == {path.name for path in FOLDER.glob("*.toml")}


def test_a_copy_is_the_same_grammar(folder: Path) -> None:
    copied = load(folder)
    assert copied != grammar()
    assert copied.indicators == grammar().indicators
    assert copied.counties == grammar().counties


@pytest.mark.parametrize("name", LINES)
def test_a_missing_key(folder: Path, name: str) -> None:
    line, entry = LINES[name]
    change(folder, name, f"{line}\n", "")
    sentence = said(folder)
    assert sentence.startswith(f"{name}.toml（第 ")
    assert f"条“{entry}”，{line.split()[0]}）：缺少这一项，请补上。" in sentence


@pytest.mark.parametrize("name", LINES)
def test_a_key_with_a_typo(folder: Path, name: str) -> None:
    line, entry = LINES[name]
    key = line.split()[0]
    typo = key + "s"
    change(folder, name, line, line.replace(key, typo, 1))
    sentence = said(folder)
    assert sentence.startswith(f"{name}.toml（第 ")
    assert f"条“{entry}”，{typo}）：不认识这一项，请改为 {key}，或者删去。" in sentence


@pytest.mark.parametrize(("name", "line", "instead", "key", "problem"), VALUES)
def test_a_wrong_value(folder: Path, name: str, line: str, instead: str, key: str, problem: str) -> None:
    change(folder, name, line, instead)
    sentence = said(folder)
    assert sentence.startswith(f"{name}.toml（第 ")
    assert f"”，{key}）：" in sentence
    assert problem in sentence


@pytest.mark.parametrize("name", [*LINES, "signs"])
def test_what_is_no_toml(folder: Path, name: str) -> None:
    path = folder / f"{name}.toml"
    path.write_text(f'id = "开头\n{path.read_text(encoding="utf-8")}', encoding="utf-8")
    assert said(folder) == f"{name}.toml（第 1 行）：不符合 TOML 写法，请检查引号、等号和方括号。"


def test_tables_and_files(folder: Path) -> None:
    change(folder, "indicators", "[[indicator]]", "[[indicater]]")
    assert said(folder) == "indicators.toml（[indicater]）：不认识这张表，请改为 indicator。"
    (folder / "indicators.toml").write_text("# 空的", encoding="utf-8")
    assert said(folder) == "indicators.toml（[[indicator]]）：缺少这一组，请至少写一段 [[indicator]]。"
    (folder / "indicators.toml").write_text('indicator = ["中试基地"]', encoding="utf-8")
    assert said(folder).startswith("indicators.toml（第 1 条“中试基地”）：应是一段表，请写成 [[…]]")
    (folder / "indicators.toml").write_bytes("# 中试基地".encode("gb18030"))
    assert said(folder).startswith("indicators.toml：文字编码不是 UTF-8")
    (folder / "indicators.toml").unlink()
    assert said(folder).startswith("indicators.toml：找不到这个词表")


@pytest.fixture
def broken_program(tmp_path: Path) -> Path:
    """A copy of the program in which somebody has added an indicator with a typo."""
    for name in ("analysis", "pages"):
        shutil.copytree(PROJECT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(PROJECT / "app.py", tmp_path)
    with (tmp_path / "analysis" / "grammar" / "indicators.toml").open("a", encoding="utf-8") as words:
        words.write('\n[[indicator]]\nid = "pilots"\nname = "海上平台"\ndimension = "count"\nform = ["海上平台"]\n')
    return tmp_path


TOLD = "indicators.toml（第 19 条“pilots”，form）：不认识这一项，请改为 forms，或者删去。\n"


@pytest.mark.parametrize(
    "command",
    [
        ("-m", "analysis", "extract", "试.txt"),
        ("-m", "analysis", "ingest", "texts", "-o", "out"),
        ("-m", "streamlit", "run", "app.py", "--server.headless", "true", "--server.port", "0"),
    ],
    ids=["extract", "ingest", "server"],
)
def test_a_typo_ends_the_program_with_the_sentence(broken_program: Path, command: tuple[str, ...]) -> None:
    (broken_program / "试.txt").write_text("到2030年，建设海上平台12个。\n", encoding="utf-8")
    (broken_program / "texts").mkdir()
    shutil.copy(broken_program / "试.txt", broken_program / "texts")
    ended = subprocess.run([sys.executable, *command], cwd=broken_program, capture_output=True, timeout=120)
    assert ended.returncode == 2
    assert ended.stderr.decode().endswith(TOLD)
    assert "Traceback" not in ended.stderr.decode()
