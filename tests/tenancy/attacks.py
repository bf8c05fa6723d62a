"""The attacks on the log of deeds: six ways to falsify the past, each by the application and by the database's owner.

The application meets a right it lacks or a trigger that overrules it. Nothing can refuse the owner; they are found out.
"""

from dataclasses import dataclass

SET = "UPDATE partnerships_deed SET {} WHERE partnership_id = %(southwark)s AND number = {}"
MOVE = "UPDATE partnerships_deed SET number = number + {} WHERE partnership_id = %(southwark)s AND number > {}"
FORGE = """
INSERT INTO partnerships_deed (partnership_id, number, at, verb, by_id, by_name, subject, subject_id, subject_label,
    reason, changes, about_id, seal)
SELECT partnership_id, 4, at, 'forged.deed', by_id, by_name, subject, subject_id, subject_label, reason, changes,
    about_id, seal
FROM partnerships_deed WHERE partnership_id = %(southwark)s AND number = 3
"""
SWAP = """
UPDATE partnerships_deed SET partnership_id = %(hackney)s, number = 1 + (
    SELECT max(number) FROM partnerships_deed WHERE partnership_id = %(hackney)s)
WHERE partnership_id = %(southwark)s AND number = 4
"""
CUT = "DELETE FROM partnerships_deed WHERE partnership_id = %(southwark)s AND number > 4"

EDIT = SET.format("reason = 'Because'", 4)
DELETE = SET.replace("UPDATE", "DELETE FROM").replace(" SET {}", "").format(4)
REORDER = [SET.format("number = 100000", 4), SET.format("number = 4", 5), SET.format("number = 5", 100000)]

REFUSED = "permission denied for table partnerships_deed"


@dataclass(frozen=True)
class Attack:
    """What is tried, and what answers: to the application PostgreSQL's error, to the owner what the check names."""

    name: str
    statements: tuple[str, ...]
    answer: str


APPLICATION = [
    Attack("edit", (EDIT,), REFUSED),
    Attack("delete", (DELETE,), REFUSED),
    Attack("insert", ("ALTER TABLE partnerships_deed DISABLE TRIGGER USER", FORGE), "must be owner"),
    Attack("reorder", tuple(REORDER), REFUSED),
    Attack("truncate", (CUT,), REFUSED),
    Attack("swap tenant", (SWAP,), REFUSED),
]

OWNER = [
    Attack("edit", (EDIT,), "southwark, deed 4: its seal does not fit what it says"),
    Attack("delete", (DELETE,), "southwark, deed 5: the deed before it is missing"),
    Attack(
        "insert", (MOVE.format(1000, 3), MOVE.format(-999, 1000), FORGE), "southwark, deed 4: its seal does not fit"
    ),
    Attack("reorder", tuple(REORDER), "southwark, deed 4: its seal does not fit what it says"),
    Attack("truncate", (CUT,), r"southwark, deed {last}: it was the last when the log was noted"),
    Attack(
        "swap tenant", (SWAP,), r"hackney, deed \d+: its seal does not fit(.|\n)*southwark, deed 5: the deed before"
    ),
]
