/** What the small mark says. It says *saved* only when the server has answered for everything. */
import type { Halt } from "./draft";

export type Saving = {
  readonly kind: "opening" | "saved" | "saving" | "unsent" | "refused";
  /** Acts not answered for. */
  readonly count: number;
  /** The mark's words. */
  readonly words: string;
  /** A sentence more: what happened, what was kept, what to do. */
  readonly detail: string | null;
};

const acts = (count: number) => (count === 1 ? "1 change" : `${count} changes`);

export function savingOf(state: {
  readonly opened: boolean;
  readonly unsent: number;
  readonly aside: string | null;
  readonly conflicts: number;
  readonly halt: Halt | null;
  /** Why the browser keeps nothing, or null. */
  readonly storage: string | null;
}): Saving {
  const { unsent: count, halt, storage } = state;
  const risk = storage ? ` They are not kept on this computer either: ${storage}.` : "";
  const refused = (reason: string, detail: string): Saving => ({
    kind: "refused",
    count,
    words: `not saved: ${reason}`,
    detail: detail + risk,
  });

  if (count === 0 && !state.opened) return { kind: "opening", count, words: "opening", detail: null };
  if (count === 0) {
    const detail = storage
      ? `Unsent changes would not outlive this page: ${storage}. Everything so far is saved.`
      : null;
    return { kind: "saved", count, words: "saved", detail };
  }
  if (halt?.kind === "signed-out")
    return refused("signed out", `${acts(count)} wait here. Sign in again and they are sent.`);
  if (halt?.kind === "locked")
    return refused(
      "submitted",
      `The review was submitted before ${acts(count)} arrived. They are kept here; reopen it to send them.`,
    );
  if (halt?.kind === "gone")
    return refused("no longer yours", `${halt.reason} ${acts(count)} are kept in this browser.`);
  if (state.conflicts > 0)
    return refused("changed elsewhere", "The same was changed in another window. Choose which to keep.");
  if (state.aside !== null) return refused(state.aside.replace(/\.$/, ""), "It is set aside; everything else goes on.");
  if (halt)
    return {
      kind: "unsent",
      count,
      words: `${count} not sent`,
      detail:
        (halt.kind === "offline"
          ? "Gloss cannot be reached. The changes are kept on this computer and are sent by themselves."
          : "Gloss is busy or away. The changes are kept and are sent by themselves.") + risk,
    };
  if (storage)
    return { kind: "saving", count, words: "saving", detail: `Stay on this page until it says saved: ${storage}.` };
  return { kind: "saving", count, words: "saving", detail: null };
}
