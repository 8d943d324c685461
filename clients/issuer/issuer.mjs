// An OpenID Provider on the loopback, for as long as standard input is open. The first line on standard output is JSON with
// the address of the issuer, and that of what tests may ask beside it, each with POST and JSON:
//
//   /sign-in   {subject}                     a token that somebody gets who signs in (authorization code with PKCE)
//   /forge     {header, claims, key}         a token that the provider never gave, signed with a key of its own or of nobody's
//   /rotate    {withdraw}                    other keys from now on; those before stay published unless they are withdrawn
//   /requests  {}                            how often its configuration and its keys were read
//   /break     {how}                         `down`: it answers nothing any more; `mute`: 503; null: it works again
import { createHash, createPublicKey, randomBytes } from "node:crypto";
import { createServer } from "node:http";
import { exportJWK, generateKeyPair, importJWK, SignJWT } from "jose";
import Provider from "oidc-provider";

// Nobody reads standard output after its first line.
console.info = console.error;
console.warn = console.error;

const AUDIENCE = "https://leren.example.org/api";
const CALLBACK = "http://127.0.0.1/callback";

let keys = [];
let provider;
let broken = null;
const requests = { configuration: 0, keys: 0 };

const listening = (handler) =>
  new Promise((resolve) => {
    const server = createServer(handler);
    server.listen(0, "127.0.0.1", () => resolve(server));
  });

const door = await listening((request, response) => {
  if (broken === "down") return request.socket.destroy();
  if (broken === "mute") return response.writeHead(503).end();
  if (request.url === "/jwks") requests.keys += 1;
  if (request.url.startsWith("/.well-known/")) requests.configuration += 1;
  provider.callback()(request, response);
});
const issuer = `http://127.0.0.1:${door.address().port}`;

async function makeKey(algorithm) {
  const { privateKey } = await generateKeyPair(algorithm, { extractable: true });
  const kid = randomBytes(8).toString("hex");
  return { ...(await exportJWK(privateKey)), alg: algorithm, use: "sig", kid };
}

/** The provider anew, with these keys: it signs access tokens with the first that fits. */
function open() {
  provider = new Provider(issuer, {
    jwks: { keys },
    clients: [
      {
        client_id: "app",
        application_type: "native",
        token_endpoint_auth_method: "none",
        grant_types: ["authorization_code"],
        response_types: ["code"],
        redirect_uris: [CALLBACK],
        id_token_signed_response_alg: "ES256",
      },
    ],
    cookies: { keys: ["a key of the tests"] },
    findAccount: (_, id) => ({ accountId: id, claims: () => ({ sub: id }) }),
    // What a token says of roles is nothing to the server.
    extraTokenClaims: () => ({ roles: ["admin", "coordinator"], systemRole: "admin" }),
    ttl: { AccessToken: 600, IdToken: 600 },
    features: {
      devInteractions: { enabled: true },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => AUDIENCE,
        useGrantedResource: () => true,
        getResourceServerInfo: () => ({
          scope: "admin",
          audience: AUDIENCE,
          accessTokenFormat: "jwt",
          jwt: { sign: { alg: "ES256" } },
        }),
      },
    },
  });
  // Interactions and warnings are of no interest here.
  provider.on("server_error", (_, error) => console.error(error));
}

async function rotate({ withdraw = false } = {}) {
  const fresh = [await makeKey("ES256"), await makeKey("RS256")];
  keys = withdraw ? fresh : [...fresh, ...keys];
  open();
  return { kids: keys.map((key) => key.kid) };
}

