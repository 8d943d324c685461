// orval 7 reads no configuration file that is a module, so it is called.

import { generate } from "orval";

await generate({
  input: "../../../openapi/feedbacklus.json",
  output: {
    target: "generated/client/feedbacklus.ts",
    client: "fetch",
    mode: "split",
    // The contract's server is `/`; where it is, the program says.
    override: { mutator: { path: "fetch.ts", name: "request" } },
  },
});
