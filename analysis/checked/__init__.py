"""What people decide of the rows that the machine read: confirmed, changed, removed, added; beside the document.

``fields``: a row as the columns of the gold and back, and columns for marked words; ``checks``: a decision on a row,
and a reading with the decisions applied; ``journal``: the file; ``annotations``: the same to score and to learn from.
Nothing overwrites the machine's row.
"""
