from house.alex.forms.entry import EntryForm
from house.alex.forms.rows import Rows
from house.alex.forms.small import (
    AdoptionForm,
    AnswerForm,
    FileForm,
    NoteForm,
    ReasonForm,
    ResultForm,
)

__all__ = [
    "AdoptionForm",
    "AnswerForm",
    "EntryForm",
    "FileForm",
    "NoteForm",
    "ReasonForm",
    "ResultForm",
    "Rows",
]
