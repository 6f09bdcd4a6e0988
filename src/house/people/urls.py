from django.urls import path

from house.people import views

app_name = "people"
urlpatterns = [
    path("me/", views.me, name="me"),
    path("me/edit/", views.profile_edit, name="profile_edit"),
    path("sign-in-link/<str:token>/", views.signin_link, name="signin_link"),
    path("<str:code>/", views.person, name="person"),
    path("<str:code>/photo/", views.photo, name="photo"),
]