/** Signs somebody in, as a browser would, and answers with their tokens. */
async function signIn({ subject }) {
  const jar = new Map();
  const verifier = randomBytes(32).toString("base64url");
  const go = async (address, form) => {
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join("; ");
    const body = form && new URLSearchParams(form);
    const response = await fetch(address, {
      method: form ? "POST" : "GET",
      redirect: "manual",
      headers: { cookie },
      body,
    });
    for (const line of response.headers.getSetCookie()) {
      const [name, value] = line.split(";")[0].split("=");
      if (value) jar.set(name, value);
      else jar.delete(name);
    }
    const next = response.headers.get("location");
    return next ? new URL(next, address).href : response;
  };
  const query = new URLSearchParams({
    client_id: "app",
    response_type: "code",
    redirect_uri: CALLBACK,
    scope: "openid admin",
    resource: AUDIENCE,
    code_challenge: createHash("sha256").update(verifier).digest("base64url"),
    code_challenge_method: "S256",
  });
  let at = await go(`${issuer}/auth?${query}`);
  for (const form of [{ prompt: "login", login: subject, password: "any" }, { prompt: "consent" }]) {
    await go(at);
    at = await go(await go(at, form));
  }
  const code = new URL(at).searchParams.get("code");
  const given = await fetch(`${issuer}/token`, {
    method: "POST",
    body: new URLSearchParams({
      client_id: "app",
      grant_type: "authorization_code",
      code,
      redirect_uri: CALLBACK,
      code_verifier: verifier,
      resource: AUDIENCE,
    }),
  });
  const tokens = await given.json();
  return { accessToken: tokens.access_token, idToken: tokens.id_token };
}

const base64url = (value) => Buffer.from(JSON.stringify(value)).toString("base64url");

/**
 * A token with these members beside those of a good one; a member that is null is left out. `key` is `current`, `rsa`,
 * `strange` (nobody's), `none` (no signature) or `public` (HMAC with the public key as everybody can read it).
 */
async function forge({ header = {}, claims = {}, key = "current" }) {
  const now = Math.floor(Date.now() / 1000);
  const own = key === "rsa" ? keys.find((one) => one.kty === "RSA") : keys.find((one) => one.kty === "EC");
  const present = (members) => Object.fromEntries(Object.entries(members).filter(([, value]) => value !== null));
  const head = present({ alg: own.alg, typ: "at+jwt", kid: own.kid, ...header });
  const good = { iss: issuer, aud: AUDIENCE, sub: "nobody", client_id: "app", iat: now, exp: now + 600 };
  const shift = { exp: claims.expIn, nbf: claims.nbfIn, iat: claims.iatIn };
  const { expIn, nbfIn, iatIn, ...rest } = claims;
  const moved = Object.fromEntries(
    Object.entries(shift).flatMap(([name, seconds]) => (seconds === undefined ? [] : [[name, now + seconds]])),
  );
  const body = present({ ...good, ...rest, ...moved });
  if (key === "none") return { token: `${base64url(head)}.${base64url(body)}.` };
  if (key === "public") {
    const pem = createPublicKey({ key: own, format: "jwk" }).export({ type: "spki", format: "pem" });
    return { token: await new SignJWT(body).setProtectedHeader(head).sign(Buffer.from(pem)) };
  }
  const signer = key === "strange" ? await makeKey(own.alg) : own;
  return { token: await new SignJWT(body).setProtectedHeader(head).sign(await importJWK(signer, head.alg)) };
}

const ASKED = {
  "/sign-in": signIn,
  "/forge": forge,
  "/rotate": rotate,
  "/requests": async () => requests,
  "/break": async ({ how }) => {
    broken = how;
    return {};
  },
};

await rotate();
const beside = await listening(async (request, response) => {
  try {
    const pieces = [];
    for await (const piece of request) pieces.push(piece);
    const told = await ASKED[request.url](JSON.parse(Buffer.concat(pieces).toString() || "{}"));
    response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(told));
  } catch (error) {
    response.writeHead(500, { "content-type": "text/plain" }).end(String(error.stack));
  }
});
console.log(JSON.stringify({ issuer, audience: AUDIENCE, beside: `http://127.0.0.1:${beside.address().port}` }));
process.stdin.on("end", () => process.exit()).resume();
