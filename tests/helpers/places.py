"""Where things are."""

from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
DOCUMENTS = PROJECT / "policy_corpus" / "documents"
TESTS = PROJECT / "tests"
CASES = TESTS / "cases"
GOLD = TESTS / "gold"
#: Texts annotated for development, beside the project; not on every machine.
SHARED = PROJECT.parent / "shared" / "gold"
DEV = SHARED / "dev"
