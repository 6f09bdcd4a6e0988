"""How much an import will read. All are checked before the reading, or while it goes on."""

MEGABYTE = 1024 * 1024
# By format: what a real document of the kind never reaches and one machine still carries.
FILE_LIMITS = {
    "jsonl": 200 * MEGABYTE,
    "csv": 100 * MEGABYTE,
    "json": 50 * MEGABYTE,
    "pdf": 100 * MEGABYTE,
    "docx": 50 * MEGABYTE,
    "markdown": 10 * MEGABYTE,
    "html": 20 * MEGABYTE,
    "vtt": 10 * MEGABYTE,
    "srt": 10 * MEGABYTE,
}
FOLDER_FILES = 20_000
UPLOAD_BYTES = 250 * MEGABYTE
UNPACKED_BYTES = 200 * MEGABYTE  # what a DOCX may unpack to …
UNPACKED_RATIO = 200  # … and how many times its own size, once it is larger than a few megabytes
DOCUMENT_LETTERS = 5_000_000
PASSAGE_LETTERS = 50_000
TITLE_LETTERS = 300
ID_LETTERS = 200
APART_SECONDS = 90
APART_BYTES = 1536 * MEGABYTE
TAG_DEPTH = 1000
