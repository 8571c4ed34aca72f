"""The tables under the questions: shared by processes, damaged, replaced, let go, and closed to everything else."""

from __future__ import annotations

import gc
import hashlib
import shutil
import subprocess
import sys
import weakref
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from store_corpus import write

from analysis import pipeline
from analysis.model import Corpus, InputError, TargetStatus
from analysis.pipeline import Choice, Collection, GroupBy
from analysis.store import open_tables
from analysis.store.collection import rows

DAY = date(2023, 6, 30)


def test_files_come_as_received_and_never_from_outside(
    real_corpus: Corpus, tmp_path: Path, collections: tuple[Collection, ...]
) -> None:
    seeds = pipeline.open_collection(pipeline.default_root())
    for reading in real_corpus.readings:
        edition = reading.document.edition
        data = pipeline.original_file(seeds, reading.document.id, edition)
        assert data == (pipeline.default_root() / "documents" / reading.document.id / edition.file).read_bytes()
        assert data
    sources, secret = tmp_path / "sources", tmp_path / "secret.txt"
    secret.write_text("密", "utf-8")
    slug = real_corpus.readings[0].document.id
    folder = sources / "documents" / slug
    folder.mkdir(parents=True)
    edition = real_corpus.readings[0].document.edition
    outside = replace(edition, sha256=hashlib.sha256(secret.read_bytes()).hexdigest())
    (folder / edition.file).symlink_to(secret)
    seed = real_corpus.readings[0]
    card = replace(seed.document.card, editions=(outside,))
    text = replace(seed, document=replace(seed.document, card=card, edition=outside))
    lured = open_tables(write(Corpus((text,)), tmp_path / "out", sources), None, ())
    assert pipeline.original_file(lured, slug, outside) is None  # the link leads out of the folder
    assert pipeline.original_file(lured, "\ud800", outside) is None
    (folder / edition.file).unlink()
    (folder / edition.file).write_text("密", "utf-8")
    assert pipeline.original_file(lured, slug, outside) == "密".encode()
    (folder / edition.file).write_text("改了", "utf-8")
    assert pipeline.original_file(lured, slug, outside) is None  # no longer what was read


