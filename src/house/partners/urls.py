from django.urls import path

from house.partners.views import accepting, context, invitations, joining, own, seats, welcome

app_name = "partners"
urlpatterns = [
    path("", own.partnership, name="partnership"),
    path("use/<slug:code>/", own.benefit_use, name="benefit_use"),
    path("asked/<str:code>/withdraw/", own.benefit_release, name="benefit_release"),
    path("context/", context.context, name="context"),
    path("context/<int:pk>/take-back/", context.context_take_back, name="context_take_back"),
    path("welcome/", welcome.welcome, name="welcome"),
    path("welcome/edit/", welcome.welcome_edit, name="welcome_edit"),
    path("welcome/guide/", welcome.welcome_guide, name="welcome_guide"),
    path("seats/", seats.seats, name="seats"),
    path("seats/new/", seats.seat_new, name="seat_new"),
    path("seats/<str:code>/", seats.seat, name="seat"),
    path("seats/<str:code>/brief/", seats.seat_brief, name="seat_brief"),
    path("seats/<str:code>/close/", seats.seat_close, name="seat_close"),
    path("seats/<str:code>/hand-over/", seats.seat_hand_over, name="seat_hand_over"),
    path("seats/<str:code>/move/", seats.seat_move, name="seat_move"),
    path("seats/<str:code>/put-back/", seats.seat_put_back, name="seat_put_back"),
    path("seats/<str:code>/remove/", seats.seat_free, name="seat_free"),
    path("invitations/new/", invitations.invitation_new, name="invitation_new"),
    path("invitations/<str:code>/act/", invitations.invitation_act, name="invitation_act"),
    path("domains/new/", invitations.domain_new, name="domain_new"),
    path("domains/<str:code>/act/", invitations.domain_act, name="domain_act"),
    path("requests/<str:code>/", joining.join_request, name="join_request"),
    path("join/", joining.join, name="join"),
    path("join/code/", joining.join_code, name="join_code"),
    path("join/done/", joining.join_done, name="join_done"),
    path("invitation/<str:code>/<str:token>/", accepting.invitation, name="invitation"),
]
