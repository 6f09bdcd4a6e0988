from collections.abc import Container, Iterable

from django import template

register = template.Library()


@register.filter
def any_in(choices: Iterable[tuple[str, str]], chosen: Container[str] | None) -> bool:
    """Is one of these choices among the chosen?"""
    return any(value in (chosen or ()) for value, _label in choices)
