import { afterAll, beforeAll, expect, it } from "vitest";
import type { Fetch, RefreshTokens, TokenStore } from "../src/index.js";
import {
  apiKey,
  cookieRefreshToken,
  createClient,
  heldRefreshToken,
  memoryTokenStore,
  NetworkError,
  ProblemError,
  Session,
  SignedOutError,
} from "../src/index.js";
import { ADMIN } from "./support/server.js";
import type { Place } from "./support/team.js";
import { counting, expired, HASTY, place } from "./support/team.js";

let here: Place;
beforeAll(async () => {
  here = await place();
});
afterAll(() => here.remove());

const REFRESH = "POST /v1/auth/tokens";

/** A session, to be signed in by itself. */
function signedIn(store: TokenStore = memoryTokenStore()) {
  const sent: string[] = [];
  const next = { isExpired: false, isLost: false };
  // The server's clock cannot be moved: instead a token that it gives out is made one that has expired already.
  const fetch: Fetch = async (request) => {
    const response = await counting(sent)(request);
    if (sent.at(-1) !== REFRESH) {
      return response;
    }
    const { isExpired, isLost } = next;
    Object.assign(next, { isExpired: false, isLost: false });
    if (isLost) {
      throw new TypeError("The answer was lost.");
    }
    if (!isExpired) {
      return response;
    }
    const tokens = (await response.json()) as { accessToken: string };
    return Response.json({ ...tokens, accessToken: expired(tokens.accessToken) });
  };
  const session = new Session({ baseUrl: here.relay.base, fetch, refreshTokens: heldRefreshToken(store) });
  const signIn = async (options: { expired: boolean }): Promise<void> => {
    next.isExpired = options.expired;
    await session.signIn(ADMIN.email, ADMIN.password);
    sent.length = 0;
  };
  const loseNext = (): void => {
    next.isLost = true;
  };
  const client = createClient({ baseUrl: here.relay.base, credential: session, retry: HASTY, fetch });
  return { session, client, sent, signIn, store, loseNext };
}

it("refreshes once, however many requests find the token expired", async () => {
  const { client, sent, signIn, session } = signedIn();
  await signIn({ expired: true });
  const answers = await Promise.all(Array.from({ length: 8 }, () => client.GET("/v1/me")));
  expect(new Set(answers.map(({ data }) => data.person.email))).toEqual(new Set([ADMIN.email]));
  expect(sent.filter((request) => request === REFRESH)).toHaveLength(1);
  expect(session.state).toBe("signed-in");
});

it("refreshes for the stream, too", async () => {
  const { client, sent, signIn } = signedIn();
  await signIn({ expired: true });
  for await (const page of client.changes({ networkId: here.networkId })) {
    expect(page.items.map(({ subjectId }) => subjectId)).toContain(here.networkId);
    break;
  }
  expect(sent).toEqual(["GET /v1/changes", REFRESH, "GET /v1/changes"]);
});

it("uses a refresh token once, also where two sessions share it", async () => {
  const store = memoryTokenStore();
  const one = signedIn(store);
  await one.signIn({ expired: false });
  const other = signedIn(store);
  expect(other.session.state).toBe("unknown");
  await Promise.all([other.client.GET("/v1/me"), one.session.renew(await token(one.session))]);
  await Promise.all([one.client.GET("/v1/me"), other.client.GET("/v1/me")]);
  expect(other.sent.filter((request) => request === REFRESH)).toHaveLength(1);
});

it("sends a refresh again whose answer was lost", async () => {
  const { client, signIn, sent, loseNext } = signedIn();
  await signIn({ expired: true });
  loseNext();
  expect((await client.GET("/v1/me")).data.person.email).toBe(ADMIN.email);
  expect(sent).toEqual(["GET /v1/me", REFRESH, REFRESH, "GET /v1/me"]);
  // The sign-in has not been taken for a stolen one.
  expect((await client.GET("/v1/me")).response.status).toBe(200);
});

it("tells when the sign-in has ended", async () => {
  const { client, session, signIn, store } = signedIn();
  await signIn({ expired: true });
  const states: string[] = [];
  const end = session.subscribe((state) => states.push(state));
  await store.write("a refresh token that never was");
  await expect(Promise.all([client.GET("/v1/me"), client.GET("/v1/me")])).rejects.toBeInstanceOf(SignedOutError);
  expect(states).toEqual(["signed-out"]);
  expect(await store.read()).toBeNull();
  // Nobody in particular asks from now on, which is good enough for some things.
  await expect(client.GET("/v1/me")).rejects.toMatchObject({ name: "SignedOutError", cause: { status: 401 } });
  expect((await client.GET("/v1/openapi.json")).response.status).toBe(200);
  await signIn({ expired: false });
  end();
  expect(states).toEqual(["signed-out", "signed-in"]);
});

it("goes on with the sign-in of an earlier visit", async () => {
  const { signIn, store } = signedIn();
  await signIn({ expired: false });
  const later = signedIn(store);
  expect((await later.client.GET("/v1/me")).data.person.email).toBe(ADMIN.email);
  expect(later.session.state).toBe("signed-in");
});

