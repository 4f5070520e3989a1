/** The table of interface.md, "Who may what", cell by cell: every action, every role, every state, every own review. */
import { describe, expect, it } from "vitest";
import type { Actor, Role } from "./actor";
import {
  type ArticleAction,
  canAccount,
  canArticle,
  canInstance,
  canProject,
  canReview,
  type OwnReview,
  type ProjectAction,
  type ReviewAction,
} from "./can";

const PROJECT = "11111111-1111-4111-8111-111111111111";
const OTHER = "22222222-2222-4222-8222-222222222222";
const ME = "33333333-3333-4333-8333-333333333333";

type Who = "admin" | Role | "stranger";
const WHO: readonly Who[] = ["admin", "EDITOR", "ADJUDICATOR", "REVIEWER", "VIEWER", "stranger"];
const STATES = { O: "OPEN", A: "ADJUDICATION", S: "SETTLED" } as const;
const OWN: readonly (OwnReview | null)[] = [null, "ASSIGNED", "IN_PROGRESS", "SUBMITTED", "SKIPPED"];

const actor = (who: Who, via: Actor["via"] = { kind: "session", sessionId: ME }): Actor => ({
  userId: ME,
  name: "Me",
  isAdmin: who === "admin",
  via,
});
const rolesOf = (who: Who): readonly Role[] => (who === "admin" || who === "stranger" ? [] : [who]);
const project = (who: Who) => ({ projectId: PROJECT, roles: rolesOf(who), blind: true, adjudicateOwn: false });

describe("on a project", () => {
  const TABLE: Readonly<Record<ProjectAction, readonly Who[]>> = {
    "project.see": ["admin", "EDITOR", "ADJUDICATOR", "REVIEWER", "VIEWER"],
    "project.edit": ["admin", "EDITOR"],
    "project.oversee": ["admin", "EDITOR"],
    "guideline.keep": ["admin", "EDITOR", "ADJUDICATOR"],
    "articles.list": ["admin", "EDITOR", "ADJUDICATOR"],
    "queue.take": ["admin", "EDITOR", "ADJUDICATOR", "REVIEWER"],
    "presence.tell": ["admin", "EDITOR", "ADJUDICATOR"],
    "audit.see": ["admin", "EDITOR"],
    "agreement.all": ["admin", "EDITOR", "ADJUDICATOR"],
    "agreement.aggregates": ["admin", "EDITOR", "ADJUDICATOR", "VIEWER"],
    "agreement.own": ["admin", "EDITOR", "ADJUDICATOR", "REVIEWER"],
    "export.all": ["admin", "EDITOR"],
    "export.reviews": ["admin", "EDITOR", "ADJUDICATOR"],
    "export.gold": ["admin", "EDITOR", "ADJUDICATOR", "VIEWER"],
    "export.own": ["admin", "EDITOR", "ADJUDICATOR", "REVIEWER"],
  };
  const actions = Object.keys(TABLE) as ProjectAction[];

  it.each(actions)("%s", (action) => {
    expect(WHO.filter((who) => canProject(actor(who), action, project(who)))).toEqual(TABLE[action]);
  });

  it("several roles are the sum of each", () => {
    const facts = { ...project("VIEWER"), roles: ["VIEWER", "REVIEWER"] as const };
    for (const action of actions) {
      const each = TABLE[action].includes("VIEWER") || TABLE[action].includes("REVIEWER");
      expect(canProject(actor("VIEWER"), action, facts)).toBe(each);
    }
  });

  it("a token that only reads writes nothing, one bound elsewhere does nothing", () => {
    const reading = { kind: "token", tokenId: ME, readOnly: true, projectId: null } as const;
    const elsewhere = { kind: "token", tokenId: ME, readOnly: false, projectId: OTHER } as const;
    const here = { ...elsewhere, projectId: PROJECT };
    const may = (via: Actor["via"]) =>
      actions.filter((action) => canProject(actor("admin", via), action, project("admin")));
    expect(may(reading)).toEqual(
      actions.filter((action) => !["presence.tell", "project.edit", "queue.take", "guideline.keep"].includes(action)),
    );
    expect(may(elsewhere)).toEqual([]);
    expect(may(here)).toEqual(actions);
  });
});

