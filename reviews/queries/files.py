"""The papers of a case."""

from reviews.models import Case, CaseFile


def files_of(case: Case, number: int) -> dict[str, CaseFile]:
    """What has been made of the submission, or of the decision, of that number, by kind of file."""
    rows = CaseFile.objects.filter(partnership=case.partnership_id, case=case, number=number)
    return {file.kind: file for file in rows}
