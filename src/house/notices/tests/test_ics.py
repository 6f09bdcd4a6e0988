"""The reader of calendars from outside: real and pathological files, against readers that aren't ours."""

import datetime
import time

import icalendar
import pytest
import recurring_ical_events
from dateutil.rrule import rrulestr
from hypothesis import given, settings
from hypothesis import strategies as st

from house.notices.ics import NotACalendar, busy
from house.notices.ics.recurrence import Purse, occurrences, rule_of

UTC = datetime.UTC
Moment = datetime.datetime
YEAR = (Moment(2026, 1, 1, tzinfo=UTC), Moment(2027, 1, 1, tzinfo=UTC))


def ics(*lines, zones=""):
    body = "\r\n".join(("BEGIN:VEVENT", "UID:1", *lines, "END:VEVENT"))
    return f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{zones}{body}\r\nEND:VCALENDAR\r\n".encode()


def spans(raw, since=YEAR[0], until=YEAR[1], zone="UTC"):
    return [
        f"{begin:%m-%d %H:%M}–{end:%m-%d %H:%M}" for begin, end in busy(raw, since, until, zone)
    ]


def test_a_weekly_meeting_keeps_its_local_hour_when_clocks_change():
    raw = ics(
        "DTSTART;TZID=Europe/Amsterdam:20260320T090000", "DURATION:PT1H", "RRULE:FREQ=WEEKLY;COUNT=3",
        "EXDATE;TZID=Europe/Amsterdam:20260327T090000",
    )  # fmt: skip
    assert spans(raw) == ["03-20 08:00–03-20 09:00", "04-03 07:00–04-03 08:00"]


def test_a_moved_occurrence_takes_the_place_of_the_old_one():
    first = ics("DTSTART:20260105T100000Z", "DTEND:20260105T110000Z", "RRULE:FREQ=DAILY;COUNT=3")
    moved = ics(
        "RECURRENCE-ID:20260106T100000Z", "DTSTART:20260106T150000Z", "DTEND:20260106T160000Z"
    )
    whole = first.replace(b"END:VCALENDAR\r\n", b"") + moved.partition(b"2.0\r\n")[2]
    assert spans(whole) == [
        "01-05 10:00–01-05 11:00",
        "01-06 15:00–01-06 16:00",
        "01-07 10:00–01-07 11:00",
    ]


@pytest.mark.parametrize(
    ("lines", "found"),
    [
        (["DTSTART;VALUE=DATE:20260701"], ["06-30 22:00–07-01 22:00"]),
        (["DTSTART:20260701T090000", "DTEND:20260701T100000"], ["07-01 07:00–07-01 08:00"]),
        (["DTSTART;VALUE=DATE:20260701", "TRANSP:TRANSPARENT"], []),
        (["DTSTART:20260701T090000Z", "DTEND:20260701T100000Z", "STATUS:CANCELLED"], []),
        (["DTSTART:20260701T090000Z", "DTEND:20260701T080000Z"], []),
        (["DTSTART:20260701T090000Z"], []),
        (["DTSTART:20260701T090000Z", "DURATION:P1W"], ["07-01 09:00–07-08 09:00"]),
        (["DTSTART:20251231T230000Z", "DURATION:PT2H"], ["01-01 00:00–01-01 01:00"]),
        (["DTSTART;TZID=W. Europe Standard Time:20260701T090000", "DURATION:PT1H"], ["07-01 07:00–07-01 08:00"]),
        (["DTSTART;TZID=/mozilla.org/20050126_1/Asia/Seoul:20260701T090000", "DURATION:PT1H"], ["07-01 00:00–07-01 01:00"]),
        (["DTSTART;TZID=Nowhere:20260701T090000", "DURATION:PT1H"], ["07-01 07:00–07-01 08:00"]),
    ],
)  # fmt: skip
def test_when_somebody_is_busy(lines, found):
    assert spans(ics(*lines), zone="Europe/Amsterdam") == found


