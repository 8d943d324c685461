import type { components } from "./schema.js";

export type Tokens = components["schemas"]["Tokens"];

/** Where the refresh token is, and what is sent for it. */
export interface RefreshTokens {
  /** The body that signs in, of one that says who it is. */
  signingIn(body: object): object;
  /** The body that asks for new tokens; null where there is nothing to ask with. */
  refreshing(): Promise<object | null>;
  /** Takes what a sign-in or a refresh answered. It is stored before the tokens are used. */
  keep(tokens: Tokens): Promise<void>;
  forget(): Promise<void>;
}

/** A place for one text, of which nobody else may know. */
export interface TokenStore {
  read(): Promise<string | null>;
  write(token: string | null): Promise<void>;
}

/** In memory: gone with the program. */
export function memoryTokenStore(): TokenStore {
  let kept: string | null = null;
  return {
    read: () => Promise.resolve(kept),
    write: (token) => {
      kept = token;
      return Promise.resolve();
    },
  };
}

/** The refresh token in the program's own hands. */
export function heldRefreshToken(store: TokenStore = memoryTokenStore()): RefreshTokens {
  return {
    signingIn: (body) => body,
    refreshing: async () => {
      const refreshToken = await store.read();
      return refreshToken === null ? null : { refreshToken };
    },
    keep: (tokens) => store.write(tokens.refreshToken),
    forget: () => store.write(null),
  };
}

/** The refresh token in a cookie that no script can read: for pages of the server's own origin. */
export function cookieRefreshToken(): RefreshTokens {
  return {
    signingIn: (body) => ({ ...body, refreshTokenIn: "cookie" }),
    // Whether there is a cookie, the server alone can see.
    refreshing: () => Promise.resolve({ refreshTokenIn: "cookie" }),
    keep: () => Promise.resolve(),
    forget: () => Promise.resolve(),
  };
}
