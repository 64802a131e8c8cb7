"""The faces: forms, the table explorer, the price explorer and the page; no rule of Customs lives here.

Each face stands on plain functions that are tested without it, prints the call that does the same, and says in a
line of text what it shows.
"""
