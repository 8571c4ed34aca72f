"""意见处理: what a person fills in to decide, for one comment or for many: the decision, the reason, the reply."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from analysis import pipeline
from analysis.pipeline import CommentFilter, CommentRow, Consultation, Decision
from analysis.present import consultation_text
from analysis.present.comment_words import DECISIONS
from analysis.present.markup import render
from pages import _ui
from pages._consultation import actor, attempt, records

_LONGEST = 4_000
_OFFERED = 50  # comments of a group that are offered as the main one
ANOTHER = 0  # the main comment is named by its number


@dataclass(frozen=True, slots=True)
class Form:
    """The fields of a form by the names they have in the session."""

    name: str

    @property
    def chosen(self) -> Decision | None:
        """The decision that is chosen."""
        found: Decision | None = st.session_state.get(f"{self.name}-chosen")
        return found

    @property
    def reason(self) -> str:
        """The reason as it is typed."""
        return st.session_state.get(f"{self.name}-reason") or ""

    @property
    def reply(self) -> str:
        """The reply as it is typed."""
        return st.session_state.get(f"{self.name}-reply") or ""

    @property
    def main(self) -> int | None:
        """The comment that this one is merged with."""
        if self.chosen is not Decision.MERGED:
            return None
        chosen = st.session_state.get(f"{self.name}-main")
        number = chosen or st.session_state.get(f"{self.name}-main-number")
        return int(number) if number else None

    def fill(self, chosen: Decision | None, reason: str, reply: str, main: int | None) -> None:
        """Put values into the fields; before they are drawn."""
        st.session_state[f"{self.name}-chosen"] = chosen
        st.session_state[f"{self.name}-reason"] = reason
        st.session_state[f"{self.name}-reply"] = reply
        st.session_state[f"{self.name}-main"] = None
        st.session_state[f"{self.name}-main-number"] = main

    @property
    def there(self) -> bool:
        """Whether the fields hold anything: the framework forgets those that are not drawn."""
        return f"{self.name}-reason" in st.session_state


def fields(here: Consultation, form: Form, row: CommentRow | None = None) -> None:
    """The six decisions, the reason with words that are used again, the reply."""
    with st.container(key=f"{form.name}-choices"):
        for at, (decision, words) in enumerate(DECISIONS.items(), 1):
            st.button(
                words,
                key=f"{'decide' if form.name == 'decision' else form.name}-{decision.value}",
                type="primary" if form.chosen is decision else "secondary",
                shortcut=str(at),
                width="stretch",
                on_click=_choose,
                args=(form, decision),
            )
    if form.chosen is Decision.MERGED:
        _main(here, form, row)
    st.text_area("理由", key=f"{form.name}-reason", height=90, max_chars=_LONGEST, placeholder="必填，公示时会公布")
    _templates(here, form)
    with st.expander("给反馈人的答复", expanded=bool(form.reply), key=f"{form.name}-reply-fold"):
        st.text_area("答复", key=f"{form.name}-reply", height=80, max_chars=_LONGEST)


def _choose(form: Form, decision: Decision) -> None:
    st.session_state[f"{form.name}-chosen"] = decision


def _main(here: Consultation, form: Form, row: CommentRow | None) -> None:
    """Which comment this one is merged with: one of its group, or any by its number."""
    group = row.proposal.group if row and row.proposal else ""
    alike = pipeline.comment_rows(records(), here.uid, CommentFilter(group=group), size=_OFFERED) if group else ()
    offered = {each.number: each for each in alike if row is None or each.number != row.number}
    number = st.session_state.get(f"{form.name}-main-number")
    if offered:
        if number in offered:
            st.session_state[f"{form.name}-main"], number = number, None
        st.selectbox(
            "并入",
            [*offered, ANOTHER],
            index=None,
            key=f"{form.name}-main",
            placeholder="选主要的那一条",
            format_func=lambda at: consultation_text.main_line(offered[at]) if at else "其他意见，填写序号",
        )
    if not offered or st.session_state.get(f"{form.name}-main") == ANOTHER:
        st.number_input("并入第几条", key=f"{form.name}-main-number", min_value=1, step=1, value=None, width=160)
        number = st.session_state.get(f"{form.name}-main-number")
        found = pipeline.comment_rows(records(), here.uid, CommentFilter(numbers=(int(number),))) if number else ()
        if found:
            _ui.html(render("consultation.main", words=consultation_text.main_line(found[0])))


def _templates(here: Consultation, form: Form) -> None:
    """Reasons that are used again and again: put in, kept, or offered no longer."""
    held = pipeline.templates_of(records(), here.uid)
    offered = [each for each in held if each.decision is None or each.decision is form.chosen]
    with st.container(horizontal=True, key=f"{form.name}-templates", gap="small", vertical_alignment="center"):
        if offered:
            st.selectbox(
                "套用常用理由",
                offered,
                index=None,
                key=f"{form.name}-template",
                placeholder="套用常用理由",
                width=240,
                label_visibility="collapsed",
                format_func=lambda each: each.title,
                on_change=_use,
                args=(form,),
            )
        if form.reason.strip() and all(each.text != form.reason.strip() for each in held):
            st.button(
                "存为常用理由",
                key=f"{form.name}-template-keep",
                type="tertiary",
                on_click=_keep_template,
                args=(here, form),
            )
        if held:
            with st.popover("管理常用理由", key=f"{form.name}-manage", type="tertiary"):
                for each in held:
                    with st.container(horizontal=True, key=f"{form.name}-held-{each.number}", gap="small"):
                        _ui.html(
                            render(
                                "consultation.template",
                                words=each.text,
                                decision=each.decision and DECISIONS[each.decision],
                            )
                        )
                        st.button(
                            "停用",
                            key=f"{form.name}-retire-{each.number}",
                            type="tertiary",
                            on_click=_retire,
                            args=(here, each.number),
                        )


def _use(form: Form) -> None:
    if (chosen := st.session_state.get(f"{form.name}-template")) is not None:
        st.session_state[f"{form.name}-reason"] = chosen.text
        st.session_state[f"{form.name}-template"] = None


def _keep_template(here: Consultation, form: Form) -> None:
    words = form.reason.strip()
    title = consultation_text.cut(words, 20)
    attempt(lambda: pipeline.add_template(records(), actor(), here.uid, title, words, form.chosen))


def _retire(here: Consultation, number: int) -> None:
    attempt(lambda: pipeline.retire_template(records(), actor(), here.uid, number))
