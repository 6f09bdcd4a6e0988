from django.urls import path

from house.gatherings import urls_hosting
from house.gatherings.views import lists, reading

app_name = "gatherings"
urlpatterns = [
    path("", lists.event_list, name="event_list"),
    *urls_hosting.urlpatterns,
    path("<str:slug>/", reading.event, name="event"),
]
