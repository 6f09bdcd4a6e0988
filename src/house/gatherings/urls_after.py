"""Addresses of what comes after an event; `urls` takes them in after its own."""

from django.urls import path

from house.gatherings.views import after, feedback, recordings

urlpatterns = [
    path("voices/<str:code>/", recordings.voice, name="voice"),
    path("<str:slug>/after/", after.after, name="after"),
    path("<str:slug>/minutes/", after.minutes, name="minutes"),
    path("<str:slug>/minutes/edit/", after.minutes_edit, name="minutes_edit"),
    path("<str:slug>/files/", after.material_new, name="material_new"),
    path("<str:slug>/files/<str:code>/", after.material, name="material"),
    path("<str:slug>/files/<str:code>/remove/", after.material_remove, name="material_remove"),
    path("<str:slug>/recordings/", recordings.recording_new, name="recording_new"),
    path("<str:slug>/recordings/<str:code>/", recordings.recording, name="recording"),
    path(
        "<str:slug>/recordings/<str:code>/media/",
        recordings.recording_media,
        name="recording_media",
    ),
    path(
        "<str:slug>/recordings/<str:code>/poster/",
        recordings.recording_poster,
        name="recording_poster",
    ),
    path(
        "<str:slug>/recordings/<str:code>/captions.vtt",
        recordings.recording_vtt,
        name="recording_vtt",
    ),
    path(
        "<str:slug>/recordings/<str:code>/edit/", recordings.recording_edit, name="recording_edit"
    ),
    path("<str:slug>/recordings/<str:code>/act/", recordings.recording_act, name="recording_act"),
    path(
        "<str:slug>/recordings/<str:code>/voices/<str:voice>/",
        recordings.voice_edit,
        name="voice_edit",
    ),
    path("<str:slug>/feedback/", feedback.feedback, name="feedback"),
    path("<str:slug>/feedback/results/", feedback.feedback_results, name="feedback_results"),
    path("<str:slug>/feedback/questions/", feedback.feedback_questions, name="feedback_questions"),
    path("<str:slug>/questions/", feedback.ask_there, name="ask_there"),
    path("<str:slug>/questions/<str:code>/act/", feedback.asked_act, name="asked_act"),
]
