"""Self-assessments and cases by the hundred: copies of rows that people's deeds have made."""

from collections.abc import Sequence

from tests.resilience.installation import Installation

COLUMNS = """
SELECT column_name::text FROM information_schema.columns
WHERE table_name = %s AND column_name <> 'id' AND is_generated = 'NEVER'
"""


class Copies:
    """Southwark's self-assessment, submitted and recommended, is the model; each copy is of a round of its own."""

    def __init__(self, installation: Installation) -> None:
        self._installation = installation
        made = installation.office("recommended")
        self._assessment, self._case = made["assessment"], made["case"]
        self._count = 0

    def drafts(self, count: int) -> list[int]:
        """Self-assessments that can be submitted."""
        return self._assessments(count, "draft")

    def cases(self, count: int, state: str) -> list[int]:
        """Cases that wait in the queue, or that the reviewer has taken, or has recommended an outcome for."""
        taken = {} if state != "queued" else {"reviewer_id": "NULL", "claimed_at": "NULL"}
        cases = self._copy(
            "reviews_case",
            f"id = {self._case}",
            self._assessments(count, "submitted"),
            subject_id="parent",
            state=f"'{state}'",
            **taken,
        )
        of_the_case = f"case_id = {self._case}"
        reference = "format('LSP-%%s-1', lpad(parent::text, 6, '0'))"
        self._copy("reviews_submission", of_the_case, cases, case_id="parent", reference=reference)
        if state == "recommended":
            submission = "(SELECT id FROM reviews_submission WHERE case_id = parent)"
            self._copy("reviews_recommendation", of_the_case, cases, case_id="parent", submission_id=submission)
        return cases

    def _assessments(self, count: int, state: str) -> list[int]:
        numbers = range(self._count, self._count + count)
        self._count += count
        model = f"id = {self._assessment}"
        of_the_model = f"(SELECT round_id FROM accreditation_selfassessment WHERE {model})"
        rounds = self._copy("accreditation_round", f"id = {of_the_model}", numbers, name="'Round ' || parent")
        made = self._copy("accreditation_selfassessment", model, rounds, round_id="parent", state=f"'{state}'")
        for part in ("criterionanswer", "evidence", "plannedaction"):
            self._copy(f"accreditation_{part}", f"assessment_id = {self._assessment}", made, assessment_id="parent")
        return made

    def _copy(self, table: str, where: str, parents: Sequence[int], **values: str) -> list[int]:
        """For each parent the rows that the condition names, with other values in some columns. Gives the numbers."""
        columns = [name for (name,) in self._installation.rows(COLUMNS, table)]
        chosen = ", ".join(values.get(name, f"model.{name}") for name in columns)
        rows = self._installation.rows(
            f"INSERT INTO {table} ({', '.join(columns)}) SELECT {chosen} FROM {table} AS model, "
            f"unnest(%s::bigint[]) AS copies(parent) WHERE model.{where} ORDER BY parent, model.id RETURNING id",
            list(parents),
        )
        return [number for (number,) in rows]
