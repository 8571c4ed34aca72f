"""Every decision on a number says why, with a text in which it decides and a look-alike in which another one does."""

from __future__ import annotations

import importlib
import re
import tomllib

import pytest
from places import CASES, PROJECT

from analysis.cli.generated import rules_of_reading
from analysis.extract import incentive_rows, prepare, target_decision
from analysis.extract.sentences import sentences
from analysis.extract.statements import statements
from analysis.extract.terms_of_statement import terms_of
from analysis.extract.weigh import weights
from analysis.grammar import grammar
from analysis.grammar.vocabularies import Rule
from analysis.model import Reading
from analysis.pipeline import load_corpus, product_root, read_bytes

FRAME = "某省技术转移实施方案\n一、重点任务\n（一）工作安排\n"
RULES = grammar().rules.values()

# Signs that neither the seeds nor the cases of other tests show.
RARE = (
    "技术交易额增长不超过5%，研发投入低于3%。",
    "某省技术转移实施方案\n一、2027年主要目标\n技术转移机构100家，示范区5个。",
    "某省技术转移实施方案\n一、主要目标\n到2027年，实现以下目标：\n1. 技术转移机构100家；\n2. 示范区5个。",
    "某省技术转移实施方案\n一、主要目标\n2027年，实现以下目标：\n1. 技术转移机构100家；\n2. 示范区5个。",
    "晋升的人员达到20人，评聘专家30名，再晋升5人的应当公示，须有5人。",
    "到2027年，建成机构20家，目前有机构30家、示范区已达5个，已有中心8个。",
    "技术转移机构为什么要达到300家？",
    "对技术转移机构，给予补助约50万元，再补助最高100万元/年。预计给予登记机构20万元补助。",
    "对认定的机构，每家企业每年最高补助30万元，再给20名人才各补助5万元，给予一次性奖励10万元。",
    "某省2024年科技工作总结\n一、工作成效\n对技术转移机构，给予50万元奖励。",
    "对技术转移机构，给予50万元奖励。\n对买方，按成交额的3%给予补助。",
)


def framed(text: str) -> str:
    """A text of several lines is a document of its own; a single line stands in a frame."""
    return text if "\n" in text else FRAME + text


def decisions(text: str) -> set[str]:
    """The rules that decide on the numbers of a text."""
    found = read_bytes(framed(text).encode(), "一份文件.txt")
    return {row.rule for row in (*found.targets, *found.incentives, *found.unparsed)}


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_rule_decides_its_example_and_not_the_look_alike(rule: Rule) -> None:
    assert rule.id in decisions(rule.good)
    assert rule.id not in decisions(rule.bad)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_rule_is_explained_in_one_chinese_sentence(rule: Rule) -> None:
    assert rule.title
    assert re.fullmatch(r"[^。]+。", rule.why)
    assert not re.search(r"[A-Za-z]{3}", rule.title + rule.why)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_rule_names_the_function_that_decides(rule: Rule) -> None:
    file, _, function = rule.where.partition(": ")
    assert (PROJECT / file).is_file()
    module = importlib.import_module(file.removesuffix(".py").replace("/", "."))
    assert hasattr(module, function)


def names_seen() -> set[str]:
    """The names of all signs over the seeds and over made-up texts."""
    corpus = load_corpus(product_root())
    readings = [*corpus.readings, *corpus.editions]
    texts = [*RARE, *(text for rule in RULES for text in (rule.good, rule.bad))]
    for name in ("targets", "incentives", "incentive_terms"):
        cases = tomllib.loads((CASES / f"{name}.toml").read_text(encoding="utf-8"))["case"]
        texts += [case["text"] for case in cases]
    readings += [read_bytes(framed(text).encode(), "一份文件.txt") for text in texts]
    prepared = [prepare(reading.document, reading.clauses) for reading in readings]
    of_targets = {name for one in prepared for seen in target_decision.signs(one.candidates) for name, _, _ in seen}
    return of_targets | {name for reading in readings for name in names_of_incentives(reading)}


def names_of_incentives(reading: Reading) -> set[str]:
    """The names of the signs of every number that stands where something is given."""
    document = reading.document
    found: set[str] = set()
    for statement in statements(sentences(document, reading.clauses, reading.quantities)):
        if statement.gives():
            every = incentive_rows.judged(statement, terms_of(statement))
            seen = incentive_rows.signs(statement, every, document.card.kind)
            found |= {name for its in seen.values() for name, _, _ in its}
    return found


def test_every_sign_has_a_title_and_no_title_is_idle() -> None:
    seen = names_seen() | set(weights("targets").weights) | set(weights("incentives").weights)
    assert [name for name in sorted(seen) if grammar().sign_title(name) == name] == []
    assert sorted(set(grammar().signs) - seen) == []


def test_titles_of_signs_are_short_and_told_apart() -> None:
    titles = list(grammar().signs.values())
    assert len(titles) == len(set(titles))
    assert [title for title in titles if len(title) > 24 or title.endswith("。")] == []


def test_a_rule_that_objects_gives_its_title_to_the_sign() -> None:
    assert grammar().sign_title("against.fact") == "规则提示：已发生的事实"
    assert grammar().sign_title("against.unheard") == "against.unheard"


def test_the_document_of_the_rules_is_current_and_names_each() -> None:
    kept = (PROJECT / "docs" / "rules-of-reading.md").read_text(encoding="utf-8")
    assert kept == rules_of_reading(), "run: make docs"
    assert [rule.id for rule in RULES if f"### `{rule.id}` {rule.title}\n" not in kept] == []
