"""Letters of partnerships."""

from django.core.mail import EmailMessage
from django.template.loader import render_to_string

from accounts.models import Person
from core.dates import today
from partnerships.models import GovernmentOffice, OfficeAppointment, Partnership
from partnerships.models.periods import holding
from partnerships.permissions import OfficeRole
from partnerships.queries import broken_deeds, heads_of, lost_heads
from partnerships.tenancy.context import reading_everywhere


def heads_of_logs(office: GovernmentOffice) -> EmailMessage | None:
    """To the managers of a Government Office: where the log of each partnership of the region stands, what is wrong.

    With it `manage.py verify_history --against` finds out also whoever can change the whole database. It holds no words
    of a partnership but its address. None where there is nobody to write to, or no partnership.
    """
    managers = Person.objects.filter(
        office_appointments__in=holding(OfficeAppointment.objects.all(), today()).filter(
            office=office, role=OfficeRole.MANAGER
        ),
        is_active=True,
    )
    partnerships = Partnership.objects.filter(region=office.region_id)
    with reading_everywhere():
        stand = heads_of(partnerships)
        broken = [deed for partnership in partnerships for deed in broken_deeds(partnership)[:1]]
        context = {"office": office, "day": today(), "heads": stand, "broken": broken, "lost": lost_heads(partnerships)}
    to = sorted(managers.values_list("email", flat=True).distinct())
    if not to or not stand:
        return None
    return EmailMessage(
        subject=" ".join(render_to_string("partnerships/heads_subject.txt", context).split()),
        body=render_to_string("partnerships/heads.txt", context),
        to=to,
    )
