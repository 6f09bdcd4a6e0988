import datetime

import pytest
from django_tasks_db.models import DBTaskResult

from house.office.clock import DUTIES, MINUTELY, run_due

pytestmark = pytest.mark.django_db
MONDAY = datetime.datetime(2026, 11, 23, 7, 0, tzinfo=datetime.UTC)


def test_each_duty_begins_once_a_day_however_often_the_clock_looks():
    each_time = len(MINUTELY)
    assert run_due(MONDAY) == len(DUTIES) + each_time > each_time > 0
    assert run_due(MONDAY + datetime.timedelta(hours=5)) == each_time
    assert run_due(MONDAY + datetime.timedelta(days=1)) == len(DUTIES) + each_time
    assert DBTaskResult.objects.count() == 2 * len(DUTIES) + 3 * each_time


def test_what_is_due_each_minute_begins_once_in_it():
    run_due(MONDAY)
    assert run_due(MONDAY + datetime.timedelta(seconds=30)) == 0
    assert run_due(MONDAY + datetime.timedelta(seconds=60)) == len(MINUTELY)
