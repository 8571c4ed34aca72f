"""Public comments on a draft: received, tied to clauses, grouped, answered, and held against the revised draft."""
