"""What a person may do, loaded once a request: partnership → permissions."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.contrib.auth.models import AnonymousUser, Permission
from django.db.models import Value

from accounts.models import GroupMembership, Person
from core.dates import today
from core.refusals import NotPermitted
from partnerships.models import Partnership, PartnershipGroupPermission, RoleGroup
from partnerships.permissions import NATIONAL_DEEDS, OUTLASTING, PROTECTED_ROLES, Perm, roles_with

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True)
class Access:
    """A person and what they may do where. Dated: a role that has not begun or is over gives nothing.

    `everywhere` are permissions on every partnership (national viewers and team); such people write in none, but by a
    deed that is theirs (`NATIONAL_DEEDS`). `protected` is whoever holds a role that is for people with a second factor
    alone (see `second_factor`).
    """

    person_id: int | None
    name: str
    by_partnership: Mapping[int, frozenset[str]] = field(default_factory=dict)
    everywhere: frozenset[str] = frozenset()
    protected: bool = False
    is_system: bool = False

    @classmethod
    def of(cls, person: "Person | AnonymousUser") -> "Access":
        """The access of somebody who is signed in, in one query; of a stranger, none."""
        if not isinstance(person, Person) or not person.is_active:
            return cls(person_id=None, name="")
        groups = GroupMembership.current_on(today()).filter(person=person).values("group")
        held = PartnershipGroupPermission.objects.filter(group__in=groups).values_list(
            "content_object_id", "permission__codename"
        )
        national = Permission.objects.filter(
            group__in=groups, content_type__app_label=Partnership._meta.app_label
        ).values_list(Value(0), "codename")
        roles = RoleGroup.objects.filter(group__in=groups, role__in=PROTECTED_ROLES).values_list(Value(-1), "role")
        by_partnership: dict[int, set[str]] = {}
        for partnership_id, codename in held.union(national, roles, all=True):
            by_partnership.setdefault(partnership_id, set()).add(codename)
        everywhere = frozenset(by_partnership.pop(0, set()))
        protected = bool(by_partnership.pop(-1, set()))
        frozen = {partnership_id: frozenset(names) for partnership_id, names in by_partnership.items()}
        return cls(
            person_id=person.pk, name=person.name, by_partnership=frozen, everywhere=everywhere, protected=protected
        )

    @classmethod
    def of_system(cls, name: str) -> "Access":
        """For commands and jobs that nobody in particular asked for. May do everything; deeds bear the given name."""
        return cls(person_id=None, name=name, is_system=True)

    def can(self, permission: Perm, partnership: "Partnership | int") -> bool:
        """Whether this person may do something in a partnership now; in one that has ended people only read."""
        is_over = isinstance(partnership, Partnership) and partnership.is_over
        return self.holds(permission, partnership) and not (is_over and permission not in OUTLASTING)

    def holds(self, permission: Perm, partnership: "Partnership | int") -> bool:
        """Whether this person holds a permission on a partnership, be it that it has ended."""
        return self.is_system or permission in self.everywhere or permission in self._held(partnership)

    def require(self, permission: Perm, partnership: "Partnership | int") -> None:
        """Raises NotPermitted, saying who could, unless this person holds a permission on a partnership.

        That it has ended is told by `acting`, which nothing writes without.
        """
        if not self.holds(permission, partnership):
            raise NotPermitted(permission.label, roles_with(permission))

    def belongs_to(self, partnership: "Partnership | int") -> bool:
        """Whether they have a role in it or in its Government Office; only such people can write in it."""
        return self.is_system or bool(self._held(partnership))

    def reaches(self, partnership: "Partnership | int") -> bool:
        """Whether the partnership's internal pages exist for them at all."""
        return self.belongs_to(partnership) or bool(self.everywhere)

    def writes(self, permission: Perm, partnership: "Partnership | int") -> bool:
        """Whether a page that wants this permission opens the partnership for writing to them."""
        return self.belongs_to(partnership) or (permission in NATIONAL_DEEDS and permission in self.everywhere)

    def where(self, permission: Perm) -> "Iterable[int]":
        """The partnerships on which they hold a permission by a role of theirs."""
        return [partnership_id for partnership_id, held in self.by_partnership.items() if permission in held]

    def _held(self, partnership: "Partnership | int") -> frozenset[str]:
        key = partnership if isinstance(partnership, int) else partnership.pk
        return self.by_partnership.get(key, frozenset())
