from django.apps import AppConfig


class PartnersConfig(AppConfig):
    name = "house.partners"
    is_guarded = True

    def ready(self) -> None:
        from house.access import policy
        from house.partners import access
        from house.partners.models import Circle, Partnership, Right, Seat

        policy.register(Partnership, access.PartnershipPolicy())
        policy.register(Seat, access.SeatPolicy())
        policy.register(Circle, access.CirclePolicy())
        policy.register(Right, access.RightPolicy())
