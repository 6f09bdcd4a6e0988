from django.apps import AppConfig


class PartnersConfig(AppConfig):
    name = "house.partners"
    is_guarded = True

    def ready(self) -> None:
        from house.access import policy
        from house.partners import (
            access,
            briefs,
            changes,
            holds_in_briefs,
            planned,
            privacy,
            viewing,
        )
        from house.partners.models import (
            Account,
            Application,
            Benefit,
            Circle,
            CityDomain,
            CityProfile,
            Guide,
            Invitation,
            JoinRequest,
            Partnership,
            PartnershipChange,
            RightException,
            Seat,
            Table,
            Threshold,
        )
        from house.people import roll

        roll.register(viewing.seat_holders)
        planned.register(changes.plans_of)
        privacy.register()
        policy.register(Partnership, access.PartnershipPolicy())
        policy.register(Seat, access.SeatPolicy())
        policy.register(Invitation, access.InvitationPolicy())
        policy.register(CityDomain, access.DomainPolicy())
        policy.register(JoinRequest, access.JoinRequestPolicy())
        policy.register(Circle, access.CirclePolicy())
        policy.register(PartnershipChange, access.ChangePolicy())
        policy.register(Table, access.TablePolicy())
        policy.register(RightException, access.ExceptionPolicy())
        policy.register(Benefit, policy.Open())
        policy.register(Account, access.AccountPolicy())
        policy.register(Threshold, access.ThresholdPolicy())
        policy.register(Application, access.ApplicationPolicy())
        policy.register(CityProfile, access.CityProfilePolicy())
        policy.register(Guide, access.GuidePolicy())
        briefs.register(holds_in_briefs.tell)
