"""The demonstration's showcases, faces and voices, as `showcase/demo/showcases.toml` tells them."""

import tomllib
from pathlib import Path
from typing import Any

import house.showcase
from house.access.viewer import Viewer
from house.memory.showing import shelf
from house.office.demo_showcase_drawings import drawn
from house.partners.viewing import viewer_for
from house.people.models import Person
from house.showcase import actions
from house.showcase.models import Face, Quotation, Showcase

# every row in this file: an operator seeds a demonstration

TOLD = Path(house.showcase.__file__).parent / "demo" / "showcases.toml"


def seed() -> None:
    """Repeating it changes nothing that somebody edited since."""
    told = tomllib.loads(TOLD.read_text(encoding="utf-8"))
    for row in told["showcases"]:
        if (by := _viewer(row["by"])) is not None and by.can("showcase.publish"):
            _seed_showcase(row, by)
    for row in told["faces"]:
        person = Person.objects.filter(email=row["by"]).first()
        by = _viewer(row["by"])
        if by and person and not Face.objects.filter(person=person).exists():
            actions.show_face(person, by=by, words=row["words"])
    if not Quotation.objects.filter(is_demonstration=True).exists():
        _seed_voices(told["voices"])


def _viewer(address: str) -> Viewer | None:
    """Of somebody who sits for her city now; None where the demonstration has no such person any more."""
    person = Person.objects.filter(email=address).first()
    by = viewer_for(person) if person else None
    return by if by and person and person.city_id in by.city_ids else None


def _seed_showcase(row: dict[str, Any], by: Viewer) -> None:
    person = Person.objects.get(pk=by.person_id)
    city = str(person.city_id)
    if Showcase.objects.filter(city=city, is_demonstration=True).exists():
        return
    start = shelf().open(by, row["entry"])
    made = actions.begin(by=by, city=city, entry=row["entry"] if start else "")
    Showcase.objects.filter(pk=made.pk).update(is_demonstration=True)
    picture = row["picture"]
    actions.add_picture(
        made, drawn(picture["drawing"]), f"{picture['drawing']}.png", by=by, alt=picture["alt"],
        caption=picture["caption"],
    )  # fmt: skip
    told = {key: row[key] for key in ("title", "summary", "text", "topics")}
    told |= {"language": "en", "video": row["film"]}
    actions.save_draft(made, told, by=by, revision=made.revision)
    actions.ask_contact(made, person, by=by, agrees=True, shows_address=False)
    actions.publish(made, by=by)


def _seed_voices(rows: list[dict[str, Any]]) -> None:
    for position, row in enumerate(rows):
        city = row.pop("city")
        Quotation.objects.create(
            **row, city_id=city or None, agreed_on=row["said_on"], position=position, is_shown=True,
            agreed_how="Invented for the demonstration: nobody could be asked.", is_demonstration=True,
        )  # fmt: skip
