from django.urls import path

from house.gatherings.views import lists, reading

app_name = "gatherings"
urlpatterns = [
    path("", lists.event_list, name="event_list"),
    path("<str:slug>/", reading.event, name="event"),
]
