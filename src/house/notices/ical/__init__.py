"""iCalendar (RFC 5545) as the house writes and reads it."""
