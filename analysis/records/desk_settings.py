"""What a desk is set up with: the people that the configuration names, and words for replies that are used again."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import delete, insert, select, update

from analysis.consultation.comments import Decision
from analysis.model import InputError
from analysis.records.chain import Entry, append
from analysis.records.record_store import Change, Records, lock_scope, next_number, reading, transaction, writing
from analysis.records.record_tables import people, templates
from analysis.records.record_values import LONG, Actor, Role, Template, storable, typed

PEOPLE = "people"  # the scope of their history
_CONFIGURATION = Actor("配置文件", Role.LEAD)


def configure_people(records: Records, configured: Mapping[str, Role]) -> None:
    """Keep who is configured with which role, so that comments can be given to them; others are no longer listed."""
    wanted = {storable(name): role.value for name, role in configured.items()}
    if wanted == {person.name: person.role.value for person in people_of(records)}:
        return
    with transaction(records) as connection:
        lock_scope(connection, PEOPLE)
        there: dict[str, str] = {row.name: row.role for row in connection.execute(select(people))}
        changed = {name for name in there.keys() | wanted.keys() if there.get(name) != wanted.get(name)}
        if not changed:
            return
        connection.execute(delete(people).where(people.c.name.in_(changed & there.keys())))
        for name in sorted(changed & wanted.keys()):
            connection.execute(insert(people).values(name=name, role=wanted[name]))
        entries = [
            Entry("person", name, "configure", {"role": wanted.get(name, "")}, {"role": there.get(name, "")})
            for name in sorted(changed)
        ]
        append(Change(connection, PEOPLE, _CONFIGURATION, records.now()), entries)


def people_of(records: Records) -> tuple[Actor, ...]:
    """The people who are configured, by name."""
    with reading(records) as connection:
        found = connection.execute(select(people).order_by(people.c.name))
        return tuple(Actor(row.name, Role(row.role)) for row in found)


def add_template(
    records: Records, actor: Actor, uid: str, title: str, text: str, decision: Decision | None = None
) -> Template:
    """Keep words that are used again in a consultation."""
    if not title.strip() or not text.strip():
        raise InputError("常用答复", "", "名称或内容是空的", "请都填上")
    fields = {"title": typed(title, "名称"), "text": typed(text, "常用答复", LONG)}
    fields["decision"] = decision.value if decision else ""
    with writing(records, actor, uid) as change:
        number = next_number(change.connection, templates, uid)
        change.connection.execute(insert(templates).values(consultation=uid, number=number, retired=False, **fields))
        append(change, [Entry("template", str(number), "add", {**fields, "retired": False})])
    return Template(number, fields["title"], fields["text"], decision)


def retire_template(records: Records, actor: Actor, uid: str, number: int) -> None:
    """Offer a template no longer; what it was used for stays as it is."""
    with writing(records, actor, uid) as change:
        changed = change.connection.execute(
            update(templates)
            .where(templates.c.consultation == uid, templates.c.number == number, ~templates.c.retired)
            .values(retired=True)
        )
        if changed.rowcount:
            append(change, [Entry("template", str(number), "retire", {"retired": True}, {"retired": False})])


def templates_of(records: Records, uid: str) -> tuple[Template, ...]:
    """The templates that are offered, in the order in which they were added."""
    question = select(templates).where(templates.c.consultation == uid, ~templates.c.retired)
    with reading(records) as connection:
        return tuple(
            Template(row.number, row.title, row.text, Decision(row.decision) if row.decision else None, row.retired)
            for row in connection.execute(question.order_by(templates.c.number))
        )
