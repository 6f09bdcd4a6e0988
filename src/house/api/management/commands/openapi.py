import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from house.api.service import openapi_document

CONTRACT = Path(__file__).parents[5] / "docs" / "openapi.json"


def written() -> str:
    return json.dumps(openapi_document(), indent=1, sort_keys=True, ensure_ascii=False) + "\n"


class Command(BaseCommand):
    help = "Write the API's contract to docs/openapi.json, where review sees every change of it."

    def handle(self, *args: Any, **options: Any) -> None:
        CONTRACT.write_text(written(), encoding="utf-8")
        self.stdout.write(f"Written: {CONTRACT.name}")
