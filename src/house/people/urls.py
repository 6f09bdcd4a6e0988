from django.urls import path

from house.people.views import (
    confirming,
    contact,
    directory,
    privacy,
    profile,
    security,
    signing_in,
)

app_name = "people"
urlpatterns = [
    path("", directory.person_list, name="person_list"),
    path("me/", profile.me, name="me"),
    path("me/edit/", profile.profile_edit, name="profile_edit"),
    path("me/security/", security.security, name="security"),
    path("me/security/passkeys/add/", security.passkey_add, name="passkey_add"),
    path("me/security/passkeys/<str:code>/remove/", security.passkey_remove, name="passkey_remove"),
    path("me/security/app/on/", security.app_on, name="app_on"),
    path("me/security/app/off/", security.app_off, name="app_off"),
    path("me/security/recovery/renew/", security.recovery_renew, name="recovery_renew"),
    path("me/security/sessions/end/", security.sessions_end, name="sessions_end"),
    path("me/security/sessions/<str:code>/end/", security.session_end, name="session_end"),
    path("me/security/keys/make/", security.token_make, name="token_make"),
    path("me/security/keys/<str:code>/revoke/", security.token_revoke, name="token_revoke"),
    path("me/confirm/", confirming.confirm, name="confirm"),
    path("me/confirm/<str:code>/", confirming.carry_on, name="carry_on"),
    path("sign-in-link/<str:token>/", signing_in.signin_link, name="signin_link"),
    path("me/messages/", contact.messages, name="messages"),
    path("me/messages/<str:code>/", contact.message, name="message"),
    path("me/messages/<str:code>/mute/", contact.mute, name="mute"),
    path("me/privacy/", privacy.privacy, name="privacy"),
    path("me/privacy/export/", privacy.privacy_export, name="privacy_export"),
    path("me/privacy/erase/", privacy.privacy_erase, name="privacy_erase"),
    path("farewell/", privacy.farewell, name="farewell"),
    path("<str:code>/", profile.person, name="person"),
    path("<str:code>/erase/", privacy.person_erase, name="person_erase"),
    path("<str:code>/write/", contact.write, name="write"),
    path("<str:code>/photo/", profile.photo, name="photo"),
]
