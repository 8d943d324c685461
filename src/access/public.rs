//! Requests without a sign-in: signing in, redeeming an invitation, the contract itself.

use super::admission::fits;
use super::house::Access;
use super::op::Op;
use super::policy::{self, Who};
use super::tokens::Keys;
use super::tx::Tx;
use crate::db::AnyConnection;
use crate::db::worker::Done;
use crate::error::{Error, Result};
use crate::http::envelope::RequestId;
use crate::http::rate_limits::count_sign_in;
use crate::ids::Id;
use crate::oidc::Issuer;
use actix_web::dev::Payload;
use actix_web::http::Method;
use actix_web::{FromRequest, HttpMessage, HttpRequest, web};
use std::future::{Ready, ready};
use std::sync::Arc;

/// A request that needs no sign-in: the operations of the policy's `Anyone`.
pub struct Public {
    pub(super) access: web::Data<Access>,
    pub(super) request_id: Option<Id>,
}

impl Public {
    /// What signs access tokens.
    pub fn keys(&self) -> Arc<Keys> {
        self.access.keys.clone()
    }

    /// The issuer whose access tokens are accepted beside our own, if there is one.
    pub fn issuer(&self) -> Option<Arc<Issuer>> {
        self.access.issuer()
    }

    pub async fn read<T, F>(&self, op: Op, work: F) -> Result<T>
    where
        T: Send + 'static,
        F: Fn(&mut Tx<'_>) -> Result<T> + Send + 'static,
    {
        open_to_anyone(op)?;
        self.access.survey(work).await
    }

    /// A refusal may carry writes that stay (a failure counted, a family of tokens revoked), hence the inner result.
    pub async fn write<T, F>(&self, op: Op, work: F) -> Result<T>
    where
        T: Send + 'static,
        F: Fn(&mut Tx<'_>) -> Result<Result<T>> + Send + 'static,
    {
        open_to_anyone(op)?;
        let digest_key = self.access.digest_key.clone();
        let transaction = move |connection: &mut AnyConnection| {
            let mut tx = Tx::new(connection, &digest_key, None);
            let value = work(&mut tx)?;
            tx.log.write(tx.connection)?;
            Ok(Done::Commit(value))
        };
        self.access.db.write(transaction).await?
    }
}

pub(super) fn open_to_anyone(op: Op) -> Result<()> {
    match policy::who_may(op) {
        Who::Anyone => Ok(()),
        _ => Err(Error::internal(format!("{} takes a sign-in", op.name()))),
    }
}

impl FromRequest for Public {
    type Error = Error;
    type Future = Ready<Result<Public>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let access = request
            .app_data::<web::Data<Access>>()
            .cloned()
            .ok_or_else(|| Error::internal("no access set up"));
        let counted = match *request.method() {
            Method::GET | Method::HEAD => Ok(()),
            _ => count_sign_in(request),
        };
        let request_id = request.extensions().get::<RequestId>().map(|id| id.0);
        ready(counted.and(access).and_then(|access| fits(request).map(|()| Public { access, request_id })))
    }
}
