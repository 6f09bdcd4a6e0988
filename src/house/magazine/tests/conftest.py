import datetime
import io

import pytest
from django.core.files.images import ImageFile
from PIL import Image

from house.magazine.models import Article, Issue, Picture

MARCH = datetime.date(2026, 3, 1)


@pytest.fixture
def issue(db):
    """Out, with a public article, one for members and a draft."""
    made = Issue.objects.create(number=7, month=MARCH, title="What moved", live=True)
    for name, audience, live in (
        ("open", "public", True),
        ("closed", "members", True),
        ("draft", "public", False),
    ):
        Article.objects.create(
            issue=made, title=f"The zz{name} story", slug=name, teaser=f"Teaser of zz{name}.", live=live,
            audience=audience, body=[{"type": "text", "value": f"<p>Words of zz{name}.</p>"}],
        )  # fmt: skip
    return made


@pytest.fixture
def picture(db):
    content = io.BytesIO()
    Image.new("RGB", (60, 40), "teal").save(content, "PNG")
    made = Picture(title="A quay", description="A quay with three bicycles")
    made.file.save("quay.png", ImageFile(content, name="quay.png"))
    return made
