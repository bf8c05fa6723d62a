"""The groups behind roles: which permissions each has, on which partnerships."""

from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.db.models import Count

from partnerships.models import GovernmentOffice, Partnership, PartnershipGroupPermission, RoleGroup
from partnerships.permissions import NATIONAL_ROLES, PERMISSIONS, OfficeRole, Role


def grant() -> None:
    """Give each role's group the permissions that `PERMISSIONS` says, on every partnership: after each migrate.

    A release that knows a permission or a role more, or takes one away, needs no migration for it.
    """
    permissions = permissions_by_name()
    if not permissions:
        return
    complete = RoleGroup.objects.exclude(partnership=None).values("partnership").annotate(roles=Count("pk"))
    lacking = Partnership.objects.exclude(pk__in=complete.filter(roles=len(Role)).values("partnership"))
    for partnership in lacking.only("region"):  # a column that a reversed migration took is not asked for
        _holders(partnership)
    granted = PartnershipGroupPermission.objects.values_list("group_id", "content_object_id", "permission_id", "pk")
    stands = {(group, partnership, permission): pk for group, partnership, permission, pk in granted}
    wanted = _wanted(permissions)
    PartnershipGroupPermission.objects.bulk_create(
        PartnershipGroupPermission(group_id=group, content_object_id=partnership, permission_id=permission)
        for group, partnership, permission in sorted(wanted - stands.keys())
    )
    PartnershipGroupPermission.objects.filter(pk__in=[stands[key] for key in stands.keys() - wanted]).delete()
    for holder in RoleGroup.objects.filter(partnership=None, office=None).select_related("group"):
        holder.group.permissions.set(permissions[perm] for perm in PERMISSIONS[holder.role])


def _wanted(permissions: dict[str, Permission]) -> set[tuple[int, int, int]]:
    """Group, partnership, permission, as `PERMISSIONS` says: for a partnership's own groups, and its office's."""
    in_region: dict[int, list[int]] = {}
    for partnership_id, office_id in Partnership.objects.values_list("pk", "region__office"):
        in_region.setdefault(office_id, []).append(partnership_id)
    return {
        (holder.group_id, partnership_id, permissions[perm].pk)
        for holder in RoleGroup.objects.exclude(partnership=None, office=None)
        for partnership_id in (
            [holder.partnership_id] if holder.partnership_id else in_region.get(holder.office_id or 0, [])
        )
        for perm in PERMISSIONS[holder.role]
    }


def make_groups(partnership: Partnership) -> None:
    """Give a new partnership a group for each role, and its Government Office's groups their permissions on it."""
    permissions = permissions_by_name()
    PartnershipGroupPermission.objects.bulk_create(
        PartnershipGroupPermission(group=group, content_object=partnership, permission=permissions[perm])
        for role, group in _holders(partnership)
        for perm in PERMISSIONS[role]
    )


def _holders(partnership: Partnership) -> list[tuple[Role | OfficeRole, Group]]:
    """The groups that hold permissions on a partnership: of its own roles, and of its Government Office's."""
    office = GovernmentOffice.objects.get(region_id=partnership.region_id)
    own: list[tuple[Role | OfficeRole, Group]] = [(role, group_of(role=role, partnership=partnership)) for role in Role]
    return own + [(role, group_of(role=role, office=office)) for role in OfficeRole if role not in NATIONAL_ROLES]


def permissions_by_name() -> dict[str, Permission]:
    """The permissions on partnerships by Django's code name of each."""
    content_type = ContentType.objects.get_for_model(Partnership)
    return {row.codename: row for row in Permission.objects.filter(content_type=content_type)}


def group_of(
    *, role: Role | OfficeRole, partnership: Partnership | None = None, office: GovernmentOffice | None = None
) -> Group:
    """The group that holds a role; made when it is first asked for."""
    scope = f"partnership {partnership.pk}" if partnership else f"office {office.pk}" if office else "national"
    group, made = Group.objects.get_or_create(name=f"{role.value}, {scope}")
    if made:
        RoleGroup.objects.create(group=group, partnership=partnership, office=office, role=role)
    return group
