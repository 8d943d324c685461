import { problemOf } from "./problem.js";
import type { Fetch } from "./transport.js";
import { isWhole } from "./transport.js";

/** What requests are made with. */
export interface Credential {
  /** The access token or API key to send; null to send none. */
  token(signal?: AbortSignal | null): Promise<string | null>;
  /** Another token in place of one that was refused; null where there is none to be had. */
  renew(refused: string, signal?: AbortSignal | null): Promise<string | null>;
}

/** The sign-in has ended, or was ended elsewhere. Sign in again; what the outbox keeps is still there. */
export class SignedOutError extends Error {
  override readonly name = "SignedOutError";

  constructor(cause?: unknown) {
    super("The sign-in has ended.", { cause });
  }
}

/** An API key, which lasts until it is revoked or expires. */
export function apiKey(key: string): Credential {
  return { token: () => Promise.resolve(key), renew: () => Promise.resolve(null) };
}

/** Sends requests with the credential. One that is refused with 401 is sent once more, with a new token. */
export function authorised(fetch: Fetch, credential: Credential): Fetch {
  return async (request) => {
    const token = await credential.token(request.signal);
    if (token === null) {
      return unlessUnauthorised(await fetch(request));
    }
    const again = isWhole(request) ? request.clone() : null;
    const response = await fetch(bearer(request, token));
    if (response.status !== 401) {
      return response;
    }
    const renewed = await credential.renew(token, request.signal);
    return renewed !== null && again !== null ? fetch(bearer(again, renewed)) : response;
  };
}

/** What is asked without a token may be for anyone. Where it is not, there was no sign-in to ask with. */
async function unlessUnauthorised(response: Response): Promise<Response> {
  if (response.status === 401) {
    throw new SignedOutError(await problemOf(response));
  }
  return response;
}

export function bearer(request: Request, token: string): Request {
  request.headers.set("Authorization", `Bearer ${token}`);
  return request;
}
