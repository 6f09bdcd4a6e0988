import datetime

import pytest
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from house.office.clock import DUTIES, MINUTELY, run_due
from house.office.tasks import forget_finished_work

pytestmark = pytest.mark.django_db
MONDAY = datetime.datetime(2026, 11, 23, 7, 0, tzinfo=datetime.UTC)


def test_each_duty_begins_once_a_day_however_often_the_clock_looks():
    each_time = len(MINUTELY)
    assert run_due(MONDAY) == len(DUTIES) + each_time > each_time > 0
    assert run_due(MONDAY + datetime.timedelta(hours=5)) == each_time
    assert run_due(MONDAY + datetime.timedelta(days=1)) == len(DUTIES) + each_time
    assert DBTaskResult.objects.count() == 2 * len(DUTIES) + 3 * each_time


@pytest.mark.parametrize(
    ("state", "days", "stays"),
    [("SUCCESSFUL", 2, True), ("SUCCESSFUL", 4, False), ("FAILED", 29, True), ("FAILED", 31, False),
     ("READY", 400, True)],
)  # fmt: skip
def test_rows_of_finished_work_go_failed_ones_later_waiting_ones_never(state, days, stays):
    run_due(MONDAY)
    then = timezone.now() - datetime.timedelta(days=days)
    finished = None if state == "READY" else then
    DBTaskResult.objects.update(status=state, enqueued_at=then, finished_at=finished)
    forget_finished_work.call()
    assert DBTaskResult.objects.exists() == stays


def test_what_is_due_each_minute_begins_once_in_it():
    run_due(MONDAY)
    assert run_due(MONDAY + datetime.timedelta(seconds=30)) == 0
    assert run_due(MONDAY + datetime.timedelta(seconds=60)) == len(MINUTELY)
