"""How much one person may say at once. Who is refused is told how much it was; nothing typed is lost."""

TITLE = 200  # characters
BODY = 40_000  # characters, about fifteen pages
COMMENT = 4_000
MENTIONS = 20
TOPICS = 5
FILES = 10
FILE_SIZE = 20 * 1024 * 1024
PER_HOUR = 30  # posts, answers and comments of one person
