import { expect, test } from "vitest";
import { diskWarning, hasRoom, leavesRoom, warningFor } from "./disk";

const MB = 1024 ** 2;

test.each([
  { what: "an empty disk", disk: { blocks: 300, bfree: 300, bavail: 300, bsize: MB }, says: null },
  { what: "just under the share", disk: { blocks: 300, bfree: 46, bavail: 46, bsize: MB }, says: null },
  { what: "at the share", disk: { blocks: 300, bfree: 45, bavail: 45, bsize: MB }, says: /85 % full; 45 MB are left/ },
  {
    what: "room that is kept for root does not count",
    disk: { blocks: 300, bfree: 60, bavail: 10, bsize: MB },
    says: /96 % full; 10 MB/,
  },
  { what: "a full disk", disk: { blocks: 300, bfree: 0, bavail: 0, bsize: MB }, says: /100 % full; 0 MB/ },
])("$what", ({ disk, says }) => {
  if (says) expect(warningFor(disk)).toMatch(says);
  else expect(warningFor(disk)).toBeNull();
});

test("a data dir that is not there is nothing to warn of", async () => {
  expect(await diskWarning("/nowhere/at/all")).toBeNull();
});

test.each([
  { what: "a large disk with a fiftieth of it left", blocks: 100_000, bavail: 2_000, room: true },
  { what: "a large disk with less", blocks: 100_000, bavail: 1_999, room: false },
  { what: "a small disk with half a gigabyte left", blocks: 5_000, bavail: 512, room: true },
  { what: "a small disk with less", blocks: 5_000, bavail: 511, room: false },
])("$what: an upload goes on, or not", async ({ blocks, bavail, room }) => {
  expect(leavesRoom({ blocks, bavail, bsize: MB })).toBe(room);
  expect(await hasRoom("/nowhere/at/all")).toBe(true);
});
