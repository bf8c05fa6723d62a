"""The three walls between partnerships: addresses (`pages`), permissions (`access`), row security (`schema`, `context`)."""
