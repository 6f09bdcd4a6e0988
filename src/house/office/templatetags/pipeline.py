from django import template

from house.partners.models import Stage

register = template.Library()


@register.filter
def stage_label(stage: str) -> str:
    """The word for a stage that an event kept."""
    return str(Stage(stage).label) if stage in Stage.values else stage
