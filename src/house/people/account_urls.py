"""Sign-in: allauth's own views, of which the house opens only those named here."""

from allauth.account import views
from django.urls import path

from house.access.routes import OPEN, route

urlpatterns = [
    path("sign-in/", route(OPEN)(views.RequestLoginCodeView.as_view()), name="account_login"),
    path(
        "sign-in/code/request/",
        route(OPEN)(views.RequestLoginCodeView.as_view()),
        name="account_request_login_code",
    ),
    path(
        "sign-in/code/",
        route(OPEN)(views.ConfirmLoginCodeView.as_view()),
        name="account_confirm_login_code",
    ),
    path("sign-out/", route(OPEN)(views.LogoutView.as_view()), name="account_logout"),
    path("inactive/", route(OPEN)(views.AccountInactiveView.as_view()), name="account_inactive"),
    # allauth names these in its own mails and redirects; nobody signs herself up here.
    path("sign-up/", route(OPEN)(views.SignupView.as_view()), name="account_signup"),
]
