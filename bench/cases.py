"""Cases in bulk, past the actions: what a queue looks like after years."""

import json
import os

import psycopg

CONTENT = {"title": "Self-assessment", "sections": []}

CASES = """
INSERT INTO reviews_case (partnership_id, kind, subject_id, title, state, streamlined, opened_at, submitted_at, due_on,
                          closed_at)
SELECT partnership.id, 'self_assessment', 10000000 + (SELECT max(id) FROM reviews_case) + number, 'Self-assessment',
       CASE WHEN number %% %(every)s = 0 THEN 'queued' ELSE 'decided' END, false,
       now() - number %% 60 * interval '1 day', now() - number %% 60 * interval '1 day',
       current_date + (number %% 40)::int,
       CASE WHEN number %% %(every)s = 0 THEN NULL ELSE now() END
FROM generate_series(1, %(count)s) AS number
JOIN (SELECT id, row_number() OVER (ORDER BY id) - 1 AS place, count(*) OVER () AS all_of_them
      FROM partnerships_partnership WHERE slug = ANY(%(slugs)s)) AS partnership
  ON number / %(every)s %% partnership.all_of_them = partnership.place
RETURNING id, partnership_id
"""
SUBMISSION = """
INSERT INTO reviews_submission (partnership_id, case_id, number, reference, content, declaration, sha256, submitted_at)
VALUES (%s, %s, 1, %s, %s, '', '', now()) RETURNING id
"""


def enter_cases(count: int, *, every: int, slugs: list[str]) -> list[int]:
    """So many cases of these partnerships, one of `every` open, with a submission each. Gives the submissions."""
    superuser = os.environ["DATABASE_URL"].replace("lsp_app@", "postgres@")
    with psycopg.connect(superuser, autocommit=True) as bare, bare.transaction():
        bare.execute("SET LOCAL session_replication_role = replica")  # history and limits of the walls are not at stake
        rows = bare.execute(CASES, {"count": count, "every": every, "slugs": slugs}).fetchall()
        content = json.dumps(CONTENT)
        entered = []
        for case_id, partnership_id in rows:
            values = [partnership_id, case_id, f"BENCH-{case_id}", content]
            entered.append(bare.execute(SUBMISSION, values).fetchone()[0])  # type: ignore[index]
    with psycopg.connect(superuser, autocommit=True) as bare:
        bare.execute("ANALYZE")
    return entered
