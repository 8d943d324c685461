//! What is done without a sign-in, by who holds a link or a code. It has no person behind it that the server knows: the access
//! log has the link instead.

use super::op::Op;
use super::public::{Public, open_to_anyone};
use super::tx::Tx;
use crate::access_log::rules::code_of;
use crate::access_log::types::{Access, AccessAudience, AccessMeans, AccessOutcome};
use crate::error::Result;
use crate::http::body::Sent;
use crate::ids::Id;

/// What somebody was shown by a link, for the access log.
#[derive(Clone, Debug)]
pub struct SeenByLink {
    pub network_id: Id,
    /// The link that they hold.
    pub link_id: Id,
    /// What it is of: its kind and its id.
    pub object: (&'static str, Id),
}

impl Public {
    /// Work that reads what a link is of. It is answered once it was noted for the access log.
    pub async fn read_by_link<T, F>(&self, op: Op, work: F) -> Result<T>
    where
        T: Send + 'static,
        F: Fn(&mut Tx<'_>) -> Result<(T, SeenByLink)> + Send + 'static,
    {
        open_to_anyone(op)?;
        let (value, seen, at) = self
            .access
            .survey(move |tx| {
                let (value, seen) = work(tx)?;
                Ok((value, seen, tx.now))
            })
            .await?;
        let SeenByLink { network_id, link_id, object: (kind, id) } = seen;
        let access = Access {
            network_id,
            number: 0,
            at,
            code: code_of(op.name()),
            operation: op.name().into(),
            person_id: None,
            role: None,
            acting_for: None,
            means: AccessMeans::Link,
            means_id: Some(link_id),
            object_kind: Some(kind.to_owned()),
            object_id: Some(id),
            audience: AccessAudience::Members,
            outcome: AccessOutcome::Success,
            reason: None,
            request_id: self.request_id,
            emergency_access_id: None,
        };
        self.access.access_log().note([access]).await?;
        Ok(value)
    }

    /// Work that writes what somebody without an account sends. Its texts are held against what is usual: to hold them against
    /// what one network says would tell which network it is.
    pub async fn write_from<B, T, F>(&self, op: Op, body: B, work: F) -> Result<T>
    where
        B: Sent,
        T: Send + 'static,
        F: Fn(&mut Tx<'_>, &B::Value) -> Result<Result<T>> + Send + 'static,
    {
        let body = body.unscreened();
        self.write(op, move |tx| {
            let screened = body.screen(tx, Some(Id::NIL))?;
            work(tx, screened.body())
        })
        .await
    }
}
