"""Days and hours in English as an alliance of cities writes them; Django's own are those of one country.

Read by `django.utils.formats` through the setting FORMAT_MODULE_PATH.
"""

DATE_FORMAT = "j F Y"
TIME_FORMAT = "H:i"
DATETIME_FORMAT = "j F Y, H:i"
SHORT_DATE_FORMAT = "j M Y"
SHORT_DATETIME_FORMAT = "j M Y, H:i"
