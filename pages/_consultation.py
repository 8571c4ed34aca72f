"""What every view of 意见处理 uses: the database, the consultation that is open, the ways between views."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import streamlit as st

from analysis import pipeline
from analysis.model import InputError
from analysis.pipeline import Actor, Consultation, ConsultedDraft, Records
from analysis.present.links import page_link
from analysis.present.markup import render
from pages import _identity, _ui
from pages._kept import forget, kept

PAGE = "consultation"
_SAID = "consultation_said"


def records() -> Records:
    """The database of this installation, opened once, as this person may see and change it. Raises ``InputError``.

    Every question of a page and every change goes through it: a person without a role gets no answer.
    """
    return _identity.in_person(_open(pipeline.consultations_place()))


_open = kept(most=4)(pipeline.open_records)


def actor() -> Actor:
    """Who acts."""
    return _identity.actor()


def may_handle(here: Consultation) -> bool:
    """Whether whoever acts may decide on comments of a consultation now."""
    return actor().role.covers(pipeline.Role.REVIEWER) and here.status is pipeline.ConsultationStatus.OPEN


def opened(uid: str) -> Consultation:
    """The consultation of an address. Raises ``InputError``."""
    return pipeline.consultation(records(), uid)


@kept(most=100, seconds=10)
def _counted(place: str, uid: str, field: pipeline.CommentField) -> tuple[tuple[str, int], ...]:
    """How many comments have each value; of a consultation that others work on, some seconds old."""
    del place  # the same consultation in another database is another one
    return tuple((each.value, each.total) for each in pipeline.comment_counts(records(), uid, field))


def counted(here: Consultation, field: pipeline.CommentField) -> dict[str, int]:
    """How many comments have each value of a field, for what filters and choices offer."""
    return dict(_counted(str(records().name), here.uid, field))


def unsorted(here: Consultation) -> int:
    """How many comments the program has not proposed anything for yet."""
    return counted(here, pipeline.CommentField.HOW).get("", 0)


def forget_counts() -> None:
    """What filters and choices offer has changed this moment."""
    forget(_counted)


def first_view(here: Consultation) -> str:
    """Where one starts: to bring comments in while there are none, else at the comments."""
    return "comments" if pipeline.how_many(records(), here.uid) else "intake"


def draft_of(here: Consultation) -> ConsultedDraft | None:
    """The draft on which comments were invited."""
    found = pipeline.drafts_of(records(), here.uid, pipeline.DraftKind.CONSULTED)
    return found[-1].draft if found else None


def address(here: Consultation, view: str, **state: str | int | None) -> str:
    """The address of a view of a consultation."""
    return page_link(
        PAGE, consultation=here.uid, view=view, **{name: str(value) for name, value in state.items() if value}
    )


def bar(here: Consultation, views: Mapping[str, str], current: str) -> None:
    """The name of the consultation, the ways to its views, and who acts."""
    links = [(title, address(here, name), name == current) for name, title in views.items()]
    with st.container(horizontal=True, key="consultation-bar", gap="medium", vertical_alignment="center"):
        _ui.html(render("consultation.bar", consultation=here, links=links, back=page_link(PAGE)))
        _identity.name_field()
    for sentence in st.session_state.pop(_SAID, ()):
        _ui.fault(sentence)
    if here.made_up:
        _ui.say("这里的意见、姓名、单位和电话都是虚构的，供演示使用。", "zh-second zh-made-up")


def attempt(change: Callable[[], object]) -> bool:
    """Do something that may be refused; what is said of a refusal stands above the page at the next drawing."""
    try:
        change()
    except InputError as fault:
        st.session_state.setdefault(_SAID, []).append(str(fault))
        return False
    return True