it("signs out at the server", async () => {
  const { client, session, signIn, store } = signedIn();
  await signIn({ expired: true });
  const refreshToken = await store.read();
  await session.signOut();
  expect([session.state, await store.read()]).toEqual(["signed-out", null]);
  expect(refreshToken).not.toBeNull();
  await store.write(refreshToken);
  const later = signedIn(store);
  await expect(later.client.GET("/v1/me")).rejects.toBeInstanceOf(SignedOutError);
  await expect(client.GET("/v1/me")).rejects.toBeInstanceOf(SignedOutError);
});

it("is signed out here even where the server cannot be told", async () => {
  const { session, signIn } = signedIn();
  await signIn({ expired: false });
  here.relay.line = "cut";
  await expect(session.signOut()).rejects.toBeInstanceOf(NetworkError);
  here.relay.line = "open";
  expect(session.state).toBe("signed-out");
});

it("refuses a wrong password as a problem", async () => {
  const { session } = signedIn();
  const refusal = session.signIn(ADMIN.email, "een ander wachtwoord");
  await expect(refusal).rejects.toMatchObject({ name: "ProblemError", status: 401, code: "sign_in_failed" });
  expect(session.state).toBe("unknown");
});

it("ends the waiting of one that was aborted, and not the refresh", async () => {
  const { client, signIn, sent } = signedIn();
  await signIn({ expired: true });
  const control = new AbortController();
  const [aborted, other] = [client.GET("/v1/me", { signal: control.signal }), client.GET("/v1/me")];
  control.abort(new Error("not wanted any more"));
  await expect(aborted).rejects.toThrow("not wanted any more");
  expect((await other).data.person.email).toBe(ADMIN.email);
  expect(sent.filter((request) => request === REFRESH)).toHaveLength(1);
});

it("begins with an invitation", async () => {
  const { data: invitation } = await here.client.POST("/v1/networks/{networkId}/invitations", {
    params: { path: { networkId: here.networkId } },
    body: { email: "nieuw@demo.example", role: "practitioner" },
  });
  const { session, client } = signedIn();
  const body = { token: invitation.token ?? "", displayName: "Noor Nieuw", password: ADMIN.password };
  await session.redeem(body);
  expect((await client.GET("/v1/me")).data.networks.map(({ networkId }) => networkId)).toEqual([here.networkId]);
  await expect(signedIn().session.redeem(body)).rejects.toBeInstanceOf(ProblemError);
});

it("leaves the refresh token to a cookie", async () => {
  const bodies: unknown[] = [];
  const fetch: Fetch = async (request) => {
    bodies.push(await request.json());
    return Response.json({
      accessToken: "abc",
      refreshToken: null,
      tokenType: "Bearer",
      expiresAt: "2030-01-01T00:00:00Z",
    });
  };
  const refreshTokens: RefreshTokens = cookieRefreshToken();
  const first = new Session({ baseUrl: "https://feedbacklus.example.org", fetch, refreshTokens });
  await first.signIn(ADMIN.email, ADMIN.password);
  const reloaded = new Session({ baseUrl: "https://feedbacklus.example.org", fetch, refreshTokens });
  expect(await reloaded.token()).toBe("abc");
  expect(bodies).toEqual([{ ...ADMIN, refreshTokenIn: "cookie" }, { refreshTokenIn: "cookie" }]);
});

it("takes a cookie back that outlived a sign-out without a connection", async () => {
  const asked: string[] = [];
  let [cookie, connected] = [false, true];
  const fetch: Fetch = async ({ method }) => {
    asked.push(method);
    if (!connected) {
      throw new TypeError("No connection.");
    }
    if (method === "DELETE") {
      cookie = false;
      return new Response(null, { status: 204 });
    }
    if (!cookie && asked.length > 1) {
      return Response.json({ status: 401, code: "unauthenticated", detail: "Sign in." }, { status: 401 });
    }
    cookie = true;
    return Response.json({
      accessToken: "abc",
      refreshToken: null,
      tokenType: "Bearer",
      expiresAt: "2030-01-01T00:00:00Z",
    });
  };
  const options = { baseUrl: "https://feedbacklus.example.org", fetch, refreshTokens: cookieRefreshToken() };
  const session = new Session(options);
  await session.signIn(ADMIN.email, ADMIN.password);
  connected = false;
  await expect(session.signOut()).rejects.toBeInstanceOf(NetworkError);
  expect([session.state, await session.token()]).toEqual(["signed-out", null]);
  connected = true;
  asked.splice(1);
  await session.signOut();
  expect(asked.slice(1)).toEqual(["POST", "DELETE"]);
  expect([cookie, session.state]).toEqual([false, "signed-out"]);
  expect(await new Session(options).token()).toBeNull();
});

it("sends an API key as it is", async () => {
  const { client, networkId } = here;
  const { data } = await client.POST("/v1/networks/{networkId}/api-keys", {
    params: { path: { networkId } },
    body: { name: "Koppeling", role: "reader", operations: ["listCycles"], expiresAt: null },
  });
  const program = createClient({ baseUrl: here.relay.base, credential: apiKey(data.key ?? "") });
  const cycles = await program.list("/v1/networks/{networkId}/cycles", { params: { path: { networkId } } }).toArray();
  expect(cycles.map(({ id }) => id)).toEqual([here.cycleId]);
  const unknown = createClient({ baseUrl: here.relay.base, credential: apiKey("fbl_unknown") });
  await expect(unknown.GET("/v1/me")).rejects.toMatchObject({ status: 401, code: "api_key_invalid" });
});

async function token(session: Session): Promise<string> {
  return (await session.token()) ?? "";
}
