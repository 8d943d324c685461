mod moves;
mod transitions;
