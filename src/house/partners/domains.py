"""Which mail domains may be a city's, and whether an address is of its city."""

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from house.partners.models import CityDomain
from house.people.addresses import domain_of, looks_like, plain_domain

# every row in this file: asked to judge an address, and shown to nobody

# Anybody gets an address there. The families have many endings (yahoo.fr, yahoo.co.jp).
_FREE_FAMILIES = frozenset(
    {"gmx", "hotmail", "live", "msn", "outlook", "yahoo", "yandex", "ymail", "protonmail", "zoho", "mail"}
)  # fmt: skip
FREE = frozenset(
    {
        "126.com", "163.com", "aol.com", "bluewin.ch", "daum.net", "duck.com", "fastmail.com", "free.fr",
        "freenet.de", "gmail.com", "googlemail.com", "hanmail.net", "hey.com", "icloud.com", "kakao.com",
        "kpnmail.nl", "laposte.net", "libero.it", "mac.com", "mailbox.org", "mailinator.com", "me.com",
        "naver.com", "orange.fr", "pm.me", "posteo.de", "proton.me", "qq.com", "rediffmail.com", "seznam.cz",
        "sina.com", "skynet.be", "t-online.de", "telenet.be", "telia.com", "tuta.io", "tutanota.com",
        "walla.co.il", "wanadoo.fr", "web.de", "wp.pl", "xs4all.nl", "ziggo.nl",
    }
)  # fmt: skip
# Under these of a country anybody, or every public body, has a name: `gov.uk` is nobody's city.
_SHARED = frozenset(
    {
        "ac", "co", "com", "edu", "go", "gob", "gouv", "gov", "govt", "gv", "info", "int", "lg", "mil",
        "municipio", "ne", "net", "nhs", "nic", "nom", "or", "org", "sch",
    }
)  # fmt: skip


def acceptable_domain(value: str, city_id: str) -> str:
    """The domain as it is kept, or a `ValidationError` that says why it cannot be this city's."""
    domain = plain_domain(value)
    if is_free(domain):
        raise ValidationError(
            _("Anybody can get an address at %(domain)s, so it proves no city.")
            % {"domain": domain},
            code="free",
        )
    labels = domain.split(".")
    if len(labels) == 2 and labels[0] in _SHARED:
        raise ValidationError(
            _("%(domain)s is shared by many. Name your city's own part of it.")
            % {"domain": domain},
            code="shared",
        )
    if twin := _twin(domain):
        raise ValidationError(
            _("This looks like %(twin)s and is not the same. Please look again.") % {"twin": twin},
            code="look-alike",
        )
    if CityDomain.objects.verified().filter(domain=domain).exclude(city=city_id).exists():
        raise ValidationError(
            _("This domain can't be added here. Write to the foundation."), code="taken"
        )
    return domain


def is_free(domain: str) -> bool:
    family, _dot, ending = domain.partition(".")
    # A family's endings have at most two short labels; `mail.gent.be` is a city's own machine.
    of_family = family in _FREE_FAMILIES and all(len(part) <= 3 for part in ending.split("."))
    return domain in FREE or (of_family and (family != "mail" or "." not in ending))


def is_of_city(address: str, city_id: str) -> bool:
    """Is this plain address at a verified domain of the city, or below one that counts its subdomains?"""
    domain = domain_of(address)
    for known, with_subdomains in verified_of(city_id).values_list("domain", "with_subdomains"):
        if domain == known or (with_subdomains and domain.endswith(f".{known}")):
            return True
    return False


def refuse_look_alike(address: str, city_id: str) -> None:
    """Raise `ValidationError` for an address whose domain imitates one of the city's."""
    domain = domain_of(address)
    for known in verified_of(city_id).values_list("domain", flat=True):
        if looks_like(domain, known):
            raise ValidationError(
                _("The address looks like one at %(known)s and is not. Please look again.")
                % {"known": known},
                code="look-alike",
            )


def verified_of(city_id: str) -> QuerySet[CityDomain]:
    return CityDomain.objects.verified().filter(city=city_id)


def _twin(domain: str) -> str:
    """A well-known or verified domain that this one imitates."""
    known = {*FREE, *CityDomain.objects.verified().values_list("domain", flat=True)}
    return next((each for each in sorted(known) if looks_like(domain, each)), "")
