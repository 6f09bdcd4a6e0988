"""What the sitemap tells search engines, all its files together."""

import re
from urllib.parse import urlsplit

from django.urls import reverse


def addresses_in(response):
    assert response.status_code == 200
    return re.findall("<loc>([^<]+)</loc>", response.content.decode())


def listed(client):
    """Every address, in the order of the files."""
    files = addresses_in(client.get(reverse("sitemap")))
    return [address for file in files for address in addresses_in(client.get(urlsplit(file).path))]
