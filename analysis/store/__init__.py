"""A collection of any size as Parquet tables, and the questions that DuckDB answers over them."""
