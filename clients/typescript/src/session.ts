import type { Credential } from "./credential.js";
import { bearer, SignedOutError } from "./credential.js";
import { Listeners } from "./listeners.js";
import { exclusively } from "./locks.js";
import { ProblemError, problemOf } from "./problem.js";
import type { RefreshTokens, Tokens } from "./refresh-tokens.js";
import { heldRefreshToken } from "./refresh-tokens.js";
import type { components } from "./schema.js";
import type { Fetch, RetryPolicy } from "./transport.js";
import { PATIENT, patient } from "./transport.js";
import { unlessAborted } from "./wait.js";

/** `unknown` until the first request has shown whether the sign-in of an earlier visit still holds. */
export type SessionState = "unknown" | "signed-in" | "signed-out";

/** An invitation, and who redeems it. */
export type Invitation = Omit<components["schemas"]["AccountCreate"], "refreshTokenIn">;

export interface SessionOptions {
  /** Where the server is, such as `https://feedbacklus.example.org`; in a browser by default where the page comes from. */
  readonly baseUrl?: string;
  /** Where the refresh token is; by default in memory, so that the sign-in ends with the program. */
  readonly refreshTokens?: RefreshTokens;
  readonly fetch?: Fetch;
}

/**
 * A person's sign-in: an access token in memory that lasts a quarter of an hour, and a refresh token that is used once for
 * new ones.
 *
 * However many requests find the access token expired, one of them refreshes it and the others wait for that, in all tabs
 * that share the refresh token.
 */
export class Session implements Credential {
  readonly #baseUrl: string;
  readonly #fetch: Fetch;
  readonly #refreshTokens: RefreshTokens;
  readonly #listeners = new Listeners<SessionState>();
  #accessToken: string | null = null;
  #state: SessionState = "unknown";
  #refreshing: Promise<string | null> | null = null;

  constructor(options: SessionOptions = {}) {
    this.#baseUrl = baseUrlOf(options.baseUrl);
    this.#fetch = options.fetch ?? ((request) => globalThis.fetch(request));
    this.#refreshTokens = options.refreshTokens ?? heldRefreshToken();
  }

  get state(): SessionState {
    return this.#state;
  }

  /** Calls the listener whenever somebody is signed in or out. Returns how to end that. */
  subscribe(listener: (state: SessionState) => void): () => void {
    return this.#listeners.add(listener);
  }

  /** Signs in. A wrong address or password is a `ProblemError` with the code `sign_in_failed`; too many are a 429. */
  async signIn(email: string, password: string, options: { signal?: AbortSignal } = {}): Promise<void> {
    await this.#begin(TOKENS, { email, password }, options.signal);
  }

  /** Redeems an invitation of somebody who has no account yet, with a password of their own, and signs them in. */
  async redeem(invitation: Invitation, options: { signal?: AbortSignal } = {}): Promise<void> {
    await this.#begin(ACCOUNTS, invitation, options.signal);
  }

