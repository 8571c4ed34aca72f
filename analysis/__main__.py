"""``python -m analysis``."""

from __future__ import annotations

import os
import signal
import sys

DEBUG_VARIABLE = "ZHENGHENG_DEBUG"


def run() -> int:
    """The command line as a process: quiet on a closed pipe or Ctrl-C, and no traceback at a user."""
    if hasattr(signal, "SIGPIPE"):  # `… | head` ends quietly, as every Unix command does
        signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    try:
        from analysis import cli  # here, so that a missing package is told like any other fault

        return cli.main()
    except KeyboardInterrupt:
        return 130
    except Exception as problem:
        if os.environ.get(DEBUG_VARIABLE):
            raise
        return _apologise(problem)


def _apologise(problem: Exception) -> int:
    if isinstance(problem, ModuleNotFoundError):
        words = f"运行环境里缺少 {problem.name}：请先运行 make install，再用 .venv/bin/python -m analysis。\n"
    else:
        words = f"程序内部出错（{type(problem).__name__}），不是您的文件有误；设 {DEBUG_VARIABLE}=1 再运行可得详情。\n"
    sys.stderr.buffer.write(words.encode())
    return 2


if __name__ == "__main__":
    sys.exit(run())
