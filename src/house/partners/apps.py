from django.apps import AppConfig


class PartnersConfig(AppConfig):
    name = "house.partners"
    is_guarded = True

    def ready(self) -> None:
        from house.access import policy
        from house.partners import access
        from house.partners.models import (
            Benefit,
            Circle,
            Partnership,
            PartnershipChange,
            RightException,
            Seat,
            Table,
        )

        policy.register(Partnership, access.PartnershipPolicy())
        policy.register(Seat, access.SeatPolicy())
        policy.register(Circle, access.CirclePolicy())
        policy.register(PartnershipChange, access.ChangePolicy())
        policy.register(Table, access.TablePolicy())
        policy.register(RightException, access.ExceptionPolicy())
        policy.register(Benefit, policy.Open())