  /**
   * Ends the sign-in, here even where the server cannot be told. That is then a `NetworkError`, and a cookie outlives it:
   * do it again once there is a connection.
   */
  async signOut(options: { signal?: AbortSignal } = {}): Promise<void> {
    try {
      // Whatever is known here: a cookie may be there still.
      const token = this.#accessToken ?? (await this.#refreshed(null, options.signal));
      if (token !== null) {
        await this.#revoke(token, options.signal);
      }
    } catch (error) {
      if (!(error instanceof SignedOutError)) {
        throw error;
      }
    } finally {
      await exclusively(this.#lock, () => this.#forget());
    }
  }

  async token(signal?: AbortSignal | null): Promise<string | null> {
    if (this.#accessToken !== null || this.#state === "signed-out") {
      return this.#accessToken;
    }
    return this.#refreshed(null, signal);
  }

  async renew(refused: string, signal?: AbortSignal | null): Promise<string | null> {
    const token = this.#accessToken === refused ? await this.#refreshed(refused, signal) : this.#accessToken;
    if (token === null) {
      throw new SignedOutError();
    }
    return token;
  }

  async #begin(path: string, who: object, signal?: AbortSignal): Promise<void> {
    const body = this.#refreshTokens.signingIn(who);
    await exclusively(this.#lock, async () => this.#take(await this.#post(path, body, ONCE, signal)), signal);
  }

  /** All who ask meanwhile wait for the same refresh, which does not end with the patience of one of them. */
  #refreshed(refused: string | null, signal?: AbortSignal | null): Promise<string | null> {
    this.#refreshing ??= exclusively(this.#lock, () => this.#refresh(refused)).finally(() => {
      this.#refreshing = null;
    });
    return unlessAborted(this.#refreshing, signal);
  }

  async #refresh(refused: string | null): Promise<string | null> {
    if (this.#accessToken !== refused) {
      return this.#accessToken; // Somebody signed in meanwhile.
    }
    const body = await this.#refreshTokens.refreshing();
    if (body === null) {
      await this.#forget();
      return null;
    }
    try {
      return await this.#take(await this.#post(TOKENS, body, WHILE_IT_MAY_BE_REPEATED));
    } catch (error) {
      if (!(error instanceof ProblemError) || error.status !== 401) {
        throw error;
      }
      await this.#forget();
      if (refused === null) {
        return null; // Nobody was signed in here: that is no news.
      }
      throw new SignedOutError(error);
    }
  }

  async #take(tokens: Tokens): Promise<string> {
    await this.#refreshTokens.keep(tokens);
    this.#accessToken = tokens.accessToken;
    this.#tell("signed-in");
    return tokens.accessToken;
  }

  async #forget(): Promise<void> {
    this.#accessToken = null;
    await this.#refreshTokens.forget();
    this.#tell("signed-out");
  }

  #tell(state: SessionState): void {
    if (this.#state !== state) {
      this.#state = state;
      this.#listeners.tell(state);
    }
  }

  async #post(path: string, body: object, policy: RetryPolicy, signal?: AbortSignal): Promise<Tokens> {
    const request = new Request(this.#baseUrl + path, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(body),
      credentials: "same-origin",
      signal: signal ?? null,
    });
    const response = await patient(this.#fetch, policy, () => Promise.resolve(true))(request);
    if (!response.ok) {
      throw await problemOf(response);
    }
    return (await response.json()) as Tokens;
  }

  async #revoke(token: string, signal?: AbortSignal): Promise<void> {
    const send = async (token: string): Promise<Response> => {
      const request = new Request(this.#baseUrl + TOKENS, {
        method: "DELETE",
        credentials: "same-origin",
        signal: signal ?? null,
      });
      return patient(this.#fetch, PATIENT, () => Promise.resolve(true))(bearer(request, token));
    };
    let response = await send(token);
    if (response.status === 401) {
      const renewed = await this.renew(token, signal);
      response = renewed === null ? response : await send(renewed);
    }
    if (!response.ok && response.status !== 401) {
      throw await problemOf(response);
    }
  }

  get #lock(): string {
    return `feedbacklus-session:${this.#baseUrl}`;
  }
}

const TOKENS = "/v1/auth/tokens";
const ACCOUNTS = "/v1/auth/accounts";

const ONCE: RetryPolicy = { ...PATIENT, attempts: 1 };

/**
 * A refresh token that was used counts as stolen when it comes again later than half a minute after. Until then the server
 * takes it for one whose answer was lost, so all of the attempts have to fit into that.
 */
const WHILE_IT_MAY_BE_REPEATED: RetryPolicy = { attempts: 3, firstPause: 300, longestPause: 1_000, timeout: 8_000 };

/** The server's address without a slash at its end. */
export function baseUrlOf(given: string | undefined): string {
  const url = given ?? globalThis.location?.origin;
  if (url === undefined) {
    throw new TypeError("Say where the server is: baseUrl.");
  }
  return url.replace(/\/+$/, "");
}
