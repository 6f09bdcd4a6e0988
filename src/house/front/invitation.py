"""The words of the front page that no record holds."""

from django.utils.translation import gettext_lazy as _

# Asked in the languages of those who would ask them.
QUESTIONS = (
    ("en", "How do cities register short-term rentals?"),
    ("sv", "Vad gick fel med lånecyklar?"),
    ("nl", "Hoe beschermen steden platformwerkers?"),
)
REASONS = (
    (
        _("Ask at any hour"),
        _(
            "ALEX, our lexicon, answers with passages that prove it, in the words of the city that "
            "wrote them, and says so when it doesn't know."
        ),
    ),
    (
        _("Hear what failed"),
        _(
            "A failure is as easy to write, find and credit here as a success. It is the cheapest "
            "lesson another city can get."
        ),
    ),
    (
        _("Reach the people who did it"),
        _(
            "Every entry has an owner: a role in a city hall, not a forgotten name. Behind the answer "
            "stands somebody to call."
        ),
    ),
)
# What each level is about, the lowest first; what it brings is read from the table of rights.
PROMISES_OF_LEVELS = (_("Follow everything"), _("Take part"), _("Have us over"))
JOINING = (
    (_("Write to us"), _("Two sentences are enough: your city, and what keeps you busy.")),
    (
        _("We talk"),
        _("Half an hour online, about what you look for and what you could tell others."),
    ),
    (
        _("Your city gets its seats"),
        _("Seats belong to roles. When people move on, the seat and its promises stay."),
    ),
    (
        _("Take something home"),
        _("Begin with one thing another city tried. Tell us after six months how it went."),
    ),
)
FUTURES = (
    (_("Shared"), _("Everybody has a way to what a good life takes, whether or not they own it.")),
    (
        _("Sustainable"),
        _("A city is a part of what lives around it, near and far, and leaves it room."),
    ),
    (
        _("Smart"),
        _("Technology is judged by what it does for the first two, and is put to work for them."),
    ),
)
PROMISES = (
    (
        _("We tell how it went"),
        _("Trust begins with the failure that somebody did not have to tell."),
    ),
    (_("We meet"), _("In this house all year round, and once a year in the city of a member.")),
    (
        _("We remember together"),
        _(
            "Best and worst practices, policies, research and recordings: kept, proven, open day and night."
        ),
    ),
    (
        _("We help each other out"),
        _("A struggle that is told finds somebody who has had it before."),
    ),
)
WHY = (
    _("People in many cities whom you can ask, worry with, and celebrate with."),
    _("A foundation that takes the time to know you, online and on site."),
    _("Seminars, workshops, digital meetings and summits on topics that you suggest."),
    _("What happens around you, sorted: what moves in the alliance becomes something you can use."),
    _("A magazine every month, of what members wrote and what is worth reading elsewhere."),
    _("ALEX, at any hour: experiences, cases, policies and research in one place."),
)
