from django.urls import path

from house.people import views

urlpatterns = [path("", views.mailbox, name="mailbox")]
