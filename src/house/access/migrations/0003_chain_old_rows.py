import datetime
import hashlib
import json
from decimal import Decimal

from django.db import migrations


def plain(value):
    if isinstance(value, dict):
        return {str(key): plain(each) for key, each in value.items()}
    if isinstance(value, list):
        return [plain(each) for each in value]
    if isinstance(value, float) and value.is_integer():
        return int(Decimal(repr(value)))
    return value


def digest_of(previous, row):
    """What `access.chain.digest_of` said on the day when the chain began."""
    told = {
        "previous": previous,
        "number": row.number,
        "at": row.at.astimezone(datetime.timezone.utc).isoformat(timespec="microseconds"),
        "act": row.act,
        "kind": row.kind,
        "object_id": row.object_id,
        "person_id": row.person_id,
        "reason": row.reason,
        "facts": plain(row.facts),
    }
    text = json.dumps(told, sort_keys=True, ensure_ascii=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def chain(apps, schema_editor):
    rows = apps.get_model("access", "JournalRow").objects
    previous, batch = "", []
    for number, row in enumerate(rows.order_by("pk").iterator(chunk_size=2000), start=1):
        row.number = number
        row.digest = previous = digest_of(previous, row)
        batch.append(row)
        if len(batch) == 1000:
            rows.bulk_update(batch, ["number", "digest"])
            batch = []
    rows.bulk_update(batch, ["number", "digest"])


class Migration(migrations.Migration):
    dependencies = [("access", "0002_chain_columns")]

    operations = [migrations.RunPython(chain, migrations.RunPython.noop)]
