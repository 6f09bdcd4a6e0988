from typing import Any

from django import template
from django.template import Context

from house.office.desk import parts_for

register = template.Library()


@register.simple_tag(takes_context=True)
def desk_parts(context: Context) -> dict[str, Any]:
    """`parts` for the navigation, and `current`, the label of the part that this page belongs to."""
    request = context["request"]
    match = request.resolver_match
    parts = list(parts_for(request.viewer, match.view_name if match else ""))
    return {
        "parts": parts,
        "current": next((label for _address, label, is_current in parts if is_current), ""),
    }
