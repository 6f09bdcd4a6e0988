"""The languages of the house (BCP 47), with the names that their speakers use."""

LANGUAGES: dict[str, str] = {
    "en": "English", "nl": "Nederlands", "es": "Español", "fr": "Français", "de": "Deutsch", "sv": "Svenska",
    "da": "Dansk", "ca": "Català", "pt": "Português", "ko": "한국어", "he": "עברית", "zh": "中文",
}  # fmt: skip
RIGHT_TO_LEFT = {"he", "ar", "fa", "ur", "yi"}


def direction(language: str) -> str:
    return "rtl" if language.split("-", maxsplit=1)[0] in RIGHT_TO_LEFT else "ltr"


def name_of(language: str) -> str:
    """The language's own name, or its tag where the house does not speak it."""
    return LANGUAGES.get(language.split("-", maxsplit=1)[0], language)
