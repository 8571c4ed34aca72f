"""References to articles that moved, are gone or were rewritten since the version before."""

from __future__ import annotations

import pytest
from drafts import draft_from

from analysis.lint.findings import Finding, Severity
from analysis.lint.registry import rules
from analysis.lint.run import check

TITLE = "成果转化补助办法\n"
ARTICLES = (
    "为了规范成果转化补助，制定本办法。",
    "有下列情形之一的，不予补助：\n　　（一）提供虚假材料；\n　　（二）重复申报。",
    "补助资金由市财政局按照年度预算安排。",
    "市科技局每年委托第三方机构开展绩效评价。",
    "有本办法第二条情形的，由市科技局收回补助。",
    "绩效评价按照本办法第四条开展，结果向社会公布。",
)
_NUMBERS = "一二三四五六七八九"


def text(*articles: str) -> str:
    return TITLE + "".join(f"　　第{_NUMBERS[at]}条　{words}\n" for at, words in enumerate(articles))


def found(new: str, old: str, **known: object) -> list[Finding]:
    former = draft_from(old, "上一稿.txt").reading
    draft = draft_from(new, former=former, **known)
    return list(check(draft, by=[rule for rule in rules() if rule.id == "N8"]))


OLD = text(*ARTICLES)


def test_the_same_text_has_nothing_to_say() -> None:
    assert found(OLD, OLD) == []


def test_an_article_that_was_put_in_moves_those_that_are_cited() -> None:
    put_in = "本市行政区域内的单位申请补助，适用本办法。"
    first, second = found(text(ARTICLES[0], put_in, *ARTICLES[1:]), OLD)
    assert first.quote == "本办法第二条"
    assert first.message == (
        "上一稿引用的是第二条“有下列情形之一的，不予补助：”，这一条现为第三条，现在的第二条是“本市行政区域内的单位申请补助，适用本办法”"
    )
    assert first.suggestion == "改为第三条，或确认改引别的条款"
    assert first.severity is Severity.WARNING
    assert first.beside is not None
    assert first.beside.own == put_in
    assert first.beside.text.startswith("有下列情形之一的")
    assert second.quote == "本办法第四条"


def test_numbers_that_were_carried_on_are_right() -> None:
    put_in = "本市行政区域内的单位申请补助，适用本办法。"
    carried = [words.replace("第四条", "第五条").replace("第二条", "第三条") for words in ARTICLES[1:]]
    assert found(text(ARTICLES[0], put_in, *carried), OLD) == []


def test_an_article_that_is_gone() -> None:
    rest = (*ARTICLES[:3], *ARTICLES[4:])
    (one,) = found(text(*rest), OLD)
    assert one.message.startswith(
        "上一稿引用的是第四条“市科技局每年委托第三方机构开展绩效评价”，本稿已没有这一条，现在的第四条是"
    )


def test_an_article_whose_items_changed_is_told_quietly() -> None:
    changed = ARTICLES[1].replace("重复申报", "挪用补助资金")
    (one,) = found(text(ARTICLES[0], changed, *ARTICLES[2:]), OLD)
    assert one.quote == "本办法第二条"
    assert one.severity is Severity.INFO


def test_a_new_article_that_cites_is_left_alone() -> None:
    assert found(text(*ARTICLES, "违反本办法第三条的，依法处理。"), OLD) == []


@pytest.mark.parametrize("old", ["", "　　建设平台。\n", "　　第一条　制定本办法。\n"])
def test_another_text_says_nothing(old: str) -> None:
    assert found(OLD, old) == []
