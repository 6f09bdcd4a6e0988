from django.urls import path

from house.memory import views

app_name = "memory"
urlpatterns = [
    path("", views.consents, name="consents"),
    path("ask-again/", views.ask_again, name="ask_again"),
    path("offers/<str:code>/withdraw/", views.offer_withdraw, name="offer_withdraw"),
    path("<str:code>/", views.consent, name="consent"),
]
