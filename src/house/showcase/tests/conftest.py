import io

import pytest
from PIL import Image

from house.partners.viewing import viewer_for
from house.showcase import actions

TEXT = "<p>" + "What neighbours keep together outlives the grant that began it. " * 4 + "</p>"


@pytest.fixture
def by(member):
    return viewer_for(member.person)


@pytest.fixture
def draft_of(db):
    """A draft of somebody's city, ready to be published."""

    def make(seated, title="A shed for everybody", **told):
        viewer = viewer_for(seated.person)
        made = actions.begin(by=viewer, city=seated.city_id)
        facts = {"title": title, "summary": "Tools that are shared.", "text": TEXT, **told}
        return actions.save_draft(made, facts, by=viewer, revision=0)

    return make


@pytest.fixture
def shown(draft_of):
    """A published showcase of somebody's city."""

    def make(seated, title="A shed for everybody", **told):
        return actions.publish(draft_of(seated, title, **told), by=viewer_for(seated.person))

    return make


@pytest.fixture
def photo():
    """A JPEG with a place, a maker and a camera in it."""
    picture = Image.new("RGB", (2000, 1200), "#227755")
    exif = Image.Exif()
    exif[0x013B], exif[0x010F] = "canary-maker", "canary-camera"
    exif.get_ifd(0x8825)[1] = "N"
    out = io.BytesIO()
    picture.save(out, "JPEG", exif=exif)
    return out.getvalue()
