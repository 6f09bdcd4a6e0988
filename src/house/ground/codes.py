import secrets

# No vowels and nothing that looks like another letter: no words by accident, no misreading aloud.
ALPHABET = "23456789bcdfghjkmnpqrstvwxz"


def short_code(length: int = 10) -> str:
    """A random code for a URL; ten letters make about 47 bits."""
    return "".join(secrets.choice(ALPHABET) for _ in range(length))
