"""The server, called once through the client that openapi-python-client generates."""

import sys

from feedbacklus_generated import AuthenticatedClient, Client
from feedbacklus_generated.api.auth import create_tokens
from feedbacklus_generated.api.networks import list_networks
from feedbacklus_generated.api.observations import (
    create_inbox_observation,
    get_observation,
    list_network_observations,
)
from feedbacklus_generated.models import (
    NetworkPage,
    Observation,
    ObservationCreate,
    ObservationPage,
    Perspective,
    Problem,
    TokenRequest,
    Tokens,
    Voice,
)


def call(base: str, email: str, password: str) -> None:
    tokens = create_tokens.sync(client=Client(base_url=base), body=TokenRequest(email=email, password=password))
    assert isinstance(tokens, Tokens), tokens
    client = AuthenticatedClient(base_url=base, token=tokens.access_token)

    networks = list_networks.sync(client=client, limit=1)
    assert isinstance(networks, NetworkPage), networks
    network = networks.items[0]

    observation = ObservationCreate(
        body="Meneer loopt op dinsdag mee met de wandelclub.", perspective=Perspective.CITIZEN, voice=Voice.RETOLD
    )
    created = create_inbox_observation.sync(network_id=network.id, client=client, body=observation)
    assert isinstance(created, Observation), created
    stored = get_observation.sync(observation_id=created.id, client=client)
    assert isinstance(stored, Observation), stored
    assert (stored.network_id, stored.body) == (network.id, observation.body), stored

    page = list_network_observations.sync(network_id=network.id, client=client)
    assert isinstance(page, ObservationPage), page
    assert page.items[0].id == created.id, page

    problem = get_observation.sync(observation_id=network.id, client=client)
    assert isinstance(problem, Problem), problem
    assert problem.code == "not_found", problem


call(*sys.argv[1:])
