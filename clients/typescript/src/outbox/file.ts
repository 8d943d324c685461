import { mkdir, open, readFile, rename } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { exclusively } from "../locks.js";
import type { Kept, OutboxStore } from "./kept.js";
import { NOTHING } from "./kept.js";

/** The form of the file, so that a later one can tell. */
const FORM = 1;

/**
 * Keeps an outbox in a file, which only its owner can read. The file is written anew for each change and put in place once
 * it is on the disk, so that a crash leaves either the old one or the new one. One process at a time may use a file.
 */
export function fileStore(path: string): OutboxStore {
  const file = resolve(path);
  const name = `file:${file}`;
  return {
    name,
    read: () => exclusively(name, () => read(file)),
    update: (change) =>
      exclusively(name, async () => {
        const before = await read(file);
        const after = change(before);
        if (after !== before) {
          await write(file, after);
        }
        return after;
      }),
    close: () => exclusively(name, () => Promise.resolve()),
  };
}

async function read(file: string): Promise<Kept> {
  let text: string;
  try {
    text = await readFile(file, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") {
      return NOTHING;
    }
    throw error;
  }
  const { form, ...kept } = JSON.parse(text) as Kept & { form: number };
  if (form !== FORM) {
    throw new Error(`${file} was written by another version of this package.`);
  }
  return kept;
}

async function write(file: string, kept: Kept): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  const beside = `${file}.new`;
  const handle = await open(beside, "w", 0o600);
  try {
    await handle.writeFile(JSON.stringify({ form: FORM, ...kept }));
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(beside, file);
  await syncFolder(dirname(file));
}

/** So that the new name lasts, too. Windows has no such thing, and needs none. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === "win32") {
    return;
  }
  const handle = await open(folder, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
