// The tests of the rules and of the comparison; what they say is shown where one fails.

import { main, run } from "./run.mjs";

main(() => run("node", ["--test", "--test-reporter=spec", "test/rules.test.mjs", "test/breaking.test.mjs"]));
