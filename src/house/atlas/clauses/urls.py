from django.urls import path

from house.atlas.clauses.views import correcting, curating, reading

app_name = "clauses"
urlpatterns = [
    path("", reading.compare, name="compare"),
    path("table.<str:form>", reading.table, name="table"),
    path("curate/", curating.curate, name="curate"),
    path("new/", curating.new, name="new"),
    path("find/", curating.find, name="find"),
    path("corrections/", correcting.corrections, name="corrections"),
    path("corrections/<str:code>/", curating.decide, name="decide"),
    path("correct/<str:city>/<str:field>/<str:type>/", correcting.correct, name="correct"),
    path("<str:code>/", reading.clause, name="clause"),
    path("<str:code>/edit/", curating.edit, name="edit"),
    path("<str:code>/act/", curating.act, name="act"),
]
