"""Word files for drafting staff: their words with places to point at, comments, tracked changes, reports."""
