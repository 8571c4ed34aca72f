"""意见处理, 征集要求: which rule asks how many days, the last day, and what the notice carries."""

from __future__ import annotations

from datetime import date

import streamlit as st

from analysis import pipeline
from analysis.pipeline import Consultation, ConsultedDraft, DocumentKind, DraftKind, Role
from analysis.present import consultation_sheet
from analysis.present.comment_words import DOCUMENT_KINDS
from analysis.present.markup import render
from pages import _consultation, _consultation_drafts, _ui
from pages._consultation import actor, attempt, records


def view(here: Consultation) -> None:
    """The answer, the settings that decide it, the sheet, the texts it rests on."""
    draft = _consultation.draft_of(here)
    kind = DocumentKind(here.kind) if here.kind in list(DocumentKind) else pipeline.likely_kind(here.title)
    sheet = pipeline.sheet_of(records(), here.uid, kind, _day(here.opens), _day(here.closes))
    _ui.header(consultation_sheet.headline(sheet), consultation_sheet.lead(sheet))
    _settings(here, kind, sheet)
    _ui.html(render("consultation.sheet", groups=consultation_sheet.groups(sheet)))
    table = consultation_sheet.table(here, sheet)
    _ui.downloads(table, key="consultation-sheet")
    _texts(here, draft)
    _ui.foot(
        source="公告文本与所列规定",
        notes=(
            "效力分三种：“规定”是看到了原文的条款，“建议核对”是没有看到原文或者只是参照。",
            "省级规范性文件管理办法的期限没有收录，请按本省规定核对。",
        ),
    )


def _day(iso: str) -> date | None:
    try:
        return date.fromisoformat(iso)
    except ValueError:
        return None


def _settings(here: Consultation, kind: DocumentKind, sheet: pipeline.ComplianceSheet) -> None:
    """What kind of document it is, and the days; a lead sets them."""
    may = actor().role.covers(Role.LEAD) and here.status is pipeline.ConsultationStatus.OPEN
    period = sheet.period
    days = (("公布日", "opens", period and period.first), ("截止日", "closes", period and period.last))
    with _ui.controls("sheet"):
        st.selectbox(
            "文件类别",
            list(DOCUMENT_KINDS),
            index=list(DOCUMENT_KINDS).index(kind),
            key="sheet-kind",
            width=380,
            format_func=DOCUMENT_KINDS.__getitem__,
            disabled=not may,
            on_change=_set,
            args=(here, "kind", "sheet-kind"),
        )
        for label, field, held in days:
            key = f"sheet-{field}"
            st.session_state[key] = held.isoformat() if held else ""
            st.text_input(
                label,
                key=key,
                width=190,
                max_chars=20,
                placeholder="2024-10-18",
                disabled=not may,
                on_change=_set_day,
                args=(here, label, field, key),
            )
        st.session_state["sheet-made-up"] = here.made_up
        st.checkbox("虚构意见，供演示", key="sheet-made-up", disabled=not may, on_change=_set_made_up, args=(here,))


def _set(here: Consultation, field: str, key: str) -> None:
    chosen = str(st.session_state.get(key) or "")
    attempt(lambda: pipeline.change_consultation(records(), actor(), here.uid, **{field: chosen}))


def _set_made_up(here: Consultation) -> None:
    made_up = bool(st.session_state["sheet-made-up"])
    attempt(lambda: pipeline.change_consultation(records(), actor(), here.uid, made_up=made_up))


def _set_day(here: Consultation, label: str, field: str, key: str) -> None:
    typed = st.session_state.get(key) or ""

    def change() -> None:
        day = consultation_sheet.day_typed(typed, label)
        pipeline.change_consultation(records(), actor(), here.uid, **{field: day})

    attempt(change)


def _texts(here: Consultation, draft: ConsultedDraft | None) -> None:
    """The draft and its notice, and the way to put in others."""
    _ui.section("草案和公告")
    texts = pipeline.drafts_of(records(), here.uid)
    _ui.html(render("consultation.texts", texts=[consultation_sheet.text_line(each) for each in texts]))
    if draft is None or not texts:
        _ui.say("请放入公开征求意见的草案；公告与草案在一个文件里时放一次即可。", "zh-second")
    if actor().role.covers(Role.LEAD):
        for role, label in ((DraftKind.CONSULTED, "放入草案"), (DraftKind.NOTICE, "放入公告")):
            _consultation_drafts.upload(here, role, label)