describe("on an article", () => {
  // A cell names the states (Open, Adjudication, Settled) in which it is allowed; columns are the actor's own review of the article.
  //                         none   assigned  in progress  submitted  skipped
  const TABLE: Readonly<
    Record<ArticleAction, Readonly<Record<Who, readonly [string, string, string, string, string]>>>
  > = {
    "article.read": {
      admin: ["OAS", "OAS", "OAS", "OAS", "OAS"],
      EDITOR: ["OAS", "OAS", "OAS", "OAS", "OAS"],
      ADJUDICATOR: ["OAS", "OAS", "OAS", "OAS", "OAS"],
      REVIEWER: ["", "OAS", "OAS", "OAS", "OAS"],
      VIEWER: ["S", "S", "S", "S", "S"],
      stranger: ["", "", "", "", ""],
    },
    "marks.see": {
      admin: ["OAS", "S", "S", "OAS", "OAS"],
      EDITOR: ["OAS", "S", "S", "OAS", "OAS"],
      ADJUDICATOR: ["OAS", "S", "S", "OAS", "OAS"],
      REVIEWER: ["", "S", "S", "S", "S"],
      VIEWER: ["S", "S", "S", "S", "S"],
      stranger: ["", "", "", "", ""],
    },
    "gold.see": {
      admin: ["OAS", "S", "S", "OAS", "OAS"],
      EDITOR: ["OAS", "S", "S", "OAS", "OAS"],
      ADJUDICATOR: ["OAS", "S", "S", "OAS", "OAS"],
      REVIEWER: ["", "S", "S", "S", "S"],
      VIEWER: ["S", "S", "S", "S", "S"],
      stranger: ["", "", "", "", ""],
    },
    // Where the project does not show them to reviewers.
    "suggestions.see": {
      admin: ["OAS", "", "", "OAS", "OAS"],
      EDITOR: ["OAS", "", "", "OAS", "OAS"],
      ADJUDICATOR: ["OAS", "", "", "OAS", "OAS"],
      REVIEWER: ["", "", "", "", ""],
      VIEWER: ["", "", "", "", ""],
      stranger: ["", "", "", "", ""],
    },
    "thread.see": {
      admin: ["OAS", "S", "S", "OAS", "OAS"],
      EDITOR: ["OAS", "S", "S", "OAS", "OAS"],
      ADJUDICATOR: ["OAS", "S", "S", "OAS", "OAS"],
      REVIEWER: ["", "S", "S", "S", "S"],
      VIEWER: ["S", "S", "S", "S", "S"],
      stranger: ["", "", "", "", ""],
    },
    "thread.write": {
      admin: ["OAS", "S", "S", "OAS", "OAS"],
      EDITOR: ["OAS", "S", "S", "OAS", "OAS"],
      ADJUDICATOR: ["OAS", "S", "S", "OAS", "OAS"],
      REVIEWER: ["", "S", "S", "S", "S"],
      VIEWER: ["", "", "", "", ""],
      stranger: ["", "", "", "", ""],
    },
    decide: {
      admin: ["OAS", "", "", "", "OAS"],
      EDITOR: ["", "", "", "", ""],
      ADJUDICATOR: ["OAS", "", "", "", "OAS"],
      REVIEWER: ["", "", "", "", ""],
      VIEWER: ["", "", "", "", ""],
      stranger: ["", "", "", "", ""],
    },
  };
  const cells = (Object.keys(TABLE) as ArticleAction[]).flatMap((action) =>
    WHO.map((who) => ({ action, who, row: TABLE[action][who] })),
  );
  const facts = (who: Who, state: keyof typeof STATES, ownReview: OwnReview | null) => ({
    ...project(who),
    state: STATES[state],
    ownReview,
  });
  const states = (may: (state: keyof typeof STATES) => boolean) => (["O", "A", "S"] as const).filter(may).join("");

  it.each(cells)("$action by $who", ({ action, who, row }) => {
    const found = OWN.map((own) => states((state) => canArticle(actor(who), action, facts(who, state, own))));
    expect(found).toEqual(row);
  });

  it("suggestions are shown to whoever may read the article, also at work on it, only where the project says so", () => {
    const shown = (who: Who) =>
      OWN.map((own) =>
        states((state) =>
          canArticle(actor(who), "suggestions.see", { ...facts(who, state, own), showSuggestions: true }),
        ),
      );
    expect(shown("REVIEWER")).toEqual(["", "OAS", "OAS", "OAS", "OAS"]);
    expect(shown("EDITOR")).toEqual(["OAS", "OAS", "OAS", "OAS", "OAS"]);
    expect(shown("VIEWER")).toEqual(["S", "S", "S", "S", "S"]);
    expect(shown("stranger")).toEqual(["", "", "", "", ""]);
  });

  it("whoever is asked into a thread sees it with a submitted review, once no more reviews are waited for", () => {
    const asked = (own: OwnReview | null) =>
      states((state) =>
        canArticle(actor("REVIEWER"), "thread.see", { ...facts("REVIEWER", state, own), invited: true }),
      );
    expect(OWN.map(asked)).toEqual(["", "S", "S", "AS", "S"]);
    expect(
      states((state) =>
        canArticle(actor("REVIEWER"), "marks.see", { ...facts("REVIEWER", state, "SUBMITTED"), invited: true }),
      ),
    ).toBe("S");
  });

  it("an open training review hides everything, whoever one is and whatever the project says", () => {
    const training = { ownTraining: true, blind: false };
    const open = (who: Who) =>
      states((state) => canArticle(actor(who), "gold.see", { ...facts(who, state, "IN_PROGRESS"), ...training }));
    expect(WHO.map(open)).toEqual(["", "", "", "", "", ""]);
    const done = { ...facts("REVIEWER", "S", "SUBMITTED"), ...training };
    expect(canArticle(actor("REVIEWER"), "gold.see", done)).toBe(true);
    expect(canArticle(actor("ADJUDICATOR"), "decide", { ...facts("ADJUDICATOR", "A", "SUBMITTED"), ...training })).toBe(
      true,
    );
  });

  it("an open review hides nothing in a project that is not blind, from those who may see", () => {
    const open = (who: Who) =>
      states((state) => canArticle(actor(who), "marks.see", { ...facts(who, state, "IN_PROGRESS"), blind: false }));
    expect(WHO.map(open)).toEqual(["OAS", "OAS", "OAS", "S", "S", ""]);
  });

  it("whoever reviewed decides where the project lets them, never while their review is open", () => {
    const own = (review: OwnReview) =>
      canArticle(actor("ADJUDICATOR"), "decide", { ...facts("ADJUDICATOR", "A", review), adjudicateOwn: true });
    expect([own("SUBMITTED"), own("IN_PROGRESS"), own("ASSIGNED")]).toEqual([true, false, false]);
  });

  it("a reviewer reads what the queue could give, and sees nobody's marks there", () => {
    const waiting = { ...facts("REVIEWER", "O", null), inQueue: true };
    expect(canArticle(actor("REVIEWER"), "article.read", waiting)).toBe(true);
    expect(canArticle(actor("REVIEWER"), "marks.see", waiting)).toBe(false);
    expect(canArticle(actor("VIEWER"), "article.read", { ...waiting, roles: ["VIEWER"] })).toBe(false);
  });

  it("a token that only reads decides nothing, one bound elsewhere sees nothing", () => {
    const may = (action: ArticleAction, readOnly: boolean, projectId: string | null) =>
      canArticle(
        actor("admin", { kind: "token", tokenId: ME, readOnly, projectId }),
        action,
        facts("admin", "A", null),
      );
    expect([may("decide", true, null), may("decide", false, null), may("article.read", true, PROJECT)]).toEqual([
      false,
      true,
      true,
    ]);
    expect([may("decide", false, OTHER), may("article.read", false, OTHER), may("marks.see", true, OTHER)]).toEqual([
      false,
      false,
      false,
    ]);
  });
});

