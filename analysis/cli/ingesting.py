"""The verb that reads a whole tree of files into tables: ingest."""

from __future__ import annotations

import argparse
import signal
import sys
from collections import Counter, deque
from pathlib import Path
from typing import TYPE_CHECKING, Any

from analysis.cli.arguments import Outcome, Parser, Verb, number
from analysis.ingest.batch import LIMIT
from analysis.store.rows import TABLES

if TYPE_CHECKING:
    from analysis.ingest.run import Progress, Tell

_WINDOW = 30.0  # seconds that the rate is taken over
_REASONS = 12  # shown at the end; all are in the table


def _arguments(parser: Parser) -> None:
    parser.add_argument("folder", metavar="FOLDER", help="要读的文件夹，连同里面各层文件夹")
    parser.add_argument("-o", "--output", metavar="OUT", required=True, help="结果文件夹；已有一半时接着做")
    parser.add_argument("--jobs", type=number(1), metavar="N", help="同时读几份；不写则与处理器核数相同")
    parser.add_argument(
        "--limit", type=number(1), default=LIMIT, metavar="SECONDS", help=f"一份文件最多读几秒；不写为 {LIMIT:g}"
    )
    parser.add_argument("--scheduler", default="", metavar="tcp://…", help="在 Dask 集群上读；不写则在本机读")


def _run(given: argparse.Namespace) -> Outcome:
    if hasattr(signal, "SIGPIPE"):  # a reading process that has died must not end this one
        signal.signal(signal.SIGPIPE, signal.SIG_IGN)
    from analysis.ingest.run import ingest  # half a second, and only this verb needs it

    out = Path(given.output)
    say = _progress(rewrite=sys.stderr.isatty())
    try:
        manifest = ingest(
            Path(given.folder), out, jobs=given.jobs, limit=given.limit, scheduler=given.scheduler, tell=say
        )
    except KeyboardInterrupt:
        _write("\n已停下，再次运行同一命令会接着做。\n")
        raise
    return Outcome(_summary(manifest, out).encode())


def _progress(*, rewrite: bool) -> Tell:
    """What is told as a line on standard error: rewritten on a terminal, else one every ten seconds."""
    seen: deque[tuple[float, int]] = deque()
    last = -10.0
    pause = 0.2 if rewrite else 10.0

    def tell(now: Progress) -> None:
        nonlocal last
        done = now.done >= now.total
        if not done and now.seconds - last < pause:
            return
        last = now.seconds
        if now.fresh:  # before the first file processes are starting: no part of the rate
            seen.append((now.seconds, now.fresh))
        while len(seen) > 2 and now.seconds - seen[0][0] > _WINDOW:
            seen.popleft()
        seconds = now.seconds - seen[0][0] if seen else 0.0
        line = progress_line(now, (now.fresh - seen[0][1]) / seconds if seconds > 0 else 0.0)
        end = "\n" if done else ""
        _write(f"\r\x1b[K{line}{end}" if rewrite else f"{line}\n")

    return tell


def progress_line(now: Progress, rate: float) -> str:
    """How far an ingest is, in words; ``rate`` in files a second, 0 where it is not known yet."""
    share = 100 * now.done // now.total if now.total else 100
    words = f"已读 {now.done:,}/{now.total:,} 份（{share}%），不能读 {now.unread:,} 处"
    if now.done >= now.total:
        return f"{words}，正在合并成表"
    if rate <= 0:
        return words
    return f"{words}，每秒 {rate:,.{0 if rate >= 10 else 1}f} 份，约还要 {_duration((now.total - now.done) / rate)}"


def _duration(seconds: float) -> str:
    if seconds < 120:
        return f"{max(1, round(seconds))} 秒"
    minutes = round(seconds / 60)
    return f"{minutes} 分钟" if minutes < 120 else f"{minutes / 60:.1f} 小时"


def _summary(manifest: dict[str, Any], out: Path) -> str:
    import pyarrow.parquet as pq

    documents, further, files = (manifest[name] for name in ("documents", "further_editions", "files"))
    sources = Counter(pq.read_table(out / "documents.parquet", columns=["metadata_from"])[0].to_pylist())
    said = "，".join(
        f"{words} {sources[source]:,} 份"
        for source, words in (("card", "出自卡片"), ("sidecar", "出自表格"), ("text", "出自正文"))
        if sources[source]
    )
    lines = [
        f"读好 {files:,} 份文件：文档 {documents:,} 份，其他版本 {further:,} 份，"
        f"内容相同的文件 {files - documents - further:,} 份，不能读 {manifest['unread']:,} 处。"
    ]
    lines += [f"题名、地区、日期等：{said}。"] if said else []
    reasons = Counter(pq.read_table(out / "unread.parquet", columns=["problem"])[0].to_pylist()).most_common()
    if reasons:
        lines.append("不能读的原因：")
        lines += [f"  {count:>6,} 处  {problem}" for problem, count in reasons[:_REASONS]]
        if len(reasons) > _REASONS:
            lines.append(f"  其余 {len(reasons) - _REASONS} 种原因见 unread.parquet")
    size = sum((out / f"{name}.parquet").stat().st_size for name in TABLES) / 1024 / 1024
    lines.append(f"用时 {_duration(manifest['seconds'])}，各表在 {out}，共 {size:,.1f} MB。")
    lines.append(f"打开：make run CORPUS={out}")
    return "\n".join(lines) + "\n"


def _write(words: str) -> None:
    sys.stderr.buffer.write(words.encode(errors="replace"))
    sys.stderr.buffer.flush()


INGEST = Verb(
    "ingest",
    "把一个文件夹里的全部文件读成表，可随时停下，再运行时接着做。",
    "python -m analysis ingest 政策文件 -o 结果\npython -m analysis ingest 政策文件 -o 结果 --jobs 2 --limit 600",
    _arguments,
    _run,
    folder=True,
)
