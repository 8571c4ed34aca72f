"""The page 原文: what its address chooses, and that no address breaks it."""

from __future__ import annotations

import re

import pytest
from shown_pages import markup, opened, plain

from analysis import pipeline
from analysis.model import Corpus, Reading
from analysis.present import reader_text
from analysis.present.checking import incentive_note, notes, target_note
from analysis.present.highlight import reading_marks
from analysis.present.markup import render


@pytest.fixture(scope="module")
def sichuan(real_corpus: Corpus) -> Reading:
    found = real_corpus.reading("sichuan-2024")
    assert found is not None
    return found


def test_the_words_of_a_link_are_marked(sichuan: Reading) -> None:
    target = sichuan.targets[0]
    shown = markup(opened("reader", document="sichuan-2024", at=f"{target.value_start}-{target.value_end}"))
    marked = re.findall(r'<mark class="zh-m-cited[^>]*>(.*?)</mark>', shown)
    assert plain("".join(marked)) == sichuan.document.text[target.value_start : target.value_end]
    assert shown.count('id="words"') == 1
    assert "链接指向" in shown
    assert 'class="zh-fault"' not in shown


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ({"document": "nowhere"}, "语料里没有名为“nowhere”的文件"),
        ({"document": "<script>"}, "&lt;script&gt;"),
        ({"at": "x-y"}, "读不懂"),
        ({"at": "9-3"}, "不在本文内"),
        ({"at": "0-99999999"}, "不在本文内"),
        ({"clause": "999"}, "不存在"),
        ({"clause": "²"}, "不存在"),
        ({"clause": "-1"}, "不存在"),
        ({"edition": "7"}, "没有第“7”个版本"),
        ({"edition": "²"}, "没有第“²”个版本"),
    ],
)
def test_an_address_that_points_nowhere_is_answered_in_one_sentence(query: dict[str, str], said: str) -> None:
    shown = markup(opened("reader", **query))
    assert said in shown
    assert shown.count('class="zh-fault"') == 1
    assert 'class="zh-reader"' in shown  # the text is there all the same


def test_missing_numbers_stand_in_the_tree_where_they_are_missing() -> None:
    shown = markup(opened("reader", document="sichuan-2024"))
    tree = plain(shown[shown.index('<nav class="zh-tree"') : shown.index("</nav>")])
    assert re.search(r"（十一）.*缺（十二）（十三）.*（十四）", tree)


def test_the_editions_of_a_text_are_compared_and_can_be_chosen() -> None:
    shown = markup(opened("reader", document="sichuan-2024", edition="2"))
    assert "逐字一致" in shown
    assert "sichuan-2024-attachment.txt" in shown


def test_a_text_of_one_edition_has_no_comparison() -> None:
    assert "各版本是否一致" not in markup(opened("reader", document="beijing-2022"))


def test_search_in_the_text_counts_and_marks(sichuan: Reading) -> None:
    shown = markup(opened("reader", document="sichuan-2024", find="技术经理人"))
    count = sichuan.document.text.count("技术经理人")
    assert f"“技术经理人”在文中出现 {count}" in shown
    assert len(re.findall(r'id="f\d', shown)) == count
    assert "文中没有“不存在的词”" in markup(opened("reader", document="sichuan-2024", find="不存在的词"))


def test_the_whole_text_is_shown_unchanged(real_corpus: Corpus) -> None:
    for reading in (*real_corpus.readings, *real_corpus.editions):
        marks = reading_marks(reading)
        text = "".join(plain(reader_text.clause_text(reading.document.text, each, marks)) for each in reading.clauses)
        assert text == reading.document.text


def test_every_understood_thing_leads_to_marked_words(real_corpus: Corpus) -> None:
    for reading in real_corpus.readings:
        shown = reader_text.text_html(reading, reading_marks(reading), None)
        notes = [target_note(target) for target in reading.targets]
        notes += [incentive_note(given) for given in reading.incentives]
        for note in notes:
            assert f'href="#{note.anchor}"' in shown
            assert f'id="{note.anchor}"' in shown


def test_a_note_says_how_sure_it_is_and_what_that_rests_on() -> None:
    text = (
        "某省2025年科技工作要点\n一、主要任务\n到2027年，培育技术转移机构100家。\n"
        "弄虚作假的，处2万元罚款。项目投资额 2986.4亿元，同比增长<b>。"
    )
    reading = pipeline.read_bytes(text.encode(), "要点.txt")
    (target, rest) = notes(reading, reading.clauses)
    assert target.grounds is not None
    assert re.fullmatch(r"\d\d%", target.grounds.sure)
    shown = render("checking.note", note=target)
    assert f'<span class="zh-why-label">把握</span>{target.grounds.sure}' in shown
    assert "是目标：有动词促成它" in shown
    assert re.findall(r"<li><b>(..)</b>", shown) == [sign.side for sign in target.grounds.signs]
    assert 0 < len(target.grounds.signs) <= 3
    quote, fine = rest.left[0]
    assert (quote, fine.title, fine.sure) == ("2万元", "罚则", "规则直接认定")
    assert "说的是罚多少。" in render("checking.note", note=rest)


def test_ids_in_a_text_are_unique(real_corpus: Corpus) -> None:
    for reading in real_corpus.readings:
        ids = re.findall(r' id="([^"]+)"', reader_text.text_html(reading, reading_marks(reading), None))
        assert len(ids) == len(set(ids))


def test_lines_of_the_raw_file_hold_the_words(real_corpus: Corpus) -> None:
    for reading in (*real_corpus.readings, *real_corpus.editions):
        lines = reading.document.raw.split("\n")
        for target in reading.targets:
            span = re.search(
                r"第\u2009([\d,]+)(?:–([\d,]+))?", reader_text.raw_lines(reading, target.start, target.end)
            )
            assert span
            first = int(span[1].replace(",", ""))
            last = int((span[2] or span[1]).replace(",", ""))
            held = re.sub(r"\s", "", "".join(lines[first - 1 : last]))
            figure = re.search(r"\d+", target.quote)
            assert figure is None or figure.group() in held


def test_bodies_are_said_to_be_missing_once_for_an_article(real_corpus: Corpus) -> None:
    reading = real_corpus.reading("heilongjiang-2017")
    assert reading is not None
    sections = reader_text.text_html(reading, (), None).split("<section ")[1:]
    for clause, section in zip(reading.clauses, sections, strict=True):
        assert (("责任单位" in plain(section.split("<aside")[1])) and "本条未写" not in section) == bool(clause.bodies)
    silent = [clause.path for clause, section in zip(reading.clauses, sections, strict=True) if "本条未写" in section]
    assert len(silent) == len(set(silent))
