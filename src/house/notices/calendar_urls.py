from django.urls import path

from house.notices.views import calendar

app_name = "calendars"
urlpatterns = [
    path("", calendar.calendar, name="calendar"),
    path("make/", calendar.feed_make, name="feed_make"),
    path("addresses/<str:code>/reset/", calendar.feed_reset, name="feed_reset"),
    path("addresses/<str:code>/revoke/", calendar.feed_revoke, name="feed_revoke"),
    path("<str:secret>.ics", calendar.feed, name="feed"),
]
