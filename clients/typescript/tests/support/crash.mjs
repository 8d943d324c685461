// Puts three observations into an outbox in a file, and is killed before anything else happens.
import { createClient, openOutbox } from "feedbacklus-client";
import { fileStore } from "feedbacklus-client/node";

const [file, owner, cycleId] = process.argv.slice(2);
const client = createClient({ baseUrl: "http://127.0.0.1:9" });
const outbox = await openOutbox({ client, owner, store: fileStore(file) });
for (const number of [1, 2, 3]) {
  const body = { body: `crash ${number}`, perspective: "citizen" };
  await outbox.create({ type: "observation", cycleId, body });
}
process.kill(process.pid, "SIGKILL");