OWN = (
    "BEGIN:VTIMEZONE\r\nTZID:Ours\r\nBEGIN:STANDARD\r\nDTSTART:20201025T030000\r\nTZOFFSETFROM:+0200\r\n"
    "TZOFFSETTO:+0100\r\nRRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU\r\nEND:STANDARD\r\nBEGIN:DAYLIGHT\r\n"
    "DTSTART:20200329T020000\r\nTZOFFSETFROM:+0100\r\nTZOFFSETTO:+0200\r\n"
    "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU\r\nEND:DAYLIGHT\r\nEND:VTIMEZONE\r\n"
)


def test_a_zone_of_their_own_is_followed_and_ends_with_its_file():
    one = ics("DTSTART;TZID=Ours:20260701T090000", "DURATION:PT1H", zones=OWN)
    assert spans(one, zone="Asia/Seoul") == ["07-01 07:00–07-01 08:00"]
    two = ics("DTSTART;TZID=Ours:20260101T090000", "DURATION:PT1H", zones=OWN)
    assert spans(two, zone="Asia/Seoul") == ["01-01 08:00–01-01 09:00"]
    without = ics("DTSTART;TZID=Ours:20260701T090000", "DURATION:PT1H")
    assert spans(without, zone="Asia/Seoul") == ["07-01 00:00–07-01 01:00"]


def test_free_busy_answers_are_read():
    raw = (
        b"BEGIN:VCALENDAR\nBEGIN:VFREEBUSY\nFREEBUSY:20260701T090000Z/PT1H,20260701T093000Z/20260701T110000Z\n"
        b"FREEBUSY;FBTYPE=FREE:20260702T090000Z/PT1H\nEND:VFREEBUSY\nEND:VCALENDAR\n"
    )
    assert spans(raw) == ["07-01 09:00–07-01 11:00"]


def said(raw, *window):
    """The sentence of a refusal, or that the file is read."""
    try:
        busy(raw, *window)
    except NotACalendar as problem:
        return problem.message
    return "Read."


HOSTILE = {
    "every second since 1970": ics("DTSTART:19700101T000000Z", "DURATION:PT1S", "RRULE:FREQ=SECONDLY"),
    "a count from long ago": ics("DTSTART:19000101T000000Z", "RRULE:FREQ=SECONDLY;COUNT=9999999"),
    "never": ics("DTSTART:20260101T000000Z", "RRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30"),
    "never, by weeks": ics("DTSTART:00020101T000000Z", "RRULE:FREQ=WEEKLY;COUNT=5;BYMONTH=2;BYMONTHDAY=30"),
    "times without number": ics(
        "DTSTART:20260101T000000Z",
        f"RRULE:FREQ=DAILY;BYHOUR={','.join(map(str, range(24)))};BYMINUTE={','.join(map(str, range(60)))};BYSECOND={','.join(map(str, range(60)))}",
    ),
    "a hundred thousand dates": ics("DTSTART:20260101T000000Z", f"RDATE:{','.join(['20260301T000000Z'] * 100_000)}"),
    "deep": b"BEGIN:VCALENDAR\n" + b"BEGIN:VEVENT\n" * 10_000,
    "many": b"BEGIN:VCALENDAR\n" + b"BEGIN:VEVENT\nDTSTART:20260101T000000Z\nRRULE:FREQ=DAILY\nEND:VEVENT\n" * 19_000,
    "a long line": b"BEGIN:VCALENDAR\nX-A:" + b"a" * 3_000_000 + b"\nEND:VCALENDAR",
    "a thousand folds": b"BEGIN:VCALENDAR\nX-A:" + b"\n a" * 1_000_000 + b"\nEND:VCALENDAR",
    "too large": b"BEGIN:VCALENDAR\n" + b"X-A:b\n" * 1_000_000,
    "quotation marks": b"BEGIN:VCALENDAR\n" + b'A;B="' * 900_000,
    "no calendar": b"<!doctype html><title>Sign in</title>",
    "nothing": b"",
    "a zone set each second": ics(
        "DTSTART;TZID=X:20260101T000000", "DURATION:PT1H",
        zones="BEGIN:VTIMEZONE\r\nTZID:X\r\nBEGIN:STANDARD\r\nDTSTART:19000101T000000\r\nTZOFFSETTO:+0100\r\n"
        "RRULE:FREQ=SECONDLY\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n",
    ),
    "the year 9999": ics("DTSTART:99991231T235959Z", "DURATION:P999999W", "RRULE:FREQ=YEARLY;INTERVAL=99999999999"),
    "the year 1": ics("DTSTART;TZID=Asia/Seoul:00010101T000000", "RRULE:FREQ=YEARLY"),
    "arabic digits": ics("DTSTART:٢٠٢٦٠٧٠١T٠٩٠٠٠٠Z", "RRULE:FREQ=DAILY;COUNT=٣"),
}  # fmt: skip


