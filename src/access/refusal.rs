//! The words in which an operation is refused to somebody who sees what it is asked of.

use super::op::Op;
use super::policy::{self, Who};
use crate::error::Error;

/// 403: says in words what an operation takes.
pub fn forbidden(op: Op) -> Error {
    let list =
        |roles: &[policy::Role]| roles.iter().map(|role| (*role).into()).collect::<Vec<&str>>().join(", ");
    let takes = match policy::who_may(op) {
        Who::Admin => "an administrator".to_owned(),
        Who::AdminOrAnyCoordinator => "an administrator or a coordinator".to_owned(),
        Who::AdminOrAuthor => "an administrator or the one who made it".to_owned(),
        Who::AdminOr(roles) => {
            format!("an administrator at the top, one of these roles below a network: {}", list(roles))
        }
        Who::Roles(roles) => format!("one of these roles: {}", list(roles)),
        Who::Members(roles) => format!("one of these roles as a member of the network: {}", list(roles)),
        Who::AuthorOr([]) => "its author".to_owned(),
        Who::AuthorOr(roles) => format!("its author or one of these roles: {}", list(roles)),
        Who::OwnerOr(roles) => format!("its author, its owner or one of these roles: {}", list(roles)),
        Who::HomeRoles(roles) => format!("one of these roles in the cycle's own network: {}", list(roles)),
        Who::CoRoles(roles) => format!("one of these roles in the co-network: {}", list(roles)),
        Who::HomeOrCoRoles(roles) => {
            format!("one of these roles in the cycle's own network or in the co-network: {}", list(roles))
        }
        Who::OneselfOr([]) => "the person it is about".to_owned(),
        Who::OneselfOr(roles) => format!("the person it is about or one of these roles: {}", list(roles)),
        Who::Anyone | Who::SignedIn | Who::WhoeverSees => "being signed in".to_owned(),
    };
    Error::Forbidden(format!("You see this but may not do it. {} takes {takes}.", op.name()))
}
