"""``python -m analysis``."""

from __future__ import annotations

import os
import signal
import sys

from analysis.cli import main

DEBUG_VARIABLE = "ZHENGHENG_DEBUG"


def _run() -> int:
    if hasattr(signal, "SIGPIPE"):  # `… | head` ends quietly, as every Unix command does
        signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    try:
        return main()
    except KeyboardInterrupt:
        return 130
    except Exception as problem:
        if os.environ.get(DEBUG_VARIABLE):
            raise
        words = f"程序内部出错（{type(problem).__name__}），不是您的文件有误；设 {DEBUG_VARIABLE}=1 再运行可得详情。\n"
        sys.stderr.buffer.write(words.encode())
        return 2


if __name__ == "__main__":
    sys.exit(_run())
