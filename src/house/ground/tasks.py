"""Background work: the one import, so that the backend can change without touching a room."""

from django_tasks import task

__all__ = ["task"]
