"""Which seats an import adds, who takes a seat that is open, and which rows say what stands already."""

from collections import defaultdict

from django.utils.translation import gettext as _

from core.dates import long_date
from partnerships.actions.imports.names import same
from partnerships.actions.imports.plan import Meant, Plan
from partnerships.actions.imports.standing import SeatKey, Standing, overlap
from partnerships.models import Seat, SeatGroup, Sitting, UnderrepresentedGroup


class Seats:
    """Sets the rows against the seats that stand. Six seats for residents may be alike, so it counts them.

    `added` are the numbers of the rows that add a seat.
    """

    def __init__(self, plan: Plan, standing: Standing) -> None:
        self.plan, self.standing = plan, standing
        self.added: set[int] = set()
        self._groups = dict(standing.groups)

    def set_against(self, rows: list[Meant]) -> None:
        """First those who sit already, then those who take an open seat, then seats of which nobody is named."""
        alike: dict[SeatKey, list[Meant]] = defaultdict(list)
        for meant in rows:
            row = meant.row
            alike[row.layer.pk, same(row.position), meant.organisation_key, row.starts_on].append(meant)
        for key, group in alike.items():
            free = list(self.standing.seats.get(key, []))
            coming = []
            for meant in self._once(group):
                if not self._sits(meant, free):
                    coming.append(meant)
            for meant in coming:
                if not self._takes(meant, free):
                    self._add(meant)
            for meant in (each for each in group if not each.holder):
                if free:
                    self._compare(meant, free.pop(0), None)
                else:
                    self._add(meant)

    def _once(self, group: list[Meant]) -> list[Meant]:
        """The rows that name a holder. Who stands twice on seats that are alike is at fault."""
        rows: dict[str, Meant] = {}
        for meant in group:
            if meant.holder and meant is not (first := rows.setdefault(meant.holder.email, meant)):
                words = {"row": first.row.number}
                self.plan.fault(meant.row, "email", _("Row %(row)d has the same person on the same seat.") % words)
        return list(rows.values())

    def _sits(self, meant: Meant, free: list[Seat]) -> bool:
        """Whether the holder sits on one of the seats: since the day that the row says, or within its days."""
        row = meant.row
        sittings = [
            (seat, sitting)
            for seat in free
            for sitting in self.standing.sittings[seat.pk]
            if sitting.person_id == (meant.holder and meant.holder.pk)
        ]
        exact = [pair for pair in sittings if row.held_since in {None, pair[1].starts_on}]
        within = [pair for pair in sittings if overlap([pair[1]], row.begins, row.ends_on)]
        for seat, sitting in (exact or within)[:1]:
            free.remove(seat)
            self._compare(meant, seat, sitting)
            return True
        return False

    def _takes(self, meant: Meant, free: list[Seat]) -> bool:
        """Whether the holder takes one of the seats, or cannot: then the row is at fault."""
        row = meant.row
        for seat in free:
            if not overlap(self.standing.sittings[seat.pk], row.begins, seat.ends_on):
                free.remove(seat)
                if self._fits(meant):
                    self._compare(meant, seat, None)
                    self.plan.add_sitting(meant, seat)
                return True
        if not free:
            return False
        last = [sitting.ends_on for sitting in self.standing.sittings[free[0].pk]]
        ended = [day for day in last if day is not None]
        if len(ended) == len(last):
            words = {"day": long_date(max(ended))}
            self.plan.fault(row, "held_since", _("The seat was held until %(day)s. Enter a day from then on.") % words)
        else:
            self.plan.fault(
                row, "holder", _("This seat stands already, with another holder. Replace the holder on its page.")
            )
        return True

    def _compare(self, meant: Meant, seat: Seat, sitting: Sitting | None) -> None:
        """What the row says otherwise than the seat that stands is a fault: an import only adds."""
        row, fault = meant.row, self.plan.fault
        if seat.sector_id != row.sector.pk:
            words = {"sector": seat.sector.name}
            fault(row, "sector", _("This seat stands already, under “%(sector)s”. Change it on its page.") % words)
        if row.ends_on and seat.ends_on != row.ends_on:
            fault(row, "ends_on", _("This seat stands already, with another last day. Change it on its page."))
        groups = {same(part) for name in self.standing.speaks_for[seat.pk] for part in name.split(";")}
        if any(same(name) not in groups for name in row.groups):
            fault(row, "groups", _("This seat stands already, for other groups. Change them on its page."))
        if sitting is None:
            return
        if row.held_since and row.held_since != sitting.starts_on:
            words = {"day": long_date(sitting.starts_on)}
            fault(row, "held_since", _("This person holds the seat since %(day)s.") % words)
        if meant.substitute and (meant.substitute.pk or 0) != sitting.substitute_id:
            fault(
                row,
                "substitute",
                _("This seat stands already, with another substitute or none. Change it on its page."),
            )

    def _fits(self, meant: Meant) -> bool:
        """Whether the holder and the substitute can be entered as the row says."""
        row = meant.row
        if row.held_since and (row.held_since < row.starts_on or (row.ends_on and row.held_since > row.ends_on)):
            self.plan.fault(row, "held_since", _("This day is outside the days of the seat."))
            return False
        if meant.substitute and meant.substitute is meant.holder:
            self.plan.fault(row, "substitute_email", _("Somebody cannot be their own substitute."))
            return False
        return True

    def _add(self, meant: Meant) -> None:
        """A seat more."""
        row = meant.row
        if not self._fits(meant):
            return
        seat = Seat(
            partnership=self.plan.partnership,
            layer=row.layer,
            sector=row.sector,
            organisation=meant.organisation.entry if meant.organisation else None,
            position=row.position,
            starts_on=row.starts_on,
            ends_on=row.ends_on,
        )
        self.plan.seats.append(seat)
        self.plan.adding.add(row.number)
        self.added.add(row.number)
        for name in row.groups:
            self.plan.speaks_for.append(
                SeatGroup(partnership=self.plan.partnership, seat=seat, group=self._group(name))
            )
        if meant.holder:
            self.plan.add_sitting(meant, seat)

    def _group(self, name: str) -> UnderrepresentedGroup:
        if same(name) not in self._groups:
            group = UnderrepresentedGroup(partnership=self.plan.partnership, name=name)
            self._groups[same(name)] = group
            self.plan.groups.append(group)
        return self._groups[same(name)]
