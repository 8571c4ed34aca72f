"""What people say of the rows that the machine read: confirmed, changed, removed, added; beside the document.

``values`` what is said, ``fields`` a row as the columns of the gold and back, ``say`` a decision on a row or on marked
words, ``journal`` the file, ``apply`` a reading with what people said of it, ``gold`` the same as annotations to score
and to learn from. Nothing overwrites the machine's row.
"""
