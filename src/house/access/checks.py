from collections.abc import Iterator, Sequence
from typing import Any

from django.apps import AppConfig, apps
from django.core.checks import Error, register
from django.urls import URLPattern, URLResolver, get_resolver

from house.access.capabilities import CAPABILITIES
from house.access.policy import has_policy
from house.access.routes import OPEN, SIGNED_IN, Door, door_of


@register("access")
def every_model_has_a_door(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[Error]:
    """A room's model without policy and without whole would be readable by whoever forgets to ask."""
    return [
        Error(
            f"{model._meta.label} has neither a policy nor a `part_of`", obj=model, id="access.E001"
        )
        for config in apps.get_app_configs()
        if getattr(config, "is_guarded", False)
        for model in config.get_models()
        if not has_policy(model) and not hasattr(model, "part_of")
    ]


@register("access")
def every_route_says_what_it_takes(
    app_configs: Sequence[AppConfig] | None, **kwargs: Any
) -> list[Error]:
    """An address that declares no capability (or that it is open) would be open by forgetting."""
    problems = []
    for address, pattern in patterns():
        door = door_of(pattern.callback)
        if door is None:
            problems.append(
                Error(
                    f"/{address} declares no capability: use `access.routes.route`",
                    id="access.E002",
                )
            )
        elif unknown := _unknown(door):
            problems.append(
                Error(f"/{address} declares {unknown!r}, which nobody knows", id="access.E003")
            )
    return problems


def patterns(
    resolver: URLResolver | None = None, prefix: str = ""
) -> Iterator[tuple[str, URLPattern]]:
    """Every (address pattern, route) of the URL conf."""
    for each in (resolver or get_resolver()).url_patterns:
        address = f"{prefix}{each.pattern}"
        if isinstance(each, URLResolver):
            yield from patterns(each, address)
        else:
            yield address, each


def _unknown(door: Door) -> str:
    known = CAPABILITIES.keys() | {OPEN, SIGNED_IN}
    return next(
        (name for name in (door.reads, door.acts, door.also or OPEN) if name not in known), ""
    )