describe("on a review", () => {
  // Own, in the states; then another's, while one's own is as in OWN: as marks.see, but for reopening.
  const TABLE: Readonly<Record<ReviewAction, Readonly<Record<Who, readonly [own: string, others: string]>>>> = {
    "review.see": {
      admin: ["OAS", "OAS"],
      EDITOR: ["OAS", "OAS"],
      ADJUDICATOR: ["OAS", "OAS"],
      REVIEWER: ["OAS", ""],
      VIEWER: ["", "S"],
      stranger: ["", ""],
    },
    annotate: {
      admin: ["OAS", ""],
      EDITOR: ["OAS", ""],
      ADJUDICATOR: ["OAS", ""],
      REVIEWER: ["OAS", ""],
      VIEWER: ["", ""],
      stranger: ["", ""],
    },
    "review.reopen": {
      admin: ["OAS", "OAS"],
      EDITOR: ["OAS", "OAS"],
      ADJUDICATOR: ["O", ""],
      REVIEWER: ["O", ""],
      VIEWER: ["", ""],
      stranger: ["", ""],
    },
  };
  const cells = (Object.keys(TABLE) as ReviewAction[]).flatMap((action) =>
    WHO.map((who) => ({ action, who, row: TABLE[action][who] })),
  );
  const may = (
    action: ReviewAction,
    who: Who,
    state: keyof typeof STATES,
    reviewerId: string,
    ownReview: OwnReview | null,
  ) => canReview(actor(who), action, { ...project(who), state: STATES[state], ownReview, reviewerId });

  it.each(cells)("$action by $who", ({ action, who, row }) => {
    const own = (["O", "A", "S"] as const).filter((state) => may(action, who, state, ME, "SUBMITTED")).join("");
    const others = (["O", "A", "S"] as const).filter((state) => may(action, who, state, OTHER, null)).join("");
    expect([own, others]).toEqual(row);
  });

  it.each(["admin", "EDITOR", "ADJUDICATOR", "REVIEWER"] as const)(
    "%s with an open review sees another's only when it is settled",
    (who) => {
      const seen = (["O", "A", "S"] as const).filter((state) => may("review.see", who, state, OTHER, "IN_PROGRESS"));
      expect(seen).toEqual(["S"]);
    },
  );
});

describe("on the instance and on oneself", () => {
  it("administrators only, and not with a token that only reads or is bound to a project", () => {
    const token = (readOnly: boolean, projectId: string | null) =>
      ({ kind: "token", tokenId: ME, readOnly, projectId }) as const;
    for (const action of ["users.manage", "project.create"] as const) {
      expect(WHO.filter((who) => canInstance(actor(who), action))).toEqual(["admin"]);
      expect(canInstance(actor("admin", token(false, null)), action)).toBe(true);
      expect(canInstance(actor("admin", token(true, null)), action)).toBe(false);
      expect(canInstance(actor("admin", token(true, null)), "users.see")).toBe(true);
      expect(canInstance(actor("EDITOR"), "users.see")).toBe(false);
      expect(canInstance(actor("admin", token(false, PROJECT)), action)).toBe(false);
    }
    expect(canAccount(actor("stranger"), "account.change")).toBe(true);
    expect(canAccount(actor("stranger", token(true, null)), "account.see")).toBe(true);
    expect(canAccount(actor("stranger", token(true, null)), "account.change")).toBe(false);
    expect(canAccount(actor("stranger", token(false, PROJECT)), "account.see")).toBe(false);
  });
});