@pytest.mark.parametrize("raw", HOSTILE.values(), ids=list(HOSTILE))
def test_hole_12_a_hostile_calendar_is_read_or_refused_with_a_sentence_and_in_time(raw):
    begun = time.process_time()
    assert said(raw, *YEAR).endswith(".")
    assert time.process_time() - begun < 12


LETTERS = st.sampled_from(
    [b"BEGIN:VCALENDAR\n", b"BEGIN:VEVENT\n", b"END:VEVENT\n", b"END:VCALENDAR\n", b"DTSTART", b"DTEND", b"RRULE:",
     b"FREQ=DAILY", b";", b":", b"=", b"20260101T000000Z", b"TZID=", b"\n", b"\r\n ", b"-", b"EXDATE:", b"RDATE:",
     b"BEGIN:VTIMEZONE\n", b"TZOFFSETTO:", b"+0100", b"DURATION:P", b"T", b"99", b'"', b",", b"/", b"\\", b"BYDAY=",
     b"-1SU", b"INTERVAL=", b"COUNT=", b"UNTIL=", b"RECURRENCE-ID:", b"FREEBUSY:", b"BEGIN:VFREEBUSY\n"]
)  # fmt: skip


@settings(deadline=None)
@given(st.one_of(st.binary(max_size=300), st.lists(LETTERS, max_size=40).map(b"".join)))
def test_no_bytes_bring_the_reader_down(raw):
    try:
        found = busy(b"BEGIN:VCALENDAR\n" + raw, *YEAR, "Asia/Seoul")
    except NotACalendar:
        return
    assert all(YEAR[0] <= begin < end <= YEAR[1] for begin, end in found)


PARTS = {
    "BYMONTH": st.sampled_from(["1", "3,9", "12"]),
    "BYMONTHDAY": st.sampled_from(["1", "13,31", "-1", "29,-15"]),
    "BYDAY": st.sampled_from(["MO", "TU,TH", "SU,SA,WE"]),
    "BYHOUR": st.sampled_from(["9", "8,17"]),
    "INTERVAL": st.sampled_from(["1", "2", "5"]),
    "COUNT": st.sampled_from(["1", "4", "30"]),
    "WKST": st.sampled_from(["MO", "SU"]),
    "BYSETPOS": st.sampled_from(["1", "-1", "1,-2"]),
    "BYYEARDAY": st.sampled_from(["1,100", "-1"]),
}


@st.composite
def rules(draw):
    freq = draw(st.sampled_from(["YEARLY", "MONTHLY", "WEEKLY", "DAILY"]))
    # dateutil begins the first week at the first occurrence, where a place in the set tells that apart.
    left_out = {
        "YEARLY": set(), "MONTHLY": {"BYYEARDAY"}, "WEEKLY": {"BYMONTHDAY", "BYYEARDAY", "BYSETPOS"},
        "DAILY": {"BYYEARDAY", "BYSETPOS"},
    }[freq]  # fmt: skip
    names = draw(st.sets(st.sampled_from(sorted(PARTS.keys() - left_out)), max_size=4))
    if names <= {"BYSETPOS", "INTERVAL", "COUNT", "WKST"}:
        names -= {"BYSETPOS"}
    told = [f"FREQ={freq}", *(f"{name}={draw(PARTS[name])}" for name in sorted(names))]
    if freq in {"YEARLY", "MONTHLY"} and "BYDAY" not in names and draw(st.booleans()):
        told.append(f"BYDAY={draw(st.sampled_from(['-1SU', '2TU', '1MO,-2FR']))}")
    return ";".join(told)


