from django.urls import path

from house.people.views import profile, signing_in

app_name = "people"
urlpatterns = [
    path("me/", profile.me, name="me"),
    path("me/edit/", profile.profile_edit, name="profile_edit"),
    path("sign-in-link/<str:token>/", signing_in.signin_link, name="signin_link"),
    path("<str:code>/", profile.person, name="person"),
    path("<str:code>/photo/", profile.photo, name="photo"),
]
