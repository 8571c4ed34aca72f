"""Parts become tables: every document once, under one name and number, and nobody sees half a collection."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from hashlib import sha256
from pathlib import Path, PurePosixPath
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from ingest_trees import put
from places import PROJECT

from analysis.ingest import finish as finishing
from analysis.ingest.finish import finish
from analysis.ingest.merge import Issue, Likeness, further_editions, sentences, signature
from analysis.ingest.run import ingest
from analysis.model import InputError
from analysis.store.rows import DIGEST_KEY, FORMAT, TABLES

Row = dict[str, Any]
SICHUAN = PROJECT / "policy_corpus" / "documents" / "sichuan-2024"
SENTENCES = tuple(f"到第{place}年技术合同成交额达到{place * 7}亿元。" for place in range(40))


def made(path: str, text: str, *, source: str = "text", **more: Any) -> Row:
    """A row of documents with one clause for each sentence; the bytes are those of the text, or of ``data``."""
    digest = sha256(more.pop("data", text).encode()).hexdigest()
    card = PurePosixPath(path).parent.name if source == "card" else None
    return {
        "document": card or f"d{digest[:12]}",
        "digest": digest,
        "paths": [path],
        "metadata_from": source,
        "level": "unknown",
        "status": "unknown",
        "title": path,
        "raw": text,
        "edition_of": None,
    } | more


def write_parts(out: Path, parts: Sequence[Sequence[Row]], unread: Sequence[Sequence[str]] = ()) -> list[Path]:
    folders: list[Path] = []
    for place, rows in enumerate(parts):
        folder = out / "work" / "parts" / f"key{place}"
        folder.mkdir(parents=True, exist_ok=True)
        tables: dict[str, list[Row]] = {name: [] for name in TABLES}
        for number, row in enumerate(rows):
            own = {"number": number, "document": row["document"]}
            tables["documents"].append(row | own)
            pieces = row["raw"].splitlines(keepends=True)
            tables["clauses"] += [own | {"index": at, "text": piece} for at, piece in enumerate(pieces)]
            tables["targets"].append(own | {"quote": row["raw"][:5], "clause": row["digest"]})
            tables["words"] += [own | {"word": word, "count": 1, "term": True} for word in ("技术", row["digest"])]
        paths = unread[place] if unread else ()
        tables["unread"] = [{"path": path, "place": "", "problem": "读不了", "remedy": "请检查"} for path in paths]
        for name, schema in TABLES.items():
            pq.write_table(pa.Table.from_pylist(tables[name], schema), folder / f"{name}.parquet", row_group_size=3)
        folders.append(folder)
    return folders


def tables(out: Path) -> dict[str, list[Row]]:
    return {name: pq.read_table(out / f"{name}.parquet").to_pylist() for name in TABLES}


def text_of(places: Sequence[int]) -> str:
    return "\n".join(SENTENCES[place] for place in places)


def test_every_document_once_with_all_its_rows(tmp_path: Path) -> None:
    parts = write_parts(
        tmp_path,
        [
            [made("b/二.txt", text_of([1, 2])), made("b/三.txt", text_of([3]))],
            [made("a/二.txt", text_of([1, 2])), made("a/四.txt", text_of([4, 5, 6]))],
        ],
        [["坏.pdf"], ["坏.pdf", "更坏.pdf"]],
    )
    more = {"path": "a/外.txt", "place": "", "problem": "指向文件夹之外", "remedy": "请拷入"}
    manifest = finish(tmp_path, parts, {"folder": "/某处"}, [more])
    found = tables(tmp_path)
    assert [(row["number"], row["paths"]) for row in found["documents"]] == [
        (0, ["b/三.txt"]),
        (1, ["a/二.txt", "b/二.txt"]),
        (2, ["a/四.txt"]),
    ]
    names = [row["document"] for row in found["documents"]]
    assert [(row["number"], row["document"]) for row in found["clauses"]] == [
        (number, names[number]) for number in (0, 1, 1, 2, 2, 2)
    ]
    assert "".join(row["text"] for row in found["clauses"] if row["number"] == 2) == text_of([4, 5, 6])
    assert [row["path"] for row in found["unread"]] == ["a/外.txt", "坏.pdf", "更坏.pdf"]
    assert manifest == json.loads((tmp_path / "manifest.json").read_text("utf-8"))
    assert manifest["format"] == FORMAT
    assert manifest["folder"] == "/某处"
    assert (manifest["documents"], manifest["further_editions"], manifest["files"], manifest["unread"]) == (3, 0, 4, 3)
    for name in TABLES:
        file = tmp_path / f"{name}.parquet"
        assert manifest["tables"][name] == {"rows": len(found[name]), "bytes": file.stat().st_size}
        assert pq.read_schema(file).metadata[DIGEST_KEY].decode() == manifest["digest"]
        assert pq.read_schema(file).equals(TABLES[name])
    assert sorted(entry.name for entry in tmp_path.iterdir()) == sorted(
        ["work", "manifest.json", *(f"{name}.parquet" for name in TABLES)]
    )


def test_a_card_goes_before_a_sidecar_and_a_sidecar_before_the_text(tmp_path: Path) -> None:
    same = text_of([1, 2, 3])
    parts = write_parts(
        tmp_path,
        [
            [made("a.txt", same), made("z/policy-1/a.txt", same, source="card"), made("b.txt", text_of([4]))],
            [made("c.txt", same, source="sidecar"), made("d.txt", text_of([4]), source="sidecar")],
        ],
    )
    finish(tmp_path, parts, {}, ())
    found = {row["document"]: row for row in tables(tmp_path)["documents"]}
    assert len(found) == 2
    assert found["policy-1"]["paths"] == ["a.txt", "c.txt", "z/policy-1/a.txt"]
    assert found["policy-1"]["metadata_from"] == "card"
    assert [row["metadata_from"] for row in found.values()] == ["card", "sidecar"]


def test_editions_that_cards_name_and_folders_of_one_name(tmp_path: Path) -> None:
    further = {"source": "card", "edition_of": "policy-2"}
    parts = write_parts(
        tmp_path,
        [
            [
                made("b/policy-1/网页.txt", text_of([1, 2]), source="card"),
                made("b/policy-1/附件.txt", text_of([3, 4]), source="card", edition_of="policy-1"),
            ],
            [
                made("a/policy-1/附件.txt", text_of([5, 6]), source="card", edition_of="policy-1"),
                made("a/policy-1/网页.txt", text_of([7, 8]), source="card"),
                made("c/policy-2/甲.txt", text_of([9]), document="policy-2-edition-3", **further),
                made("c/policy-2/乙.txt", text_of([10]), document="policy-2-edition-2", **further),
            ],
        ],
    )
    finish(tmp_path, parts, {}, ())
    found = tables(tmp_path)
    by_path = {row["paths"][0]: row for row in found["documents"]}
    names = {path: row["document"] for path, row in by_path.items()}
    assert len(set(names.values())) == 6
    assert names["a/policy-1/网页.txt"] == "policy-1"
    assert names["b/policy-1/网页.txt"] == "policy-1-" + by_path["b/policy-1/网页.txt"]["digest"][:6]
    assert by_path["a/policy-1/附件.txt"]["edition_of"] == names["a/policy-1/网页.txt"]
    assert by_path["b/policy-1/附件.txt"]["edition_of"] == names["b/policy-1/网页.txt"]
    assert by_path["b/policy-1/附件.txt"]["similarity"] == 1
    # Where the first edition could not be read, the next one on the card stands for the document.
    assert (names["c/policy-2/乙.txt"], by_path["c/policy-2/乙.txt"]["edition_of"]) == ("policy-2", None)
    assert by_path["c/policy-2/甲.txt"]["edition_of"] == "policy-2"
    numbers = {row["document"]: row["number"] for row in found["documents"]}
    assert all(numbers[row["document"]] == row["number"] for name in ("clauses", "targets") for row in found[name])


LONG = list(range(40))


@pytest.mark.parametrize(
    ("first", "second", "edition"),
    [
        ({}, {}, True),
        ({"region_code": "510000", "year": 2024}, {}, True),
        ({"region_code": "510000", "year": 2024}, {"region_code": "510000", "year": 2024}, True),
        ({"doc_number": "川府发〔2024〕1号"}, {"doc_number": "川府发[2024]1号"}, True),
        # A city copies its province; the call of last year comes again; two numbers are two documents.
        ({"region_code": "510000"}, {"region_code": "510100"}, False),
        ({"region": "四川"}, {"region": "成都", "region_code": "510100"}, False),
        ({"year": 2023}, {"year": 2024}, False),
        ({"doc_number": "川府发〔2024〕1号"}, {"doc_number": "川府发〔2024〕2号"}, False),
    ],
)
def test_nearly_the_same_text(tmp_path: Path, first: Row, second: Row, edition: bool) -> None:
    text = text_of(LONG)
    parts = write_parts(tmp_path, [[made("b.txt", text + "尾。", **second)], [made("a.txt", text, **first)]])
    manifest = finish(tmp_path, parts, {}, ())
    rows = {row["paths"][0]: row for row in tables(tmp_path)["documents"]}
    assert rows["a.txt"]["edition_of"] is None
    assert rows["b.txt"]["edition_of"] == (rows["a.txt"]["document"] if edition else None)
    assert (rows["b.txt"]["similarity"] is not None) is edition
    assert manifest["documents"] == (1 if edition else 2)
    if edition:
        assert rows["b.txt"]["similarity"] == pytest.approx(40 / 41, abs=0.05)


def test_other_words_are_no_edition_and_a_draft_never_comes_first(tmp_path: Path) -> None:
    text, revised = text_of(LONG), text_of([*LONG[4:]]) + "\n".join(f"\n新增第{place}项。" for place in range(4))
    parts = write_parts(
        tmp_path,
        [
            [
                made("a.txt", text + "征求意见。", status="draft_for_comment"),
                made("b.txt", text),
                made("c.txt", revised),
                made("d.txt", text_of([1]).replace("7", "8")),
                made("e.txt", text_of([1])),
                made("z/policy-1/x.txt", text + "卡片。", source="card"),
                made("z/policy-2/x.txt", text + "另一张卡片。", source="card"),
            ]
        ],
    )
    finish(tmp_path, parts, {}, ())
    rows = {row["paths"][0]: row for row in tables(tmp_path)["documents"]}
    editions = {path: row["edition_of"] for path, row in rows.items() if row["edition_of"]}
    assert editions == {"a.txt": "policy-1", "b.txt": "policy-1"}  # what has a card of its own is its own document
    finish(tmp_path, write_parts(tmp_path, [[rows_["row"] for rows_ in _without_cards(rows)]]), {}, ())
    rows = {row["paths"][0]: row for row in tables(tmp_path)["documents"]}
    assert rows["a.txt"]["edition_of"] == rows["b.txt"]["document"]
    assert rows["b.txt"]["edition_of"] is None


def _without_cards(rows: Mapping[str, Row]) -> list[Row]:
    return [{"row": row | {"edition_of": None}} for path, row in rows.items() if not path.startswith("z/")]


def likenesses(texts: Sequence[str], issues: Sequence[Issue] = ()) -> dict[int, Likeness]:
    return further_editions(
        issues or [Issue()] * len(texts), [signature(text) for text in texts], lambda at: sentences(texts[at])
    )


def articles(start: int, stop: int) -> str:
    return "".join(f"第{place}条。" for place in range(start, stop))


def test_no_chains() -> None:
    """B is like A and C is like B, but C is not like A: C is no edition."""
    texts = [articles(start, start + 200) for start in (0, 8, 16)]
    found = likenesses(texts)
    assert {at: one.first for at, one in found.items()} == {1: 0}
    assert likenesses(texts[1:]).keys() == {1}


@pytest.mark.parametrize(
    ("first", "further", "extent"),
    [
        ((0, 80), (0, 100), "longer"),
        ((0, 100), (0, 80), "shorter"),
        ((0, 100), (20, 100), "shorter"),
        ((0, 100), (18, 101), "shorter"),  # but for one sentence in 83
        ((0, 80), (10, 110), None),  # a final text that has changed one in eight of its draft
        ((0, 10), (0, 100), None),  # a plan that quotes a short notice, a collection of policies
        ((0, 100), (0, 50), None),
        ((0, 100), (200, 300), None),
    ],
)
def test_one_text_that_holds_another(first: tuple[int, int], further: tuple[int, int], extent: str | None) -> None:
    found = likenesses([articles(*first), articles(*further)])
    assert {at: (one.first, one.extent) for at, one in found.items()} == ({1: (0, extent)} if extent else {})


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (Issue(region_code="510000"), Issue(region_code="510100")),
        (Issue(region="四川"), Issue(region="成都")),
        (Issue(year=2023), Issue(year=2024)),
        (Issue(doc_number="川府发〔2024〕1号"), Issue(doc_number="川府发〔2024〕2号")),
        (Issue(), Issue(settled=True)),
    ],
)
def test_a_plan_that_holds_a_notice_of_another_place_year_or_number_is_no_edition(one: Issue, other: Issue) -> None:
    texts = [articles(0, 80), articles(0, 100)]
    assert likenesses(texts, [one, one]).keys() == {1}
    assert likenesses(texts, [one, other]) == {}
    assert likenesses(texts[::-1], [one, other]) == {}


def test_a_notice_with_its_attachment_and_the_attachment_alone(tmp_path: Path) -> None:
    """The files that the product comes with, without their card: one document, named by the file that says whence."""
    for name in ("notice", "attachment"):
        put(tmp_path, f"in/{name}.txt", (SICHUAN / f"sichuan-2024-{name}.txt").read_bytes())
    manifest = ingest(tmp_path / "in", tmp_path / "out", jobs=1, tell=lambda now: None)
    assert (manifest["documents"], manifest["further_editions"]) == (1, 1)
    rows = {row["paths"][0]: row for row in tables(tmp_path / "out")["documents"]}
    assert rows["attachment.txt"]["edition_of"] == rows["notice.txt"]["document"]
    assert rows["attachment.txt"]["extent"] == "shorter"
    assert rows["notice.txt"]["extent"] is None
    assert (rows["notice.txt"]["region"], rows["notice.txt"]["year"]) == ("四川", 2024)


def test_empty_texts_are_not_alike() -> None:
    assert signature(" \n。；") is None
    assert likenesses([" ", " ", " "]) == {}


def test_layout_does_not_matter() -> None:
    """The web page and the scan break lines elsewhere and write other commas."""
    page = "一、总体要求\n到2025年，技术合同成交额达到1000亿元。\n二、“主要”任务；建设平台。"
    scan = "一、总体要求 到2025年,技术合同\n成交额达到1000亿元。二、主要任务；\n建设平台。"
    assert signature(page) == signature(scan)
    assert sentences(page.replace("1000", "100.0")) != sentences(page)


documents = st.lists(
    st.tuples(
        st.sampled_from(["text", "sidecar", "card"]),
        st.sets(st.integers(0, 9), min_size=1),
        st.sampled_from([None, "510000", "510100"]),
    ),
    max_size=8,
)


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(documents, st.integers(1, 4), st.randoms(use_true_random=False))
def test_whatever_the_parts_each_document_is_there_once(
    tmp_path_factory: pytest.TempPathFactory, drawn: list[tuple[str, set[int], str | None]], count: int, random: Any
) -> None:
    rows = [
        made(f"f{place}/x.txt", text_of(sorted(which)), source=source, region_code=code)
        for place, (source, which, code) in enumerate(drawn)
    ]
    results: list[dict[str, list[Row]]] = []
    for _ in range(2):
        random.shuffle(rows)
        out = tmp_path_factory.mktemp("out")
        finish(out, write_parts(out, [rows[start::count] for start in range(count)]), {}, ())
        results.append(tables(out))
    for found in results:
        assert sorted(row["digest"] for row in found["documents"]) == sorted({row["digest"] for row in rows})
        assert [row["number"] for row in found["documents"]] == list(range(len(found["documents"])))
        assert sorted(path for row in found["documents"] for path in row["paths"]) == sorted(
            row["paths"][0] for row in rows
        )
        names = {row["number"]: row["document"] for row in found["documents"]}
        assert len(set(names.values())) == len(names)
        firsts = {row["document"] for row in found["documents"] if row["edition_of"] is None}
        assert {row["edition_of"] for row in found["documents"]} <= {None, *firsts}
        for name in ("clauses", "targets", "words"):
            numbers = [row["number"] for row in found[name]]
            assert numbers == sorted(numbers)
            assert all(names[row["number"]] == row["document"] for row in found[name])
        for row in found["documents"]:
            mine = [clause["text"] for clause in found["clauses"] if clause["number"] == row["number"]]
            assert "".join(mine) == row["raw"]
    assert set_of(results[0]) == set_of(results[1])


def set_of(found: Mapping[str, list[Row]]) -> set[tuple[str, str]]:
    return {(name, json.dumps(row | {"number": None}, sort_keys=True)) for name in found for row in found[name]}


def test_the_same_parts_give_the_same_bytes_in_groups_that_ascend(tmp_path: Path) -> None:
    rows = [made(f"{place:03}.txt", f"第{place}份文件。" * 3) for place in range(250)]
    outs = [tmp_path / "one", tmp_path / "two"]
    for out in outs:
        finish(out, write_parts(out, [rows[:90], rows[90:]]), {}, ())
    for name in TABLES:
        assert (outs[0] / f"{name}.parquet").read_bytes() == (outs[1] / f"{name}.parquet").read_bytes()
    file = pq.ParquetFile(outs[0] / "documents.parquet").metadata
    spans = [file.row_group(group).column(0).statistics for group in range(file.num_row_groups)]
    assert [(span.min, span.max) for span in spans] == [(0, 99), (100, 199), (200, 249)]


def test_a_crash_leaves_the_old_collection(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    finish(tmp_path, write_parts(tmp_path, [[made("a.txt", text_of([1]))]]), {}, ())
    before = {file.name: file.read_bytes() for file in tmp_path.iterdir() if file.is_file()}
    parts = write_parts(tmp_path, [[made("a.txt", text_of([1])), made("b.txt", text_of([2]))]])

    def stop(name: str) -> Callable[..., int]:
        real = finishing._write_table

        def write(path: Path, table: str, *rest: Any) -> int:
            if table == name:
                raise OSError(28, "No space left on device")
            return real(path, table, *rest)

        return write

    with monkeypatch.context() as patch:
        patch.setattr(finishing, "_write_table", stop("words"))
        with pytest.raises(OSError, match="No space"):
            finish(tmp_path, parts, {}, ())
    assert {file.name: file.read_bytes() for file in tmp_path.iterdir() if file.is_file()} == before
    old = (tmp_path / "documents.parquet").open("rb")  # a server has it open
    finish(tmp_path, parts, {}, ())
    assert old.read() == before["documents.parquet"]
    old.close()
    assert len(tables(tmp_path)["documents"]) == 2


def test_parts_that_are_no_longer_named_go_and_a_damaged_one_is_said(tmp_path: Path) -> None:
    parts = write_parts(tmp_path, [[made("a.txt", text_of([1]))], [made("b.txt", text_of([2]))]])
    finish(tmp_path, parts[:1], {}, ())
    assert parts[0].is_dir()
    assert not parts[1].exists()
    (parts[0] / "clauses.parquet").write_bytes(b"PAR1")
    with pytest.raises(InputError, match="缺失或损坏"):
        finish(tmp_path, parts[:1], {}, ())
    assert len(tables(tmp_path)["documents"]) == 1


def test_nothing_at_all_is_a_collection_too(tmp_path: Path) -> None:
    assert finish(tmp_path, [], {}, ())["documents"] == 0
    assert tables(tmp_path) == {name: [] for name in TABLES}
