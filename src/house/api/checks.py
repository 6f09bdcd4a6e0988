from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.core.checks import Error, register

from house.access.capabilities import CAPABILITIES
from house.access.routes import OPEN, SIGNED_IN


@register("access")
def every_operation_says_what_it_takes(
    app_configs: Sequence[AppConfig] | None, **kwargs: Any
) -> list[Error]:
    """An operation is judged by `Calling`, and what it takes is known."""
    from house.api.service import operations  # noqa: PLC0415 -- apps ready
    from house.partners.calling import Calling  # noqa: PLC0415 -- apps ready

    known = CAPABILITIES.keys() | {OPEN, SIGNED_IN}
    return [
        Error(f"The API's {operation.operation_id} declares no known capability", id="access.E004")
        for operation in operations()
        if not isinstance(operation.auth_param, Calling) or operation.auth_param.takes not in known
    ]
