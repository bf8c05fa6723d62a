"""What history and the deed log add to a save, in the database alone; and what the action adds to that.

`python -m lsp.embedded run -- python -m bench.saves`
"""

import itertools
import os

import psycopg

from bench.ground import median_of, prepare, tell

TIMES = 300
UPDATE = "UPDATE strategies_text SET body = %s, version = version + 1 WHERE id = %s"
DEED = """
INSERT INTO partnerships_deed (partnership_id, number, at, verb, by_id, by_name, subject, subject_id, subject_label,
                               reason, changes, seal)
VALUES (%s, 0, now(), 'strategies.text_saved', NULL, 'Bench', 'strategies.text', %s, 'Vision', '', %s, '')
"""


def main() -> None:
    """Three lines: history, history and deed, the whole action."""
    from accounts.models import Person
    from partnerships.models import Partnership
    from partnerships.tenancy.access import Access
    from partnerships.tenancy.context import acting
    from strategies.actions import save_text
    from strategies.models import Text

    partnership = Partnership.objects.get(slug="southwark")
    officer = Access.of(Person.objects.get(email="officer.southwark@example.org"))
    with acting(partnership.pk):
        text = Text.objects.select_related("partnership").get(partnership=partnership, kind="vision")
    numbers = itertools.count()

    def body() -> str:
        return f"{text.body} {next(numbers)}"

    def action() -> None:
        with acting(partnership.pk, by=officer.person_id):
            text.version = save_text(text=text, body=body(), version=text.version, by=officer).version

    with psycopg.connect(os.environ["DATABASE_URL"].replace("lsp_app@", "postgres@"), autocommit=True) as bare:

        def update() -> None:
            with bare.transaction():
                bare.execute(UPDATE, [body(), text.pk])

        def update_and_deed() -> None:
            with bare.transaction():
                bare.execute(UPDATE, [body(), text.pk])
                bare.execute(DEED, [partnership.pk, text.pk, '{"body": ["before", "after"]}'])

        whole = median_of(action, times=TIMES)
        with_history, with_deed = median_of(update, times=TIMES), median_of(update_and_deed, times=TIMES)
        bare.execute("SET session_replication_role = replica")  # no trigger fires
        alone = median_of(update, times=TIMES)
    tell("UPDATE of a text with its history", with_history, alone)
    tell("UPDATE of a text with its history and its deed", with_deed, alone)
    tell("the action (opens, locks, compares, saves, records), against UPDATE, history and deed", whole, with_deed)


if __name__ == "__main__":
    prepare()
    main()
