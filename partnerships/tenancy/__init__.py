"""The three walls between partnerships.

Addresses stand in `pages`, permissions in `access`, row security in `schema` (the tables) and `context` (opening them).
"""
