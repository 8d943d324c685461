mod archive;
mod cycles;
mod invitations;
mod members;
mod nesting;
mod observations;
mod pseudonyms;
