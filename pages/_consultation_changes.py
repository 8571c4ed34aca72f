"""意见处理: a person changes comments; what is refused is told, and the last step can be taken back."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import streamlit as st

from analysis import pipeline
from analysis.model import InputError
from analysis.pipeline import CommentRow, Conflict, Consultation, Together
from analysis.present import consultation_text
from analysis.present.markup import render
from pages import _consultation, _ui
from pages._consultation import actor, records

_REFUSED, _TOLD, _CONFLICTS = "changes-refused", "changes-told", "changes-conflicts"
_DONE = "changes-done"  # what this person changed in this session, the last at the end
_MOST_DONE = 50
_LISTED = 20  # conflicts of a change to many


def one(here: Consultation, change: Callable[[], CommentRow]) -> bool:
    """Change one comment; where somebody else was first, nothing is changed and it is told what they did."""
    try:
        row = change()
    except Conflict as conflict:
        st.session_state[_CONFLICTS] = [conflict]
        return False
    except InputError as fault:
        st.session_state[_REFUSED] = str(fault)
        return False
    _remember(here, {row.number: row.handling.version})
    return True


def several(here: Consultation, versions: Mapping[int, int], change: Callable[[], Together], what: str) -> bool:
    """Change several; those that somebody else changed since are listed. ``what``: what was done, in Chinese."""
    try:
        found = change()
    except InputError as fault:
        st.session_state[_REFUSED] = str(fault)
        return False
    st.session_state[_CONFLICTS] = list(found.conflicts)
    st.session_state[_TOLD] = consultation_text.changed_together(found, what)
    if found.changed:
        _remember(here, {number: versions[number] + 1 for number in found.changed})
    return True


def last_changed(here: Consultation) -> Mapping[int, int]:
    """The comments that this person's last step changed, with the version that each has since."""
    done = st.session_state.get(_DONE, ())
    return dict(done[-1][1]) if done and done[-1][0] == here.uid else {}


def tell(conflict: Conflict) -> None:
    """Show what somebody else did meanwhile, with whatever else is told."""
    held = st.session_state.setdefault(_CONFLICTS, [])
    if all(each.number != conflict.number for each in held):
        held.append(conflict)


def refused(number: int) -> bool:
    """Whether the last change to a comment was refused because somebody else was first."""
    return any(each.number == number for each in st.session_state.get(_CONFLICTS, ()))


def told(here: Consultation) -> None:
    """What became of the last change: refused, done to so many, or come after somebody else's."""
    if refused := st.session_state.pop(_REFUSED, ""):
        _ui.fault(refused)
    if done := st.session_state.pop(_TOLD, ""):
        _ui.html(render("page.status", sentence=done))
    conflicts: Sequence[Conflict] = st.session_state.pop(_CONFLICTS, ())
    if conflicts:
        lines = [
            consultation_text.conflict(each) | {"address": _consultation.address(here, "comments", number=each.number)}
            for each in conflicts[:_LISTED]
        ]
        _ui.html(render("consultation.conflicts", lines=lines, more=len(conflicts) - len(lines)))


def _remember(here: Consultation, versions: dict[int, int]) -> None:
    done = st.session_state.setdefault(_DONE, [])
    done.append((here.uid, versions))
    del done[:-_MOST_DONE]


# Taken back -------------------------------------------------------------------------------------------------------


def undo_button(here: Consultation, row: CommentRow | None) -> None:
    """The way to take back what this person did last, on whichever comment that was."""
    last = _last(here, row)
    label = "撤销上一步"
    if len(last) > 1:
        label = f"撤销上一步（{len(last)} 条）"
    elif last and (row is None or row.number not in last):
        label = f"撤销上一步（第 {next(iter(last))} 条）"
    st.button(
        label, key="decision-undo", type="tertiary", shortcut="u", disabled=not last, on_click=_undo, args=(here, last)
    )


def _last(here: Consultation, row: CommentRow | None) -> dict[int, int]:
    """What is taken back: the last change of this session, else one's own last change of the open comment."""
    for uid, versions in reversed(st.session_state.get(_DONE, ())):
        if uid == here.uid:
            return dict(versions)
    if row is not None and row.handling.version and row.handling.changed_by == actor().name:
        return {row.number: row.handling.version}
    return {}


def _undo(here: Consultation, versions: dict[int, int]) -> None:
    done = st.session_state.setdefault(_DONE, [])
    at = next((at for at in reversed(range(len(done))) if done[at] == (here.uid, versions)), None)
    if at is not None:
        del done[at]
    before = list(done)
    what = "撤销了" if len(versions) > 1 else ""
    if not several(here, versions, lambda: pipeline.undo_together(records(), actor(), here.uid, versions), what):
        return
    done[:] = before  # taking back is no step of its own
    for number, version in versions.items():  # an earlier step on the same comment starts from here
        earlier = next((each for uid, each in reversed(done) if uid == here.uid and number in each), None)
        if earlier is not None:
            earlier[number] = version + 1
    if len(versions) == 1:
        st.query_params["number"] = str(next(iter(versions)))
