"""Results to what a person sees: number text, links, figures, tables and files. No Streamlit here."""
