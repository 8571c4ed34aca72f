"""How answers of other tools are taken and judged; needs none of the tools."""

from __future__ import annotations

import pytest
from from_text import document_of
from peer_tools import Found, jionlp_words, our_words, recognizers_words
from peers import TargetStatus, Wanted, judge, wanted

from analysis.extract.quantities import quantities


@pytest.mark.parametrize(
    ("row", "found"),
    [
        (
            {"offset": [3, 8], "type": "money", "detail": {"num": "1000000.00", "case": "元", "definition": "blur+"}},
            Found(3, 8, "1000000.00", None, "money", "more"),
        ),
        (
            {"offset": [0, 9], "type": "money", "detail": {"num": ["100.00", "200.00"], "definition": "blur"}},
            Found(0, 9, "100.00", "200.00", "money", "range"),
        ),
        (
            {
                "offset": [1, 6],
                "type": "time_point",
                "detail": {"time": ["2027-01-01 00:00:00", "2027-12-31 23:59:59"]},
            },
            Found(1, 6, "2027", None, "year", ""),
        ),
        (
            {
                "offset": [1, 9],
                "type": "time_point",
                "detail": {"time": ["2022-09-23 00:00:00", "2022-09-23 23:59:59"]},
            },
            Found(1, 9, "2022-09-23", None, "date", ""),
        ),
        (
            {"offset": [1, 9], "type": "time_span", "detail": {"time": ["2016-01-01 00:00:00", "2020-12-31 23:59:59"]}},
            Found(1, 9, "2016", "2020", "period", "range"),
        ),
        (
            {"offset": [1, 3], "type": "time_delta", "detail": {"time": {"year": 3.0}}},
            Found(1, 3, "3.0", None, "duration", ""),
        ),
        ({"offset": [1, 3], "type": "time_point", "detail": {}}, None),
    ],
)
def test_words_of_jionlp(row: dict[str, object], found: Found | None) -> None:
    assert jionlp_words(row) == found


@pytest.mark.parametrize(
    ("kind", "resolution", "found"),
    [
        ("percentage", {"value": "3%"}, Found(0, 4, "3", None, "percent", "")),
        ("currency", {"value": "1000000", "unit": "Chinese yuan"}, Found(0, 4, "1000000", None, "money", "")),
        ("number", {"value": "8000"}, Found(0, 4, "8000", None, "number", "")),
        (
            "datetimeV2.daterange",
            {"values": [{"timex": "2027", "type": "daterange", "start": "2027-01-01", "end": "2028-01-01"}]},
            Found(0, 4, "2027", None, "year", ""),
        ),
        (
            "datetimeV2.duration",
            {"values": [{"timex": "P3Y", "type": "duration", "value": "94608000"}]},
            Found(0, 4, "3", None, "duration", ""),
        ),
        ("datetimeV2.set", {"values": [{"timex": "P1Y", "type": "set", "value": "not resolved"}]}, None),
        ("number", {}, None),
    ],
)
def test_words_of_recognizers(kind: str, resolution: dict[str, object], found: Found | None) -> None:
    assert recognizers_words(0, 4, kind, resolution) == found


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("最高100万元", ("1000000", None, "money", "<=")),
        ("100万元至200万元", ("1000000", "2000000", "money", "range")),
        ("万分之0.3", ("0.00003", None, "ratio", "=")),
        ("2022年9月3日", ("2022-09-03", None, "date", "=")),
        ("1.1万家", ("11000.0", None, "count", "=")),
    ],
)
def test_our_own_words(text: str, said: tuple[object, ...]) -> None:
    (found,) = quantities(text)
    assert tuple(our_words(found))[2:] == said


ROW = Wanted(0, 10, 16, "超过1亿元", "100000000.0", None, "money", ">")


@pytest.mark.parametrize(
    ("found", "verdict"),
    [
        ([Found(12, 16, "100000000", None, "money", "more")], TargetStatus(True, True, True)),
        ([Found(12, 16, "100000000", None, "number", "")], TargetStatus(True, False, False)),
        ([Found(12, 16, "1", None, "money", ">")], TargetStatus(False, False, False)),
        ([Found(16, 20, "100000000", None, "money", ">")], TargetStatus(False, False, False)),
        ([], TargetStatus(False, False, False)),
    ],
)
def test_kind_and_bound_count_only_with_the_value(found: list[Found], verdict: TargetStatus) -> None:
    assert judge(ROW, found) == verdict


def test_the_ends_of_a_range_may_be_found_one_by_one() -> None:
    row = Wanted(0, 0, 10, "100万元至200万元", "1000000", "2000000", "money", "range")
    ends = [Found(0, 5, "1000000", None, "money", "="), Found(6, 10, "2000000", None, "money", "=")]
    assert judge(row, ends) == TargetStatus(True, True, False)
    assert judge(row, ends[:1]) == TargetStatus(False, False, False)


def test_rows_are_found_in_the_text_and_in_the_file() -> None:
    made = document_of("试行 办法\n\n  最高 100 万元 补助。", "试.txt")
    row = {
        "document": made.id,
        "context": "[[最高100万元]]补助",
        "value": "1",
        "value_high": "",
        "kind": "",
        "bound": "",
    }
    (clean,) = wanted([made], [row], raw=False)
    (raw,) = wanted([made], [row], raw=True)
    assert made.text[clean.start : clean.end] == "最高100万元"
    assert made.raw[raw.start : raw.end] == "最高 100 万元"
    with pytest.raises(ValueError, match="试"):
        wanted([made], [row | {"context": "[[别的]]"}], raw=False)
