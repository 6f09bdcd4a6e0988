from house.access.viewer import Viewer
from house.notices.choosing import chosen_by
from house.notices.models import How

# The kind of mail, as it stands among a person's choices.
EDITION = "magazine.issue"


def gets_mail(viewer: Viewer) -> bool:
    """Does the mail edition reach her, unless her rhythm keeps all mail away?"""
    if viewer.person_id is None:
        return False
    how = chosen_by(viewer).get(EDITION)
    if how is None:
        return viewer.can("magazine.read")
    return how not in {How.OFF, How.INBOX}
