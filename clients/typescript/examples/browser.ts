import type { Client, Outbox } from "feedbacklus-client";
import { cookieRefreshToken, createClient, openOutbox, Session } from "feedbacklus-client";
import { indexedDbStore } from "feedbacklus-client/browser";

/** What an app on a page of the server's own origin works with. */
export interface App {
  session: Session;
  client: Client;
  outbox: Outbox;
}

/** Goes on with the sign-in of an earlier visit; null where somebody has to sign in first. */
export async function begin(session = new Session({ refreshTokens: cookieRefreshToken() })): Promise<App | null> {
  const client = createClient({ credential: session });
  if ((await session.token()) === null) {
    return null;
  }
  const { data: me } = await client.GET("/v1/me");
  const store = indexedDbStore(`outbox-${me.person.id}`);
  const outbox = await openOutbox({ client, owner: me.person.id, store });
  return { session, client, outbox };
}

/** Signs out on a device that others use, too: nothing of the person stays behind. */
export async function leave({ session, outbox }: App): Promise<void> {
  await outbox.wipe();
  await session.signOut();
}
