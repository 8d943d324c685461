/**
 * Who uses the app, and their line to the server. The access token is in the memory of this page alone, the refresh token
 * in a cookie that no script can read; across a reload only a name and an id are remembered.
 */
import type { Client, Create, OutboxEntry } from "feedbacklus-client";
import { cookieRefreshToken, createClient, Outbox, ProblemError, Session, SignedOutError } from "feedbacklus-client";
import { indexedDbStore } from "feedbacklus-client/browser";
import { announcer } from "./announce.svelte";
import { follow } from "./follow";
import { i18n } from "./i18n.svelte";
import type { Who } from "./kept";
import { outboxName, rememberedWho, rememberWho, signOutOwed, wipeAll, wipeReads } from "./kept";

const baseUrl = new URL("..", document.baseURI).href.replace(/\/$/, "");

/** For how many milliseconds somebody who signs in waits for the sign-out before. */
const PATIENCE = 5_000;

/** Tells the other tabs that somebody signed in or out. */
const tabs = new BroadcastChannel("notebook");

class Account {
  who: Who | null = $state.raw(rememberedWho());
  /** The sign-in has ended on the server. What is on this device can still be used. */
  ended: boolean = $state(false);
  online: boolean = $state(navigator.onLine);
  /** What is kept on this device and was not sent yet. */
  entries: readonly OutboxEntry[] = $state.raw([]);
  /** Grows whenever something has happened that screens may show. */
  news: number = $state(0);

  #session = this.#newSession();
  #working = new AbortController();
  #settling: Promise<void> | null = null;
  #opening: Promise<Outbox> | null = null;
  readonly client: Client = createClient({
    baseUrl,
    credential: {
      token: (signal) => this.#session.token(signal),
      renew: (refused, signal) => this.#session.renew(refused, signal),
    },
  });

  constructor() {
    const look = (): void => {
      this.online = navigator.onLine;
      if (this.online) {
        void this.#settleSignOut();
      }
    };
    addEventListener("online", look);
    addEventListener("offline", look);
    tabs.addEventListener("message", () => location.reload());
    void this.#settleSignOut();
    if (this.who !== null) {
      this.#work();
    }
  }

  async signIn(email: string, password: string): Promise<void> {
    // Or its answer would take the new cookie along.
    await this.#settleSignOut();
    await this.#session.signIn(email, password);
    signOutOwed.set(false);
    await this.#enter();
  }

  /** Makes an account of an invitation, and signs in with it. */
  async redeem(invitation: { token: string; displayName: string; password: string }): Promise<void> {
    await this.#settleSignOut();
    await this.#session.redeem({ ...invitation, locale: i18n.language });
    signOutOwed.set(false);
    await this.#enter();
  }

  /** Wipes what is kept here, and ends the sign-in, now or when there is a connection again. */
  async signOut(): Promise<void> {
    const { who } = this;
    this.#working.abort();
    signOutOwed.set(true);
    // Nothing that is read from now on is kept.
    this.who = null;
    tabs.postMessage("signed out");
    const outbox = await this.#opening;
    await outbox?.wipe();
    await outbox?.close();
    this.#opening = null;
    this.entries = [];
    if (who !== null) {
      await wipeAll(who.personId);
    }
    this.ended = false;
    void this.#settleSignOut();
  }

  /** The outbox, once it has been opened. */
  async box(): Promise<Outbox> {
    const outbox = await this.#opening;
    if (outbox === null) {
      throw new SignedOutError();
    }
    return outbox;
  }

  /**
   * Puts a new record into the outbox, from where it is sent as soon as it can be. `confirmed` says that its writer looked
   * at what may tell in it who somebody is.
   */
  async write(create: Create, confirmed = false): Promise<void> {
    const outbox = await this.box();
    await outbox.create({ ...($state.snapshot(create) as Create), confirmWarnings: confirmed });
    announcer.say(i18n.t.status.kept);
  }

  /** Tells the screens to look again. */
  hear(): void {
    this.news += 1;
  }

  async #enter(): Promise<void> {
    const { data } = await this.client.GET("/v1/me");
    const { id: personId, displayName } = data.person;
    const other = this.who !== null && this.who.personId !== personId;
    if (other) {
      await wipeReads();
    }
    rememberWho({ personId, displayName });
    if (other) {
      tabs.postMessage("somebody else");
      location.reload();
      return;
    }
    this.who = { personId, displayName };
    this.ended = false;
    this.#work();
    this.hear();
  }

  /** Opens the outbox and keeps sending what is in it; follows what others do. */
  #work(): void {
    const { who } = this;
    if (who === null) {
      return;
    }
    this.#working.abort();
    this.#working = new AbortController();
    const { signal } = this.#working;
    this.#opening ??= this.#open(who);
    void this.#opening.then((outbox) => outbox.keepSending({ signal })).catch((error: unknown) => this.#stopped(error));
    void follow(this.client, signal, () => this.hear()).catch((error: unknown) => this.#stopped(error));
  }

  async #open(who: Who): Promise<Outbox> {
    const store = indexedDbStore(outboxName(who.personId));
    const outbox = new Outbox({ client: this.client, owner: who.personId, store });
    outbox.subscribe((entries) => {
      this.entries = entries;
    });
    outbox.onDelivered(({ warnings }) => {
      const { sent, sentWithWarning } = i18n.t.status;
      announcer.say(warnings.some(({ state }) => state === "open") ? sentWithWarning : sent);
      this.hear();
    });
    await outbox.list();
    return outbox;
  }

  #stopped(error: unknown): void {
    if (error instanceof SignedOutError || (error instanceof ProblemError && error.status === 401)) {
      this.ended = this.who !== null;
    } else {
      console.error(error);
    }
  }

  /** Ends on the server what was ended here. */
  #settleSignOut(): Promise<void> {
    this.#settling ??= this.#settle().finally(() => {
      this.#settling = null;
    });
    return this.#settling;
  }

  async #settle(): Promise<void> {
    if (!signOutOwed.get() || this.who !== null) {
      return;
    }
    try {
      await this.#session.signOut({ signal: AbortSignal.timeout(PATIENCE) });
      signOutOwed.set(false);
    } catch {
      // Without a connection it is owed until there is one.
      setTimeout(() => void this.#settleSignOut(), PATIENCE);
    }
    this.#session = this.#newSession();
  }

  #newSession(): Session {
    return new Session({ baseUrl, refreshTokens: cookieRefreshToken() });
  }
}

export const account: Account = new Account();
