//! API keys, and clients that use them.

use serde_json::{Value, json};

use super::client::{Answer, Client};
use super::contract::contract;
use super::people::Api;
use super::team::{Team, with};

/// A body that makes a key which may log what it sees.
pub fn api_key() -> Value {
    json!({"name": "Koppeling", "role": "practitioner", "operations": ["getNetwork", "createInboxObservation"]})
}

/// Every operation that a key may be given, as the contract says.
pub fn grantable(api: &Api) -> Value {
    let contract = contract(&api.server.base);
    contract.resolve(&json!({"$ref": "#/components/schemas/ApiKeyOperation"}))["enum"].clone()
}

impl Team<'_> {
    /// A new key, as its coordinator sees it once.
    pub fn api_key(&self, members: Value) -> Answer {
        self.coordinator().post(self.path("api-keys"), with(api_key(), members)).expect(201)
    }

    /// A client with a new key.
    pub fn keyed(&self, role: &str, operations: Value) -> Client {
        self.using(&self.api_key(json!({"role": role, "operations": operations})))
    }

    /// A client with the key that was made.
    pub fn using(&self, made: &Answer) -> Client {
        self.api.with_token(made.text_of("key"))
    }
}
