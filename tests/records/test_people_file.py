"""The file of people: what it gives, what is wrong with it in one sentence, who a login is. All names are made up."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from analysis.model import InputError
from analysis.records.people_file import NOBODY, Login, People, admitted, read_people
from analysis.records.record_values import Actor, Role

WHOLE = """
login_hours = 8

[[person]]
name = "张 三"
email = "Zhang@Example.gov.cn"
role = "lead"

[[person]]
name = "李四"
subject = "u-4"
email = "li@example.gov.cn"
role = "reviewer"

[[person]]
name = "王五"
email = "wang@example.gov.cn"
role = "reader"
"""
HOUR = 3600.0
NOW = 1_800_000_000.0


def people_of(text: str, tmp_path: Path) -> People:
    path = tmp_path / "people.toml"
    path.write_text(text, "utf-8")
    return read_people(path)


def test_a_file_gives_people_with_their_roles(tmp_path: Path) -> None:
    people = people_of(WHOLE, tmp_path)
    assert people.roles == {"张 三": Role.LEAD, "李四": Role.REVIEWER, "王五": Role.READER}
    assert (people.others, people.login_hours) == (Role.NONE, 8)


PERSON = '[[person]]\nname = "甲"\nemail = "a@b.cn"\nrole = "reader"\n'
WRONG = [
    ("", "person", "文件没有内容"),
    ("login_hours = 8", "person", "缺少这一组，请至少写一段 [[person]]"),
    ('[[person]]\nname = "甲"\nrole = "lead"', "person 第 1 段.email", "都没有写，请至少写一个"),
    ('[[person]]\nemail = "a@b.cn"\nrole = "lead"', "person 第 1 段.name", "缺少这一项，请补上"),
    ('[[person]]\nname = "甲"\nemail = "a@b.cn"', "person 第 1 段.role", "缺少这一项，请补上"),
    (PERSON.replace("reader", "boss"), "person 第 1 段.role", "不认识“boss”，请改为下列之一：reader、reviewer、lead"),
    (PERSON.replace("reader", "none"), "person 第 1 段.role", "不认识“none”"),
    (PERSON.replace("email", "mail"), "person 第 1 段.mail", "没有这个项目"),
    (PERSON.replace("a@b.cn", "a b.cn"), "person 第 1 段.email", "不是邮箱地址"),
    (PERSON + PERSON.replace("甲", "乙"), "person 第 2 段.email", "与第 1 段相同"),
    (PERSON + PERSON.replace("a@", "c@"), "person 第 2 段.name", "与第 1 段相同"),
    ('others = "lead"\n' + PERSON, "others", "不认识“lead”，请改为下列之一：none、reader"),
    ("login_hours = 0\n" + PERSON, "login_hours", "应是 1 到 720 的整数"),
    ("login_hours = true\n" + PERSON, "login_hours", "应是 1 到 720 的整数"),
    ("[[person]\n", "第 1 行", "不符合 TOML 写法"),
    ('people = "x"\n' + PERSON, "people", "没有这个项目"),
]


@pytest.mark.parametrize(("text", "place", "words"), WRONG, ids=[f"{place}-{words[:6]}" for _, place, words in WRONG])
def test_what_is_wrong_is_one_sentence_with_file_place_and_remedy(
    text: str, place: str, words: str, tmp_path: Path
) -> None:
    with pytest.raises(InputError) as told:
        people_of(text, tmp_path)
    sentence = str(told.value)
    assert sentence.startswith("people.toml")
    assert words in sentence
    assert place in sentence or not text
    assert sentence.endswith("。")


def test_a_file_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="找不到这个文件"):
        read_people(tmp_path / "people.toml")


ZHANG = Login("z-1", "zhang@example.GOV.cn", "张三丰", NOW)
LI = Login("u-4", "other@example.org", "别名", NOW)


def test_a_login_is_known_by_its_address_or_its_subject_and_named_as_in_the_file(tmp_path: Path) -> None:
    people = people_of(WHOLE, tmp_path)
    assert admitted(people, ZHANG, NOW) == Actor("张 三", Role.LEAD)
    assert admitted(people, LI, NOW) == Actor("李四", Role.REVIEWER)


@pytest.mark.parametrize(
    ("login", "why"),
    [
        (replace(ZHANG, verified=False), "the provider does not vouch for the address"),
        (replace(ZHANG, email="li@example.gov.cn"), "the address of somebody who is known by a subject"),
        (replace(ZHANG, email=""), "no address"),
        (replace(ZHANG, email="nobody@example.gov.cn", name="张 三"), "the name of somebody else is not enough"),
        (replace(ZHANG, since=NOW - 8 * HOUR - 1), "too old"),
        (replace(ZHANG, since=0.0), "without a time"),
        (replace(ZHANG, subject=""), "without a subject"),
        (replace(LI, subject="U-4"), "another subject"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_other_logins_are_nobody(login: Login, why: str, tmp_path: Path) -> None:
    assert admitted(people_of(WHOLE, tmp_path), login, NOW) == NOBODY


def test_people_who_are_not_listed_may_read_where_the_file_says_so(tmp_path: Path) -> None:
    people = people_of('others = "reader"' + WHOLE, tmp_path)
    stranger = Login("s-9", "s@example.org", "陌生人", NOW)
    assert admitted(people, stranger, NOW) == Actor("陌生人", Role.READER)
    assert admitted(people, replace(stranger, since=NOW - 9 * HOUR), NOW) == NOBODY
