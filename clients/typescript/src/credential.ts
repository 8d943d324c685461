import type { Fetch } from "./transport.js";
import { isWhole } from "./transport.js";

/** What requests are made with. */
export interface Credential {
  /** The access token or API key to send; null to send none. */
  token(signal?: AbortSignal | null): Promise<string | null>;
  /** Another token in place of one that was refused; null where there is none to be had. */
  renew(refused: string, signal?: AbortSignal | null): Promise<string | null>;
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
      return fetch(request);
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

export function bearer(request: Request, token: string): Request {
  request.headers.set("Authorization", `Bearer ${token}`);
  return request;
}
