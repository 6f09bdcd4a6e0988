from house.ground.errors import Refused


class Unreadable(Refused):
    """A file is not what it should be; the message names the file's place where reading stopped."""

    code = "unreadable"
    status = 422
