/**
 * The last of the build: compresses what the server sends, and holds the app to its weight. A phone on a bad line loads all
 * of it before the first word can be written down.
 */
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

const FOLDER = new URL("../dist/", import.meta.url).pathname;
const MOST_SCRIPT = 150_000;

let script = 0;
for (const entry of await readdir(FOLDER, { recursive: true, withFileTypes: true })) {
  if (!entry.isFile() || !/\.(js|css|html|svg|webmanifest)$/.test(entry.name)) {
    continue;
  }
  const path = join(entry.parentPath, entry.name);
  const content = await readFile(path);
  const gzip = gzipSync(content, { level: 9 });
  if (entry.name.endsWith(".js")) {
    script += gzip.length;
  }
  const brotli = brotliCompressSync(content, { params: { [constants.BROTLI_PARAM_SIZE_HINT]: content.length } });
  await Promise.all([writeFile(`${path}.gz`, gzip), writeFile(`${path}.br`, brotli)]);
}
console.log(`script, compressed by gzip: ${(script / 1000).toFixed(1)} kB of at most ${MOST_SCRIPT / 1000} kB`);
if (script > MOST_SCRIPT) {
  console.error("The app has become too heavy.");
  process.exit(1);
}
const page = await readFile(join(FOLDER, "index.html"), "utf8");
if (/<script(?![^>]*\ssrc=)|<style|\sstyle=|\son\w+=/.test(page)) {
  console.error("index.html has script or style in it, which the server's policy forbids.");
  process.exit(1);
}
