"""Duties of this room: what runs once a day, and what runs every minute."""

DAILY = ()
MINUTELY = ()
