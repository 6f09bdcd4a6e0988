from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "house.people"
    is_guarded = True

    def ready(self) -> None:
        from django.contrib.auth.signals import user_logged_in

        from house.access import policy
        from house.people import access, erasure, privacy, sudo
        from house.people.models import ApiToken, ContactMessage, Mute, Person, SignIn, Tally

        policy.register(Person, access.PersonPolicy())
        policy.register(ApiToken, access.ApiTokenPolicy())
        policy.register(ContactMessage, access.ContactMessagePolicy())
        policy.register(Mute, access.MutePolicy())
        policy.register(SignIn, access.SignInPolicy())
        policy.register(Tally, policy.Policy())
        privacy.register()
        user_logged_in.connect(erasure.note_sign_in, dispatch_uid="people.erasure")
        user_logged_in.connect(sudo.note_sign_in, dispatch_uid="people.sudo")
