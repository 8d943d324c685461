// The contract keeps the rules: Spectral's and ours (spectral.yaml), Redocly's strictest, and what was promised to clients of
// the last released contract. Not a warning is let through.

import { compare } from "./breaking.mjs";
import { contract, main, tool } from "./run.mjs";

main(async () => {
  await tool("spectral", ["lint", "--ruleset", "spectral.yaml", "--fail-severity", "hint", "--quiet", contract]);
  const said = await tool("redocly", ["lint", "--extends=recommended-strict", contract], {
    env: { REDOCLY_TELEMETRY: "off", REDOCLY_SUPPRESS_UPDATE_NOTICE: "true" },
  });
  if (!said.includes("Your API description is valid.")) throw new Error(said);
  await compare();
});
