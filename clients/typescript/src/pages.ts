import type { FetchOptions } from "openapi-fetch";
import type { RequiredKeysOf } from "openapi-typescript-helpers";
import type { Client } from "./client.js";
import type { paths } from "./schema.js";

/** A page of a list. */
export interface Page<Item> {
  readonly items: Item[];
  /** Where the next page begins; null on the last one. */
  readonly nextCursor: string | null;
}

type Got<Path extends keyof paths> = paths[Path]["get"] extends {
  responses: { 200: { content: { "application/json": infer Body } } };
}
  ? Body
  : never;

/** The paths that answer with a list in pages. */
export type ListPath = {
  [Path in keyof paths]: Got<Path> extends { items: unknown[]; nextCursor: string | null } ? Path : never;
}[keyof paths] &
  {
    [Path in keyof paths]: [Got<Path>] extends [never] ? never : Path;
  }[keyof paths];

/** What a list is of. */
export type ListItem<Path extends ListPath> = Got<Path> extends { items: (infer Item)[] } ? Item : never;

type ListOptions<Path extends ListPath> = Omit<FetchOptions<NonNullable<paths[Path]["get"]>>, "parseAs" | "body">;

/** The parameters of a list: those of its path, a filter, and how long its pages are. */
export type ListInit<Path extends ListPath> =
  RequiredKeysOf<ListOptions<Path>> extends never ? [init?: ListOptions<Path>] : [init: ListOptions<Path>];

/** A list that is read as far as somebody looks. Each iteration begins anew. */
export interface List<Item> extends AsyncIterable<Item> {
  /** The same, a page at a time. */
  pages(): AsyncIterableIterator<Page<Item>>;
  /** All items. The longest lists are better read one by one. */
  toArray(): Promise<Item[]>;
}

/** The init as the client takes it, once the path is of no matter. */
export interface AnyInit {
  params?: { query?: Record<string, unknown> };
}

/** Sends a request to any list. */
type GetPage<Item> = (path: string, init: AnyInit) => Promise<{ data: Page<Item> }>;

export function listOf<Item>(client: Client, path: ListPath, init: AnyInit = {}): List<Item> {
  // The path's own type has said what it takes and what it is a list of.
  const get = client.GET as unknown as GetPage<Item>;

  async function* pages(): AsyncGenerator<Page<Item>, void, undefined> {
    let cursor: string | null = null;
    do {
      const query: Record<string, unknown> = { ...init.params?.query, ...(cursor !== null && { cursor }) };
      const { data }: { data: Page<Item> } = await get(path, { ...init, params: { ...init.params, query } });
      yield data;
      cursor = data.nextCursor;
    } while (cursor !== null);
  }

  async function* items(): AsyncGenerator<Item, void, undefined> {
    for await (const page of pages()) {
      yield* page.items;
    }
  }

  return {
    pages,
    [Symbol.asyncIterator]: items,
    toArray: async () => {
      const all: Item[] = [];
      for await (const item of items()) {
        all.push(item);
      }
      return all;
    },
  };
}