@settings(deadline=None)
@given(rule=rules(), day=st.integers(0, 1500), skip=st.integers(-20, 900))
def test_rules_are_followed_as_dateutil_follows_them(rule, day, skip):
    start = Moment(2022, 1, 1, 9) + datetime.timedelta(days=day)
    theirs = rrulestr(rule, dtstart=start)
    since = start + datetime.timedelta(days=skip)
    until = since + datetime.timedelta(days=400)
    ours = list(occurrences(start, rule_of(rule), since, until, Purse()))
    if not theirs.between(start, start, inc=True):
        # A first time beside its own rule takes place all the same, and counts.
        if "COUNT" in rule:
            return
        ours = [each for each in ours if each != start]
    assert ours == theirs.between(since, until, inc=True)


def files(corpus):
    return sorted((corpus / "calendar").rglob("*.ics"))


@settings(deadline=None)
@given(year=st.integers(1990, 2060), week=st.sampled_from([1, 2, 20, 52, 53, -1]))
def test_weeks_are_counted_as_iso_counts_them(year, week):
    """dateutil counts them wrongly where a year has 53; Python's own calendar doesn't."""
    rule = rule_of(f"FREQ=YEARLY;BYWEEKNO={week};BYDAY=MO,TU,WE,TH,FR,SA,SU")
    start = Moment(1985, 1, 1, 9)
    days = {
        day.date()
        for day in occurrences(start, rule, Moment(year, 1, 1), Moment(year, 12, 31, 23), Purse())
    }
    weeks = {}
    for number in range(366):
        day = datetime.date(year, 1, 1) + datetime.timedelta(days=number)
        if day.year == year:
            of_year, iso, _weekday = day.isocalendar()
            last = datetime.date(of_year, 12, 28).isocalendar()[1]
            weeks.setdefault(iso, set()).add(day)
            weeks.setdefault(iso - last - 1, set()).add(day)
    assert days == weeks.get(week, set())


@pytest.mark.corpus
def test_each_real_calendar_is_read_or_refused_with_a_sentence(corpus):
    told = {}
    for path in files(corpus):
        raw = path.read_bytes()
        begun = time.process_time()
        for year in (2004, 2015, 2026):
            window = Moment(year, 1, 1, tzinfo=UTC), Moment(year + 1, 1, 1, tzinfo=UTC)
            told[path.name] = said(raw, *window, "Europe/Amsterdam")
        assert time.process_time() - begun < 5, path
    assert all(sentence.endswith(".") for sentence in told.values())
    assert sum(sentence == "Read." for sentence in told.values()) >= 135


# Where the other reader does not read what this one does, or the standard leaves it open.
OTHERWISE = {
    "rfc5545-sec3.6.4.ics": "it passes by VFREEBUSY",
    "blalor.ics": "an occurrence that is excluded and moved has moved",
    "lotr-updated.ics": "a rule that ends before the first time leaves the first time",
}


@pytest.mark.corpus
def test_busy_times_are_those_of_another_reader(corpus):
    """`recurring_ical_events` over `icalendar`, where they read the file at all."""
    wrong, compared = [], 0
    for path in files(corpus):
        raw = path.read_bytes()
        if len(raw) > 60_000:
            continue  # the other reader takes seconds for each
        for year in (2004, 2015, 2021):
            since, until = Moment(year, 1, 1, tzinfo=UTC), Moment(year + 1, 1, 1, tzinfo=UTC)
            theirs = _theirs(raw, since, until)
            if theirs and path.name not in OTHERWISE:
                compared += 1
                if busy(raw, since, until) != theirs:
                    wrong.append((path.name, year))
    assert wrong == []
    assert compared >= 20


def _theirs(raw, since, until):
    try:
        calendars = icalendar.Calendar.from_ical(raw, multiple=True)
        found = []
        for calendar in calendars:
            for part in recurring_ical_events.of(calendar).between(since, until):
                if (
                    str(part.get("STATUS", "")).upper() == "CANCELLED"
                    or str(part.get("TRANSP", "")).upper() == "TRANSPARENT"
                ):
                    continue
                begin, end = _moment(part.start), _moment(part.end)
                if begin < end and begin < until and end > since:
                    found.append((max(begin, since), min(end, until)))
    except Exception:  # noqa: BLE001 -- their limits are not ours
        return None
    joined = []
    for begin, end in sorted(found):
        if joined and begin <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        else:
            joined.append((begin, end))
    return joined


def _moment(value):
    if not isinstance(value, Moment):
        value = Moment.combine(value, datetime.time())
    return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)
