"""Celery's entry points of partnerships. No rules here."""

from celery import shared_task

from partnerships import letters
from partnerships.actions.closing import apply_announced
from partnerships.actions.heads import note_heads
from partnerships.models import GovernmentOffice
from partnerships.tenancy.access import Access


@shared_task(name="partnerships.end_announced")
def end_announced() -> None:
    """End the registers of the partnerships whose last day has gone by. That they are only read needs no clock."""
    apply_announced(Access.of_system("Clock"))


@shared_task(name="partnerships.tell_heads")
def tell_heads() -> None:
    """Note where the logs stand, and tell each Government Office: daily."""
    note_heads(by=Access.of_system("Clock"))
    for office_id in GovernmentOffice.objects.values_list("pk", flat=True):
        write_heads.delay(office_id)


@shared_task(name="partnerships.write_heads", autoretry_for=(OSError,), retry_backoff=60, max_retries=5)
def write_heads(office_id: int) -> None:
    """The letter to one Government Office. What cannot be sent for half an hour is in tomorrow's."""
    letter = letters.heads_of_logs(GovernmentOffice.objects.get(pk=office_id))
    if letter is not None:
        letter.send()
