"""The everyday words of senders and the terms of drafts that mean the same."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import pytest

from analysis.consultation import subjects
from analysis.consultation.draft_clauses import consulted_draft
from analysis.consultation.folded_words import folded
from analysis.consultation.subjects import DraftSubjects, Subject, Unrelated, lay_subjects, unrelated
from analysis.grammar.vocabularies import Vocabulary

VOCABULARY = Vocabulary(Path(subjects.__file__).parent, "lay_subjects", "subject", "asking", "unrelated")
SUBJECTS = VOCABULARY.take("subject", Subject)
UNRELATED = VOCABULARY.take("unrelated", Unrelated)


@pytest.mark.parametrize("subject", SUBJECTS, ids=lambda subject: subject.id)
def test_a_subject_is_found_in_its_examples_alone(subject: Subject) -> None:
    pattern = lay_subjects().in_comments[subject.id]
    assert [example for example in subject.examples if not pattern.search(folded(example).text)] == []
    assert [word for word in subject.not_ if pattern.search(folded(word).text)] == []


@pytest.mark.parametrize("kind", UNRELATED, ids=lambda kind: kind.id)
def test_what_belongs_to_no_clause_is_found_in_its_examples_alone(kind: Unrelated) -> None:
    pattern = lay_subjects().unrelated[kind.id]
    assert [example for example in kind.examples if not pattern.search(folded(example).text)] == []
    assert [word for word in kind.not_ if pattern.search(folded(word).text)] == []
    assert all(unrelated(folded(example).text) for example in kind.examples)


def test_no_form_stands_twice_in_a_subject() -> None:
    for subject in SUBJECTS:
        for forms in (subject.lay, subject.terms):
            assert len(set(forms)) == len(forms), subject.id
            assert all(re.compile(form) for form in forms)


DRAFT = """方案
一、经费。市级财政对购买技术的企业按照交易额的8%给予补助，每家每年最高100万元。
二、培训。高等院校开设技术转移课程，每年培训技术经理人500名，建立培养基地和师资队伍。
三、容错。单位负责人履行勤勉尽责义务的，不因后续价值变化承担决策责任。
"""


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("我厂买了技术能报销多少", "一"),
        ("一百万封顶太低", "一"),
        ("五百名够谁分", "二"),
        ("没地方上课", "二"),
        ("怕将来说贱卖", "三"),
    ],
)
def test_amounts_and_everyday_words_lead_to_the_clause(text: str, path: str) -> None:
    draft = DraftSubjects(consulted_draft(DRAFT, "x.txt"))
    nearest = draft.related([folded(text).text])[0]
    assert nearest[0].clause.path == path
    assert all(one.score >= other.score for one, other in pairwise(nearest))


def test_words_of_asking_alone_lead_nowhere() -> None:
    draft = DraftSubjects(consulted_draft(DRAFT, "x.txt"))
    nearest = draft.related([folded("建议进一步明确和细化有关规定，完善相关内容。").text])[0]
    assert not nearest or nearest[0].score < 1
