mod cookies;
mod openid_connect;
mod refreshing;
mod sign_in;
mod throttling;
