/** `npx tsx prisma/sample/write.ts`: writes sample.jsonl anew from its sources. */
import { writeFileSync } from "node:fs";
import { buildSample } from "./build";

writeFileSync(new URL("sample.jsonl", import.meta.url), buildSample());
