"""Addresses of asking peers and of remembering: the room's `urls` has them before those of threads."""

from django.urls import path

from house.agora.views import asking, remember

urlpatterns = [
    path("invitations/", asking.invitations, name="invitations"),
    path("invitations/<str:code>/", asking.invitation, name="invitation"),
    path("waiting/", asking.waiting, name="waiting"),
    path("<str:code>/ask/", asking.post_ask, name="post_ask"),
    path("<str:code>/remember/", remember.remember, name="remember"),
]
