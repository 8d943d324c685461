mod adoptions;
mod reach;
mod sources;
mod transitions;
