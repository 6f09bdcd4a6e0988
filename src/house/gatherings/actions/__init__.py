from house.gatherings.actions.events import (
    cancel_event,
    change_event,
    create_event,
    publish_event,
)
from house.gatherings.actions.registering import (
    accept_offer,
    cancel_registration,
    give_place,
    register,
)

__all__ = [
    "accept_offer",
    "cancel_event",
    "cancel_registration",
    "change_event",
    "create_event",
    "give_place",
    "publish_event",
    "register",
]
