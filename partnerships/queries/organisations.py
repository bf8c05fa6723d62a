"""Reads of the directory of organisations: what a name or a number means, and who keeps an entry."""

from collections.abc import Mapping

from django.db.models import Case, IntegerField, Prefetch, Q, QuerySet, When
from django.db.models.functions import Lower

from partnerships.models import Membership, Organisation, OrganisationIdentifier, Partnership
from partnerships.models.organisations import POINTS, unpointed

WITHOUT_POINTS = dict.fromkeys(map(ord, POINTS))

FEWEST_LETTERS = 3  # of a word, before the directory suggests anything
SUGGESTED = 8
COMPANY_DIGITS = 8


def without_points(text: str) -> str:
    """A text as `unpointed` has a name."""
    return text.translate(WITHOUT_POINTS)


def number_as_written(scheme: str, text: str) -> str:
    """A number as its register writes it: in capitals, without spaces, a company's with its noughts."""
    number = "".join(text.split()).upper()
    if scheme == OrganisationIdentifier.Scheme.COMPANY and number.isdigit():
        return number.zfill(COMPANY_DIGITS)
    return number


def with_identifiers(organisations: QuerySet[Organisation]) -> QuerySet[Organisation]:
    """The same, each with the numbers it has now in `numbers`: one query more."""
    now = OrganisationIdentifier.objects.filter(ends_on=None).order_by("scheme")
    return organisations.prefetch_related(Prefetch("identifiers", queryset=now, to_attr="numbers"))


def numbered(text: str) -> QuerySet[OrganisationIdentifier]:
    """The numbers, also of the past, that a text is, in whatever register."""
    written = {number_as_written(scheme, text) for scheme in OrganisationIdentifier.Scheme}
    return OrganisationIdentifier.objects.filter(value__in=written)


def called(text: str) -> QuerySet[Organisation]:
    """Those in whose name all words of a text stand, whatever their case and points; none for a text of points."""
    words = list(filter(None, map(without_points, text.split())))
    found = Organisation.objects.alias(flat=unpointed("name"))
    for word in words:
        found = found.filter(flat__icontains=word)
    return found if words else found.none()


def meant_by(text: str, column: str = "pk") -> Q:
    """Those that somebody means who types a name, a part of it or a number; `column` names the organisation.

    Two questions, each with an index of its own, which one with an OR in it would not use.
    """
    number, name = numbered(text).values("organisation"), called(text).values("pk")
    return Q(**{f"{column}__in": number}) | Q(**{f"{column}__in": name})


def suggestions(text: str, but_not: int | None = None) -> list[Organisation]:
    """The entries of the directory that somebody typing this may mean, by number first, then by name; at most eight.

    Two queries. What is shown of them is what any register prints: name, sector, numbers and place. `but_not` is the
    number of an entry to leave out. Merged duplicates are never among them.
    """
    words = without_points(text)
    if len(words) < FEWEST_LETTERS:
        return []
    likeness = Case(
        When(pk__in=numbered(text).values("organisation"), then=0),
        When(flat__istartswith=words, then=1),
        default=2,
        output_field=IntegerField(),
    )
    found = (
        _but(but_not)
        .filter(meant_by(text), merged_into=None)
        .alias(flat=unpointed("name"), likeness=likeness)
        .select_related("sector", "authority")
        .order_by("likeness", Lower("name"), "pk")
    )
    return list(with_identifiers(found)[:SUGGESTED])


def standing(name: str, numbers: Mapping[str, str], but_not: int | None = None) -> Organisation | None:
    """The entry that has one of these numbers (by register) now, or else this name but for case and points.

    Where that is a merged duplicate, the one it was merged into.
    """
    others = _but(but_not)
    for scheme, value in numbers.items():
        holder = others.filter(identifiers__scheme=scheme, identifiers__value=value, identifiers__ends_on=None).first()
        if holder is not None:
            return merged_into(holder)
    flat = without_points(name)
    alike = Q(flat__iexact=flat) if flat else Q(name=name)  # a name of nothing but points is only itself
    found = others.alias(flat=unpointed("name")).filter(alike)
    same = found.order_by("merged_into_id", "pk").first()
    return merged_into(same) if same else None


def merged_into(organisation: Organisation) -> Organisation:
    """The entry that stands for an organisation: itself, or at the end of the merges the one that was kept."""
    while organisation.merged_into is not None:
        organisation = organisation.merged_into
    return organisation


def keeper_of(organisation: Organisation) -> Partnership | None:
    """The partnership that looks after an entry; none if nobody has taken it on, or whoever had is over."""
    keeper = organisation.kept_by
    return None if keeper is None or keeper.is_over else keeper


def may_change_entry(organisation: Organisation, partnership: Partnership) -> bool:
    """Whether an entry is a partnership's to change: it keeps it, or nobody does and nobody else uses it."""
    keeper = keeper_of(organisation)
    return keeper == partnership if keeper else not used_elsewhere(organisation, partnership)


def used_elsewhere(organisation: Organisation, partnership: Partnership) -> bool:
    """Whether another partnership has, or had, an organisation as a member or as its accountable body."""
    members = Membership.objects.filter(organisation=organisation).exclude(partnership=partnership)
    return members.exists() or organisation.accountable_for.exclude(pk=partnership.pk).exists()


def _but(pk: int | None) -> QuerySet[Organisation]:
    return Organisation.objects.exclude(pk=pk) if pk else Organisation.objects.all()
