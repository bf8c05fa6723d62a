"""People and the groups they are in. Which partnerships a person reaches is `partnerships`' business."""

from typing import Any, ClassVar, Self

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, Group, PermissionsMixin
from django.db import models
from django.db.models.functions import Lower, Now
from django.utils.translation import gettext_lazy as _


class PersonManager(BaseUserManager["Person"]):
    """Finds people by e-mail address, whatever its case."""

    def create_user(self, email: str, name: str, password: str | None = None, **fields: Any) -> "Person":
        """A person who can sign in; without a password, only after a reset. The address is kept in small letters."""
        person: Person = self.model(email=email.strip().lower(), name=name.strip(), **fields)
        person.set_password(password)
        person.save(using=self._db)
        return person

    def get_by_natural_key(self, username: str | None) -> "Person":
        """The person with this e-mail address."""
        return self.get(email=(username or "").strip().lower())


class Person(AbstractBaseUser, PermissionsMixin):
    """Somebody with an e-mail address. One person may sit on many partnerships."""

    email = models.EmailField(_("e-mail address"), max_length=254, unique=True)
    name = models.CharField(_("name"), max_length=200)
    is_active = models.BooleanField(_("may sign in"), default=True)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    anonymised_at = models.DateTimeField(_("anonymised"), null=True, blank=True, editable=False)
    groups: "models.ManyToManyField[Group, GroupMembership]" = models.ManyToManyField(  # type: ignore[assignment]
        Group, through="GroupMembership", related_name="user_set", related_query_name="user", blank=True
    )

    objects: ClassVar[PersonManager] = PersonManager()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(email=Lower("email")), name="person_email_in_small_letters"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_full_name(self) -> str:
        """The name as it is shown."""
        return self.name


class GroupMembership(models.Model):
    """Somebody is in a role's group from one day to another. Access reads the days, so no sweep has to end anything."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="group_memberships")
    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="person_memberships")
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"), null=True, blank=True, help_text=_("The day from which it no longer holds"))

    entered_at = models.DateTimeField(_("entered"), db_default=Now(), editable=False)

    class Meta:
        verbose_name = _("membership of a role's group")
        verbose_name_plural = _("memberships of roles' groups")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["person", "group", "starts_on"], name="one_membership_per_person_group_and_day"
            ),
            models.CheckConstraint(
                condition=models.Q(ends_on__isnull=True) | models.Q(ends_on__gte=models.F("starts_on")),
                name="group_membership_ends_after_it_starts",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} in {self.group_id} from {self.starts_on}"

    @classmethod
    def current_on(cls, day: Any) -> "models.QuerySet[Self]":
        """The memberships that hold on that day (a London date)."""
        return cls.objects.filter(models.Q(ends_on__isnull=True) | models.Q(ends_on__gt=day), starts_on__lte=day)
