"""The command line: a thin shell over ``analysis.pipeline``. Every fault is one Chinese sentence, exit code 2."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from analysis.cli.arguments import Usage, parse, write
from analysis.cli.comment_scores import SCORE_COMMENTS
from analysis.cli.comment_stances import COMMENT_STANCES
from analysis.cli.comments import PREVIEW, SORT
from analysis.cli.comparing import COMPARE, TREND
from analysis.cli.drafting import CHECK
from analysis.cli.ingesting import INGEST
from analysis.cli.records import RECORDS_VERBS
from analysis.cli.scoring import LEARN, SCORE
from analysis.cli.texts import CORPUS, EXPLAIN, EXTRACT
from analysis.cli.versions import DIFF
from analysis.model import InputError

OK, FAULT = 0, 2
# As the help names them.
VERBS = (
    EXTRACT, EXPLAIN, COMPARE, TREND, CHECK, DIFF, SORT, PREVIEW, SCORE_COMMENTS, COMMENT_STANCES, *RECORDS_VERBS,
    CORPUS, SCORE, LEARN, INGEST,
)  # fmt: skip


def main(words: Sequence[str] | None = None) -> int:
    """Run one command; the exit code: 0, or 2 when something given could not be used."""
    words = sys.argv[1:] if words is None else list(words)
    if not words or words[0] in ("-h", "--help"):
        _print(overview().encode())
        return OK if words else FAULT
    verb = next((verb for verb in VERBS if words[: verb.words] == verb.name.split()), None)
    if verb is None:
        return _complain(f"没有“{words[0]}”这个命令，可用的有 {'、'.join(one.name for one in VERBS)}。")
    try:
        parser = verb.parser()
        given = parse(parser, words[verb.words :])
        if given is None:
            _print(parser.format_help().encode())
            return OK
        outcome = verb.run(given)
        if given.output and not verb.folder:
            write(Path(given.output), outcome.output)
        elif outcome.binary and sys.stdout.isatty():
            return _complain("这种格式不能显示在屏幕上，请加 -o 写到文件。")
        else:
            _print(outcome.output)
    except (InputError, Usage) as fault:
        return _complain(str(fault))
    for sentence in (*outcome.notes, *outcome.faults):
        _complain(sentence)
    return FAULT if outcome.faults else outcome.code


def overview() -> str:
    """What can be asked, one line a verb."""
    width = max(len(verb.name) for verb in VERBS) + 2
    lines = ["用法：python -m analysis 命令 [参数] [选项]", "", "政衡：读政策、比政策、看后来怎样。", ""]
    lines += [f"  {verb.name:<{width}}{verb.summary}" for verb in VERBS]
    lines += ["", "每个命令的用法：python -m analysis 命令 --help"]
    return "\n".join(lines) + "\n"


def _print(data: bytes) -> None:
    """Bytes to standard output, UTF-8 whatever the terminal says."""
    sys.stdout.flush()
    sys.stdout.buffer.write(data)
    sys.stdout.buffer.flush()


def _complain(sentence: str) -> int:
    sys.stderr.buffer.write(f"{sentence}\n".encode(errors="replace"))  # a file name may be no UTF-8
    sys.stderr.buffer.flush()
    return FAULT
