"""Take the pictures of the README from the running product: ``make pictures``. Writes ``docs/pictures/*.png``."""

from __future__ import annotations

import io
import os
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

from harness import CHROMIUM, FLAGS, missing_parts, serving, settle  # noqa: E402
from PIL import Image  # noqa: E402
from playwright.sync_api import Browser, sync_playwright  # noqa: E402

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
    ("check", "check", 900),
)
EXAMPLE = {"check": ".st-key-draft-example button"}  # pages that show nothing before this is pressed
# The same where the operator has switched checking on.
CHECKING_SHOTS = (("checking", "reader?document=heilongjiang-2017&check=t937-942", 900),)


def main(*names: str) -> None:
    """One picture a page, light, 1280 wide; only those named, where some are."""
    if missing := missing_parts():
        sys.exit(missing)
    FOLDER.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        for shots, checking in ((SHOTS, "0"), (CHECKING_SHOTS, "1")):
            wanted = [shot for shot in shots if not names or shot[0] in names]
            os.environ["ZHENGHENG_CHECKING"] = checking
            if wanted:
                with serving() as address:
                    for name, path, height in wanted:
                        take(browser, f"{address}/{path}", FOLDER / f"{name}.png", height)
        browser.close()


def take(browser: Browser, address: str, file: Path, height: int) -> None:
    """One picture."""
    context = browser.new_context(viewport={"width": WIDTH, "height": height}, color_scheme="light", locale="zh-CN")
    page = context.new_page()
    page.goto(address)
    settle(page)
    if file.stem in EXAMPLE:
        page.locator(EXAMPLE[file.stem]).click()
        page.locator(".zh-findings").wait_for()
        settle(page)
    with Image.open(io.BytesIO(page.screenshot())) as shot:  # few colours: a third of the size
        shot.convert("RGB").quantize(128).save(file, optimize=True)
    print(file)
    context.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
