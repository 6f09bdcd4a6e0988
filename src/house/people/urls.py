from django.urls import path

from house.people.views import contact, directory, profile, signing_in

app_name = "people"
urlpatterns = [
    path("", directory.person_list, name="person_list"),
    path("me/", profile.me, name="me"),
    path("me/edit/", profile.profile_edit, name="profile_edit"),
    path("sign-in-link/<str:token>/", signing_in.signin_link, name="signin_link"),
    path("me/messages/", contact.messages, name="messages"),
    path("me/messages/<str:code>/", contact.message, name="message"),
    path("me/messages/<str:code>/mute/", contact.mute, name="mute"),
    path("<str:code>/", profile.person, name="person"),
    path("<str:code>/write/", contact.write, name="write"),
    path("<str:code>/photo/", profile.photo, name="photo"),
]
