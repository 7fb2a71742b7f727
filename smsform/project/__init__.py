"""A project as a whole: loading, opening accounts, planning, applying; no printing."""
