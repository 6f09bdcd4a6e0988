"""`house <command>`: the door for operators.

Each command is a Django management command in the floor or room that owns it. Here they get one
manner: status 0 done, 1 refused (one sentence on stderr), 2 called wrongly.
"""

import os
import sys

OURS = (
    *(
        "start",
        "serve",
        "worker",
        "migrate",
        "demo",
        "import",
        "import-initiatives",
        "ask",
        "search",
        "evaluate",
        "reindex",
        "mobility",
    ),
    *(
        "bench",
        "signin-link",
        "token",
        "journal",
        "bounces",
        "mail-in",
        "mail-intake",
        "backup",
        "restore",
        "doctor",
    ),
)
# Where Django has a command of the name, ours does that and more.
OUR_OWN = {"migrate": "prepare"}


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "house.settings")
    sys.exit(run(sys.argv[1:]))


def run(arguments: list[str]) -> int:
    if not arguments or arguments[0] in {"-h", "--help", "help"}:
        print("house COMMAND [--help]\n\n  " + "\n  ".join(OURS))  # noqa: T201 -- the usage text
        return 0 if arguments else 2
    # Django is heavy and reads settings on import; usage errors need neither.
    import django  # noqa: PLC0415
    from django.core.exceptions import ImproperlyConfigured  # noqa: PLC0415
    from django.core.management import ManagementUtility  # noqa: PLC0415
    from django.core.management.base import CommandError  # noqa: PLC0415

    from house.ground.errors import Refused  # noqa: PLC0415

    name = OUR_OWN.get(arguments[0], arguments[0].replace("-", "_"))
    try:
        django.setup()
        utility = ManagementUtility(["house", name, *arguments[1:]])
        command = utility.fetch_command(name)
        # Not `run_from_argv`: it prints and exits by itself, with a status that isn't ours.
        parser = command.create_parser("house", name)
        try:
            options = vars(parser.parse_args(arguments[1:]))
        except CommandError as problem:
            problem.returncode = 2  # called wrongly
            raise
        args = options.pop("args", ())
        command.execute(*args, **options)
    except (CommandError, Refused, ImproperlyConfigured) as problem:
        print(f"house {arguments[0]}: {problem}", file=sys.stderr)  # noqa: T201 -- the door's voice
        return getattr(problem, "returncode", 1)
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:  # `house search … | head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 0


if __name__ == "__main__":
    main()
