from django.urls import path

from house.people.views import signing_in

urlpatterns = [path("", signing_in.mailbox, name="mailbox")]
