import type { Client, Outbox, Schemas } from "feedbacklus-client";

/** Shows the writer where something was found, and answers whether it may stand. */
export type Look = (findings: Schemas["PrivacyFinding"][]) => Promise<boolean>;

/** Puts an observation into an outbox once its writer has looked at what may tell in it who somebody is. */
export async function write(
  client: Client,
  outbox: Outbox,
  cycleId: string,
  body: Schemas["ObservationCreate"],
  look: Look,
): Promise<boolean> {
  const texts = [{ pointer: "/body", text: body.body }];
  const { data } = await client.POST("/v1/privacy-checks", { body: { cycleId, texts } });
  const found = data.findings.length > 0;
  if (found && !(await look(data.findings))) {
    return false;
  }
  // What is refused cannot be confirmed: its writer has to change it.
  if (data.findings.some(({ handling }) => handling === "refuse")) {
    return false;
  }
  await outbox.create({ type: "observation", cycleId, body, confirmWarnings: found });
  return true;
}

/** Where in each refused entry something tells who somebody is, so that it can be mended. */
export function toMend(outbox: Outbox): string[] {
  return outbox.entries.flatMap(({ problem }) =>
    (problem?.errors ?? [])
      .filter(({ code }) => code === "personal_data")
      .map(({ pointer, kind, offset }) => `${pointer}: ${kind} at ${offset}`),
  );
}
