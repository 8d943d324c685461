import type { FetchResponse, MaybeOptionalInit } from "openapi-fetch";
import createFetchClient from "openapi-fetch";
import type { HttpMethod, PathsWithMethod, RequiredKeysOf } from "openapi-typescript-helpers";
import type { Changes, ChangesOptions } from "./changes.js";
import { followChanges } from "./changes.js";
import type { Credential } from "./credential.js";
import { authorised } from "./credential.js";
import type { AnyInit, List, ListInit, ListItem, ListPath } from "./pages.js";
import { listOf } from "./pages.js";
import { problemOf } from "./problem.js";
import type { components, paths } from "./schema.js";
import { baseUrlOf } from "./session.js";
import type { Fetch, RetryPolicy } from "./transport.js";
import { PATIENT, patient } from "./transport.js";

/** The records, bodies and answers of the contract, by their names there. */
export type Schemas = components["schemas"];

export interface ClientOptions {
  /** Where the server is, such as `https://feedbacklus.example.org`; in a browser by default where the page comes from. */
  readonly baseUrl?: string;
  /** Who asks: a `Session` or an `apiKey(…)`; by default nobody in particular. */
  readonly credential?: Credential;
  readonly retry?: Partial<RetryPolicy>;
  readonly fetch?: Fetch;
}

/** An answer that is no problem. */
export type Answer<Operation extends Record<string | number, unknown>, Init> = Extract<
  FetchResponse<Operation, Init, "application/json">,
  { error?: never }
>;

/** Sends a request with this method to a path of the contract. Problems are thrown as `ProblemError`. */
export type Send<Method extends HttpMethod> = <
  Path extends PathsWithMethod<paths, Method>,
  Init extends MaybeOptionalInit<paths[Path], Method>,
>(
  path: Path,
  ...init: RequiredKeysOf<Init> extends never ? [init?: Init] : [init: Init]
) => Promise<Answer<Extract<paths[Path][Method], Record<string | number, unknown>>, Init>>;

/**
 * The operations of the contract, by method and path, as openapi-fetch has them; but a problem is thrown, so an answer has
 * its `data`. A request that only `If-None-Match` makes may be answered with a `response` of 304 and no data.
 */
export interface Client {
  readonly baseUrl: string;
  readonly GET: Send<"get">;
  readonly POST: Send<"post">;
  readonly PUT: Send<"put">;
  readonly PATCH: Send<"patch">;
  readonly DELETE: Send<"delete">;
  /** The items of a list, page after page. */
  list<Path extends ListPath>(path: Path, ...init: ListInit<Path>): List<ListItem<Path>>;
  /** The changes after a position, and then those to come, until the signal is aborted. */
  changes(options?: ChangesOptions): AsyncIterableIterator<Changes>;
  /** The position of the last change, from which to follow what comes next. */
  latestPosition(options?: { networkId?: string; signal?: AbortSignal }): Promise<string>;
}

/** A client of a server. */
export function createClient(options: ClientOptions = {}): Client {
  const baseUrl = baseUrlOf(options.baseUrl);
  const policy = { ...PATIENT, ...options.retry };
  const direct: Fetch = options.fetch ?? ((request) => globalThis.fetch(request));
  const send = (fetch: Fetch): Fetch => (options.credential ? authorised(fetch, options.credential) : fetch);
  const fetch = send(patient(direct, policy));
  const api = createFetchClient<paths, "application/json">({ baseUrl, fetch });
  api.use({
    onRequest: ({ request }) => {
      if (request.method === "PATCH") {
        request.headers.set("Content-Type", "application/merge-patch+json");
      }
    },
    onResponse: async ({ response }) => {
      if (response.status >= 400) {
        throw await problemOf(response);
      }
    },
  });
  // With problems thrown, what is left of each answer is the half that has data.
  const methods = api as unknown as Pick<Client, "GET" | "POST" | "PUT" | "PATCH" | "DELETE">;
  const client: Client = {
    baseUrl,
    GET: methods.GET,
    POST: methods.POST,
    PUT: methods.PUT,
    PATCH: methods.PATCH,
    DELETE: methods.DELETE,
    list: (path, ...init) => listOf(client, path, init[0] as AnyInit | undefined),
    // Reconnecting is the stream's own affair.
    changes: (options = {}) => followChanges(send(patient(direct, { ...policy, attempts: 1 })), baseUrl, options),
    latestPosition: async ({ networkId, signal } = {}) => {
      const query = networkId === undefined ? { after: "latest" } : { after: "latest", networkId };
      const { data } = await client.GET("/v1/changes", { params: { query }, ...(signal && { signal }) });
      return data.nextAfter;
    },
  };
  return client;
}
