import { expect, test } from "vitest";
import { diskWarning, warningFor } from "./disk";

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
