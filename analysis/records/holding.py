"""What holds of a comment: set by people or else proposed. Kept beside the decisions, for lists and counts by index."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Connection, case, func, literal, select, update

from analysis.records.record_tables import NO_POSITION, handling, proposals

_FROM_PROPOSAL = ("sender_type", "group", "stance", "how", "missing", "confidence")


def hold(connection: Connection, uid: str, numbers: Sequence[int] | None = None) -> None:
    """Bring the columns of what holds up to date: of a consultation, or of some of its comments."""

    def proposed(name: str, otherwise: object) -> ColumnElement[object]:
        found = select(proposals.c[name]).where(
            proposals.c.consultation == handling.c.consultation, proposals.c.number == handling.c.number
        )
        return func.coalesce(found.scalar_subquery(), otherwise)

    def chosen(name: str) -> ColumnElement[object]:
        return case((handling.c[f"{name}_set"] != "", handling.c[f"{name}_set"]), else_=proposed(name, ""))

    values = {
        "clause": chosen("clause"),
        "theme": chosen("theme"),
        "position": case(
            (handling.c.clause_set != "", func.coalesce(handling.c.position_set, NO_POSITION)),
            else_=proposed("start", NO_POSITION),
        ),
        **{name: proposed(name, literal(0.0) if name == "confidence" else "") for name in _FROM_PROPOSAL},
    }
    statement = update(handling).where(handling.c.consultation == uid).values(values)
    if numbers is not None:
        statement = statement.where(handling.c.number.in_(numbers))
    connection.execute(statement)
