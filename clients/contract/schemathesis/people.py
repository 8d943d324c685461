"""Who asks, and what there is to ask for: sign-ins at the server that is attacked, and the ids of what its lists show."""

import os
from collections import defaultdict

import requests

BASE = os.environ["SIEGE_BASE"]
WHO = os.environ["SIEGE_WHO"]
PASSWORD = os.environ["SIEGE_PASSWORD"]

# Access tokens live fifteen minutes.
TOKEN_SECONDS = 600

# From another address than the attacks on signing in, whose failures lock theirs out for a while.
ELSEWHERE = {"X-Forwarded-For": "192.0.2.1"}

# Of each kind, and of how many places each list is read.
MOST_IDS = 40
MOST_PLACES = 6
DEPTH = 4


def sign_in(email: str) -> str:
    credentials = {"email": email, "password": PASSWORD}
    answer = requests.post(f"{BASE}/v1/auth/tokens", json=credentials, headers=ELSEWHERE, timeout=60)
    answer.raise_for_status()
    return str(answer.json()["accessToken"])


def placeholders(paths: dict) -> dict[str, str]:
    """What lists hold: `/v1/cycles/{cycleId}` says that what is called `cycles` holds what `cycleId` stands for."""
    parts = [path.split("/") for path in paths]
    return {path[-2]: path[-1].strip("{}") for path in parts if path[-1].startswith("{")}


def known_ids(contract: dict, token: str) -> dict[str, list[str]]:
    """For each placeholder of a path the ids that can stand there, found from above to below: networks first, then what they
    hold. One's own membership is left out: whoever ends it sees no more."""
    paths = contract["paths"]
    holds = placeholders(paths)
    last = {path: path.rsplit("/", 1)[-1] for path in paths}
    lists = [path for path, name in last.items() if "get" in paths[path] and name in holds]
    known: dict[str, list[str]] = defaultdict(list)
    read: set[str] = set()
    with requests.Session() as session:
        session.headers["Authorization"] = f"Bearer {token}"
        me = session.get(f"{BASE}/v1/me", timeout=60).json()["person"]["id"]
        for _ in range(DEPTH):
            for path in lists:
                ids = known[holds[last[path]]]
                for url in places(path, known):
                    if url not in read:
                        read.add(url)
                        answer = session.get(BASE + url, timeout=60)
                        items = answer.json().get("items", []) if answer.ok else []
                        own = holds[last[path]] == "memberId"
                        found = [item["id"] for item in items if "id" in item and not (own and item["personId"] == me)]
                        ids.extend([id for id in found if id not in ids][: MOST_IDS - len(ids)])
    return dict(known)


def network_apart(above: list[str], token: str) -> str | None:
    """A network to archive, to move and to cut off; none for those who may make none."""
    made = {"name": "Om op te heffen", "kind": "team", "parentId": above[0]}
    answer = requests.post(f"{BASE}/v1/networks", json=made, headers={"Authorization": f"Bearer {token}"}, timeout=60)
    return answer.json()["id"] if answer.ok else None


def places(path: str, known: dict[str, list[str]]) -> list[str]:
    if "{" not in path:
        return [path]
    name = path.split("{")[1].split("}")[0]
    return [path.replace("{" + name + "}", id) for id in known[name][:MOST_PLACES]]
