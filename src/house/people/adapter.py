from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest

from house.ground.limits import address_of


class Adapter(DefaultAccountAdapter):
    """Nobody signs herself up: cities invite. A suspended person is told no more than an unknown one."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        return address_of(request)

    def populate_username(self, request: HttpRequest, user: Any) -> None:
        """Persons have no user names."""
