import datetime

from django.utils import translation
from django.utils.formats import date_format


def test_days_and_hours_are_written_alike_everywhere_in_english():
    moment = datetime.datetime(2026, 11, 5, 14, 30, tzinfo=datetime.UTC)
    with translation.override("en"):
        assert date_format(moment, "DATE_FORMAT") == "5 November 2026"
        assert date_format(moment, "DATETIME_FORMAT") == "5 November 2026, 14:30"
    with translation.override("de"):
        assert date_format(moment, "DATE_FORMAT") == "5. November 2026"
