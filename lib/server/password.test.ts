import { expect, test } from "vitest";
import { hashPassword, MAX_PASSWORD, verifyPassword } from "./password";

const stored = async (password: string) => {
  const hash = await hashPassword(password);
  return hash.ok ? hash.value : "";
};

test("a password is known again, however its marks were typed", async () => {
  const kept = await stored("caf\u00e9 by the weir 1961");
  expect(await verifyPassword("cafe\u0301 by the weir 1961", kept)).toEqual({ ok: true, value: true });
  expect(await verifyPassword("cafe by the weir 1961", kept)).toEqual({ ok: true, value: false });
});

test("a text longer than any password is wrong without being normalised", async () => {
  const longest = "\u{1f30a}".repeat(MAX_PASSWORD);
  expect(await verifyPassword(longest, await stored(longest))).toEqual({ ok: true, value: true });
  const marks = `a${"\u0315\u0300\u05ae".repeat(1_000_000)}`;
  expect(await verifyPassword(marks, await stored(""))).toEqual({ ok: true, value: false });
});
