"""Noting where the logs stand, before letters tell it."""

from core.refusals import NotPermitted
from partnerships.models import ChainHead, Partnership
from partnerships.queries import heads_of
from partnerships.tenancy.access import Access
from partnerships.tenancy.context import acting, reading_everywhere


def note_heads(*, by: Access) -> int:
    """Note the head of each log that has grown since the last time; gives how many. It is no deed: it changes nothing.

    Safe to run twice. Raises NotPermitted for everybody but the system's own tasks and commands.
    """
    if not by.is_system:
        raise NotPermitted
    pk_by_slug = dict(Partnership.objects.values_list("slug", "pk"))
    with reading_everywhere():
        noted = set(ChainHead.objects.values_list("partnership", "seal"))
        grown = [
            head for head in heads_of(Partnership.objects.all()) if (pk_by_slug[head.slug], head.seal) not in noted
        ]
    for head in grown:
        with acting(pk_by_slug[head.slug], even_if_over=True):
            ChainHead.objects.get_or_create(
                partnership_id=pk_by_slug[head.slug], number=head.number, defaults={"seal": head.seal}
            )
    return len(grown)
