mod archive;
mod cycles;
mod expiry;
mod invitations;
mod members;
mod nesting;
mod observations;
mod pseudonyms;
