from modelsearch.apps import ModelSearchAppConfig


class DeskConfig(ModelSearchAppConfig):
    """By what Wagtail looks for words: it asks for such an app. The records answer; no index is kept."""

    name = "house.magazine.desk"
    label = "magazine_desk"
    verbose_name = "Magazine's desk"
    backend_setting_name = "WAGTAILSEARCH_BACKENDS"
    default = True

    def ready(self) -> None:
        """Wagtail's own would listen to whatever is saved, for an index that is not there."""
