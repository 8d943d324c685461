mod cookies;
mod refreshing;
mod sign_in;
mod throttling;
