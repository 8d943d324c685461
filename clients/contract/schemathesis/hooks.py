"""What Schemathesis needs to know of the server besides its contract. Why is said in schemathesis.toml."""

import atexit
import json
import os
import re
import tomllib
from collections import Counter
from pathlib import Path

import schemathesis

import aim
from people import TOKEN_SECONDS, WHO, sign_in

RULES = tomllib.loads(Path(__file__).with_name("rules.toml").read_text())["rule"]


def name_of(case):
    return case.operation.definition.raw.get("operationId", "")


# --- Who asks


@schemathesis.auth(refresh_interval=TOKEN_SECONDS).skip_for(operation_id=["revokeTokens", "changePassword"])
class Caller:
    def get(self, case, context):
        return sign_in(WHO)

    def set(self, case, token, context):
        case.headers = {**(case.headers or {}), "Authorization": f"Bearer {token}"}


@schemathesis.auth(refresh_interval=None).apply_to(operation_id="revokeTokens")
class Leaver(Caller):
    """Whoever signs out is signed in no more: each call has a session of its own."""


@schemathesis.auth(refresh_interval=TOKEN_SECONDS).apply_to(operation_id="changePassword")
class Other(Caller):
    """Whose password may change signs in with it nowhere else."""

    def get(self, case, context):
        return sign_in("facilitator@demo.example")


# --- What they ask for


@schemathesis.hook
def after_load_schema(context, schema):
    aim.look_around(schema.raw_schema, WHO)


@schemathesis.hook
def before_call(context, case, kwargs):
    aim.lead(case, name_of(case))


@schemathesis.hook
def after_call(context, case, response):
    aim.remember(response)


@schemathesis.serializer("application/jsonl")
def lines(context, value):
    return {"data": value if isinstance(value, bytes) else str(value).encode()}


# --- What is no failure


@schemathesis.hook
def filter_failure(context, failure, case, response):
    if failure.code == "ST202" and response.status_code == 400:
        return not all(is_beyond_schema(case, fault) for fault in faults_of(response))
    if failure.code == "ST201" and name_of(case) == "createBatch":
        # Each item of a batch is answered for itself.
        return not any(result["status"] == 400 for result in response.json()["results"])
    return True


def faults_of(response):
    """Those that a problem names; at least one, for no rule explains a problem without any."""
    problem = response.json()
    return problem.get("errors") or [{"pointer": "", "code": problem["code"]}]


def is_beyond_schema(case, fault):
    return any(
        fault["code"] == rule["code"]
        and re.fullmatch(rule.get("at", ".*"), fault["pointer"])
        and re.fullmatch(rule.get("of", ".*"), name_of(case))
        and (not rule.get("texts") or isinstance(value_at(case.body, fault["pointer"]), str))
        for rule in RULES
    )


def value_at(body, pointer):
    for part in pointer.split("/")[1:]:
        name = part.replace("~1", "/").replace("~0", "~")
        body = body[int(name)] if isinstance(body, list) else body.get(name) if isinstance(body, dict) else None
    return body


# --- How much it was

count: Counter[str] = Counter()


@schemathesis.check
def counted(context, response, case):
    """No check, but called with each answer that is checked."""
    count["answers"] += 1
    count[f"{response.status_code // 100}xx"] += 1


def write_down():
    # Without the one that only counts.
    checks = len(schemathesis.checks.CHECKS.get_all()) - 1
    Path(os.environ["SIEGE_COUNT"]).write_text(json.dumps({**count, "checks": checks}))


atexit.register(write_down)
