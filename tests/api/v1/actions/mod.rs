mod evaluations;
mod transitions;
