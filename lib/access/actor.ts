/** Who is asking. Made only by lib/server/session.ts (cookie or token), by the commands and by the start. */
export type Actor = {
  readonly userId: string;
  readonly name: string;
  readonly isAdmin: boolean;
  readonly via:
    | { readonly kind: "session"; readonly sessionId: string }
    | {
        readonly kind: "token";
        readonly tokenId: string;
        readonly readOnly: boolean;
        readonly projectId: string | null;
      }
    | { readonly kind: "command" };
};

const NOBODY = "00000000-0000-0000-0000-000000000000";

/** The owner of the machine, by a command or at the start: may everything, and is no account. */
export const COMMAND: Actor = { userId: NOBODY, name: "the command line", isAdmin: true, via: { kind: "command" } };

/** The account behind the actor; null for COMMAND. What columns like createdBy hold. */
export const personOf = (actor: Actor): string | null => (actor.userId === NOBODY ? null : actor.userId);

export type Role = "EDITOR" | "ADJUDICATOR" | "REVIEWER" | "VIEWER";
