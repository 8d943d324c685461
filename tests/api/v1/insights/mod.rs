mod reach;
mod sources;
mod transitions;
