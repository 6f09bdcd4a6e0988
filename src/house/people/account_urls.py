"""Sign-in: allauth's own views, of which the house opens only the typed code."""

from allauth.account import views
from django.urls import path

urlpatterns = [
    path("sign-in/", views.RequestLoginCodeView.as_view(), name="account_login"),
    path(
        "sign-in/code/request/",
        views.RequestLoginCodeView.as_view(),
        name="account_request_login_code",
    ),
    path("sign-in/code/", views.ConfirmLoginCodeView.as_view(), name="account_confirm_login_code"),
    path("sign-out/", views.LogoutView.as_view(), name="account_logout"),
    path("inactive/", views.AccountInactiveView.as_view(), name="account_inactive"),
    # allauth names these in its own mails and redirects; nobody signs herself up here.
    path("sign-up/", views.SignupView.as_view(), name="account_signup"),
]
