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

export type Role = "EDITOR" | "ADJUDICATOR" | "REVIEWER" | "VIEWER";
