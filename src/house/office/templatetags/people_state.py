from django import template
from django.utils.translation import gettext as _

from house.office.roster import STATES
from house.people.models import Person

register = template.Library()


@register.filter
def state_label(state: str) -> str:
    return str(STATES.get(state, state))


@register.filter
def works_as(person: Person) -> str:
    """Her work for the foundation, in words; empty for everybody else."""
    kinds = (
        (_("office"), person.is_office), (_("curator"), person.is_curator), (_("expert"), person.is_expert),
    )  # fmt: skip
    return ", ".join(word for word, is_one in kinds if is_one)
