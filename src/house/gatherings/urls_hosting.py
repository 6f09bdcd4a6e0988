"""Addresses of hosting and fair hours; `urls` takes them in before those of single events."""

from django.urls import path

from house.gatherings.views import hosting, hosting_acts, hours

urlpatterns = [
    path("hosting/", hosting.hosting_list, name="hosting_list"),
    path("hosting/new/", hosting.hosting_new, name="hosting_new"),
    path("hosting/calendar/", hosting.hosting_calendar, name="hosting_calendar"),
    path("hosting/hours/", hours.hours_plan, name="hours_plan"),
    path("hosting/<str:code>/", hosting.hosting, name="hosting"),
    path("hosting/<str:code>/edit/", hosting.hosting_edit, name="hosting_edit"),
    path("hosting/<str:code>/say/", hosting_acts.hosting_say, name="hosting_say"),
    path("hosting/<str:code>/accept/", hosting_acts.hosting_accept, name="hosting_accept"),
    path("hosting/<str:code>/ask/", hosting_acts.hosting_more, name="hosting_more"),
    path("hosting/<str:code>/decline/", hosting_acts.hosting_decline, name="hosting_decline"),
    path("hosting/<str:code>/withdraw/", hosting_acts.hosting_withdraw, name="hosting_withdraw"),
    path("hosting/<str:code>/call-off/", hosting_acts.hosting_call_off, name="hosting_call_off"),
    path("hosting/<str:code>/tasks/", hosting_acts.hosting_task_new, name="hosting_task_new"),
    path("hosting/<str:code>/tasks/<str:task>/", hosting_acts.hosting_task, name="hosting_task"),
    path(
        "hosting/<str:code>/tasks/<str:task>/act/",
        hosting_acts.hosting_task_act,
        name="hosting_task_act",
    ),
    path("<str:slug>/hours/", hours.hours_of_event, name="hours_of_event"),
]
