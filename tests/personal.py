"""Every column of the house that points to a person, or could hold her address."""

import re

from django.apps import apps
from django.contrib.sessions.models import Session
from django.db import models

from house.people.models import Person

# Numbers instead of foreign keys, as append-only tables keep them.
NUMBER = re.compile(r"person|actor|author|member|user|_by$|^by$|sender|receiver|writer")


def models_of_the_house():
    """Without those that a test of the same process made for itself: they need not have a table."""
    return [
        model
        for model in apps.get_models(include_auto_created=True)
        if ".tests." not in model.__module__
    ]


def columns():
    found = set()
    for model in models_of_the_house():
        for field in model._meta.local_fields:
            label = f"{model._meta.label}.{field.name}"
            if field.is_relation:
                if field.related_model is Person:
                    found.add(label)
            elif "email" in field.name or (
                isinstance(field, models.IntegerField) and NUMBER.search(field.name)
            ):
                found.add(label)
    return found


def texts():
    """(table.column, text) of every text in the database, JSON and bytes included."""
    for model in models_of_the_house():
        fields = [
            field
            for field in model._meta.local_fields
            if isinstance(
                field, models.CharField | models.TextField | models.JSONField | models.FileField
            )
            or type(field).__name__ in {"GenericIPAddressField", "UUIDField"}
        ]
        if model is Session:
            for session in model.objects.all():  # every row: as below
                yield "sessions.Session", str(session.get_decoded())
        for field in fields:
            # every row: the point of it
            for value in model._default_manager.values_list(field.name, flat=True):
                yield f"{model._meta.label}.{field.name}", str(value)
