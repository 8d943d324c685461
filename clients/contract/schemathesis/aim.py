"""Where requests are led, so that more of them come further than the first refusal. One in four stays as it was made up."""

import random
import re
import uuid
from collections import defaultdict

from schemathesis.core.parameters import ParameterLocation
from schemathesis.generation.meta import negated_parameters

from people import MOST_IDS, known_ids, network_apart, placeholders, sign_in

SHARE = 0.75

# What they do to a network, the rest of the attack would miss it for.
APART = {"transitionNetwork", "moveNetwork", "updateRetentionPolicy", "createRetentionRun"}

# Lists that are sent whole have no pages, and what goes with text/csv goes with nothing else.
PAGE = ("limit", "cursor")
CSV = ("delimiter", "byteOrderMark")
LEFT_OUT = {"csv": PAGE, "jsonl": PAGE + CSV, "xlsx": PAGE + CSV}
# Sealed by the server.
SEALED = ("cursor", "after")
# What a figure counted: keys that go together in few ways, and with `figure` alone.
COUNTED = ("figure", "at", "from", "to", "cyclesFrom", "cyclesTo")

known: dict[str, list[str]] = {}
seen: dict[str, set[str]] = defaultdict(set)
holds: dict[str, str] = {}


def look_around(contract, who):
    """What there is, before anything is asked for."""
    token = sign_in(who)
    known.update(known_ids(contract, token))
    holds.update(placeholders(contract["paths"]))
    for name, ids in known.items():
        seen[name].update(ids)
    apart = network_apart(known["networkId"], token)
    known["apart"] = [apart] if apart else []


def remember(response):
    """What was made can be asked for."""
    location = response.headers.get("location", [""])[0].split("/")
    if response.status_code == 201 and len(location) > 2 and location[-2] in holds:
        name, id = holds[location[-2]], location[-1]
        ids = known.setdefault(name, [])
        ids.append(id)
        seen[name].add(id)
        del ids[:-MOST_IDS]


def lead(case, operation):
    chance = random.Random(repr((case.path_parameters, case.query, sorted((case.headers or {}).items()), case.body)))
    path(case, operation, chance)
    query(case, chance)
    if_match(case, chance)
    if operation in ("createWebhook", "updateWebhook"):
        tell_nobody(case.body)
    refer(case.body, chance)


def path(case, operation, chance):
    """An id that nothing has gives way to one that something has."""
    for name, value in (case.path_parameters or {}).items():
        if name == "networkId" and operation in APART and known["apart"] and is_id(value):
            case.path_parameters[name] = known["apart"][0]
        elif known.get(name) and is_id(value) and value not in seen[name] and chance.random() < SHARE:
            case.path_parameters[name] = chance.choice(known[name])


def query(case, chance):
    """Keys that do not go with the others are left out, but for those that are wrong on purpose."""
    if chance.random() > SHARE:
        return
    given = case.query or {}
    counted = COUNTED if any(one["name"] == "figure" for one in parameters_of(case)) else ()
    for name in (*SEALED, *counted, *LEFT_OUT.get(str(given.get("format")), CSV)):
        if name in given and not is_wrong(case, name, ParameterLocation.QUERY):
            del given[name]


def if_match(case, chance):
    """A version that was made up is a 412. Schemathesis fills in what is no ETag at times, which is a 400 for nothing."""
    sent = (case.headers or {}).get("If-Match")
    if sent is None or case._meta is None or case._meta.phase.name.value == "stateful":
        return
    if not is_wrong(case, "If-Match", ParameterLocation.HEADER) and ('"' not in sent or chance.random() < SHARE):
        case.headers["If-Match"] = "*"


def parameters_of(case):
    return case.operation.definition.raw.get("parameters", [])


def is_wrong(case, name, location):
    """Whether this is what the case was made wrong in; `_meta`, for `meta` would look again, and call wrong what was filled in."""
    meta = case._meta
    if meta is None:
        return False
    names = [parameter for parameter, where in negated_parameters(meta) if where == location]
    # At the borders of the schemas it is told what is wrong, elsewhere where.
    return name in names or (meta.phase.name.value == "fuzzing" and not names and meta.is_negative_at(location))


def refer(body, chance):
    """What is named `reflectionIds` names reflections, as `{reflectionId}` of a path does."""
    if isinstance(body, list):
        for entry in body:
            refer(entry, chance)
    if not isinstance(body, dict):
        return
    for name, member in body.items():
        ids = known.get(name.removesuffix("s"), [])
        if ids and is_id(member) and member not in seen[name] and chance.random() < SHARE:
            body[name] = chance.choice(ids)
        elif isinstance(member, list) and 0 < len(member) <= len(ids) and all(is_id(entry) for entry in member):
            # An id that is there twice is wrong on purpose.
            if len(set(member)) == len(member) and chance.random() < SHARE:
                body[name] = chance.sample(ids, len(member))
        else:
            refer(member, chance)


def is_id(value):
    try:
        return isinstance(value, str) and len(value) == 36 and bool(uuid.UUID(value))
    except ValueError:
        return False


def tell_nobody(body):
    if isinstance(body, dict) and isinstance(body.get("url"), str) and re.match("https?://.", body["url"]):
        body["url"] = "https://hooks.example/in"
