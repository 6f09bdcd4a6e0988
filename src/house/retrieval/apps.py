from django.apps import AppConfig


class RetrievalConfig(AppConfig):
    name = "house.retrieval"
    label = "retrieval"
