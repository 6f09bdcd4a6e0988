from django.urls import path

from house.office import views, views_applications, views_exceptions, views_import, views_rights
from house.office.ledger import acts as ledger_acts
from house.office.ledger import views as ledger
from house.office.ledger import watch
from house.office.partnerships import acts, bulk, pages

app_name = "office"
urlpatterns = [
    path("", views.today, name="today"),
    path("journal/", views.journal, name="journal"),
    path("applications/", views_applications.applications, name="applications"),
    path(
        "applications/export/<str:form>/",
        views_applications.applications_export,
        name="applications_export",
    ),
    path("applications/<str:code>/", views_applications.application, name="application"),
    path(
        "applications/<str:code>/mail/",
        views_applications.application_mail,
        name="application_mail",
    ),
    path(
        "applications/<str:code>/<str:act>/",
        views_applications.application_act,
        name="application_act",
    ),
    path("partnerships/", pages.partnerships, name="partnerships"),
    path("partnerships/table.<str:form>", pages.partnership_table, name="partnership_table"),
    path("partnerships/open/", acts.partnership_open, name="partnership_open"),
    path("partnerships/new-city/", acts.partnership_city, name="partnership_city"),
    path("partnerships/bulk/", bulk.partnership_bulk, name="partnership_bulk"),
    path("partnerships/<str:slug>/", pages.partnership, name="partnership"),
    path("partnerships/<str:slug>/level/", acts.partnership_level, name="partnership_level"),
    path("partnerships/<str:slug>/extend/", acts.partnership_extend, name="partnership_extend"),
    path("partnerships/<str:slug>/renew/", acts.partnership_renew, name="partnership_renew"),
    path("partnerships/<str:slug>/end/", acts.partnership_end, name="partnership_end"),
    path("partnerships/<str:slug>/seats/", acts.partnership_seats, name="partnership_seats"),
    path("partnerships/<str:slug>/notes/", acts.partnership_notes, name="partnership_notes"),
    path(
        "partnerships/<str:slug>/take-back/",
        acts.partnership_take_back,
        name="partnership_take_back",
    ),
    path("ledger/", ledger.balances, name="ledger"),
    path("ledger/asked/", ledger.waiting, name="ledger_waiting"),
    path("ledger/asked/<str:code>/", ledger_acts.decide, name="ledger_decide"),
    path("ledger/benefits/", ledger_acts.benefits, name="ledger_benefits"),
    path("ledger/benefits/new/", ledger_acts.benefit_new, name="ledger_benefit_new"),
    path("ledger/benefits/<slug:code>/", ledger_acts.benefit_edit, name="ledger_benefit_edit"),
    path("ledger/renewals/", watch.renewals, name="ledger_renewals"),
    path("ledger/quiet/", watch.quiet, name="ledger_quiet"),
    path("ledger/cities/<str:slug>/", ledger.city, name="ledger_city"),
    path("ledger/cities/<str:slug>/grant/", ledger_acts.grant, name="ledger_grant"),
    path(
        "ledger/cities/<str:slug>/statement.<str:form>",
        ledger.download_statement,
        name="ledger_city_download",
    ),
    path("ledger/accounts/<str:code>/correct/", ledger_acts.correct, name="ledger_correct"),
    path("ledger/rows/<str:code>/undo/", ledger_acts.undo, name="ledger_undo"),
    path("ledger/<str:what>.<str:form>", ledger.download, name="ledger_download"),
    path("import/", views_import.import_page, name="import"),
    path("import/<str:code>/", views_import.import_run, name="import_run"),
    path("import/<str:code>/act/", views_import.import_act, name="import_act"),
    path("rights/", views_rights.rights, name="rights"),
    path("rights/versions/<int:number>/", views_rights.rights_version, name="rights_version"),
    path(
        "rights/versions/<int:number>/withdraw/",
        views_rights.rights_withdraw,
        name="rights_withdraw",
    ),
    path("rights/compare/", views_rights.rights_compare, name="rights_compare"),
    path("rights/edit/", views_rights.rights_edit, name="rights_edit"),
    path("rights/lay/", views_rights.rights_lay, name="rights_lay"),
    path("rights/exceptions/", views_exceptions.rights_exceptions, name="rights_exceptions"),
    path(
        "rights/exceptions/new/",
        views_exceptions.rights_exception_new,
        name="rights_exception_new",
    ),
    path(
        "rights/exceptions/<str:code>/end/",
        views_exceptions.rights_exception_revoke,
        name="rights_exception_revoke",
    ),
]
