from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig, apps
from django.core.checks import Error, register

from house.access.policy import has_policy


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
