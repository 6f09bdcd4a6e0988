"""What the desk needs to find in the records. Runs after every migration; repeating it changes nothing."""

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import connection
from wagtail.models import Collection, Locale, Workflow, WorkflowContentType, WorkflowTask

from house.magazine.models import Article, Issue, SecondReader

# every row in this file: rows without which Wagtail's screens do not open


def set_up(**_sent: Any) -> None:
    if Collection._meta.db_table not in connection.introspection.table_names():
        return  # only some rooms were migrated
    if not Collection.objects.exists():
        Collection.add_root(name="Root")
    Locale.objects.get_or_create(language_code="en")
    workflow, is_new = Workflow.objects.get_or_create(name="A second reader")
    if is_new or not workflow.workflow_tasks.exists():
        task, _new = SecondReader.objects.get_or_create(name="Read by another editor")
        WorkflowTask.objects.get_or_create(workflow=workflow, task=task, defaults={"sort_order": 0})
    for model in (Article, Issue):
        kind = ContentType.objects.get_for_model(model)
        WorkflowContentType.objects.get_or_create(
            content_type=kind, defaults={"workflow": workflow}
        )