def test_two_processes_read_one_collection_at_once(out: Path, collections: tuple[Collection, ...]) -> None:
    ask = (
        "import sys; from pathlib import Path; from analysis.store import Choice, choose, open_tables\n"
        "collection = open_tables(Path(sys.argv[1]), None, ())\n"
        "print(choose(collection, Choice()).total, flush=True); sys.stdin.read(); print(collection.documents)"
    )
    command = [sys.executable, "-c", ask, str(out)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout is not None
        assert other.stdout.readline().strip() == "40"  # it has the tables open now
        assert pipeline.choose(collections[1], Choice()).total == 40
        rest, _ = other.communicate("", timeout=60)
    assert (other.returncode, rest.strip()) == (0, "40")


def test_a_collection_that_is_let_go_holds_no_file(out: Path, tmp_path: Path) -> None:
    def held() -> list[str]:
        links = [entry.readlink() for entry in Path("/proc/self/fd").iterdir() if entry.is_symlink()]
        return [str(link) for link in links if str(tmp_path) in str(link)]

    copy = shutil.copytree(out, tmp_path / "out")
    collection = open_tables(copy, None, ())
    assert pipeline.choose(collection, Choice()).total == 40
    assert pipeline.part(collection, ["made-01"]).readings
    connection = weakref.ref(collection)
    del collection
    gc.collect()
    assert connection() is None
    assert held() == []


def test_a_collection_of_nothing_answers_with_nothing(made: Corpus, tmp_path: Path) -> None:
    nothing = write(Corpus((), faults=made.faults), tmp_path, tmp_path)
    collection = pipeline.open_collection(nothing)
    assert (collection.documents, collection.large) == (0, False)
    assert pipeline.part(collection, ["no-such-document"]).readings == ()
    chosen = pipeline.choose(collection, Choice(verdicts=(TargetStatus.REACHED,)), 3, as_of=DAY)
    assert (chosen.documents, chosen.total, chosen.page, chosen.pages, chosen.first) == ((), 0, 1, 1, 0)
    assert pipeline.facets(collection).provinces == ()
    assert pipeline.totals(collection).unread == 3
    assert pipeline.catalogue(collection, Choice())[1] == ()
    assert pipeline.region_table(collection) == pipeline.indicator_spread(collection) == ()
    assert pipeline.find_words(collection, Choice(), "技术", 5) == (0, 0, ())
    assert pipeline.word_table(collection, Choice(), GroupBy.PERIOD).terms == ()


def test_damaged_tables_are_one_sentence(made: Corpus, tmp_path: Path) -> None:
    sources = pipeline.default_root()
    small = Corpus(made.readings[:2])

    def fresh(name: str) -> Path:
        return write(small, tmp_path / name, sources)

    missing, cut, other, mixed, listed = (fresh(name) for name in ("missing", "cut", "other", "mixed", "listed"))
    (missing / "clauses.parquet").unlink()
    whole = (cut / "clauses.parquet").read_bytes()
    (cut / "clauses.parquet").write_bytes(whole[: len(whole) // 2])
    (other / "manifest.json").write_text('{"format": 999}', "utf-8")
    (mixed / "manifest.json").write_text('{"format": 1, "digest": "another"}', "utf-8")
    (listed / "manifest.json").write_text("[]", "utf-8")
    for folder in (missing, cut, other, mixed, listed):
        with pytest.raises(InputError) as said:
            pipeline.open_collection(folder)
        assert str(said.value).endswith("。")
        assert "\n" not in str(said.value)
    with pytest.raises(InputError, match="不存在"):
        pipeline.open_collection(tmp_path / "nowhere")
    with pytest.raises(InputError, match="不是语料文件夹"):
        pipeline.load_corpus(fresh("tables"))


def test_replaced_tables_are_seen_at_the_next_question(made: Corpus, tmp_path: Path) -> None:
    out, sources = tmp_path / "out", pipeline.default_root()
    collection = open_tables(write(Corpus(made.readings[:2]), out, sources), None, ())
    before = pipeline.collection_state(out)
    assert pipeline.collection_state(out) == before
    newer = write(Corpus(made.readings[:3]), tmp_path / "newer", sources)
    for path in newer.iterdir():
        path.replace(out / path.name)
    for ask in (
        lambda: pipeline.choose(collection, Choice()),
        lambda: pipeline.part(collection, [made.readings[0].document.id]),
        lambda: pipeline.word_table(collection, Choice(), GroupBy.REGION),
    ):
        with pytest.raises(InputError, match="语料刚刚更新，请刷新页面"):
            ask()
    assert pipeline.collection_state(out) != before
    assert pipeline.open_collection(out).documents == 3


def test_what_is_searched_whole_is_in_memory_while_there_is_little(collections: tuple[Collection, ...]) -> None:
    sql = "SELECT table_type FROM information_schema.tables WHERE table_name IN ('texts', 'word_counts')"
    kinds = [{kind for (kind,) in rows(collection, sql)} for collection in collections]
    assert kinds == [{"VIEW"}, {"BASE TABLE"}, {"VIEW"}]  # the first has all its tables in memory


def test_the_tables_reach_nothing_else(collections: tuple[Collection, ...], tmp_path: Path) -> None:
    """Should SQL of a visitor ever get in, it reads no file and changes no setting."""
    (tmp_path / "secret.csv").write_text("a\n1\n", "utf-8")
    for collection in collections:
        for sql in (
            f"SELECT * FROM read_csv('{tmp_path}/secret.csv')",
            f"COPY documents TO '{tmp_path}/stolen.csv'",
            f"ATTACH '{tmp_path}/new.db'",
            "SET enable_external_access = true",
            "INSTALL httpfs",
        ):
            with pytest.raises(Exception, match=r"[Pp]ermission|[Ll]ocked|disabled|not allowed|Cannot"):
                collection.connection.execute(sql)
    assert [path.name for path in tmp_path.iterdir()] == ["secret.csv"]
