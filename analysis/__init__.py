"""Read technology-transfer policies, compare them, and hold them against what happened."""
