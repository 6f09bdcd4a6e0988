from house.agora.forms.posts import PostForm
from house.agora.forms.small import (
    AppealForm,
    CloseForm,
    DecisionForm,
    HelpedForm,
    MergeForm,
    ReportForm,
    SaidForm,
)

__all__ = [
    "AppealForm",
    "CloseForm",
    "DecisionForm",
    "HelpedForm",
    "MergeForm",
    "PostForm",
    "ReportForm",
    "SaidForm",
]
