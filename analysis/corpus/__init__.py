"""Cards, files, cleaning and series: from what was received to texts and figures with their origin."""
