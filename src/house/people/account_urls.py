"""Sign-in: allauth's own views, of which the house opens only those named here."""

from allauth.account import views
from django.urls import path

from house.access.routes import OPEN, route
from house.people.views.signing_in import CodeView, PasskeyView, SecondView, SignInView

urlpatterns = [
    path("sign-in/", route(OPEN)(SignInView.as_view()), name="account_login"),
    path(
        "sign-in/code/request/",
        route(OPEN)(SignInView.as_view()),
        name="account_request_login_code",
    ),
    path(
        "sign-in/code/",
        route(OPEN)(CodeView.as_view()),
        name="account_confirm_login_code",
    ),
    path("sign-in/second/", route(OPEN)(SecondView.as_view()), name="mfa_authenticate"),
    path("sign-in/passkey/", route(OPEN)(PasskeyView.as_view()), name="mfa_login_webauthn"),
    path("sign-out/", route(OPEN)(views.LogoutView.as_view()), name="account_logout"),
    # allauth names these in its own redirects; nobody signs herself up here.
    path("inactive/", route(OPEN)(views.AccountInactiveView.as_view()), name="account_inactive"),
    path("sign-up/", route(OPEN)(views.SignupView.as_view()), name="account_signup"),
]
