//! Who may be a partner at the same time as whom.

use super::types::{Partner, PartnerRole};
use crate::error::{Error, Result};
use serde_json::json;

/// One lead party at a time, and each organisation once in each role. `beside` are the network's other partners of the
/// time, in whatever role.
pub fn may_stand(partner: &Partner, beside: &[Partner]) -> Result<()> {
    let same_role = |other: &&Partner| other.role == partner.role;
    if beside.iter().filter(same_role).any(|other| other.organisation_id == partner.organisation_id) {
        return Err(Error::conflict(
            "already_partner",
            "This organisation is a partner in this role at that time already.",
        ));
    }
    if partner.role == PartnerRole::Lead
        && let Some(leading) = beside.iter().find(same_role)
    {
        return Err(Error::conflict(
            "has_lead",
            "A network has one lead party at a time. End its term first.",
        )
        .with("leadPartnerId", json!(leading.id)));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock;
    use crate::ids::Id;

    fn partner(organisation_id: Id, role: PartnerRole) -> Partner {
        let now = clock::now();
        Partner {
            id: Id::new(),
            network_id: Id::NIL,
            organisation_id,
            role,
            starts_at: now,
            ends_at: None,
            created_at: now,
            updated_at: now,
            version: 1,
            digest: Vec::new(),
        }
    }

    #[test]
    fn one_leads_and_each_is_there_once_in_each_role() {
        let (one, other) = (Id::new(), Id::new());
        let code = |partner: &Partner, beside: &[Partner]| match may_stand(partner, beside) {
            Ok(()) => "",
            Err(Error::Conflict(conflict)) => conflict.code,
            Err(error) => panic!("{error:?}"),
        };
        let leading = [partner(one, PartnerRole::Lead)];
        assert_eq!(code(&partner(other, PartnerRole::Lead), &[]), "");
        assert_eq!(code(&partner(other, PartnerRole::Lead), &leading), "has_lead");
        assert_eq!(code(&partner(one, PartnerRole::Lead), &leading), "already_partner");
        assert_eq!(code(&partner(one, PartnerRole::Funder), &leading), "");
        assert_eq!(code(&partner(other, PartnerRole::Funder), &leading), "");
    }
}
