"""意见处理, the beginning: the consultations that there are, and a new one."""

from __future__ import annotations

import streamlit as st

from analysis import pipeline
from analysis.model import InputError, Status
from analysis.pipeline import ConsultedDraft, Role
from analysis.present import consultation_intake, consultation_text
from analysis.present.links import page_link
from analysis.present.markup import render
from pages import _choice, _consultation, _consultation_tables, _corpus, _identity, _session, _ui
from pages._consultation import actor, records
from pages._corpus import collection
from pages._files import let_go

_TAKEN = "start-taken"
_OFFERED = 200  # drafts of the corpus that are offered


def view() -> None:
    """All consultations, and the way to a new one."""
    held = pipeline.all_consultations(records())
    lines = [(each, pipeline.count_line(records(), each.uid)) for each in held]
    _ui.header(consultation_text.all_headline(lines), consultation_text.all_lead(lines))
    with _ui.controls("identity"):
        _identity.name_field()
    if lines:
        listed = [
            consultation_text.listed(each, line, page_link(_consultation.PAGE, consultation=each.uid))
            for each, line in lines
        ]
        _ui.html(render("consultation.consultations", listed=listed))
    else:
        _ui.empty("意见库里还没有征求意见。")
    if actor().role.covers(Role.LEAD):
        _new()
        _consultation_tables.open_archive()
    _ui.html(render("consultation.where", name=records().name))


def _new() -> None:
    """A draft from the corpus, or one that is brought."""
    _ui.section("新建一次征求意见", "选择语料里的征求意见稿，或放入自己的草案。")
    drafts = _drafts()
    with st.container(horizontal=True, key="start-corpus", gap="small", vertical_alignment="bottom"):
        chosen = st.selectbox(
            "语料里的征求意见稿",
            list(drafts),
            index=None,
            format_func=drafts.__getitem__,
            width=460,
            placeholder="选一份",
        )
        made = st.button("新建", key="start-make", disabled=chosen is None, type="primary")
    with st.container(key="start-intake"):
        dropped = st.file_uploader("放入草案", key="start-file", label_visibility="collapsed")
    with st.container(horizontal=True, key="start-try", gap="small", vertical_alignment="center"):
        example = st.button("打开一个虚构的例子", key="start-example", type="tertiary")
        _ui.say_inline("四川 2024 年征求意见稿，意见、姓名、单位都是虚构的。", "zh-second")
    taken = st.session_state.setdefault(_TAKEN, set())
    try:
        if example:
            _example()
        if made and chosen:
            _begin(*_of_corpus(chosen), document=chosen)
        elif dropped is not None and dropped.file_id not in taken:
            taken.add(dropped.file_id)
            name = _session.clean_name(dropped.name)
            with st.spinner("正在读取条文"):
                draft = pipeline.draft_of_file(dropped.getvalue(), name)
            let_go(dropped)
            _begin(draft, name)
    except InputError as fault:
        _ui.fault(str(fault))


def _example() -> None:
    """The made-up example, made now where it is not there yet."""
    bar = st.progress(0.0, "正在准备")

    def told(step: str, done: int, of: int) -> None:
        bar.progress(min(done / of, 1.0) if of else 0.0, consultation_intake.under_way(step, done, of))

    made = pipeline.begin_example(records(), actor(), told)
    st.query_params.update({"consultation": made.uid, "view": "comments"})
    st.rerun()


def _drafts() -> dict[str, str]:
    """The documents of the corpus on which comments were invited, by slug."""
    held = collection()
    cards = [entry.card for entry in pipeline.catalogue(held, _choice.unasked(held), 1, _OFFERED)[1]]
    return {card.slug: card.title for card in cards if card.status is Status.DRAFT}


def _of_corpus(slug: str) -> tuple[ConsultedDraft, str]:
    document = _corpus.full_readings(collection(), slug)[0].document
    return pipeline.draft_of_words(document.raw, document.edition.file), document.card.title


def _begin(draft: ConsultedDraft, title: str, document: str = "") -> None:
    """Make the consultation and open it."""
    titled = draft.by_path.get("标题")
    words = titled.text if titled else title
    sheet = pipeline.draft_sheet(draft.raw, words)
    days = (sheet.period.first.isoformat(), sheet.period.last.isoformat()) if sheet.period else ("", "")
    made = pipeline.create_consultation(
        records(), actor(), words, document=document, kind=sheet.kind.value, opens=days[0], closes=days[1]
    )
    pipeline.add_draft(records(), actor(), made.uid, draft)
    st.query_params.update({"consultation": made.uid, "view": "sheet"})
    st.rerun()
