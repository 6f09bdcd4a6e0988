import datetime

import pytest
from django_tasks_db.models import DBTaskResult

from house.office.clock import DUTIES, run_due

pytestmark = pytest.mark.django_db
MONDAY = datetime.datetime(2026, 11, 23, 7, 0, tzinfo=datetime.UTC)


def test_each_duty_begins_once_a_day_however_often_the_clock_looks():
    assert run_due(MONDAY) == len(DUTIES) > 0
    assert run_due(MONDAY + datetime.timedelta(hours=5)) == 0
    assert run_due(MONDAY + datetime.timedelta(days=1)) == len(DUTIES)
    assert DBTaskResult.objects.count() == 2 * len(DUTIES)
