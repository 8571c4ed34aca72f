"""What a person says of a row: the form to write it in, who says it, where it is kept, and where one goes from there.

The rows that a page shows are made from what was known when it was drawn; whoever speaks after somebody else is told.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

import streamlit as st

from analysis import pipeline
from analysis.chinese_words import PARTS, field_with_unit
from analysis.model import InputError, Reading
from analysis.pipeline import Check, Item, Part, Role
from analysis.present import checking as words
from analysis.present.markup import render
from pages import _corpus, _identity, _session, _ui

FIRST = "1"  # in the address: wherever one is to begin
DONE = "done"
OWNER = "本人"
FILTERS = ("show", "order", "scope")  # what the address holds of the list
_TOLD, _NOTED = "check_told", "check_noted"
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


def allowed(reading: Reading) -> bool:
    """Whether this visitor may check this document: always a file of one's own, else where the operator lets it.

    Where a login is needed, the corpus is checked by people who may handle comments.
    """
    if reading.document.card.own:
        return True
    return pipeline.checking_on() and not login_wanted() and not refused()


def login_wanted() -> bool:
    """Whether the operator lets people check the corpus, and this visitor has to log in first."""
    return pipeline.checking_on() and _identity.login_needed() and not _identity.logged_in()


def refused() -> str:
    """Why somebody who is logged in may not check the corpus, in one sentence; "" where they may."""
    if not _identity.login_needed():
        return ""
    try:
        may = _identity.actor().role.covers(Role.REVIEWER)
    except InputError as fault:
        return str(fault)
    return "" if may else "您的权限是查阅，不能核对语料；需要核对请联系管理员。"


def said_of(reading: Reading) -> tuple[Check, ...]:
    """All that was said of a document."""
    slug = reading.document.id
    if reading.document.card.own:
        return next((file.said for file in _session.files() if file.reading.document.id == slug), ())
    return _corpus.checks().get(slug, ())


def who(reading: Reading) -> str:
    """Whom a word is put down to: the person of the login, if any; "" where a name is still needed."""
    if _identity.login_needed():
        return _identity.name_of_login() or (OWNER if reading.document.card.own else "")
    return _session.file_store().name(_session.visitor()) or (OWNER if reading.document.card.own else "")


def go(key: str) -> None:
    """Turn to a row, leaving what was being written; out of checking where ``key`` is empty."""
    stop_editing()
    if key:
        st.query_params["check"] = key
        return
    for name in ("check", *FILTERS):
        st.query_params.pop(name, None)


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


def _name(reading: Reading) -> str:
    name = who(reading)
    if not name and _identity.login_needed():
        tell("登录已失效，没有作任何改动，请重新登录后再核对。")
    elif not name:
        tell("请先在“核对人”一栏写上姓名，再核对。")
    return name


def judge(reading: Reading, item: Item, seen: int, then: str, remove: bool) -> None:
    """That a row holds as it is shown, or is to go; then the row ``then``."""
    if name := _name(reading):
        _say(reading, pipeline.judged(reading, item, name, _now(), remove=remove), seen, then)


def _say(reading: Reading, check: Check, seen: int, then: str) -> None:
    """Keep a word and go on; where it cannot be kept, say so and stay."""
    try:
        if reading.document.card.own:
            _session.file_store().say(_session.visitor(), check, seen)
        else:
            now = _corpus.record(check, seen, _identity.actor() if _identity.login_needed() else None)
            meanwhile = [other for other in now[seen:] if other.who != check.who]
            if meanwhile:
                people = "、".join(dict.fromkeys(other.who for other in meanwhile))
                st.session_state[_NOTED] = f"这期间{people}也在核对这份文件，多了 {len(meanwhile)} 条判断，已一并显示。"
    except InputError as fault:
        tell(str(fault))
        return
    go(then)


def undo(reading: Reading, said: tuple[Check, ...]) -> None:
    """Take back what this person said last of the document, and turn to its row."""
    check = pipeline.last_of(said, who(reading))
    if check is not None:
        _say(reading, pipeline.withdrawn(check, _now()), len(said), check.row)


def keeper(
    reading: Reading, said: tuple[Check, ...], item: Item | None, then: str
) -> Callable[[Part, tuple[int, int], Mapping[str, str]], None]:
    """What the form calls with the columns that a person wrote."""

    def keep(part: Part, span: tuple[int, int], fields: Mapping[str, str]) -> None:
        name = _name(reading)
        if not name:
            return
        if item is not None:
            check = pipeline.judged(reading, item, name, _now(), fields=fields)
            _say(reading, check, len(said), then)
        else:
            check = pipeline.added(reading, said, part, span, fields, name, _now())
            _say(reading, check, len(said), check.row)

    return keep


def tell(sentence: str) -> None:
    """What the next run says above the row."""
    st.session_state[_TOLD] = sentence


def told() -> str:
    """What is to be said above the row, once."""
    return str(st.session_state.pop(_TOLD, ""))


def noted() -> str:
    """That somebody else is at work on the same document, once."""
    return str(st.session_state.pop(_NOTED, ""))


# The form: the columns of the gold under Chinese names ----------------------------------------------------------------


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


def editing_of(document: str, key: str) -> Editing | None:
    """What is being written of this document: a new row, or the row ``key``."""
    editing: Editing | None = st.session_state.get(_STATE)
    if editing is None or editing.document != document:
        return None
    return editing if editing.span or (key and editing.key == key) else None


def begin_change(document: str, key: str) -> None:
    """Begin to change a row."""
    st.session_state[_STATE] = Editing(document, key)


def begin_new(document: str, span: tuple[int, int]) -> None:
    """Begin a new row."""
    st.session_state[_STATE] = Editing(document, span=span)


def stop_editing() -> None:
    """Stop writing; what was typed is let go."""
    for name in (_STATE, "check_wrong"):
        st.session_state.pop(name, None)


def draw_form(reading: Reading, editing: Editing, item: Item | None, keep: Keep) -> None:
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
    st.button("取消", key="check-cancel", type="tertiary", shortcut="Escape", on_click=stop_editing)
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
