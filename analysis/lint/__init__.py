"""Checking a draft before it goes out: rules by family, each with its reasons, source and examples."""
