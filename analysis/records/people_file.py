"""Who may do what on a desk that is served to others: a TOML file of people, and which of them a login is.

A person is known by the subject of a login, or else by an e-mail address that the provider does not call unverified.
The name in the file is the one that decisions are kept under: nobody becomes somebody else by a new name at the
provider. Everything wrong with the file is one sentence with file, entry, key and what to do.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from analysis.corpus.files import Section, read_toml
from analysis.records.record_values import Actor, Role, storable

PEOPLE_VARIABLE = "ZHENGHENG_PEOPLE"
LOGIN_HOURS = 12
_LONGEST_NAME = 40
NOBODY = Actor("", Role.NONE)


@dataclass(frozen=True, slots=True)
class Login:
    """What a provider says of a person; ``since``: seconds since 1970, ``verified``: None where it does not say."""

    subject: str
    email: str
    name: str
    since: float
    verified: bool | None = None


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who is configured. Where there is a ``subject``, the address only says who is meant."""

    name: str
    role: Role
    email: str = ""
    subject: str = ""


@dataclass(frozen=True, slots=True)
class People:
    """Who is configured; ``others``: what those may do who can log in and are not; how long a login holds."""

    persons: tuple[Person, ...] = ()
    others: Role = Role.NONE
    login_hours: int = LOGIN_HOURS

    @property
    def roles(self) -> Mapping[str, Role]:
        """The role of each person, by name."""
        return {person.name: person.role for person in self.persons}


def people_path() -> Path | None:
    """The file that the operator names, if any."""
    named = os.environ.get(PEOPLE_VARIABLE, "").strip()
    return Path(named) if named else None


def read_people(path: Path) -> People:
    """The people of a file. Raises ``InputError``: absent, no TOML, an entry that cannot be used."""
    file = read_toml(path, path.name)
    file.only(("others", "login_hours", "person"))
    others = _role(file, "others", (Role.NONE, Role.READER)) if "others" in file.values else Role.NONE
    hours = file.values.get("login_hours", LOGIN_HOURS)
    if not isinstance(hours, int) or isinstance(hours, bool) or not 1 <= hours <= 720:
        raise file.fault("login_hours", "应是 1 到 720 的整数", "请写明登录几小时后要重新登录，如 12")
    persons = tuple(map(_person, file.sections("person")))
    for key in ("name", "email", "subject"):
        _each_once(file, key, [getattr(person, key).casefold() for person in persons])
    return People(persons, others, hours)


def _person(section: Section) -> Person:
    section.only(("name", "role", "email", "subject"))
    name = " ".join(storable(section.text("name")).split())
    if len(name) > _LONGEST_NAME:
        raise section.fault("name", f"超过 {_LONGEST_NAME} 个字", "请写姓名")
    role = _role(section, "role", (Role.READER, Role.REVIEWER, Role.LEAD))
    email, subject = section.maybe("email") or "", section.maybe("subject") or ""
    if not email and not subject:
        raise section.fault("email", "email 和 subject 都没有写", "请至少写一个，登录时按它认人")
    if email and (email.count("@") != 1 or email != email.strip()):
        raise section.fault("email", "不是邮箱地址", "请写成 name@example.gov.cn")
    return Person(name, role, email, subject)


def _role(section: Section, key: str, allowed: tuple[Role, ...]) -> Role:
    value = section.text(key)
    if value not in allowed:
        raise section.fault(key, f"不认识“{value}”", f"请改为下列之一：{'、'.join(allowed)}")
    return Role(value)


def _each_once(file: Section, key: str, values: list[str]) -> None:
    first: dict[str, int] = {}
    for number, value in enumerate(values, 1):
        if value and first.setdefault(value, number) != number:
            raise Section({}, file.file, f"person 第 {number} 段").fault(
                key, f"与第 {first[value]} 段相同", "请让每个人只写一段"
            )


def admitted(people: People, login: Login, now: float) -> Actor:
    """The person of a login with the role that is configured; ``NOBODY`` where it is too old, or names nobody.

    ``now`` counts seconds since 1970.
    """
    if now - login.since > people.login_hours * 3600 or not login.subject:
        return NOBODY
    found = next((person for person in people.persons if person.subject == login.subject), None)
    if found is None and login.email and login.verified is not False:
        address = login.email.casefold()
        found = next((one for one in people.persons if not one.subject and one.email.casefold() == address), None)
    if found is not None:
        return Actor(found.name, found.role)
    if people.others is Role.NONE:
        return NOBODY
    return Actor(login.name[:_LONGEST_NAME] or login.email, people.others)
