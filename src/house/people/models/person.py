import zoneinfo
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from house.access.querysets import Visible
from house.ground.codes import short_code


def display_name(person: "Person") -> str:
    return person.name


def known_time_zone(value: str) -> None:
    if value not in zoneinfo.available_timezones():
        raise ValidationError(
            _("“%(value)s” is not a time zone, such as Europe/Amsterdam."), params={"value": value}
        )


# What a person may keep from her colleagues; her name, her city and that she is here go with being listed.
WITHHOLDABLE = (
    "job_title", "photo", "can_help_with", "looks_for", "languages", "topics", "time_zone",
)  # fmt: skip


class PersonQuerySet(Visible, models.QuerySet["Person"]):
    pass


class PersonManager(BaseUserManager["Person"].from_queryset(PersonQuerySet)):  # type: ignore[misc]
    def create_user(self, email: str, **facts: Any) -> "Person":
        person = Person(email=self.normalize_email(email).lower(), **facts)
        person.set_unusable_password()  # a typed code or a passkey opens the door; there are no passwords
        person.save()
        return person

    def get_by_natural_key(self, email: str | None) -> "Person":
        return self.get(email__iexact=email)


class Person(AbstractBaseUser, PermissionsMixin):
    code = models.CharField(max_length=12, unique=True, default=short_code, editable=False)
    email = models.EmailField(_("e-mail"), unique=True)
    name = models.CharField(_("name"), max_length=120)
    city = models.ForeignKey(
        "vocabulary.City",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("city"),
    )
    job_title = models.CharField(_("role"), max_length=120, blank=True)
    languages = models.JSONField(_("languages"), default=list, blank=True)  # BCP 47, best first
    topics = models.ManyToManyField(
        "vocabulary.Topic", related_name="+", blank=True, verbose_name=_("topics of interest")
    )
    can_help_with = models.TextField(_("I can help with"), max_length=1000, blank=True)
    looks_for = models.TextField(_("I look for"), max_length=1000, blank=True)
    time_zone = models.CharField(
        _("time zone"), max_length=40, default="UTC", validators=[known_time_zone]
    )
    photo = models.ImageField(_("photo"), upload_to="photos/", blank=True)
    is_office = models.BooleanField(default=False)
    is_curator = models.BooleanField(default=False)
    is_expert = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)
    single_keys = models.BooleanField(_("single-key shortcuts"), default=True)
    is_listed = models.BooleanField(_("colleagues of other cities find me"), default=True)
    withheld = models.JSONField(_("kept from colleagues"), default=list, blank=True)  # field names
    # From this moment on a daily duty erases her, unless she has signed in since she asked.
    erase_after = models.DateTimeField(null=True, blank=True, editable=False)
    erased_at = models.DateTimeField(null=True, blank=True, editable=False)
    date_joined = models.DateTimeField(default=timezone.now, editable=False)

    objects = PersonManager()
    USERNAME_FIELD = EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(Lower("email"), name="people_email_unique_whatever_case"),
            models.CheckConstraint(condition=~Q(name=""), name="people_has_a_name"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_full_name(self) -> str:
        """Wagtail's desk greets by it; without it, an address stands where a name belongs."""
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("people:person", args=[self.code])

    @property
    def is_former(self) -> bool:
        """Erased: what stays is a number that the city's entries and the journal point to."""
        return self.erased_at is not None

    @property
    def is_foundation(self) -> bool:
        return self.is_office or self.is_curator or self.is_expert
