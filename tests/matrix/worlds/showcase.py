"""What of showcase stands in the world of the matrix: three showcases of our city, voices with and without consent."""

import datetime
import io

from PIL import Image

from house.partners.viewing import viewer_for
from house.showcase import actions
from house.showcase.models import Contact, Quotation

# Word → who may meet it, as a phrase of the table.
SECRETS = {
    "zzshowdraft": "ours",
    "zzshowgone": "ours, reviewers",
    "zzvoicekept": "reviewers",
}
_LONG = " ".join(["It took two years and many evenings in halls that smelt of coffee."] * 3)


def _showcase(by, word, *, published):
    made = actions.begin(by=by, city="ours")
    told = {
        "title": f"Something {len(word)}",
        "summary": f"About {word}.",
        "text": f"<p>{word} {_LONG}</p>",
    }
    actions.save_draft(made, told, by=by, revision=0)
    return actions.publish(made, by=by) if published else made


def _points():
    out = io.BytesIO()
    Image.new("RGB", (8, 8), "#336699").save(out, "PNG")
    return out.getvalue()


def things(world, cities):
    """Thing → state → the arguments of its address. `world.persons` holds a person of each kind."""
    by = viewer_for(world.persons["partner"])
    published = _showcase(by, "yyshown", published=False)
    picture = actions.add_picture(published, _points(), "a.png", by=by, alt="Blue")
    actions.publish(published, by=by)
    draft = _showcase(by, "zzshowdraft", published=False)
    withdrawn = _showcase(by, "zzshowgone", published=True)
    actions.withdraw(withdrawn, by=by)
    asked = Contact.objects.create(showcase=published, person=world.persons["partner"])
    today = datetime.date(2026, 1, 2)
    told = {"text": "Words", "role": "Adviser", "said_on": today, "source": "A talk"}
    shown = Quotation.objects.create(
        name="Yyvoice", agreed_on=today, agreed_how="By letter", is_shown=True, **told
    )
    kept = Quotation.objects.create(name="Zzvoicekept", **told)
    by_state = {"published": published, "draft": draft, "withdrawn": withdrawn}
    slugs = {state: {"slug": thing.slug} for state, thing in by_state.items()}
    return {
        "showcase": slugs,
        "ourshowcase": slugs,
        "embedded": slugs,
        "carded": {
            **{state: {"kind": "showcase", **told} for state, told in slugs.items()},
            "entry": {"kind": "entry", "slug": "entry-public"},
            "inside": {"kind": "entry", "slug": "entry-alliance"},
        },
        "picture": {"published": {"slug": published.slug, "code": picture.code, "size": "small"}},
        "askedcontact": {"asked": {"code": asked.code}},
        "voice": {"shown": {"code": shown.code}, "kept": {"code": kept.code}},
    }
