from django.urls import path

from house.meetings.views import booking, desk, home, hours, moving, programmes, sessions, visits

app_name = "meetings"
urlpatterns = [
    path("", home.home, name="home"),
    path("availability/", hours.availability, name="availability"),
    path("desk/", desk.desk, name="desk"),
    path("rules/", desk.rules, name="rules"),
    path("experts/<slug:code>/", booking.expert, name="expert"),
    path("experts/<slug:code>/book/", booking.book, name="book"),
    path("promises/<slug:code>/", sessions.promise_end, name="promise_end"),
    path("sessions/<slug:code>/", sessions.session, name="session"),
    path("sessions/<slug:code>/move/", moving.session_move, name="session_move"),
    path("sessions/<slug:code>/cancel/", moving.session_cancel, name="session_cancel"),
    path("sessions/<slug:code>/prepare/", moving.session_prepare, name="session_prepare"),
    path("sessions/<slug:code>/hand-over/", moving.session_hand, name="session_hand"),
    path("sessions/<slug:code>/propose/", moving.session_propose, name="session_propose"),
    path("sessions/<slug:code>/join/", sessions.join, name="join"),
    path(
        "sessions/<slug:code>/files/<slug:file>/",
        sessions.session_file,
        name="session_file",
    ),
    path("visits/", visits.visit_list, name="visit_list"),
    path("visits/new/", visits.visit_new, name="visit_new"),
    path("visits/<slug:code>/", visits.visit, name="visit"),
    path("visits/<slug:code>/end/", visits.visit_end, name="visit_end"),
    path("visits/<slug:code>/programme/", programmes.visit_programme, name="visit_programme"),
    path("visits/<slug:code>/brief/", programmes.visit_brief, name="visit_brief"),
    path("visits/<slug:code>/brief.pdf", programmes.visit_brief_pdf, name="visit_brief_pdf"),
    path("visits/<slug:code>/brief.ics", programmes.visit_brief_ics, name="visit_brief_ics"),
]
