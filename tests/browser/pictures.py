"""Take the pictures of the README from the running product: ``make pictures``. Writes ``docs/pictures/*.png``."""

from __future__ import annotations

import io
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

from harness import CHROMIUM, FLAGS, missing_parts, serving, settle  # noqa: E402
from PIL import Image  # noqa: E402
from playwright.sync_api import sync_playwright  # noqa: E402

FOLDER = HERE.parents[1] / "docs" / "pictures"
WIDTH = 1280
# Page, its address, and how much of it a reader needs to see.
SHOTS = (
    ("overview", "", 900),
    ("targets", "targets", 900),
    ("incentives", "incentives", 900),
    ("trends", "trends", 1010),
    ("wording", "wording", 900),
    ("reader", "reader?document=heilongjiang-2017&at=908-920", 900),
    ("sources", "sources", 900),
)


def main() -> None:
    """One picture a page, light, 1280 wide."""
    if missing := missing_parts():
        sys.exit(missing)
    FOLDER.mkdir(parents=True, exist_ok=True)
    with serving() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        for name, path, height in SHOTS:
            context = browser.new_context(
                viewport={"width": WIDTH, "height": height}, color_scheme="light", locale="zh-CN"
            )
            page = context.new_page()
            page.goto(f"{address}/{path}")
            settle(page)
            with Image.open(io.BytesIO(page.screenshot())) as shot:  # few colours: a third of the size
                shot.convert("RGB").quantize(128).save(FOLDER / f"{name}.png", optimize=True)
            print(FOLDER / f"{name}.png")
            context.close()
        browser.close()


if __name__ == "__main__":
    main()
