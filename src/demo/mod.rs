//! stub
use crate::access::Access;
use crate::error::Error;
use crate::ids::Id;
pub struct Demo {
    pub fresh: bool,
    pub cycle_id: Id,
    pub network_id: Id,
    pub kept_password: bool,
}
pub async fn fill(_access: &Access, _password: &str, _progress: impl FnMut(&str)) -> Result<Demo, Error> {
    Err(Error::NotFound)
}
