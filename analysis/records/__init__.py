"""The database of consultations: what came in, what the program proposed, what people decided, and every change."""
