"""The form in which a row is changed or a new one filled in: the columns of the gold under Chinese names."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import streamlit as st

from analysis import pipeline
from analysis.chinese_words import PARTS, field_with_unit
from analysis.model import Reading
from analysis.pipeline import Item, Part
from analysis.present import checking as words
from analysis.present.markup import render
from pages import _ui

_STATE = "check_editing"
Keep = Callable[[Part, tuple[int, int], Mapping[str, str]], None]
# Fields that stand on one line.
_ROWS = {
    Part.TARGET: (
        ("indicator",), ("comparator", "value"), ("unit", "value_high"), ("target_year", "kind"),
        ("baseline_year", "recurring"),
    ),
    Part.INCENTIVE: (
        ("beneficiary",), ("instrument", "trigger"), ("rate_comparator", "rate_percent"),
        ("rate_base", "threshold_wan"), ("amount_low_wan", "amount_high_wan"), ("cap_item_wan", "cap_year_wan"),
    ),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Editing:
    """What is being written: the row ``key`` of a document, or a new one over clean ``span``."""

    document: str
    key: str = ""
    span: tuple[int, int] | None = None

    @property
    def name(self) -> str:
        """What the widgets are named by, so that two rows never share what was typed."""
        return f"{self.document}-{self.key}-{self.span}"


def begun(document: str, key: str) -> Editing | None:
    """What is being written of this document: a new row, or the row ``key``."""
    editing: Editing | None = st.session_state.get(_STATE)
    if editing is None or editing.document != document:
        return None
    return editing if editing.span or (key and editing.key == key) else None


def edit(document: str, key: str) -> None:
    """Begin to change a row."""
    st.session_state[_STATE] = Editing(document, key)


def add(document: str, span: tuple[int, int]) -> None:
    """Begin a new row."""
    st.session_state[_STATE] = Editing(document, span=span)


def close() -> None:
    """Stop writing; what was typed is let go."""
    for name in (_STATE, "check_wrong"):
        st.session_state.pop(name, None)


def draw(reading: Reading, editing: Editing, item: Item | None, keep: Keep) -> None:
    """The form, with what is wrong with it above."""
    if item is not None:
        part, columns = item.part, pipeline.fields_of(item.shown) if item.shown else {}
        span = item.start, item.end
    else:
        assert editing.span is not None
        span = editing.span
        _ui.html(render("checking.addition") + words.sentence_html(reading, *span))
        part, columns = _part(reading, editing, span)
    if wrong := st.session_state.pop("check_wrong", ""):
        _ui.fault(wrong)
    with st.form("check-form", border=False), st.container(key="check-form"):
        for row in _ROWS[part]:
            for place, name in zip(st.columns(len(row)), row, strict=True):
                with place:
                    _field(editing, name, columns.get(name, ""))
        st.form_submit_button(
            "保存，下一条（回车）" if item else "保存（回车）",
            key="check-save",
            type="primary",
            on_click=_save,
            args=(editing, part, span, keep),
        )
    st.button("取消", key="check-cancel", type="tertiary", shortcut="Escape", on_click=close)
    st.html(render("page.focus_form", token=abs(hash(editing))), unsafe_allow_javascript=True)


def _part(reading: Reading, editing: Editing, span: tuple[int, int]) -> tuple[Part, dict[str, str]]:
    """Whether marked words are a target or an incentive: as the machine guesses until a person says."""
    guess, columns = pipeline.begun(reading, *span)
    parts = {word: Part(part) for part, word in PARTS.items()}
    chosen = st.segmented_control(
        "类别", list(parts), default=PARTS[guess], key=f"check-part-{editing.name}", required=True
    )
    part = parts[chosen or PARTS[guess]]
    return part, columns[part]


def _field(editing: Editing, name: str, value: str) -> None:
    key = _key(editing, name)
    if name in pipeline.CHOICES:
        choices = list(pipeline.CHOICES[name])
        at = choices.index(value) if value in choices else 0
        st.selectbox(
            field_with_unit(name), choices, index=at, key=key, format_func=lambda each: words.choice_word(name, each)
        )
    else:
        st.text_input(field_with_unit(name), value=value, key=key, max_chars=120)


def _key(editing: Editing, name: str) -> str:
    return f"check-field-{editing.name}-{name}"


def _save(editing: Editing, part: Part, span: tuple[int, int], keep: Keep) -> None:
    typed = {name: str(st.session_state.get(_key(editing, name)) or "") for name in pipeline.FIELDS[part]}
    fields = pipeline.tidy(part, typed)
    field, what = pipeline.missing_or_wrong(part, fields)
    if field:
        st.session_state.check_wrong = words.wrong_sentence(field, what)
        return
    keep(part, span, fields)
